import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiProfile } from '../../../../src/core/entra/api-profile.ts';
import { fittingProfiles } from '../../../../src/core/why/fitting-profiles.ts';
import { API_ID, CLIENT_ID, PROFILE } from '../entra-fixture.ts';

const invoices: ApiProfile = { ...PROFILE, name: 'invoices', appId: CLIENT_ID, appIdUri: 'api://invoices' };
const staging: ApiProfile = { ...PROFILE, name: 'orders-staging' };
const namesFor = (aud: unknown) =>
  fittingProfiles({ aud } as never, [PROFILE, invoices, staging]).map(({ name }) => name);

test('the profiles of the API that aud names, in any spelling', () => {
  for (const aud of [API_ID, `api://${API_ID}`, 'api://orders', ['api://orders/']]) {
    assert.deepEqual(namesFor(aud), ['orders-dev', 'orders-staging'], String(aud));
  }
  assert.deepEqual(namesFor('api://invoices'), ['invoices']);
});

test('all of them when aud names none: a token for the wrong API is what people come with', () => {
  for (const aud of ['https://graph.microsoft.com', undefined, 5]) assert.equal(namesFor(aud).length, 3);
});
