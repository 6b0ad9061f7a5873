import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { ConfidentialClientApplication, type NodeAuthOptions } from '@azure/msal-node';
import jwt from 'jsonwebtoken';
import { type ClientCertificate, createClientCertificate } from '../../lab/client-certificate.ts';
import { APPS, CONTOSO, FABRIKAM } from '../../lab/entra-tenant.ts';
import { type Lab, startLab } from '../../lab/lab.ts';
import { createSecret, findClient } from '../../lab/sign-in/registrations.ts';
import { payloadOf } from './lab-client.ts';
import { labNetwork } from './msal-network.ts';
import { askToken, signInForTokens, type TokenAnswer } from './sign-in-client.ts';

const JOB = APPS.nightlyJob;
const DEFAULT_SCOPE = 'api://orders/.default';
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const ON_BEHALF_OF = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

let lab: Lab;
let certificate: ClientCertificate;
let stranger: ClientCertificate;
before(async () => {
  lab = await startLab();
  [certificate, stranger] = await Promise.all([createClientCertificate(), createClientCertificate()]);
  lab.signIn.registerCertificate(JOB, certificate.certPem);
});
afterEach(() => {
  lab.signIn.policies = [];
});
after(() => lab.stop());

function faultOf({ body }: TokenAnswer): unknown[] {
  return [body.error, ...(body.error_codes ?? [])];
}

function asJob(changes: Record<string, string> = {}, tenant?: string): Promise<TokenAnswer> {
  const right = { client_id: JOB.id, grant_type: 'client_credentials', scope: DEFAULT_SCOPE };
  return askToken(lab, { ...right, client_secret: lab.signIn.secretOf(JOB), ...changes }, tenant);
}

test('an application gets a token of its own: roles, no scopes, nothing to refresh', async () => {
  const { status, body } = await asJob();
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(body).sort(), ['access_token', 'expires_in', 'ext_expires_in', 'token_type']);
  const claims = payloadOf(String(body.access_token));
  assert.deepEqual([claims.aud, claims.ver, claims.azp, claims.azpacr], [APPS.ordersApi.id, '2.0', JOB.id, '1']);
  assert.deepEqual([claims.roles, claims.scp, claims.oid], [['Orders.Read.All'], undefined, JOB.servicePrincipalId]);
});

test('the manifest decides the version, and the name asked for the audience of v1', async () => {
  for (const identifier of ['api://stock', APPS.stockApi.id]) {
    const { body } = await asJob({ scope: `${identifier}/.default` });
    const claims = payloadOf(String(body.access_token));
    assert.deepEqual([claims.ver, claims.aud, claims.roles], ['1.0', identifier, undefined]);
  }
});

test('what an application may not ask', async () => {
  const cases: [changes: Record<string, string>, fault: unknown[]][] = [
    [{ scope: 'api://orders/Orders.Read' }, ['invalid_scope', 1002012]],
    [{ scope: 'api://orders/.default api://stock/.default' }, ['invalid_scope', 28000]],
    [{ scope: 'api://nothing/.default' }, ['invalid_resource', 500011]],
    [{ client_secret: 'wrong' }, ['invalid_client', 7000215]],
    [
      { client_secret: findClient(lab.signIn.registrations, JOB.id)?.secrets[0]?.id ?? '' },
      ['invalid_client', 7000215],
    ],
    [{ client_id: APPS.ordersWeb.id }, ['invalid_client', 700025]],
  ];
  for (const [changes, fault] of cases) assert.deepEqual(faultOf(await asJob(changes)), fault);
  assert.deepEqual(faultOf(await asJob({}, 'common')), ['invalid_request', 9001023]);
  assert.deepEqual(faultOf(await asJob({}, FABRIKAM.id)), ['unauthorized_client', 700016]);
  const form = { client_id: JOB.id, grant_type: 'client_credentials', scope: DEFAULT_SCOPE };
  assert.deepEqual(faultOf(await askToken(lab, form)), ['invalid_client', 7000218]);
});

test('an expired secret, and an API that wants assigned callers', async () => {
  const expired = createSecret(Date.now() - 1);
  findClient(lab.signIn.registrations, JOB.id)?.secrets.push(expired);
  const answer = await asJob({ client_secret: expired.value });
  assert.deepEqual([answer.status, ...faultOf(answer)], [401, 'invalid_client', 7000222]);
  const stock = lab.signIn.registrations.resources.find(({ app }) => app.id === APPS.stockApi.id);
  assert.ok(stock);
  stock.assignmentRequired = true;
  assert.deepEqual(faultOf(await asJob({ scope: 'api://stock/.default' })), ['invalid_grant', 501051]);
  stock.assignmentRequired = false;
});

test('client assertions: PS256 with x5t#S256 of a registered certificate, in time, for this tenant and client', async () => {
  const audience = `${lab.origin}/${CONTOSO.id}/oauth2/v2.0/token`;
  const nowSec = Math.floor(Date.now() / 1000);
  const sign = (claims: object, { keyPem, thumbprintSha256 }: ClientCertificate, thumbprint = thumbprintSha256) =>
    jwt.sign({ aud: audience, iss: JOB.id, sub: JOB.id, nbf: nowSec, exp: nowSec + 600, ...claims }, keyPem, {
      algorithm: 'PS256',
      header: {
        alg: 'PS256',
        'x5t#S256': Buffer.from(thumbprint, 'hex').toString('base64url'),
      } as unknown as jwt.JwtHeader,
    });
  const send = async (assertion: string) => {
    const form = { client_id: JOB.id, grant_type: 'client_credentials', scope: DEFAULT_SCOPE };
    return askToken(lab, { ...form, client_assertion: assertion, client_assertion_type: ASSERTION_TYPE });
  };
  assert.equal((await send(sign({}, certificate))).status, 200);
  const cases: [assertion: string, code: number][] = [
    [sign({}, stranger), 700027],
    [sign({}, stranger, certificate.thumbprintSha256), 700027],
    [sign({ exp: nowSec - 301 }, certificate), 700024],
    [sign({ nbf: nowSec + 900 }, certificate), 700024],
    [sign({ aud: 'https://elsewhere.example' }, certificate), 700023],
    [sign({ sub: APPS.ordersWeb.id }, certificate), 50048],
    [sign({ iss: APPS.ordersWeb.id, sub: APPS.ordersWeb.id }, certificate), 700021],
    ['no assertion', 50012],
  ];
  for (const [assertion, code] of cases) assert.deepEqual(faultOf(await send(assertion)), ['invalid_client', code]);
});

/** MSAL as it comes; only its network client trusts the lab's CA. */
function createClient(clientId: string, credential: Partial<NodeAuthOptions>): ConfidentialClientApplication {
  return new ConfidentialClientApplication({
    auth: {
      clientId,
      authority: `${lab.origin}/${CONTOSO.id}`,
      knownAuthorities: [new URL(lab.origin).host],
      ...credential,
    },
    system: { networkClient: labNetwork(lab) },
  });
}

test('MSAL: client credentials with a secret and with a certificate', async () => {
  const { keyPem: privateKey, thumbprintSha256 } = certificate;
  const credentials: [Partial<NodeAuthOptions>, proof: string][] = [
    [{ clientSecret: lab.signIn.secretOf(JOB) }, '1'],
    [{ clientCertificate: { privateKey, thumbprintSha256 } }, '2'],
  ];
  for (const [credential, proof] of credentials) {
    const result = await createClient(JOB.id, credential).acquireTokenByClientCredential({ scopes: [DEFAULT_SCOPE] });
    const claims = payloadOf(result?.accessToken ?? '');
    assert.deepEqual([claims.azpacr, claims.roles], [proof, ['Orders.Read.All']]);
  }
});

test('MSAL: on behalf of a user, where client and API are one registration, v1 and v2', async () => {
  const cases = [
    [APPS.ordersApi, 'api://orders/Orders.Read', 'api://stock/Stock.Read', '1.0'],
    [APPS.stockApi, 'api://stock/Stock.Read', 'api://orders/Orders.Read', '2.0'],
  ] as const;
  for (const [api, own, downstream, version] of cases) {
    const { body } = await signInForTokens(lab, own);
    const client = createClient(api.id, { clientSecret: lab.signIn.secretOf(api) });
    const result = await client.acquireTokenOnBehalfOf({
      oboAssertion: String(body.access_token),
      scopes: [downstream],
    });
    const claims = payloadOf(result?.accessToken ?? '');
    assert.deepEqual([claims.ver, claims.oid], [version, CONTOSO.users[0].id]);
    assert.equal(claims.appid ?? claims.azp, api.id);
  }
});

test('on behalf of: the assertion has to be the access token of a user for this very application', async () => {
  const { mint } = lab;
  const exchange = (assertion: string, changes: Record<string, string> = {}, tenant?: string) =>
    askToken(
      lab,
      {
        ...{ client_id: APPS.ordersApi.id, client_secret: lab.signIn.secretOf(APPS.ordersApi), assertion },
        ...{ grant_type: ON_BEHALF_OF, requested_token_use: 'on_behalf_of', scope: 'api://invoices/Invoices.Read' },
        ...changes,
      },
      tenant,
    );
  assert.equal((await exchange(await mint.accessTokenV2())).status, 200);
  const cases: [assertion: string, code: number, changes?: Record<string, string>][] = [
    [await mint.accessTokenV2({ api: APPS.invoicesApi }), 500131],
    [await mint.accessTokenV1({ api: APPS.stockApi }), 500131],
    [await mint.graphToken(), 50013],
    [await mint.accessTokenV2({ tenant: FABRIKAM }), 50013],
    [await mint.idToken({ client: APPS.ordersApi }), 240002],
    [await mint.appOnlyToken(), 90083],
    [await mint.accessTokenV2({ issuedSecAgo: 7200, lifetimeSec: 3600 }), 500133],
    ['no token', 50027],
    [await mint.accessTokenV2(), 65001, { scope: 'api://payroll/Payroll.Read' }],
    [await mint.accessTokenV2(), 90009, { scope: 'api://orders/Orders.Read' }],
    [await mint.accessTokenV2(), 7000215, { client_secret: 'wrong' }],
  ];
  for (const [assertion, code, changes] of cases) {
    const { body } = await exchange(assertion, changes);
    assert.deepEqual(body.error_codes, [code]);
  }
  lab.signIn.policies = [{ id: 'p1', demands: 'mfa', resource: APPS.invoicesApi }];
  const { body } = await exchange(await mint.accessTokenV2());
  assert.deepEqual([body.error, body.error_codes, body.suberror], ['interaction_required', [50076], 'basic_action']);
  assert.match(String(body.claims), /"capolids"/);
});
