import type { KindEvidence, TokenKind } from './token-kind.ts';

/** What a kind is called, such as "Access token v1, on behalf of a user". Says "probably" where it is a guess. Holds no claim value. */
export function titleOfKind(kind: TokenKind): string {
  switch (kind.id) {
    case 'accessToken':
      return `${kind.sure ? 'Access token' : 'Probably an access token'}${issuerWords(kind)}${actorWords(kind)}`;
    case 'microsoftApiToken':
      if (kind.api === undefined) return `Probably a token for a Microsoft API${actorWords(kind)}`;
      return `${has(kind, 'notEntra') ? 'Probably a token' : 'Token'} for ${kind.api}${actorWords(kind)}`;
    case 'idToken':
      return `${kind.sure ? 'ID token' : 'Probably an ID token'}${issuerWords(kind)}${accountWords(kind)}`;
    case 'sessionToken':
      return kind.sure ? 'Session token of App Service' : 'Probably a session token of App Service';
    case 'logoutToken':
      return kind.sure ? 'Logout token' : 'Probably a logout token';
    case 'clientAssertion':
      return kind.sure ? 'Client assertion' : 'Probably a client assertion';
    case 'federatedToken':
      return 'Token to exchange at Entra (workload identity federation)';
    case 'encrypted':
      return kind.sure ? 'Encrypted token (JWE)' : 'Probably an encrypted token (JWE)';
    case 'otherJwt':
      return 'JWT without the marks of Microsoft Entra';
    case 'opaque':
      return 'No JWT; perhaps an opaque token';
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
        'For your own API, request one of its scopes, such as api://<application id>/<scope> or api://<application id>/.default.'
      );
    case 'idToken':
      return 'It tells the client application who signed in. It does not authorize calls: send an API the access token instead.';
    case 'sessionToken':
      return 'Only the app that made it accepts it, in the header X-ZUMO-AUTH. Another API needs an access token.';
    case 'logoutToken':
      return 'It tells an application that a session has ended. It does not authorize calls.';
    case 'clientAssertion':
      return 'With it a client proves to the token endpoint who it is. It does not authorize calls to an API.';
    case 'federatedToken':
      return 'Send it to the token endpoint of Entra, which answers with an access token. An API does not accept it.';
    case 'encrypted':
      return 'Only the API that holds the key can read it. The header is all that can be shown.';
    case 'opaque':
      return 'A refresh token, some tokens for Microsoft’s own APIs, keys and secrets look like this. Only the issuer can read them.';
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
    case 'nestedToken':
      return 'cty says that another token is inside.';
    case 'oneRun':
      return 'It is one run of the characters bearer tokens are made of, without the parts of a JWT.';
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
    case 'personalAccount':
      return 'tid is the tenant of personal Microsoft accounts.';
    case 'adfs':
      return 'iss has the form AD FS writes, ending with /adfs or /adfs/services/trust.';
    case 'appServiceIssuer':
      return value === 'site'
        ? 'The site in iss is the one in aud, and a shared key signed it: it made the token for itself.'
        : 'iss is that of Azure Mobile Services, whose tokens App Service took over.';
    case 'appServiceUser':
      return `${claim} begins with “sid:”, as App Service names the users of its sessions.`;
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
    case 'audienceIsClient':
      return 'aud is the client itself, as in ID tokens.';
    case 'audienceIsNotClient':
      return 'aud is not the client that asked for it, so it is for an API.';
    case 'exchangeAudience':
      return 'aud is the one Entra exchanges tokens of other issuers for.';
    case 'assertionType':
      return 'The header says client-authentication+jwt: a client assertion.';
    case 'selfIssued':
      return 'iss and sub are the same: the client speaks for itself.';
    case 'tokenEndpoint':
      return 'aud is a token endpoint, not an API.';
    case 'logoutEvent':
      return 'events says that a session ended.';
    case 'logoutType':
      return 'The header says logout+jwt: a logout token.';
    case 'logoutNonce':
      return 'It has a nonce, which a logout token must not have.';
    case 'accessClaim':
      return `${claim} is present, which belongs to access tokens.`;
    case 'noClientClaim':
      return 'None of appid, azp, appidacr and azpacr is present: access tokens have them, ID tokens do not.';
    case 'idTokenClaim':
      return `${claim} is present, as ID tokens have it.`;
    case 'version':
      return `ver is ${value}.`;
    case 'versionContradicts':
      return `ver is ${value}, and iss has the form of the other version: which one it is cannot be told.`;
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
    case 'subjectIsClient':
      return 'sub is the client, as where no user is involved.';
    case 'confidentialForUser':
      return `${claim} says that the client proved who it is: a web app, or an API that calls on behalf of its caller. The token does not tell these apart.`;
    case 'actClaim':
      return 'act is present: somebody acts on behalf of the subject.';
    case 'managedIdentity':
      return 'xms_mirid is an Azure resource id, as seen in tokens of managed identities; Microsoft does not document it.';
    case 'agentIdentity':
      return 'xms_par_app_azp is present, which only tokens of agent identities have.';
    case 'userClaim':
      return `scp is absent, yet ${claim} describes a person: on whose behalf it is cannot be told.`;
  }
}

function issuerWords(kind: TokenKind): string {
  if (has(kind, 'b2c')) return ' of Azure AD B2C';
  if (has(kind, 'externalId')) return ' of External ID';
  if (has(kind, 'adfs')) return ' of AD FS';
  return kind.version === undefined ? '' : ` v${kind.version}`;
}

function accountWords(kind: TokenKind): string {
  return has(kind, 'personalAccount') ? ', of a personal Microsoft account' : '';
}

function actorWords(kind: TokenKind): string {
  const isPersonal = has(kind, 'personalAccount');
  const agent = has(kind, 'agentIdentity') ? ' by an agent' : '';
  if (kind.actor === undefined) return agent && `, used${agent}`;
  const guess = kind.actorSure ? '' : 'probably ';
  if (kind.actor === 'user') {
    return `, ${guess}on behalf of a user${isPersonal ? ' with a personal Microsoft account' : ''}${agent}`;
  }
  if (agent) return `, ${guess}for an agent itself`;
  return has(kind, 'managedIdentity') ? ', probably for a managed identity' : `, ${guess}for the application itself`;
}

function has(kind: TokenKind, id: KindEvidence['id']): boolean {
  return kind.evidence.some((evidence) => evidence.id === id);
}
