import type { Gate } from './gate.ts';
import { recogniseReason } from './gateway-reason.ts';
import { openJudgement } from './recognition.ts';

/** rate-limit and rate-limit-by-key: how many calls were made already is not known (apim.md §4). */
export const rateLimit: Gate = {
  id: 'rateLimit',
  judge: (_step, call) => openJudgement(call),
  recognise: (seen) => recogniseReason('rateLimit', 'apim-rate-limited', ['rate-limit', 'rate-limit-by-key'], seen),
};

/** quota and quota-by-key; they answer 403, not 429 (apim.md §4). */
export const quota: Gate = {
  id: 'quota',
  judge: (_step, call) => openJudgement(call),
  recognise: (seen) => recogniseReason('quota', 'apim-quota-exceeded', ['quota', 'quota-by-key'], seen),
};
