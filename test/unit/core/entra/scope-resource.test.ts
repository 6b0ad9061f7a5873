import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Authority, authorityOfUrl } from '../../../../src/core/entra/authority.ts';
import { audiencesOfScopes } from '../../../../src/core/entra/scope-resource.ts';

const ENTRA: Authority = {
  kind: 'entra',
  loginBase: 'https://login.microsoftonline.com',
  tenant: 'contoso.onmicrosoft.com',
  cloud: 'public',
};
const OTHER: Authority = { kind: 'oidc', base: 'https://issuer.example' };
const GRAPH = '00000003-0000-0000-c000-000000000000';

describe('what scopes ask a token for', () => {
  const asked: [name: string, scopes: string[], audiences: string[]][] = [
    ['by address', ['https://graph.microsoft.com/.default'], ['https://graph.microsoft.com']],
    ['by address, with two slashes', ['https://graph.microsoft.com//.default'], ['https://graph.microsoft.com/']],
    ['by id', [`${GRAPH}/.default`], [GRAPH]],
    ['without a resource', ['Mail.Read'], [GRAPH]],
    ['without a resource, beside another API', ['api://orders/Orders.Read', 'Mail.Read'], ['api://orders', GRAPH]],
    ['OpenID scopes alone', ['openid', 'profile', 'offline_access'], [GRAPH]],
    ['nothing', [], [GRAPH]],
    ['two in one text', ['openid api://orders/.default'], ['api://orders']],
    ['two in one text, divided by a tab', ['api://orders/Orders.Read\tapi://x/y'], ['api://orders', 'api://x']],
    ['beside OpenID scopes', ['api://orders/Orders.Read', 'openid'], ['api://orders']],
  ];
  for (const [name, scopes, audiences] of asked) {
    it(`is told: ${name}`, () => assert.deepEqual(audiencesOfScopes(scopes, ENTRA), audiences));
  }

  it('is Graph without a resource at a login host, whatever stands behind the tenant', () => {
    for (const path of ['organizations/x/y', 'contoso.onmicrosoft.com/oauth2/v2.0', '']) {
      const authority = authorityOfUrl(`https://login.microsoftonline.com/${path}`);
      assert.deepEqual(audiencesOfScopes(['Mail.Read'], authority), [GRAPH], path);
    }
  });

  it('is not known for bare scopes of an issuer that is no Entra, whose scopes look so', () => {
    assert.deepEqual(audiencesOfScopes(['orders:read', 'openid'], OTHER), []);
    assert.deepEqual(audiencesOfScopes(['https://graph.microsoft.com/.default'], OTHER), [
      'https://graph.microsoft.com',
    ]);
  });
});
