import type { Check, Evidence, Knowledge } from '../gates/gate.ts';
import type { CauseFacts } from './causes/cause-words.ts';
import type { Diagnosis, RankedCause } from './explain.ts';
import { findOwnScope } from './own-scope.ts';
import { issuerVersion } from './reason-text.ts';

/** What the evidence of a cause, the checks and the profile say for its wording. */
export function factsOf(
  { evidence }: Pick<RankedCause, 'evidence'>,
  { checks, knowledge }: Pick<Diagnosis, 'checks' | 'knowledge'>,
): CauseFacts {
  const ownScope = findOwnScope(knowledge.profile?.value);
  const tokenVersion = versionOf(checks);
  const keyName = keyNameIn(evidence, knowledge);
  return {
    ...(ownScope === undefined ? {} : { ownScope }),
    ...(tokenVersion === undefined ? {} : { tokenVersion }),
    ...(keyName === undefined ? {} : { keyName }),
  };
}

/** Undefined, too, for a version that is neither: the token may say anything. */
function versionOf(checks: readonly Check[]): CauseFacts['tokenVersion'] {
  const { reason, seen } = checks.find(({ cause }) => cause === 'issuer-v1-v2-mismatch') ?? {};
  if (seen === undefined) return undefined;
  if (reason === 'issuerOtherVersion') return issuerVersion(seen);
  return seen === '1.0' ? 'v1' : seen === '2.0' ? 'v2' : undefined;
}

/** The name the answer gives, else the one the settings give; a mere default is not known. */
function keyNameIn(evidence: readonly Evidence[], { target }: Knowledge): string | undefined {
  const { header, query } = target?.subscriptionKey?.value ?? {};
  return evidence.find(({ id }) => id === 'keyChallenge')?.value ?? header ?? query;
}
