import type { AadstsCode } from './aadsts-code.ts';
import { AADSTS_ROWS } from './aadsts-texts.ts';

/** What an AADSTS code means. Plain text, own words; source: Microsoft, identity-platform/reference-error-codes. */
export interface AadstsExplanation {
  code: AadstsCode;
  /** Id in the catalogue of causes, where the code has one cause there. */
  cause?: AadstsCause;
  /** One sentence: what it means. */
  meaning: string;
  /** One sentence: what to do. Never to lower protection. */
  remedy: string;
}

/** The causes of the catalogue that an AADSTS code can name. */
export type AadstsCause =
  | 'aadsts-500011-resource-not-found'
  | 'aadsts-700016-app-not-found'
  | 'aadsts-7000215-invalid-secret'
  | 'aadsts-7000222-secret-expired'
  | 'aadsts-700027-certificate-not-registered'
  | 'aadsts-700024-assertion-time-range'
  | 'aadsts-700213-federated-credential-mismatch'
  | 'aadsts-client-type-mismatch'
  | 'aadsts-70011-invalid-scope'
  | 'aadsts-90009-self-token-needs-guid'
  | 'aadsts-50105-not-assigned'
  | 'aadsts-50020-user-not-in-tenant'
  | 'refresh-token-expired'
  | 'consent-required'
  | 'conditional-access'
  | 'token-from-other-cloud'
  | 'obo-assertion-wrong-audience'
  | 'obo-assertion-wrong-token-type'
  | 'app-only-vs-delegated-mismatch';

/** A row of the table: codes with one text. */
export type AadstsRow = readonly [codes: readonly number[], cause: AadstsCause | '', meaning: string, remedy: string];

let rowsByCode: ReadonlyMap<number, AadstsRow> | undefined;

/**
 * Explains a code, given as `AADSTS50011`, `50011` or the number. Undefined for a code that is not known here: say
 * nothing about it but the server's own words.
 */
export function explainAadsts(code: string | number): AadstsExplanation | undefined {
  const number = Number(/^(?:AADSTS)?(\d{4,7})$/i.exec(String(code))?.[1]);
  rowsByCode ??= new Map(AADSTS_ROWS.flatMap((row) => row[0].map((known) => [known, row] as const)));
  const row = rowsByCode.get(number);
  if (!row) return undefined;
  const [, cause, meaning, remedy] = row;
  return { code: `AADSTS${number}`, ...(cause ? { cause } : {}), meaning, remedy };
}
