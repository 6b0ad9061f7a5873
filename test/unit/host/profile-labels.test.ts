import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiProfile } from '../../../src/core/entra/api-profile.ts';
import { nameApart } from '../../../src/host/profile-labels.ts';
import { PROFILE } from '../core/entra-fixture.ts';

const named = (name: string): ApiProfile => ({ ...PROFILE, name });
const namesOf = (profiles: readonly ApiProfile[]) => profiles.map(({ name }) => name);

test('names stay as they are while each stands for one profile', () => {
  const folders = [
    { folder: 'web', profiles: [named('orders')] },
    { folder: 'jobs', profiles: [named('invoices')] },
  ];
  assert.deepEqual(namesOf(nameApart([named('users')], folders)), ['users', 'orders', 'invoices']);
});

test('a name that stands for several is told apart by the folder; the user’s own keeps its name', () => {
  const folders = [
    { folder: 'web', profiles: [named('orders')] },
    { folder: 'jobs', profiles: [named('orders')] },
  ];
  assert.deepEqual(namesOf(nameApart([named('orders')], folders)), ['orders', 'orders (web)', 'orders (jobs)']);
  assert.deepEqual(namesOf(nameApart([], folders)), ['orders (web)', 'orders (jobs)']);
});

test('no two names are the same, whatever folders and profiles are called', () => {
  const folders = [
    { folder: 'web', profiles: [named('orders'), named('orders (web)')] },
    { folder: 'web', profiles: [named('orders')] },
  ];
  const names = namesOf(nameApart([named('orders')], folders));
  assert.equal(new Set(names).size, names.length);
  assert.equal(names.length, 4);
});
