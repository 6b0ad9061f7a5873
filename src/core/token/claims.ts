import { CLAIM_SOURCES, type ClaimRow, HEADER_ROWS, PAYLOAD_ROWS } from './claim-rows.ts';
import type { ClaimSectionId } from './token-description.ts';

export interface ClaimInfo {
  section: ClaimSectionId;
  /** One line, in plain words. */
  meaning: string;
  /** https page the meaning is taken from; absent for unknown claims and for those nobody documents. */
  source?: string;
}

const UNKNOWN_PAYLOAD: ClaimInfo = {
  section: 'other',
  meaning: 'Not a claim of the standards or of Entra: ask whoever issued the token.',
};
const UNKNOWN_HEADER: ClaimInfo = { section: 'header', meaning: 'Not a header field of the standards or of Entra.' };

/** Claims an administrator made; the rest of the name is theirs. */
const CUSTOM_ATTRIBUTE: [RegExp, ClaimInfo][] = [
  [/^extn\./, { section: 'subject', meaning: 'A directory extension of the tenant.', source: CLAIM_SOURCES.extension }],
  [
    /^extension_/,
    {
      section: 'subject',
      meaning: 'A custom attribute of the tenant, as Azure AD B2C and directory extensions have them.',
      source: CLAIM_SOURCES.b2cAttributes,
    },
  ],
  [/^xms_/, { section: 'internal', meaning: 'Internal to Microsoft; ignore it.' }],
];

const claims = {
  payload: new Map(PAYLOAD_ROWS.flatMap(([section, rows]) => rows.map((row) => entry(section, row)))),
  header: new Map(HEADER_ROWS.map((row) => entry('header', row))),
};
const ranks = { payload: ranksOf(claims.payload), header: ranksOf(claims.header) };

/** What a claim or header field is, and where it is shown; for an unknown one, that it is unknown. Names are case-sensitive. */
export function claimInfo(part: 'header' | 'payload', name: string): ClaimInfo {
  const known = claims[part].get(name);
  if (known) return known;
  if (part === 'header') return UNKNOWN_HEADER;
  return CUSTOM_ATTRIBUTE.find(([pattern]) => pattern.test(name))?.[1] ?? UNKNOWN_PAYLOAD;
}

/** True for the name of a claim or header field that the standards or Microsoft name; names are case-sensitive. */
export function isDocumentedClaim(name: string): boolean {
  return claims.payload.has(name) || claims.header.has(name);
}

/** Place of a claim in reading order; unknown ones come last, in the token's order. */
export function claimRank(part: 'header' | 'payload', name: string): number {
  return ranks[part].get(name) ?? Number.MAX_SAFE_INTEGER;
}

function ranksOf(claims: Map<string, ClaimInfo>): Map<string, number> {
  return new Map([...claims.keys()].map((name, rank) => [name, rank]));
}

function entry(section: ClaimSectionId, [name, source, meaning]: ClaimRow): [string, ClaimInfo] {
  return [name, source === '' ? { section, meaning } : { section, meaning, source: CLAIM_SOURCES[source] }];
}
