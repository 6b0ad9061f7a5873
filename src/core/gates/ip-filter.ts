import type { Gate } from './gate.ts';
import { recogniseReason } from './gateway-reason.ts';
import { openJudgement } from './recognition.ts';

/** The ip-filter policy. From where a call reaches the gateway is not known here, so it never decides. */
export const ipFilter: Gate = {
  id: 'ipFilter',
  judge: (_step, call) => openJudgement(call, [{ cause: 'apim-ip-filtered' }]),
  recognise: (seen) => recogniseReason('ipFilter', 'apim-ip-filtered', ['ip-filter'], seen),
};
