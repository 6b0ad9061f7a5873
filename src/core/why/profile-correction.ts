import { DEFAULT_KEY_NAMES } from '../gates/subscription-key.ts';
import type { Diagnosis } from './explain.ts';
import type { CorrectProfile, ExplainedFix } from './explanation.ts';
import type { RankedCause } from './rank-causes.ts';

const IN_SETTINGS = 'the profile in the settings';
const HEADER_NAME = /^[\w-]{1,100}$/;

/** The fix where the profile itself is, or may be, what is wrong: policy or answer contradict it. Undefined elsewhere. */
export function profileCorrection(ranked: RankedCause, diagnosis: Diagnosis): ExplainedFix | undefined {
  return correctAudiences(ranked, diagnosis) ?? correctKeyName(ranked, diagnosis);
}

/** It accepts the token's audience, and the policy that refused the token accepts, by its own text, another API's. */
function correctAudiences({ cause }: RankedCause, { checks, policy }: Diagnosis): ExplainedFix | undefined {
  if (cause !== 'aud-mismatch' || !policy) return undefined;
  const ofProfile = checks.find(({ id }) => id === 'audience');
  const ofPolicy = policy.checks.find(({ id, verdict }) => id === 'audience' && verdict === 'failed');
  const audiences = ofPolicy?.expected ?? [];
  if (ofProfile?.verdict !== 'passed' || audiences.length === 0) return undefined;
  return writeCorrection({ type: 'correctProfile', member: 'audiences', value: audiences }, policy.line);
}

/** API Management's challenge names another header for the key than the one the profile has it sent in. */
function correctKeyName({ evidence }: RankedCause, { knowledge: { profile } }: Diagnosis): ExplainedFix | undefined {
  const challenge = evidence.find(({ id }) => id === 'keyChallenge');
  const named = challenge?.other === 'query' ? undefined : challenge?.value;
  if (!profile || named === undefined || !HEADER_NAME.test(named)) return undefined;
  const { subscriptionKey = {} } = profile.value;
  const sentIn = subscriptionKey.header ?? DEFAULT_KEY_NAMES.header;
  if (named.toLowerCase() === sentIn.toLowerCase()) return undefined;
  return writeCorrection({
    type: 'correctProfile',
    member: 'subscriptionKey',
    value: { ...subscriptionKey, header: named },
  });
}

/** The correction in words. `policyLine`: where the policy says what it accepts. */
export function writeCorrection(action: CorrectProfile, policyLine?: number): ExplainedFix {
  const { member, value } = action;
  const isOfPolicy = member === 'audiences';
  return {
    kind: isOfPolicy ? 'client' : 'call',
    text: isOfPolicy
      ? `If the policy is right, correct the profile: it accepts another audience than line ${policyLine} of the policy.`
      : 'Correct the profile: the API looks for its key in another header than the one the profile names.',
    where: `${IN_SETTINGS}: ${member}`,
    value: `"${member}": ${JSON.stringify(value)}`,
    action,
  };
}
