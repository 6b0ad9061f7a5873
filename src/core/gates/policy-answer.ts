import { literalOf } from '../policy/policy-value.ts';
import type { Gate } from './gate.ts';
import { statementsOf } from './gateway-reason.ts';
import { NOT_RECOGNISED, openJudgement, passing, readEnvelope, refusing } from './recognition.ts';

/** return-response and mock-response: the policy answers, and no backend is asked. */
export const policyAnswer: Gate = {
  id: 'policyAnswer',
  judge({ statement }, call) {
    const policy = statement?.policy;
    if (policy?.type !== 'returnResponse' && policy?.type !== 'mockResponse') return openJudgement(call);
    const status = literalOf(policy.status);
    if (status === undefined || statement?.isConditional || statement?.isUnsound) return openJudgement(call);
    if (status < 400) return { ...passing(call), answers: true };
    return refusing(call, { cause: 'app-unspecified', seen: String(status), place: { line: statement?.line ?? 1 } });
  },
  /** A policy that returns this very status, in a form that is not the gateway's own: possibly it. */
  recognise(seen) {
    const { status = 0 } = seen.exchange.response ?? {};
    const own = statementsOf(seen, 'return-response').find(
      ({ policy }) => policy.type === 'returnResponse' && literalOf(policy.status) === status,
    );
    if (!own || status < 400 || readEnvelope(seen.exchange)) return NOT_RECOGNISED;
    const evidence = [{ id: 'statusIs', value: String(status) } as const];
    return {
      confidence: 'possible',
      candidates: [{ cause: 'app-unspecified', confidence: 'possible', evidence }],
      facts: {},
    };
  },
};
