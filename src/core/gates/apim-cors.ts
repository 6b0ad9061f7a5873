import type { Call } from '../call/call.ts';
import { findHeader } from '../call/exchange.ts';
import type { PolicyStatement } from '../policy/effective-policy.ts';
import { literalOf, type PolicyValue } from '../policy/policy-value.ts';
import type { Gate, Recognising, Recognition } from './gate.ts';
import { statementsOf } from './gateway-reason.ts';
import type { Judgement } from './judgement.ts';
import { hasEmptyBody, headerOf, NOT_RECOGNISED, openJudgement, passing, refusing } from './recognition.ts';

/** Allowed where the policy lists no methods (Microsoft: cors-policy). */
const USUAL_METHODS = ['GET', 'POST'];

/**
 * The cors policy: it answers a preflight itself; an origin it does not list gets an empty 200, and so does a GET or HEAD
 * of such an origin unless `terminate-unmatched-request` is false (apim.md §5).
 */
export const apimCors: Gate = {
  id: 'apimCors',
  judge({ statement }, call) {
    const judged = statement ? judgeCors(statement, call) : openJudgement(call);
    const isSure = !statement?.isConditional && !statement?.isUnsound;
    if (isSure || judged.verdict === 'unknown') return judged;
    return headerOf(call, 'origin') ? openJudgement(call, judged.findings) : judged;
  },
  recognise: recogniseEmptyOk,
};

function judgeCors({ policy, line }: PolicyStatement, call: Call): Judgement {
  const origin = headerOf(call, 'origin')?.value;
  if (policy.type !== 'cors' || origin === undefined) return passing(call);
  const method = preflightMethod(call);
  const isOriginAllowed = allows(policy.origins, origin, '*');
  const methods =
    policy.methods.length > 0 ? allows(policy.methods, method ?? '', '*') : USUAL_METHODS.includes(method ?? '');
  const isAllowed = isOriginAllowed && (method === undefined ? true : methods);
  if (isAllowed === undefined) return openJudgement(call);
  if (isAllowed) return method === undefined ? passing(call) : { ...passing(call), answers: true };
  const terminates = literalOf(policy.terminatesUnmatched);
  const isRead = call.method === 'GET' || call.method === 'HEAD';
  const expected = policy.origins.flatMap((value) => literalOf(value) ?? []);
  const finding = { cause: 'apim-cors-origin-not-allowed', seen: origin, expected, place: { line } } as const;
  if (method !== undefined || (isRead && terminates === true)) return refusing(call, finding);
  return isRead && terminates === undefined ? openJudgement(call, [finding]) : passing(call);
}

/** What a preflight asks for; undefined for any other call. */
function preflightMethod(call: Call): string | undefined {
  return call.method === 'OPTIONS' ? headerOf(call, 'access-control-request-method')?.value.toUpperCase() : undefined;
}

function allows(list: readonly PolicyValue[], wanted: string, all: string): boolean | undefined {
  const literals = list.map(literalOf);
  if (literals.some((value) => value === all || value?.toLowerCase() === wanted.toLowerCase())) return true;
  return literals.includes(undefined) ? undefined : false;
}

/** An empty 200 to a call with Origin, without the header that would let a browser read it. */
function recogniseEmptyOk(seen: Recognising): Recognition {
  const { exchange, knowledge } = seen;
  const { response, call } = exchange;
  const isOrigin = call !== undefined && headerOf(call, 'origin') !== undefined;
  if (knowledge.target?.kind?.value !== 'apim' || response?.status !== 200 || !isOrigin) return NOT_RECOGNISED;
  const isReadable = findHeader(response.headers, 'access-control-allow-origin') !== undefined;
  const isBrowserCall = ['GET', 'HEAD'].includes(call.method) || preflightMethod(call) !== undefined;
  if (!hasEmptyBody(response) || !response.headersComplete || isReadable || !isBrowserCall) return NOT_RECOGNISED;
  const [own] = statementsOf(seen, 'cors');
  const isRefusedByText = own !== undefined && !own.isUnsound && judgeCors(own, call).verdict === 'refuses';
  const confidence = isRefusedByText ? 'certain' : call.method === 'HEAD' ? 'possible' : 'likely';
  return {
    confidence,
    candidates: [{ cause: 'apim-cors-origin-not-allowed', confidence, evidence: [{ id: 'emptyOk' }] }],
    facts: {},
  };
}
