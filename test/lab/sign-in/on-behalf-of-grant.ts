import jwt from 'jsonwebtoken';
import type { TokenFault } from '../apps/token-authority.ts';
import type { EntraFailure } from '../entra-reply.ts';
import type { LabTenant } from '../entra-tenant.ts';
import type { Members } from '../token-signing.ts';
import { confidentialProofOf, type Earned, refusalFor, type TokenRequest } from './earned-token.ts';
import { FAILURES } from './failures.ts';
import type { Grant } from './grants.ts';
import { accountsOf, type ClientRegistration } from './registrations.ts';
import { identifiersOf, isFailure, resolveScope } from './requested-access.ts';

/** RFC 7523 as Entra uses it: an API exchanges the token it was called with for one of an API behind it. */
export function exchangeOnBehalfOf(request: TokenRequest): Earned | EntraFailure {
  const { signIn, client, form, tenantName } = request;
  if (tenantName.kind !== 'tenant') return FAILURES.needsTenant();
  const missing = ['assertion', 'scope', 'requested_token_use'].find((name) => !form.get(name));
  if (missing) return FAILURES.parameterMissing(missing);
  const proof = confidentialProofOf(request);
  if (typeof proof !== 'string') return proof;
  const { tenant } = tenantName;
  const claims = judgeAssertion(request, tenant, form.get('assertion') ?? '');
  if (isFailure(claims)) return claims;

  const account = accountsOf(signIn.registrations, tenant).find(({ user }) => user.id === claims.oid);
  if (!account) return FAILURES.userAssertionWithoutUser();
  const access = resolveScope({ registrations: signIn.registrations, client, tenant }, form.get('scope') ?? '');
  if (isFailure(access)) return access;
  const contexts = Array.isArray(claims.acrs) ? claims.acrs.map(String) : [];
  const grant: Grant = { account, client, platform: 'web', satisfied: new Set(contexts) };
  return refusalFor(request, grant, access) ?? { client: client.app, tenant, grant, access, proof };
}

function judgeAssertion(
  { client, origin, checkToken }: TokenRequest,
  tenant: LabTenant,
  assertion: string,
): Members | EntraFailure {
  const claims = decode(assertion);
  if (!claims) return FAILURES.userAssertionMalformed();
  if (isIdTokenOf(client, claims)) return FAILURES.userAssertionIsIdToken();
  const metadataOf = (version: string) => `${origin}/${tenant.id}${version}/.well-known/openid-configuration`;
  const verdict = checkToken(assertion, {
    metadataUrls: ['/v2.0', ''].map(metadataOf),
    clockSkewSec: 300,
  });
  if (!verdict.accepted) return failureOf(verdict.fault);
  if (!identifiersOf(client.app).includes(String(claims.aud).toLowerCase())) {
    return FAILURES.assertionOfOtherApplication(String(claims.aud), client);
  }
  return typeof claims.scp === 'string' ? claims : FAILURES.userAssertionWithoutUser();
}

function failureOf(fault: TokenFault): EntraFailure {
  switch (fault) {
    case 'TokenExpired':
    case 'TokenNotYetValid':
      return FAILURES.userAssertionOutOfTime();
    case 'TokenSignatureInvalid':
      return FAILURES.userAssertionWrong('The provided signature value did not match the expected signature value.');
    case 'TokenSignatureKeyNotFound':
      return FAILURES.userAssertionWrong('The key was not found.');
    case 'TokenIssuerNotAllowed':
      return FAILURES.userAssertionWrong('The issuer is not of this tenant.');
    default:
      return FAILURES.userAssertionMalformed();
  }
}

function isIdTokenOf({ app }: ClientRegistration, claims: Members): boolean {
  return claims.aud === app.id && claims.azp === undefined && claims.appid === undefined;
}

function decode(token: string): Members | undefined {
  try {
    const claims = jwt.decode(token);
    return typeof claims === 'object' && claims !== null ? (claims as Members) : undefined;
  } catch {
    return undefined;
  }
}
