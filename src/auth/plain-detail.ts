import { type Redacted, redact } from '../core/call/redaction.ts';

const MAX_LENGTH = 400;

/**
 * Somebody else's words, fit to be shown: on one line, of bounded length, with secrets masked; first those of this very
 * call, then whatever looks like one.
 */
export function plainDetail(text: string, maskSecrets: (text: string) => string): Redacted {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must go
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ');
  const masked = redact(maskSecrets(line)).trim();
  return (masked.length > MAX_LENGTH ? `${masked.slice(0, MAX_LENGTH)}…` : masked) as Redacted;
}
