const SCHEME =
  /^\s{0,64}(?:[\w-]{1,64}\s{0,8}[:=]\s{0,8})?["'`]?\s{0,8}(?:(?:Bearer|DPoP|JWT|PoP)(?:\s{1,64}|%20|\+))?/i;
const HEADER_START = /(?:^|[^A-Za-z0-9_-])(e(?:yJ|yA|wo|w0|wk))/;
/** What ends a token, by what stands before it. */
const CLOSERS = new Map([
  ['"', /"/],
  ["'", /'/],
  ['`', /`/],
  ['<', />/],
  ['>', /</],
  ['=', /[&;]/],
]);
const LEADING = '"\'`<([{,;&';
const TRAILING = '"\'`>)]},;&';
/** Zero-width characters and the byte order mark, which come along when copied from web pages. */
const INVISIBLE = /[\s\u200b-\u200d\u2060\ufeff]+/g;

/**
 * The text somebody gave *as* a token although no token was found in it, cleaned so that a reading can say what is wrong
 * with the token and not with its surroundings: without header name, scheme, surrounding quotes, brackets and commas,
 * and without white space. Begins at the first thing that looks like a JOSE header, if there is one.
 * Empty when nothing is left. The result is at most as long as the text.
 */
export function candidateToken(text: string): string {
  const started = fromHeaderOn(text) ?? text.replace(SCHEME, '');
  return stripDelimiters(started.replace(INVISIBLE, ''));
}

function fromHeaderOn(text: string): string | undefined {
  const match = HEADER_START.exec(text);
  if (!match) return undefined;
  const start = match.index + match[0].length - 3;
  const closer = CLOSERS.get(text[start - 1] ?? '');
  const end = closer ? text.slice(start).search(closer) : -1;
  return end < 0 ? text.slice(start) : text.slice(start, start + end);
}

function stripDelimiters(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && LEADING.includes(text[start] ?? '')) start++;
  while (end > start && TRAILING.includes(text[end - 1] ?? '')) end--;
  return text.slice(start, end);
}
