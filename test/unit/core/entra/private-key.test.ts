import assert from 'node:assert/strict';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { test } from 'node:test';
import { readGivenKeys } from '../../../../src/core/entra/given-key.ts';
import { KeyStore } from '../../../../src/core/entra/key-store.ts';
import { readKeptKeys, readKeySet } from '../../../../src/core/entra/metadata.ts';
import type { PublicStore } from '../../../../src/core/ports.ts';
import type { JsonObject } from '../../../../src/core/token/token.ts';
import { validateToken } from '../../../../src/core/why/validate.ts';
import * as at from '../entra-fixture.ts';

const jwk = (key: KeyObject): JsonObject => key.export({ format: 'jwk' }) as JsonObject;
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const edwards = generateKeyPairSync('ed25519');

/** Entries that nobody may publish, by what gives them away. */
const LEAKS: JsonObject[] = [
  ...[rsa, elliptic, edwards].map(({ privateKey }) => ({ ...jwk(privateKey), kid: 'leak' })),
  ...['d', 'p', 'q', 'dp', 'dq', 'qi', 'k', 'priv'].map((name) => at.publishedKey({ kid: 'leak', [name]: 'AQAB' })),
  at.publishedKey({ kid: 'leak', oth: [{ r: 'AQAB', d: 'AQAB', t: 'AQAB' }] }),
  { kty: 'oct', k: 'c2VjcmV0', kid: 'leak' },
  { kty: 'AKP', alg: 'ML-DSA-44', pub: 'AQAB', priv: 'AQAB' },
  { kid: 'no key, but a leak', d: 'AQAB' },
];
const PUBLIC: JsonObject[] = [
  ...[rsa, elliptic, edwards].map(({ publicKey }) => jwk(publicKey)),
  { ...at.publishedKey(), x5c: ['AQAB'], x5t: 'AQAB' },
];

/** Texts of whole documents in which a private key stands anywhere, in whatever way. */
const sound = JSON.stringify(at.publishedKey());
const LEAKY_TEXTS: string[] = [
  ...LEAKS.flatMap((leak) => [
    { keys: [at.publishedKey({ jwk: leak })] },
    { keys: [at.publishedKey()], privateKeys: [leak] },
    { keys: [at.publishedKey(), [leak]] },
    { keys: [at.publishedKey({ note: JSON.stringify(leak) })] },
  ]).map((document) => JSON.stringify(document, null, 1)),
  ...['PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY', 'ENCRYPTED PRIVATE KEY'].flatMap((name) => {
    const text = JSON.stringify({
      keys: [at.publishedKey({ pem: `-----BEGIN ${name}-----\nAQAB\n-----END ${name}-----` })],
    });
    return [text, text.replace('PRIVATE', '\\u0050RIV\\u0041TE').replaceAll('-', '\\u002D')];
  }),
  ...[
    '"d":"AQAB","d":""',
    '"d":"","d":"AQAB"',
    '"d":"AQAB","d":null',
    '"\\u0064":"AQAB"',
    '"\\u0064":"AQAB","d":""',
  ].map((members) => `{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB",${members}}]}`),
  ...['1', 'true', '[]', '{}', '"\u00a0"'].map((value) => `{"keys":[${sound},{"kty":"RSA","d" : ${value}}]}`),
];
/** What a public key may say of the parts that it does not have, and texts that only look like them. */
const SOUND_TEXTS: string[] = [
  ...['"d":null', '"d" : ""', '"d":null,"p":"","oth":null', '"D":"AQAB"', '"id":"d"', '"alg":"k"'].map(
    (members) => `{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB",${members}},${sound}]}`,
  ),
  `{"keys":[${sound},{"kty":"RSA","x5c":["AQAB"],"note":"-----BEGIN PUBLIC KEY-----"}]}`,
];

const setsWith = (leak: JsonObject) => [[leak], [at.publishedKey(), leak], [leak, ...PUBLIC], [...PUBLIC, leak]];
const response = (keys: unknown) => ({ status: 200, contentType: 'application/json', text: JSON.stringify({ keys }) });

test('a key set with anything private in it is refused whole', () => {
  for (const leak of LEAKS) {
    for (const keys of setsWith(leak)) {
      const read = readKeySet(response(keys));
      assert.equal(read.ok ? 'read' : read.failure, 'privateKey', JSON.stringify(leak));
      assert.doesNotMatch(JSON.stringify(read), /AQAB|c2VjcmV0/);
    }
  }
  const read = readKeySet(response(PUBLIC));
  assert.ok(read.ok && read.value.length === PUBLIC.length);
});

test('pasted keys go by the same rule', async () => {
  for (const leak of LEAKS)
    for (const keys of setsWith(leak)) assert.ok(!(await readGivenKeys(JSON.stringify({ keys }))).ok);
  assert.ok((await readGivenKeys(JSON.stringify({ keys: PUBLIC }))).ok);
});

test('what is private is found wherever it stands in the text, published and pasted alike', async () => {
  const read = async (text: string) => {
    const published = readKeySet({ status: 200, contentType: 'application/json', text });
    const pasted = await readGivenKeys(text);
    return [published.ok ? 'read' : published.failure, pasted.ok ? 'read' : pasted.fault];
  };
  for (const text of LEAKY_TEXTS) {
    const [published, pasted] = await read(text);
    assert.equal(published, 'privateKey', text);
    assert.match(String(pasted), /^(?:privateKey|secret)$/, text);
  }
  for (const text of SOUND_TEXTS) assert.deepEqual(await read(text), ['read', 'read'], text);
});

test('kept keys go by the same rule', () => {
  const kept = (keys: readonly JsonObject[]) =>
    JSON.stringify({
      metadataUrl: at.V2_METADATA_URL,
      issuer: at.V2_ISSUER,
      jwksUri: at.V2_KEYS_URL,
      keys,
      readAtMs: 1,
    });
  for (const leak of LEAKS) assert.equal(readKeptKeys(kept([leak]), at.V2_METADATA_URL, at.NOW_MS), undefined);
  assert.ok(readKeptKeys(kept([at.publishedKey()]), at.V2_METADATA_URL, at.NOW_MS));
});

function memoryStore(): PublicStore {
  const files = new Map<string, string>();
  return { read: async (url) => files.get(url), write: async (url, text) => void files.set(url, text) };
}

test('keys that were sound are forgotten once a private key is published, in memory and on disk', async () => {
  for (const leak of LEAKS) {
    for (const kid of [at.KID, 'invented']) {
      const clock = { nowMs: at.NOW_MS };
      const kept = memoryStore();
      const fake = at.fakeFetch(at.tenantDocuments());
      const store = new KeyStore(fake.fetchText, () => clock.nowMs, kept);
      const read = () => store.read({ metadataUrl: at.V2_METADATA_URL, kid, mayFetch: async () => true });
      assert.ok((await read()).ok);
      fake.documents[at.V2_KEYS_URL] = { keys: [at.publishedKey(), leak] };
      clock.nowMs += kid === at.KID ? 3_600_000 : 10_000;
      const leaked = await read();
      assert.equal(leaked.ok ? 'read' : leaked.failure, 'privateKey');
      fake.documents[at.V2_METADATA_URL] = { failure: 'unreachable' };
      const offline = await read();
      assert.equal(offline.ok ? 'read' : offline.failure, 'unreachable', 'nothing is left to fall back to');
    }
  }
});

test('no token passes with keys whose private part is public, and the report says why', async () => {
  const raw = await at.signToken(at.v2Claims());
  for (const leak of LEAKS) {
    const documents = { ...at.tenantDocuments(), [at.V2_KEYS_URL]: { keys: [at.publishedKey(), leak] } };
    const keyStore = new KeyStore(at.fakeFetch(documents).fetchText, () => at.NOW_MS);
    const request = { raw, profile: at.PROFILE, keyStore, mayFetch: async () => true, nowMs: at.NOW_MS };
    const { verdict, lines } = await validateToken(request);
    const key = lines.find(({ id }) => id === 'key');
    assert.deepEqual(
      [verdict, key?.verdict, key?.reason, key?.change.length],
      ['unknown', 'notChecked', 'keysUnavailable', 1],
    );
  }
});
