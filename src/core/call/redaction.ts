declare const redacted: unique symbol;

/** Text that has been through {@link redact}: the only kind a log, a notification or a file may take. */
export type Redacted = string & { readonly [redacted]: true };

const TOKEN = /\be[wy][A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){1,4}/g;
const LONG_OPAQUE = /[A-Za-z0-9_~+/=-]{40,}/g;

/** Masks everything that looks like a token, a key or a secret: JWTs, and any run of 40 or more opaque characters. */
export function redact(text: string): Redacted {
  return text.replace(TOKEN, 'eyJ…[token]').replace(LONG_OPAQUE, maskOpaque) as Redacted;
}

/** Paths and host names are long too, but they are words: what is masked mixes digits and letters without a word. */
function maskOpaque(run: string): string {
  const looksRandom = /\d/.test(run) && /[A-Za-z]/.test(run) && !/^[\w./-]*\/\.well-known\//.test(run);
  return looksRandom ? `${run.slice(0, 4)}…[${run.length} characters]` : run;
}
