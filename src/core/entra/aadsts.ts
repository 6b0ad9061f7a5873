import { type AadstsCode, aadstsNumber } from './aadsts-code.ts';
import { AADSTS_ROWS } from './aadsts-texts.ts';

/** What an AADSTS code means. Plain text, own words; source: Microsoft, identity-platform/reference-error-codes. */
export interface AadstsExplanation {
  code: AadstsCode;
  /** One sentence: what it means. */
  meaning: string;
  /** One sentence: what to do. Never to lower protection. */
  remedy: string;
}

/** A row of the table: codes with one text. */
export type AadstsRow = readonly [codes: readonly number[], meaning: string, remedy: string];

let rowsByCode: ReadonlyMap<number, AadstsRow> | undefined;

/**
 * Explains a code, given as `AADSTS50011`, `50011` or the number. Undefined for a code that is not known here: say
 * nothing about it but the server's own words. The table is heavy: a bundle of its own, reached by `import()`; the cause
 * of a code is at hand without it (`causeOfAadsts`).
 */
export function explainAadsts(code: string | number): AadstsExplanation | undefined {
  const number = aadstsNumber(code);
  rowsByCode ??= new Map(AADSTS_ROWS.flatMap((row) => row[0].map((known) => [known, row] as const)));
  const row = rowsByCode.get(number);
  if (!row) return undefined;
  const [, meaning, remedy] = row;
  return { code: `AADSTS${number}`, meaning, remedy };
}
