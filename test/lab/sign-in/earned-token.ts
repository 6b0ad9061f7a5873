import type { CheckToken } from '../apps/token-authority.ts';
import type { EntraFailure } from '../entra-reply.ts';
import type { LabApp, LabTenant, TenantName } from '../entra-tenant.ts';
import { authenticate, type ClientCredentials, type ClientProof } from './client-authentication.ts';
import { type AccessAttempt, refusalBy } from './conditional-access.ts';
import { FAILURES } from './failures.ts';
import type { Grant } from './grants.ts';
import type { ClientRegistration, Platform } from './registrations.ts';
import type { RequestedAccess } from './requested-access.ts';
import type { SignIn } from './sign-in.ts';

/** A request to `/token` whose client exists. */
export interface TokenRequest {
  signIn: SignIn;
  /** Of the login host. */
  origin: string;
  nowMs: number;
  tenantName: TenantName;
  client: ClientRegistration;
  form: URLSearchParams;
  credentials: ClientCredentials;
  /** Set when a page in a browser sent it. */
  webOrigin: string | undefined;
  /** Authentication contexts that `claims` asks for. */
  contexts: readonly string[];
  checkToken: CheckToken;
}

/** What a request to `/token` is worth: a person's token, or with `roles` the application's own. */
export interface Earned {
  client: LabApp;
  tenant: LabTenant;
  access: Pick<RequestedAccess, 'resource' | 'identifier'> & Partial<RequestedAccess>;
  proof: ClientProof;
  /** Absent when the application acts as itself. */
  grant?: Grant;
  roles?: readonly string[];
  /** Of the authorization request, for the ID token. */
  nonce?: string;
}

export type GrantType = (request: TokenRequest) => Earned | EntraFailure;

/** Who the client is, where it may be public: as what its redirect URI is registered decides, or the switch without one. */
export function proofOf(request: TokenRequest, platform: Platform | undefined): ClientProof | EntraFailure {
  const { client, credentials, webOrigin } = request;
  const isPresented = credentials.secret !== undefined || credentials.assertion !== undefined;
  if (platform === 'spa' && webOrigin === undefined) return FAILURES.originMissing();
  if (platform !== undefined && platform !== 'spa' && webOrigin !== undefined) return FAILURES.originNotAllowed();
  if (platform === 'native' && isPresented) return FAILURES.secretOfPublicClient();
  const isPublic = platform === undefined ? client.allowsPublicFlows : platform !== 'web';
  return isPublic && !isPresented ? '0' : confidentialProofOf(request);
}

/** Who the client is, where it has to show it. */
export function confidentialProofOf({
  client,
  credentials,
  origin,
  tenantName,
  nowMs,
}: TokenRequest): ClientProof | EntraFailure {
  if (credentials.secret === undefined && credentials.assertion === undefined) return FAILURES.secretMissing();
  if (client.secrets.length + client.certificates.length === 0) return FAILURES.secretOfPublicClient();
  const names = tenantName.kind === 'tenant' ? [tenantName.tenant.id, tenantName.tenant.domain] : [tenantName.kind];
  const audiences = names.flatMap((name) => [
    ...['oauth2/v2.0/token', 'oauth2/token', 'v2.0', ''].map((path) => `${origin}/${name}/${path}`),
  ]);
  return authenticate(client, credentials, { audiences, nowMs });
}

/** What Conditional Access and assignments say to a token for this person, or undefined. */
export function refusalFor(
  { signIn, contexts, client }: Pick<TokenRequest, 'signIn' | 'contexts' | 'client'>,
  { account, satisfied }: Pick<Grant, 'account' | 'satisfied'>,
  access: Pick<RequestedAccess, 'resource'>,
  isDeviceCode = false,
): EntraFailure | undefined {
  const { home } = account;
  if (client.assignedUsers && !client.assignedUsers.some(({ id }) => id === home.user.id)) {
    return FAILURES.userNotAssigned(client);
  }
  const attempt: AccessAttempt = {
    ...{ user: home.user, resource: access.resource.app, satisfied, isDeviceCode, contexts },
  };
  return refusalBy(signIn.policies, attempt);
}
