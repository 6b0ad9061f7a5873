import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiProfile } from '../../../../src/core/entra/api-profile.ts';
import { authorityOfUrl } from '../../../../src/core/entra/authority.ts';
import { cloudOf } from '../../../../src/core/entra/clouds.ts';
import { KeyStore } from '../../../../src/core/entra/key-store.ts';
import { parseApiProfile } from '../../../../src/core/entra/parse-api-profile.ts';
import { validateToken } from '../../../../src/core/why/validate.ts';
import * as at from '../entra-fixture.ts';

const CONSUMERS = '9188040d-6c67-4c5b-b112-36a304b66dad';
const WELL_KNOWN = '/.well-known/openid-configuration';

interface World {
  /** An entry of why401.apis, without what is not about the issuer. */
  entry: Record<string, unknown>;
  /** Metadata by URL: the issuer it names, and more members. */
  metadata: Record<string, Record<string, unknown>>;
  keyIssuer?: string;
}

/** `reason` of the issuer line, after the signature was verified with the world's keys. */
async function issuerReason({ entry, metadata, keyIssuer }: World, claims: Record<string, unknown>): Promise<string> {
  const documents: Record<string, unknown> = {};
  for (const [url, members] of Object.entries(metadata)) {
    const keysUrl = new URL(`/keys${new URL(url).search}`, url).href;
    documents[url] = { jwks_uri: keysUrl, ...members };
    documents[keysUrl] = { keys: [at.publishedKey(keyIssuer === undefined ? {} : { issuer: keyIssuer })] };
  }
  const parsed = parseApiProfile('orders', entry, 'user');
  assert.ok(parsed.ok, JSON.stringify(parsed));
  const fake = at.fakeFetch(documents);
  const keyStore = new KeyStore(fake.fetchText, () => at.NOW_MS);
  const raw = await at.signToken(at.v2Claims(claims));
  const request = { raw, profile: parsed.profile, keyStore, mayFetch: async () => true, nowMs: at.NOW_MS };
  const { lines } = await validateToken(request);
  const of = (id: string) => lines.find((line) => line.id === id);
  assert.equal(of('signature')?.reason, 'signatureValid', JSON.stringify(fake.fetched));
  return `${of('issuer')?.verdict} ${of('issuer')?.reason}`;
}

/** An Entra tenant as it publishes itself. */
function entraWorld(loginBase: string, stsBase: string, cloud: string, tenant: string = at.TENANT): World {
  const issuerTenant = ['common', 'organizations'].includes(tenant) ? '{tenantid}' : tenant;
  return {
    entry: { tenant, cloud, tokenVersions: [1, 2] },
    metadata: {
      [`${loginBase}/${tenant}/v2.0${WELL_KNOWN}`]: { issuer: `${loginBase}/${issuerTenant}/v2.0` },
      [`${loginBase}/${tenant}${WELL_KNOWN}`]: { issuer: `${stsBase}/${issuerTenant}/` },
    },
    keyIssuer: `${loginBase}/{tenantid}/v2.0`,
  };
}

const v1 = (stsBase: string, tenant: string = at.TENANT) => ({ iss: `${stsBase}/${tenant}/`, tid: tenant, ver: '1.0' });
const v2 = (base: string, tenant: string = at.TENANT) => ({ iss: `${base}/${tenant}/v2.0`, tid: tenant, ver: '2.0' });

for (const [cloud, stsBase] of [
  ['public', 'https://sts.windows.net'],
  ['usgov', 'https://sts.windows.net'],
  ['china', 'https://sts.chinacloudapi.cn'],
  ['sovereign-fr', 'https://login.sovcloud-identity.fr'],
] as const) {
  test(`the cloud ${cloud}: v1 and v2 of the tenant pass, another tenant's and another cloud's do not`, async () => {
    const base = `https://${cloudOf(cloud)?.loginHost}`;
    const world = entraWorld(base, stsBase, cloud);
    assert.equal(await issuerReason(world, v1(stsBase)), 'passed issuerAccepted');
    assert.equal(await issuerReason(world, v2(base)), 'passed issuerAccepted');
    assert.equal(await issuerReason(world, v1(stsBase, at.OTHER_TENANT)), 'failed issuerOtherTenant');
    assert.equal(await issuerReason(world, v2(base, at.OTHER_TENANT)), 'failed issuerOtherTenant');
    const elsewhere = cloud === 'public' ? 'https://login.microsoftonline.us' : at.LOGIN;
    assert.equal(await issuerReason(world, v2(elsewhere, at.OTHER_TENANT)), 'failed issuerOtherCloud');
  });
}

test('an Entra of no known cloud keeps both versions and its tenants apart', async () => {
  const base = 'https://login.airgap.example';
  const world = entraWorld(base, base, base);
  assert.equal(await issuerReason(world, v1(base)), 'passed issuerAccepted');
  assert.equal(await issuerReason(world, v2(base, at.OTHER_TENANT)), 'failed issuerOtherTenant');
  const onlyV2 = { ...world, entry: { ...world.entry, tokenVersions: [2] } };
  assert.equal(await issuerReason(onlyV2, v1(base)), 'failed issuerOtherVersion');
});

test('templates take the tenant of the token, and the key’s own issuer holds it to that', async () => {
  const world = entraWorld(at.LOGIN, 'https://sts.windows.net', 'public', 'common');
  assert.equal(await issuerReason(world, v2(at.LOGIN, at.OTHER_TENANT)), 'passed issuerAccepted');
  assert.equal(await issuerReason(world, v1('https://sts.windows.net', at.OTHER_TENANT)), 'passed issuerAccepted');
  assert.equal(await issuerReason(world, { ...v2(at.LOGIN), tid: at.OTHER_TENANT }), 'failed issuerOtherTenant');
  assert.equal(await issuerReason(world, { ...v2(at.LOGIN), tid: undefined }), 'failed issuerOther');
  const personal = { ...world, keyIssuer: `${at.LOGIN}/${CONSUMERS}/v2.0` };
  assert.equal(await issuerReason(personal, v2(at.LOGIN, CONSUMERS)), 'passed issuerAccepted');
  assert.equal(await issuerReason(personal, v2(at.LOGIN)), 'failed issuerNotTheKeys');
});

test('an API with its own signing key: the keys come from the metadata with ?appid=, for v1 and v2', async () => {
  const query = `?appid=${at.API_ID}`;
  const world: World = {
    entry: { tenant: at.TENANT, metadata: `${at.LOGIN}/${at.TENANT}/v2.0${WELL_KNOWN}${query}`, tokenVersions: [1, 2] },
    metadata: {
      [`${at.LOGIN}/${at.TENANT}/v2.0${WELL_KNOWN}${query}`]: { issuer: at.V2_ISSUER },
      [`${at.LOGIN}/${at.TENANT}${WELL_KNOWN}${query}`]: { issuer: at.V1_ISSUER },
    },
  };
  assert.equal(await issuerReason(world, v2(at.LOGIN)), 'passed issuerAccepted');
  assert.equal(await issuerReason(world, v1('https://sts.windows.net')), 'passed issuerAccepted');
});

test('Azure AD B2C: the issuer with its slash, of this tenant and, where the policy is in it, of this policy', async () => {
  const host = 'https://contoso.b2clogin.com';
  const authority = `${host}/contoso.onmicrosoft.com/B2C_1_in/v2.0`;
  const world = (issuer: string): World => ({
    entry: { authority },
    metadata: { [authority + WELL_KNOWN]: { issuer } },
  });
  const plain = `${host}/${at.TENANT}/v2.0/`;
  const claims = { ver: '1.0', tfp: 'B2C_1_in', tid: undefined };
  assert.equal(await issuerReason(world(plain), { ...claims, iss: plain }), 'passed issuerAccepted');
  assert.equal(await issuerReason(world(plain), { ...claims, iss: plain.slice(0, -1) }), 'failed issuerOther');
  const other = `${host}/${at.OTHER_TENANT}/v2.0/`;
  assert.equal(await issuerReason(world(plain), { ...claims, iss: other }), 'failed issuerOtherTenant');
  const withPolicy = `${host}/tfp/${at.TENANT}/b2c_1_in/v2.0/`;
  assert.equal(await issuerReason(world(withPolicy), { ...claims, iss: withPolicy }), 'passed issuerAccepted');
  const otherPolicy = withPolicy.replace('_in', '_edit');
  assert.equal(await issuerReason(world(withPolicy), { ...claims, iss: otherPolicy }), 'failed issuerOther');
});

test('External ID: the issuer is on the host named by the tenant’s id, whatever host was asked', async () => {
  const authority = `https://contoso.ciamlogin.com/${at.TENANT}/v2.0`;
  const issuerOf = (tenant: string) => `https://${tenant}.ciamlogin.com/${tenant}/v2.0`;
  const world: World = {
    entry: { authority },
    metadata: { [authority + WELL_KNOWN]: { issuer: issuerOf(at.TENANT) } },
    keyIssuer: issuerOf(at.TENANT),
  };
  assert.equal(await issuerReason(world, { iss: issuerOf(at.TENANT) }), 'passed issuerAccepted');
  const foreign = { iss: issuerOf(at.OTHER_TENANT), tid: at.OTHER_TENANT };
  assert.equal(await issuerReason(world, foreign), 'failed issuerOtherTenant');
  assert.equal(await issuerReason(world, v2(at.LOGIN)), 'failed issuerOther');
});

test('AD FS: access tokens have an issuer of their own, which its metadata names', async () => {
  const authority = 'https://adfs.contoso.com/adfs';
  const trust = 'http://adfs.contoso.com/adfs/services/trust';
  const world: World = {
    entry: { authority },
    metadata: { [authority + WELL_KNOWN]: { issuer: authority, access_token_issuer: trust } },
  };
  const claims = { tid: undefined, ver: '1.0' };
  assert.equal(await issuerReason(world, { ...claims, iss: trust }), 'passed issuerAccepted');
  assert.equal(await issuerReason(world, { ...claims, iss: `${trust}/` }), 'failed issuerOther');
  const odd = { ...world, metadata: { [authority + WELL_KNOWN]: { issuer: authority, access_token_issuer: 5 } } };
  assert.equal(await issuerReason(odd, { ...claims, iss: authority }), 'passed issuerAccepted');
});

test('any OpenID Connect issuer is compared exactly', async () => {
  const authority = 'https://id.example/realms/orders';
  const world: World = { entry: { authority }, metadata: { [authority + WELL_KNOWN]: { issuer: `${authority}/` } } };
  assert.equal(await issuerReason(world, { iss: `${authority}/` }), 'passed issuerAccepted');
  for (const iss of [authority, `${authority}//`, authority.toUpperCase(), 'https://id.example'])
    assert.equal(await issuerReason(world, { iss }), 'failed issuerOther', iss);
});

test('an authority is what its address names, not what a token says', () => {
  const profile = (url: string): ApiProfile['authority'] => authorityOfUrl(url);
  assert.equal(profile(`${at.LOGIN}/${at.TENANT}/v2.0`).kind, 'entra');
  assert.equal(profile('https://adfs.contoso.com/adfs').kind, 'oidc');
  assert.equal(profile(`https://contoso.ciamlogin.com/${at.TENANT}/v2.0`).kind, 'oidc');
});
