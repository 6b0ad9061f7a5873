import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import type { PublishedKey } from '../../../../src/core/entra/metadata.ts';
import { verifySignature } from '../../../../src/core/entra/signature.ts';
import { encodeToken, KID, publishedKey, signToken, v2Claims } from '../entra-fixture.ts';

const HEADER = { alg: 'RS256', kid: KID };
const KEYS = [
  publishedKey({ kid: 'other', n: 'x' }),
  publishedKey({ issuer: 'https://i.example' }),
] as unknown as PublishedKey[];

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
  assert.deepEqual(await verifySignature(token, { ...HEADER, kid: 'gone' }, KEYS), { state: 'keyNotFound' });
  const bare = await signToken(v2Claims(), { kid: undefined });
  const finding = await verifySignature(bare, { alg: 'RS256' }, KEYS);
  assert.deepEqual([finding.state, finding.detail], ['valid', 'noKid']);
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
});

test('an extension marked critical makes the token refused', async () => {
  const input = encodeToken({ ...HEADER, crit: ['x'], x: 1 }, v2Claims()).replace(/\.$/, '');
  const finding = await verifySignature(`${input}.AAAA`, HEADER, KEYS);
  assert.deepEqual([finding.state, finding.detail], ['invalid', 'criticalHeader']);
});

test('of several keys with the same kid, the one that fits counts', async () => {
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });
  const keys = [publishedKey({ n: String(other.n) }), publishedKey()] as unknown as PublishedKey[];
  assert.equal((await verifySignature(await signToken(v2Claims()), HEADER, keys)).state, 'valid');
});

test('a header that brings its own key is not believed', async () => {
  const token = await signToken(v2Claims(), { kid: 'gone', jwk: publishedKey() });
  assert.equal((await verifySignature(token, { ...HEADER, kid: 'gone' }, KEYS)).state, 'keyNotFound');
});
