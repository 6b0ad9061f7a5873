import type { Check } from '../gates/check.ts';
import type { Evidence, EvidenceId } from '../gates/evidence.ts';
import type { Knowledge } from '../gates/facts.ts';
import type { GateId } from '../gates/step.ts';
import { isGuid } from '../token/issuer-shape.ts';
import type { JsonObject } from '../token/token.ts';
import type { CauseFacts } from './causes/cause-words.ts';
import type { Diagnosis, RankedCause } from './explain.ts';
import { findOwnScope } from './own-scope.ts';
import { issuerVersion } from './reason-text.ts';
import { serviceScopeOf } from './service-scope.ts';
import { vaultRoleFor } from './vault-role.ts';

/** What the evidence of a cause, the token, the checks and the profile say for its wording. */
export function factsOf(
  { evidence, refusedAt }: Pick<RankedCause, 'evidence'> & Partial<Pick<RankedCause, 'refusedAt'>>,
  { checks, knowledge, exchange }: Pick<Diagnosis, 'checks' | 'knowledge'> & Partial<Pick<Diagnosis, 'exchange'>>,
): CauseFacts {
  const { authorization, url } = exchange?.call ?? {};
  const payload = authorization?.type === 'bearer' ? authorization.bearer.token?.payload : undefined;
  const service = SERVICES.find((gate) => gate === refusedAt);
  const told = factsOfEvidence(evidence);
  return compact({
    ...factsOfToken(payload),
    ...told,
    vaultRole: service === 'keyVault' && told.action !== undefined ? vaultRoleFor(told.action) : undefined,
    ownScope: findOwnScope(knowledge.profile?.value),
    tokenVersion: versionOf(checks),
    keyName: keyNameIn(evidence, knowledge),
    tenant: tenantIn(evidence, knowledge),
    challenge: challengeIn(knowledge),
    claims: evidence.find(({ id }) => id === 'claimsChallenge')?.value || undefined,
    finalUrl: evidence.some(({ id }) => id === 'credentialsDropped') ? url : undefined,
    answersByPolicy: refusedAt === 'policyAnswer' ? refusedAt : undefined,
    service,
    serviceScope: service && serviceScopeOf(url),
  });
}

const SERVICES: readonly GateId[] = ['keyVault', 'resourceManager', 'graph', 'dataPlane'];

type Open<T> = { [K in keyof T]?: T[K] | undefined };

/** Texts that go into a command or a policy have the form of their kind, or are left out. */
const FORMS = {
  guid: isGuid,
  resourceId: (text: string) => /^\/[\w./()-]{1,500}$/.test(text),
  name: (text: string) => /^[\w-]{1,100}$/.test(text),
  address: (text: string) => /^[0-9a-fA-F.:]{3,45}$/.test(text),
  action: (text: string) => /^[\w.*/ -]{1,200}$/.test(text),
  origin: (text: string) => /^https?:\/\/[\w.:-]{1,200}$/.test(text),
  resource: (text: string) => /^[\w.:/-]{1,300}$/.test(text),
  any: (text: string) => text !== '',
};

/** Which fact an observation gives: by its `value` or its `other`, in the form that fact has. */
const SOURCES: readonly (readonly [
  fact: Exclude<keyof CauseFacts, 'tokenVersion' | 'challenge' | 'answersByPolicy' | 'service' | 'vaultRole'>,
  id: EvidenceId,
  part: 'value' | 'other',
  form: keyof typeof FORMS,
])[] = [
  ['objectId', 'callerSeen', 'value', 'guid'],
  ['clientId', 'callerSeen', 'other', 'guid'],
  ['clientId', 'clientAsked', 'value', 'guid'],
  ['action', 'actionRefused', 'value', 'action'],
  ['resourceId', 'actionRefused', 'other', 'resourceId'],
  ['audience', 'audiencesNamed', 'value', 'resource'],
  ['expectedAudience', 'audiencesNamed', 'other', 'resource'],
  ['vaultName', 'vaultNamed', 'value', 'name'],
  ['address', 'addressSeen', 'value', 'address'],
  ['address', 'forbiddenAddress', 'value', 'address'],
  ['permission', 'operationNeeds', 'value', 'any'],
  ['origin', 'preflight', 'value', 'origin'],
  ['reference', 'wafReference', 'value', 'any'],
  ['keyKind', 'noKeySent', 'other', 'name'],
  ['requestedResource', 'resourceRequested', 'value', 'any'],
];

function factsOfEvidence(evidence: readonly Evidence[]): Open<CauseFacts> {
  const facts: Open<CauseFacts> = {};
  for (const [fact, id, part, form] of SOURCES) {
    const text = evidence.find((one) => one.id === id)?.[part];
    if (text !== undefined && facts[fact] === undefined && FORMS[form](text)) facts[fact] = text;
  }
  return facts;
}

/** Whose token was sent: what an answer says of the caller counts more. */
function factsOfToken(payload: JsonObject | undefined): Open<CauseFacts> {
  const client = payload?.appid ?? payload?.azp;
  return {
    objectId: guidOf(payload?.oid),
    clientId: guidOf(client),
    audience: typeof payload?.aud === 'string' && FORMS.resource(payload.aud) ? payload.aud : undefined,
  };
}

function guidOf(value: unknown): string | undefined {
  return typeof value === 'string' && isGuid(value) ? value : undefined;
}

/** A vault's challenge: what it proposes is shown and confirmed before a token is asked for. */
function challengeIn({ target }: Knowledge): CauseFacts['challenge'] {
  const { authority, resource } = target?.vault?.value ?? {};
  return authority === undefined || resource === undefined ? undefined : { authority, resource };
}

/** The tenant an answer names, else the one the target is known to be of. */
function tenantIn(evidence: readonly Evidence[], { target }: Knowledge): string | undefined {
  const named = evidence.find(({ id }) => id === 'tenantNamed')?.value;
  return guidOf(named) ?? guidOf(target?.vault?.value.tenant) ?? guidOf(target?.easyAuth?.value.tenant);
}

/** Undefined, too, for a version that is neither: the token may say anything. */
function versionOf(checks: readonly Check[]): CauseFacts['tokenVersion'] {
  const { reason, seen } = checks.find(({ cause }) => cause === 'issuer-v1-v2-mismatch') ?? {};
  if (seen === undefined) return undefined;
  if (reason === 'issuerOtherVersion') return issuerVersion(seen);
  return seen === '1.0' ? 'v1' : seen === '2.0' ? 'v2' : undefined;
}

/** The name the answer gives, else the one the settings give; a mere default is not known. */
function keyNameIn(evidence: readonly Evidence[], { target }: Knowledge): string | undefined {
  const { header, query } = target?.subscriptionKey?.value ?? {};
  return evidence.find(({ id }) => id === 'keyChallenge')?.value ?? header ?? query;
}

function compact(facts: Open<CauseFacts>): CauseFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined));
}
