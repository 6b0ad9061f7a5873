import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiProfile } from '../../../src/core/entra/api-profile.ts';
import { isOfOperation } from '../../../src/host/request/operation-of-url.ts';

const PROFILE: ApiProfile = {
  origin: 'user',
  authority: { kind: 'oidc', base: 'https://issuer.example' },
  baseUrl: 'https://api.example/v1',
};

const rows: [path: string, url: string, expected: boolean][] = [
  ['/orders', 'https://api.example/v1/orders', true],
  ['/orders', 'https://api.example/v1/orders/?top=5#x', true],
  ['/orders', 'https://api.example/v1/Orders', true],
  ['/orders', 'https://api.example/v1/orders-admin', false],
  ['/orders', 'https://api.example/orders', false],
  ['/orders', 'https://api.example/v1/orders/42', false],
  ['/orders/{id}', 'https://api.example/v1/orders/abc', true],
  ['/orders/{id}', 'https://api.example/v1/orders', false],
  ['/orders/1', 'https://api.example/v1/orders/42', true],
  ['/orders/1', 'https://api.example/v1/orders/all', false],
  ['/a b', 'https://api.example/v1/a%20b', true],
  ['/%', 'https://api.example/v1/%', true],
];
for (const [path, url, expected] of rows) {
  test(`${url} ${expected ? 'calls' : 'does not call'} ${path}`, () => {
    assert.equal(isOfOperation(url, PROFILE, { name: 'x', method: 'GET', path }), expected);
  });
}
