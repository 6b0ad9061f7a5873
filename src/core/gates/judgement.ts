import type { Call } from '../call/call.ts';
import type { ValidatorId } from '../entra/api-profile.ts';
import type { CauseId } from './cause-id.ts';
import type { Check, CheckId, ReasonId } from './check.ts';
import type { TargetFacts } from './facts.ts';
import type { Place } from './step.ts';

/** A fault a gate met. Under `refuses` it is why; under `unknown` it is what would refuse if the gate is set up so. */
export interface Finding {
  cause: CauseId;
  /** The check of a token that failed; absent where the fault is none of the token's. */
  check?: CheckId;
  seen?: string;
  expected?: readonly string[];
  /** Where the configuration says what is expected. */
  place?: Place;
}

export type ValidatorVerdict = 'accepts' | 'refuses' | 'unknown';

/** What a validator answers from this version on, such as 2.12.0; without `since`: from its first. */
export interface VersionedVerdict {
  since?: string;
  verdict: 'accepts' | 'refuses';
}

/** Validators that changed their answer, in the order of their versions; each has more than one. */
export type ByVersion = Readonly<Partial<Record<ValidatorId, readonly VersionedVerdict[]>>>;

/** One thing about a token that validators do not agree on, by themselves: none of their options set. */
export interface Disagreement {
  check: CheckId;
  reason: ReasonId;
  verdicts: Readonly<Record<ValidatorId, ValidatorVerdict>>;
  /** Of validators whose verdict is `unknown` here: their version decides. */
  byVersion?: ByVersion;
}

/** A fact a gate would need to decide. `target`: a member of {@link TargetFacts}. `answer`, `call`: the whole of it. */
export type Need =
  | { fact: 'profile' | 'token' | 'answer' | 'call' }
  | { fact: 'keys'; metadataUrl: string }
  | { fact: 'target'; member: keyof TargetFacts };

export interface Judgement {
  verdict: 'passes' | 'refuses' | 'unknown';
  checks: Check[];
  findings: Finding[];
  needs: Need[];
  /** Where validators would answer differently about this token; absent when that was not looked at. */
  disagreements?: Disagreement[];
  /** The call as the next step sees it. */
  forwards: Call;
  /** The gate answers the call itself, as CORS does a preflight: no step behind it is reached. */
  answers?: true;
  /** The gate looks at this call however it is set up: a call that was refused behind it has passed it. */
  isMet?: true;
}
