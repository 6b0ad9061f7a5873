import type { CauseId, CheckId, CheckVerdict, ReasonId } from '../gates/gate.ts';

/** The judgement of the bearer check, put into words. One line a check, in the order of the checks, but a failure that explains others
 * comes first. */
export interface ValidationReport {
  verdict: 'passes' | 'refuses' | 'unknown';
  /** One sentence: what an API set up like this profile would do. */
  headline: string;
  /** Name of the API profile; absent when only `why401.tenant` was used. */
  profile?: string;
  /** Where the profile came from, in words: "your user settings", "this workspace". */
  origin: string;
  /** The authority that was trusted, as a URL. */
  authority: string;
  /** Where the keys came from and when, milliseconds since the epoch; absent when no keys were read. */
  keys?: { url: string; readAtMs: number };
  lines: ReportLine[];
}

export interface ReportLine {
  id: CheckId;
  verdict: CheckVerdict;
  reason: ReasonId;
  title: string;
  /** One sentence. */
  detail: string;
  seen?: string;
  expected?: string[];
  /** What to change, best first; one imperative sentence each. */
  change: string[];
  cause?: CauseId;
  /** Full setting id concerned, such as `why401.apis`. */
  setting?: string;
  source?: string;
}
