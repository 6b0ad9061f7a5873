import type { Header } from './call.ts';

/** One challenge of a WWW-Authenticate header. Everything in it is the server's text: a proposal, never a setting. */
export interface Challenge {
  /** As written; empty when parameters came without one. */
  scheme: string;
  /** By lower-case name; of a repeated name the first. Without prototype: only what the server sent is in it. */
  parameters: Readonly<Record<string, string>>;
  /** What follows the scheme when it is no parameter: `Negotiate oRQ…` (token68). */
  token68?: string;
  /** This challenge's part of the header. */
  raw: string;
}

const LONGEST_HEADER = 64 * 1024;
const MOST_CHALLENGES = 32;
const MOST_PARAMETERS = 64;

const SEPARATORS = /[\s,;]*/y;
const WORD = /[^\s,;="()<>@]+/y;
const EQUALS = /[ \t]*=[ \t]*/y;
const QUOTED = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"?/y;
const UNQUOTED = /[^\s,;"]*/y;
const TOKEN68 = /[A-Za-z0-9._~+/-]+=*(?=[ \t]*(?:,|$))/y;

/**
 * The challenges of all WWW-Authenticate headers, in order (RFC 9110 §11.6.1). Also read, because servers send it:
 * parameters divided by spaces (App Service authentication), several challenges in one header or in several headers,
 * unquoted values with characters that want quotes. Reads 64 kB of a header and at most 32 challenges; linear; never throws.
 */
export function readChallenges(headers: readonly Header[]): Challenge[] {
  return headers
    .filter(({ name }) => name.toLowerCase() === 'www-authenticate')
    .flatMap(({ value }) => readHeader(value.slice(0, LONGEST_HEADER)))
    .slice(0, MOST_CHALLENGES);
}

interface OpenChallenge {
  scheme: string;
  parameters: Record<string, string>;
  count: number;
  token68?: string;
  start: number;
  end: number;
}

function readHeader(text: string): Challenge[] {
  const challenges: OpenChallenge[] = [];
  let at = skip(SEPARATORS, text, 0);
  while (at < text.length && challenges.length <= MOST_CHALLENGES) {
    const word = match(WORD, text, at);
    if (word === undefined) {
      // No word can begin with this character: hostile or broken text.
      at = skip(SEPARATORS, text, at + 1);
      continue;
    }
    const afterWord = at + word.length;
    const afterEquals = skip(EQUALS, text, afterWord);
    const open = challenges.at(-1);
    if (afterEquals > afterWord) {
      const challenge = open ?? openChallenge(challenges, '', at);
      const value = valueAt(text, afterEquals);
      setParameter(challenge, word, value.text);
      challenge.end = value.end;
    } else {
      const challenge = openChallenge(challenges, word, at);
      challenge.end = readToken68(challenge, text, afterWord);
    }
    at = skip(SEPARATORS, text, challenges.at(-1)?.end ?? afterWord);
  }
  return challenges.map(({ scheme, parameters, token68, start, end }) => {
    const raw = text.slice(start, end);
    return token68 === undefined ? { scheme, parameters, raw } : { scheme, parameters, token68, raw };
  });
}

function openChallenge(challenges: OpenChallenge[], scheme: string, start: number): OpenChallenge {
  const parameters = Object.create(null) as Record<string, string>;
  const challenge = { scheme, parameters, count: 0, start, end: start + scheme.length };
  challenges.push(challenge);
  return challenge;
}

/** Where the challenge ends: after its token68, if it has one. A word before `,` could be the next scheme: it is not taken. */
function readToken68(challenge: OpenChallenge, text: string, afterScheme: number): number {
  const start = skip(/[ \t]+/y, text, afterScheme);
  if (start === afterScheme) return afterScheme;
  const token = match(TOKEN68, text, start);
  if (token === undefined) return afterScheme;
  challenge.token68 = token;
  return start + token.length;
}

function setParameter(challenge: OpenChallenge, name: string, value: string): void {
  const lowerName = name.toLowerCase();
  if (challenge.count >= MOST_PARAMETERS || lowerName in challenge.parameters) return;
  challenge.parameters[lowerName] = value;
  challenge.count++;
}

function valueAt(text: string, at: number): { text: string; end: number } {
  const quoted = match(QUOTED, text, at);
  if (quoted === undefined) {
    const plain = match(UNQUOTED, text, at) ?? '';
    return { text: plain, end: at + plain.length };
  }
  const inner = quoted.length > 1 && quoted.endsWith('"') ? quoted.slice(1, -1) : quoted.slice(1);
  return { text: inner.replace(/\\([\s\S])/g, '$1'), end: at + quoted.length };
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function skip(pattern: RegExp, text: string, at: number): number {
  return at + (match(pattern, text, at) ?? '').length;
}
