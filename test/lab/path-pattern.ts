/** A path without query: exact, with `*` for any run of characters, or a regular expression. */
export type PathPattern = string | RegExp;

export function pathMatches(pattern: PathPattern, path: string): boolean {
  return toRegExp(pattern).test(path);
}

function toRegExp(pattern: PathPattern): RegExp {
  // A global or sticky expression remembers its last position: a fresh one does not.
  if (pattern instanceof RegExp) return new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
  const literalParts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literalParts.join('.*')}$`, 'i');
}
