import { createHmac } from 'node:crypto';
import { Chance } from '../random.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const STRANGE = ['=', '+', '/', ' ', '\n', '.', '%', '\0', 'é', '\u{1f600}', '\ud800', '\ufeff', '*', '"'];
/** Order of P-256, to turn an ECDSA signature into its twin. */
const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

type Mutation = (raw: string, chance: Chance, others: readonly string[]) => string;

const parts = (raw: string) => raw.split('.');

function replacePart(raw: string, index: number, change: (part: string) => string): string {
  return parts(raw)
    .map((part, at) => (at === index ? change(part) : part))
    .join('.');
}

/** Changes the decoded JSON text of header or payload and encodes it again. */
function recode(raw: string, index: number, change: (text: string) => string): string {
  return replacePart(raw, index, (part) =>
    Buffer.from(change(Buffer.from(part, 'base64url').toString())).toString('base64url'),
  );
}

function withHeader(raw: string, members: object): string {
  return recode(raw, 0, (text) => JSON.stringify({ ...JSON.parse(text), ...members }));
}

function splice(raw: string, at: number, removed: number, added: string): string {
  return raw.slice(0, at) + added + raw.slice(at + removed);
}

/** What a careless copy, a proxy or an attacker does to a token. None of them holds the private key. */
export const MUTATIONS: Record<string, Mutation> = {
  otherCharacter: (raw, chance) => splice(raw, chance.below(raw.length), 1, chance.pick([...ALPHABET])),
  strangeCharacter: (raw, chance) => splice(raw, chance.below(raw.length), chance.below(2), chance.pick(STRANGE)),
  cutOut: (raw, chance) => splice(raw, chance.below(raw.length), 1 + chance.below(8), ''),
  doubled: (raw, chance) => {
    const at = chance.below(raw.length);
    return splice(raw, at, 0, raw.slice(at, at + 1 + chance.below(20)));
  },
  shortened: (raw, chance) => raw.slice(0, chance.below(raw.length)),
  beginningLost: (raw, chance) => raw.slice(1 + chance.below(raw.length)),
  otherCase: (raw, chance) => {
    const at = chance.below(raw.length);
    const letter = raw[at] ?? '';
    return splice(raw, at, 1, letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase());
  },
  partOfAnother: (raw, chance, others) => {
    const index = chance.below(3);
    return replacePart(raw, index, () => parts(chance.pick(others))[index] ?? '');
  },
  partsSwapped: (raw, chance) => {
    const [header = '', payload = '', signature = ''] = parts(raw);
    return chance
      .pick([
        [payload, header, signature],
        [header, signature, payload],
        [header, payload],
        [header, payload, ''],
        ['', payload, signature],
        [header, '', signature],
        [header, payload, signature, signature],
        [header, payload, signature, '', ''],
      ])
      .join('.');
  },
  padded: (raw, chance) => replacePart(raw, chance.below(3), (part) => part + '='.repeat(1 + chance.below(3))),
  spareBits: (raw, chance) =>
    replacePart(raw, chance.below(3), (part) => {
      const last = ALPHABET.indexOf(part.at(-1) ?? 'A');
      return part.slice(0, -1) + (ALPHABET[last ^ (1 + chance.below(3))] ?? 'A');
    }),
  standardAlphabet: (raw) => raw.replaceAll('-', '+').replaceAll('_', '/'),
  byteChanged: (raw, chance) =>
    replacePart(raw, chance.below(3), (part) => {
      const bytes = Buffer.from(part, 'base64url');
      const at = chance.below(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << chance.below(8));
      return bytes.toString('base64url');
    }),
  memberAdded: (raw, chance) =>
    recode(raw, chance.below(2), (text) =>
      text.replace(
        /}$/,
        `,${chance.pick(['"aud":"x"', '"alg":"none"', '"exp":9e9', '"x":[[[]]]', '"roles":["Admin"]'])}}`,
      ),
    ),
  memberFirst: (raw, chance) =>
    recode(raw, chance.below(2), (text) =>
      text.replace(/^{/, `{${chance.pick(['"aud":"x"', '"alg":"none"', '"tid":"x"', '"kid":"x"', '"scp":"All"'])},`),
    ),
  spaced: (raw, chance) =>
    recode(raw, chance.below(2), (text) => chance.pick([`${text} `, ` ${text}`, `\ufeff${text}`])),
  claimChanged: (raw, chance) =>
    recode(raw, 1, (text) => {
      const claims = JSON.parse(text);
      const value = chance.pick([null, 5, 'x', [], {}, true, 1e308, '9999999999']);
      claims[chance.pick(Object.keys(claims))] = value;
      return JSON.stringify(claims);
    }),
  otherAlgorithm: (raw, chance) =>
    withHeader(raw, { alg: chance.pick(['none', 'None', 'HS256', 'RS384', 'PS256', 'ES384', 'EdDSA', '', 5, null]) }),
  unsigned: (raw) => replacePart(withHeader(raw, { alg: 'none' }), 2, () => ''),
  otherKey: (raw, chance) => withHeader(raw, { kid: chance.pick(['', 'x', 5, null, [], 'key-1 ', '../key-1']) }),
  broughtKey: (raw) => withHeader(raw, { jwk: { kty: 'RSA', n: 'AQAB', e: 'AQAB' }, jku: 'https://evil.example/keys' }),
  critical: (raw, chance) =>
    withHeader(raw, { b64: false, x: 1, crit: chance.pick([['b64'], ['x'], [], 'b64', ['exp']]) }),
  publicKeyAsSecret: (raw) => {
    const input = parts(withHeader(raw, { alg: 'HS256' }))
      .slice(0, 2)
      .join('.');
    return `${input}.${createHmac('sha256', 'key-1').update(input).digest('base64url')}`;
  },
  /** The one mutation of signed tokens that keeps a signature valid: s and n - s both verify. */
  twinSignature: (raw) =>
    replacePart(raw, 2, (part) => {
      const bytes = Buffer.from(part, 'base64url');
      if (bytes.length !== 64) return part;
      const twin = P256_ORDER - BigInt(`0x${bytes.subarray(32).toString('hex')}`);
      const half = Buffer.from(twin.toString(16).padStart(64, '0'), 'hex');
      return Buffer.concat([bytes.subarray(0, 32), half]).toString('base64url');
    }),
};

export interface MutatedToken {
  raw: string;
  /** The mutations it went through. */
  by: string[];
}

/** `count` tokens, each one to three mutations away from a genuine one. */
export function* mutateTokens(genuine: readonly string[], count: number, seed: number): Generator<MutatedToken> {
  const chance = new Chance(seed);
  const names = Object.keys(MUTATIONS);
  for (let made = 0; made < count; made++) {
    let raw = chance.pick(genuine);
    const by: string[] = [];
    for (let left = chance.happens(75) ? 1 : 2 + chance.below(2); left > 0; left--) {
      // The first round goes through every mutation, so that none depends on chance.
      const name = made < names.length && by.length === 0 ? (names[made] ?? '') : chance.pick(names);
      raw = tryMutation(name, raw, chance, genuine);
      by.push(name);
    }
    yield { raw, by };
  }
}

/** A token broken already may have no JSON left to change: then it stays as it is. */
function tryMutation(name: string, raw: string, chance: Chance, others: readonly string[]): string {
  try {
    return MUTATIONS[name]?.(raw, chance, others) ?? raw;
  } catch {
    return raw;
  }
}
