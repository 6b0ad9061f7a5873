import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainHttpHost } from '../../../../src/core/call/plain-http.ts';

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
