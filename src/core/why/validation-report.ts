import type { ValidatorId } from '../entra/api-profile.ts';
import type { CauseId } from '../gates/cause-id.ts';
import type { CheckId, CheckVerdict, ReasonId } from '../gates/check.ts';
import type { ValidatorVerdict, VersionedVerdict } from '../gates/judgement.ts';

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
  /** What the verdict rests on that it should not have to. Whoever shows the verdict shows this with it. */
  caveat?: Caveat;
  /** Name of the library the profile says validates its tokens. */
  validator?: string;
  /** Tolerance on times, and who says so; absent when nobody does. */
  clockSkew?: { seconds: number; from: string };
  /** What validators would answer differently about this token, each as it comes. */
  disagreements?: ReportDisagreement[];
  lines: ReportLine[];
}

/** `oldKeys`: the authority's keys are more than a day old. `givenKey`: the keys were pasted and nobody vouches for them. */
export interface Caveat {
  id: 'oldKeys' | 'givenKey';
  /** Milliseconds since the epoch. */
  keysReadAtMs?: number;
}

export interface ReportDisagreement {
  check: CheckId;
  reason: ReasonId;
  title: string;
  /** One sentence. */
  detail: string;
  answers: ReportAnswer[];
}

export interface ReportAnswer {
  validator: ValidatorId;
  name: string;
  verdict: ValidatorVerdict;
  /** Of a validator whose version decides: from which on it answers how, and the same in words. */
  byVersion?: readonly VersionedVerdict[];
  versions?: string;
}

export interface ReportLine {
  id: CheckId;
  verdict: CheckVerdict;
  reason: ReasonId;
  title: string;
  /** One sentence. */
  detail: string;
  /** On a line that passed: something to know all the same. */
  warning?: true;
  seen?: string;
  expected?: string[];
  /** What to change, best first; one imperative sentence each. */
  change: string[];
  cause?: CauseId;
  /** Full setting id concerned, such as `why401.apis`. */
  setting?: string;
  source?: string;
}
