import type { Fact, TargetFacts } from '../../../../../src/core/gates/facts.ts';
import type { Lab } from '../../../../lab/lab.ts';

/** A call on paper. `token` becomes the Authorization header, unless there is one. */
export interface Draft {
  method: string;
  url: string;
  headers: Record<string, string>;
  token?: string;
  body?: string;
}

/** A call that passes, and what there is to know about its target. */
export interface PassingCall {
  draft(lab: Lab): Promise<Draft>;
  /** The host it would be sent to in Azure: it is in the call, so that it is known even when nothing else is. */
  azureHost?: string;
  /** An entry of `why401.apis`. */
  profile(lab: Lab): Record<string, unknown>;
  /** Everything the operator could tell, of the lab as it is now. */
  facts(lab: Lab): FactValues;
}

/** `TargetFacts` without where they come from. */
export type FactValues = {
  [K in keyof TargetFacts]?: NonNullable<TargetFacts[K]> extends Fact<infer T> ? T : never;
};

export function factsOf(values: FactValues, nowMs: number): TargetFacts {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { value, source: 'file', readAtMs: nowMs }]),
  );
}
