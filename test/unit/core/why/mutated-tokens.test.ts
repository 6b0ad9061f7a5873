import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { ApiProfile } from '../../../../src/core/entra/api-profile.ts';
import { KeyStore } from '../../../../src/core/entra/key-store.ts';
import { validateToken } from '../../../../src/core/why/validate.ts';
import * as at from '../entra-fixture.ts';
import { MUTATIONS, mutateTokens } from './mutated-tokens.ts';

const COUNT = 100_000;
const SEED = 401;
const AT_ONCE = 64;
/** Keys published: none more may be tried for one token, whatever it names. */
const PUBLISHED = 3;

const elliptic = await generateKeyPair('ES256', { extractable: true });

async function setUp() {
  const documents = at.tenantDocuments();
  const second = {
    ...(await exportJWK((await generateKeyPair('RS256', { extractable: true })).publicKey)),
    kid: 'key-2',
  };
  const third = { ...(await exportJWK(elliptic.publicKey)), kid: 'key-3' };
  for (const url of [at.V1_KEYS_URL, at.V2_KEYS_URL]) documents[url] = { keys: [at.publishedKey(), second, third] };
  const fake = at.fakeFetch(documents);
  const keyStore = new KeyStore(fake.fetchText, () => at.NOW_MS);
  // A validator is named, so that whatever it accepts by itself passes here too.
  const profile: ApiProfile = { ...at.PROFILE, tokenVersions: [1, 2], validator: 'jose' };
  const validate = (raw: string) =>
    validateToken({ raw, profile, keyStore, mayFetch: async () => true, nowMs: at.NOW_MS });
  return { validate, fetched: fake.fetched };
}

function signElliptic(claims: Record<string, unknown>): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'key-3' }).sign(elliptic.privateKey);
}

/** The bytes a token's signature covers, decoded as leniently as anybody might. */
function signedContent(raw: string): string {
  const [header = '', payload = ''] = raw.split('.');
  return [header, payload].map((part) => Buffer.from(part, 'base64url').toString('hex')).join('.');
}

/** Counts every verification there is: jose's go through WebCrypto. */
function countVerifications(): { count: number; stop: () => void } {
  const { subtle } = crypto;
  const verify = subtle.verify;
  const counter = { count: 0, stop: () => Reflect.deleteProperty(subtle, 'verify') };
  Object.defineProperty(subtle, 'verify', {
    configurable: true,
    value: (...args: Parameters<typeof verify>) => {
      counter.count++;
      return verify.apply(subtle, args);
    },
  });
  return counter;
}

test(`${COUNT} mutated tokens: none throws, works without bound, or validates with another content than was signed`, {
  timeout: 300_000,
}, async () => {
  const { validate, fetched } = await setUp();
  const genuine = [
    await at.signToken(at.v2Claims()),
    await at.signToken(at.v2Claims({ sub: 'other', roles: ['Orders.Read.All'], scp: undefined })),
    await at.signToken(at.v1Claims()),
    await signElliptic(at.v2Claims()),
  ];
  for (const raw of genuine) assert.equal((await validate(raw)).verdict, 'passes');
  const signed = new Set(genuine.map(signedContent));

  const counter = countVerifications();
  // Most tokens end in an error of jose's, and its stack is the dearest part of it.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  const seen = { passes: 0, refuses: 0, unknown: 0 };
  let altered = 0;
  const judge = async ({ raw, by }: { raw: string; by: string[] }) => {
    const { verdict, lines } = await validate(raw);
    seen[verdict]++;
    if (signed.has(signedContent(raw))) return;
    altered++;
    const signature = lines.find(({ id }) => id === 'signature');
    assert.notEqual(verdict, 'passes', `${by}: ${raw}`);
    assert.notEqual(signature?.verdict, 'passed', `${by}: ${raw}`);
  };
  try {
    let batch: Promise<void>[] = [];
    for (const token of mutateTokens(genuine, COUNT, SEED)) {
      batch.push(judge(token));
      if (batch.length < AT_ONCE) continue;
      await Promise.all(batch);
      batch = [];
    }
    await Promise.all(batch);
  } finally {
    counter.stop();
    Error.stackTraceLimit = stackTraceLimit;
  }

  assert.equal(seen.passes + seen.refuses + seen.unknown, COUNT);
  assert.ok(altered > COUNT / 2, `${altered} altered`);
  assert.ok(seen.passes > 0, 'some mutations change nothing that matters');
  assert.ok(counter.count > COUNT / 20 && counter.count <= COUNT * PUBLISHED, `${counter.count} verifications`);
  // Two documents of two versions, read once each: invented kids ask nobody, the clock stands still.
  assert.equal(fetched.length, 4);
});

test('every mutation changes a token', async () => {
  const genuine = [await at.signToken(at.v2Claims()), await signElliptic(at.v2Claims())];
  const changed = new Set<string>();
  for (const { raw, by } of mutateTokens(genuine, 2000, SEED)) {
    const [only, ...more] = by;
    if (only && more.length === 0 && !genuine.includes(raw)) changed.add(only);
  }
  assert.deepEqual([...changed].sort(), Object.keys(MUTATIONS).sort());
});
