import type { ComparedClaim } from '../../src/core/token/compare-tokens.ts';
import type { ClaimLine, ClaimSection, TokenDescription } from '../../src/core/token/token-description.ts';
import type { ReportLine, ValidationReport } from '../../src/core/why/validation-report.ts';
import type {
  PanelState,
  TokenComparisonState,
  TokenListState,
  TokenPanelState,
  TokenRow,
} from '../../src/protocol/token-panel.ts';
import { HOSTILE } from './explanation-mocks.ts';

/** 2026-11-21T13:15:02Z; all mock states are seen at this moment. */
export const NOW_MS = Date.UTC(2026, 10, 21, 13, 15, 2);
const NOW_SEC = NOW_MS / 1000;

const TENANT = '3f2a7c1e-5b0d-4e8a-9c67-1d2e3f4a9c1e';
const API = '7b1d0c2e-93f4-4a51-8f6b-2f0a9d6e40aa';
const CLIENT = '5d8e1f60-7a42-4b9c-b1d3-6e2c90fa7714';
const OBJECT = '51c09e77-2f1b-45d8-a0c4-8be3d7f61250';
const CLAIMS_PAGE = 'https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference';

const claim = (name: string, value: ClaimLine['value'], meaning: string, more: Partial<ClaimLine> = {}): ClaimLine => ({
  part: 'payload',
  name,
  value,
  meaning,
  source: CLAIMS_PAGE,
  ...more,
});
const text = (value: string, name?: string): ClaimLine['value'] =>
  name ? { type: 'text', text: value, name } : { type: 'text', text: value };
const list = (...items: string[]): ClaimLine['value'] => ({
  type: 'list',
  items: items.map((item) => ({ text: item })),
});

const headerSection: ClaimSection = {
  id: 'header',
  title: 'Header',
  claims: [
    claim('alg', text('RS256'), 'How the token is signed.', { part: 'header', says: 'RSA with SHA-256' }),
    claim('kid', text('piVlloQDSMKxh1m2ygqGSVdgFpA'), 'Which key of the issuer signed it.', { part: 'header' }),
    claim('typ', text('JWT'), 'What the text is.', { part: 'header' }),
  ],
};

const internalSection: ClaimSection = {
  id: 'internal',
  title: 'Internal to Microsoft',
  claims: ['aio', 'rh', 'uti', 'xms_ftd', 'xms_idrel'].map((name) =>
    claim(name, text(`1.AXoA${name}-0aBcDeFgHiJk`), 'Used by Microsoft only; do not build on it.'),
  ),
};

const timeSection: ClaimSection = {
  id: 'time',
  title: 'When',
  claims: [
    claim('iat', { type: 'time', epochSec: NOW_SEC - 1382 }, 'When it was issued.'),
    claim('nbf', { type: 'time', epochSec: NOW_SEC - 1382 }, 'Not valid before.'),
    claim('exp', { type: 'time', epochSec: NOW_SEC + 3130 }, 'Not valid from this moment on.', {
      says: '75 minutes after issue, the usual length',
    }),
  ],
};

const v2Sections: ClaimSection[] = [
  {
    id: 'issuer',
    title: 'Who issued it',
    claims: [
      claim('iss', text(`https://login.microsoftonline.com/${TENANT}/v2.0`), 'Who issued the token.', {
        says: 'Microsoft Entra, version 2',
      }),
      claim('tid', text(TENANT), 'The tenant the user signed in to.'),
      claim('ver', text('2.0'), "Version of the token; decided by the API's registration, not by the client."),
    ],
  },
  {
    id: 'audience',
    title: 'For whom',
    claims: [
      claim('aud', text(API), 'The API the token is meant for.', { says: 'a version 2 token names the API by its id' }),
      claim('azp', text(CLIENT), 'The client that asked for the token.'),
      claim('azpacr', text('0'), 'How the client proved itself.', {
        says: 'no client secret or certificate: a public client',
      }),
    ],
  },
  {
    id: 'subject',
    title: 'Who and what may it do',
    claims: [
      claim('name', text('Ada Example'), 'Display name; never decide on it.'),
      claim('oid', text(OBJECT), 'The user in this tenant; the id to store.'),
      claim('scp', list('Orders.Read', 'Orders.Write'), 'What the client may do on behalf of the user.'),
      claim('roles', list('Orders.Approver'), 'App roles assigned to the user.'),
    ],
  },
  timeSection,
  internalSection,
  headerSection,
];

const header = { alg: 'RS256', kid: 'piVlloQDSMKxh1m2ygqGSVdgFpA', typ: 'JWT' };
const payload = {
  aud: API,
  azp: CLIENT,
  azpacr: '0',
  exp: NOW_SEC + 3130,
  iat: NOW_SEC - 1382,
  oid: OBJECT,
  tid: TENANT,
};

const v2Token: TokenDescription = {
  kind: 'accessToken',
  title: 'Access token v2, on behalf of a user',
  advice: 'An API may accept it after validating it; a client only passes it on.',
  evidence: ['It has ver 2.0.', 'It has scp, so a user is behind it.', 'It has no nonce, so it is not an ID token.'],
  problems: [],
  preview: { header: 'eyJ0eXAi', payload: 'eyJhdWQi' },
  lifetime: { issuedAtSec: NOW_SEC - 1382, notBeforeSec: NOW_SEC - 1382, expiresAtSec: NOW_SEC + 3130 },
  sections: v2Sections,
  headerJson: JSON.stringify(header, null, 2),
  payloadJson: JSON.stringify(payload, null, 2),
};

const passed = (id: ReportLine['id'], reason: ReportLine['reason'], title: string, detail: string): ReportLine => ({
  id,
  verdict: 'passed',
  reason,
  title,
  detail,
  change: [],
});

const passingReport: ValidationReport = {
  verdict: 'passes',
  headline: 'An API set up like orders-dev would accept this token.',
  profile: 'orders-dev',
  origin: 'your user settings',
  authority: `https://login.microsoftonline.com/${TENANT}/v2.0`,
  keys: { url: `https://login.microsoftonline.com/${TENANT}/discovery/v2.0/keys`, readAtMs: NOW_MS - 192_000 },
  lines: [
    passed('structure', 'readable', 'Structure', 'Three parts, all readable.'),
    passed('algorithm', 'asymmetric', 'Algorithm', 'RS256'),
    passed('key', 'keyFound', 'Key', 'piVlloQD… is a key of the tenant.'),
    passed('signature', 'signatureValid', 'Signature', 'Made with that key.'),
    passed('issuer', 'issuerAccepted', 'Issuer', 'As the metadata says.'),
    passed('tenant', 'tenantAccepted', 'Tenant', 'The tenant of the profile.'),
    passed('audience', 'audienceAccepted', 'Audience', 'The id of the API.'),
    passed('expiry', 'notExpired', 'Expiry', '52 minutes left.'),
    passed('notBefore', 'alreadyValid', 'Not before', '23 minutes ago.'),
    passed('kind', 'kindAccessToken', 'Kind', 'An access token.'),
    passed('version', 'versionAccepted', 'Version', '2'),
    passed('permissions', 'permissionsGranted', 'Permissions', 'Orders.Read'),
    {
      id: 'allowedClients',
      verdict: 'notChecked',
      reason: 'clientsNotSaid',
      title: 'Allowed clients',
      detail: "The profile doesn't say which clients it accepts.",
      change: [],
      setting: 'why401.apis',
    },
  ],
};

/** Keys of three days ago, a token past its end that one validator still takes, and one that passes by tolerance. */
const doubtfulReport: ValidationReport = {
  ...passingReport,
  headline:
    'Passed with keys of 2026-11-18 09:30 UTC. An API set up like orders-dev would accept it if they still stand.',
  caveat: { id: 'oldKeys', keysReadAtMs: NOW_MS - 3 * 86_400_000 },
  validator: 'ASP.NET Core',
  clockSkew: { seconds: 300, from: 'the default of ASP.NET Core' },
  keys: { url: `https://login.microsoftonline.com/${TENANT}/discovery/v2.0/keys`, readAtMs: NOW_MS - 3 * 86_400_000 },
  disagreements: [
    {
      check: 'expiry',
      reason: 'expiredSkewUnknown',
      title: 'Expiry',
      detail: 'Expired 1 min 40 s ago. API Management refuses it by default; ASP.NET Core tolerates five minutes.',
      answers: [
        { validator: 'aspnetcore', name: 'ASP.NET Core', verdict: 'accepts' },
        { validator: 'identity-web', name: 'Microsoft.Identity.Web', verdict: 'accepts' },
        { validator: 'jose', name: 'jose', verdict: 'refuses' },
        { validator: 'jsonwebtoken', name: 'jsonwebtoken', verdict: 'refuses' },
        { validator: 'pyjwt', name: 'PyJWT', verdict: 'unknown' },
      ],
    },
    {
      check: 'signature',
      reason: 'signatureCritical',
      title: 'Signature',
      detail: 'The header demands an extension (crit).',
      answers: [
        { validator: 'jose', name: 'jose', verdict: 'refuses' },
        {
          validator: 'pyjwt',
          name: 'PyJWT',
          verdict: 'unknown',
          versions: 'PyJWT accepts it, refuses it from 2.12.0 on',
        },
      ],
    },
  ],
  lines: passingReport.lines.flatMap((line): ReportLine[] => {
    if (line.id === 'key') return [{ ...line, reason: 'keyFoundLongAgo', warning: true }];
    if (line.id === 'expiry') return [{ ...line, reason: 'expiredSkewUnknown', warning: true }];
    return line.id === 'allowedClients' ? [] : [line];
  }),
};

const v1Sections: ClaimSection[] = [
  {
    id: 'issuer',
    title: 'Who issued it',
    claims: [
      claim('iss', text(`https://sts.windows.net/${TENANT}/`), 'Who issued the token.', {
        says: 'Microsoft Entra, version 1',
      }),
      claim('tid', text(TENANT), 'The tenant the user signed in to.'),
      claim('ver', text('1.0'), "Version of the token; decided by the API's registration, not by the client."),
    ],
  },
  {
    id: 'audience',
    title: 'For whom',
    claims: [
      claim('aud', text('api://orders'), 'The API the token is meant for.'),
      claim('appid', text('04b07795-8ddb-461a-bbee-02f9e1bf7b46', 'Azure CLI'), 'The client that asked for the token.'),
      claim('appidacr', text('0'), 'How the client proved itself.', {
        says: 'no client secret or certificate: a public client',
      }),
    ],
  },
  {
    id: 'subject',
    title: 'Who and what may it do',
    claims: [
      claim('name', text('Ada Example'), 'Display name; never decide on it.'),
      claim('oid', text(OBJECT), 'The user in this tenant; the id to store.'),
      claim('scp', list('Orders.Read', 'Orders.Write'), 'What the client may do on behalf of the user.'),
      claim('amr', list('pwd', 'mfa'), 'How the user signed in.', { says: 'password and second factor' }),
    ],
  },
  timeSection,
  internalSection,
  headerSection,
];

const failingReport: ValidationReport = {
  ...passingReport,
  verdict: 'refuses',
  headline: 'An API set up like orders-dev would refuse this token: issuer, audience and version.',
  origin: 'the settings of this workspace',
  lines: passingReport.lines.map((line): ReportLine => {
    switch (line.id) {
      case 'issuer':
        return {
          ...line,
          verdict: 'failed',
          reason: 'issuerOtherVersion',
          detail: 'The version 1 issuer of the right tenant; the profile accepts version 2 only.',
          seen: `https://sts.windows.net/${TENANT}/`,
          expected: [`https://login.microsoftonline.com/${TENANT}/v2.0`],
          change: [
            "Set api.requestedAccessTokenVersion to 2 in the API's app registration, then sign in again.",
            'Or add 1 to tokenVersions of the profile, if the API accepts version 1.',
          ],
          setting: 'why401.apis',
          source: 'https://learn.microsoft.com/entra/identity-platform/access-tokens',
        };
      case 'version':
        return {
          ...line,
          verdict: 'failed',
          reason: 'versionOther',
          detail: 'The token is version 1, the profile accepts version 2.',
          seen: '1.0',
          expected: ['2.0'],
          change: ["Set api.requestedAccessTokenVersion to 2 in the API's app registration."],
          setting: 'why401.apis',
        };
      case 'audience':
        return {
          ...line,
          verdict: 'failed',
          reason: 'audienceOtherForm',
          detail: 'The token names the API by its URI, the profile by its id.',
          seen: 'api://orders',
          expected: [API],
          change: ['Add api://orders to audiences of the profile, if the API accepts it.'],
          setting: 'why401.apis',
          source: 'https://learn.microsoft.com/entra/identity-platform/access-tokens',
        };
      default:
        return line;
    }
  }),
};

const v1Token: TokenDescription = {
  ...v2Token,
  title: 'Access token v1, on behalf of a user',
  evidence: ['It has ver 1.0.', 'It has scp, so a user is behind it.'],
  sections: v1Sections,
};

const graphToken: TokenDescription = {
  ...v1Token,
  kind: 'microsoftApiToken',
  title: 'Microsoft Graph token',
  advice:
    'Only Microsoft Graph can validate this token: it is not meant for your API, and its signature cannot be checked by anybody else. Ask for a token for your own API instead.',
  evidence: ['aud is Microsoft Graph.', 'The header has a nonce.'],
  sections: v1Sections.map((section) =>
    section.id === 'audience'
      ? {
          ...section,
          claims: [
            claim(
              'aud',
              text('00000003-0000-0000-c000-000000000000', 'Microsoft Graph'),
              'The API the token is meant for.',
            ),
            ...section.claims.slice(1),
          ],
        }
      : section,
  ),
};

const unreadableToken: TokenDescription = {
  kind: 'unreadable',
  title: 'Unreadable token',
  evidence: [],
  problems: [
    {
      id: 'notBase64url',
      severity: 'error',
      text: 'Payload, character 17: "+" does not belong to base64url. Standard base64 was used, or the text was changed on its way.',
    },
    { id: 'notJson', severity: 'error', text: 'Header, character 4: not JSON, a closing quote is missing.' },
    { id: 'noSignature', severity: 'warning', text: 'The signature is empty.' },
  ],
  preview: { header: 'eyJ0eXAi', payload: 'eyJhdWQ+' },
  lifetime: {},
  sections: [],
};

const hostileToken: TokenDescription = {
  ...v2Token,
  title: HOSTILE.image,
  advice: HOSTILE.command,
  evidence: [HOSTILE.script],
  problems: [{ id: 'x', severity: 'warning', text: HOSTILE.script }],
  preview: { header: '<b>eyJ0', payload: '<i>eyJh' },
  sections: [
    {
      id: 'other',
      title: HOSTILE.script,
      claims: [
        claim('aud', text(HOSTILE.image, HOSTILE.script), HOSTILE.command, {
          says: HOSTILE.image,
          source: HOSTILE.link,
        }),
        claim(HOSTILE.image, list(HOSTILE.command, HOSTILE.script), HOSTILE.image, { source: 'command:x' }),
        claim('json', { type: 'json', text: HOSTILE.script }, HOSTILE.image, { source: 'file:///etc/hosts' }),
        claim('far', { type: 'time', epochSec: 1e300 }, 'A moment no date can hold.', {
          source: 'http://insecure.example/',
        }),
      ],
    },
  ],
  headerJson: HOSTILE.script,
  payloadJson: HOSTILE.image,
};

const groups = Array.from(
  { length: 200 },
  (_, index) => `${String(index).padStart(8, '0')}-1c2d-4e3f-8a9b-0c1d2e3f4a5b`,
);

const crowdedToken: TokenDescription = {
  ...v2Token,
  sections: v2Sections.map((section) =>
    section.id === 'subject'
      ? {
          ...section,
          claims: [
            ...section.claims,
            claim('groups', list(...groups), 'Groups of the user.'),
            claim('blob', text('x'.repeat(300_000)), 'Not a claim we know.'),
            claim('address', { type: 'json', text: '{\n  "country": "NZ"\n}' }, 'Not a claim we know.'),
          ],
        }
      : section,
  ),
};

const expiredToken: TokenDescription = {
  ...v2Token,
  lifetime: { notBeforeSec: NOW_SEC - 300_000, expiresAtSec: NOW_SEC - 295_000 },
};

function stateOf(token: TokenDescription, validation: TokenPanelState['validation']): TokenPanelState {
  return {
    page: 'token',
    nowMs: NOW_MS,
    tokens: [{ label: token.title, detail: 'line 1' }],
    selected: 0,
    token,
    validation,
    hasList: false,
  };
}

const B2C_ISSUER = `https://contosocustomers.b2clogin.com/tfp/${TENANT}/b2c_1a_signup_signin_with_a_long_policy_name/v2.0/`;
const b2cToken: TokenDescription = {
  ...v2Token,
  title: 'Access token of Azure AD B2C, on behalf of a user',
  evidence: ['iss is of Azure AD B2C.', 'tfp names a user flow or policy of Azure AD B2C.'],
  sections: v2Sections.map((section) => {
    switch (section.id) {
      case 'issuer':
        return {
          ...section,
          claims: [
            claim('iss', text(B2C_ISSUER), 'Who issued the token.', { says: 'Azure AD B2C, the policy in the path' }),
            claim('tfp', text('B2C_1A_signup_signin_with_a_long_policy_name'), 'The policy that was run.'),
            claim('ver', text('1.0'), 'Version of the token; Azure AD B2C always writes 1.0.'),
          ],
        };
      case 'subject':
        return {
          ...section,
          claims: [
            claim('name', text('Wolfeschlegelsteinhausenbergerdorff, Hubert Blaine the Younger'), 'Display name.'),
            claim('emails', list('hubert.blaine@customers.example', 'hubert@example.org'), 'Addresses of the account.'),
            claim(
              'scp',
              list(...Array.from({ length: 30 }, (_, index) => `Orders.Region${index}.ReadWrite.All`)),
              'Scopes.',
            ),
            ...Array.from({ length: 12 }, (_, index) =>
              claim(
                `extension_loyaltyProgrammeAttributeNumber${index}`,
                text(`value ${index} `.repeat(12)),
                'Not a claim we know.',
              ),
            ),
          ],
        };
      default:
        return section;
    }
  }),
};

const row = (line: number, verdict: TokenRow['verdict'], more: Partial<TokenRow> = {}): TokenRow => ({
  line,
  title: 'Access token v2, on behalf of a user',
  audience: API,
  expiresAtSec: NOW_SEC + 3130,
  verdict,
  ...more,
});

const listState: TokenListState = {
  page: 'list',
  nowMs: NOW_MS,
  file: 'requests.http',
  running: false,
  notes: ['Only the first 100 of 2000 tokens are listed.'],
  rows: [
    row(3, 'passes'),
    row(5, 'passes', { caveat: 'oldKeys' }),
    row(9, 'refuses', {
      title: 'Access token v1, for the application itself',
      audience: 'api://a-rather-long-name-of-an-api.contoso.onmicrosoft.com/orders',
      expiresAtSec: NOW_SEC - 300_000,
      why: 'Issuer',
    }),
    row(120_417, 'unknown', {
      title: 'Token for Microsoft Graph, on behalf of a user',
      audience: 'Microsoft Graph',
      why: 'Signature',
    }),
    {
      line: 120_500,
      title: 'Encrypted token (JWE)',
      verdict: 'notChecked',
      why: 'The token is encrypted: only the API that holds the key can check it.',
    },
  ],
};

const listed = (
  name: string,
  left?: ClaimLine['value'],
  right?: ClaimLine['value'],
  more: Partial<ComparedClaim> = {},
): ComparedClaim => ({
  part: 'payload',
  claim: name,
  ...(left ? { left: claim(name, left, '') } : {}),
  ...(right ? { right: claim(name, right, '') } : {}),
  same: false,
  matters: true,
  ...more,
});

const comparisonState: TokenComparisonState = {
  page: 'comparison',
  nowMs: NOW_MS,
  left: { title: 'Access token v2, on behalf of a user', audience: API },
  right: { title: 'Access token v1, on behalf of a user', audience: 'api://orders' },
  rows: [
    listed('iss', text(`https://login.microsoftonline.com/${TENANT}/v2.0`), text(`https://sts.windows.net/${TENANT}/`)),
    listed('aud', text(API), text('api://orders')),
    listed('ver', text('2.0'), text('1.0')),
    listed('scp', list('Orders.Read', 'Orders.Write'), list('Orders.Read', 'Orders.Approve', 'Orders.Delete'), {
      onlyLeft: ['Orders.Write'],
      onlyRight: ['Orders.Approve', 'Orders.Delete'],
    }),
    listed('roles', list('Orders.Approver', 'Orders.Reader')),
    {
      ...listed('azp', text(CLIENT), text('04b07795-8ddb-461a-bbee-02f9e1bf7b46', 'Azure CLI')),
      right: claim('appid', text('04b07795-8ddb-461a-bbee-02f9e1bf7b46', 'Azure CLI'), ''),
    },
    listed('idtyp', undefined, text('user'), {
      right: claim('idtyp', text('user'), '', { says: 'a user is behind it' }),
    }),
    listed('exp', { type: 'time', epochSec: NOW_SEC + 3130 }, { type: 'time', epochSec: NOW_SEC - 300_000 }),
    listed('uti', text('0aBcDeFgHiJk'), text('9zYxWvUtSrQp'), { matters: false }),
    listed('kid', text('piVlloQDSMKxh1m2ygqGSVdgFpA'), text('x'.repeat(600)), { matters: false, part: 'header' }),
    listed('tid', text(TENANT), text(TENANT), { same: true }),
    listed('amr', list('pwd', 'mfa'), list('mfa', 'pwd'), { same: true, matters: false }),
  ],
};

export const WHY_NOT = 'Only Microsoft Graph can check the signature of its tokens.';

/** One state for each thing the panel must be able to show. */
export const MOCK_STATES = {
  passing: stateOf(v2Token, { state: 'done', report: passingReport, hasChoice: true }),
  doubtful: stateOf(v2Token, { state: 'done', report: doubtfulReport, hasChoice: false }),
  failing: stateOf(v1Token, { state: 'done', report: failingReport, hasChoice: false }),
  notChecked: stateOf(v1Token, { state: 'notChecked' }),
  running: stateOf(v1Token, { state: 'running', profile: 'orders-dev' }),
  undecided: stateOf(v2Token, {
    state: 'done',
    hasChoice: false,
    report: {
      verdict: 'unknown',
      headline: 'The keys could not be read, so the signature is not known.',
      origin: 'your user settings',
      authority: `https://login.microsoftonline.com/${TENANT}/v2.0`,
      lines: [
        passed('structure', 'readable', 'Structure', 'Three parts, all readable.'),
        {
          id: 'signature',
          verdict: 'notChecked',
          reason: 'keysUnavailable',
          title: 'Signature',
          detail: 'login.microsoftonline.com did not answer.',
          change: [],
        },
      ],
    },
  }),
  graph: stateOf(graphToken, {
    state: 'notChecked',
    why: WHY_NOT,
  }),
  unreadable: stateOf(unreadableToken, {
    state: 'notChecked',
    why: 'There is nothing to validate until it can be read.',
  }),
  several: {
    ...stateOf(v1Token, { state: 'notChecked' }),
    tokens: [
      { label: 'Access token v2', detail: 'line 3' },
      { label: 'Access token v1', detail: 'line 9' },
      { label: 'Unreadable token', detail: 'line 14' },
    ],
    selected: 1,
  },
  crowded: stateOf(crowdedToken, { state: 'notChecked' }),
  b2c: stateOf(b2cToken, { state: 'notChecked' }),
  fromList: { ...stateOf(v1Token, { state: 'notChecked' }), hasList: true },
  list: listState,
  listRunning: {
    ...listState,
    running: true,
    notes: [],
    rows: listState.rows.map((listed, index) =>
      index < 2 ? listed : { ...listed, verdict: index === 2 ? ('running' as const) : ('waiting' as const) },
    ),
  },
  comparison: comparisonState,
  noDifference: { ...comparisonState, rows: comparisonState.rows.filter(({ same }) => same) },
  hostileList: {
    ...listState,
    file: HOSTILE.script,
    notes: [HOSTILE.link],
    rows: [row(1, 'refuses', { title: HOSTILE.image, audience: HOSTILE.command, why: HOSTILE.script })],
  },
  hostileComparison: {
    ...comparisonState,
    left: { title: HOSTILE.image, audience: HOSTILE.script },
    rows: [listed(HOSTILE.link, text(HOSTILE.script, HOSTILE.image), list(HOSTILE.command, HOSTILE.script))],
  },
  expired: stateOf(expiredToken, { state: 'notChecked' }),
  hostile: stateOf(hostileToken, {
    state: 'done',
    hasChoice: false,
    report: {
      ...failingReport,
      headline: HOSTILE.image,
      profile: HOSTILE.script,
      origin: HOSTILE.command,
      authority: HOSTILE.link,
      lines: failingReport.lines.map((line) => ({
        ...line,
        detail: HOSTILE.image,
        change: [HOSTILE.command],
        source: HOSTILE.link,
        ...(line.seen === undefined ? {} : { seen: HOSTILE.script, expected: [HOSTILE.image] }),
      })),
    },
  }),
} satisfies Record<string, PanelState>;

export type MockName = keyof typeof MOCK_STATES;
export const MOCK_NAMES = Object.keys(MOCK_STATES) as MockName[];
