import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { PublishedKey } from '../../../../src/core/entra/metadata.ts';
import type { JsonObject } from '../../../../src/core/token/token.ts';
import * as at from '../entra-fixture.ts';
import { Chance } from '../random.ts';

/** A token, and what an API asks of it in words every validator has. */
export interface TokenPair {
  raw: string;
  issuer: string;
  audiences: string[];
  /** Seconds; undefined leaves the validator its own. */
  clockSkewSec: number | undefined;
  /** What the authority publishes, where that is not {@link PUBLISHED}. */
  keys?: readonly JsonObject[];
  /** What was done to it, for a message. */
  made: string;
}

interface Signer {
  kid: string;
  alg: string;
  privateKey: KeyObject;
  published: PublishedKey;
}

export const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const;

function signer(
  kid: string,
  alg: string,
  { privateKey, publicKey }: { privateKey: KeyObject; publicKey: KeyObject },
): Signer {
  return {
    kid,
    alg,
    privateKey,
    published: { ...publicKey.export({ format: 'jwk' }), kty: kty(publicKey), kid, use: 'sig' },
  };
}

function kty(key: KeyObject): string {
  return String(key.export({ format: 'jwk' }).kty);
}

const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength });
const FIRST = signer('first', 'RS256', rsa(2048));
const SECOND = signer('second', 'RS256', rsa(2048));
const PSS = { ...FIRST, alg: 'PS256' };
const ELLIPTIC = signer('elliptic', 'ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' }));
const EDWARDS = signer('edwards', 'EdDSA', generateKeyPairSync('ed25519'));
const SMALL = signer('small', 'RS256', rsa(1024));
const STRANGER = signer('stranger', 'RS256', rsa(2048));

/** What the authority publishes. */
export const PUBLISHED: PublishedKey[] = [FIRST, SECOND, ELLIPTIC, EDWARDS, SMALL].map(({ published }) => published);

const OFFSETS = [3600, 61, 60, 59, 1, 0, -1, -59, -60, -61, -299, -300, -301, -9999];

/** A piece of JSON text: `undefined` leaves the member out. */
type Json = string | undefined;

interface Draft {
  header: Record<string, Json>;
  claims: Record<string, Json>;
  signer: Signer;
  /** Done to header and payload text before signing, and to the token after. */
  payloadText: (text: string) => string;
  finish: (raw: string) => string;
}

const json = (value: unknown): Json => JSON.stringify(value);

const pad = (raw: string) => `${raw}${'='.repeat((4 - ((raw.split('.')[2] ?? '').length % 4)) % 4)}`;

/** Sets the spare bits of the last character; a signature of 256 or 64 bytes has them. */
function setSpareBits(raw: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return raw.slice(0, -1) + (alphabet[alphabet.indexOf(raw.at(-1) ?? 'A') | 1] ?? '');
}

/** One thing that is, or may be, wrong with a token. */
const FAULTS: Record<string, (draft: Draft, chance: Chance) => void> = {
  expiry: ({ claims }, chance) => {
    claims.exp = String(at.NOW_SEC + chance.pick(OFFSETS));
  },
  expiryOdd: ({ claims }, chance) => {
    const numbers = [at.NOW_SEC + 60.5, at.NOW_SEC - 60.5, -1, 0].map(String);
    const texts = [String(at.NOW_SEC + 99), String(at.NOW_SEC - 9999), 'soon', ''].map(json);
    claims.exp = chance.pick<Json>([undefined, 'null', '1e999', '1e308', 'true', '[1]', ...numbers, ...texts]);
  },
  notBefore: ({ claims }, chance) => {
    claims.nbf = String(at.NOW_SEC + chance.pick(OFFSETS));
  },
  notBeforeOdd: ({ claims }, chance) => {
    const texts = [String(at.NOW_SEC - 60), String(at.NOW_SEC + 999), 'now'].map(json);
    claims.nbf = chance.pick<Json>([undefined, 'null', '1e999', '{}', String(at.NOW_SEC - 60.5), ...texts]);
  },
  issuedAt: ({ claims }, chance) => {
    const times = [at.NOW_SEC + 30, at.NOW_SEC + 61, at.NOW_SEC + 400, at.NOW_SEC, at.NOW_SEC - 0.5].map(String);
    claims.iat = chance.pick<Json>([undefined, '"noon"', `"${at.NOW_SEC}"`, 'null', ...times]);
  },
  audience: ({ claims }, chance) => {
    const lists = [[at.API_URI], ['x', at.API_URI], ['x', 'y'], [], [5, at.API_URI], [at.API_URI, null], ['x', 5]];
    const texts = [at.CLIENT_ID, `${at.API_URI}/`, 'api://Orders', '', at.API_ID, at.API_ID.toUpperCase(), 5, null];
    claims.aud = chance.pick<Json>([undefined, ...[...lists, ...texts].map(json)]);
  },
  issuer: ({ claims }, chance) => {
    const values = [`${at.V2_ISSUER}/`, at.V1_ISSUER, at.V2_ISSUER.toUpperCase(), '', 5, null, [at.V2_ISSUER], {}];
    claims.iss = chance.pick<Json>([undefined, ...values.map(json)]);
  },
  key: (draft, chance) => {
    draft.signer = chance.pick([SECOND, PSS, ELLIPTIC, EDWARDS, SMALL]);
    draft.header = { ...draft.header, alg: json(draft.signer.alg), kid: json(draft.signer.kid) };
  },
  otherKid: ({ header, signer: own }, chance) => {
    const kids = ['unknown', '', 5, null, 'second', 'elliptic', 'FIRST', own.kid];
    header.kid = chance.pick<Json>([undefined, ...kids.map(json)]);
  },
  stranger: (draft) => {
    draft.signer = STRANGER;
  },
  algorithm: ({ header }, chance) => {
    header.alg = chance.pick<Json>([undefined, ...['none', 'HS256', 'RS384', 'PS256', 'ES256', 'rs256', 5].map(json)]);
  },
  type: ({ header }, chance) => {
    header.typ = chance.pick<Json>([undefined, ...['at+jwt', 'jwt', 'JWS', 5].map(json)]);
  },
  critical: ({ header }, chance) => {
    header.x = '1';
    header.crit = chance.pick(['["x"]', '["absent"]', '[]', '"x"']);
  },
  duplicate: (draft, chance) => {
    const member = chance.pick([
      '"scp":"Orders.Read"',
      `"aud":"${at.API_URI}"`,
      '"aud":"x"',
      `"exp":${at.NOW_SEC - 9999}`,
    ]);
    draft.payloadText = (text) => text.replace(/}$/, `,${member}}`);
  },
  otherText: (draft, chance) => {
    const changes: ((text: string) => string)[] = [
      (text) => `\ufeff${text}`,
      (text) => ` ${text}\n`,
      (text) => text.replace(/}$/, `,"deep":${'['.repeat(80)}${']'.repeat(80)}}`),
      (text) => `[${text}]`,
      (text) => `${text}x`,
      (text) => text.replace(/}$/, ',}'),
      () => '"text"',
    ];
    draft.payloadText = chance.pick(changes);
  },
  large: (draft, chance) => {
    // Seldom: a quarter of a megabyte is a lot to hash two thousand times.
    if (chance.happens(20)) draft.claims.pad = json('x'.repeat(200_000));
  },
  notUtf8: (draft) => {
    draft.claims.name = '"\udcff"';
  },
  changedText: (draft, chance) => {
    const { finish } = draft;
    const changes: ((raw: string) => string)[] = [
      pad,
      setSpareBits,
      (raw) => raw.replaceAll('-', '+').replaceAll('_', '/'),
      (raw) => raw.slice(0, raw.lastIndexOf('.') + 1),
      (raw) => raw.slice(0, raw.lastIndexOf('.')),
      (raw) => `${raw}.x`,
      (raw) => raw.slice(0, -1) + (raw.endsWith('A') ? 'w' : 'A'),
      (raw) => raw.replace('.', '.e30'),
    ];
    const change = chance.pick(changes);
    draft.finish = (raw) => change(finish(raw));
  },
};

/** `count` pairs, the same for the same seed but for the keys: good tokens, and such with one or two faults. */
export function* makePairs(count: number, seed: number): Generator<TokenPair> {
  const chance = new Chance(seed);
  const names = Object.keys(FAULTS);
  for (let made = 0; made < count; made++) {
    const draft = goodDraft();
    const faults = Array.from({ length: chance.pick([0, 1, 1, 1, 1, 2, 2]) }, () => chance.pick(names));
    for (const fault of faults) FAULTS[fault]?.(draft, chance);
    yield {
      raw: signDraft(draft),
      issuer: at.V2_ISSUER,
      audiences: chance.pick([[at.API_URI], [at.API_URI], [at.API_ID, at.API_URI]]),
      clockSkewSec: chance.pick([undefined, 0, 60, 300]),
      made: faults.join(' + ') || 'nothing',
    };
  }
}

function goodDraft(): Draft {
  const claims = Object.entries(at.v2Claims({ aud: at.API_URI }));
  return {
    header: { alg: json('RS256'), typ: json('JWT'), kid: json(FIRST.kid) },
    claims: Object.fromEntries(claims.map(([name, value]) => [name, json(value)])),
    signer: FIRST,
    payloadText: (text) => text,
    finish: (raw) => raw,
  };
}

/** With a “-” or “_” in the signature: what becomes of a token in another alphabet is then the same in every run. */
function signDraft({ header, claims, signer: key, payloadText, finish }: Draft): string {
  const payload = payloadText(writeObject(claims));
  for (let attempt = 0; ; attempt++) {
    const input = `${encode(writeObject({ ...header, attempt: json(attempt) }))}.${encode(payload)}`;
    const signature = signText(input, header.alg, key).toString('base64url');
    if (/[-_]/.test(signature)) return finish(`${input}.${signature}`);
  }
}

function writeObject(members: Record<string, Json>): string {
  const shown = Object.entries(members).filter(([, value]) => value !== undefined);
  return `{${shown.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`;
}

/** A lone surrogate stands for the byte it names, which is no UTF-8. */
function encode(text: string): string {
  const pieces = text.split('\udcff').map((piece) => Buffer.from(piece));
  const bytes = pieces.flatMap((piece, at) => (at === 0 ? [piece] : [Buffer.from([0xff]), piece]));
  return Buffer.concat(bytes).toString('base64url');
}

/** HS256 signs with the public key: the oldest attack on validators there is. */
function signText(input: string, alg: Json, { privateKey, published, alg: own }: Signer): Buffer {
  if (alg === '"HS256"') return createHmac('sha256', JSON.stringify(published)).update(input).digest();
  const bytes = Buffer.from(input);
  if (own === 'EdDSA') return sign(null, bytes, privateKey);
  const pss = own === 'PS256' ? { padding: 6, saltLength: 32 } : {};
  return sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363', ...pss });
}
