/** What nothing of the product may be: a pattern that tries every run of blanks from each of its characters. */
export function squareOfBlanks(text: string): string {
  return text.replace(/\s+$/, '');
}
