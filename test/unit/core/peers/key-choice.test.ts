import assert from 'node:assert/strict';
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import type { ApiProfile } from '../../../../src/core/entra/api-profile.ts';
import { KeyStore } from '../../../../src/core/entra/key-store.ts';
import type { ReasonId } from '../../../../src/core/gates/check.ts';
import type { JsonObject, JsonValue } from '../../../../src/core/token/token.ts';
import { validateToken } from '../../../../src/core/why/validate.ts';
import type { ValidationReport } from '../../../../src/core/why/validation-report.ts';
import * as at from '../entra-fixture.ts';
import { askJose, askJsonwebtoken, askPyJwt, findPython, installedBuild, type PeerAnswer } from './peers.ts';
import { nameBuild, type Peer, type PeerBuild, readRecordedPeers } from './recorded-peers.ts';
import type { TokenPair } from './token-pairs.ts';

const [OWN, OTHER] = [1, 2].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 })) as [Keys, Keys];
const ELLIPTIC = generateKeyPairSync('ec', { namedCurve: 'P-256' });

interface Keys {
  publicKey: KeyObject;
  privateKey: KeyObject;
}

function published({ publicKey }: Keys, kid?: JsonValue, members: JsonObject = {}): JsonObject {
  const jwk = publicKey.export({ format: 'jwk' }) as JsonObject;
  return { ...jwk, use: 'sig', ...(kid === undefined ? {} : { kid }), ...members };
}

/** The token is always OWN's: what differs is how it names the key, and what is published. */
const CASES: Record<string, { kid?: JsonValue; keys: JsonObject[]; key: ReasonId }> = {
  plain: { kid: 'a', keys: [published(OWN, 'a'), published(OTHER, 'b')], key: 'keyFound' },
  'two of another kid': {
    kid: 'a',
    keys: [published(OWN, 'a'), published(OTHER, 'b'), published(OTHER, 'b')],
    key: 'keyFound',
  },
  'a number names another key': { kid: 'a', keys: [published(OTHER, 7), published(OWN, 'a')], key: 'keyFound' },
  'no kid, one key': { keys: [published(OWN, 'a')], key: 'keyFoundWithoutKid' },
  'no kid, one key, which a number names': { keys: [published(OWN, 7)], key: 'keyFoundWithoutKid' },
  'no kid, one key for signing': {
    keys: [published(OTHER, 'b', { use: 'enc' }), published(OWN, 'a')],
    key: 'keyFoundWithoutKid',
  },
  'no kid, one that fits': { keys: [published(ELLIPTIC, 'e'), published(OWN, 'a')], key: 'keyAmongOthersWithoutKid' },
  'no kid, two that fit': { keys: [published(OTHER, 'b'), published(OWN, 'a')], key: 'keyAmongManyWithoutKid' },
  'null, one key': { kid: null, keys: [published(OWN, 'a')], key: 'keyIdNull' },
  'null, two keys': { kid: null, keys: [published(OWN, 'a'), published(OTHER, 'b')], key: 'keyIdNotText' },
  'a number, text in the set': { kid: 5, keys: [published(OWN, '5')], key: 'keyIdNotText' },
  'a number, a number in the set': { kid: 5, keys: [published(OWN, 5), published(OTHER, 'b')], key: 'keyIdNotText' },
  'true, text in the set': { kid: true, keys: [published(OWN, 'true')], key: 'keyIdNotText' },
  'a list': { kid: ['a'], keys: [published(OWN, 'a')], key: 'keyIdNotText' },
  'an object': { kid: {}, keys: [published(OWN, 'a'), published(OTHER, 'b')], key: 'keyIdNotText' },
  'text, a number in the set': { kid: '5', keys: [published(OWN, 5), published(OTHER, 'b')], key: 'keyOtherFits' },
  'a kid nobody has': { kid: 'x', keys: [published(OWN, 'a')], key: 'keyOtherFits' },
  'a kid, a key without': { kid: 'a', keys: [published(OWN)], key: 'keyOtherFits' },
  'two of the kid, the first': { kid: 'a', keys: [published(OWN, 'a'), published(OTHER, 'a')], key: 'keySameKidFirst' },
  'two of the kid, the second': {
    kid: 'a',
    keys: [published(OTHER, 'a'), published(OWN, 'a')],
    key: 'keySameKidLater',
  },
  'the same key twice': { kid: 'a', keys: [published(OWN, 'a'), published(OWN, 'a')], key: 'keySameKidFirst' },
  'two of the kid, the second of another type': {
    kid: 'a',
    keys: [published(OWN, 'a'), published(ELLIPTIC, 'a')],
    key: 'keyFound',
  },
  'two of the kid, the first of another type': {
    kid: 'a',
    keys: [published(ELLIPTIC, 'a'), published(OWN, 'a')],
    key: 'keySameKidOther',
  },
  'two of the kid, the first for another algorithm': {
    kid: 'a',
    keys: [published(OTHER, 'a', { alg: 'PS256' }), published(OWN, 'a')],
    key: 'keySameKidOther',
  },
  'two of the kid, the first for encryption': {
    kid: 'a',
    keys: [published(OTHER, 'a', { use: 'enc' }), published(OWN, 'a')],
    key: 'keyFound',
  },
};

const pairs = Object.entries(CASES).map(([made, { kid, keys }]): TokenPair => {
  const header = { alg: 'RS256', typ: 'JWT', ...(kid === undefined ? {} : { kid }) };
  const input = at.encodeToken(header, at.v2Claims()).slice(0, -1);
  const raw = `${input}.${sign('sha256', Buffer.from(input), OWN.privateKey).toString('base64url')}`;
  return { raw, issuer: at.V2_ISSUER, audiences: [at.API_ID], clockSkewSec: 0, keys, made };
});

function askProduct({ raw, keys }: TokenPair, validator?: Peer): Promise<ValidationReport> {
  const documents = { ...at.tenantDocuments(), [at.V2_KEYS_URL]: { keys } };
  const keyStore = new KeyStore(at.fakeFetch(documents).fetchText, () => at.NOW_MS);
  const profile: ApiProfile = { ...at.PROFILE, ...(validator ? { validator } : {}) };
  return validateToken({ raw, profile, keyStore, mayFetch: async () => true, nowMs: at.NOW_MS });
}

test('each way to name a key has its reason, and none passes without a word where validators differ', async () => {
  for (const pair of pairs) {
    const { lines, disagreements = [] } = await askProduct(pair);
    const line = lines.find(({ id }) => id === 'key');
    assert.equal(line?.reason, CASES[pair.made]?.key, pair.made);
    const isPlain = line?.reason === 'keyFound';
    assert.equal(disagreements.length, isPlain ? 0 : 1, pair.made);
    assert.equal(line?.verdict === 'passed' && !line.warning, isPlain, pair.made);
  }
});

/** Held against a build that is recorded; any other is reported, as in the test of thousands of tokens. */
async function hold(context: TestContext, build: PeerBuild, answers: readonly PeerAnswer[]): Promise<void> {
  const wrong: string[] = [];
  for (const [position, pair] of pairs.entries()) {
    const { verdict, disagreements = [] } = await askProduct(pair, build.peer);
    const { accepts, why } = answers[position] ?? { accepts: false };
    const [said] = disagreements.flatMap(({ answers: all }) => all.filter(({ validator }) => validator === build.peer));
    const isOpen = verdict === 'unknown' && said?.verdict === 'unknown';
    if (!isOpen && verdict !== (accepts ? 'passes' : 'refuses'))
      wrong.push(`${pair.made}: product ${verdict}, peer ${why ?? 'accepts'}`);
  }
  const isRecorded = readRecordedPeers().some((one) => nameBuild(one) === nameBuild(build));
  if (isRecorded) assert.deepEqual(wrong, []);
  else context.diagnostic(`${nameBuild(build)} is not recorded: ${wrong.join('; ') || 'answers as the product says'}`);
}

test('jsonwebtoken, with jwks-rsa, chooses the key as the product says', async (context) => {
  await hold(context, installedBuild('jsonwebtoken'), await Promise.all(pairs.map(askJsonwebtoken)));
});

test('jose chooses the key as the product says', async (context) => {
  await hold(context, installedBuild('jose'), await Promise.all(pairs.map(askJose)));
});

const python = findPython();

test('PyJWT chooses the key as the product says', { skip: python ? false : 'no PyJWT' }, async (context) => {
  const { build, answers } = askPyJwt(python ?? '', pairs);
  await hold(context, build, answers);
});
