import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  foreignServiceIn,
  hasTypedCredential,
  isMicrosoftApiHost,
  microsoftApiOfToken,
  plainHttpHost,
} from '../../../../src/core/call/credential-destination.ts';
import { encodeToken } from '../entra-fixture.ts';

const origins: [origin: string, isMicrosofts: boolean][] = [
  ['https://graph.microsoft.com', true],
  ['https://graph.microsoft.us', true],
  ['https://management.azure.com', true],
  ['https://management.chinacloudapi.cn', true],
  ['https://my-vault.vault.azure.net', true],
  ['https://graph.microsoft.com.evil.example', false],
  ['https://evilgraph.microsoft.com', false],
  ['https://management.azure.com.evil.example', false],
  ['https://vault.azure.net', false],
  ['https://my-machine.westeurope.cloudapp.azure.com', false],
  ['https://store.blob.core.windows.net', false],
  ['https://graph-microsoft.com', false],
];
for (const [origin, expected] of origins) {
  test(`${origin} is ${expected ? '' : 'not '}a Microsoft API`, () =>
    assert.equal(isMicrosoftApiHost(origin), expected));
}

test('a token is Microsoft’s by any of its audiences', () => {
  const api = (aud: unknown) => microsoftApiOfToken(encodeToken({ alg: 'none' }, { aud }, 'x'));
  assert.equal(api('00000003-0000-0000-c000-000000000000'), 'Microsoft Graph');
  assert.equal(api(['api://orders', 'https://graph.microsoft.com']), 'Microsoft Graph');
  assert.equal(api('api://orders'), undefined);
  assert.equal(api(5), undefined);
  assert.equal(microsoftApiOfToken('no token'), undefined);
});

const services: [audience: string, origin: string, host: string | undefined][] = [
  ['https://store.blob.core.windows.net', 'https://evil.example', 'store.blob.core.windows.net'],
  ['https://store.blob.core.windows.net/', 'https://store.blob.core.windows.net', undefined],
  ['https://store.blob.core.windows.net', 'https://other.blob.core.windows.net', 'store.blob.core.windows.net'],
  ['https://managedhsm.azure.net', 'https://orders.managedhsm.azure.net', undefined],
  ['https://servicebus.azure.net', 'https://orders.servicebus.windows.net', undefined],
  ['https://servicebus.azure.net', 'https://servicebus.windows.net.evil.example', 'servicebus.azure.net'],
  ['https://vault.azure.cn', 'https://evil.example', 'vault.azure.cn'],
  ['spn:https://analysis.windows.net/powerbi/api', 'https://evil.example', 'analysis.windows.net'],
  ['https://Contoso.SharePoint.com:443/sites', 'https://evil.example', 'contoso.sharepoint.com'],
  ['https://machine.westeurope.cloudapp.azure.com', 'https://api.example', undefined],
  ['https://orders.azurewebsites.net', 'https://api.example', undefined],
  ['https://evilwindows.net', 'https://api.example', undefined],
  ['api://orders', 'https://api.example', undefined],
  ['', 'https://api.example', undefined],
];
for (const [audience, origin, host] of services) {
  test(`a token for ${audience || 'nothing'} ${host ? 'is not' : 'may be'} for ${origin}`, () =>
    assert.equal(foreignServiceIn([audience], origin), host));
}

test('a credential is typed in a header or a parameter', () => {
  const url = 'https://api.example/orders';
  assert.ok(hasTypedCredential({ headers: [{ name: 'authorization', value: '' }], url }));
  assert.ok(hasTypedCredential({ headers: [], url: `${url}?code=1` }));
  assert.ok(!hasTypedCredential({ headers: [{ name: 'Accept', value: '*/*' }], url: `${url}?top=1` }));
  assert.ok(!hasTypedCredential({ headers: [], url: 'nowhere?code=1' }));
});

const addresses: [url: string, host: string | undefined][] = [
  ['http://api.example/', 'api.example'],
  ['http://0.0.0.0:80/', '0.0.0.0'],
  ['http://127.0.0.1.evil.example/', '127.0.0.1.evil.example'],
  ['http://localhost.evil.example/', 'localhost.evil.example'],
  ['http://localhost:8080/', undefined],
  ['http://127.1.2.3/', undefined],
  ['http://[::1]:80/', undefined],
  ['https://api.example/', undefined],
  ['nowhere', undefined],
];
for (const [url, expected] of addresses) {
  test(`${url} ${expected ? 'is' : 'is not'} readable on the way`, () => assert.equal(plainHttpHost(url), expected));
}
