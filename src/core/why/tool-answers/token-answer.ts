import { privacyOf } from '../../token/claim-privacy.ts';
import { describeToken } from '../../token/describe-token.ts';
import type { TokenReading } from '../../token/token.ts';
import type { ClaimLine, ClaimValue } from '../../token/token-description.ts';
import { isoText, type Untrusted, untrusted, untrustedList } from './untrusted.ts';

/** What a language model is told of a token: what kind it is, and the claims that name nobody. */
export interface TokenAnswer {
  kind: string;
  title: string;
  advice?: string;
  problems: { id: string; severity: string }[];
  issuedAt?: string;
  notBefore?: string;
  expiresAt?: string;
  claims: { name: string; part: string; meaning: string; value: Untrusted | Untrusted[] | string }[];
  /** Documented claims that are there and are not shown: they name a person, or nobody outside can read them. */
  hidden: string[];
  /** How many claims there are that nobody documents. */
  undocumented: number;
}

/** Nothing of the signature, of persons or of claims nobody documents; values are labelled as data. */
export function answerToken(reading: TokenReading): TokenAnswer {
  const { kind, title, advice, problems, lifetime, sections } = describeToken(reading);
  const lines = sections.flatMap(({ claims }) => claims);
  const { issuedAtSec, notBeforeSec, expiresAtSec } = lifetime;
  return {
    kind,
    title,
    ...(advice === undefined ? {} : { advice }),
    problems: problems.map(({ id, severity }) => ({ id, severity })),
    ...(issuedAtSec === undefined ? {} : { issuedAt: isoText(issuedAtSec) }),
    ...(notBeforeSec === undefined ? {} : { notBefore: isoText(notBeforeSec) }),
    ...(expiresAtSec === undefined ? {} : { expiresAt: isoText(expiresAtSec) }),
    claims: lines
      .filter((line) => !isHidden(line))
      .map(({ name, part, meaning, value }) => ({ name, part, meaning, value: shownValue(value) })),
    hidden: lines.filter((line) => isHidden(line) && isDocumented(line)).map(({ name }) => name),
    undocumented: lines.filter((line) => isHidden(line) && !isDocumented(line)).length,
  };
}

function isHidden({ part, name }: ClaimLine): boolean {
  return privacyOf(part, name) !== 'public';
}

/** Of a header every parameter that is not public counts as opaque, whatever its name. */
function isDocumented({ part, name }: ClaimLine): boolean {
  return part === 'header' ? name === 'nonce' : privacyOf(part, name) !== 'unknown';
}

function shownValue(value: ClaimValue): Untrusted | Untrusted[] | string {
  switch (value.type) {
    case 'text':
    case 'json':
      return untrusted(value.text);
    case 'time':
      return isoText(value.epochSec);
    case 'list':
      return untrustedList(value.items.map(({ text }) => text));
  }
}
