import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, KeyObject, sign } from 'node:crypto';
import { test } from 'node:test';
import type { PublishedKey } from '../../../../src/core/entra/metadata.ts';
import { verifySignature } from '../../../../src/core/entra/signature.ts';
import type { JsonObject } from '../../../../src/core/token/token.ts';
import { encodeToken, KID, PRIVATE_KEY, publishedKey, signToken, v2Claims } from '../entra-fixture.ts';

const HEADER = { alg: 'RS256', kid: KID };
const KEYS = [
  publishedKey({ kid: 'other', n: 'x' }),
  publishedKey({ issuer: 'https://i.example' }),
] as unknown as PublishedKey[];

const ELLIPTIC: PublishedKey = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid: 'ec' };

function otherKey() {
  return generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });
}

test('a genuine token is valid, and the key that signed it is named', async () => {
  const finding = await verifySignature(await signToken(v2Claims()), HEADER, KEYS);
  assert.deepEqual(finding, { state: 'valid', key: { kid: KID, issuer: 'https://i.example' } });
});

test('a changed payload is invalid', async () => {
  const [header, , signature] = (await signToken(v2Claims())).split('.');
  const payload = encodeToken({}, v2Claims({ scp: 'Orders.Write' })).split('.')[1];
  const finding = await verifySignature(`${header}.${payload}.${signature}`, HEADER, KEYS);
  assert.deepEqual([finding.state, finding.detail], ['invalid', undefined]);
});

test('an unknown kid is not found; no kid tries the published keys', async () => {
  const token = await signToken(v2Claims(), { kid: 'gone' });
  const unrelated = [publishedKey({ n: String(otherKey().n) })] as unknown as PublishedKey[];
  assert.deepEqual(await verifySignature(token, { ...HEADER, kid: 'gone' }, unrelated), { state: 'keyNotFound' });
  const another = await verifySignature(token, { ...HEADER, kid: 'gone' }, KEYS);
  assert.deepEqual([another.state, another.detail, another.key?.kid], ['keyNotFound', 'otherKey', KID]);
  const bare = await signToken(v2Claims(), { kid: undefined });
  const finding = await verifySignature(bare, { alg: 'RS256' }, KEYS);
  assert.deepEqual([finding.state, finding.detail], ['valid', 'noKidAmongMany']);
  const fitting = await verifySignature(bare, { alg: 'RS256' }, [...KEYS.slice(1), ELLIPTIC]);
  assert.deepEqual([fitting.state, fitting.detail], ['valid', 'noKidAmongOthers']);
  const lone = await verifySignature(bare, { alg: 'RS256' }, KEYS.slice(1));
  assert.deepEqual([lone.state, lone.detail], ['valid', 'noKid']);
});

test('none and HS256 are never verified, even when signed with the public key', async () => {
  const none = encodeToken({ alg: 'none' }, v2Claims());
  assert.deepEqual(await verifySignature(none, { alg: 'none' }, KEYS), { state: 'notChecked', detail: 'algorithm' });
  const input = encodeToken({ alg: 'HS256', kid: KID }, v2Claims()).replace(/\.$/, '');
  const forged = `${input}.${createHmac('sha256', JSON.stringify(publishedKey())).update(input).digest('base64url')}`;
  assert.equal((await verifySignature(forged, { alg: 'HS256', kid: KID }, KEYS)).state, 'notChecked');
});

test('a key for another algorithm, for encryption, or too small does not count', async () => {
  const token = await signToken(v2Claims());
  const withKey = async (changes: Record<string, string>) => {
    const finding = await verifySignature(token, HEADER, [publishedKey(changes) as unknown as PublishedKey]);
    return [finding.state, finding.detail];
  };
  assert.deepEqual(await withKey({ alg: 'PS256' }), ['invalid', 'keyDoesNotFit']);
  assert.deepEqual(await withKey({ use: 'enc' }), ['invalid', 'keyDoesNotFit']);
  assert.deepEqual(await withKey({ kty: 'EC', crv: 'P-256' }), ['invalid', 'keyDoesNotFit']);
  const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' });
  assert.deepEqual(await withKey({ n: String(small.n) }), ['invalid', 'keyTooSmall']);
  const padded = Buffer.concat([Buffer.alloc(200), Buffer.from(String(small.n), 'base64url')]).toString('base64url');
  assert.deepEqual(await withKey({ n: padded }), ['invalid', 'keyTooSmall']);
  for (const e of ['AQ', 'AAE', 'Ag', '']) assert.deepEqual(await withKey({ e }), ['invalid', 'keyWeak'], e);
  const operations = { key_ops: ['encrypt'] } as unknown as Record<string, string>;
  assert.deepEqual(await withKey(operations), ['invalid', 'keyDoesNotFit']);
});

test('an extension marked critical is named, whether the signature is genuine or not', async () => {
  const of = async (header: Record<string, unknown>, isGenuine = true) => {
    const input = encodeToken(header, v2Claims()).replace(/\.$/, '');
    const signature = sign('sha256', Buffer.from(input), KeyObject.from(PRIVATE_KEY)).toString('base64url');
    const raw = `${input}.${isGenuine ? signature : 'AAAA'}`;
    const finding = await verifySignature(raw, header as JsonObject, KEYS);
    return [finding.state, finding.detail];
  };
  assert.deepEqual(await of({ ...HEADER, crit: ['x'], x: 1 }), ['valid', 'criticalHeader']);
  assert.deepEqual(await of({ ...HEADER, crit: ['x'], x: 1 }, false), ['invalid', undefined]);
  for (const crit of [[], 'x', [5], ['absent'], ['x', 'x'], ['b64']]) {
    const header = { ...HEADER, crit, x: 1, b64: true };
    assert.deepEqual(await of(header), ['invalid', 'criticalHeader'], JSON.stringify(crit));
  }
});

test('a third part that is no base64url is unreadable, not a changed token', async () => {
  const raw = (await signToken(v2Claims())).replace(/[^.]+$/, 'a*b');
  const finding = await verifySignature(raw, HEADER, KEYS);
  assert.deepEqual([finding.state, finding.detail], ['invalid', 'unreadable']);
});

test('of several keys with the same kid, the one that fits counts', async () => {
  const other = otherKey();
  const keys = [publishedKey({ n: String(other.n) }), publishedKey()] as unknown as PublishedKey[];
  assert.equal((await verifySignature(await signToken(v2Claims()), HEADER, keys)).state, 'valid');
});

test('a header that brings its own key is not believed', async () => {
  const token = await signToken(v2Claims(), { kid: 'gone', jwk: publishedKey() });
  assert.equal((await verifySignature(token, { ...HEADER, kid: 'gone' }, KEYS)).state, 'keyNotFound');
});
