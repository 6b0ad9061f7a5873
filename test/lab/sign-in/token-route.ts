import { createHash } from 'node:crypto';
import { type EntraFailure, failureReply, secretReply } from '../entra-reply.ts';
import { unknownTenantReply } from '../entra-server.ts';
import { resolveTenantName, type TenantName } from '../entra-tenant.ts';
import type { LabReply, LabRoute, Misbehaviour } from '../loopback-server.ts';
import type { TokenMint } from '../token-mint.ts';
import { clientInfoOf } from './client-info.ts';
import { FAILURES } from './failures.ts';
import type { Grant } from './grants.ts';
import { type ClientRegistration, findClient } from './registrations.ts';
import { isFailure, type RequestedAccess, resolveScope } from './requested-access.ts';
import { failureOf, type SignIn } from './sign-in.ts';

/** What a request to `/token` is worth. */
interface Earned {
  grant: Grant;
  access: RequestedAccess;
  nonce?: string;
}

interface TokenRequest {
  signIn: SignIn;
  client: ClientRegistration;
  form: URLSearchParams;
}

const LIFETIME_SEC = 75 * 60;

const GRANT_TYPES: ReadonlyMap<string, (request: TokenRequest) => Earned | EntraFailure> = new Map([
  ['authorization_code', redeemCode],
  ['refresh_token', redeemRefreshToken],
]);

/** `/{tenant}/oauth2/v2.0/token`: codes and refresh tokens against tokens of the mint. */
export function tokenRoute(mint: TokenMint, signIn: SignIn): LabRoute {
  const { origin } = mint.options;

  return async (request): Promise<LabReply | Misbehaviour | undefined> => {
    const [, tenantText = '', ...rest] = request.url.pathname.split('/');
    if (rest.join('/').toLowerCase() !== 'oauth2/v2.0/token') return undefined;
    const tenantName = resolveTenantName(tenantText);
    if (!tenantName) return unknownTenantReply(tenantText, origin);
    const form = new URLSearchParams((await request.readBody()).toString('utf8'));
    const correlationId = form.get('client-request-id') ?? request.url.searchParams.get('client-request-id');
    const refuse = (failure: EntraFailure) => failureReply(failure, origin, correlationId ?? undefined);
    if (request.method !== 'POST') return refuse(FAILURES.onlyPost());

    const scripted = signIn.take('token');
    if (scripted && 'hang' in scripted) return { do: 'silent' };
    if (scripted && 'close' in scripted) return { do: 'destroy' };
    if (scripted && 'error' in scripted) return refuse(failureOf(scripted));

    const earned = earn(signIn, tenantName, form);
    return isFailure(earned) ? refuse(earned) : secretReply(await tokensFor(earned, form, mint, signIn));
  };
}

function earn(signIn: SignIn, tenantName: TenantName, form: URLSearchParams): Earned | EntraFailure {
  const missing = ['grant_type', 'client_id'].find((name) => !form.get(name));
  if (missing) return FAILURES.parameterMissing(missing);
  const [grantType, clientId] = [form.get('grant_type') ?? '', form.get('client_id') ?? ''];
  const client = findClient(signIn.registrations, clientId);
  const directory = tenantName.kind === 'tenant' ? tenantName.tenant.displayName : tenantName.kind;
  if (!client || (tenantName.kind === 'tenant' && !client.tenants.includes(tenantName.tenant))) {
    return FAILURES.unknownClient(clientId, directory);
  }
  const hasSecret = form.has('client_secret') || form.has('client_assertion');
  if (client.kind === 'public' && hasSecret) return FAILURES.secretOfPublicClient();
  if (client.kind === 'confidential' && !hasSecret) return FAILURES.secretMissing();

  const earned = GRANT_TYPES.get(grantType)?.({ signIn, client, form }) ?? FAILURES.unsupportedGrant(grantType);
  if (isFailure(earned)) return earned;
  const isSameTenant = tenantName.kind !== 'tenant' || tenantName.tenant.id === earned.grant.tenant.id;
  return isSameTenant ? earned : FAILURES.grantOfOtherTenant();
}

function redeemCode({ signIn, client, form }: TokenRequest): Earned | EntraFailure {
  const missing = ['code', 'redirect_uri', 'code_verifier'].find((name) => !form.get(name));
  if (missing) return FAILURES.parameterMissing(missing);
  const redemption = signIn.grants.redeemCode(form.get('code') ?? '');
  if (redemption.state === 'redeemed') return FAILURES.codeRedeemed();
  if (redemption.state === 'expired') return FAILURES.grantExpired();
  if (redemption.state !== 'valid' || redemption.grant.client !== client) return FAILURES.badGrant();

  const { grant } = redemption;
  const redirectUri = form.get('redirect_uri') ?? '';
  if (redirectUri !== grant.redirectUri) return FAILURES.redirectOfOtherRequest(redirectUri, grant.redirectUri);
  // RFC 7636 §4.6.
  const challenge = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url');
  if (challenge !== grant.codeChallenge) return FAILURES.verifierMismatch();
  return { grant, access: grant.access, ...(grant.nonce === undefined ? {} : { nonce: grant.nonce }) };
}

/** A refresh token is good for every API the client has consent for, not only for the first one. */
function redeemRefreshToken({ signIn, client, form }: TokenRequest): Earned | EntraFailure {
  const refreshToken = form.get('refresh_token');
  if (!refreshToken) return FAILURES.parameterMissing('refresh_token');
  const redemption = signIn.grants.redeemRefreshToken(refreshToken);
  if (redemption.state === 'revoked' || redemption.state === 'redeemed') return FAILURES.revoked();
  if (redemption.state === 'expired') return FAILURES.refreshExpired();
  if (redemption.state !== 'valid' || redemption.grant.client !== client) return FAILURES.badGrant();

  const { grant } = redemption;
  const { registrations } = signIn;
  const access = resolveScope({ registrations, client, tenant: grant.tenant }, form.get('scope') ?? '');
  return isFailure(access) ? access : { grant, access };
}

async function tokensFor(earned: Earned, form: URLSearchParams, mint: TokenMint, signIn: SignIn): Promise<object> {
  const { grant, access, nonce } = earned;
  const { tenant, user } = grant;
  const client = grant.client.app;
  const lifetimeSec = signIn.accessTokenLifetimeSec ?? LIFETIME_SEC;
  const capabilities = capabilitiesIn(form.get('claims'));
  const wishes = {
    ...{ tenant, user, client, api: access.resource.app, scopes: access.scopes, lifetimeSec },
    payload: { ...signIn.addedClaims(), ...(capabilities ? { xms_cc: capabilities } : {}) },
  };
  const accessToken = await {
    1: () => mint.accessTokenV1(wishes),
    2: () => mint.accessTokenV2(wishes),
    graph: () => mint.graphToken(wishes),
  }[access.resource.tokenVersion]();
  const refreshToken = access.wantsRefreshToken ? signIn.grants.issueRefreshToken({ ...earned.grant }) : undefined;
  const idPayload = { ...signIn.addedClaims(), nonce };
  const idToken = access.wantsIdToken ? await mint.idToken({ tenant, user, client, payload: idPayload }) : undefined;
  signIn.onIssued?.({ accessToken, ...(refreshToken ? { refreshToken } : {}), ...(idToken ? { idToken } : {}) });
  return {
    token_type: 'Bearer',
    scope: access.grantedScope,
    expires_in: lifetimeSec,
    ext_expires_in: lifetimeSec,
    access_token: accessToken,
    ...(refreshToken ? { refresh_token: refreshToken } : {}),
    ...(idToken ? { id_token: idToken } : {}),
    ...(form.get('client_info') === '1' ? { client_info: clientInfoOf(user, tenant) } : {}),
  };
}

/** `xms_cc` the client asked for: what it says it can do. */
function capabilitiesIn(claimsText: string | null): unknown {
  try {
    const claims = JSON.parse(claimsText ?? '{}') as { access_token?: { xms_cc?: { values?: unknown } } };
    return claims.access_token?.xms_cc?.values;
  } catch {
    return undefined;
  }
}
