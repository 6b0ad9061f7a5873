import { AZURE_CLOUDS } from '../azure/service.ts';
import { audiencesOf, cloudOfAddress } from '../azure/service-table.ts';
import type { Exchange } from '../call/exchange.ts';
import { isGuid } from '../token/issuer-shape.ts';
import type { CauseId } from './cause-id.ts';
import type { Confidence, Evidence } from './evidence.ts';
import type { Gate, Recognising, Recognition } from './gate.ts';
import type { Finding } from './judgement.ts';
import { NOT_RECOGNISED, presenceCause, surenessOfPresence } from './recognition.ts';
import { claimsCandidate, isAboutContinuousAccess } from './services/claims-challenge.ts';
import {
  evidenceOfCode,
  readServiceError,
  recogniseByCredential,
  recognised,
  type ServiceError,
  surenessOf,
} from './services/service-error.ts';
import { areOfTwoClouds, originOf } from './services/service-hosts.ts';
import {
  appIdOf,
  claimsOf,
  findServiceFaults,
  judgeServiceCall,
  type ServiceExpectation,
} from './services/service-token.ts';

/** Codes nobody else uses: they count without knowing the host. */
const DISTINCTIVE = [
  'InvalidAuthenticationTokenTenant',
  'InvalidAuthenticationTokenAudience',
  'ExpiredAuthenticationToken',
  'AuthenticationFailedInvalidHeader',
  'LinkedAuthorizationFailed',
  'LinkedAccessCheckFailed',
];

/** What may be wrong with a token that was refused without a word why. */
const UNTOLD: readonly CauseId[] = ['token-malformed', 'signature-tampered'];

/** Azure Resource Manager, by the codes of its error bodies (keyvault-arm.md §3). */
export const resourceManager: Gate = {
  id: 'resourceManager',
  judge: (_step, call, _knowledge, nowMs) => judgeServiceCall(call, expectationOf(call.url), nowMs),
  recognise(seen) {
    const { exchange, knowledge } = seen;
    const origin = originOf(exchange, knowledge, 'resourceManager');
    const error = readServiceError(exchange);
    const claims = origin === 'own' ? claimsCandidate(exchange.response) : undefined;
    if (claims) return { confidence: 'certain', candidates: [claims], facts: {} };
    if (!error) return NOT_RECOGNISED;
    const isDistinctive = DISTINCTIVE.includes(error.code) || isAuthorizationFailed(error);
    const isItsWord = isDistinctive || (error.code === 'AuthorizationFailed' && origin === 'unknown');
    if (origin !== 'own' && !isItsWord) return NOT_RECOGNISED;
    return recogniseError(seen, error, surenessOf(origin, isDistinctive, error));
  },
};

/** The bare word is used elsewhere too; with an action and a scope it is Resource Manager's. */
function isAuthorizationFailed({ code, message }: ServiceError): boolean {
  return code === 'AuthorizationFailed' && /action '[^'/]+\/[^']+' over scope '\//.test(message);
}

function expectationOf(url: string): ServiceExpectation {
  const cloud = cloudOfAddress(url);
  const hosts = (cloud === undefined ? AZURE_CLOUDS : [cloud]).flatMap((one) => audiencesOf('resourceManager', one));
  return {
    audiences: hosts.flatMap((host) => [`${host}/`, host]),
    ...appIdOf('resourceManager'),
    audienceCause: 'arm-wrong-audience',
    tenantCause: 'arm-wrong-tenant',
  };
}

function recogniseError(seen: Recognising, error: ServiceError, confidence: Confidence): Recognition {
  const evidence = [evidenceOfCode(error, confidence)];
  switch (error.code) {
    case 'AuthenticationFailed':
      return isRefusedToken(seen.exchange, error)
        ? recogniseToken(seen, error, confidence, evidence)
        : recogniseNoToken(seen, confidence, evidence);
    case 'AuthenticationFailedMissingToken':
      return recogniseNoToken(seen, confidence, evidence);
    case 'AuthenticationFailedInvalidHeader':
      return recogniseHeader(seen, confidence, evidence);
    case 'InvalidAuthenticationTokenAudience':
      return recogniseAudience(error, confidence, evidence);
    case 'InvalidAuthenticationTokenTenant':
      return recogniseTenant(error, confidence, evidence);
    case 'ExpiredAuthenticationToken':
      return recognised(confidence, 'token-expired', evidence);
    case 'InvalidAuthenticationToken':
      return recogniseToken(seen, error, confidence, evidence);
    case 'AuthorizationFailed':
      return recognised(
        confidence,
        'arm-rbac-missing',
        [...evidence, ...refusedEvidence(seen.exchange, error.message)],
        ['permission-propagation-delay'],
      );
    case 'LinkedAuthorizationFailed':
    case 'LinkedAccessCheckFailed':
      return recogniseLinked(error, confidence, evidence);
    default:
      return NOT_RECOGNISED;
  }
}

/** The code is also said of a token that was sent, without a word of a header that is missing. */
function isRefusedToken({ call }: Exchange, { message }: ServiceError): boolean {
  const isSent = call !== undefined && call.authorization.type !== 'none' && presenceCause(call) === undefined;
  return isSent && !/\bmissing\b/.test(message);
}

function recogniseNoToken({ exchange }: Recognising, confidence: Confidence, evidence: Evidence[]): Recognition {
  const presence = presenceCause(exchange.call);
  const all = presence ? [...evidence, presence.evidence] : evidence;
  const isAbsent = confidence === 'certain' && presence?.cause === 'missing-token';
  const sureness = isAbsent ? surenessOfPresence(exchange.call) : 'likely';
  return recognised(confidence, presence?.cause ?? 'missing-token', all, [], sureness);
}

function recogniseHeader({ exchange }: Recognising, confidence: Confidence, evidence: Evidence[]): Recognition {
  const { authorization } = exchange.call ?? {};
  const isOther = authorization?.type === 'other';
  const all: Evidence[] = isOther
    ? [...evidence, { id: 'authorizationScheme', value: authorization.scheme }]
    : evidence;
  const others: CauseId[] = isOther ? [] : ['token-malformed', 'missing-token'];
  return recognised(confidence, 'bearer-prefix-missing', all, others, isOther ? confidence : 'likely');
}

/** `…wrong audience or resource '{found}'… one of the allowed audiences '{a}','{b}'`. */
function recogniseAudience({ message }: ServiceError, confidence: Confidence, evidence: Evidence[]): Recognition {
  const [found, ...allowed] = quotedIn(message.slice(Math.max(0, message.indexOf('audience'))));
  const named: Evidence[] =
    found === undefined ? [] : [{ id: 'audiencesNamed', value: found, other: allowed.slice(0, 4).join(', ') }];
  const isOtherCloud = allowed.length > 0 && allowed.every((audience) => areOfTwoClouds(audience, found ?? ''));
  const cause = isOtherCloud ? 'token-from-other-cloud' : 'arm-wrong-audience';
  return recognised(confidence, cause, [...evidence, ...named], isOtherCloud ? ['arm-wrong-audience'] : []);
}

/** `…must match the tenant 'https://sts.windows.net/{right}/'…`: the tenant to sign in to. */
function recogniseTenant({ message }: ServiceError, confidence: Confidence, evidence: Evidence[]): Recognition {
  const right = guidAfter(message, 'must match');
  const found = guidAfter(message, 'issuer');
  const named: Evidence[] = right === undefined ? [] : [{ id: 'tenantNamed', value: right, other: found ?? '' }];
  return recognised(confidence, 'arm-wrong-tenant', [...evidence, ...named]);
}

function guidAfter(message: string, word: string): string | undefined {
  const at = message.indexOf(word);
  const guid = at < 0 ? undefined : /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(message.slice(at))?.[0];
  return guid !== undefined && isGuid(guid) ? guid.toLowerCase() : undefined;
}

/** The older code for several faults: what the message names, and what the token shows. */
function recogniseToken(
  seen: Recognising,
  error: ServiceError,
  confidence: Confidence,
  evidence: Evidence[],
): Recognition {
  const { message } = error;
  if (/allowed audiences '/.test(message)) return recogniseAudience(error, confidence, evidence);
  if (isAboutContinuousAccess(message)) return recognised(confidence, 'cae-claims-challenge', evidence, [], 'likely');
  const { call } = seen.exchange;
  const claims = claimsOf(call);
  if (/'puid'[^.]{0,40}'oid'/.test(message)) {
    const isWithout = claims !== undefined && claims.oid === undefined;
    const all: Evidence[] = isWithout ? [...evidence, { id: 'claimAbsent', value: 'oid' }] : evidence;
    return recognised(confidence, 'tenant-service-principal-missing', all, [], isWithout ? confidence : 'likely');
  }
  const bearer = call?.authorization.type === 'bearer' ? call.authorization.bearer : undefined;
  const faults: Finding[] = bearer ? findServiceFaults(bearer, expectationOf(call?.url ?? ''), seen.nowMs) : [];
  return recogniseByCredential(seen, faults, confidence, evidence, UNTOLD);
}

function recogniseLinked({ message }: ServiceError, confidence: Confidence, evidence: Evidence[]): Recognition {
  const second =
    /does not have permission to perform action(?:\(s\))? '([^'\r\n]{1,200})'[^']{0,80}'(\/[^'\r\n]{1,500})'/.exec(
      message,
    );
  const named: Evidence[] = [
    ...callerIn(message),
    ...(second ? [{ id: 'actionRefused', value: second[1] ?? '', other: second[2] ?? '' } as const] : []),
  ];
  const others: CauseId[] = second ? [] : ['arm-wrong-tenant', 'permission-propagation-delay'];
  const sureness = second ? confidence : 'likely';
  return recognised(confidence, 'arm-linked-scope-missing', [...evidence, ...named], others, sureness);
}

/** `The client '{name}' with object id '{oid}' … perform action '{action}' over scope '{scope}'`. */
function refusedEvidence({ call }: Exchange, message: string): Evidence[] {
  const action = /action '([^'\r\n]{1,200})'/.exec(message)?.[1];
  const scope = /over scope '(\/[^'\r\n]{0,500})'/.exec(message)?.[1];
  const [caller] = callerIn(message);
  const ownId = claimsOf(call)?.oid;
  const isAnother = caller?.value !== undefined && typeof ownId === 'string' && ownId.toLowerCase() !== caller.value;
  return [
    ...(caller ? [caller] : []),
    ...(isAnother ? [{ id: 'callerIsAnother', value: caller.value ?? '', other: String(ownId) } as const] : []),
    ...(action === undefined ? [] : [{ id: 'actionRefused', value: action, other: scope ?? '' } as const]),
  ];
}

function callerIn(message: string): Evidence[] {
  const objectId = /object id '([0-9a-f-]{36})'/i.exec(message)?.[1]?.toLowerCase();
  return objectId !== undefined && isGuid(objectId) ? [{ id: 'callerSeen', value: objectId }] : [];
}

function quotedIn(text: string): string[] {
  return [...text.matchAll(/'([^'\r\n]{0,400})'/g)].slice(0, 20).map(([, quoted]) => quoted ?? '');
}
