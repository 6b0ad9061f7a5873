import { maskBeginning } from '../../call/mask-beginning.ts';
import { type ClosedWord, inOurWords, labelled, type Untrusted } from './closed-word.ts';

const LONGEST = 80;
const MOST = 20;
const LONGEST_READ = 4000;
/** Controls, and what is invisible or turns the direction of text around. */
const INVISIBLE = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** At most 80 characters on one line, secrets masked. */
export function untrusted(text: string): Untrusted {
  return labelled(plainLine(text, LONGEST));
}

/** The first twenty. */
export function untrustedList(texts: readonly string[]): Untrusted[] {
  return texts.slice(0, MOST).map(untrusted);
}

/** Text of anybody on one line of at most this many characters: secrets masked, nothing invisible. */
export function plainLine(text: string, longest: number): string {
  const line = maskBeginning(text, LONGEST_READ).replace(INVISIBLE, ' ');
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

/** ECMA-262 §21.4.1.1: the furthest time a Date can hold. */
const MAX_DATE_SEC = 8.64e12;

/** Seconds since the epoch as ISO 8601; a number that is no time as it is. */
export function isoText(epochSec: number): ClosedWord {
  return inOurWords(Math.abs(epochSec) <= MAX_DATE_SEC ? new Date(epochSec * 1000).toISOString() : String(epochSec));
}
