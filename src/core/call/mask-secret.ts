const MASK = '••••';
/** A shorter secret would be given away in part by two of its characters. */
const LENGTH_THAT_MAY_SHOW_ITS_END = 17;
const SHOWN_CHARACTERS = 2;

const ALREADY_MASKED = /^•{4}[^•]{0,2}$/;

/**
 * `••••`, and the last two characters when there are more than 16, so that two secrets can be told apart; none that could
 * be a mark of the text around them. What is masked already stays.
 */
export function maskSecret(secret: string): string {
  if (ALREADY_MASKED.test(secret)) return secret;
  const end = secret.length < LENGTH_THAT_MAY_SHOW_ITS_END ? '' : secret.slice(-SHOWN_CHARACTERS);
  return /^[\w+/=~.-]*$/.test(end) ? `${MASK}${end}` : MASK;
}

/** Cannot be a secret themselves. */
const BLANKS: readonly RegExp[] = [
  /^(?:<|&lt;|%3C|\\u003c)[\w .,:;'’/()-]{0,80}(?:>|&gt;|%3E|\\u003e)$/i, // <token>, also escaped
  /^\{\{[^{}]{0,80}\}\}$/, // {{token}}
  /^\$\{[^{}]{0,80}\}$/, // ${TOKEN}
  /^\[(?:redacted|masked|hidden|removed|token|snip)[^[\]]{0,80}\]$/i,
  /^[*•●·xX.…#_-]+$/, // ***, xxx, ...
  /^(?:redacted|masked|hidden|removed|secret|token|access[_-]?token|undefined|null)$/i,
];
const STAND_INS: readonly RegExp[] = [
  /^\{[^{}]*\}$/,
  /^\$(?:env:)?[A-Za-z_]\w*$/, // $TOKEN, $env:TOKEN
  /^\$\(.*\)$/, // $(az account get-access-token …)
  /^%\w+%$/,
  /^\[[^[\]]*\]$/,
  /^your[\w -]*$/i,
];
/** A value somebody shortened or masked in the middle: `eyJ0…`, `abc***`. */
const SHORTENED = /\.{3}|…|\*{3}|•{2}|\[(?:redacted|token|masked|snip)[^[\]]*\]/i;

/** True for text that only marks where a secret was, and may be shown: `<token>`, `{{token}}`, `***`. */
export function isBlank(value: string): boolean {
  const text = unquote(value);
  return BLANKS.some((pattern) => pattern.test(text));
}

/** True for text that stands for a secret somebody left out: {@link isBlank}, `$TOKEN`, `eyJ0…`. Not safe to show. */
export function isPlaceholder(value: string): boolean {
  const text = unquote(value);
  return isBlank(text) || STAND_INS.some((pattern) => pattern.test(text)) || SHORTENED.test(text);
}

function unquote(value: string): string {
  return value.trim().replace(/^(["'`])(.*)\1$/, '$2');
}
