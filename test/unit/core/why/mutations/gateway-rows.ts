import { APPS, FABRIKAM } from '../../../../lab/entra-tenant.ts';
import type { GatewayApi } from '../../../../lab/gateway/gateway.ts';
import {
  checkHeaderPolicy,
  claimElement,
  element,
  entraTokenPolicy,
  ordersTokenPolicy,
  policyDocument,
  setHeaderPolicy,
  TELL_LAST_ERROR,
} from '../../../../lab/gateway/practice-policies.ts';
import type { Lab } from '../../../../lab/lab.ts';
import { TOKEN_FAULTS } from '../../../../lab/token-faults.ts';
import { type Mutation, setHeader, tokenMutations, withoutToken } from './mutation.ts';
import type { Draft } from './passing-call.ts';

const KEY_HEADER = 'Ocp-Apim-Subscription-Key';
const ADD_KEY = setHeaderPolicy('x-functions-key', '{{orders-functions-key}}');
/** What a bare refusal through a gateway may be, when nobody tells what is behind. */
const BACKEND = ['function-key-missing', 'apim-backend-credential-missing', 'app-unspecified'] as const;

export const GATEWAY_ROWS: readonly Mutation[] = [
  {
    change: 'no subscription key',
    call: 'gateway',
    mutate: setHeader(KEY_HEADER),
    cause: 'apim-subscription-key-missing',
  },
  {
    change: 'an invented subscription key',
    call: 'gateway',
    mutate: setHeader(KEY_HEADER, '0'.repeat(32)),
    cause: 'apim-subscription-key-invalid',
  },
  {
    change: 'the key of a suspended subscription',
    call: 'gateway',
    mutate: (draft, lab) => setHeader(KEY_HEADER, keyOf(lab, 'suspended'))(draft),
    cause: 'apim-subscription-key-invalid',
  },
  {
    change: 'the key of a subscription for another API',
    call: 'gateway',
    mutate: (draft, lab) => setHeader(KEY_HEADER, keyOf(lab, 'stock-only'))(draft),
    cause: 'apim-subscription-key-invalid',
  },
  {
    change: 'the key under another name',
    call: 'gateway',
    mutate: (draft, lab) => {
      setHeader(KEY_HEADER)(draft);
      setHeader('X-Api-Key', keyOf(lab, 'practice'))(draft);
    },
    cause: 'apim-subscription-key-wrong-header',
    alike: ['apim-subscription-key-missing'],
  },
  {
    change: 'the API renamed its key header',
    call: 'gateway',
    mutate: (_draft, lab) => {
      apiOf(lab, 'orders').keyNames = { header: 'X-Key', query: 'key' };
    },
    cause: 'apim-subscription-key-wrong-header',
    alike: ['apim-subscription-key-missing'],
  },
  {
    change: 'a path that is no operation',
    call: 'gateway',
    mutate: (draft) => {
      draft.url = draft.url.replace(/orders$/, 'ordres');
    },
    cause: 'apim-operation-not-found',
    status: 404,
  },
  {
    change: 'a method that is no operation',
    call: 'gateway',
    mutate: (draft) => {
      draft.method = 'DELETE';
    },
    cause: 'apim-operation-not-found',
    status: 404,
  },
  { change: 'no token', call: 'gateway', mutate: withoutToken, cause: 'missing-token' },
  {
    change: 'a header that is not a bearer’s',
    call: 'gateway',
    mutate: (draft) => {
      withoutToken(draft);
      setHeader('Authorization', 'Basic bWVnYW46b3JkZXJz')(draft);
    },
    cause: 'bearer-prefix-missing',
  },
  {
    change: 'a scheme is required, and the token stands alone',
    call: 'gateway',
    mutate: (draft, lab) => {
      setPolicy(lab, 'orders', [
        ordersTokenPolicy(lab.origin, { attributes: { 'require-scheme': 'Bearer' } }),
        ADD_KEY,
      ]);
      setHeader('Authorization', draft.token)(draft);
      withoutToken(draft);
    },
    cause: 'bearer-prefix-missing',
  },
  ...tokenMutations('gateway', [
    ['an expired token', ({ mint }) => TOKEN_FAULTS.expired(mint), 'token-expired'],
    [
      'a token that expired a minute ago',
      ({ mint }) => mint.accessTokenV2({ issuedSecAgo: 3660, lifetimeSec: 3600 }),
      'token-expired',
    ],
    ['a token of the future', ({ mint }) => TOKEN_FAULTS.notYetValid(mint), 'token-not-yet-valid'],
    [
      'a token for another API',
      ({ mint }) => mint.accessTokenV2({ api: APPS.invoicesApi }),
      'aud-mismatch',
      { alike: ['app-unspecified'] },
    ],
    ['a Graph token', ({ mint }) => mint.graphToken(), 'graph-nonce-token', { same: 'aud-is-graph' }],
    ['a v1 token', ({ mint }) => mint.accessTokenV1(), 'issuer-v1-v2-mismatch', { alike: ['app-unspecified'] }],
    [
      'a token of another tenant',
      ({ mint }) => mint.accessTokenV2({ tenant: FABRIKAM }),
      'issuer-wrong-tenant',
      { alike: ['app-unspecified'] },
    ],
    [
      'a token that was changed',
      ({ mint }) => TOKEN_FAULTS.tamperedPayload(mint),
      'signature-tampered',
      { alike: ['app-unspecified'] },
    ],
    [
      'a token of an unknown key',
      ({ mint }) => TOKEN_FAULTS.unknownKid(mint),
      'signing-key-not-found',
      { alike: ['app-unspecified'] },
    ],
    ['what is no token', () => 'not-a-token', 'token-malformed'],
    ['an ID token', ({ mint }) => mint.idToken(), 'id-token-instead-of-access-token', { alike: ['aud-mismatch'] }],
    [
      'a token without the scope',
      ({ mint }) => TOKEN_FAULTS.missingScope(mint),
      'apim-required-claim-mismatch',
      { alike: ['scope-missing', 'app-unspecified'] },
    ],
    [
      'an app-only token',
      ({ mint }) => mint.appOnlyToken(),
      'apim-required-claim-mismatch',
      { alike: ['scope-missing', 'app-unspecified'] },
    ],
  ]),
  ...tokenMutations('entra', [
    [
      'a client that is not listed',
      ({ mint }) => mint.accessTokenV2({ client: APPS.practiceClient }),
      'apim-required-claim-mismatch',
      { alike: ['client-not-allowed', 'app-unspecified'] },
    ],
    ['an expired token', ({ mint }) => TOKEN_FAULTS.expired(mint), 'token-expired'],
    [
      'a token of another tenant',
      ({ mint }) => mint.accessTokenV2({ tenant: FABRIKAM }),
      'issuer-wrong-tenant',
      { alike: ['app-unspecified'] },
    ],
  ]),
  policyRow(
    'the policy lists the audience with api://',
    (lab) => [ordersTokenPolicy(lab.origin, { audiences: [`api://${APPS.ordersApi.id}`] }), ADD_KEY],
    'aud-clientid-vs-appiduri',
    ['app-unspecified'],
  ),
  policyRow(
    'the policy lists another tenant as issuer',
    (lab) => [ordersTokenPolicy(lab.origin, { issuers: [`${lab.origin}/${FABRIKAM.id}/v2.0`] }), ADD_KEY],
    'issuer-wrong-tenant',
    ['app-unspecified'],
  ),
  policyRow(
    'the policy wants both scopes',
    (lab) => [
      ordersTokenPolicy(lab.origin, {
        claims: [
          '<claim name="scp" match="all" separator=" "><value>Orders.Read</value><value>Orders.Write</value></claim>',
        ],
      }),
      ADD_KEY,
    ],
    'apim-required-claim-mismatch',
    ['scope-missing', 'app-unspecified'],
  ),
  policyRow(
    'the policy wants a role',
    (lab) => [
      ordersTokenPolicy(lab.origin, { claims: ['<claim name="roles"><value>Orders.Admin</value></claim>'] }),
      ADD_KEY,
    ],
    'apim-required-claim-mismatch',
    ['role-missing', 'app-unspecified'],
  ),
  policyRow(
    'the policy forgets the separator, and the token has two scopes',
    (lab) => [
      ordersTokenPolicy(lab.origin, { claims: [claimElement('scp', ['Orders.Read'], { match: 'any' })] }),
      ADD_KEY,
    ],
    'apim-required-claim-mismatch',
    ['scope-missing', 'app-unspecified'],
    {},
    async (draft, { mint }) => {
      draft.token = await mint.accessTokenV2({ scopes: ['Orders.Read', 'Orders.Write'] });
    },
  ),
  policyRow(
    'the policy lists another client',
    () => [entraTokenPolicy([APPS.nightlyJob.id]), ADD_KEY],
    'apim-required-claim-mismatch',
    ['client-not-allowed', 'app-unspecified'],
    { call: 'entra' },
  ),
  policyRow(
    'the gateway’s identity comes first',
    (lab) => [
      element('authentication-managed-identity', { resource: 'https://management.azure.com' }),
      ordersTokenPolicy(lab.origin),
      ADD_KEY,
    ],
    'apim-policy-overwrites-authorization',
    ['app-unspecified'],
  ),
  policyRow(
    'a header is set before the token is looked at',
    (lab) => [setHeaderPolicy('Authorization', 'Bearer backend'), ordersTokenPolicy(lab.origin), ADD_KEY],
    'apim-policy-overwrites-authorization',
    ['app-unspecified'],
  ),
  policyRow(
    'only other addresses are let in',
    (lab) => [
      element('ip-filter', { action: 'allow' }, ['<address>203.0.113.7</address>']),
      ordersTokenPolicy(lab.origin),
      ADD_KEY,
    ],
    'apim-ip-filtered',
    [],
    { status: 403 },
  ),
  policyRow(
    'this address is kept out',
    (lab) => [
      element('ip-filter', { action: 'forbid' }, ['<address-range from="127.0.0.1" to="127.0.0.9" />']),
      ordersTokenPolicy(lab.origin),
      ADD_KEY,
    ],
    'apim-ip-filtered',
    [],
    { status: 403 },
  ),
  policyRow(
    'a header is demanded',
    (lab) => [
      checkHeaderPolicy('X-Client', ['portal'], 403, 'Not one of our clients.'),
      ordersTokenPolicy(lab.origin),
      ADD_KEY,
    ],
    'apim-header-check-failed',
    ['app-unspecified'],
    { status: 403 },
  ),
  {
    change: 'the header has another value',
    call: 'checked',
    mutate: setHeader('X-Client', 'somebody'),
    cause: 'apim-header-check-failed',
    alike: ['app-unspecified'],
    status: 403,
  },
  {
    change: 'one call too many',
    call: 'limited',
    mutate: (_draft, lab) =>
      setPolicy(lab, 'limited', [element('rate-limit', { calls: '0', 'renewal-period': '30' }), ADD_KEY]),
    cause: 'apim-rate-limited',
    status: 429,
  },
  {
    change: 'the quota is used up',
    call: 'quota',
    mutate: (_draft, lab) =>
      setPolicy(lab, 'quota', [element('quota', { calls: '0', 'renewal-period': '3600' }), ADD_KEY]),
    cause: 'apim-quota-exceeded',
    status: 403,
  },
  {
    change: 'a page of another origin',
    call: 'browser',
    mutate: setHeader('Origin', 'https://other.example'),
    cause: 'apim-cors-origin-not-allowed',
    isSilent: true,
    status: 200,
  },
  policyRow(
    'the backend’s key is forgotten',
    (lab) => [ordersTokenPolicy(lab.origin)],
    'apim-backend-credential-missing',
    BACKEND,
  ),
  {
    change: 'the backend’s key is an old one',
    call: 'gateway',
    mutate: (_draft, lab) => {
      lab.gateway.namedValues['orders-functions-key'] = 'an old key';
    },
    cause: 'apim-backend-credential-wrong',
    alike: BACKEND,
  },
  policyRow(
    'the operator’s own words for an expired token',
    (lab) => [
      ordersTokenPolicy(lab.origin, {
        attributes: { 'failed-validation-httpcode': '403', 'failed-validation-error-message': 'Go away.' },
      }),
      ADD_KEY,
    ],
    'token-expired',
    [],
    { status: 403 },
    async (draft, lab) => {
      draft.token = await TOKEN_FAULTS.expired(lab.mint);
    },
  ),
  {
    change: 'an expired token, and on-error tells the reason',
    call: 'gateway',
    mutate: async (draft, lab) => {
      setPolicy(lab, 'orders', [ordersTokenPolicy(lab.origin), ADD_KEY], TELL_LAST_ERROR);
      draft.token = await TOKEN_FAULTS.expired(lab.mint);
    },
    cause: 'token-expired',
  },
];

function policyRow(
  change: string,
  inbound: (lab: Lab) => readonly string[],
  cause: Mutation['cause'],
  alike: Mutation['alike'] = [],
  more: Partial<Mutation> = {},
  mutateCall?: (draft: Draft, lab: Lab) => void | Promise<void>,
): Mutation {
  const call = more.call ?? 'gateway';
  return {
    change,
    call,
    cause,
    alike,
    ...more,
    mutate: async (draft, lab) => {
      setPolicy(lab, call === 'gateway' ? 'orders' : call, inbound(lab));
      await mutateCall?.(draft, lab);
    },
  };
}

function setPolicy(lab: Lab, api: string, inbound: readonly string[], onError: readonly string[] = []): void {
  apiOf(lab, api).policy = policyDocument(inbound, onError);
}

function apiOf(lab: Lab, id: string): GatewayApi {
  const api = lab.gateway.apis.find((candidate) => candidate.id === id);
  if (!api) throw new Error(id);
  return api;
}

function keyOf(lab: Lab, name: string): string {
  return lab.gateway.subscriptions.find((subscription) => subscription.name === name)?.primaryKey ?? '';
}
