const SCOPE_TOKEN = /^[\x21\x23-\x5B\x5D-\x7E]+$/;

/** True for one scope as OAuth writes it: printable ASCII without space, `"` and `\` (RFC 6749 §3.3). */
export function isScopeToken(text: string): boolean {
  return SCOPE_TOKEN.test(text);
}

/**
 * The scopes of one text, split at U+0020 as the `scope` parameter is (RFC 6749 §3.3); none for a text of spaces. Other
 * blanks and unseen characters stay where they are: {@link isScopeToken} refuses them.
 */
export function scopesIn(text: string): string[] {
  return text.split(' ').filter((scope) => scope !== '');
}

/** The first character that no scope has, as `U+00A0`; undefined where every scope of the text is one. */
export function foreignCharacterIn(text: string): string | undefined {
  const found = [...text].find((character) => character !== ' ' && !isScopeToken(character));
  return found && `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
