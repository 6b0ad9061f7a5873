import type { Call } from '../call/call.ts';
import { findHeader } from '../call/exchange.ts';
import type { Candidate, Evidence, Gate, Knowledge, Recognition } from './gate.ts';
import { hasEmptyBody, headerOf, NOT_RECOGNISED, openJudgement, passing, queryValue, refusing } from './recognition.ts';

const HEADER = 'x-functions-key';
const QUERY = 'code';

/** The key of an Azure Function: `x-functions-key`, or `code` only when that header is absent (functions-easyauth.md §1). */
export const functionsKey: Gate = {
  id: 'functionsKey',
  judge(_step, call, knowledge) {
    const level = knowledge.target?.authLevel?.value;
    if (level === 'anonymous') return passing(call);
    if (keyIn(call)) return openJudgement(call);
    const finding = { cause: 'function-key-missing', check: 'structure', expected: [HEADER] } as const;
    return level ? refusing(call, finding) : openJudgement(call, [finding]);
  },
  recognise({ exchange, knowledge }) {
    const { response, call } = exchange;
    if (response?.status !== 401 || !hasEmptyBody(response)) return NOT_RECOGNISED;
    if (findHeader(response.headers, 'www-authenticate')) return NOT_RECOGNISED;
    const { kind, behind, authLevel } = knowledge.target ?? {};
    const isFunctions = kind?.value === 'functions' || behind?.value === 'functions' || authLevel !== undefined;
    if (!isFunctions || authLevel?.value === 'anonymous') return NOT_RECOGNISED;
    return recogniseEmptyRefusal(call, knowledge);
  },
};

/**
 * The host answers a missing or wrong key with a bare 401: so does much code, so this is never certain, and likely only
 * when the level is known to demand a key.
 */
function recogniseEmptyRefusal(call: Call | undefined, knowledge: Knowledge): Recognition {
  const level = knowledge.target?.authLevel?.value;
  const confidence = level && call ? 'likely' : 'possible';
  const evidence: Evidence[] = [
    { id: 'emptyUnauthorized' },
    ...(level ? [{ id: 'authLevel', value: level } as const] : []),
  ];
  const sent = call && keyIn(call);
  const candidates: Candidate[] = sent
    ? [
        { cause: 'function-key-wrong', confidence, evidence: [...evidence, { id: 'keySent', value: sent }] },
        ...(level === 'admin'
          ? [{ cause: 'function-authlevel-needs-master-key', confidence: 'possible', evidence } as const]
          : []),
      ]
    : [{ cause: 'function-key-missing', confidence, evidence: [...evidence, { id: 'noKeySent', value: HEADER }] }];
  return { confidence, candidates, facts: {} };
}

/** The name the key was sent under; the header wins, and then the query is never read. */
function keyIn(call: Call): string | undefined {
  if (headerOf(call, HEADER)) return HEADER;
  return queryValue(call, QUERY) === undefined ? undefined : QUERY;
}
