/** Octets, and the `%u0041` that old servers read. */
const ENCODED = /(?:%[0-9a-f]{2})+|%u[0-9a-f]{4}/gi;
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * A text with its percent-encoded octets decoded as UTF-8 (RFC 3986 §2.1), run by run: what is malformed stays as it is
 * and keeps nothing else from being decoded. Decodes once; `+` stays. Never throws.
 */
export function decodePercent(text: string): string {
  return text.includes('%') ? text.replace(ENCODED, decodeRun) : text;
}

/** {@link decodePercent} for a query or a form, where `+` is a blank. */
export function decodeFormText(text: string): string {
  return decodePercent(text.replaceAll('+', ' '));
}

function decodeRun(run: string): string {
  if (/^%u/i.test(run)) return String.fromCharCode(Number.parseInt(run.slice(2), 16));
  const bytes = new Uint8Array(run.length / 3);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(run.slice(at * 3 + 1, at * 3 + 3), 16);
  return utf8.decode(bytes);
}
