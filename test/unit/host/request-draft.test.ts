import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasTypedCredential } from '../../../src/core/call/credentials-of-request.ts';
import type { ApiProfile } from '../../../src/core/entra/api-profile.ts';
import {
  anonymousForm,
  draftRequest,
  EMPTY_FORM,
  formElsewhere,
  keyNamesOf,
  namesLeftOut,
} from '../../../src/host/request/request-draft.ts';
import type { RequestForm } from '../../../src/protocol/request-view.ts';
import {
  crossing,
  harmlessRequests,
  holds,
  NAMES,
  type PlacedCredential,
  placedCredentials,
} from '../core/call/credential-places.ts';

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

const PROFILE: ApiProfile = {
  origin: 'user',
  authority: { kind: 'oidc', base: 'https://login.example' },
  subscriptionKey: { header: 'Contoso-Sub', query: 'sub' },
};
const ELSEWHERE = 'https://elsewhere.example/x?own=1';

function formOf({ request }: Pick<PlacedCredential, 'request'>): RequestForm {
  return {
    ...EMPTY_FORM,
    method: 'POST',
    body: '',
    ...request,
    headers: request.headers.map((header) => ({ ...header })),
  };
}

test('no credential goes along when a button calls another address, and what stays behind is told', async (t) => {
  const placed = await placedCredentials();
  for (const one of placed) {
    const form = formOf(one);
    const elsewhere = formElsewhere(form, ELSEWHERE, PROFILE);
    assert.equal(elsewhere.url, ELSEWHERE);
    assert.ok(!holds(JSON.stringify(elsewhere), one.secret), `${one.name}: ${JSON.stringify(elsewhere)}`);
    const told = namesLeftOut(form, elsewhere);
    if (one.part === 'body') assert.ok(told.includes('the body'), one.name);
    else assert.deepEqual(told, one.part === 'header' ? one.request.headers.map(({ name }) => name) : [], one.name);
  }
  t.diagnostic(`${placed.length} forms`);
});

test('what is no credential goes along when a button calls another address, but for headers nobody knows, which are told', () => {
  for (const request of harmlessRequests()) {
    const form = formOf({ request });
    const elsewhere = formElsewhere(form, ELSEWHERE, PROFILE);
    const headers = crossing(form.headers);
    assert.deepEqual(elsewhere, { ...form, url: ELSEWHERE, headers });
    const left = form.headers.filter((header) => !headers.includes(header)).map(({ name }) => name);
    assert.deepEqual(namesLeftOut(form, elsewhere), left);
  }
});

test('a header that repeats the key of the old address stays behind, too', () => {
  const form = {
    ...FORM,
    url: 'https://api.example/?code=short-key',
    headers: [{ name: 'X-Copy', value: 'short-key' }],
  };
  assert.deepEqual(formElsewhere(form, ELSEWHERE).headers, []);
});

test('a probe brings no credential, wherever the form has one', async () => {
  for (const one of await placedCredentials()) {
    const form = anonymousForm(one.request.url, PROFILE);
    const request = draftRequest(form, PROFILE, undefined, undefined);
    assert.ok(!holds(JSON.stringify(request), one.secret), `${one.name}: ${request.url}`);
    assert.ok(!hasTypedCredential(request, NAMES), one.name);
  }
});

test('the name a profile gives its key makes a credential of what is typed under it', () => {
  assert.deepEqual(keyNamesOf(PROFILE), NAMES);
  const typed = { ...EMPTY_FORM, url: 'https://api.example/?SUB=a', headers: [{ name: 'contoso-sub', value: 'b' }] };
  const { credentials } = draftRequest(typed, PROFILE, undefined, undefined);
  assert.deepEqual([credentials.headers, credentials.queryParameters], [['Contoso-Sub'], ['sub']]);
  assert.ok(hasTypedCredential({ url: typed.url, headers: [] }, credentials));
  assert.ok(hasTypedCredential({ url: 'https://api.example/', headers: typed.headers }, credentials));
});
