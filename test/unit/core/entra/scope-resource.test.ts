import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Authority } from '../../../../src/core/entra/authority.ts';
import { microsoftApiOfScopes } from '../../../../src/core/entra/scope-resource.ts';

const ENTRA: Authority = {
  kind: 'entra',
  loginBase: 'https://login.microsoftonline.com',
  tenant: 'contoso.onmicrosoft.com',
  cloud: 'public',
};
const OTHER: Authority = { kind: 'oidc', base: 'https://issuer.example' };

describe('the Microsoft API that scopes ask for', () => {
  const graph: [name: string, scopes: string[]][] = [
    ['by address', ['https://graph.microsoft.com/.default']],
    ['by address, with two slashes', ['https://graph.microsoft.com//.default']],
    ['by address, in capitals', ['HTTPS://GRAPH.MICROSOFT.COM/Mail.Read']],
    ['by id', ['00000003-0000-0000-c000-000000000000/.default']],
    ['without a resource', ['Mail.Read']],
    ['without a resource, beside another API', ['api://orders/Orders.Read', 'Mail.Read']],
    ['OpenID scopes alone', ['openid', 'profile', 'offline_access']],
    ['nothing', []],
    ['two in one text', ['openid https://graph.microsoft.com/.default']],
    ['two in one text, divided by a tab', ['api://orders/Orders.Read\tUser.Read']],
    ['behind another', ['api://orders/Orders.Read', 'https://graph.microsoft.com/User.Read']],
  ];
  for (const [name, scopes] of graph) {
    it(`is Graph: ${name}`, () => assert.equal(microsoftApiOfScopes(scopes, ENTRA), 'Microsoft Graph'));
  }

  it('is another one of Microsoft’s', () => {
    for (const [scope, api] of [
      ['https://management.azure.com/.default', 'Azure Resource Manager'],
      ['https://management.core.windows.net//user_impersonation', 'Azure Resource Manager'],
      ['https://vault.azure.net/.default', 'Azure Key Vault'],
      ['499b84ac-1321-427f-aa17-267ca6975798/.default', 'Azure DevOps'],
    ] as const) {
      assert.equal(microsoftApiOfScopes([scope], ENTRA), api);
    }
  });

  it('is none for APIs of one’s own', () => {
    for (const scope of [
      'api://orders/Orders.Read',
      'api://5e1f7c2a-94b3-4d68-a0c5-3b7e9d1f2a86/.default',
      '5e1f7c2a-94b3-4d68-a0c5-3b7e9d1f2a86/.default',
      'https://orders.contoso.com/Orders.Read',
      'https://graph.microsoft.com.evil.example/.default',
    ]) {
      assert.equal(microsoftApiOfScopes([scope, 'openid', 'offline_access'], ENTRA), undefined, scope);
    }
  });

  it('is none for bare scopes of an issuer that is no Entra, whose scopes look so', () => {
    assert.equal(microsoftApiOfScopes(['orders:read', 'openid'], OTHER), undefined);
    assert.equal(microsoftApiOfScopes(['https://graph.microsoft.com/.default'], OTHER), 'Microsoft Graph');
  });
});
