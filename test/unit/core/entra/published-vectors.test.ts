import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import { readGivenKeys } from '../../../../src/core/entra/given-key.ts';
import type { PublishedKey } from '../../../../src/core/entra/metadata.ts';
import { verifySignature } from '../../../../src/core/entra/signature.ts';
import { readToken } from '../../../../src/core/token/read-token.ts';
import type { TokenProblemId, TokenReading } from '../../../../src/core/token/token.ts';
import { nameKind } from '../../../../src/core/token/token-kind.ts';
import { needsVectors, readVectors } from '../published-vectors.ts';

type Jwk = PublishedKey & { keys?: PublishedKey[] };

interface WycheproofFile {
  testGroups: {
    comment: string;
    public?: Jwk;
    private: Jwk;
    tests: { tcId: number; jws?: unknown; jwe?: unknown; result: 'valid' | 'invalid' }[];
  }[];
}

const { skip } = needsVectors();

/** What a payload must be to be a set of claims: no business of a JSON Web Signature, whose payload may be anything. */
const ABOUT_CLAIMS: readonly TokenProblemId[] = ['notJson', 'notAnObject', 'notUtf8', 'emptyPart', 'claimType'];

function asText(token: unknown): string {
  return typeof token === 'string' ? token : JSON.stringify(token);
}

function isSoundText({ form, header, problems }: TokenReading): boolean {
  const isAboutClaims = problems.every(({ id, part }) => part === 'payload' && ABOUT_CLAIMS.includes(id));
  return form === 'jws' && header !== undefined && isAboutClaims;
}

/** True when text and signature of a compact JWS are sound in the eyes of the product. */
async function accepts(jws: unknown, keys: readonly PublishedKey[]): Promise<boolean> {
  const reading = readToken(asText(jws));
  if (!isSoundText(reading) || !reading.header) return false;
  const { state, detail } = await verifySignature(reading.raw, reading.header, keys);
  return state === 'valid' && detail !== 'criticalHeader';
}

interface Exception {
  reason: string;
  tcIds: number[];
}

const SYMMETRIC = 'Valid for whoever shares the secret; a token signed with a shared secret is refused on purpose.';
const NOT_IN_ALPHABET =
  'A “?” stands in the text, which RFC 7515 §2 has no place for: decoders that skip it read two texts as one token.';
const OTHER_ALGORITHM =
  'The key says it is for another algorithm than the token names (RFC 7517 §4.4; “ES521” is none at all).';
const ROCA =
  'A key of a vulnerable chip (ROCA). Whether an authority’s published key is factorable is not for a validator of tokens to find out; no validator compared here does.';

/** All vectors on which the product answers otherwise than the file, with why. A vector that agrees must not be here. */
const EXCEPTIONS: Record<string, Exception[]> = {
  signature: [
    { reason: SYMMETRIC, tcIds: [1, 348, 352, 357, 358, 359, 376, 377] },
    { reason: NOT_IN_ALPHABET, tcIds: [372, 373] },
    { reason: OTHER_ALGORITHM, tcIds: [346, 347, 350, 351] },
  ],
  key: [
    { reason: SYMMETRIC, tcIds: [2, 13, 14, 15] },
    { reason: ROCA, tcIds: [7] },
  ],
  crypto: [
    { reason: SYMMETRIC, tcIds: [1, 48] },
    { reason: ROCA, tcIds: [46] },
  ],
};

function readWycheproof(name: string) {
  const { testGroups } = readVectors<WycheproofFile>(`wycheproof/json_web_${name}_test.json`);
  return testGroups.flatMap((group) => {
    const key = group.public ?? group.private;
    return group.tests.map((vector) => ({ ...vector, comment: group.comment, keys: key.keys ?? [key] }));
  });
}

describe('Wycheproof', { skip }, () => {
  for (const [name, exceptions] of Object.entries(EXCEPTIONS)) {
    test(`json_web_${name}: every signature is judged as the file says, but for the exceptions`, async () => {
      const vectors = readWycheproof(name).filter(({ jws }) => jws !== undefined);
      assert.ok(vectors.length >= 26, `${vectors.length} vectors`);
      const disagreeing: number[] = [];
      for (const { tcId, jws, keys, result } of vectors) {
        if ((await accepts(jws, keys)) !== (result === 'valid')) disagreeing.push(tcId);
      }
      const excepted = exceptions.flatMap(({ tcIds }) => tcIds).sort((a, b) => a - b);
      assert.deepEqual(disagreeing, excepted);
    });
  }

  test('json_web_signature: the text of a token signed with a secret is judged as the file says', () => {
    const vectors = readWycheproof('signature').filter(({ comment }) => comment === 'hs256' || comment === 'base64');
    assert.equal(vectors.length, 38);
    const disagreeing = vectors.filter(({ jws, keys, result }) => {
      const reading = readToken(asText(jws));
      return (isSoundText(reading) && fitsSecret(reading.raw, keys[0])) !== (result === 'valid');
    });
    const [valid, ...copies] = [357, 367, 370].map((id) => vectors.find(({ tcId }) => tcId === id)?.jws);
    assert.deepEqual(copies, [valid, valid], 'the file calls one and the same text valid and invalid');
    const excepted = EXCEPTIONS.signature?.find(({ reason }) => reason === NOT_IN_ALPHABET)?.tcIds ?? [];
    assert.deepEqual(
      disagreeing.map(({ tcId }) => tcId),
      [367, 370, ...excepted],
    );
  });

  test('json_web_encryption and _crypto: an encrypted token is recognised, and none is ever taken for a signed one', () => {
    const vectors = ['encryption', 'crypto'].flatMap(readWycheproof).filter(({ jwe }) => jwe !== undefined);
    assert.ok(vectors.length > 150, `${vectors.length} vectors`);
    for (const { jwe, tcId, result } of vectors) {
      const reading = readToken(asText(jwe));
      assert.notEqual(reading.form, 'jws', String(tcId));
      assert.equal(reading.payload, undefined, String(tcId));
      if (result === 'invalid') continue;
      assert.deepEqual([reading.form, reading.problems], ['jwe', []], String(tcId));
      const kind = nameKind(reading);
      assert.deepEqual([kind.id, kind.sure], ['encrypted', true], String(tcId));
    }
  });
});

function fitsSecret(raw: string, key: PublishedKey | undefined): boolean {
  const cut = raw.lastIndexOf('.');
  const mac = createHmac('sha256', Buffer.from(String(key?.k), 'base64url')).update(raw.slice(0, cut));
  return mac.digest('base64url') === raw.slice(cut + 1);
}

interface CookbookFile {
  input: { key: PublishedKey };
  output: { compact?: string; json?: unknown; json_flat?: unknown };
}

/** The examples that are compact tokens; the others exist in the JSON serialisation only, which is no token here. */
const COMPACT_JWS: Record<string, true | string> = {
  'jws/4_1.rsa_v15_signature': true,
  'jws/4_2.rsa-pss_signature': true,
  'jws/4_3.ecdsa_signature': true,
  'jws/4_4.hmac-sha2_integrity_protection': SYMMETRIC,
  'jws/4_5.signature_with_detached_content':
    'The payload is elsewhere: as a token it is incomplete, and HS256 besides.',
  'curve25519/jws': true,
  'rfc7797/hmac-sha2_b64_false':
    'An unencoded payload (b64) changes what is signed and is no set of claims; HS256 besides.',
};
const COMPACT_JWE = [
  ...['5_1.key_encryption_using_rsa_v15_and_aes-hmac-sha2', '5_2.key_encryption_using_rsa-oaep_with_aes-gcm'],
  '5_3.key_wrap_using_pbes2-aes-keywrap_with-aes-cbc-hmac-sha2',
  '5_4.key_agreement_with_key_wrapping_using_ecdh-es_and_aes-keywrap_with_aes-gcm',
  ...['5_5.key_agreement_using_ecdh-es_with_aes-cbc-hmac-sha2', '5_6.direct_encryption_using_aes-gcm'],
  ...['5_7.key_wrap_using_aes-gcm_keywrap_with_aes-cbc-hmac-sha2', '5_8.key_wrap_using_aes-keywrap_with_aes-gcm'],
  '5_9.compressed_content',
];
const JSON_ONLY = [
  ...['jws/4_6.protecting_specific_header_fields', 'jws/4_7.protecting_content_only', 'jws/4_8.multiple_signatures'],
  ...['jwe/5_10.including_additional_authentication_data', 'jwe/5_11.protecting_specific_header_fields'],
  ...['jwe/5_12.protecting_content_only', 'jwe/5_13.encrypting_to_multiple_recipients'],
];

describe('RFC 7520 and kin', { skip }, () => {
  for (const [name, expected] of Object.entries(COMPACT_JWS)) {
    test(name, async () => {
      const { input, output } = readVectors<CookbookFile>(`jose-cookbook/${name}.json`);
      const { kty, crv, n, e, x, y, kid } = input.key;
      assert.ok(output.compact);
      const key: PublishedKey = { kty, crv, n, e, x, y, kid };
      assert.equal(await accepts(output.compact, [key]), expected === true);
      // The same text with one bit of its signature changed.
      assert.equal(await accepts(flipLastByte(output.compact), [key]), false);
      assert.equal(readToken(JSON.stringify(output.json)).form, 'unreadable');
    });
  }

  for (const name of [...COMPACT_JWE.map((file) => `jwe/${file}`), 'curve25519/ecdh-es']) {
    test(name, () => {
      const { output } = readVectors<CookbookFile>(`jose-cookbook/${name}.json`);
      const reading = readToken(output.compact ?? '');
      assert.deepEqual([reading.form, nameKind(reading).id, reading.problems], ['jwe', 'encrypted', []]);
    });
  }

  test('6.nesting_signatures_and_encryption: the outer token is the encrypted one', () => {
    const { encrypt } = readVectors<{ encrypt: CookbookFile }>(
      'jose-cookbook/6.nesting_signatures_and_encryption.json',
    );
    assert.equal(nameKind(readToken(encrypt.output.compact ?? '')).id, 'encrypted');
  });

  for (const name of JSON_ONLY) {
    test(`${name}: no compact form, so no token`, () => {
      const { output } = readVectors<CookbookFile>(`jose-cookbook/${name}.json`);
      assert.equal(output.compact, undefined);
      for (const json of [output.json, output.json_flat]) {
        if (json !== undefined) assert.equal(readToken(JSON.stringify(json)).form, 'unreadable');
      }
    });
  }

  test('the keys: public ones are read, private ones and secrets refused', async () => {
    const outcome = async (name: string) => {
      const given = await readGivenKeys(JSON.stringify(readVectors(`jose-cookbook/jwk/${name}.json`)));
      return given.ok ? given.form : given.fault;
    };
    assert.equal(await outcome('3_1.ec_public_key'), 'key');
    assert.equal(await outcome('3_2.ec_private_key'), 'privateKey');
    assert.equal(await outcome('3_3.rsa_public_key'), 'key');
    assert.equal(await outcome('3_4.rsa_private_key'), 'privateKey');
    assert.equal(await outcome('3_5.symmetric_key_mac_computation'), 'secret');
    assert.equal(await outcome('3_6.symmetric_key_encryption'), 'secret');
  });
});

function flipLastByte(raw: string): string {
  const cut = raw.lastIndexOf('.');
  const signature = Buffer.from(raw.slice(cut + 1), 'base64url');
  signature.writeUInt8(signature.readUInt8(signature.length - 1) ^ 1, signature.length - 1);
  return raw.slice(0, cut + 1) + signature.toString('base64url');
}
