import type { TokenOrigin } from './kind-origin.ts';
import type { JsonObject } from './token.ts';
import type { KindEvidence, TokenKindId } from './token-kind.ts';

export interface TokenActor {
  actor?: 'user' | 'app';
  sure: boolean;
  evidence: KindEvidence[];
}

const USER_CLAIMS = ['preferred_username', 'unique_name', 'upn', 'name', 'given_name', 'family_name'];

/** On whose behalf a token is, and what kind of application acts, where the claims say it. */
export function actorOf(payload: JsonObject, kind: TokenKindId, origin: TokenOrigin): TokenActor {
  if (kind === 'idToken' || kind === 'sessionToken') return { actor: 'user', sure: true, evidence: [] };
  if (kind !== 'accessToken' && kind !== 'microsoftApiToken') return { sure: false, evidence: [] };
  const isOfEntra = origin.id === 'entra' || origin.id === 'customers';
  const actor = isOfEntra || Object.hasOwn(payload, 'scp') ? entraActor(payload) : otherActor(payload);
  return { ...actor, evidence: [...actor.evidence, ...applicationEvidence(payload, actor, origin)] };
}

/** `scp` is in tokens on behalf of a user only; `idtyp` is the surest sign but optional; the rest is a guess. */
function entraActor(payload: JsonObject): TokenActor {
  const { idtyp } = payload;
  if (idtyp === 'app' || idtyp === 'user') {
    return { actor: idtyp, sure: true, evidence: [{ id: 'idtyp', claim: 'idtyp', value: idtyp }] };
  }
  if (typeof idtyp === 'string') return { sure: true, evidence: [{ id: 'idtyp', claim: 'idtyp' }] };
  if (Object.hasOwn(payload, 'scp')) return { actor: 'user', sure: true, evidence: [{ id: 'scopes', claim: 'scp' }] };
  const userClaim = USER_CLAIMS.find((claim) => Object.hasOwn(payload, claim));
  if (userClaim) return { sure: false, evidence: [{ id: 'userClaim', claim: userClaim }] };
  const evidence: KindEvidence[] = [{ id: 'noScopes', claim: 'scp' }];
  if (typeof payload.oid === 'string' && payload.oid === payload.sub)
    evidence.push({ id: 'sameSubject', claim: 'oid' });
  return { actor: 'app', sure: false, evidence };
}

/** RFC 9068 §2.2: without a user, `sub` is the client. Other issuers promise nothing. */
function otherActor({ sub, client_id }: JsonObject): TokenActor {
  if (typeof sub !== 'string' || sub !== client_id) return { sure: false, evidence: [] };
  return { actor: 'app', sure: false, evidence: [{ id: 'subjectIsClient', claim: 'sub' }] };
}

function applicationEvidence(payload: JsonObject, { actor }: TokenActor, origin: TokenOrigin): KindEvidence[] {
  const evidence: KindEvidence[] = [];
  if (typeof payload.act === 'object' && payload.act !== null) evidence.push({ id: 'actClaim', claim: 'act' });
  if (origin.id !== 'entra') return evidence;
  const proof = ['azpacr', 'appidacr'].find((claim) => payload[claim] === '1' || payload[claim] === '2');
  if (actor === 'user' && proof) evidence.push({ id: 'confidentialForUser', claim: proof });
  if (actor !== 'user' && isAzureResourceId(payload.xms_mirid)) {
    evidence.push({ id: 'managedIdentity', claim: 'xms_mirid' });
  }
  if (typeof payload.xms_par_app_azp === 'string') evidence.push({ id: 'agentIdentity', claim: 'xms_par_app_azp' });
  return evidence;
}

function isAzureResourceId(value: unknown): boolean {
  return typeof value === 'string' && /^\/subscriptions\/[^/]+\//i.test(value);
}
