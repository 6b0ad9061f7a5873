import { maskText } from './mask-text.ts';

/** What stands after the cut and still says what before it is a secret: the rest of a key, an end tag, a name. */
const OVERLAP = 16 * 1024;
/** No farther back than this is a line's end or a blank looked for. */
const LONGEST_WORD = 1024;

/**
 * The beginning of a text, with everything that is a credential masked, at most this long. More than that is read: of
 * what is masked after it is cut, the beginning of a key or of a password would stay. Ends where a line or word does,
 * and long before where the text was cut for reading. Linear in the length; never throws.
 */
export function maskBeginning(text: string, longest: number): string {
  const read = longest + OVERLAP;
  const masked = maskText(text.slice(0, read));
  if (text.length <= read) return masked.length <= longest ? masked : toWord(masked, longest);
  return toWord(masked, Math.max(0, Math.min(longest, masked.length - OVERLAP)));
}

function toWord(text: string, longest: number): string {
  const tail = text.slice(Math.max(0, longest - LONGEST_WORD), longest);
  const lineEnd = tail.lastIndexOf('\n');
  const end = lineEnd >= 0 ? lineEnd : tail.lastIndexOf(' ');
  return text.slice(0, end < 0 ? longest : longest - tail.length + end);
}
