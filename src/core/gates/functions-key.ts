import { serviceIdAt } from '../azure/service-table.ts';
import type { Call } from '../call/call.ts';
import { type CallResponse, findHeader } from '../call/exchange.ts';
import type { CauseId } from './cause-id.ts';
import type { Candidate, Evidence } from './evidence.ts';
import type { AuthLevel, Knowledge } from './facts.ts';
import type { Gate, Recognition } from './gate.ts';
import type { Judgement } from './judgement.ts';
import { hasEmptyBody, headerOf, NOT_RECOGNISED, openJudgement, passing, queryValue, refusing } from './recognition.ts';

const HEADER = 'x-functions-key';
const QUERY = 'code';

/** The key of an Azure Function: `x-functions-key`, or `code` only when that header is absent (functions-easyauth.md §1). */
export const functionsKey: Gate = {
  id: 'functionsKey',
  judge(_step, call, knowledge) {
    const level = levelOf(call, knowledge);
    if (level === 'anonymous' || hasAssumedKey(call)) return passing(call);
    if (isBehindGateway(knowledge)) return judgeBehindGateway(call, knowledge);
    if (keyIn(call)) return openJudgement(call);
    const finding = { cause: 'function-key-missing', expected: [HEADER] } as const;
    return level
      ? refusing(call, finding)
      : { ...openJudgement(call, [finding]), needs: [{ fact: 'target', member: 'authLevel' }] };
  },
  recognise({ exchange, knowledge }) {
    const { response, call } = exchange;
    if (isWebhookRefusal(response, call)) return recogniseWebhook(call);
    if (response?.status !== 401 || !hasEmptyBody(response)) return NOT_RECOGNISED;
    if (findHeader(response.headers, 'www-authenticate')) return NOT_RECOGNISED;
    const { kind, behind, authLevel } = knowledge.target ?? {};
    const isFunctions =
      kind?.value === 'functions' || behind?.value === 'functions' || authLevel !== undefined || isFunctionUrl(call);
    if (!isFunctions || levelOf(call, knowledge) === 'anonymous') return NOT_RECOGNISED;
    return recogniseEmptyRefusal(call, knowledge);
  },
};

function isBehindGateway({ target }: Knowledge): boolean {
  return target?.kind?.value === 'apim';
}

/** The key is the gateway's to send, and what it sends in its own name is seen by nobody else. */
function judgeBehindGateway(call: Call, { target }: Knowledge): Judgement {
  const isNothingSent = target?.backendCredential?.value === 'none' && keyIn(call) === undefined;
  return isNothingSent ? refusing(call, { cause: 'apim-backend-credential-missing' }) : openJudgement(call);
}

/** `/api/…` on a host of App Service: a function, or a Logic App, or somebody's own path; `/admin/…` is the host's. */
function isFunctionUrl(call: Call | undefined): boolean {
  return serviceIdAt(call?.url) === 'appService' && /^\/(?:api|admin)\//.test(addressOf(call).pathname);
}

function addressOf(call: Call | undefined): { pathname: string } {
  return call && URL.canParse(call.url) ? new URL(call.url) : { pathname: '' };
}

/** Below `/admin/` the host takes no key but the master key, whatever the functions ask for. */
function levelOf(call: Call | undefined, { target }: Knowledge): AuthLevel | undefined {
  const isHosts =
    target?.kind?.value !== 'apim' && isFunctionUrl(call) && addressOf(call).pathname.startsWith('/admin/');
  return isHosts ? 'admin' : target?.authLevel?.value;
}

/** An extension's own endpoint takes its system key and no other: 401, or 403 by the host's scheme (functions-easyauth.md §1). */
function isWebhookRefusal(response: CallResponse | undefined, call: Call | undefined): boolean {
  if (!response || (response.status !== 401 && response.status !== 403)) return false;
  if (!addressOf(call).pathname.startsWith('/runtime/webhooks/')) return false;
  return hasEmptyBody(response) || /\bWebJobsAuthLevel\b/.test(response.trace ?? '');
}

function recogniseWebhook(call: Call | undefined): Recognition {
  const sent = call && keyIn(call);
  const evidence: Evidence[] = [
    sent ? { id: 'keySent', value: sent } : { id: 'noKeySent', value: HEADER, other: 'system' },
  ];
  const cause = sent ? 'function-key-wrong' : 'function-key-missing';
  return { confidence: 'likely', candidates: [{ cause, confidence: 'likely', evidence }], facts: {} };
}

/** A key that stands for the right one in a hypothetical call. */
function hasAssumedKey(call: Call): boolean {
  return headerOf(call, HEADER)?.assumed === true;
}

/**
 * The host answers a missing or wrong key with a bare 401: so does much code, so this is never certain, and likely only
 * when the level is known to demand a key.
 */
function recogniseEmptyRefusal(call: Call | undefined, knowledge: Knowledge): Recognition {
  if (isBehindGateway(knowledge)) return recogniseBehindGateway(call, knowledge);
  const level = levelOf(call, knowledge);
  const known = level === knowledge.target?.authLevel?.value ? level : undefined;
  const isHosts = level !== undefined && known === undefined;
  const confidence = level && call ? 'likely' : 'possible';
  const evidence: Evidence[] = [
    { id: 'emptyUnauthorized' },
    ...(known ? [{ id: 'authLevel', value: known } as const] : []),
  ];
  const sent = call && keyIn(call);
  const withKey: Evidence[] = sent ? [...evidence, { id: 'keySent', value: sent }] : evidence;
  const wrong: Candidate = { cause: 'function-key-wrong', confidence, evidence: withKey };
  // Every key but one fails where the level is admin.
  const needsMaster: Candidate = { cause: 'function-authlevel-needs-master-key', confidence, evidence: withKey };
  const missing: Candidate = {
    cause: 'function-key-missing',
    confidence,
    evidence: [...evidence, { id: 'noKeySent', value: HEADER, ...(isHosts ? { other: 'master' } : {}) }],
  };
  const candidates = !sent ? [missing] : level === 'admin' ? [needsMaster, wrong] : [wrong];
  return { confidence, candidates, facts: {} };
}

/** The same answer through a gateway: what it sends as the backend's key is missing, or wrong. */
function recogniseBehindGateway(call: Call | undefined, { target }: Knowledge): Recognition {
  const sendsKey = target?.backendCredential?.value === 'key';
  const order: readonly CauseId[] = sendsKey
    ? ['apim-backend-credential-wrong', 'apim-backend-credential-missing']
    : ['apim-backend-credential-missing', 'apim-backend-credential-wrong'];
  const confidence = target?.authLevel && call ? 'likely' : 'possible';
  const candidates = order.map(
    (cause, position): Candidate => ({
      cause,
      confidence: position === 0 ? confidence : 'possible',
      evidence: [{ id: 'emptyUnauthorized' }],
      faultAt: 'backendCredential',
    }),
  );
  return { confidence, candidates, facts: {} };
}

/** The name the key was sent under; the header wins, and then the query is never read. */
function keyIn(call: Call): string | undefined {
  if (headerOf(call, HEADER)) return HEADER;
  return queryValue(call, QUERY) === undefined ? undefined : QUERY;
}
