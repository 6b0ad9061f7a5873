import { describeClaimValue, nameOfClaimText } from './claim-values.ts';
import { claimInfo, claimRank } from './claims.ts';
import { adviceOnKind, describeEvidence, titleOfKind } from './kind-text.ts';
import { describeProblem } from './problem-text.ts';
import type { JsonObject, JsonValue, TokenReading } from './token.ts';
import type { ClaimLine, ClaimSection, ClaimSectionId, ClaimValue, TokenDescription } from './token-description.ts';
import { nameKind, type TokenKind } from './token-kind.ts';

const SECTION_TITLES: [ClaimSectionId, string][] = [
  ['issuer', 'Who issued it'],
  ['audience', 'For whom'],
  ['subject', 'Who and what may it do'],
  ['time', 'When'],
  ['other', 'Other claims'],
  ['internal', 'Internal to Microsoft'],
  ['header', 'Header'],
];

const TIME_CLAIMS = new Set(['exp', 'nbf', 'iat', 'auth_time', 'updated_at', 'toe']);
/** Strings that are lists: names separated by spaces (RFC 6749 §3.3). */
const SPACED_CLAIMS = new Set(['scp', 'scope']);
const PREVIEW_LENGTH = 8;

/**
 * A token in words: its kind with the evidence, its faults, and every claim exactly once, in the section of the question
 * it answers. Needs no clock, network or settings. Never throws, whatever the claims hold; their values stay plain text.
 */
export function describeToken(reading: TokenReading): TokenDescription {
  const kind = nameKind(reading);
  const advice = adviceOnKind(kind);
  return {
    kind: kind.id,
    title: titleOfKind(kind),
    ...(advice !== undefined && { advice }),
    evidence: kind.evidence.map(describeEvidence),
    problems: reading.problems.map((problem) => ({
      id: problem.id,
      severity: problem.severity,
      text: describeProblem(problem),
    })),
    preview: previewOf(reading),
    lifetime: lifetimeOf(reading.payload),
    sections: sectionsOf(reading, kind),
    ...(reading.header && { headerJson: prettyJson(reading.header) }),
    ...(reading.payload && { payloadJson: prettyJson(reading.payload) }),
  };
}

/** Only of parts that could be read: unreadable text may be a secret somebody pasted by mistake. */
function previewOf(reading: TokenReading): TokenDescription['preview'] {
  const [header = '', payload = ''] = reading.raw.split('.', 2);
  return {
    header: reading.header ? header.slice(0, PREVIEW_LENGTH) : '',
    payload: reading.payload ? payload.slice(0, PREVIEW_LENGTH) : '',
  };
}

function lifetimeOf(payload: JsonObject | undefined): TokenDescription['lifetime'] {
  const { iat, nbf, exp } = payload ?? {};
  return {
    ...(isFiniteNumber(iat) && { issuedAtSec: iat }),
    ...(isFiniteNumber(nbf) && { notBeforeSec: nbf }),
    ...(isFiniteNumber(exp) && { expiresAtSec: exp }),
  };
}

function sectionsOf(reading: TokenReading, kind: TokenKind): ClaimSection[] {
  const linesBySection = new Map<ClaimSectionId, ClaimLine[]>(SECTION_TITLES.map(([id]) => [id, []]));
  const surroundings = { payload: reading.payload ?? {}, kind };
  const add = (part: 'header' | 'payload', claims: JsonObject = {}) => {
    for (const [name, value] of Object.entries(claims)) {
      const { section, meaning, source } = claimInfo(part, name);
      const says = describeClaimValue(part, name, value, surroundings);
      linesBySection.get(section)?.push({
        part,
        name,
        value: part === 'payload' ? claimValueOf(name, value) : plainValueOf(name, value),
        meaning,
        ...(says !== undefined && { says }),
        ...(source !== undefined && { source }),
      });
    }
  };
  add('payload', reading.payload);
  add('header', reading.header);
  return SECTION_TITLES.flatMap(([id, title]) => {
    const claims = (linesBySection.get(id) ?? []).sort((a, b) => claimRank(a.part, a.name) - claimRank(b.part, b.name));
    return claims.length > 0 ? [{ id, title, claims }] : [];
  });
}

function claimValueOf(name: string, value: JsonValue): ClaimValue {
  if (TIME_CLAIMS.has(name) && isFiniteNumber(value)) return { type: 'time', epochSec: value };
  if (SPACED_CLAIMS.has(name) && typeof value === 'string') {
    return { type: 'list', items: value.split(' ').flatMap((text) => (text === '' ? [] : [{ text }])) };
  }
  return plainValueOf(name, value);
}

function plainValueOf(name: string, value: JsonValue): ClaimValue {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) {
    return { type: 'list', items: value.map((text) => namedText(name, text)) };
  }
  if (typeof value === 'object' && value !== null) return { type: 'json', text: prettyJson(value) };
  return { type: 'text', ...namedText(name, String(value)) };
}

function namedText(claim: string, text: string): { text: string; name?: string } {
  const name = nameOfClaimText(claim, text);
  return name === undefined ? { text } : { text, name };
}

function prettyJson(value: JsonValue): string {
  return JSON.stringify(value, null, 2);
}

function isFiniteNumber(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
