import type { CauseId, Confidence, GateId } from '../gates/gate.ts';

export type StepVerdict = 'passed' | 'refused' | 'unknown' | 'notReached';

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
  /** What would make the answer surer: one sentence each, with the setting to give where there is one. */
  needs: { text: string; setting?: string }[];
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
  refusedAt?: GateId;
  /** What it means, one sentence. */
  means: string;
  evidence: string[];
  /** Best first; `weakens` never first. */
  fixes: ExplainedFix[];
  /** Look-alikes that were ruled out, with the reason. */
  rejected: { id: CauseId; title: string; why: string }[];
  /** Address of the official page or RFC. */
  source?: string;
}

/** `place`: where it is done; `value`: what to set or run, to be copied; `exposes`: what a fix that weakens opens. */
export interface ExplainedFix {
  text: string;
  kind: FixKind;
  place?: string;
  value?: string;
  exposes?: string;
}

/** `call`: change the request; `client`: the caller's registration or sign-in; `target`: the API's, protection kept; `outside`: grant, consent; `weakens`: would pass, and lets others in. */
export type FixKind = 'call' | 'client' | 'target' | 'outside' | 'weakens';
