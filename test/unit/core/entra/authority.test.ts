import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Authority, authorityOfUrl, isTenantName, metadataUrl } from '../../../../src/core/entra/authority.ts';

const contoso: Authority = { kind: 'entra', loginBase: 'https://login.example', tenant: 'contoso.onmicrosoft.com' };

test('Entra serves the metadata of v1 tokens without /v2.0', () => {
  assert.equal(
    metadataUrl(contoso, 2),
    'https://login.example/contoso.onmicrosoft.com/v2.0/.well-known/openid-configuration',
  );
  assert.equal(
    metadataUrl(contoso, 1),
    'https://login.example/contoso.onmicrosoft.com/.well-known/openid-configuration',
  );
});

test('metadata given by hand keeps its query and follows the version', () => {
  const metadata = 'https://login.example/t.example/v2.0/.well-known/openid-configuration?appid=a';
  assert.equal(metadataUrl({ ...contoso, metadata }, 2), metadata);
  assert.equal(metadataUrl({ ...contoso, metadata }, 1), metadata.replace('/v2.0', ''));
  const other = 'https://login.example/somewhere/else';
  assert.equal(metadataUrl({ ...contoso, metadata: other }, 1), other);
});

test('an authority URL of a known login host is Entra, anything else any OpenID Connect issuer', () => {
  const entra = authorityOfUrl('https://login.microsoftonline.us/contoso.us/v2.0');
  assert.deepEqual(entra, {
    kind: 'entra',
    loginBase: 'https://login.microsoftonline.us',
    tenant: 'contoso.us',
    cloud: 'usgov',
  });
  const b2c = authorityOfUrl('https://contoso.b2clogin.com/contoso.onmicrosoft.com/B2C_1_in/v2.0/');
  assert.deepEqual(b2c, { kind: 'oidc', base: 'https://contoso.b2clogin.com/contoso.onmicrosoft.com/B2C_1_in/v2.0' });
  assert.equal(metadataUrl(b2c, 1), `${b2c.base}/.well-known/openid-configuration`);
});

test('an authority keeps its query, and a pasted metadata address is understood', () => {
  const b2c = authorityOfUrl('https://contoso.b2clogin.com/contoso.onmicrosoft.com/v2.0?p=B2C_1_in');
  const document =
    'https://contoso.b2clogin.com/contoso.onmicrosoft.com/v2.0/.well-known/openid-configuration?p=B2C_1_in';
  assert.equal(metadataUrl(b2c, 2), document);
  assert.equal(metadataUrl(authorityOfUrl(document), 2), document);
  assert.equal(authorityOfUrl('https://login.microsoftonline.com/contoso.com/v2.0?p=B2C_1_in').kind, 'oidc');
  const common = authorityOfUrl('https://login.microsoftonline.com/Common/v2.0');
  assert.equal(common.kind === 'entra' && common.tenant, 'common');
});

test('a tenant is a GUID, a domain or one of the three names', () => {
  for (const name of ['contoso.com', 'organizations', '11111111-aaaa-4bbb-8ccc-000000000001'])
    assert.ok(isTenantName(name));
  for (const name of ['', 'contoso', 'contoso.com/v2.0', 'https://contoso.com', '../x', 'a b.com'])
    assert.ok(!isTenantName(name), name);
});
