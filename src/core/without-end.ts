/**
 * A text without the given character at its end, however often it stands there. One pass: a pattern such as `/\/+$/` tries
 * every run of the character in the text, and takes the square of its length.
 */
export function withoutEnd(text: string, character: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === character) end--;
  return text.slice(0, end);
}
