import type { Gate } from './gate.ts';
import { openJudgement } from './recognition.ts';
import { judgeTokenPolicy } from './token-policy/judge-token-policy.ts';
import { recogniseTokenPolicy } from './token-policy/recognise-token-policy.ts';

/** The validate-azure-ad-token policy of API Management, judged by its text. */
export const validateAzureAdToken: Gate = {
  id: 'validateAzureAdToken',
  judge({ statement }, call, knowledge, nowMs) {
    if (statement?.policy.type !== 'token') return openJudgement(call);
    return judgeTokenPolicy(statement, statement.policy, call, knowledge, nowMs);
  },
  recognise: (seen) => recogniseTokenPolicy('validate-azure-ad-token', seen),
};
