import { type IssuerShape, isGuid, issuerShapeOf } from './issuer-shape.ts';
import type { JsonObject, JsonValue, TokenReading } from './token.ts';
import { microsoftApiOf } from './well-known-apps.ts';

export type TokenKindId =
  | 'accessToken' // for an API; `version` and `actor` say more
  | 'idToken'
  | 'microsoftApiToken' // Microsoft Graph and other Microsoft APIs: not meant for anybody else to validate
  | 'encrypted' // JWE: only the API that holds the key can read it
  | 'otherJwt' // a signed JWT without the marks of Microsoft Entra
  | 'unreadable';

export type KindEvidenceId =
  | 'fiveParts' // encrypted
  | 'noPayload'
  | 'noHeader'
  | 'issuer' // an issuer of Microsoft Entra, in form; `value` is the issuer shape's id
  | 'tenantAndVersion' // `tid` and `ver`, as Entra writes them, with an issuer of no known form
  | 'notEntra'
  | 'b2c'
  | 'externalId'
  | 'microsoftAudience' // `value` is the API's name
  | 'headerNonce'
  | 'clientClaim' // appid, azp, appidacr or azpacr: never in an ID token
  | 'accessType' // typ at+jwt
  | 'accessClaim' // scp or idtyp, which ID tokens do not have
  | 'noClientClaim'
  | 'idTokenClaim' // nonce, c_hash, at_hash, preferred_username
  | 'version'
  | 'versionNotEntra' // B2C and External ID say 1.0 without meaning Entra's v1
  | 'scopes'
  | 'idtyp'
  | 'noScopes'
  | 'sameSubject' // oid equals sub
  | 'userClaim'; // no scp, and a claim about a person all the same

/** One observation a kind rests on. `id` selects the sentence, `claim` and `value` fill it. */
export interface KindEvidence {
  id: KindEvidenceId;
  claim?: string;
  value?: string;
}

export interface TokenKind {
  id: TokenKindId;
  /** Entra token version, from `ver`. */
  version?: 1 | 2;
  /** On whose behalf: a signed-in user (`scp`) or the application itself. */
  actor?: 'user' | 'app';
  /** Name of the Microsoft API a {@link TokenKindId} `microsoftApiToken` is for, such as `Microsoft Graph`. */
  api?: string;
  /** False when the evidence does not decide ("probably"). */
  sure: boolean;
  evidence: KindEvidence[];
}

const CLIENT_CLAIMS = ['appid', 'azp', 'appidacr', 'azpacr'];
/** `azp` and `appid` occur with other issuers too; these two only with Microsoft's. */
const MICROSOFT_CLIENT_CLAIMS = ['appidacr', 'azpacr'];
const ID_TOKEN_CLAIMS = ['nonce', 'c_hash', 'at_hash', 'preferred_username'];
const USER_CLAIMS = ['preferred_username', 'unique_name', 'upn', 'name', 'given_name', 'family_name'];

/**
 * Names the kind of a token by what it carries, with the evidence. Trusts nothing: a forged token is named by what it
 * claims to be. `appid`, `azp`, `appidacr` or `azpacr` make it an access token before `aud` and `nonce` are looked at,
 * and a Microsoft API as audience makes that one nobody else should validate.
 * Sources: Microsoft's access token, ID token and optional claims references.
 */
export function nameKind(reading: TokenReading): TokenKind {
  if (reading.form === 'jwe') {
    const isSure = reading.header !== undefined && Object.hasOwn(reading.header, 'enc');
    const evidence: KindEvidence[] = [{ id: 'fiveParts' }];
    return { id: 'encrypted', sure: isSure, evidence: reading.header ? evidence : [{ id: 'noHeader' }, ...evidence] };
  }
  const { payload } = reading;
  if (!payload) return { id: 'unreadable', sure: true, evidence: [{ id: 'noPayload' }] };

  const origin = originOf(payload);
  const purpose = purposeOf(reading.header ?? {}, payload, origin.isEntra);
  const isEntraKind = purpose.id !== 'otherJwt';
  const version = isEntraKind ? versionOf(payload, origin) : { evidence: [] };
  const actor = isEntraKind ? actorOf(payload, purpose.id) : { sure: true, evidence: [] };
  const headerEvidence: KindEvidence[] = reading.header ? [] : [{ id: 'noHeader' }];
  return {
    id: purpose.id,
    ...(version.version && { version: version.version }),
    ...(actor.actor && { actor: actor.actor }),
    ...(purpose.api && { api: purpose.api }),
    sure: purpose.sure && actor.sure && reading.header !== undefined,
    evidence: [...headerEvidence, ...purpose.evidence, ...origin.evidence, ...version.evidence, ...actor.evidence],
  };
}

interface Origin {
  isEntra: boolean;
  /** Azure AD B2C and External ID, whose `ver` does not mean Entra's versions. */
  isCustomerIdentity: boolean;
  evidence: KindEvidence[];
}

function originOf(payload: JsonObject): Origin {
  const shape: IssuerShape = typeof payload.iss === 'string' ? issuerShapeOf(payload.iss) : { id: 'other' };
  if (shape.id === 'externalId') return customers('externalId', 'iss');
  const b2cClaim = b2cClaimOf(payload, shape);
  if (b2cClaim) return customers('b2c', b2cClaim);
  const isEntraShape = shape.id === 'entraV1' || shape.id === 'entraV2';
  if (isEntraShape && (shape.knownHost || sameText(payload.tid, shape.tenant))) {
    return { isEntra: true, isCustomerIdentity: false, evidence: [{ id: 'issuer', claim: 'iss', value: shape.id }] };
  }
  const hasTenantAndVersion =
    typeof payload.tid === 'string' && isGuid(payload.tid) && (payload.ver === '1.0' || payload.ver === '2.0');
  if (hasTenantAndVersion) {
    return { isEntra: true, isCustomerIdentity: false, evidence: [{ id: 'tenantAndVersion', claim: 'tid' }] };
  }
  return { isEntra: false, isCustomerIdentity: false, evidence: [{ id: 'notEntra' }] };
}

function customers(id: 'b2c' | 'externalId', claim: string): Origin {
  return { isEntra: true, isCustomerIdentity: true, evidence: [{ id, claim }] };
}

/** The claim that gives Azure AD B2C away: its issuer, `tfp`, or the policy in `acr`. */
function b2cClaimOf(payload: JsonObject, shape: IssuerShape): string | undefined {
  if (shape.id === 'b2c') return 'iss';
  if (typeof payload.tfp === 'string') return 'tfp';
  return typeof payload.acr === 'string' && /^b2c_1/i.test(payload.acr) ? 'acr' : undefined;
}

interface Purpose {
  id: TokenKindId;
  api?: string;
  sure: boolean;
  evidence: KindEvidence[];
}

function purposeOf(header: JsonObject, payload: JsonObject, isEntra: boolean): Purpose {
  const clientClaim = CLIENT_CLAIMS.find((claim) => Object.hasOwn(payload, claim));
  const clientEvidence: KindEvidence[] = clientClaim ? [{ id: 'clientClaim', claim: clientClaim }] : [];
  const api = microsoftApiIn(payload.aud);
  const hasHeaderNonce = isEntra && Object.hasOwn(header, 'nonce');
  if (api || hasHeaderNonce) {
    const evidence: KindEvidence[] = [
      ...(api ? [{ id: 'microsoftAudience', claim: 'aud', value: api } as const] : []),
      ...(hasHeaderNonce ? [{ id: 'headerNonce', claim: 'nonce' } as const] : []),
      ...clientEvidence,
    ];
    return { id: 'microsoftApiToken', ...(api && { api }), sure: isEntra && api !== undefined, evidence };
  }
  const hasMicrosoftClientClaim = MICROSOFT_CLIENT_CLAIMS.some((claim) => Object.hasOwn(payload, claim));
  if (clientClaim && (isEntra || hasMicrosoftClientClaim)) {
    return { id: 'accessToken', sure: isEntra, evidence: clientEvidence };
  }
  if (isAccessTokenType(header.typ))
    return { id: 'accessToken', sure: true, evidence: [{ id: 'accessType', claim: 'typ' }] };
  if (!isEntra) return { id: 'otherJwt', sure: true, evidence: [] };
  const accessClaim = ['scp', 'idtyp'].find((claim) => Object.hasOwn(payload, claim));
  if (accessClaim) {
    return { id: 'accessToken', sure: false, evidence: [{ id: 'accessClaim', claim: accessClaim }] };
  }
  const marks = ID_TOKEN_CLAIMS.filter((claim) => Object.hasOwn(payload, claim));
  const markEvidence = marks.map((claim): KindEvidence => ({ id: 'idTokenClaim', claim }));
  return { id: 'idToken', sure: marks.length > 0, evidence: [{ id: 'noClientClaim' }, ...markEvidence] };
}

/** RFC 9068 §2.1: `at+jwt`, with or without `application/`. */
function isAccessTokenType(typ: JsonValue | undefined): boolean {
  return typeof typ === 'string' && /^(application\/)?at\+jwt$/i.test(typ);
}

function microsoftApiIn(audience: JsonValue | undefined): string | undefined {
  const audiences = Array.isArray(audience) ? audience : [audience];
  for (const one of audiences) {
    const api = typeof one === 'string' ? microsoftApiOf(one) : undefined;
    if (api) return api;
  }
  return undefined;
}

function versionOf(payload: JsonObject, origin: Origin): { version?: 1 | 2; evidence: KindEvidence[] } {
  const { ver } = payload;
  if (ver !== '1.0' && ver !== '2.0') return { evidence: [] };
  if (origin.isCustomerIdentity && ver === '1.0') {
    return { evidence: [{ id: 'versionNotEntra', claim: 'ver', value: ver }] };
  }
  if (!origin.isEntra) return { evidence: [] };
  return { version: ver === '1.0' ? 1 : 2, evidence: [{ id: 'version', claim: 'ver', value: ver }] };
}

interface Actor {
  actor?: 'user' | 'app';
  sure: boolean;
  evidence: KindEvidence[];
}

/** `scp` is in tokens on behalf of a user only; `idtyp` is the surest sign but optional; the rest is a guess. */
function actorOf(payload: JsonObject, kind: TokenKindId): Actor {
  if (kind === 'idToken') return { actor: 'user', sure: true, evidence: [] };
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

function sameText(a: JsonValue | undefined, b: string): boolean {
  return typeof a === 'string' && a.toLowerCase() === b.toLowerCase();
}
