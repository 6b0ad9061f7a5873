import { nameOfClaimText } from './claim-values.ts';
import { titleOfKind } from './kind-text.ts';
import type { JsonValue, TokenReading } from './token.ts';
import { nameKind, type TokenKindId } from './token-kind.ts';

const LONGEST_TEXT = 120;
const MOST_ITEMS = 8;

/** What a hover or a CodeLens says of a token. Texts are the token's own and hostile: at most 120 characters, 8 items. */
export interface TokenSummary {
  kind: TokenKindId;
  /** "Access token v1, on behalf of a user". Holds no claim value. */
  title: string;
  issuer?: SummaryText;
  audiences: SummaryText[];
  /** Seconds since 1970. */
  notBeforeSec?: number;
  expiresAtSec?: number;
  /** What it allows: scopes of a user, or else roles. Absent when it names neither. */
  permissions?: { claim: 'scp' | 'scope' | 'roles'; items: string[]; more: number };
}

export interface SummaryText {
  text: string;
  /** Name of a well-known API or application. */
  name?: string;
}

/** The short facts of a token, without the work of describing every claim. Never throws; of an unreadable token only the kind. */
export function summarizeToken(reading: TokenReading): TokenSummary {
  const kind = nameKind(reading);
  const { iss, aud, exp, nbf } = reading.payload ?? {};
  const permissions = permissionsOf(reading);
  return {
    kind: kind.id,
    title: titleOfKind(kind),
    ...(typeof iss === 'string' && { issuer: { text: shorten(iss) } }),
    audiences: textsOf(aud).slice(0, MOST_ITEMS).map(namedAudience),
    ...(typeof nbf === 'number' && Number.isFinite(nbf) && { notBeforeSec: nbf }),
    ...(typeof exp === 'number' && Number.isFinite(exp) && { expiresAtSec: exp }),
    ...(permissions && { permissions }),
  };
}

function namedAudience(audience: string): SummaryText {
  const name = nameOfClaimText('aud', audience);
  return name === undefined ? { text: shorten(audience) } : { text: shorten(audience), name };
}

function permissionsOf({ payload }: TokenReading): TokenSummary['permissions'] {
  for (const claim of ['scp', 'scope', 'roles'] as const) {
    const value = payload?.[claim];
    const all = typeof value === 'string' && claim !== 'roles' ? value.split(' ').filter(Boolean) : textsOf(value);
    if (all.length === 0) continue;
    const items = all.slice(0, MOST_ITEMS).map(shorten);
    return { claim, items, more: all.length - items.length };
  }
  return undefined;
}

function textsOf(value: JsonValue | undefined): string[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
}

function shorten(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}
