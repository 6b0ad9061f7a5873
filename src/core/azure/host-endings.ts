/** As many names as the longest host or domain of a table here has. */
const MOST_LABELS = 8;

/** A host name, and what it ends in from dot to dot, the longest first; of a longer one only the last {@link MOST_LABELS} names. */
export function endingsOf(host: string): string[] {
  const endings: string[] = [];
  for (let at = host.length; at >= 0 && endings.length < MOST_LABELS; ) {
    at = at === 0 ? -1 : host.lastIndexOf('.', at - 1);
    endings.unshift(host.slice(at + 1));
  }
  return endings;
}
