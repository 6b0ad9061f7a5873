import { bearerCheck } from './bearer-check.ts';
import type { Gate } from './gate.ts';
import { openJudgement } from './recognition.ts';
import { judgeTokenPolicy } from './token-policy/judge-token-policy.ts';
import { recogniseTokenPolicy } from './token-policy/recognise-token-policy.ts';

/** The validate-jwt policy of API Management: judged by its text, or as the profile's validator while that is not known. */
export const validateJwt: Gate = {
  id: 'validateJwt',
  judge(step, call, knowledge, nowMs) {
    const { statement } = step;
    if (statement?.policy.type === 'token') {
      return judgeTokenPolicy(statement, statement.policy, call, knowledge, nowMs);
    }
    const { findings } = bearerCheck.judge(step, call, knowledge, nowMs);
    return openJudgement(call, findings, [{ fact: 'target', member: 'policy' }]);
  },
  recognise: (seen) => recogniseTokenPolicy('validate-jwt', seen),
};
