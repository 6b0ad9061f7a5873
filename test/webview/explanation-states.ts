import type { ExplanationPanelState } from '../../src/protocol/explanation-panel.ts';
import { appRefused, HOSTILE, hostileExplanation, issuerV1, longPath, nothingKnown } from './explanation-mocks.ts';
import { NOW_MS } from './mock-states.ts';

const CURL_OUTPUT = `> GET /orders/v1/orders HTTP/1.1
> Host: contoso.azure-api.net
> Authorization: Bearer ••••
>
< HTTP/1.1 401 Unauthorized
< Content-Type: application/json
<
{"statusCode":401,"message":"Unauthorized. Access token is missing or invalid."}`;

const base: ExplanationPanelState = {
  nowMs: NOW_MS,
  explanation: issuerV1,
  exchanges: 1,
  notes: [],
  sourceText: CURL_OUTPUT,
  canCopyReport: true,
};

/** One state for each thing the explanation panel must be able to show. */
export const EXPLANATION_STATES = {
  issuer: base,
  longPath: { ...base, explanation: longPath, exchanges: 2 },
  appRefused: { ...base, explanation: appRefused },
  logLine: {
    ...base,
    explanation: nothingKnown,
    exchanges: 0,
    notes: ['One token in the text was masked on reading.'],
    sourceText: 'IDX10205: Issuer validation failed.',
  },
  report: {
    ...base,
    exchanges: 0,
    notes: ['Opened from a report. Names in it are replaced by numbers; nothing was checked again.'],
    sourceText: '',
    canCopyReport: false,
  },
  hostile: {
    ...base,
    explanation: hostileExplanation,
    notes: [HOSTILE.image],
    sourceText: `${HOSTILE.script}${'x'.repeat(50_000)}`,
  },
} satisfies Record<string, ExplanationPanelState>;

export type ExplanationStateName = keyof typeof EXPLANATION_STATES;
export const EXPLANATION_STATE_NAMES = Object.keys(EXPLANATION_STATES) as ExplanationStateName[];
