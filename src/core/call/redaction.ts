import { readingsOf, replaceSpans, type Span } from './escaped-text.ts';
import { maskSecret } from './mask-secret.ts';
import { spansIn } from './mask-text.ts';
import { opaqueSecrets } from './secret-forms.ts';
import { looksRandom } from './secret-value.ts';

declare const redacted: unique symbol;

/** Text that has been through {@link redact}: the only kind a log, a notification or a file may take. */
export type Redacted = string & { readonly [redacted]: true };

/**
 * Masks whatever `maskText` does, and more than anybody needs to read in a log: the beginning of a token, every run of 40
 * or more opaque characters, of 32 hexadecimal digits, and of 28 that look random, under any name or none. GUIDs stay, and
 * addresses of words. Linear; never throws.
 */
export function redact(text: string): Redacted {
  return replaceSpans(text, spansIn(readingsOf(text), [opaqueSecrets, opaqueRuns]), maskSecret) as Redacted;
}

const RUN = /[A-Za-z0-9_~+/=.-]{20,}/g;
const PART = /[A-Za-z0-9_~+-]{20,}={0,2}/g;
const LONG_PART = /[A-Za-z0-9_~+/-]{40,}={0,2}/g;
const HEX_KEY = /[0-9a-fA-F]{32,}/g;
const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const SHORTEST_OPAQUE_PART = 16;
const LONGEST_READABLE = 39;
const LONGEST_READABLE_RANDOM = 27;

function opaqueRuns(text: string): Span[] {
  const found: Span[] = [];
  for (const { 0: run, index } of text.matchAll(RUN)) {
    const add = ({ start, end }: Span) => found.push({ start: index + start, end: index + end });
    const token = startOfToken(run);
    if (token !== undefined) add({ start: token, end: run.length });
    for (const part of spansOf(LONG_PART, run, isOpaque)) add(part);
    for (const part of spansOf(PART, run, (one) => one.length > LONGEST_READABLE_RANDOM && looksRandom(one))) add(part);
    for (const part of spansOf(HEX_KEY, run, isMixed)) add(part);
  }
  return found;
}

function spansOf(pattern: RegExp, run: string, isSecret: (part: string) => boolean): Span[] {
  return [...run.matchAll(pattern)]
    .filter(([part]) => isSecret(part))
    .map(({ 0: part, index }) => ({ start: index, end: index + part.length }));
}

/** Paths are long, too, but made of words and GUIDs: what counts is what has digits and is longer than most words. */
function isOpaque(run: string): boolean {
  const parts = run.replace(GUID, '').split('/');
  const rest = parts.filter((part) => part.length >= SHORTEST_OPAQUE_PART && /\d/.test(part)).join('');
  return rest.length > LONGEST_READABLE && isMixed(rest);
}

function isMixed(run: string): boolean {
  return /\d/.test(run) && /[A-Za-z]/.test(run);
}

/** A header of a token, whatever follows its dot. */
function startOfToken(run: string): number | undefined {
  let at = 0;
  for (const part of run.split('.').slice(0, -1)) {
    const start = part.search(/(?:^|[^A-Za-z0-9])e[wy]/);
    if (start >= 0 && part.length - start >= 10) return at + part.indexOf('e', start);
    at += part.length + 1;
  }
  return undefined;
}
