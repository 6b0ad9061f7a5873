import { isLoginHost } from '../azure/login-hosts.ts';
import { findErrorCodes } from '../call/error-codes.ts';
import { type CallResponse, findHeader } from '../call/exchange.ts';
import { readChallenges } from '../call/www-authenticate.ts';
import { isGuid } from '../token/issuer-shape.ts';
import { microsoftApiOf } from '../token/well-known-apps.ts';
import type { CauseId } from './cause-id.ts';
import { meaningOfCode } from './code-causes.ts';
import { judgeEasyAuth } from './easy-auth/easy-auth-judgement.ts';
import type { Candidate, Confidence, Evidence } from './evidence.ts';
import type { Knowledge } from './facts.ts';
import type { Gate, Recognising, Recognition } from './gate.ts';
import type { Finding } from './judgement.ts';
import {
  evidenceOfFinding,
  hasAppServiceSession,
  headerOf,
  NOT_RECOGNISED,
  presenceCause,
  responseFact,
  surenessOfPresence,
  tokenCandidates,
} from './recognition.ts';

const REFUSAL_PAGE = 'You do not have permission to view this directory or page.';
const STEP = { gate: 'easyAuth', hop: 'appService' } as const;
const LOGIN_PATH = /\/\.auth\/login\//;

/** App Service authentication ("Easy Auth"), by its settings where they are known (functions-easyauth.md §4–6). */
export const easyAuth: Gate = {
  id: 'easyAuth',
  judge: judgeEasyAuth,
  recognise(seen) {
    const { response, call } = seen.exchange;
    if (!response) return NOT_RECOGNISED;
    if (call && isPostedLogin(call.method, call.url)) return recogniseClientFlow(seen, response);
    if (response.status === 401) return recogniseUnauthorized(seen, response);
    if (response.status === 403) return recogniseForbidden(seen, response);
    return recogniseRedirect(seen, response);
  },
};

/** `authorization_uri` and `resource_id`, divided by blanks: nobody else challenges so (functions-easyauth.md §5). */
function recogniseUnauthorized(seen: Recognising, response: CallResponse): Recognition {
  const challenge = readChallenges(response.headers).find(
    ({ parameters, raw }) => isGuid(parameters.resource_id ?? '') && parameters.authorization_uri && !raw.includes(','),
  );
  if (challenge) {
    const clientId = challenge.parameters.resource_id ?? '';
    const tenant = tenantOf(challenge.parameters.authorization_uri ?? '');
    const evidence: Evidence[] = [{ id: 'easyAuthChallenge', value: clientId }];
    const facts = { easyAuth: responseFact({ clientId, ...(tenant ? { tenant } : {}) }, seen.nowMs) };
    return {
      confidence: 'certain',
      candidates: candidatesFor(seen, withChallenge(seen.knowledge, facts), evidence),
      facts,
    };
  }
  if (response.body?.text?.trim() === REFUSAL_PAGE) {
    const evidence: Evidence[] = [{ id: 'easyAuthPage' }];
    return { confidence: 'likely', candidates: candidatesFor(seen, seen.knowledge, evidence), facts: {} };
  }
  return recogniseBySettings(seen, response);
}

/** What the challenge says stands beside the settings that are known; they come first. */
function withChallenge(
  knowledge: Knowledge,
  { easyAuth: told }: Pick<NonNullable<Knowledge['target']>, 'easyAuth'>,
): Knowledge {
  const known = knowledge.target?.easyAuth;
  if (!told) return knowledge;
  const merged = known ? { ...known, value: { ...told.value, ...known.value } } : told;
  return { ...knowledge, target: { ...knowledge.target, easyAuth: merged } };
}

/**
 * Presence first; then what the settings refuse, `certain` only where nothing else about the token is wrong; then what
 * they may refuse, and what the profile says of the token.
 */
function candidatesFor(seen: Recognising, knowledge: Knowledge, evidence: Evidence[]): Candidate[] {
  const { call } = seen.exchange;
  if (!call) return [];
  if (hasAppServiceSession(call)) return [{ cause: 'easyauth-session-invalid', confidence: 'likely', evidence }];
  const { verdict, findings } = judgeEasyAuth(STEP, call, knowledge, seen.nowMs);
  if (findings[0]?.cause === 'swa-platform-owns-auth')
    return [{ cause: 'swa-platform-owns-auth', confidence: 'likely', evidence }];
  const presence = presenceCause(call);
  if (presence && call.method === 'OPTIONS') {
    return [
      { cause: 'cors-preflight-unauthenticated', confidence: 'likely', evidence },
      { cause: presence.cause, confidence: 'possible', evidence: [...evidence, presence.evidence] },
    ];
  }
  if (presence?.cause === 'missing-token' && knowledge.target?.kind?.value === 'apim') {
    const absent = [...evidence, presence.evidence];
    // Through a gateway that let the call pass, either it or the caller was to bring the token.
    return [
      {
        cause: 'apim-backend-credential-missing',
        confidence: 'likely',
        evidence: absent,
        faultAt: 'backendCredential',
      },
      { cause: presence.cause, confidence: 'likely', evidence: absent },
    ];
  }
  if (presence) {
    // The page alone is a sentence that anybody may send.
    const confidence = knowledge.target?.easyAuth ? surenessOfPresence(call) : 'likely';
    return [{ cause: presence.cause, confidence, evidence: [...evidence, presence.evidence] }];
  }
  const unauthorized = findings.filter(({ cause }) => cause !== 'easyauth-client-not-allowed');
  const others = tokenCandidates(call, seen.tokenFindings, evidence);
  const judged = unauthorized.map((finding, position): Candidate => {
    const isDecided = verdict === 'refuses' && findings.length === 1;
    return {
      cause: sharpen(finding, seen),
      confidence: isDecided ? 'likely' : position === 0 && verdict === 'refuses' ? 'likely' : 'possible',
      evidence: [...evidence, evidenceOfFinding(finding)],
    };
  });
  return verdict === 'refuses' ? [...judged, ...others] : [...sure(others), ...judged, ...others];
}

/** What no setting can make good: the token is out of its time, of Graph, or of another tenant. */
function sure(candidates: readonly Candidate[]): Candidate[] {
  const causes: readonly CauseId[] = ['token-expired', 'token-not-yet-valid', 'graph-nonce-token', 'aud-is-graph'];
  return candidates.filter(({ cause }) => causes.includes(cause));
}

/** A Graph token's signature is looked at first, and never verifies. */
function sharpen({ cause }: Finding, { exchange }: Recognising): CauseId {
  const { authorization } = exchange.call ?? {};
  const header = authorization?.type === 'bearer' ? authorization.bearer.token?.header : undefined;
  return cause === 'aud-is-graph' && header?.nonce !== undefined ? 'graph-nonce-token' : cause;
}

/** An answer without marks, from an app whose settings are known to refuse the call, or with a validator's own code. */
function recogniseBySettings(seen: Recognising, response: CallResponse): Recognition {
  const { exchange, knowledge } = seen;
  const { call } = exchange;
  const settings = knowledge.target?.easyAuth;
  if (!call || !settings || settings.value.enabled === false || settings.source === 'response') return NOT_RECOGNISED;
  const isBare = response.headersComplete && !findHeader(response.headers, 'www-authenticate');
  const code = findErrorCodes(exchange).find(({ family }) => family === 'idx');
  if (isBare && !code) return NOT_RECOGNISED;
  const { verdict } = judgeEasyAuth(STEP, call, knowledge, seen.nowMs);
  if (verdict !== 'refuses' && !code) return NOT_RECOGNISED;
  const evidence: Evidence[] = code ? [{ id: 'codeInText', value: code.code }] : [{ id: 'settingsRefuse' }];
  const named = (code && meaningOfCode(code)?.causes) ?? [];
  const candidates = candidatesFor(seen, knowledge, evidence).map((candidate): Candidate => {
    const fits = named.length === 0 || named.some((cause) => isSameFault(cause, candidate.cause));
    return fits ? candidate : { ...candidate, confidence: 'possible' };
  });
  const byCode = named.map((cause): Candidate => ({ cause, confidence: 'possible', evidence }));
  return { confidence: 'likely', candidates: [...candidates, ...byCode], facts: {} };
}

function isSameFault(named: CauseId, cause: CauseId): boolean {
  return named === cause || (named.startsWith('aud-') && cause === 'easyauth-audience-not-allowed');
}

/** 403 is what the built-in policy answers, and what the check against forged requests answers to a browser. */
function recogniseForbidden(seen: Recognising, response: CallResponse): Recognition {
  const { exchange, tokenFindings, knowledge, nowMs } = seen;
  const { call } = exchange;
  const isOfMiddleware = findHeader(response.headers, 'x-ms-middleware-request-id') !== undefined;
  const evidence: Evidence[] = isOfMiddleware ? [{ id: 'easyAuthMiddleware' }] : [];
  if (call && isOfMiddleware && hasAppServiceSession(call) && headerOf(call, 'origin'))
    return one('easyauth-csrf-refused', 'likely', evidence);
  if (call?.authorization.type !== 'bearer') return NOT_RECOGNISED;
  const { findings } = judgeEasyAuth(STEP, call, knowledge, nowMs);
  const byPolicy = findings.find(({ cause }) => cause === 'easyauth-client-not-allowed');
  if (byPolicy && knowledge.target?.easyAuth?.source !== 'response')
    return one('easyauth-client-not-allowed', 'likely', [
      ...evidence,
      { id: 'settingsRefuse' },
      evidenceOfFinding(byPolicy),
    ]);
  const isItsPage = isKnownToRun(knowledge) && response.body?.text?.trim() === REFUSAL_PAGE;
  if ((!isOfMiddleware && !isItsPage) || tokenFindings.length > 0) return NOT_RECOGNISED;
  return one('easyauth-client-not-allowed', 'possible', isItsPage ? [...evidence, { id: 'easyAuthPage' }] : evidence);
}

function isKnownToRun({ target }: Knowledge): boolean {
  const settings = target?.easyAuth;
  return settings !== undefined && settings.source !== 'response' && settings.value.enabled !== false;
}

/** A redirect to a login, or the login page it led to. */
function recogniseRedirect({ exchange, nowMs }: Recognising, { status = 0, headers }: CallResponse): Recognition {
  const isRedirect = status >= 300 && status < 400;
  const target = isRedirect ? (findHeader(headers, 'location')?.value ?? '') : (exchange.call?.url ?? '');
  const login = loginOf(target);
  if (!login || (!isRedirect && status !== 200)) return NOT_RECOGNISED;
  const evidence: Evidence[] = [{ id: 'loginRedirect', value: '/.auth/login/' }];
  const { clientId, tenant } = login;
  const facts = { ...(clientId ? { clientId } : {}), ...(tenant ? { tenant } : {}) };
  const recognition = one('easyauth-login-redirect', 'likely', evidence);
  return clientId ? { ...recognition, facts: { easyAuth: responseFact(facts, nowMs) } } : recognition;
}

/** `/.auth/login/…` itself, or Entra's authorize endpoint that will come back to it. */
function loginOf(address: string): { clientId?: string; tenant?: string } | undefined {
  if (/^\/\.auth\/login\//.test(address)) return {};
  if (!URL.canParse(address)) return undefined;
  const { hostname, pathname, searchParams } = new URL(address);
  if (LOGIN_PATH.test(pathname)) return {};
  if (!LOGIN_PATH.test(searchParams.get('redirect_uri') ?? '')) return undefined;
  if (!isLoginHost(hostname)) return {};
  const clientId = searchParams.get('client_id') ?? '';
  const tenant = pathname.split('/')[1] ?? '';
  return { ...(isGuid(clientId) ? { clientId } : {}), ...(isGuid(tenant) ? { tenant } : {}) };
}

function isPostedLogin(method: string, url: string): boolean {
  return method === 'POST' && LOGIN_PATH.test(url);
}

/** A token posted to `/.auth/login/…` has to be for the app itself; one for Graph never verifies. */
function recogniseClientFlow({ exchange }: Recognising, { status }: CallResponse): Recognition {
  if (status !== 401 && status !== 403 && status !== 400) return NOT_RECOGNISED;
  const posted = exchange.call?.bodyToken?.token;
  const evidence: Evidence[] = [{ id: 'postedToken' }];
  const other: Candidate = { cause: 'easyauth-client-flow-refused', confidence: 'possible', evidence };
  const isOfGraph = posted?.header.nonce !== undefined || isGraph(posted?.payload.aud);
  if (!isOfGraph) return { confidence: 'likely', candidates: [{ ...other, confidence: 'likely' }], facts: {} };
  const first: Candidate = { cause: 'graph-nonce-token', confidence: 'likely', evidence };
  return { confidence: 'likely', candidates: [first, other], facts: {} };
}

function isGraph(aud: unknown): boolean {
  return typeof aud === 'string' && microsoftApiOf(aud) === 'Microsoft Graph';
}

function one(cause: CauseId, confidence: Confidence, evidence: Evidence[]): Recognition {
  return { confidence, candidates: [{ cause, confidence, evidence }], facts: {} };
}

function tenantOf(authorizationUri: string): string | undefined {
  if (!URL.canParse(authorizationUri)) return undefined;
  const tenant = new URL(authorizationUri).pathname.split('/')[1] ?? '';
  return isGuid(tenant) ? tenant : undefined;
}
