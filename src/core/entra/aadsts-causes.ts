import { aadstsNumber } from './aadsts-code.ts';

/** The codes that have one cause in the catalogue. Source: Microsoft, identity-platform/reference-error-codes. */
export const AADSTS_CODES_BY_CAUSE = {
  'aadsts-500011-resource-not-found': [500011, 50001],
  'aadsts-50020-user-not-in-tenant': [50020, 90072, 50034, 51004, 16000],
  'aadsts-50105-not-assigned': [50105, 501051],
  'aadsts-700016-app-not-found': [700016, 700011],
  'aadsts-70011-invalid-scope': [70011, 1002012, 28000, 28002, 28003, 650053, 700022, 700023],
  'aadsts-7000215-invalid-secret': [7000215],
  'aadsts-7000222-secret-expired': [7000222],
  'aadsts-700024-assertion-time-range': [700024],
  'aadsts-700027-certificate-not-registered': [700027],
  'aadsts-700213-federated-credential-mismatch': [700211, 700212, 700213, 7002138, 70021],
  'aadsts-90009-self-token-needs-guid': [90009],
  'aadsts-client-type-mismatch': [9002326, 9002327, 7000218, 700025],
  'conditional-access': [
    ...[50072, 50074, 50076, 50078, 50079, 50097, 50129, 50131, 50158],
    ...[53000, 53001, 53002, 53003, 530003, 53004, 53010, 53011, 530032, 530034, 530035],
  ],
  'consent-required': [90008, 65001, 65004, 90094, 90095],
  'obo-assertion-wrong-audience': [500131],
  'obo-assertion-wrong-token-type': [240002, 90083],
  'refresh-token-expired': [70008, 50132, 50133, 50173, 700082, 700084, 70043],
  'token-from-other-cloud': [90051, 90038, 900382, 900432],
} as const;

/** The causes of the catalogue that an AADSTS code can name. */
export type AadstsCause = keyof typeof AADSTS_CODES_BY_CAUSE;

const CAUSES_BY_CODE = new Map<number, AadstsCause>(
  Object.entries(AADSTS_CODES_BY_CAUSE).flatMap(([cause, codes]) => codes.map((code) => [code, cause as AadstsCause])),
);

/**
 * The one cause a code stands for, given as `AADSTS50011`, `50011` or the number. Undefined for a code that is not known
 * here or has several causes; what such a code means is for `explainAadsts`.
 */
export function causeOfAadsts(code: string | number): AadstsCause | undefined {
  return CAUSES_BY_CODE.get(aadstsNumber(code));
}
