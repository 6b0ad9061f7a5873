import type { EntraFailure } from '../entra-reply.ts';
import type { TenantName } from '../entra-tenant.ts';
import { readClaimsRequest } from './claims-request.ts';
import { FAILURES } from './failures.ts';
import { type ClientRegistration, findClient, type Platform, platformOf, type Registrations } from './registrations.ts';

type ResponseMode = 'form_post' | 'query' | 'fragment';

/** An authorization request whose client and redirect URI are known to belong together. */
export interface AuthorizeRequest {
  tenantName: TenantName;
  client: ClientRegistration;
  redirectUri: string;
  platform: Platform;
  /** Authentication contexts that `claims` asks for. */
  contexts: readonly string[];
  responseMode: ResponseMode;
  responseType: string;
  scope: string;
  state?: string;
  nonce?: string;
  prompt?: string;
  loginHint?: string;
  codeChallenge: string;
  codeChallengeMethod: string;
  wantsClientInfo: boolean;
  /** The client's `client-request-id`. */
  correlationId?: string;
}

/** Reads `/authorize`. A failure here is shown in the browser: nobody says that the redirect URI is the client's. */
export function readAuthorizeRequest(
  registrations: Registrations,
  tenantName: TenantName,
  parameters: URLSearchParams,
): AuthorizeRequest | EntraFailure {
  const clientId = parameters.get('client_id');
  const redirectUri = parameters.get('redirect_uri');
  if (!clientId) return FAILURES.parameterMissing('client_id');
  const client = findClient(registrations, clientId);
  const directory = tenantName.kind === 'tenant' ? tenantName.tenant.displayName : tenantName.kind;
  if (!client) return FAILURES.unknownClient(clientId, directory);
  if (tenantName.kind === 'consumers') return FAILURES.notForPersonalAccounts(client);
  if (tenantName.kind !== 'tenant' && client.tenants.length === 1) {
    return FAILURES.singleTenantClient(client, tenantName.kind);
  }
  if (tenantName.kind === 'tenant' && !client.tenants.includes(tenantName.tenant)) {
    return FAILURES.unknownClient(clientId, directory);
  }
  if (!redirectUri) return FAILURES.parameterMissing('redirect_uri');
  const platform = platformOf(client, redirectUri);
  if (!platform) return FAILURES.redirectMismatch(redirectUri, client.app.id);
  const responseMode = parameters.get('response_mode') ?? 'query';
  if (!isResponseMode(responseMode)) return FAILURES.unsupportedResponseMode(responseMode);

  return {
    tenantName,
    client,
    redirectUri,
    platform,
    contexts: readClaimsRequest(parameters.get('claims')).contexts,
    responseMode,
    responseType: parameters.get('response_type') ?? '',
    scope: parameters.get('scope') ?? '',
    codeChallenge: parameters.get('code_challenge') ?? '',
    codeChallengeMethod: parameters.get('code_challenge_method') ?? 'plain',
    wantsClientInfo: parameters.get('client_info') === '1',
    ...given('state', parameters.get('state')),
    ...given('nonce', parameters.get('nonce')),
    ...given('prompt', parameters.get('prompt')),
    ...given('loginHint', parameters.get('login_hint')),
    ...given('correlationId', parameters.get('client-request-id')),
  };
}

/** Faults that are the client's to hear, or undefined. */
export function faultOf(request: AuthorizeRequest): EntraFailure | undefined {
  if (request.responseType !== 'code') return FAILURES.unsupportedResponseType(request.responseType);
  if (!request.codeChallenge) return FAILURES.pkceMissing();
  // 32 bytes in base64url: RFC 7636 §4.2.
  if (request.codeChallengeMethod !== 'S256' || !/^[\w-]{43}$/.test(request.codeChallenge))
    return FAILURES.badChallenge();
  if (request.prompt === 'none') return FAILURES.noSession();
  return undefined;
}

function isResponseMode(text: string): text is ResponseMode {
  return text === 'form_post' || text === 'query' || text === 'fragment';
}

function given<K extends string>(name: K, value: string | null): { [P in K]?: string } {
  return (value === null ? {} : { [name]: value }) as { [P in K]?: string };
}
