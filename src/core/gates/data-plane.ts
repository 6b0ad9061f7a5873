import { type AzureServiceId, audiencesOf, SERVICES, serviceAtHost, serviceIdAt } from '../azure/service-table.ts';
import type { Call } from '../call/call.ts';
import { findHeader } from '../call/exchange.ts';
import { readChallenges } from '../call/www-authenticate.ts';
import type { CauseId } from './cause-id.ts';
import type { Confidence, Evidence } from './evidence.ts';
import type { Knowledge } from './facts.ts';
import type { Gate, Recognising, Recognition } from './gate.ts';
import type { Finding } from './judgement.ts';
import {
  headerOf,
  NOT_RECOGNISED,
  openJudgement,
  presenceCause,
  queryValue,
  surenessOfPresence,
} from './recognition.ts';
import { claimsCandidate } from './services/claims-challenge.ts';
import {
  evidenceOfCode,
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
  type ServiceExpectation,
} from './services/service-token.ts';
import { readDataError } from './services/storage-error.ts';

/** First version of Storage that takes a bearer token. */
const FIRST_OAUTH_VERSION = '2017-11-09';

/** Data services whose audiences are all known: a token for another one is refused there. */
const CLOSED_LISTS: readonly AzureServiceId[] = ['storage', 'cognitiveServices', 'batch'];

/** What may be wrong with a token that was refused without a word why. */
const UNTOLD: readonly CauseId[] = ['aud-mismatch', 'token-expired', 'issuer-wrong-tenant'];

/** Data of Azure services: Storage, Service Bus, Azure OpenAI, App Configuration, Batch and their like. */
export const dataPlane: Gate = {
  id: 'dataPlane',
  judge(_step, call, knowledge, nowMs) {
    // A shared key or a signed address is another way in.
    if (call.authorization.type === 'other' || queryValue(call, 'sig') !== undefined) return openJudgement(call);
    if (call.authorization.type === 'none')
      return openJudgement(call, [{ cause: 'missing-token', check: 'structure' }]);
    const judgement = judgeServiceCall(call, expectationOf(call.url, knowledge), nowMs);
    if (judgement.verdict === 'refuses' || !isStorage(call.url, knowledge) || !lacksVersion(call)) return judgement;
    return { ...judgement, verdict: 'refuses', findings: [{ cause: 'storage-version-header-missing' }] };
  },
  recognise(seen) {
    const { exchange, knowledge } = seen;
    const origin = originOf(exchange, knowledge, 'dataPlane');
    const claims = origin === 'own' ? claimsCandidate(exchange.response) : undefined;
    if (claims) return { confidence: 'certain', candidates: [claims], facts: {} };
    const error = readDataError(exchange);
    if (!error) return origin === 'own' ? recogniseBare(seen) : NOT_RECOGNISED;
    // Two words are Storage's alone; every other code counts only from the service itself.
    const isDistinctive =
      error.code === 'AuthorizationPermissionMismatch' || error.code === 'InsufficientAccountPermissions';
    if (origin !== 'own' && !isDistinctive) return recogniseUnplaced(error);
    return recogniseError(seen, error, surenessOf(origin, isDistinctive, error));
  },
};

function expectationOf(url: string, knowledge: Knowledge): ServiceExpectation {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  const placed = serviceAtHost(host);
  // Behind a name of its own, or on this computer, only the setting says that it is Storage.
  const id = isStorage(url, knowledge) ? 'storage' : placed?.id;
  const isKnown = id !== undefined && CLOSED_LISTS.includes(id);
  const cloud = placed?.cloud ?? 'public';
  const names = isKnown ? [id, ...(SERVICES[id].alsoTakes ?? [])] : [];
  return {
    audiences: [
      ...names.flatMap((one) => audiencesOf(one as AzureServiceId, cloud)).flatMap(withAndWithoutSlash),
      // One account's own address is an audience too.
      ...(id === 'storage' && placed ? withAndWithoutSlash(`https://${host}`) : []),
    ],
    ...(isKnown ? appIdOf(id) : {}),
    audienceCause: 'aud-mismatch',
    tenantCause: 'issuer-wrong-tenant',
  };
}

function withAndWithoutSlash(audience: string): string[] {
  return audience.endsWith('/') ? [audience] : [audience, `${audience}/`];
}

function recogniseError(seen: Recognising, error: ServiceError, confidence: Confidence): Recognition {
  const evidence = [evidenceOfCode(error, confidence)];
  const said: Evidence = { id: 'serviceMessage', value: error.message.slice(0, 200) };
  switch (error.code) {
    case 'AuthorizationPermissionMismatch':
    case 'InsufficientAccountPermissions':
    case 'PermissionDenied':
      return recognised(
        confidence,
        'data-plane-role-missing',
        [...evidence, ...actionIn(error)],
        ['permission-propagation-delay'],
      );
    case 'AuthorizationFailure':
    case 'NetworkAclsValidationFailure':
      return recognised(confidence, 'ip-restriction-blocked', evidence, ['data-plane-role-missing'], 'likely');
    case 'AuthenticationTypeDisabled':
    case 'NoAuthenticationInformation':
    case 'KeyBasedAuthenticationNotPermitted':
      return recogniseNoToken(seen, confidence, evidence);
    default:
      if (
        /\b(?:Manage|Send|Listen|EntityRead)\b[^.]{0,60}\bclaims?\b/.test(error.message) ||
        /\bRBAC\b|\bAAD token in data plane\b/.test(error.message)
      )
        return recognised(
          confidence,
          'data-plane-role-missing',
          [...evidence, said, ...actionIn(error)],
          ['permission-propagation-delay'],
          'likely',
        );
      if (/\bMissingToken\b/.test(error.message)) return recogniseNoToken(seen, confidence, evidence);
      if (/\bExpiredToken\b/.test(error.message))
        return recognised(confidence, 'token-expired', [...evidence, said], [], 'likely');
      return recogniseCredential(seen, error, confidence, [...evidence, said]);
  }
}

/** Service Bus through a library, without its host: likely by its words, never more. */
function recogniseUnplaced({ code, message }: ServiceError): Recognition {
  const isServiceBus =
    /\b(?:Manage|Send|Listen|EntityRead)\b[^.]{0,60}\bclaims?\b/.test(message) && /^40[13]/.test(code);
  const isOpenAi = code === 'PermissionDenied' && /\bPrincipal\b|data action/.test(message);
  if (!isServiceBus && !isOpenAi) return NOT_RECOGNISED;
  const evidence: Evidence[] = [{ id: 'serviceMessage', value: message.slice(0, 200) }];
  return recognised('likely', 'data-plane-role-missing', evidence, ['permission-propagation-delay']);
}

/** 401 of a service that says only that the credential will not do. */
function recogniseCredential(
  seen: Recognising,
  { message }: ServiceError,
  confidence: Confidence,
  evidence: Evidence[],
): Recognition {
  const { call, response } = seen.exchange;
  if (response?.status !== 401 && response?.status !== 403 && response?.status !== 400) return NOT_RECOGNISED;
  if (call?.authorization.type === 'none') return recogniseNoToken(seen, confidence, evidence);
  if (call && isStorage(call.url, seen.knowledge) && (lacksVersion(call) || isTooOldVersion(message)))
    return recognised(
      confidence,
      'storage-version-header-missing',
      [...evidence, { id: 'noVersionSent' }],
      [],
      'likely',
    );
  const allowed = /audience[^']{0,40}'([^']{1,300})'.{0,200}?allowed audiences? '([^']{1,300})'/.exec(message);
  const seenAudience = claimsOf(call)?.aud;
  if (allowed && (seenAudience === undefined || seenAudience === allowed[1])) {
    const named: Evidence = { id: 'audiencesNamed', value: allowed[1] ?? '', other: allowed[2] ?? '' };
    const sureness = seenAudience === undefined ? 'likely' : confidence;
    return recognised(confidence, 'aud-mismatch', [...evidence, named], [], sureness);
  }
  const told = presenceCause(call) ? undefined : causeOfDetail(message);
  const faults = faultsOf(seen);
  if (told && !faults.some(({ cause }) => told.includes(cause)))
    return recognised(confidence, told[0], evidence, told.slice(1), 'likely');
  return recogniseByCredential(seen, faults, confidence, evidence, UNTOLD);
}

/** Storage's `AuthenticationErrorDetail` begins with the check that failed. */
function causeOfDetail(message: string): [CauseId, ...CauseId[]] | undefined {
  // Service Bus: `InvalidAudience: …`.
  if (/\bInvalidAudience\b/.test(message)) return ['aud-mismatch'];
  if (/\bInvalidIssuer\b/.test(message)) return ['issuer-wrong-tenant'];
  if (/\bMalformedToken\b/.test(message)) return ['token-malformed', 'bearer-prefix-missing'];
  switch (/\b(Audience|Issuer|Lifetime|Signature) validation failed\b/.exec(message)?.[1]) {
    case 'Audience':
      return ['aud-mismatch'];
    case 'Issuer':
      return ['issuer-wrong-tenant'];
    case 'Lifetime':
      return /not yet valid/.test(message) ? ['token-not-yet-valid'] : ['token-expired', 'token-not-yet-valid'];
    case 'Signature':
      return ['signature-tampered', 'token-from-other-cloud'];
    default:
      return undefined;
  }
}

/** `Authentication scheme Bearer is not supported in this version.` */
function isTooOldVersion(message: string): boolean {
  return /\bBearer is not supported in this version\b/.test(message);
}

/** No code at all: a challenge, or an empty 403 of a service whose token is in order. */
function recogniseBare(seen: Recognising): Recognition {
  const { response, call } = seen.exchange;
  const evidence: Evidence[] = [{ id: 'statusIs', value: String(response?.status) }];
  if (response?.status === 401) {
    const challenge = readChallenges(response.headers).find(({ scheme }) => /^Bearer$/i.test(scheme));
    const said = challenge?.parameters.error_description;
    const all: Evidence[] =
      said === undefined ? evidence : [...evidence, { id: 'bearerChallenge', value: said.slice(0, 200) }];
    if (call?.authorization.type === 'none') return recogniseNoToken(seen, 'likely', all);
    return recogniseByCredential(seen, faultsOf(seen), 'likely', all, UNTOLD);
  }
  if (response?.status !== 403 || !claimsOf(call) || faultsOf(seen).length > 0) return NOT_RECOGNISED;
  const others: CauseId[] = ['ip-restriction-blocked', 'permission-propagation-delay'];
  return recognised('possible', 'data-plane-role-missing', evidence, others);
}

function recogniseNoToken({ exchange }: Recognising, confidence: Confidence, evidence: Evidence[]): Recognition {
  const presence = presenceCause(exchange.call);
  const all = presence ? [...evidence, presence.evidence] : evidence;
  const isAbsent = confidence === 'certain' && presence?.cause === 'missing-token';
  return recognised(
    confidence,
    presence?.cause ?? 'missing-token',
    all,
    [],
    isAbsent ? surenessOfPresence(exchange.call) : 'likely',
  );
}

function faultsOf({ exchange: { call }, knowledge, nowMs }: Recognising): Finding[] {
  const bearer = call?.authorization.type === 'bearer' ? call.authorization.bearer : undefined;
  return bearer ? findServiceFaults(bearer, expectationOf(call?.url ?? '', knowledge), nowMs) : [];
}

function isStorage(url: string, { target }: Knowledge): boolean {
  return target?.kind?.value === 'storage' || isStorageHost(url);
}

function isStorageHost(url: string): boolean {
  return serviceIdAt(url) === 'storage';
}

/** Versions are dates: they compare as text. A call whose headers are not all known lacks nothing for certain. */
function lacksVersion(call: Call): boolean {
  if (call.authorization.type !== 'bearer') return false;
  const version = headerOf(call, 'x-ms-version')?.value ?? queryValue(call, 'api-version');
  return version === undefined ? findHeader(call.headers, 'host') !== undefined : version < FIRST_OAUTH_VERSION;
}

/** Cosmos DB and Azure OpenAI name the action that was refused. */
function actionIn({ message }: ServiceError): Evidence[] {
  const action = /\b(Microsoft\.[A-Za-z]{2,40}(?:\/[A-Za-z*]{1,60}){2,8})/.exec(message)?.[1];
  return action === undefined ? [] : [{ id: 'actionRefused', value: action }];
}
