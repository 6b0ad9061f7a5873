import type { Call } from '../call/call.ts';
import type { PolicyStatement } from '../policy/effective-policy.ts';
import { allLiterals, literalOf } from '../policy/policy-value.ts';
import type { Evidence } from './evidence.ts';
import type { Gate, Recognising, Recognition } from './gate.ts';
import { recogniseReason, statementsOf } from './gateway-reason.ts';
import type { Finding, Judgement } from './judgement.ts';
import { headerOf, openJudgement, passing, readEnvelope, refusing } from './recognition.ts';

/** What clients send though nobody wrote it: its absence in a call as written says nothing. */
const SENT_ANYWAY = ['host', 'user-agent', 'accept', 'accept-encoding', 'connection', 'content-length', 'content-type'];

/** The check-header policy: a header has to be there, with one of the values where it lists some. */
export const checkHeader: Gate = {
  id: 'checkHeader',
  judge({ statement }, call) {
    const judged = statement ? judgeHeader(statement, call) : openJudgement(call);
    const isSure = !statement?.isConditional && !statement?.isUnsound;
    return judged.verdict === 'refuses' && !isSure ? { ...judged, verdict: 'unknown' } : judged;
  },
  recognise: (seen) => {
    const byReason = recogniseReason('checkHeader', 'apim-header-check-failed', ['check-header'], seen);
    return byReason.confidence ? byReason : (recogniseOwnMessage(seen) ?? byReason);
  },
};

function judgeHeader({ policy, line }: PolicyStatement, call: Call): Judgement {
  if (policy.type !== 'checkHeader') return openJudgement(call);
  const name = literalOf(policy.header);
  if (name === undefined) return openJudgement(call);
  const finding: Finding = { cause: 'apim-header-check-failed', place: { line }, expected: [name] };
  const header = headerOf(call, name);
  if (!header) {
    return SENT_ANYWAY.includes(name.toLowerCase()) ? openJudgement(call, [finding]) : refusing(call, finding);
  }
  if (policy.values.length === 0) return passing(call);
  const ignoreCase = literalOf(policy.ignoreCase);
  const wanted = allLiterals(policy.values);
  if (header.masked || !wanted || ignoreCase === undefined) return openJudgement(call, [finding]);
  const fold = (text: string) => (ignoreCase ? text.toLowerCase() : text);
  if (wanted.some((value) => fold(value) === fold(header.value))) return passing(call);
  return refusing(call, { ...finding, seen: header.value, expected: wanted });
}

/** The status and message the policy itself sets. */
function recogniseOwnMessage(seen: Recognising): Recognition | undefined {
  const envelope = readEnvelope(seen.exchange);
  const matching = statementsOf(seen, 'check-header').filter(
    ({ policy }) =>
      policy.type === 'checkHeader' &&
      literalOf(policy.failedMessage) !== undefined &&
      literalOf(policy.failedMessage) === envelope?.message &&
      literalOf(policy.failedStatus) === seen.exchange.response?.status,
  );
  const [own] = matching;
  if (!own) return undefined;
  const confidence = matching.length === 1 && !own.isUnsound ? 'certain' : 'likely';
  const evidence: Evidence = { id: 'ownPolicyMessage', value: envelope?.message ?? '', other: String(own.line) };
  return {
    confidence,
    candidates: [{ cause: 'apim-header-check-failed', confidence, evidence: [evidence] }],
    facts: {},
  };
}
