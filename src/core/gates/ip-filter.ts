import type { Evidence } from './evidence.ts';
import type { Gate } from './gate.ts';
import { recogniseReason, statementsOf } from './gateway-reason.ts';
import { openJudgement, readEnvelope } from './recognition.ts';

/** The ip-filter policy. From where a call reaches the gateway is not known here, so it never decides. */
export const ipFilter: Gate = {
  id: 'ipFilter',
  judge: (_step, call) => openJudgement(call, [{ cause: 'apim-ip-filtered' }]),
  recognise(seen) {
    const recognition = recogniseReason('ipFilter', 'apim-ip-filtered', ['ip-filter'], seen);
    if (recognition.confidence || statementsOf(seen, 'ip-filter').length === 0) return recognition;
    // What its body says is not documented: the gateway's envelope, of an API whose policy filters addresses.
    const envelope = readEnvelope(seen.exchange);
    if (envelope?.statusCode !== 403 || envelope.message !== 'Forbidden') return recognition;
    const evidence: Evidence[] = [{ id: 'statusIs', value: '403' }];
    return {
      confidence: 'likely',
      candidates: [{ cause: 'apim-ip-filtered', confidence: 'likely', evidence }],
      facts: {},
    };
  },
};
