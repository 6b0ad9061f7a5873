import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
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
