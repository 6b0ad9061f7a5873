import type { Call, Header, SchemeFault } from './call.ts';
import { isPlaceholder } from './mask-secret.ts';
import { isKnownScheme } from './scheme-names.ts';

const SHORTEST_JWT_BEGINNING = /^["'`]?e[wy][A-Za-z0-9_-]{8,}/;

/**
 * What a call's headers say about authorization (RFC 9110 §11.6.2, RFC 6750 §2.1). `bearer` has the text in `raw` as it
 * was sent, whatever it is: reading it says what is wrong with it. `unknown` when the value was left out (`<token>`,
 * `{{token}}`, `***`, a masked header). A header that holds a token but is not `Bearer <token>` is `other` with a `fault`.
 * The scheme is never anything but a scheme's name: a key sent without one gives `''`.
 */
export function readAuthorization(headers: readonly Header[]): Call['authorization'] {
  const found = headers.filter(({ name }) => name.toLowerCase() === 'authorization');
  const [header] = found;
  if (!header || (found.length === 1 && header.value.trim() === '' && !header.masked)) {
    return { type: 'none', setBy: 'caller' };
  }
  if (found.length > 1) return other(schemeOf(header.value.trim()), 'severalHeaders');
  return readValue(header);
}

function readValue({ value, masked }: Header): Call['authorization'] {
  const text = value.trim();
  if (isPlaceholder(text)) return unknown('placeholder');
  const scheme = schemeOf(text);
  if (scheme === '') return readWithoutScheme(text, masked === true);
  const credential = text.slice(scheme.length).trim();
  if (scheme.toLowerCase() !== 'bearer') return other(scheme);
  if (/^bearer(?:[ \t:]|$)/i.test(credential)) return other(scheme, 'schemeTwice');
  if (/^:/.test(credential)) return other(scheme, 'noSpace');
  if (masked || isPlaceholder(credential)) return unknown(masked ? 'masked' : 'placeholder');
  if (/,/.test(credential)) return other(scheme, 'severalValues');
  return {
    type: 'bearer',
    bearer: { raw: credential, partial: false, signatures: {} },
    setBy: 'caller',
  };
}

function readWithoutScheme(text: string, masked: boolean): Call['authorization'] {
  if (/^bearer(?:[:=,.]|["'`]?e[wy])/i.test(text)) return other('Bearer', 'noSpace');
  if (masked) return unknown('masked');
  if (SHORTEST_JWT_BEGINNING.test(text) || !/\s/.test(text)) return other('', 'noScheme');
  return other('');
}

/** The scheme's name as written, when it is a known one, or a word before a credential; else empty. */
function schemeOf(text: string): string {
  const word = /^[^\s]*/.exec(text)?.[0] ?? '';
  return isKnownScheme(word) ? word : '';
}

function other(scheme: string, fault?: SchemeFault): Call['authorization'] {
  return fault ? { type: 'other', scheme, fault, setBy: 'caller' } : { type: 'other', scheme, setBy: 'caller' };
}

function unknown(why: string): Call['authorization'] {
  return { type: 'unknown', why, setBy: 'caller' };
}
