import assert from 'node:assert/strict';
import { createHash, createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { after, before, test } from 'node:test';
import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from 'jose';
import jwt from 'jsonwebtoken';
import { APPS, CONSUMERS_TENANT_ID, CONTOSO, FABRIKAM, GRAPH_APP_ID } from '../../lab/entra-tenant.ts';
import { type Lab, startLab } from '../../lab/lab.ts';
import { getJson, headerOf, type Jwks, payloadOf } from './lab-client.ts';

const NOW_MS = Date.UTC(2030, 0, 15, 12);
const NOW_SEC = NOW_MS / 1000;

let lab: Lab;
before(async () => {
  lab = await startLab({ now: () => NOW_MS });
});
after(() => lab.stop());

/** Verifies as an API would: with the keys it was served, by a library that did not sign the token. */
async function verifyWithServedKeys(
  token: string,
  jwksPath: string,
  expected: jwt.VerifyOptions,
): Promise<jwt.JwtPayload> {
  const { keys } = await getJson<Jwks>(lab, jwksPath);
  const jwk = keys.find((key) => key.kid === headerOf(token).kid);
  assert.ok(jwk, 'the kid is published');
  const key = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' });
  return jwt.verify(token, key, { clockTimestamp: NOW_SEC, ...expected, complete: false }) as jwt.JwtPayload;
}

test('a v2 access token verifies, and is shaped like a v2 access token', async () => {
  const token = await lab.mint.accessTokenV2();
  const claims = await verifyWithServedKeys(token, `/${CONTOSO.id}/discovery/v2.0/keys`, {
    algorithms: ['RS256'],
    issuer: `${lab.origin}/${CONTOSO.id}/v2.0`,
    audience: APPS.ordersApi.id,
  });
  assert.deepEqual(Object.keys(headerOf(token)), ['typ', 'alg', 'kid']);
  assert.equal(claims.ver, '2.0');
  assert.equal(claims.azp, APPS.ordersWeb.id);
  assert.equal(claims.azpacr, '0');
  assert.equal(claims.tid, CONTOSO.id);
  assert.equal(claims.oid, CONTOSO.users[0].id);
  assert.equal(claims.scp, 'Orders.Read');
  assert.equal(claims.exp, NOW_SEC + 75 * 60);
  assert.equal(claims.nbf, NOW_SEC - 300);
  for (const absent of ['appid', 'roles', 'upn', 'amr', 'nonce']) assert.ok(!(absent in claims), absent);
});

test('a v1 access token verifies, and is shaped like a v1 access token', async () => {
  const token = await lab.mint.accessTokenV1();
  const claims = await verifyWithServedKeys(token, `/${CONTOSO.id}/discovery/keys`, {
    algorithms: ['RS256'],
    issuer: `${lab.origin}/${CONTOSO.id}/`,
    audience: 'api://orders',
  });
  assert.deepEqual(Object.keys(headerOf(token)), ['typ', 'alg', 'x5t', 'kid']);
  assert.equal(claims.ver, '1.0');
  assert.equal(claims.appid, APPS.ordersWeb.id);
  assert.equal(claims.appidacr, '0');
  assert.equal(claims.unique_name, CONTOSO.users[0].userName);
  for (const absent of ['azp', 'preferred_username']) assert.ok(!(absent in claims), absent);
});

test('an ID token is for the client and has neither scopes nor a client id claim', async () => {
  const claims = payloadOf(await lab.mint.idToken());
  assert.equal(claims.aud, APPS.ordersWeb.id);
  assert.ok('nonce' in claims);
  for (const absent of ['scp', 'azp', 'azpacr', 'appid', 'appidacr']) assert.ok(!(absent in claims), absent);
});

test('an app-only token has roles and no scopes, and the application is its subject', async () => {
  for (const version of [1, 2] as const) {
    const claims = payloadOf(await lab.mint.appOnlyToken({}, version));
    assert.deepEqual(claims.roles, ['Orders.Read.All']);
    assert.equal(claims.oid, claims.sub);
    assert.equal(claims[version === 2 ? 'azp' : 'appid'], APPS.nightlyJob.id);
    assert.equal(claims[version === 2 ? 'azpacr' : 'appidacr'], '1');
    for (const absent of ['scp', 'name', 'preferred_username']) assert.ok(!(absent in claims), absent);
  }
});

test('a Graph token fails a standard check and is right with the nonce hashed', async () => {
  const token = await lab.mint.graphToken();
  const { keys } = await getJson<JSONWebKeySet>(lab, `/${CONTOSO.id}/discovery/keys`);
  await assert.rejects(
    jwtVerify(token, createLocalJWKSet({ keys }), { algorithms: ['RS256'], currentDate: new Date(NOW_MS) }),
    errors.JWSSignatureVerificationFailed,
  );

  const header = headerOf(token) as { nonce: string };
  const [, payload, signature] = token.split('.');
  const nonce = createHash('sha256').update(header.nonce).digest('base64url');
  const signedHeader = Buffer.from(JSON.stringify({ ...header, nonce })).toString('base64url');
  const { publicKey } = lab.keys.shared.current;
  assert.ok(
    verify('sha256', Buffer.from(`${signedHeader}.${payload}`), publicKey, Buffer.from(signature ?? '', 'base64url')),
  );

  const claims = payloadOf(token);
  assert.equal(claims.aud, GRAPH_APP_ID);
  assert.equal(claims.iss, `${lab.origin}/${CONTOSO.id}/`);
  assert.equal(claims.ver, '1.0');
});

test('a personal account is signed for by the keys of its own tenant', async () => {
  const token = await lab.mint.personalToken();
  const claims = await verifyWithServedKeys(token, '/common/discovery/v2.0/keys', {
    issuer: `${lab.origin}/${CONSUMERS_TENANT_ID}/v2.0`,
  });
  assert.equal(claims.tid, CONSUMERS_TENANT_ID);
  assert.equal(headerOf(token).kid, lab.keys.consumers.current.kid);
});

test('an API with claims mapping gets tokens signed by its own key', async () => {
  const token = await lab.mint.accessTokenV2({ api: APPS.payrollApi });
  await verifyWithServedKeys(token, `/${CONTOSO.id}/discovery/v2.0/keys?appid=${APPS.payrollApi.id}`, {
    audience: APPS.payrollApi.id,
  });
  const { keys } = await getJson<Jwks>(lab, `/${CONTOSO.id}/discovery/v2.0/keys`);
  assert.ok(keys.every((key) => key.kid !== headerOf(token).kid));
});

test('the generic issuer signs at+jwt tokens with ES256', async () => {
  const token = await lab.mint.genericToken();
  assert.equal(headerOf(token).typ, 'at+jwt');
  await verifyWithServedKeys(token, '/issuer/jwks', { algorithms: ['ES256'], issuer: `${lab.origin}/issuer` });
});

test('wishes: tenant, user, client, scopes, roles, lifetime, claims removed, added and replaced', async () => {
  const token = await lab.mint.accessTokenV2({
    tenant: FABRIKAM,
    user: FABRIKAM.users[1],
    client: APPS.nightlyJob,
    scopes: ['Orders.Read', 'Orders.Write'],
    roles: ['Approver'],
    lifetimeSec: 86_400,
    header: { kid: undefined, extra: 1 },
    payload: { sid: undefined, idtyp: 'user', ver: '9.9' },
  });
  const claims = payloadOf(token);
  assert.equal(claims.tid, FABRIKAM.id);
  assert.equal(claims.iss, `${lab.origin}/${FABRIKAM.id}/v2.0`);
  assert.equal(claims.preferred_username, FABRIKAM.users[1].userName);
  assert.equal(claims.azp, APPS.nightlyJob.id);
  assert.equal(claims.scp, 'Orders.Read Orders.Write');
  assert.deepEqual(claims.roles, ['Approver']);
  assert.equal(claims.exp, NOW_SEC + 86_400);
  assert.ok(!('sid' in claims));
  assert.equal(claims.idtyp, 'user');
  assert.equal(claims.ver, '9.9');
  assert.deepEqual(headerOf(token), { typ: 'JWT', alg: 'RS256', extra: 1 });
});

test('raw header and payload texts are signed as they are', async () => {
  const token = await lab.mint.accessTokenV2({ headerText: '{"alg":"RS256" }', payloadText: '{"a":1,"a":2}' });
  const [header = '', payload = '', signature = ''] = token.split('.');
  assert.equal(Buffer.from(header, 'base64url').toString(), '{"alg":"RS256" }');
  assert.equal(Buffer.from(payload, 'base64url').toString(), '{"a":1,"a":2}');
  const { publicKey } = lab.keys.shared.current;
  assert.ok(verify('sha256', Buffer.from(`${header}.${payload}`), publicKey, Buffer.from(signature, 'base64url')));
});

test('sub is pairwise, oid is not', async () => {
  const orders = payloadOf(await lab.mint.accessTokenV2());
  const invoices = payloadOf(await lab.mint.accessTokenV2({ api: APPS.invoicesApi }));
  assert.equal(orders.oid, invoices.oid);
  assert.notEqual(orders.sub, invoices.sub);
  assert.equal(orders.sub, payloadOf(await lab.mint.accessTokenV2()).sub);
});
