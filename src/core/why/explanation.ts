import type { CauseId } from '../gates/cause-id.ts';
import type { Confidence } from '../gates/evidence.ts';
import type { TargetFacts } from '../gates/facts.ts';
import type { Need } from '../gates/judgement.ts';
import type { GateId } from '../gates/step.ts';

/**
 * `passedOrAbsent`: the call got past it, but whether it is there is not known. Before sending,
 * `refused` is the gate that will say no.
 */
export type StepVerdict = 'passed' | 'passedOrAbsent' | 'refused' | 'unknown' | 'notReached';

/** Why a call was refused, in words. Texts are final, in English. */
export interface Explanation {
  /** One sentence: what happened. "API Management refused the call: no subscription key." */
  headline: string;
  /** The path of gates, grouped by hop, in the order the call meets them. Empty when nothing is known of the target. */
  path: PathHop[];
  /** Present when iss, aud or ver is the fault. */
  pair?: TokenPair;
  /** Best first; empty when the call was not refused. */
  causes: ExplainedCause[];
  needs: ExplainedNeed[];
}

/** What would make the answer surer: one sentence, and the setting to give where there is one. */
export interface ExplainedNeed {
  text: string;
  /** Id of the VS Code setting that takes the fact. */
  setting?: string;
  /** The fact it is about; what the extension can learn by a probe has one. */
  fact?: Need['fact'] | keyof TargetFacts;
}

/** What can be said before sending, in words. */
export interface Prediction {
  /** `nothingAgainstIt`: every gate that is known passes; what is not known is in `needs`. Never "looks fine". */
  verdict: 'nothingKnown' | 'willBeRefused' | 'mayBeRefused' | 'nothingAgainstIt';
  /** One line for under the form. */
  text: string;
  /** What would refuse, in the order the call meets it. */
  causes: ExplainedCause[];
  path: PathHop[];
  needs: ExplainedNeed[];
}

export interface PathHop {
  title: string;
  steps: PathStep[];
}

export interface PathStep {
  gate: GateId;
  title: string;
  verdict: StepVerdict;
  /** The gate did not sign its refusal: another one may have answered so. */
  isProbable?: true;
  /** Where in the configuration: "line 7". */
  place?: string;
  /** The policy line behind `place`, from 1. */
  line?: number;
}

/** "token says | profile accepts", one row a claim. */
export interface TokenPair {
  acceptsTitle: string;
  rows: { claim: 'iss' | 'aud' | 'ver'; says: string; accepts: string[]; fits: boolean }[];
}

export interface ExplainedCause {
  id: CauseId;
  title: string;
  confidence: Confidence;
  /** The gate that refused. */
  refusedAt?: GateId;
  /** Where the fault is, when that is another gate than the one that refused. */
  faultAt?: GateId;
  /** What it means, one sentence. */
  means: string;
  evidence: string[];
  /** Best first; `weakens` never first. */
  fixes: ExplainedFix[];
  /** Look-alikes that were ruled out, with the reason. */
  rejected: { id: CauseId; title: string; why: string }[];
  /** Page the rule is from. */
  source?: string;
}

export interface ExplainedFix {
  text: string;
  kind: FixKind;
  /** What a change that weakens lets in. */
  exposes?: string;
  /** Portal place, manifest property or policy line. */
  where?: string;
  /** What to write there; may hold the server's or the token's words. */
  value?: string;
  /** What the extension can do about it: a button. Never on a fix that weakens. */
  action?: FixAction;
  proof?: FixProof;
}

/** What judging again with the change applied gave. `next`: the cause met then. */
export interface FixProof {
  verdict: 'passes' | 'nextRefusal' | 'unknown';
  text: string;
  next?: CauseId;
}

/**
 * What a button may do. Tenants, scopes, claims, authorities and addresses may be the server's words: proposals, to be
 * shown and confirmed before anything is sent.
 */
export type FixAction =
  | { type: 'signInAgain'; scopes?: string[]; tenant?: string }
  | { type: 'freshToken' }
  | { type: 'chooseToken' }
  | { type: 'enterKey'; key: 'functions' | 'subscription' }
  /** `claims`: the JSON text of the challenge, decoded. */
  | { type: 'retryWithClaims'; claims: string }
  | CorrectProfile
  | { type: 'openPolicy'; line: number }
  | { type: 'callUrl'; url: string }
  | { type: 'probe' }
  | { type: 'followChallenge'; authority: string; resource: string };

/** A member of the API profile, and what it has to be. The value may be a server's or a file's. */
export type CorrectProfile =
  | { type: 'correctProfile'; member: 'audiences'; value: readonly string[] }
  | { type: 'correctProfile'; member: 'subscriptionKey'; value: { header?: string; query?: string } };

/** `call`: change the request; `client`: the caller's registration or sign-in; `target`: the API's, protection kept; `outside`: grant, consent; `weakens`: would pass, and lets others in. */
export type FixKind = 'call' | 'client' | 'target' | 'outside' | 'weakens';
