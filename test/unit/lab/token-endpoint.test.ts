import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { APPS, CONTOSO, FABRIKAM, GRAPH_APP_ID } from '../../lab/entra-tenant.ts';
import { type Lab, startLab } from '../../lab/lab.ts';
import type { IssuedTokens } from '../../lab/sign-in/sign-in.ts';
import { getJson, headerOf, payloadOf } from './lab-client.ts';
import {
  askToken,
  createVerifier,
  REDIRECT_URI,
  send,
  signInByPage,
  signInForTokens,
  type TokenAnswer,
} from './sign-in-client.ts';

const MINUTE_MS = 60_000;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

let clockMs = Date.now();
let lab: Lab;
before(async () => {
  lab = await startLab({ now: () => clockMs });
});
afterEach(() => {
  clockMs = Date.now();
  lab.signIn.grants.singleUseRefreshTokens = false;
  lab.signIn.accessTokenLifetimeSec = undefined;
});
after(() => lab.stop());

/** A fresh code and the form that redeems it. */
async function redemption(changes: Record<string, string> = {}): Promise<Record<string, string>> {
  const { verifier, challenge } = createVerifier();
  const { code = '' } = await signInByPage(lab, { code_challenge: challenge });
  const right = {
    client_id: APPS.ordersWeb.id,
    grant_type: 'authorization_code',
    redirect_uri: REDIRECT_URI,
    code_verifier: verifier,
  };
  return { ...right, code, ...changes };
}

function refresh(refreshToken: unknown, changes: Record<string, string> = {}, tenant?: string): Promise<TokenAnswer> {
  const right = { client_id: APPS.ordersWeb.id, grant_type: 'refresh_token', scope: 'api://orders/Orders.Read' };
  return askToken(lab, { ...right, refresh_token: String(refreshToken), ...changes }, tenant);
}

function faultOf({ status, body }: TokenAnswer): unknown[] {
  return [status, body.error, ...(body.error_codes ?? [])];
}

test('a code earns a signed v2 access token of the Orders API, an ID token and a refresh token', async () => {
  const { status, body } = await signInForTokens(lab);
  assert.equal(status, 200);
  assert.deepEqual([body.token_type, body.expires_in, body.scope], ['Bearer', 4500, 'api://orders/Orders.Read']);
  const keys = createLocalJWKSet(await getJson<JSONWebKeySet>(lab, `/${CONTOSO.id}/discovery/v2.0/keys`));
  const currentDate = new Date(clockMs);
  const issuer = `${lab.origin}/${CONTOSO.id}/v2.0`;
  const { payload } = await jwtVerify(String(body.access_token), keys, {
    ...{ issuer, currentDate, audience: APPS.ordersApi.id, algorithms: ['RS256'] },
  });
  const [megan] = CONTOSO.users;
  assert.deepEqual([payload.scp, payload.azp, payload.oid], ['Orders.Read', APPS.ordersWeb.id, megan.id]);
  const id = await jwtVerify(String(body.id_token), keys, { issuer, currentDate, audience: APPS.ordersWeb.id });
  assert.equal(id.payload.nonce, 'n-1');
  assert.equal(typeof body.refresh_token, 'string');
  assert.deepEqual(JSON.parse(Buffer.from(String(body.client_info), 'base64url').toString()), {
    uid: megan.id,
    utid: CONTOSO.id,
  });
});

test('tells what it handed out, and adds the claims it was told to', async () => {
  const issued: IssuedTokens[] = [];
  lab.signIn.addedClaims = () => ({ mark: 'here' });
  lab.signIn.onIssued = (tokens) => issued.push(tokens);
  const { body } = await signInForTokens(lab);
  const { access_token: accessToken, refresh_token: refreshToken, id_token: idToken } = body;
  assert.deepEqual(issued, [{ accessToken, refreshToken, idToken }]);
  for (const token of [accessToken, idToken]) assert.equal(payloadOf(String(token)).mark, 'here');
  lab.signIn.addedClaims = () => ({});
  lab.signIn.onIssued = undefined;
  const { body: later } = await signInForTokens(lab);
  assert.equal(payloadOf(String(later.access_token)).mark, undefined);
  assert.equal(issued.length, 1);
});

test('only what was asked for: no ID token without openid, no refresh token without offline_access', async () => {
  const { body } = await signInForTokens(lab, 'api://orders/.default');
  assert.deepEqual(Object.keys(body).sort(), [
    ...['access_token', 'client_info', 'expires_in', 'ext_expires_in', 'scope', 'token_type'],
  ]);
  assert.equal(body.scope, 'api://orders/Orders.Read api://orders/Orders.Ping');
});

test('the registration of the API decides the version; scopes without an API are Graph', async () => {
  const stock = payloadOf(String((await signInForTokens(lab, 'api://stock/Stock.Read')).body.access_token));
  assert.deepEqual([stock.ver, stock.aud, stock.iss], ['1.0', 'api://stock', `${lab.origin}/${CONTOSO.id}/`]);
  const byId = await signInForTokens(lab, `${APPS.ordersApi.id}/orders.read`);
  assert.equal(payloadOf(String(byId.body.access_token)).scp, 'Orders.Read');
  for (const scope of ['openid profile', 'User.Read', 'https://graph.microsoft.com/User.Read']) {
    const token = String((await signInForTokens(lab, scope)).body.access_token);
    assert.equal(payloadOf(token).aud, GRAPH_APP_ID, scope);
    assert.ok('nonce' in headerOf(token));
  }
});

test('a code is good once, for ten minutes, for its redirect URI, its tenant and its verifier', async () => {
  const form = await redemption();
  assert.equal((await askToken(lab, form)).status, 200);
  assert.deepEqual(faultOf(await askToken(lab, form)), [400, 'invalid_grant', 54005]);

  const late = await redemption();
  clockMs += 10 * MINUTE_MS;
  assert.deepEqual(faultOf(await askToken(lab, late)), [400, 'invalid_grant', 70008]);

  const cases: [changes: Record<string, string>, code: number][] = [
    [{ redirect_uri: 'http://localhost:9' }, 500112],
    [{ code_verifier: createVerifier().verifier }, 501481],
    [{ client_id: APPS.practiceClient.id }, 70000],
    [{ code: 'guessed' }, 70000],
  ];
  for (const [changes, code] of cases) {
    assert.deepEqual(faultOf(await askToken(lab, await redemption(changes))), [400, 'invalid_grant', code]);
  }
  assert.deepEqual(faultOf(await askToken(lab, await redemption(), FABRIKAM.id)), [400, 'invalid_grant', 700005]);
});

test('requests that are wrong by themselves', async () => {
  const cases: [changes: Record<string, string>, fault: unknown[]][] = [
    [{ grant_type: '' }, [400, 'invalid_request', 900144]],
    [{ client_id: '' }, [400, 'invalid_request', 900144]],
    [{ code_verifier: '' }, [400, 'invalid_request', 900144]],
    [{ grant_type: 'password' }, [400, 'unsupported_grant_type', 70003]],
    [{ client_id: 'nobody' }, [400, 'unauthorized_client', 700016]],
    [{ client_secret: 'x' }, [401, 'invalid_client', 700025]],
    [{ client_id: APPS.nightlyJob.id }, [401, 'invalid_client', 7000218]],
  ];
  for (const [changes, fault] of cases) {
    assert.deepEqual(faultOf(await askToken(lab, await redemption(changes))), fault);
  }
  const { status, text } = await send(lab, `${lab.origin}/${CONTOSO.id}/oauth2/v2.0/token`);
  assert.deepEqual([status, (JSON.parse(text) as { error_codes: number[] }).error_codes], [400, [900561]]);
});

test('an error carries the ids, the time and the client’s own correlation id', async () => {
  const form = { grant_type: 'x', client_id: APPS.ordersWeb.id, 'client-request-id': 'my-correlation-id' };
  const { body } = await askToken(lab, form);
  assert.match(String(body.trace_id), GUID);
  assert.equal(body.correlation_id, 'my-correlation-id');
  assert.equal(
    body.error_description,
    `AADSTS70003: The app requested an unsupported grant type 'x'. Trace ID: ${body.trace_id} Correlation ID: my-correlation-id Timestamp: ${body.timestamp}`,
  );
});

test('a refresh token renews, rotates, and is good for other APIs of the client', async () => {
  const first = (await signInForTokens(lab)).body;
  const second = (await refresh(first.refresh_token, { scope: 'api://stock/Stock.Read offline_access' })).body;
  assert.equal(payloadOf(String(second.access_token)).aud, 'api://stock');
  assert.notEqual(second.refresh_token, first.refresh_token);
  assert.equal((await refresh(second.refresh_token)).status, 200);
  // Entra leaves the old one valid; a lab that is stricter can be asked for.
  assert.equal((await refresh(first.refresh_token)).status, 200);
  lab.signIn.grants.singleUseRefreshTokens = true;
  assert.deepEqual(faultOf(await refresh(first.refresh_token)), [400, 'invalid_grant', 50173]);
});

test('a refresh token ends: revoked for one person, unused for too long, in the hands of another client', async () => {
  const [megan, alex] = CONTOSO.users;
  const { refresh_token } = (await signInForTokens(lab)).body;
  lab.signIn.grants.revoke(alex);
  assert.equal((await refresh(refresh_token)).status, 200);
  assert.deepEqual(faultOf(await refresh(refresh_token, { client_id: APPS.practiceClient.id })), [
    ...[400, 'invalid_grant', 70000],
  ]);
  assert.deepEqual(faultOf(await refresh(refresh_token, {}, FABRIKAM.id)), [400, 'invalid_grant', 50020]);
  lab.signIn.grants.revoke(megan);
  const revoked = await refresh(refresh_token);
  assert.deepEqual([...faultOf(revoked), revoked.body.suberror], [400, 'invalid_grant', 50173, 'bad_token']);

  const old = (await signInForTokens(lab)).body.refresh_token;
  clockMs += 91 * 24 * 60 * MINUTE_MS;
  assert.deepEqual(faultOf(await refresh(old)), [400, 'invalid_grant', 700082]);
});

test('without consent a refresh says so: interaction is needed', async () => {
  const { refresh_token } = (await signInForTokens(lab)).body;
  const { body } = await refresh(refresh_token, { scope: 'api://payroll/Payroll.Read' });
  assert.deepEqual([body.error, body.error_codes, body.suberror], ['invalid_grant', [65001], 'consent_required']);
});

test('scripted: the next request to /token fails, is cut, and its tokens live as long as wished', async () => {
  lab.signIn.next({ at: 'token', error: 'AADSTS50076', claims: '{"access_token":{}}' });
  const { body } = await signInForTokens(lab);
  assert.deepEqual(
    [body.error, body.error_codes, body.claims],
    ['interaction_required', [50076], '{"access_token":{}}'],
  );
  lab.signIn.next({ at: 'token', close: true });
  await assert.rejects(signInForTokens(lab), { code: 'ECONNRESET' });

  lab.signIn.accessTokenLifetimeSec = 60;
  const short = (await signInForTokens(lab)).body;
  assert.equal(short.expires_in, 60);
  assert.equal(payloadOf(String(short.access_token)).exp, Math.floor(clockMs / 1000) + 60);
});
