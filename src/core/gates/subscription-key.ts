import type { Call } from '../call/call.ts';
import { findErrorCodes } from '../call/error-codes.ts';
import { readChallenges } from '../call/www-authenticate.ts';
import type { Candidate, Evidence } from './evidence.ts';
import type { Fact, Knowledge } from './facts.ts';
import type { Gate, Recognising, Recognition } from './gate.ts';
import type { Finding, Judgement } from './judgement.ts';
import {
  headerOf,
  isPreflight,
  NOT_RECOGNISED,
  openJudgement,
  passing,
  queryValue,
  readEnvelope,
  refusing,
  responseFact,
  surenessOfPresence,
  weaker,
} from './recognition.ts';

/** Where API Management looks unless the API says otherwise (apim.md §5: header first, query only without it). */
export const DEFAULT_KEY_NAMES = { header: 'Ocp-Apim-Subscription-Key', query: 'subscription-key' } as const;

const COMMON_KEY_HEADERS = ['ocp-apim-subscription-key', 'x-api-key', 'api-key', 'apikey', 'subscription-key'];
const KEY_SHAPE = /^[0-9a-f]{32}$/i;

/** API Management's subscription key: missing, sent under a name the API does not look at, or not valid for it. */
export const subscriptionKey: Gate = {
  id: 'subscriptionKey',
  judge(_step, call, knowledge) {
    const names = keyNames(knowledge);
    if (headerOf(call, names.header)?.assumed) return passing(call);
    // A wrong key is refused even where none is needed (apim.md §5).
    if (carriesKey(call, names)) return { ...openJudgement(call), isMet: true };
    const isRequired = knowledge.target?.subscriptionRequired?.value;
    if (isRequired === false) return passing(call);
    if (isPreflight(call)) return judgePreflight(call, knowledge);
    const cause = keyElsewhere(call, knowledge)
      ? 'apim-subscription-key-wrong-header'
      : 'apim-subscription-key-missing';
    const finding: Finding = { cause, check: 'structure', expected: [names.header] };
    return isRequired ? refusing(call, finding) : openJudgement(call, [finding]);
  },
  recognise: recogniseKeyRefusal,
};

/** A cors policy answers a preflight before any key is asked for (apim.md §5). */
function judgePreflight(call: Call, { target }: Knowledge): Judgement {
  const policy = target?.policy?.value;
  if (policy?.inbound.some(({ name, isUnsound }) => name === 'cors' && !isUnsound)) return passing(call);
  return openJudgement(call, [{ cause: 'cors-preflight-unauthenticated' }]);
}

function recogniseKeyRefusal({ exchange, knowledge, nowMs }: Recognising): Recognition {
  const { response, call } = exchange;
  const challenge = readChallenges(response?.headers ?? []).find(({ scheme }) =>
    /^AzureApiManagementKey$/i.test(scheme),
  );
  const message = readEnvelope(exchange)?.message ?? '';
  const code = findErrorCodes(exchange).find(
    ({ code: reason }) => reason === 'SubscriptionKeyNotFound' || reason === 'SubscriptionKeyInvalid',
  );
  if (!challenge && (!code || isOtherProduct(exchange.response?.body?.text ?? exchange.text ?? message)))
    return NOT_RECOGNISED;
  const named = challenge?.parameters.name;
  const isHeader = challenge?.parameters.type?.toLowerCase() !== 'query';
  const learnt: Fact<{ header?: string; query?: string }> | undefined = named
    ? responseFact(isHeader ? { header: named } : { query: named }, nowMs)
    : undefined;
  const evidence: Evidence[] = [
    ...(challenge
      ? [{ id: 'keyChallenge', ...(named ? { value: named } : {}), ...(isHeader ? {} : { other: 'query' }) } as const]
      : []),
    ...(code ? [{ id: 'keyMessage', value: code.code } as const] : []),
  ];
  const withNames: Knowledge = learnt
    ? { ...knowledge, target: { ...knowledge.target, subscriptionKey: learnt } }
    : knowledge;
  const isItsOwnAnswer = challenge !== undefined || readEnvelope(exchange)?.statusCode === 401;
  const candidate = whichFault(call, withNames, code?.code, evidence);
  return {
    confidence: isItsOwnAnswer ? 'certain' : 'likely',
    // The sentence alone may be quoted by anybody: only with its challenge or envelope it is the gateway's own.
    candidates: [isItsOwnAnswer ? candidate : { ...candidate, confidence: weaker(candidate.confidence, 'likely') }],
    facts: learnt ? { subscriptionKey: learnt } : {},
  };
}

function whichFault(
  call: Call | undefined,
  knowledge: Knowledge,
  reason: string | undefined,
  evidence: Evidence[],
): Candidate {
  if (reason === 'SubscriptionKeyInvalid') {
    return { cause: 'apim-subscription-key-invalid', confidence: 'certain', evidence };
  }
  if (!call) return { cause: 'apim-subscription-key-missing', confidence: 'likely', evidence };
  const names = keyNames(knowledge);
  if (isPreflight(call) && !carriesKey(call, names)) {
    const preflight: Evidence = { id: 'preflight', value: headerOf(call, 'origin')?.value ?? '' };
    return { cause: 'cors-preflight-unauthenticated', confidence: 'likely', evidence: [...evidence, preflight] };
  }
  if (carriesKey(call, names)) {
    const isAssumedName = !knowledge.profile?.value.subscriptionKey && !knowledge.target?.subscriptionKey;
    // The gateway found no key where it looks, and one was sent where it looks by default: it looks elsewhere.
    if (reason === 'SubscriptionKeyNotFound' && isAssumedName) {
      const more: Evidence = { id: 'keySent', value: names.header };
      return { cause: 'apim-subscription-key-wrong-header', confidence: 'likely', evidence: [...evidence, more] };
    }
    const confidence = reason === undefined ? 'likely' : 'possible';
    return {
      cause: 'apim-subscription-key-invalid',
      confidence,
      evidence: [...evidence, { id: 'keySent', value: names.header }],
    };
  }
  const elsewhere = keyElsewhere(call, knowledge);
  if (elsewhere) {
    const more: Evidence = { id: 'keyUnderOtherName', value: elsewhere, other: names.header };
    return { cause: 'apim-subscription-key-wrong-header', confidence: 'likely', evidence: [...evidence, more] };
  }
  const missing: Evidence = { id: 'noKeySent', value: names.header };
  return {
    cause: 'apim-subscription-key-missing',
    confidence: surenessOfPresence(call),
    evidence: [...evidence, missing],
  };
}

/** Azure AI services speak of a subscription key too, of their own. */
function isOtherProduct(text: string): boolean {
  return text.includes('wrong API endpoint');
}

function keyNames({ target, profile }: Knowledge): { header: string; query: string } {
  return { ...DEFAULT_KEY_NAMES, ...profile?.value.subscriptionKey, ...target?.subscriptionKey?.value };
}

function carriesKey(call: Call, { header, query }: { header: string; query: string }): boolean {
  return headerOf(call, header) !== undefined || queryValue(call, query) !== undefined;
}

/** A header that looks like a subscription key, under a name this API does not look at. */
function keyElsewhere(call: Call, knowledge: Knowledge): string | undefined {
  const expected = keyNames(knowledge).header.toLowerCase();
  return call.headers.find(({ name, value }) => {
    const lower = name.toLowerCase();
    if (lower === expected || lower === 'x-functions-key') return false;
    return COMMON_KEY_HEADERS.includes(lower) || KEY_SHAPE.test(value);
  })?.name;
}
