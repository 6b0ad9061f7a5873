import { claimRank } from './claims.ts';
import { describeToken } from './describe-token.ts';
import type { JsonValue, TokenReading } from './token.ts';
import type { ClaimLine } from './token-description.ts';

/** One claim of two tokens. `left` or `right` is absent where that token lacks it. */
export interface ComparedClaim {
  part: 'header' | 'payload';
  /** The left token's name of it: `appid` of a v1 token is compared with `azp` of a v2 one. */
  claim: string;
  left?: ClaimLine;
  right?: ClaimLine;
  /** The same name with the same value; the order of scopes, roles and groups does not matter, nor does `aud` as a list of one. */
  same: boolean;
  /** True for what validators look at; the others are ordered behind it when they differ. */
  matters: boolean;
  /** Of two lists, such as scopes: what only one of them has. */
  onlyLeft?: string[];
  onlyRight?: string[];
}

/** What validators look at, in the order differences are shown in. */
const MATTERING: [part: 'header' | 'payload', claim: string][] = [
  ...'iss aud ver scp scope roles azp appid client_id azpacr appidacr idtyp tid tfp acrs wids groups'
    .split(' ')
    .map((claim): ['payload', string] => ['payload', claim]),
  ['payload', 'iat'],
  ['payload', 'nbf'],
  ['payload', 'exp'],
  ['header', 'kid'],
  ['header', 'alg'],
  ['header', 'typ'],
  ['header', 'nonce'],
];
const rankOfMattering = new Map(MATTERING.map(([part, claim], rank) => [`${part} ${claim}`, rank]));

/** The same fact under two names: Entra's v1 and v2 tokens. */
const V2_NAMES = new Map([
  ['appid', 'azp'],
  ['appidacr', 'azpacr'],
]);
const V1_NAMES = new Map([...V2_NAMES].map(([v1, v2]) => [v2, v1]));
/** Lists whose order means nothing; `scp` and `scope` are lists separated by spaces (RFC 6749 §3.3). */
const SETS = new Set('scp scope roles groups wids amr acrs xms_cc'.split(' '));
const SPACED = new Set(['scp', 'scope']);

/**
 * Two tokens claim by claim, header and payload: first the differences validators look at, in the order of
 * {@link MATTERING}, then the other differences, then what is the same, in reading order. Signatures are not compared.
 * An unreadable part has no claims. Pure, and linear in the claims.
 */
export function compareTokens(left: TokenReading, right: TokenReading): ComparedClaim[] {
  const leftLines = linesOf(left);
  const rightLines = linesOf(right);
  const compared: ComparedClaim[] = [];
  const used = new Set<string>();
  for (const [key, leftLine] of leftLines) {
    const otherKey = counterpartOf(key, leftLine, leftLines, rightLines);
    const rightLine = rightLines.get(otherKey);
    if (rightLine) used.add(otherKey);
    compared.push(compareClaim(left, right, leftLine, rightLine));
  }
  for (const [key, rightLine] of rightLines) {
    if (!used.has(key)) compared.push(compareClaim(left, right, undefined, rightLine));
  }
  return compared.sort((a, b) => groupOf(a) - groupOf(b) || rankOf(a) - rankOf(b));
}

function linesOf(reading: TokenReading): Map<string, ClaimLine> {
  const lines = describeToken(reading).sections.flatMap(({ claims }) => claims);
  return new Map(lines.map((line) => [`${line.part} ${line.name}`, line]));
}

/** The other version's name, where the right token has only that one and the left only this one. */
function counterpartOf(
  key: string,
  { part, name }: ClaimLine,
  left: Map<string, ClaimLine>,
  right: Map<string, ClaimLine>,
): string {
  const otherName = V2_NAMES.get(name) ?? V1_NAMES.get(name);
  if (part === 'header' || otherName === undefined || right.has(key)) return key;
  const otherKey = `payload ${otherName}`;
  return left.has(otherKey) ? key : otherKey;
}

function compareClaim(
  leftReading: TokenReading,
  rightReading: TokenReading,
  left: ClaimLine | undefined,
  right: ClaimLine | undefined,
): ComparedClaim {
  const part = left?.part ?? right?.part ?? 'payload';
  const claim = left?.name ?? right?.name ?? '';
  const compared = {
    part,
    claim,
    ...(left && { left }),
    ...(right && { right }),
    matters: rankOfMattering.has(`${part} ${claim}`),
  };
  if (!left || !right) return { ...compared, same: false };
  const leftValue = rawValueOf(leftReading, left);
  const rightValue = rawValueOf(rightReading, right);
  const lists = part === 'payload' ? [membersOf(claim, leftValue), membersOf(claim, rightValue)] : [];
  const [leftItems, rightItems] = lists;
  if (!leftItems || !rightItems) {
    return { ...compared, same: left.name === right.name && canonicalText(leftValue) === canonicalText(rightValue) };
  }
  const onlyLeft = withoutItems(leftItems, rightItems);
  const onlyRight = withoutItems(rightItems, leftItems);
  const same = onlyLeft.length === 0 && onlyRight.length === 0;
  return same ? { ...compared, same } : { ...compared, same, onlyLeft, onlyRight };
}

function rawValueOf(reading: TokenReading, { part, name }: ClaimLine): JsonValue {
  return reading[part]?.[name] ?? null;
}

/** The members of a claim that is a set, as far as its value is one. */
function membersOf(claim: string, value: JsonValue): string[] | undefined {
  if (SPACED.has(claim) && typeof value === 'string') return value.split(' ').filter(Boolean);
  if (claim === 'aud' && typeof value === 'string') return [value];
  if (claim !== 'aud' && !SETS.has(claim)) return undefined;
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
}

function withoutItems(items: string[], others: string[]): string[] {
  const known = new Set(others);
  return [...new Set(items)].filter((item) => !known.has(item));
}

/** JSON with sorted names: the order of members means nothing (RFC 8259 §4). */
function canonicalText(value: JsonValue): string {
  return JSON.stringify(value, (_name, member: JsonValue) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

function groupOf({ same, matters }: ComparedClaim): number {
  if (same) return 2;
  return matters ? 0 : 1;
}

function rankOf({ same, part, claim }: ComparedClaim): number {
  const mattering = same ? undefined : rankOfMattering.get(`${part} ${claim}`);
  if (mattering !== undefined) return mattering;
  const rank = Math.min(claimRank(part, claim), 10_000);
  return part === 'header' ? 20_000 + rank : rank;
}
