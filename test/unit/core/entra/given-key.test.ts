import assert from 'node:assert/strict';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { test } from 'node:test';
import { type GivenKeyFault, readGivenKeys } from '../../../../src/core/entra/given-key.ts';
import { createEntraKey } from '../../../lab/signing-key.ts';
import { cpuMs } from '../../cpu-time.ts';
import { KID, publishedKey } from '../entra-fixture.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const edwards = generateKeyPairSync('ed25519');
const spki = (key: KeyObject) => String(key.export({ type: 'spki', format: 'pem' }));
const pkcs8 = (key: KeyObject) => String(key.export({ type: 'pkcs8', format: 'pem' }));
const jwk = (key: KeyObject) => key.export({ format: 'jwk' });

async function keysOf(text: string) {
  const given = await readGivenKeys(text);
  assert.ok(given.ok, JSON.stringify(given));
  return given;
}

test('a key set keeps its kids; a single key loses its own, since it is the one that is meant', async () => {
  const set = await keysOf(JSON.stringify({ keys: [publishedKey(), publishedKey({ kid: 'two' })] }));
  assert.deepEqual([set.form, set.keys.map(({ kid }) => kid)], ['keySet', [KID, 'two']]);
  const single = await keysOf(JSON.stringify(publishedKey()));
  assert.deepEqual([single.form, single.keys.map(({ kid }) => kid)], ['key', [undefined]]);
  const lone = await keysOf(JSON.stringify({ keys: [publishedKey()] }));
  assert.deepEqual(
    lone.keys.map(({ kid }) => kid),
    [undefined],
  );
});

test('PEM: public keys of every type, several at once, with text around them', async () => {
  for (const [pair, members] of [
    [rsa, { kty: 'RSA', n: jwk(rsa.publicKey).n }],
    [elliptic, { kty: 'EC', crv: 'P-384', x: jwk(elliptic.publicKey).x }],
    [edwards, { kty: 'OKP', crv: 'Ed25519', x: jwk(edwards.publicKey).x }],
  ] as const) {
    const { form, keys } = await keysOf(`the key:\n${spki(pair.publicKey)}\nthat is all`);
    assert.equal(form, 'pem');
    assert.partialDeepStrictEqual(keys, [members]);
  }
  assert.equal((await keysOf(spki(rsa.publicKey) + spki(elliptic.publicKey))).keys.length, 2);
});

test('certificates, as PEM and as the bare base64 of x5c', async () => {
  const { publicJwk } = await createEntraKey();
  const [x5c] = publicJwk.x5c as string[];
  const pem = `-----BEGIN CERTIFICATE-----\n${x5c}\n-----END CERTIFICATE-----`;
  for (const text of [pem, String(x5c)]) {
    const { form, keys } = await keysOf(text);
    assert.equal(form, 'certificate');
    assert.equal(keys[0]?.n, publicJwk.n);
  }
});

test('a private key or a secret is refused whole, and nothing of it comes back', async () => {
  const secretJwk = { kty: 'oct', k: 'CANARY' };
  const texts: [GivenKeyFault, string][] = [
    ['privateKey', pkcs8(rsa.privateKey)],
    ['privateKey', spki(rsa.publicKey) + pkcs8(elliptic.privateKey)],
    ['privateKey', String(rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }))],
    ['privateKey', String(elliptic.privateKey.export({ type: 'sec1', format: 'pem' }))],
    ['privateKey', '-----BEGIN ENCRYPTED PRIVATE KEY-----\nCANARY\n-----END ENCRYPTED PRIVATE KEY-----'],
    ['privateKey', '-----BEGIN OPENSSH PRIVATE KEY-----\nCANARY'],
    ['privateKey', JSON.stringify(jwk(rsa.privateKey))],
    ['privateKey', JSON.stringify({ keys: [publishedKey(), jwk(elliptic.privateKey)] })],
    ['privateKey', JSON.stringify({ keys: [secretJwk, jwk(rsa.privateKey)] })],
    ['secret', JSON.stringify(secretJwk)],
    ['secret', JSON.stringify({ keys: [publishedKey(), secretJwk] })],
  ];
  for (const [fault, text] of texts)
    assert.deepEqual(await readGivenKeys(text), { ok: false, fault }, text.slice(0, 60));
});

test('anything else is no key', async () => {
  const faults: [GivenKeyFault, string][] = [
    ['empty', ' \n'],
    ['tooLong', 'x'.repeat(2_000_000)],
    ...['hello', '{', '{}', '{"keys":[]}', '{"keys":[5]}', '[]', 'MIIB', 'eyJhbGciOiJub25lIn0.e30.'].map(
      (text): [GivenKeyFault, string] => ['noKey', text],
    ),
    ['noKey', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----'],
  ];
  for (const [fault, text] of faults)
    assert.deepEqual(await readGivenKeys(text), { ok: false, fault }, text.slice(0, 60));
});

test('many beginnings of PEM cost no more than their length, and many blocks are refused', async () => {
  const beginnings = '-----BEGIN A-----\n'.repeat(58_000);
  const startedAtMs = cpuMs();
  assert.deepEqual(await readGivenKeys(beginnings), { ok: false, fault: 'noKey' });
  assert.ok(cpuMs() - startedAtMs < 2_000, 'watchdog');
  const blocks = '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n'.repeat(201);
  assert.deepEqual(await readGivenKeys(blocks), { ok: false, fault: 'tooLong' });
});
