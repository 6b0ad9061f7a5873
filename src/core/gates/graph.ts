import { audiencesOf, cloudOfAddress, serviceIdAt } from '../azure/service-table.ts';
import type { Call } from '../call/call.ts';
import type { Exchange } from '../call/exchange.ts';
import type { JsonObject } from '../token/token.ts';
import { readStrings } from './bearer/token-under-check.ts';
import type { CauseId } from './cause-id.ts';
import type { Confidence, Evidence } from './evidence.ts';
import type { Gate, Recognising, Recognition } from './gate.ts';
import { NOT_RECOGNISED, presenceCause, surenessOfPresence } from './recognition.ts';
import { claimsCandidate, isAboutContinuousAccess } from './services/claims-challenge.ts';
import { mayOpen } from './services/graph-permissions.ts';
import {
  evidenceOfCode,
  findNumbered,
  readServiceError,
  recogniseByCredential,
  recognised,
  type ServiceError,
  surenessOf,
} from './services/service-error.ts';
import { originOf } from './services/service-hosts.ts';
import {
  appIdOf,
  claimsOf,
  findServiceFaults,
  judgeServiceCall,
  looksLikeIdToken,
  type ServiceExpectation,
} from './services/service-token.ts';

/** Codes nobody else uses: they count without knowing the host. */
const DISTINCTIVE = ['Authorization_RequestDenied', 'Authorization_IdentityNotFound', 'PermissionScopeNotGranted'];
const OPENID = ['openid', 'profile', 'email', 'offline_access'];

/** Microsoft Graph, and Azure AD Graph before it, by the codes of their error bodies (keyvault-arm.md §4). */
export const graph: Gate = {
  id: 'graph',
  judge(_step, call, _knowledge, nowMs) {
    const judgement = judgeServiceCall(call, expectationOf(call.url), nowMs);
    const claims = claimsOf(call);
    if (judgement.verdict === 'refuses' || !claims || !isAppOnly(claims) || !isAboutMe(call.url)) return judgement;
    return { ...judgement, verdict: 'refuses', findings: [{ cause: 'app-only-vs-delegated-mismatch', check: 'kind' }] };
  },
  recognise(seen) {
    const { exchange, knowledge } = seen;
    const origin = originOf(exchange, knowledge, 'graph');
    const claims = origin === 'own' ? claimsCandidate(exchange.response) : undefined;
    if (claims) return { confidence: 'certain', candidates: [claims], facts: {} };
    const error = readServiceError(exchange);
    if (!error) return NOT_RECOGNISED;
    const isDistinctive = DISTINCTIVE.includes(error.code);
    if (origin !== 'own' && !isDistinctive) return NOT_RECOGNISED;
    return recogniseError(seen, error, surenessOf(origin, isDistinctive, error));
  },
};

function expectationOf(url: string): ServiceExpectation {
  const id = serviceIdAt(url) === 'aadGraph' ? 'aadGraph' : 'graph';
  const hosts = audiencesOf(id, cloudOfAddress(url) ?? 'public');
  return {
    audiences: hosts.flatMap((host) => [host, `${host}/`]),
    ...appIdOf(id),
    audienceCause: 'aud-mismatch',
    tenantCause: 'issuer-wrong-tenant',
  };
}

function recogniseError(seen: Recognising, error: ServiceError, confidence: Confidence): Recognition {
  const evidence = [evidenceOfCode(error, confidence)];
  const { status } = seen.exchange.response ?? {};
  if (status === 403 && isMeWithoutUser(seen.exchange.call))
    return recognised(confidence, 'app-only-vs-delegated-mismatch', evidence, ['role-missing'], 'likely');
  switch (error.code) {
    case 'InvalidAuthenticationToken':
      return recogniseToken(seen, error, confidence, evidence);
    case 'Authorization_IdentityNotFound':
      return recognised(confidence, 'tenant-service-principal-missing', evidence);
    case 'Authorization_RequestDenied':
      return recogniseDenied(seen, confidence, evidence);
    case 'NoPermissionsInAccessToken':
      return recogniseWithoutPermissions(seen, confidence, evidence);
    case 'PermissionScopeNotGranted':
      return recognised(confidence, 'scope-missing', evidence, ['consent-required']);
    case 'ErrorAccessDenied':
    case 'ErrorInvalidUser':
    case 'ExtensionError':
      return recogniseExchange(seen, error, confidence, evidence);
    default:
      if (status === 403) return recogniseForbidden(seen, error, confidence, evidence);
      return (
        recogniseOther(seen, error, confidence, evidence) ?? recogniseUnauthorized(seen, error, confidence, evidence)
      );
  }
}

/** One code for many faults: numbers in the message, then what the token shows. */
function recogniseToken(
  seen: Recognising,
  { message }: ServiceError,
  confidence: Confidence,
  evidence: Evidence[],
): Recognition {
  const { exchange, nowMs } = seen;
  const { call } = exchange;
  const bearer = call?.authorization.type === 'bearer' ? call.authorization.bearer : undefined;
  const faults = bearer ? findServiceFaults(bearer, expectationOf(call?.url ?? ''), nowMs) : [];
  const presence = presenceCause(call);
  if (presence?.cause === 'missing-token')
    return recognised(confidence, 'missing-token', [...evidence, presence.evidence], [], surenessOfPresence(call));
  const claims = claimsOf(call);
  if (claims && looksLikeIdToken(claims) && faults.some(({ check }) => check === 'audience'))
    return recognised(confidence, 'id-token-instead-of-access-token', evidence, ['aud-mismatch'], 'likely');
  if (presence || faults.length > 0) return recogniseByCredential(seen, faults, confidence, evidence);
  const told = causeOfMessage(exchange, message, bearer?.token !== undefined);
  const said: Evidence = { id: 'serviceMessage', value: message.slice(0, 200) };
  if (told) return recognised(confidence, told[0], [...evidence, said], told.slice(1), 'likely');
  if (isNearExpiry(claims, nowMs)) return recognised(confidence, 'token-expired', [...evidence, said], [], 'likely');
  if (bearer?.token) return { confidence, candidates: [], facts: {} };
  return recognised(
    confidence,
    'token-malformed',
    [...evidence, said],
    ['aud-mismatch', 'signature-tampered'],
    'possible',
  );
}

/** 80049217: a text Graph cannot parse; 80049228: expired; IDX codes of the library it parses with. */
function causeOfMessage(exchange: Exchange, message: string, isDecoded: boolean): [CauseId, ...CauseId[]] | undefined {
  const idx = findNumbered(exchange, 'idx')?.code ?? '';
  if (/\b80049228\b/.test(message) || idx === 'IDX10223' || /\bexpired\b/.test(message)) return ['token-expired'];
  if (/\b80049217\b/.test(message))
    return isDecoded ? ['aud-mismatch', 'token-malformed'] : ['token-malformed', 'bearer-prefix-missing'];
  if (/^IDX1(?:2[67]\d\d|41\d\d|0508)$/.test(idx)) return ['token-malformed', 'bearer-prefix-missing'];
  if (isAboutContinuousAccess(message)) return ['cae-claims-challenge'];
  if (/Access token is empty/.test(message)) return ['missing-token', 'bearer-prefix-missing'];
  if (/audience/i.test(message)) return ['aud-mismatch'];
  if (/\bsignature\b/i.test(message)) return ['signature-tampered', 'token-malformed'];
  return undefined;
}

/** Within the tolerance that is no finding yet: with a refusal beside it, it is the likely reason. */
function isNearExpiry(claims: JsonObject | undefined, nowMs: number): boolean {
  return typeof claims?.exp === 'number' && claims.exp * 1000 <= nowMs;
}

/** Neither scope nor role: which of them it should have is told by the kind of token. */
function recogniseWithoutPermissions(
  { exchange }: Recognising,
  confidence: Confidence,
  evidence: Evidence[],
): Recognition {
  const claims = claimsOf(exchange.call);
  const isUser = claims !== undefined && !isAppOnly(claims) && claims.scp !== undefined;
  const cause = isUser ? 'scope-missing' : 'role-missing';
  return recognised(
    confidence,
    cause,
    evidence,
    [isUser ? 'role-missing' : 'scope-missing', 'consent-required'],
    'likely',
  );
}

/** Which of the permissions is missing: the token's own say what kind it is and whether a scope could suffice. */
function recogniseDenied({ exchange }: Recognising, confidence: Confidence, evidence: Evidence[]): Recognition {
  const { call } = exchange;
  const claims = claimsOf(call);
  if (!call || !claims) return recognised(confidence, 'scope-missing', evidence, ['role-missing'], 'possible');
  const held = heldEvidence(claims);
  if (isAppOnly(claims)) {
    const roles = readStrings(claims.roles) ?? [];
    const others: CauseId[] =
      roles.length > 0
        ? ['permission-propagation-delay', 'consent-required']
        : ['app-only-vs-delegated-mismatch', 'consent-required'];
    return recognised(confidence, 'role-missing', [...evidence, held], others, 'likely');
  }
  const scopes = scopesOf(claims);
  const suffices =
    scopes.some((scope) => !OPENID.includes(scope.toLowerCase())) && mayOpen(scopes, call.method, call.url);
  if (suffices === true)
    return recognised(confidence, 'directory-role-missing', [...evidence, held], ['scope-missing'], 'likely');
  return recognised(
    confidence,
    'scope-missing',
    [...evidence, held],
    ['directory-role-missing', 'consent-required'],
    'likely',
  );
}

function recogniseExchange(
  { exchange }: Recognising,
  { message }: ServiceError,
  confidence: Confidence,
  evidence: Evidence[],
): Recognition {
  const claims = claimsOf(exchange.call);
  const said: Evidence = { id: 'serviceMessage', value: message.slice(0, 200) };
  const isPolicy = /AppOnly AccessPolicy|OData is disabled|ApplicationAccessPolicy/i.test(message);
  const held = claims ? [...(readStrings(claims.roles) ?? []), ...scopesOf(claims)] : [];
  const hasMail = held.some((permission) =>
    /^(?:Mail|Calendars|Contacts|MailboxSettings|EWS|full_access)/i.test(permission),
  );
  const all = [...evidence, said, ...(claims ? [heldEvidence(claims)] : [])];
  if (isPolicy || hasMail || !claims)
    return recognised(
      confidence,
      'exchange-application-access-policy',
      all,
      ['role-missing', 'scope-missing'],
      'likely',
    );
  return recognised(
    confidence,
    isAppOnly(claims) ? 'role-missing' : 'scope-missing',
    all,
    ['exchange-application-access-policy'],
    'likely',
  );
}

/** `Missing scope permissions… API requires one of '{a, b}'. Scopes on the request '{c}'`, or a workload's own word. */
function recogniseForbidden(
  { exchange }: Recognising,
  { message }: ServiceError,
  confidence: Confidence,
  evidence: Evidence[],
): Recognition {
  const claims = claimsOf(exchange.call);
  const needed = /requires one of '([^'\r\n]{1,400})'/.exec(message)?.[1];
  const all: Evidence[] = [
    ...evidence,
    ...(needed === undefined ? [] : [{ id: 'operationNeeds', value: needed } as const]),
    ...(claims ? [heldEvidence(claims)] : []),
  ];
  const cause = claims && isAppOnly(claims) ? 'role-missing' : 'scope-missing';
  return recognised(confidence, cause, all, ['permission-propagation-delay'], needed ? 'likely' : 'possible');
}

/** Another code of a 401: what the token shows. */
function recogniseUnauthorized(
  seen: Recognising,
  error: ServiceError,
  confidence: Confidence,
  evidence: Evidence[],
): Recognition {
  return seen.exchange.response?.status === 401 ? recogniseToken(seen, error, confidence, evidence) : NOT_RECOGNISED;
}

/** `/me` without a user (400 or 401), or a token that carries neither scope nor role. */
function recogniseOther(
  { exchange }: Recognising,
  { message }: ServiceError,
  confidence: Confidence,
  evidence: Evidence[],
): Recognition | undefined {
  const claims = claimsOf(exchange.call);
  const said: Evidence = { id: 'serviceMessage', value: message.slice(0, 200) };
  const url = exchange.call?.url ?? '';
  if (isAboutMe(url) && (claims ? isAppOnly(claims) : /delegated/.test(message))) {
    const sureness = claims ? confidence : 'likely';
    return recognised(confidence, 'app-only-vs-delegated-mismatch', [...evidence, said], [], sureness);
  }
  const isAboutClaims = /\bscp\b.{0,20}\broles\b/.test(message);
  if (isAboutClaims)
    return recognised(confidence, 'role-missing', [...evidence, said], ['app-only-vs-delegated-mismatch'], 'likely');
  return undefined;
}

/** An application's own token: said by idtyp, else by carrying no scope (entra-tokens §2). */
function isAppOnly({ idtyp, scp, roles, oid, sub }: JsonObject): boolean {
  if (idtyp !== undefined) return idtyp === 'app';
  return scp === undefined && (roles !== undefined || oid === undefined || oid === sub || sub === undefined);
}

/** Nobody is signed in: there is no "me". */
function isMeWithoutUser(call: Call | undefined): boolean {
  const claims = claimsOf(call);
  return call !== undefined && claims !== undefined && isAppOnly(claims) && isAboutMe(call.url);
}

function isAboutMe(url: string): boolean {
  return URL.canParse(url) && /^\/(?:v1\.0|beta)\/me(?:\/|$)/i.test(new URL(url).pathname);
}

function scopesOf({ scp }: JsonObject): string[] {
  return typeof scp === 'string' ? scp.split(/\s+/).filter((scope) => scope !== '') : [];
}

function heldEvidence(claims: JsonObject): Evidence {
  const scopes = scopesOf(claims);
  const roles = readStrings(claims.roles) ?? [];
  return scopes.length > 0
    ? { id: 'permissionsHeld', value: scopes.slice(0, 10).join(' '), other: 'scp' }
    : { id: 'permissionsHeld', value: roles.slice(0, 10).join(' '), other: 'roles' };
}
