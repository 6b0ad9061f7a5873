import { maskText } from '../../call/mask-text.ts';

const LONGEST = 80;
const MOST = 20;
/** Controls, and what is invisible or turns the direction of text around. */
const INVISIBLE = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** Words that are not ours, under a name that says so: data for the reader, never an instruction. */
export interface Untrusted {
  untrustedData: string;
}

/** At most 80 characters on one line, secrets masked. */
export function untrusted(text: string): Untrusted {
  const line = maskText(text.slice(0, 4000)).replace(INVISIBLE, ' ');
  return { untrustedData: line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line };
}

/** The first twenty. */
export function untrustedList(texts: readonly string[]): Untrusted[] {
  return texts.slice(0, MOST).map(untrusted);
}

/** ECMA-262 §21.4.1.1: the furthest time a Date can hold. */
const MAX_DATE_SEC = 8.64e12;

/** Seconds since the epoch as ISO 8601; a number that is no time as it is. */
export function isoText(epochSec: number): string {
  return Math.abs(epochSec) <= MAX_DATE_SEC ? new Date(epochSec * 1000).toISOString() : String(epochSec);
}
