import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anonymousForm, draftRequest, EMPTY_FORM, formElsewhere } from '../../../src/host/request/request-draft.ts';
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

test('what was typed as a credential for one origin does not go along to another', () => {
  const namesAt = (url: string) => formElsewhere(FORM, url).headers.map(({ name }) => name.trim());
  assert.deepEqual(namesAt('https://evil.example/orders'), ['', 'Accept']);
  assert.deepEqual(namesAt('http://api.example/orders'), ['', 'Accept']);
  assert.equal(namesAt('https://api.example/orders/7').length, FORM.headers.length);
});

test('asked anonymously, the address brings no key either', () => {
  const { url, headers, authorize } = anonymousForm('https://me:pw@api.example/orders?top=1&code=k&subscription-key=s');
  assert.equal(url, 'https://api.example/orders?top=1');
  assert.deepEqual([headers, authorize.token, authorize.key], [[], 'none', 'none']);
});
