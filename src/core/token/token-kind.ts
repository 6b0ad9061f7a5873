import { actorOf } from './kind-actor.ts';
import { originOf } from './kind-origin.ts';
import { purposeOf } from './kind-purpose.ts';
import type { TokenReading } from './token.ts';

export type TokenKindId =
  | 'accessToken' // for an API; `version` and `actor` say more
  | 'idToken'
  | 'microsoftApiToken' // Microsoft Graph and other Microsoft APIs: not meant for anybody else to validate
  | 'sessionToken' // of App Service Authentication, sent as X-ZUMO-AUTH
  | 'logoutToken' // OpenID Connect Back-Channel Logout
  | 'clientAssertion' // RFC 7523: a client proves to a token endpoint who it is
  | 'federatedToken' // of another issuer, to be exchanged at Entra (workload identity federation)
  | 'encrypted' // JWE: only the API that holds the key can read it
  | 'otherJwt' // a signed JWT without the marks of any of these
  | 'opaque' // one run of characters that is no JWT: perhaps a token only its issuer can read
  | 'unreadable';

export type KindEvidenceId =
  | 'fiveParts' // encrypted
  | 'nestedToken' // `cty` JWT: another token is inside
  | 'noPayload'
  | 'noHeader'
  | 'oneRun' // opaque
  | 'issuer' // an issuer of Microsoft Entra, in form; `value` is the issuer shape's id
  | 'tenantAndVersion' // `tid` and `ver`, as Entra writes them, with an issuer of no known form
  | 'notEntra'
  | 'personalAccount'
  | 'b2c'
  | 'externalId'
  | 'adfs'
  | 'appServiceIssuer' // `value` is `mobileServices` or `site`
  | 'appServiceUser' // an id that begins with `sid:`
  | 'microsoftAudience' // `value` is the API's name
  | 'headerNonce'
  | 'clientClaim' // appid, azp, appidacr or azpacr: never in an ID token of Entra
  | 'audienceIsClient' // AD FS, whose ID tokens name the client, too
  | 'audienceIsNotClient'
  | 'accessType' // typ at+jwt
  | 'accessClaim' // scp or idtyp, which ID tokens do not have
  | 'noClientClaim'
  | 'idTokenClaim' // nonce, c_hash, at_hash, preferred_username
  | 'exchangeAudience' // api://AzureADTokenExchange
  | 'assertionType' // typ client-authentication+jwt
  | 'selfIssued' // iss equals sub
  | 'tokenEndpoint' // aud is a token endpoint
  | 'logoutEvent'
  | 'logoutType' // typ logout+jwt
  | 'logoutNonce' // which a logout token must not have
  | 'version'
  | 'versionContradicts' // iss is of the other version
  | 'versionNotEntra' // B2C and External ID say 1.0 without meaning Entra's v1
  | 'scopes'
  | 'idtyp'
  | 'noScopes'
  | 'sameSubject' // oid equals sub
  | 'subjectIsClient' // RFC 9068: no user is involved
  | 'userClaim' // no scp, and a claim about a person all the same
  | 'confidentialForUser' // a web app or an API on behalf of the user
  | 'actClaim' // RFC 8693: somebody acts for the subject
  | 'managedIdentity'
  | 'agentIdentity';

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
  /** False when the evidence does not decide `id` ("probably"). */
  sure: boolean;
  /** False when the evidence does not decide `actor`, or decides none. */
  actorSure: boolean;
  evidence: KindEvidence[];
}

/**
 * Names the kind of a token by what it carries, with the evidence. Trusts nothing: a forged token is named by what it
 * claims to be. `appid`, `azp`, `appidacr` or `azpacr` make it an access token before `aud` and `nonce` are looked at,
 * and a Microsoft API as audience makes that one nobody else should validate.
 * Sources: Microsoft's access token, ID token and optional claims references.
 */
export function nameKind(reading: TokenReading): TokenKind {
  if (reading.form === 'jwe') return nameEncrypted(reading);
  const { payload } = reading;
  if (!payload) return nameUnreadable(reading);

  const origin = originOf(payload);
  const purpose = purposeOf(reading.header ?? {}, payload, origin);
  const isForApi = purpose.id === 'accessToken' || purpose.id === 'microsoftApiToken';
  const version = isForApi || purpose.id === 'idToken' ? origin.version : undefined;
  const contradicts = origin.evidence.some(({ id }) => id === 'versionContradicts');
  const actor = actorOf(payload, purpose.id, origin);
  return {
    id: purpose.id,
    ...(version && { version }),
    ...(actor.actor && { actor: actor.actor }),
    ...(purpose.api && { api: purpose.api }),
    sure: purpose.sure && reading.header !== undefined && !(contradicts && isForApi),
    actorSure: actor.sure,
    evidence: [
      ...(reading.header ? [] : [{ id: 'noHeader' } as const]),
      ...purpose.evidence,
      ...origin.evidence,
      ...actor.evidence,
    ],
  };
}

function nameEncrypted({ header }: TokenReading): TokenKind {
  const evidence: KindEvidence[] = header ? [{ id: 'fiveParts' }] : [{ id: 'noHeader' }, { id: 'fiveParts' }];
  // RFC 7519 §5.2: the content type of a nested JWT.
  if (typeof header?.cty === 'string' && /^(?:application\/)?jwt$/i.test(header.cty)) {
    evidence.push({ id: 'nestedToken', claim: 'cty' });
  }
  const isSure = header !== undefined && Object.hasOwn(header, 'enc');
  return { id: 'encrypted', sure: isSure, actorSure: false, evidence };
}

/** RFC 6750 §2.1: the characters of a bearer token. Shorter ones, and words, are no secret anybody hands out. */
const ONE_RUN = /^(?=.*[0-9])(?=.*[A-Za-z])[A-Za-z0-9._~+/-]{20,}=*$/;

function nameUnreadable({ raw, problems }: TokenReading): TokenKind {
  const isOpaque = problems.some(({ id }) => id === 'notAToken') && ONE_RUN.test(raw);
  return isOpaque
    ? { id: 'opaque', sure: false, actorSure: false, evidence: [{ id: 'oneRun' }] }
    : { id: 'unreadable', sure: true, actorSure: false, evidence: [{ id: 'noPayload' }] };
}
