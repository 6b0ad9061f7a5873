import type { Diagnosis } from './explain.ts';
import type { ExplainedFix } from './explanation.ts';
import type { RankedCause } from './rank-causes.ts';

/**
 * The fix where the profile itself may be what is wrong: it accepts the token's audience, and the policy that refused the
 * token accepts, by its own text, another API's. Undefined where the two agree, or one of them does not say.
 */
export function profileCorrection({ cause }: RankedCause, { checks, policy }: Diagnosis): ExplainedFix | undefined {
  if (cause !== 'aud-mismatch' || !policy) return undefined;
  const ofProfile = checks.find(({ id }) => id === 'audience');
  const ofPolicy = policy.checks.find(({ id, verdict }) => id === 'audience' && verdict === 'failed');
  const audiences = ofPolicy?.expected ?? [];
  if (ofProfile?.verdict !== 'passed' || audiences.length === 0) return undefined;
  return {
    kind: 'client',
    text: `If the policy is right, correct the profile: it accepts another audience than line ${policy.line} of the policy.`,
    where: 'the profile in the settings: audiences',
    value: `"audiences": ${JSON.stringify(audiences)}`,
    action: { type: 'correctProfile', member: 'audiences', value: audiences },
  };
}
