import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiProfile } from '../../../src/core/entra/api-profile.ts';
import { profileOfUrl } from '../../../src/host/request/profile-of-url.ts';

const HOST = 'https://gateway.example';

function profile(name: string, where: Pick<ApiProfile, 'baseUrl' | 'origins'>): ApiProfile {
  return { name, origin: 'user', authority: { kind: 'oidc', base: 'https://issuer.example' }, ...where };
}

function nameFor(url: string, ...profiles: ApiProfile[]): string | undefined {
  const forward = profileOfUrl(url, profiles)?.name;
  assert.equal(profileOfUrl(url, profiles.toReversed())?.name, forward, 'the order in the settings decides nothing');
  return forward;
}

test('the base that leads furthest along the path counts, at whole segments', () => {
  const profiles = [
    profile('all', { baseUrl: HOST }),
    profile('orders', { baseUrl: `${HOST}/orders` }),
    profile('orders v2', { baseUrl: `${HOST}/orders/v2` }),
  ];
  assert.equal(nameFor(`${HOST}/orders/v2/1?x=1`, ...profiles), 'orders v2');
  assert.equal(nameFor(`${HOST}/orders/v20`, ...profiles), 'orders');
  assert.equal(nameFor(`${HOST}/orders?x=1`, ...profiles), 'orders');
  assert.equal(nameFor(`${HOST}/orders-admin/1`, ...profiles), 'all');
});

test('the base may be written otherwise than the address', () => {
  const profiles = [
    profile('orders', { baseUrl: 'https://Gateway.Example:443/orders' }),
    profile('all', { baseUrl: HOST }),
  ];
  assert.equal(nameFor(`${HOST}/orders/1`, ...profiles), 'orders');
});

test('where no base leads there, the only profile of the origin counts, and none of several', () => {
  const orders = profile('orders', { baseUrl: `${HOST}/orders` });
  const jobs = profile('jobs', { origins: [HOST] });
  assert.equal(nameFor(`${HOST}/jobs`, orders), 'orders');
  assert.equal(nameFor(`${HOST}/other`, orders, jobs), undefined);
  assert.equal(nameFor(`${HOST}/orders/1`, orders, { ...orders, name: 'orders (web)', origin: 'folder' }), undefined);
  assert.equal(nameFor('https://elsewhere.example/orders', orders, jobs), undefined);
});
