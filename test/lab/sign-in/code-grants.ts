import { createHash } from 'node:crypto';
import type { EntraFailure } from '../entra-reply.ts';
import { type Earned, proofOf, refusalFor, type TokenRequest } from './earned-token.ts';
import { FAILURES } from './failures.ts';
import { accountIn } from './registrations.ts';
import { isFailure, resolveScope } from './requested-access.ts';

export function redeemCode(request: TokenRequest): Earned | EntraFailure {
  const { signIn, client, form, tenantName } = request;
  const missing = ['code', 'redirect_uri'].find((name) => !form.get(name));
  if (missing) return FAILURES.parameterMissing(missing);
  const redemption = signIn.grants.redeemCode(form.get('code') ?? '');
  const grant = redemption.state === 'valid' && redemption.grant.client === client ? redemption.grant : undefined;
  const proof = proofOf(request, grant?.platform);
  if (typeof proof !== 'string') return proof;
  if (redemption.state === 'redeemed') return FAILURES.codeRedeemed();
  if (redemption.state === 'expired') return FAILURES.grantExpired();
  if (!grant) return FAILURES.badGrant();

  const redirectUri = form.get('redirect_uri') ?? '';
  if (redirectUri !== grant.redirectUri) return FAILURES.redirectOfOtherRequest(redirectUri, grant.redirectUri);
  if (!form.get('code_verifier')) return FAILURES.parameterMissing('code_verifier');
  // RFC 7636 §4.6.
  const challenge = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url');
  if (challenge !== grant.codeChallenge) return FAILURES.verifierMismatch();
  const { tenant } = grant.account;
  if (tenantName.kind === 'tenant' && tenantName.tenant.id !== tenant.id) return FAILURES.grantOfOtherTenant();
  const { app } = client;
  return {
    client: app,
    tenant,
    grant,
    proof,
    access: grant.access,
    ...(grant.nonce === undefined ? {} : { nonce: grant.nonce }),
  };
}

/**
 * A refresh token is good for every API the client has consent for, not only for the first one, and in every tenant where
 * the person is a member or a guest.
 */
export function redeemRefreshToken(request: TokenRequest): Earned | EntraFailure {
  const { signIn, client, form, tenantName } = request;
  const refreshToken = form.get('refresh_token');
  if (!refreshToken) return FAILURES.parameterMissing('refresh_token');
  const redemption = signIn.grants.redeemRefreshToken(refreshToken);
  const grant = redemption.state === 'valid' && redemption.grant.client === client ? redemption.grant : undefined;
  const proof = proofOf(request, grant?.platform);
  if (typeof proof !== 'string') return proof;
  if (redemption.state === 'revoked' || redemption.state === 'redeemed') return FAILURES.revoked();
  if (redemption.state === 'expired') return FAILURES.refreshExpired();
  if (!grant) return FAILURES.badGrant();

  const { home } = grant.account;
  const tenant = tenantName.kind === 'tenant' ? tenantName.tenant : grant.account.tenant;
  const account = accountIn(signIn.registrations, tenant, home.user);
  if (!account) return FAILURES.userOfOtherTenant(home.user, home.tenant, tenant, client);
  const access = resolveScope({ registrations: signIn.registrations, client, tenant }, form.get('scope') ?? '');
  if (isFailure(access)) return access;
  const here = { ...grant, account };
  return refusalFor(request, here, access) ?? { client: client.app, tenant, grant: here, access, proof };
}
