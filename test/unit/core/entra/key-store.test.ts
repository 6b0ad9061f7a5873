import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KeyStore, type MayFetch } from '../../../../src/core/entra/key-store.ts';
import { readKeptKeys } from '../../../../src/core/entra/metadata.ts';
import type { PublicStore } from '../../../../src/core/ports.ts';
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

function setUp(documents = tenantDocuments(), kept?: PublicStore) {
  const fake = fakeFetch(documents);
  const clock = { nowMs: NOW_MS };
  const store = new KeyStore(fake.fetchText, () => clock.nowMs, kept);
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

test('a refetch that was cancelled leaves no trace', async () => {
  const { read, documents, clock } = setUp();
  await read(KID);
  clock.nowMs += 10_000;
  documents[V2_METADATA_URL] = { failure: 'cancelled' };
  const cancelled = await read('new');
  assert.ok(cancelled.ok);
  assert.equal(cancelled.refetchFailure, 'cancelled');
  Object.assign(documents, tenantDocuments(), { [V2_KEYS_URL]: { keys: [publishedKey({ kid: 'new' })] } });
  const fresh = await read('new');
  assert.ok(fresh.ok && fresh.keys.some(({ kid }) => kid === 'new'));
  assert.equal(fresh.refetchFailure, undefined);
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
  ['badStatus', { ...html, status: 404 }],
  ['serverError', { ...html, status: 500 }],
  ['serverError', { ...html, status: 429 }],
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

/** A disk in memory. */
function memoryStore(texts: Record<string, string> = {}): PublicStore & { texts: Record<string, string> } {
  return {
    texts,
    read: async (name) => texts[name],
    write: async (name, text) => {
      texts[name] = text;
    },
  };
}

const brokenStore: PublicStore = {
  read: () => Promise.reject(new Error('no disk')),
  write: () => Promise.reject(new Error('no disk')),
};

const DOWN = { [V2_METADATA_URL]: { failure: 'unreachable' } };

test('while the endpoint is down, the last good keys in memory serve, with the failure and their time', async () => {
  const { read, documents, clock } = setUp();
  await read();
  Object.assign(documents, DOWN);
  clock.nowMs += 2 * HOUR_MS;
  const stale = await read(KID);
  assert.ok(stale.ok);
  assert.deepEqual([stale.readAtMs, stale.refetchFailure], [NOW_MS, 'unreachable']);
});

test('in a new session the keys kept on disk serve, and the endpoint is asked again as soon as it may be', async () => {
  const disk = memoryStore();
  await setUp(tenantDocuments(), disk).read();
  const { read, documents, fetched, clock } = setUp({ ...DOWN }, disk);
  clock.nowMs += 5 * HOUR_MS;
  const kept = await read(KID);
  assert.ok(kept.ok);
  assert.deepEqual([kept.issuer, kept.readAtMs, kept.refetchFailure], [V2_ISSUER, NOW_MS, 'unreachable']);
  assert.deepEqual(
    kept.keys.map(({ kid }) => kid),
    [KID],
  );
  await read(KID);
  assert.equal(fetched.length, 1);
  Object.assign(documents, tenantDocuments());
  clock.nowMs += 10_000;
  const fresh = await read(KID);
  assert.ok(fresh.ok);
  assert.deepEqual([fresh.readAtMs, fresh.refetchFailure], [clock.nowMs, undefined]);
});

test('an answer of the authority is an answer: no kept key speaks against it', async () => {
  const disk = memoryStore();
  await setUp(tenantDocuments(), disk).read();
  const gone = { status: 400, contentType: 'application/json', text: '{"error_description":"AADSTS90002: gone"}' };
  const { read } = setUp({ [V2_METADATA_URL]: gone }, disk);
  const answer = await read();
  assert.ok(!answer.ok && answer.failure === 'unknownTenant');
  const moved = await setUp({ [V2_METADATA_URL]: { failure: 'redirect' } }, disk).read();
  assert.ok(!moved.ok && moved.failure === 'redirect');
});

test('kept keys serve nobody who would not let their hosts be asked', async () => {
  const disk = memoryStore();
  await setUp(tenantDocuments(), disk).read();
  const { read } = setUp({ ...DOWN }, disk);
  assert.equal((await read(KID, async (url) => url !== V2_KEYS_URL)).ok, false);
  assert.equal((await read(KID, async () => false)).ok, false);
});

test('a disk that fails costs nothing while the endpoint answers, and brings nothing while it does not', async () => {
  assert.equal((await setUp(tenantDocuments(), brokenStore).read()).ok, true);
  assert.equal((await setUp({ ...DOWN }, brokenStore).read()).ok, false);
});

test('only public members are kept, whatever a key set carries', async () => {
  const disk = memoryStore();
  const keys = [publishedKey({ note: 'CANARY', x5c: ['CANARY'], issuer: 'https://i.example' })];
  await setUp({ ...tenantDocuments(), [V2_KEYS_URL]: { keys } }, disk).read();
  const text = disk.texts[V2_METADATA_URL] ?? '';
  assert.match(text, /i\.example/);
  assert.doesNotMatch(text, /CANARY/);
});

test('what is kept is hostile until read', async () => {
  const disk = memoryStore();
  await setUp(tenantDocuments(), disk).read();
  const good = disk.texts[V2_METADATA_URL] ?? '';
  const change = (members: object) => JSON.stringify({ ...JSON.parse(good), ...members });
  assert.ok(readKeptKeys(good, V2_METADATA_URL, NOW_MS));
  const bad = [
    ...['', '{', 'null', '[]', '5', 'x'.repeat(2_000_000)],
    change({ metadataUrl: 'https://other.example' }),
    change({ jwksUri: 'http://plain.example' }),
    change({ readAtMs: NOW_MS + 1 }),
    change({ readAtMs: '5' }),
    change({ readAtMs: null }),
    change({ issuer: '' }),
    change({ keys: 'x' }),
    change({ keys: [5] }),
    change({ keys: Array.from({ length: 1000 }, () => publishedKey()) }),
  ];
  for (const text of bad) assert.equal(readKeptKeys(text, V2_METADATA_URL, NOW_MS), undefined, text.slice(0, 80));
});
