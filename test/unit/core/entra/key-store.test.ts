import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KeyStore, type MayFetch } from '../../../../src/core/entra/key-store.ts';
import {
  fakeFetch,
  KID,
  NOW_MS,
  publishedKey,
  tenantDocuments,
  V2_ISSUER,
  V2_KEYS_URL,
  V2_METADATA_URL,
} from '../entra-fixture.ts';

const HOUR_MS = 3_600_000;
const allow: MayFetch = async () => true;

function setUp(documents = tenantDocuments()) {
  const fake = fakeFetch(documents);
  const clock = { nowMs: NOW_MS };
  const store = new KeyStore(fake.fetchText, () => clock.nowMs);
  const read = (kid?: string, mayFetch = allow) =>
    store.read({ metadataUrl: V2_METADATA_URL, mayFetch, ...(kid === undefined ? {} : { kid }) });
  return { ...fake, clock, read };
}

test('metadata and keys are read once an hour', async () => {
  const { read, fetched, clock } = setUp();
  const first = await read(KID);
  assert.ok(first.ok);
  assert.equal(first.issuer, V2_ISSUER);
  assert.deepEqual(
    first.keys.map(({ kid }) => kid),
    [KID],
  );
  clock.nowMs += HOUR_MS - 1;
  await read(KID);
  assert.deepEqual(fetched, [V2_METADATA_URL, V2_KEYS_URL]);
  clock.nowMs += 1;
  await read(KID);
  assert.equal(fetched.length, 4);
});

test('an unknown kid reads again, once per kid', async () => {
  const { read, fetched, clock, documents } = setUp();
  await read(KID);
  clock.nowMs += 10_000;
  documents[V2_KEYS_URL] = { keys: [publishedKey(), publishedKey({ kid: 'rotated' })] };
  const rotated = await read('rotated');
  assert.ok(rotated.ok && rotated.keys.some(({ kid }) => kid === 'rotated'));
  clock.nowMs += 10_000;
  await read('invented');
  assert.equal(fetched.length, 6);
  clock.nowMs += 10_000;
  await read('invented');
  assert.equal(fetched.length, 6);
});

test('invented kids cause at most one read in 10 s', async () => {
  const { read, fetched, clock } = setUp();
  await read(KID);
  for (let i = 0; i < 50; i += 1) {
    clock.nowMs += 500;
    await read(`invented-${i}`);
  }
  assert.equal(fetched.length / 2, 1 + 2);
});

test('a failing refetch keeps the keys, counts for the 10 s, and lets the kid be asked for again', async () => {
  const { read, fetched, clock, documents } = setUp();
  await read(KID);
  documents[V2_METADATA_URL] = { failure: 'unreachable' };
  clock.nowMs += 10_000;
  const kept = await read('new');
  assert.ok(kept.ok);
  assert.equal(kept.refetchFailure, 'unreachable');
  clock.nowMs += 5_000;
  await read('new');
  assert.equal(fetched.length, 3);
  Object.assign(documents, tenantDocuments(), { [V2_KEYS_URL]: { keys: [publishedKey({ kid: 'new' })] } });
  clock.nowMs += 5_000;
  const fresh = await read('new');
  assert.ok(fresh.ok && fresh.keys.some(({ kid }) => kid === 'new'));
});

test('a failure is not remembered', async () => {
  const { read, documents } = setUp({});
  assert.equal((await read()).ok, false);
  Object.assign(documents, tenantDocuments());
  assert.equal((await read()).ok, true);
});

test('nothing is fetched from, nor used of, a host that is not allowed', async () => {
  const { read, fetched } = setUp();
  const refused = await read(KID, async () => false);
  assert.ok(!refused.ok);
  assert.deepEqual([refused.failure, refused.failedUrl], ['notAllowed', V2_METADATA_URL]);
  assert.deepEqual(fetched, []);
  await read(KID);
  assert.equal((await read(KID, async () => false)).ok, false);
});

test('the host of the keys is asked about too', async () => {
  const { read, fetched } = setUp();
  const refused = await read(KID, async (url) => url === V2_METADATA_URL);
  assert.ok(!refused.ok);
  assert.deepEqual([refused.failure, refused.failedUrl], ['notAllowed', V2_KEYS_URL]);
  assert.deepEqual(fetched, [V2_METADATA_URL]);
});

const html = { status: 200, contentType: 'text/html', text: '<html>' };
const faults = [
  ['unreachable', { failure: 'unreachable' }],
  ['timeout', { failure: 'timeout' }],
  ['redirect', { failure: 'redirect' }],
  ['html', html],
  ['html', { ...html, contentType: 'application/json' }],
  ['notJson', { ...html, contentType: 'text/plain', text: 'ok' }],
  ['badStatus', { ...html, status: 500 }],
  [
    'unknownTenant',
    { status: 400, contentType: 'application/json', text: '{"error_description":"AADSTS90002: Tenant not found"}' },
  ],
  ['wrongShape', { issuer: 5 }],
  ['wrongShape', { issuer: V2_ISSUER, jwks_uri: 'http://plain.example/keys' }],
] as const;

for (const [failure, document] of faults) {
  test(`metadata: ${failure} ${JSON.stringify(document).slice(0, 40)}`, async () => {
    const source = await setUp({ ...tenantDocuments(), [V2_METADATA_URL]: document }).read();
    assert.ok(!source.ok);
    assert.deepEqual([source.failure, source.failedUrl], [failure, V2_METADATA_URL]);
  });
}

test('a key set without a list is a fault; entries that are no keys are left out', async () => {
  const broken = await setUp({ ...tenantDocuments(), [V2_KEYS_URL]: { keys: 'x' } }).read();
  assert.ok(!broken.ok && broken.failure === 'wrongShape');
  const mixed = await setUp({ ...tenantDocuments(), [V2_KEYS_URL]: { keys: [null, 5, {}, publishedKey()] } }).read();
  assert.ok(mixed.ok);
  assert.equal(mixed.keys.length, 1);
});
