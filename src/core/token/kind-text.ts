import type { KindEvidence, TokenKind } from './token-kind.ts';

/** What a kind is called, such as "Access token v1, on behalf of a user". Says "probably" where it is a guess. Holds no claim value. */
export function titleOfKind(kind: TokenKind): string {
  switch (kind.id) {
    case 'accessToken':
      return isKindSure(kind)
        ? `Access token${versionWords(kind)}${actorWords(kind)}`
        : `Probably an access token${versionWords(kind)}${actorWords(kind)}`;
    case 'microsoftApiToken':
      if (kind.api === undefined) return `Probably a token for a Microsoft API${actorWords(kind)}`;
      return `${has(kind, 'notEntra') ? 'Probably a token' : 'Token'} for ${kind.api}${actorWords(kind)}`;
    case 'idToken':
      return `${kind.sure ? 'ID token' : 'Probably an ID token'}${versionWords(kind)}`;
    case 'encrypted':
      return kind.sure ? 'Encrypted token (JWE)' : 'Probably an encrypted token (JWE)';
    case 'otherJwt':
      return 'JWT without the marks of Microsoft Entra';
    case 'unreadable':
      return 'Not a readable token';
  }
}

/** What the kind means for the reader, one or two sentences; undefined where there is nothing to warn about. */
export function adviceOnKind(kind: TokenKind): string | undefined {
  switch (kind.id) {
    case 'microsoftApiToken':
      return (
        `Not meant for you to validate: only ${kind.api ?? 'the Microsoft API it was issued for'} may do that. ` +
        'For your own API, request one of its scopes, such as api://<app id>/<scope> or api://<app id>/.default.'
      );
    case 'idToken':
      return 'It tells the client application who signed in. It does not authorize calls: send an API the access token instead.';
    case 'encrypted':
      return 'Only the API that holds the key can read it. The header is all that can be shown.';
    case 'otherJwt':
      return 'Its claims are shown as they are; they carry no sign that Microsoft Entra issued it.';
    case 'unreadable':
      return 'What could be read is shown below, with what is wrong and where.';
    case 'accessToken':
      return undefined;
  }
}

/** One observation in words. Holds nothing of the token but known claim names and words of the reference. */
export function describeEvidence(evidence: KindEvidence): string {
  const { claim = '', value = '' } = evidence;
  switch (evidence.id) {
    case 'fiveParts':
      return 'It has five parts, as only an encrypted token has.';
    case 'noPayload':
      return 'Its payload cannot be read.';
    case 'noHeader':
      return 'Its header cannot be read, so the kind rests on the rest alone.';
    case 'issuer':
      return value === 'entraV1'
        ? 'iss has the form of an Entra v1 issuer.'
        : 'iss has the form of an Entra v2 issuer, ending with /v2.0.';
    case 'tenantAndVersion':
      return 'tid and ver are written as Entra writes them.';
    case 'notEntra':
      return 'Neither iss nor tid and ver have a form Entra uses.';
    case 'b2c':
      return claim === 'iss' ? 'iss is of Azure AD B2C.' : `${claim} names a user flow or policy of Azure AD B2C.`;
    case 'externalId':
      return 'iss is on ciamlogin.com: Microsoft Entra External ID.';
    case 'microsoftAudience':
      return `aud is ${value}, an API of Microsoft.`;
    case 'headerNonce':
      return 'The header has a nonce, as tokens for Microsoft Graph have: standard validators cannot verify their signature.';
    case 'clientClaim':
      return `${claim} names the client or how it proved itself, which ID tokens do not say.`;
    case 'accessClaim':
      return `${claim} is present, which belongs to access tokens.`;
    case 'noClientClaim':
      return 'None of appid, azp, appidacr and azpacr is present: access tokens have them, ID tokens do not.';
    case 'idTokenClaim':
      return `${claim} is present, as ID tokens have it.`;
    case 'version':
      return `ver is ${value}.`;
    case 'versionNotEntra':
      return 'ver is 1.0, which does not mean Entra v1 here: Azure AD B2C and External ID write it too.';
    case 'scopes':
      return 'scp is present: a user is signed in, and the client acts on that user’s behalf.';
    case 'accessType':
      return 'The header says at+jwt: an access token by RFC 9068.';
    case 'idtyp':
      return value === '' ? 'idtyp is neither app nor user.' : `idtyp says ${value}.`;
    case 'noScopes':
      return 'scp is absent, so it is probably for the application itself; only idtyp would say for certain.';
    case 'sameSubject':
      return 'oid and sub are the same, as seen in tokens for applications.';
    case 'userClaim':
      return `scp is absent, yet ${claim} describes a person: on whose behalf it is cannot be told.`;
  }
}

/** The kind itself is decided although the actor may be a guess. */
function isKindSure(kind: TokenKind): boolean {
  return kind.sure || (has(kind, 'clientClaim') && !has(kind, 'notEntra') && !has(kind, 'noHeader'));
}

function versionWords(kind: TokenKind): string {
  if (has(kind, 'b2c')) return ' of Azure AD B2C';
  if (has(kind, 'externalId')) return ' of External ID';
  return kind.version === undefined ? '' : ` v${kind.version}`;
}

function actorWords(kind: TokenKind): string {
  if (kind.actor === undefined) return '';
  const guess = has(kind, 'noScopes') ? 'probably ' : '';
  return kind.actor === 'user' ? `, ${guess}on behalf of a user` : `, ${guess}for the application itself`;
}

function has(kind: TokenKind, id: KindEvidence['id']): boolean {
  return kind.evidence.some((evidence) => evidence.id === id);
}
