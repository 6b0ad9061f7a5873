import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draftRequest, EMPTY_FORM } from '../../../src/host/request/request-draft.ts';
import type { RequestForm } from '../../../src/protocol/request-view.ts';

const FORM: RequestForm = {
  ...EMPTY_FORM,
  url: 'https://api.example/orders',
  headers: [
    { name: 'authorization', value: 'Basic typed' },
    { name: 'X-Functions-Key', value: 'typed' },
    { name: ' ', value: 'nameless' },
    { name: 'Accept', value: 'text/plain' },
  ],
};
const withKey = (key: RequestForm['authorize']['key']): RequestForm => ({
  ...FORM,
  authorize: { ...FORM.authorize, key },
});

test('a credential typed as a header is sent as it is, where the form authorises otherwise by nothing', () => {
  const { headers } = draftRequest(FORM, undefined, undefined, undefined);
  assert.deepEqual(
    headers.map(({ name }) => name),
    ['authorization', 'X-Functions-Key', 'Accept'],
  );
});

test('token and key of the form take the place of typed headers of their names, so that one of each is sent', () => {
  const { headers } = draftRequest(withKey('functionsHeader'), undefined, 'token', 'key');
  assert.deepEqual(
    headers.map(({ name, value }) => `${name}: ${value}`),
    ['Accept: text/plain', 'Authorization: Bearer token', 'x-functions-key: key'],
  );
});

test('a key in the URL leaves typed headers alone', () => {
  const { headers, url } = draftRequest(withKey('functionsQuery'), undefined, undefined, 'key');
  assert.equal(headers.length, 3);
  assert.equal(new URL(url).searchParams.get('code'), 'key');
});
