import { type CheckToken, tokenCheckerFor } from '../apps/token-authority.ts';
import { issuerV1 } from '../entra-discovery.ts';
import { type EntraFailure, failureReply, secretReply } from '../entra-reply.ts';
import { unknownTenantReply } from '../entra-server.ts';
import { resolveTenantName } from '../entra-tenant.ts';
import type { LabReply, LabRequest, LabRoute, Misbehaviour } from '../loopback-server.ts';
import type { TokenMint } from '../token-mint.ts';
import type { Members } from '../token-signing.ts';
import { readClaimsRequest } from './claims-request.ts';
import { credentialsIn } from './client-authentication.ts';
import { grantClientCredentials } from './client-credentials-grant.ts';
import { clientInfoOf } from './client-info.ts';
import { redeemCode, redeemRefreshToken } from './code-grants.ts';
import { redeemDeviceCode } from './device-grant.ts';
import type { Earned, GrantType, TokenRequest } from './earned-token.ts';
import { FAILURES } from './failures.ts';
import { exchangeOnBehalfOf } from './on-behalf-of-grant.ts';
import { findClient } from './registrations.ts';
import { isFailure } from './requested-access.ts';
import { failureOf, type SignIn } from './sign-in.ts';

const LIFETIME_SEC = 75 * 60;

const GRANT_TYPES: ReadonlyMap<string, GrantType> = new Map([
  ['authorization_code', redeemCode],
  ['refresh_token', redeemRefreshToken],
  // MSAL sends the short name, RFC 8628 wants the long one.
  ['device_code', redeemDeviceCode],
  ['urn:ietf:params:oauth:grant-type:device_code', redeemDeviceCode],
  ['client_credentials', grantClientCredentials],
  ['urn:ietf:params:oauth:grant-type:jwt-bearer', exchangeOnBehalfOf],
]);

/** `/{tenant}/oauth2/v2.0/token`: whatever a client has, against tokens of the mint. */
export function tokenRoute(mint: TokenMint, signIn: SignIn): LabRoute {
  const { origin, keys, now } = mint.options;
  const checkToken = tokenCheckerFor(origin, keys, now);

  return async (request): Promise<LabReply | Misbehaviour | undefined> => {
    const [, tenantText = '', ...rest] = request.url.pathname.split('/');
    if (rest.join('/').toLowerCase() !== 'oauth2/v2.0/token') return undefined;
    if (!resolveTenantName(tenantText)) return unknownTenantReply(tenantText, origin);
    const form = new URLSearchParams((await request.readBody()).toString('utf8'));
    const correlationId = form.get('client-request-id') ?? request.url.searchParams.get('client-request-id');
    const refuse = (failure: EntraFailure) => failureReply(failure, origin, correlationId ?? undefined);
    if (request.method !== 'POST') return refuse(FAILURES.onlyPost());

    const scripted = signIn.take('token');
    if (scripted && 'hang' in scripted) return { do: 'silent' };
    if (scripted && 'close' in scripted) return { do: 'destroy' };
    if (scripted && 'error' in scripted) return refuse(failureOf(scripted));

    const earned = earn(tenantText, request, form, { signIn, origin, nowMs: now(), checkToken });
    return isFailure(earned) ? refuse(earned) : secretReply(await tokensFor(earned, form, mint, signIn));
  };
}

interface Surroundings extends Pick<TokenRequest, 'signIn' | 'origin' | 'nowMs'> {
  checkToken: CheckToken;
}

function earn(
  tenantText: string,
  { headers }: LabRequest,
  form: URLSearchParams,
  surroundings: Surroundings,
): Earned | EntraFailure {
  const missing = ['grant_type', 'client_id'].find((name) => !form.get(name));
  if (missing) return FAILURES.parameterMissing(missing);
  const [grantType, clientId] = [form.get('grant_type') ?? '', form.get('client_id') ?? ''];
  const tenantName = resolveTenantName(tenantText);
  const client = findClient(surroundings.signIn.registrations, clientId);
  const directory = tenantName?.kind === 'tenant' ? tenantName.tenant.displayName : tenantText;
  const isThere = tenantName?.kind !== 'tenant' || client?.tenants.includes(tenantName.tenant);
  if (!client || !tenantName || !isThere) return FAILURES.unknownClient(clientId, directory);
  const grant = GRANT_TYPES.get(grantType);
  if (!grant) return FAILURES.unsupportedGrant(grantType);
  return grant({
    ...surroundings,
    ...{ tenantName, client, form },
    credentials: credentialsIn(form, headers.authorization),
    webOrigin: headers.origin,
    contexts: readClaimsRequest(form.get('claims')).contexts,
  });
}

async function tokensFor(earned: Earned, form: URLSearchParams, mint: TokenMint, signIn: SignIn): Promise<object> {
  const { access, grant, nonce, tenant } = earned;
  const accessToken = await accessTokenFor(earned, form, mint, signIn);
  const expiresInSec = signIn.accessTokenLifetimeSec ?? LIFETIME_SEC;
  const refreshToken = grant && access.wantsRefreshToken ? signIn.grants.issueRefreshToken({ ...grant }) : undefined;
  const idToken =
    grant && access.wantsIdToken
      ? await mint.idToken({
          ...{ tenant, user: grant.account.user, client: grant.client.app },
          payload: { ...signIn.addedClaims(), ...guestClaims(earned, mint), nonce },
        })
      : undefined;
  signIn.onIssued?.({ accessToken, ...(refreshToken ? { refreshToken } : {}), ...(idToken ? { idToken } : {}) });
  return {
    token_type: 'Bearer',
    ...(access.grantedScope === undefined ? {} : { scope: access.grantedScope }),
    expires_in: expiresInSec,
    ext_expires_in: expiresInSec,
    access_token: accessToken,
    ...(refreshToken ? { refresh_token: refreshToken } : {}),
    ...(idToken ? { id_token: idToken } : {}),
    ...(grant && form.get('client_info') === '1' ? { client_info: clientInfoOf(grant.account) } : {}),
  };
}

function accessTokenFor(earned: Earned, form: URLSearchParams, mint: TokenMint, signIn: SignIn): Promise<string> {
  const { access, client, grant, tenant, proof } = earned;
  const { resource, identifier } = access;
  const { capabilities, contexts } = readClaimsRequest(form.get('claims'));
  const satisfied = contexts.filter((context) => grant?.satisfied.has(context));
  const version = resource.tokenVersion;
  const wishes = {
    tenant,
    api: resource.app,
    lifetimeSec: signIn.accessTokenLifetimeSec ?? LIFETIME_SEC,
    payload: {
      ...signIn.addedClaims(),
      ...guestClaims(earned, mint),
      // A v1 token names the API as the client did.
      ...(version === 1 ? { aud: identifier, appidacr: proof } : {}),
      ...(version === 2 ? { azpacr: proof } : {}),
      ...(capabilities ? { xms_cc: capabilities } : {}),
      ...(satisfied.length > 0 ? { acrs: satisfied } : {}),
    },
  };
  if (!grant) {
    return mint.appOnlyToken({ ...wishes, client, roles: earned.roles ?? [] }, version === 2 ? 2 : 1);
  }
  const ofUser = { ...wishes, user: grant.account.user, client: grant.client.app, scopes: access.scopes ?? [] };
  if (version === 'graph') return mint.graphToken(ofUser);
  return version === 2 ? mint.accessTokenV2(ofUser) : mint.accessTokenV1(ofUser);
}

/** `idp` names where a guest comes from; a member's token has none. */
function guestClaims({ grant }: Earned, mint: TokenMint): Members {
  if (!grant || grant.account.home.tenant === grant.account.tenant) return {};
  return { idp: issuerV1(mint.options.origin, grant.account.home.tenant.id) };
}
