/** One failure met by somebody, as a line of a cases file. Every part may be null; unknown members are not read. */
export interface DiagnosisCase {
  id: string;
  target?: string | null;
  config?: CaseConfig | null;
  request?: {
    method?: string | null;
    path?: string | null;
    headers?: Record<string, string> | null;
    body?: unknown;
  } | null;
  token?: { header?: Record<string, unknown> | null; payload?: Record<string, unknown> | null } | null;
  response?: {
    status?: number | null;
    headers?: Record<string, string> | null;
    body?: unknown;
    trace?: unknown;
  } | null;
  // What follows is the answer: read only after the engine has given its own.
  cause: string;
  also_acceptable?: string[] | null;
  ambiguous?: boolean | null;
  confidence?: string | null;
  needs_notes?: boolean | null;
}

export interface CaseConfig {
  tenant_id?: string | null;
  expected_audience?: string | string[] | null;
  expected_issuer?: string | string[] | null;
  allowed_audiences?: string[] | null;
  required_scopes?: string[] | null;
  required_roles?: string[] | null;
  apim_policy?: string | null;
  auth_level?: string | null;
  authsettings?: unknown;
}

/** The cases of a file of JSON lines, in order; blank lines are left out. */
export function readCases(text: string): DiagnosisCase[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as DiagnosisCase);
}

/** Cases whose cause an expert can tell for sure from what they show. */
export function isStrict({ confidence, ambiguous, needs_notes }: DiagnosisCase): boolean {
  return (confidence === 'confirmed' || confidence === 'evident') && !ambiguous && !needs_notes;
}

/** Cases that are scored: the others are printed only. */
export function isScored({ confidence, needs_notes }: DiagnosisCase): boolean {
  return confidence !== 'unresolved' && !needs_notes;
}
