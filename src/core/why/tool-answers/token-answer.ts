import { privacyOf } from '../../token/claim-privacy.ts';
import { describeToken } from '../../token/describe-token.ts';
import type { TokenReading } from '../../token/token.ts';
import type { ClaimLine, ClaimValue } from '../../token/token-description.ts';
import { type ClosedWord, inOurWords, ours, type Said } from './closed-word.ts';
import { isoText, untrusted, untrustedList } from './untrusted.ts';

/** What a language model is told of a token: what kind it is, and the claims that name nobody. */
export type TokenAnswer = {
  kind: ClosedWord;
  title: ClosedWord;
  advice?: ClosedWord;
  problems: { id: ClosedWord; severity: ClosedWord }[];
  issuedAt?: ClosedWord;
  notBefore?: ClosedWord;
  expiresAt?: ClosedWord;
  claims: { name: ClosedWord; part: ClosedWord; meaning: ClosedWord; value: Said }[];
  /** Documented claims that are there and are not shown: they name a person, or nobody outside can read them. */
  hidden: ClosedWord[];
  /** How many claims there are that nobody documents. */
  undocumented: number;
};

/** Nothing of the signature, of persons or of claims nobody documents; values are labelled as data. */
export function answerToken(reading: TokenReading): TokenAnswer {
  const { kind, title, advice, lifetime, sections } = describeToken(reading);
  const lines = sections.flatMap(({ claims }) => claims);
  const { issuedAtSec, notBeforeSec, expiresAtSec } = lifetime;
  return {
    kind: ours(kind),
    title: inOurWords(title),
    ...(advice === undefined ? {} : { advice: inOurWords(advice) }),
    problems: reading.problems.map(({ id, severity }) => ({ id: ours(id), severity: ours(severity) })),
    ...(issuedAtSec === undefined ? {} : { issuedAt: isoText(issuedAtSec) }),
    ...(notBeforeSec === undefined ? {} : { notBefore: isoText(notBeforeSec) }),
    ...(expiresAtSec === undefined ? {} : { expiresAt: isoText(expiresAtSec) }),
    claims: lines
      .filter((line) => !isHidden(line))
      .map(({ name, part, meaning, value }) => ({
        name: inOurWords(name),
        part: ours(part),
        meaning: inOurWords(meaning),
        value: shownValue(value),
      })),
    hidden: lines.filter((line) => isHidden(line) && isDocumented(line)).map(({ name }) => inOurWords(name)),
    undocumented: lines.filter((line) => isHidden(line) && !isDocumented(line)).length,
  };
}

/** Only documented claims are public: the name of one that is not hidden is a name of our own list. */
function isHidden({ part, name }: ClaimLine): boolean {
  return privacyOf(part, name) !== 'public';
}

/** Of a header every parameter that is not public counts as opaque, whatever its name. */
function isDocumented({ part, name }: ClaimLine): boolean {
  return part === 'header' ? name === 'nonce' : privacyOf(part, name) !== 'unknown';
}

function shownValue(value: ClaimValue): Said {
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
