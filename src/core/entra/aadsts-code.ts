/** `AADSTS50011`: Entra's number for what went wrong. Texts and even causes may change; the number stays. */
export type AadstsCode = `AADSTS${number}`;

const MAX_TEXT_LENGTH = 100_000;

/**
 * The code in an error of the token endpoint: its JSON body, or any text that quotes one. `error_codes` of a body is
 * preferred to its text. Reads the first 100,000 characters; undefined when there is none.
 * Source: Microsoft, "Handling error codes in your application" (reference-error-codes).
 */
export function aadstsCodeIn(text: string): AadstsCode | undefined {
  const start = text.slice(0, MAX_TEXT_LENGTH);
  const listed = /^\s*\{/.test(start) ? firstErrorCode(start) : undefined;
  const number = listed ?? /AADSTS(\d{4,7})(?!\d)/.exec(start)?.[1];
  return number === undefined ? undefined : `AADSTS${Number(number)}`;
}

/** The number of a code given as `AADSTS50011`, `50011` or the number; NaN for anything else. */
export function aadstsNumber(code: string | number): number {
  return Number(/^(?:AADSTS)?(\d{4,7})$/i.exec(String(code))?.[1]);
}

function firstErrorCode(json: string): number | undefined {
  try {
    const body: unknown = JSON.parse(json);
    const codes = typeof body === 'object' && body !== null && 'error_codes' in body ? body.error_codes : undefined;
    const first: unknown = Array.isArray(codes) ? codes[0] : undefined;
    return typeof first === 'number' && Number.isInteger(first) && first >= 1000 && first <= 9_999_999
      ? first
      : undefined;
  } catch {
    return undefined;
  }
}
