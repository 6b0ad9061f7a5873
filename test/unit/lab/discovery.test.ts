import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { after, before, test } from 'node:test';
import { CONSUMERS_TENANT_ID, CONTOSO, FABRIKAM } from '../../lab/entra-tenant.ts';
import { type Lab, startLab } from '../../lab/lab.ts';
import { get, getJson, type Jwks } from './lab-client.ts';

const WELL_KNOWN = '.well-known/openid-configuration';
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

let lab: Lab;
before(async () => {
  lab = await startLab();
});
after(() => lab.stop());

test('v2 metadata of a tenant, asked for by GUID, domain and in any case', async () => {
  for (const name of [CONTOSO.id, CONTOSO.domain, CONTOSO.domain.toUpperCase()]) {
    const metadata = await getJson(lab, `/${name}/v2.0/${WELL_KNOWN}`);
    assert.equal(metadata.issuer, `${lab.origin}/${CONTOSO.id}/v2.0`);
    assert.equal(metadata.jwks_uri, `${lab.origin}/${CONTOSO.id}/discovery/v2.0/keys`);
    assert.equal(metadata.authorization_endpoint, `${lab.origin}/${CONTOSO.id}/oauth2/v2.0/authorize`);
    assert.equal(metadata.token_endpoint, `${lab.origin}/${CONTOSO.id}/oauth2/v2.0/token`);
  }
  const other = await getJson(lab, `/${FABRIKAM.domain}/v2.0/${WELL_KNOWN}`);
  assert.equal(other.issuer, `${lab.origin}/${FABRIKAM.id}/v2.0`);
});

test('v1 metadata: the issuer ends in a slash', async () => {
  const metadata = await getJson(lab, `/${CONTOSO.domain}/${WELL_KNOWN}`);
  assert.equal(metadata.issuer, `${lab.origin}/${CONTOSO.id}/`);
  assert.equal(metadata.jwks_uri, `${lab.origin}/${CONTOSO.id}/discovery/keys`);
});

test('common and organizations: the issuer is the literal template; consumers: a fixed tenant', async () => {
  for (const name of ['common', 'organizations']) {
    const v2 = await getJson(lab, `/${name}/v2.0/${WELL_KNOWN}`);
    assert.equal(v2.issuer, `${lab.origin}/{tenantid}/v2.0`);
    assert.equal(v2.jwks_uri, `${lab.origin}/${name}/discovery/v2.0/keys`);
    assert.equal((await getJson(lab, `/${name}/${WELL_KNOWN}`)).issuer, `${lab.origin}/{tenantid}/`);
  }
  const consumers = await getJson(lab, `/consumers/v2.0/${WELL_KNOWN}`);
  assert.equal(consumers.issuer, `${lab.origin}/${CONSUMERS_TENANT_ID}/v2.0`);
});

test('v2 keys carry their issuer, v1 keys do not', async () => {
  const shared = lab.keys.shared.keys.map((key) => key.kid);
  const personal = lab.keys.consumers.keys.map((key) => key.kid);
  const template = `${lab.origin}/{tenantid}/v2.0`;
  const fixed = `${lab.origin}/${CONSUMERS_TENANT_ID}/v2.0`;

  const issuersOf = async (name: string) => {
    const { keys } = await getJson<Jwks>(lab, `/${name}/discovery/v2.0/keys`);
    return Object.fromEntries(keys.map((key) => [key.kid, key.issuer]));
  };
  const onShared = Object.fromEntries(shared.map((kid) => [kid, template]));
  const onPersonal = Object.fromEntries(personal.map((kid) => [kid, fixed]));
  assert.deepEqual(await issuersOf(CONTOSO.domain), onShared);
  assert.deepEqual(await issuersOf('organizations'), onShared);
  assert.deepEqual(await issuersOf('consumers'), onPersonal);
  assert.deepEqual(await issuersOf('common'), { ...onShared, ...onPersonal });

  const v1 = await getJson<Jwks>(lab, `/${CONTOSO.domain}/discovery/keys`);
  assert.deepEqual(
    v1.keys.map((key) => [key.kid, key.issuer]),
    shared.map((kid) => [kid, undefined]),
  );
});

test('a key entry has the members of the real ones, and kid and x5t belong to its certificate', async () => {
  const { keys } = await getJson<Jwks>(lab, `/${CONTOSO.id}/discovery/v2.0/keys`);
  assert.equal(keys.length, 2);
  for (const key of keys) {
    assert.deepEqual(Object.keys(key).sort(), ['e', 'issuer', 'kid', 'kty', 'n', 'use', 'x5c', 'x5t']);
    assert.equal(key.kty, 'RSA');
    assert.equal(key.use, 'sig');
    const certificate = new X509Certificate(Buffer.from((key.x5c as string[])[0] ?? '', 'base64'));
    assert.equal(createHash('sha1').update(certificate.raw).digest('base64url'), key.kid);
    assert.equal(key.x5t, key.kid);
    assert.equal(certificate.publicKey.export({ format: 'jwk' }).n, key.n);
  }
});

test('?appid= leads to the key of the application', async () => {
  const { id } = lab.apps.payrollApi;
  for (const version of ['v2.0/', '']) {
    const metadata = await getJson(lab, `/${CONTOSO.id}/${version}${WELL_KNOWN}?appid=${id}`);
    assert.ok(String(metadata.jwks_uri).endsWith(`/keys?appid=${id}`));
    const { keys } = await getJson<Jwks>(lab, String(metadata.jwks_uri).slice(lab.origin.length));
    assert.deepEqual(
      keys.map((key) => key.kid),
      lab.keys.byApp.get(id)?.keys.map((key) => key.kid),
    );
  }
  const shared = await getJson<Jwks>(lab, `/${CONTOSO.id}/discovery/v2.0/keys?appid=${lab.apps.ordersApi.id}`);
  assert.deepEqual(
    shared.keys.map((key) => key.kid),
    lab.keys.shared.keys.map((key) => key.kid),
  );
});

test('an unknown tenant is AADSTS90002 with trace ids', async () => {
  for (const path of [`v2.0/${WELL_KNOWN}`, WELL_KNOWN, 'discovery/v2.0/keys', 'discovery/keys']) {
    const answer = await get(lab, `/nobody.onmicrosoft.com/${path}`);
    assert.equal(answer.status, 400);
    assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8');
    const body = JSON.parse(answer.text) as Record<string, unknown>;
    assert.equal(body.error, 'invalid_tenant');
    assert.deepEqual(body.error_codes, [90002]);
    assert.match(String(body.error_description), /^AADSTS90002: Tenant 'nobody\.onmicrosoft\.com' not found\./);
    assert.match(String(body.trace_id), GUID);
    assert.match(String(body.correlation_id), GUID);
    assert.ok(String(body.error_description).includes(String(body.trace_id)));
    assert.match(String(body.timestamp), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/);
  }
});

test('documents are JSON and cacheable for a day', async () => {
  const { status, headers } = await get(lab, `/common/v2.0/${WELL_KNOWN}`);
  assert.equal(status, 200);
  assert.equal(headers['content-type'], 'application/json; charset=utf-8');
  assert.equal(headers['cache-control'], 'max-age=86400, private');
  assert.match(String(headers['x-ms-request-id']), GUID);
});

test('instance discovery knows the lab as a cloud of its own', async () => {
  const ask = (endpoint: string) =>
    get(lab, `/common/discovery/instance?api-version=1.1&authorization_endpoint=${encodeURIComponent(endpoint)}`);
  const known = await ask(`${lab.origin}/${CONTOSO.id}/oauth2/v2.0/authorize`);
  const body = JSON.parse(known.text) as { tenant_discovery_endpoint: string; metadata: { aliases: string[] }[] };
  assert.equal(body.tenant_discovery_endpoint, `${lab.origin}/${CONTOSO.id}/v2.0/${WELL_KNOWN}`);
  assert.deepEqual(body.metadata[0]?.aliases, [new URL(lab.origin).host]);

  const unknown = await ask('https://login.example.org/common/oauth2/v2.0/authorize');
  assert.equal(unknown.status, 400);
  assert.deepEqual((JSON.parse(unknown.text) as Record<string, unknown>).error_codes, [50049]);
});

test('the generic issuer serves ES256 keys and nothing of Entra', async () => {
  const metadata = await getJson(lab, `/issuer/${WELL_KNOWN}`);
  assert.equal(metadata.issuer, `${lab.origin}/issuer`);
  const { keys } = await getJson<Jwks>(lab, String(metadata.jwks_uri).slice(lab.origin.length));
  assert.deepEqual(
    keys.map(({ kid, kty, alg, issuer }) => ({ kid, kty, alg, issuer })),
    [{ kid: lab.generic.keys.current.kid, kty: 'EC', alg: 'ES256', issuer: undefined }],
  );
});

test('no served document holds a private member', async () => {
  for (const path of ['/common/discovery/v2.0/keys', '/common/discovery/keys', '/issuer/jwks']) {
    for (const key of (await getJson<Jwks>(lab, path)).keys) {
      assert.deepEqual(
        Object.keys(key).filter((member) => ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'].includes(member)),
        [],
      );
    }
  }
});

test('other paths and methods are 404', async () => {
  assert.equal((await get(lab, '/')).status, 404);
  assert.equal((await get(lab, `/${CONTOSO.id}/v2.0/elsewhere`)).status, 404);
  assert.equal((await get(lab, `/${CONTOSO.id}/v2.0/${WELL_KNOWN}`, 'POST')).status, 404);
});
