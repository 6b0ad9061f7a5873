import type { Call } from '../call/call.ts';
import type { Exchange } from '../call/exchange.ts';
import type { Candidate, Confidence, Exclusion } from './evidence.ts';
import type { Knowledge, TargetFacts } from './facts.ts';
import type { Finding, Judgement } from './judgement.ts';
import type { GateId, Step } from './step.ts';

/** What an answer gives away about one gate. `confidence` is absent when nothing says that this gate answered. */
export interface Recognition {
  confidence?: Confidence;
  /** Best first. */
  candidates: Candidate[];
  /** What became known of the target, with source `response`. */
  facts: TargetFacts;
  rulesOut?: Exclusion[];
}

/** What a gate may look at when it recognises: the answer, the call judged on the way, and what is known. */
export interface Recognising {
  exchange: Exchange;
  /** The gate's own step, when it is on the route; of several the one it would refuse at first. */
  step?: Step;
  /** What the token would be refused for by a validator set up like the profile; at most `likely`. */
  tokenFindings: readonly Finding[];
  knowledge: Knowledge;
  nowMs: number;
}

/**
 * A gate judges and recognises synchronously and purely. `nowMs`: milliseconds since the epoch. `recognise` sees every
 * answer, whether the gate is on the route or not.
 */
export interface Gate {
  id: GateId;
  judge(step: Step, call: Call, knowledge: Knowledge, nowMs: number): Judgement;
  recognise(seen: Recognising): Recognition;
}
