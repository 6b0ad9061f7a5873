import { AZURE_CLOUDS } from '../azure/service.ts';
import { audiencesOf, cloudOfAddress, serviceIdAt } from '../azure/service-table.ts';
import { type CallResponse, type Exchange, findHeader } from '../call/exchange.ts';
import { readChallenges } from '../call/www-authenticate.ts';
import { isGuid } from '../token/issuer-shape.ts';
import type { Candidate, Confidence, Evidence } from './evidence.ts';
import type { Knowledge, VaultFacts } from './facts.ts';
import type { Gate, Recognising, Recognition } from './gate.ts';
import { headerOf, NOT_RECOGNISED, presenceCause, responseFact, surenessOfPresence } from './recognition.ts';
import { claimsCandidate } from './services/claims-challenge.ts';
import {
  evidenceOfCode,
  findNumbered,
  readServiceError,
  recogniseByCredential,
  recognised,
  type ServiceError,
  surenessOf,
} from './services/service-error.ts';
import { areOfTwoClouds, isHostOf, type Origin, originOf } from './services/service-hosts.ts';
import { appIdOf, findServiceFaults, judgeServiceCall, type ServiceExpectation } from './services/service-token.ts';
import { callerEvidence, readVaultRefusal } from './services/vault-refusal.ts';

/** Microsoft's own tenants, which every vault lists too: not the one to sign in to. */
const MICROSOFT_TENANTS = [
  '72f988bf-86f1-41af-91ab-2d7cd011db47',
  'f8cdef31-a31e-4b4a-93e4-5f571e91255a',
  'e2d54eb5-3869-4f70-8578-dee5fc7331f4',
  '33e01921-4d64-4f8c-a055-5bdaffd5e33d',
  '975f013f-7f24-47e8-a7d3-abc4752bf346',
];
const VAULT_CODE = /^ForbiddenBy(?:Policy|Rbac|Firewall|Connection)$/;
/** Clients that ask once without a token on purpose, to learn tenant and resource. */
const SDK = /^(?:azsdk-|Azure-SDK|AZURECLI|python\/.*azure-keyvault)/i;

/** Key Vault and Managed HSM: the challenge, AKV codes, access policies, roles, firewall (keyvault-arm.md §1, §2). */
export const keyVault: Gate = {
  id: 'keyVault',
  judge(_step, call, knowledge, nowMs) {
    const needs = knowledge.target?.vault?.value.tenant ? [] : [{ fact: 'target', member: 'vault' } as const];
    return judgeServiceCall(call, expectationOf({ call }, knowledge), nowMs, needs);
  },
  recognise(seen) {
    const { exchange, knowledge } = seen;
    const origin = originOf(exchange, knowledge, 'keyVault');
    const vault = readVaultChallenge(exchange, origin);
    const recognition = recogniseMismatch(seen, vault) ?? recogniseAnswer(seen, origin, vault);
    const facts = { ...vault, ...recognition.vault };
    const learnt = Object.keys(facts).length > 0 ? { vault: responseFact(facts, seen.nowMs) } : {};
    return { confidence: recognition.confidence, candidates: recognition.candidates, facts: learnt } as Recognition;
  },
};

type VaultRecognition = Pick<Recognition, 'confidence' | 'candidates'> & { vault?: VaultFacts };

/** `Bearer authorization="{authority}/{tenant}", resource="{audience}"`: a proposal of the server's. */
function readVaultChallenge({ response, call }: Exchange, origin: Origin): VaultFacts | undefined {
  const parameters = readChallenges(response?.headers ?? []).find(
    (challenge) => challenge.parameters.authorization && (challenge.parameters.resource ?? challenge.parameters.scope),
  )?.parameters;
  const resource = parameters?.resource ?? parameters?.scope?.replace(/\/\.default$/, '');
  if (!parameters?.authorization || resource === undefined) return undefined;
  const isVault =
    origin === 'own' ||
    isVaultResource(resource) ||
    findHeader(response?.headers ?? [], 'x-ms-keyvault-service-version') !== undefined ||
    isVaultPath(call?.url ?? '');
  if (!isVault) return undefined;
  const authority = parameters.authorization;
  const tenant = URL.canParse(authority) ? (new URL(authority).pathname.split('/')[1] ?? '') : '';
  return { authority, resource, ...(isGuid(tenant) ? { tenant } : {}) };
}

function isVaultResource(resource: string): boolean {
  return URL.canParse(resource) && isHostOf(`x.${new URL(resource).hostname}`, 'keyVault');
}

/** An emulator has another host: its paths and version are a vault's all the same. */
function isVaultPath(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { pathname, searchParams } = new URL(url);
  return /^\/(?:secrets|keys|certificates)(?:\/|$)/.test(pathname) && searchParams.has('api-version');
}

/** What the vault is known, or by its host has, to expect. */
function expectationOf({ call }: Exchange, { target }: Knowledge): ServiceExpectation {
  const { resource, tenant } = target?.vault?.value ?? {};
  const isHsm = serviceIdAt(call?.url) === 'managedHsm';
  const cloud = cloudOfAddress(call?.url ?? '');
  // An address of its own names no cloud: any of them may be meant.
  const byHost = (cloud === undefined ? AZURE_CLOUDS : [cloud]).flatMap((one) => audiencesOf('keyVault', one));
  return {
    audiences: isHsm ? [] : resource === undefined ? byHost : [resource],
    ...appIdOf('keyVault'),
    ...(tenant === undefined ? {} : { tenant }),
    audienceCause: 'keyvault-wrong-resource',
    tenantCause: 'keyvault-issuer-wrong-tenant',
  };
}

/** The SDK refuses a challenge whose resource is not the end of the vault's host; its error names the option for that. */
function recogniseMismatch({ exchange }: Recognising, vault: VaultFacts | undefined): VaultRecognition | undefined {
  const told = `${exchange.text ?? ''}\n${exchange.response?.trace ?? ''}`;
  const isTold =
    /disableChallengeResourceVerification|DisableChallengeResourceVerification|azsdk\/blog\/vault-uri/.test(told);
  if (!isTold) return undefined;
  const host = URL.canParse(exchange.call?.url ?? '') ? new URL(exchange.call?.url ?? '').host : '';
  const evidence: Evidence[] = [{ id: 'challengeHost', value: vault?.resource ?? '', other: host }];
  return recognised('likely', 'keyvault-challenge-resource-mismatch', evidence);
}

function recogniseAnswer(seen: Recognising, origin: Origin, vault: VaultFacts | undefined): VaultRecognition {
  const { response } = seen.exchange;
  const akv = findNumbered(seen.exchange, 'akv');
  const error = readServiceError(seen.exchange);
  const claims = origin === 'own' || vault ? claimsCandidate(response) : undefined;
  if (claims) return { confidence: surenessOf(origin, vault !== undefined), candidates: [claims] };
  if (akv) return recogniseAkv(seen, akv.code, akv.message ?? '', surenessOf(origin, akv.where === 'errorCode'));
  const inner = error?.innerCode ?? '';
  // Resource Manager passes the inner code on as the code itself (keys of a vault are resources there).
  const isVaultCode = VAULT_CODE.test(inner) || VAULT_CODE.test(error?.code ?? '');
  const isPolicyRefusal = inner === 'AccessDenied' && error?.code === 'Forbidden';
  if (error && (isVaultCode || (isPolicyRefusal && (origin === 'own' || readVaultRefusal(error.message).vaultName))))
    return recogniseForbidden(seen, error, surenessOf(origin, true, error));
  if (response?.status === 403 && error?.code === 'Forbidden' && origin === 'own')
    return recognised(
      surenessOf(origin, true),
      'keyvault-access-policy-missing',
      [evidenceOfCode(error, 'certain')],
      ['keyvault-rbac-missing', 'keyvault-network-blocked'],
      'possible',
    );
  if (response?.status !== 401 || (origin !== 'own' && !vault)) return NOT_RECOGNISED;
  return recogniseUnauthorized(seen, response, error, origin, vault);
}

function recogniseAkv(seen: Recognising, code: string, message: string, confidence: Confidence): VaultRecognition {
  const { exchange, knowledge } = seen;
  const evidence: Evidence[] = [evidenceOfCode({ code, message }, confidence)];
  switch (code) {
    case 'AKV10000':
      return recogniseNoToken(seen, confidence, evidence);
    case 'AKV10022': {
      const [, expected, found] = /Expected (\S{1,200}?), found: (\S{0,400}?)\.?$/.exec(message) ?? [];
      const named: Evidence[] =
        expected === undefined ? [] : [{ id: 'audiencesNamed', value: found ?? '', other: expected }];
      const isOtherCloud = areOfTwoClouds(expected ?? '', found ?? '');
      const cause = isOtherCloud ? 'token-from-other-cloud' : 'keyvault-wrong-resource';
      const others = isOtherCloud ? (['keyvault-wrong-resource'] as const) : [];
      const vault = expected && isVaultResource(expected) ? { resource: expected } : {};
      return { ...recognised(confidence, cause, [...evidence, ...named], others), vault };
    }
    case 'AKV10032': {
      const { list, found } = issuersNamedIn(message);
      const tenant = [...list.matchAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi)]
        .map(([guid]) => guid.toLowerCase())
        .find((guid) => !MICROSOFT_TENANTS.includes(guid));
      const named: Evidence[] = tenant === undefined ? [] : [{ id: 'tenantNamed', value: tenant, other: found }];
      const vault = tenant === undefined ? {} : { tenant };
      return { ...recognised(confidence, 'keyvault-issuer-wrong-tenant', [...evidence, ...named]), vault };
    }
    case 'AKV10046':
      return recognised(confidence, 'signing-key-not-found', evidence);
    default:
      return recogniseByCredential(seen, faultsOf(exchange, knowledge, seen.nowMs), confidence, evidence);
  }
}

const EXPECTED = 'Expected one of ';
const FOUND = ' found ';

/** `AKV10032: Invalid issuer. Expected one of https://sts.windows.net/…/, …, found https://sts.windows.net/…/.` */
function issuersNamedIn(message: string): { list: string; found: string } {
  const start = message.indexOf(EXPECTED);
  const end = message.lastIndexOf(FOUND);
  const found = message.slice(end + FOUND.length).replace(/\.$/, '');
  const isNamed = start >= 0 && end >= start + EXPECTED.length && !/\s/.test(found);
  return isNamed ? { list: message.slice(start + EXPECTED.length, end), found } : { list: '', found: '' };
}

/** Without a token: the dance of an SDK, when the client is one; else a token that was forgotten, or taken off. */
function recogniseNoToken({ exchange }: Recognising, confidence: Confidence, evidence: Evidence[]): VaultRecognition {
  const { call } = exchange;
  const agent = call && headerOf(call, 'user-agent')?.value;
  if (agent !== undefined && SDK.test(agent) && !/AZURECLI/.test(agent)) {
    const seen: Evidence = { id: 'sdkCalls', value: agent.slice(0, 100) };
    return recognised(confidence, 'keyvault-challenge-expected', [...evidence, seen], ['missing-token'], 'likely');
  }
  const presence = presenceCause(call) ?? { cause: 'missing-token' as const, evidence: undefined };
  const all = presence.evidence ? [...evidence, presence.evidence] : evidence;
  const isWhole = agent === undefined || !SDK.test(agent);
  const sureness = isWhole && presence.evidence ? weakerOf(confidence, surenessOfPresence(call)) : 'likely';
  return recognised(confidence, presence.cause, all, ['keyvault-challenge-expected'], sureness);
}

function weakerOf(a: Confidence, b: Confidence): Confidence {
  return a === 'certain' ? b : a;
}

function recogniseForbidden({ exchange }: Recognising, error: ServiceError, confidence: Confidence): VaultRecognition {
  const refusal = readVaultRefusal(error.message);
  const evidence = [evidenceOfCode(error, confidence), ...callerEvidence(exchange, refusal)];
  const mode = (permissions: 'rbac' | 'accessPolicy') => ({ vault: { permissions } });
  switch (VAULT_CODE.test(error.code) ? error.code : error.innerCode) {
    case 'ForbiddenByRbac':
      return {
        ...recognised(confidence, 'keyvault-rbac-missing', evidence, ['permission-propagation-delay']),
        ...mode('rbac'),
      };
    case 'ForbiddenByFirewall':
      return recognised(confidence, 'keyvault-network-blocked', evidence);
    case 'ForbiddenByConnection':
      return { ...recognised(confidence, 'keyvault-network-blocked', evidence), vault: { publicAccess: false } };
    default: {
      const cause = refusal.wantsOnBehalfOf ? 'keyvault-compound-identity-required' : 'keyvault-access-policy-missing';
      const others = refusal.wantsOnBehalfOf ? [] : (['keyvault-compound-identity-required'] as const);
      return { ...recognised(confidence, cause, evidence, others), ...mode('accessPolicy') };
    }
  }
}

/** A 401 of the vault without a code of its own: what the token shows decides. */
function recogniseUnauthorized(
  seen: Recognising,
  response: CallResponse,
  error: ServiceError | undefined,
  origin: Origin,
  vault: VaultFacts | undefined,
): VaultRecognition {
  const url = seen.exchange.call?.url ?? '';
  const isMarked = vault !== undefined || (URL.canParse(url) && isHostOf(new URL(url).hostname, 'keyVault'));
  // Only the setting says that it is a vault: the answer bears no mark of one.
  const confidence = isMarked ? surenessOf(origin, vault !== undefined) : 'likely';
  const evidence: Evidence[] = vault
    ? [{ id: 'vaultChallenge', value: vault.resource ?? '', other: vault.authority ?? '' }]
    : [{ id: 'statusIs', value: String(response.status) }];
  if (seen.exchange.call?.authorization.type === 'none') return recogniseNoToken(seen, confidence, evidence);
  const said = saidFault(error?.message ?? '');
  const faults = faultsOf(seen.exchange, seen.knowledge, seen.nowMs);
  if (!said || faults.some(({ cause }) => cause === said.cause))
    return recogniseByCredential(seen, faults, confidence, evidence);
  // What the vault says counts more than what its token seems to lack.
  const candidate: Candidate = { ...said, evidence: [...evidence, ...said.evidence] };
  const others = faults.map(({ cause }): Candidate => ({ cause, confidence: 'possible', evidence }));
  return { confidence, candidates: [candidate, ...others] };
}

/** Microsoft.IdentityModel's code, or the words of a lifetime check: likely, since the message is no code's place. */
function saidFault(message: string): Candidate | undefined {
  const evidence: Evidence[] = [{ id: 'serviceMessage', value: message.slice(0, 200) }];
  if (/IDX10223/.test(message)) return { cause: 'token-expired', confidence: 'likely', evidence };
  if (/IDX10222|not yet valid/i.test(message)) return { cause: 'token-not-yet-valid', confidence: 'likely', evidence };
  if (/expired/i.test(message)) return { cause: 'token-expired', confidence: 'likely', evidence };
  return undefined;
}

function faultsOf(exchange: Exchange, knowledge: Knowledge, nowMs: number) {
  const { authorization } = exchange.call ?? {};
  if (authorization?.type !== 'bearer') return [];
  return findServiceFaults(authorization.bearer, expectationOf(exchange, knowledge), nowMs);
}
