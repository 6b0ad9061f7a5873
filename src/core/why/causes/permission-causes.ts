import { PUBLIC_LOGIN } from '../../azure/login-hosts.ts';
import { always, type CauseFacts, call, client, learn, outside, signIn, target, weakens } from './cause-words.ts';

const API_PERMISSIONS = 'Azure portal › App registrations › the client › API permissions';
const ROLES_PAGE = learn('entra/identity-platform/howto-add-app-roles-in-apps');
const CONSENT_PAGE = learn('entra/identity-platform/permissions-consent-overview');

/** What the caller may do: scopes, roles, consent, Conditional Access. */
export const PERMISSION_CAUSES = {
  'scope-missing': ({ permission }: CauseFacts) => ({
    title: permission === undefined ? 'A scope is missing' : `The scope ${permission} is missing`,
    means: 'The user’s token does not carry the scope this operation needs.',
    source: learn('entra/identity-platform/scopes-oidc'),
    fixes: [
      client(
        'Ask for the scope, have it consented to, and get a new token.',
        `the client’s code: scopes; ${API_PERMISSIONS}`,
        permission,
        signIn(),
      ),
    ],
  }),
  'role-missing': ({ permission }: CauseFacts) => ({
    title: permission === undefined ? 'An app role is missing' : `The app role ${permission} is missing`,
    means: 'The token carries no role that is enough for this operation.',
    source: ROLES_PAGE,
    fixes: [
      outside(
        'Give the caller the app role and admin consent; then get a new token, since an older one keeps its roles.',
        `${API_PERMISSIONS} › Application permissions`,
        permission,
      ),
    ],
  }),
  'app-only-vs-delegated-mismatch': always(
    'The wrong kind of token: user or application',
    'An application’s own token where a user’s is needed, or the reverse.',
    learn('graph/auth/auth-concepts'),
    [
      call('For an application, name the user: /users/{id} in place of /me.', 'the address of the request'),
      client(
        'Use the flow that gives the other kind: sign a user in, or ask for application permissions.',
        `the client’s code: how it gets the token; ${API_PERMISSIONS}`,
      ),
    ],
  ),
  'consent-required': always(
    'Nobody has consented to this permission',
    'A permission was asked for that neither the user nor an administrator has granted.',
    CONSENT_PAGE,
    [
      client(
        'Sign in interactively once, so that the user is asked.',
        'the client’s code: prompt=consent',
        undefined,
        signIn(),
      ),
      target(
        'For on-behalf-of, name the front end in the middle API, so that one consent covers both.',
        'Azure portal › App registrations › the middle API › Manifest › knownClientApplications',
      ),
      outside('Have an administrator grant consent.', `${API_PERMISSIONS} › Grant admin consent`),
    ],
  ),
  'directory-role-missing': always(
    'The user has no directory role for this',
    'The token’s scopes suffice; the signed-in user lacks an Entra role.',
    learn('entra/identity/role-based-access-control/permissions-reference'),
    [
      client('Sign in with an account that has the role.', 'the sign-in of the client', undefined, signIn()),
      outside('Or have the role assigned to the user.', 'Entra admin center › Roles & admins'),
    ],
  ),
  'permission-propagation-delay': always(
    'The permission is newer than the token',
    'It was granted, but the token or a cache is older.',
    learn('entra/identity/managed-identities-azure-resources/managed-identity-best-practice-recommendations'),
    [
      call('Get a new token, and try again for some minutes.', 'the Authorization header of the request', undefined, {
        type: 'freshToken',
      }),
      outside(
        'For a managed identity, assign the role directly: by a group it can take up to 24 hours.',
        'Azure portal › the resource › Access control (IAM)',
      ),
    ],
  ),
  'tenant-service-principal-missing': ({ tenant, clientId }: CauseFacts) => ({
    title: 'The application does not exist in this tenant',
    means: 'It has no service principal there, so its token names no object (no oid).',
    source: learn('entra/identity-platform/app-objects-and-service-principals'),
    fixes: [
      client(
        'Ask the tenant itself for the token, not “common” or “organizations”.',
        'the client’s code: authority',
        `${PUBLIC_LOGIN}/${tenant ?? '<tenant id>'}`,
        signIn({ tenant }),
      ),
      outside(
        'Create the service principal in the tenant, by admin consent or by command.',
        'Azure CLI, signed in to that tenant',
        `az ad sp create --id ${clientId ?? '<application id of the client>'}`,
      ),
    ],
  }),
  'exchange-application-access-policy': always(
    'Exchange keeps the application out of this mailbox',
    'An application access policy, or RBAC for Applications, limits which mailboxes it may open.',
    learn('exchange/permissions-exo/application-rbac'),
    [
      call('Ask for a mailbox the application may open.', 'the address of the request'),
      outside(
        'Have the mailbox added to what the application may open.',
        'Exchange Online PowerShell',
        'Test-ApplicationAccessPolicy -AppId <application id> -Identity <mailbox>',
      ),
    ],
  ),
  'client-not-allowed': ({ clientId }: CauseFacts) => ({
    title: 'The client is not allowed',
    means: 'The application that asked for the token is not on the API’s list.',
    source: learn('entra/identity-platform/claims-validation'),
    fixes: [
      target(
        'Add the client’s application id to the list, if it is meant to call.',
        'the API’s validator: allowed client applications',
        clientId,
      ),
    ],
  }),
  'cae-claims-challenge': ({ claims }: CauseFacts) => ({
    title: 'The API asks for a token with other claims: answer its challenge',
    means:
      'The token may be in time, but not enough: the session was revoked, the place changed, or a step-up is demanded.',
    source: learn('entra/identity-platform/claims-challenge'),
    fixes: [
      call(
        'Get a token with the claims of the challenge, and send the call again.',
        'the token request: claims',
        claims,
        claims === undefined ? undefined : { type: 'retryWithClaims', claims },
      ),
      client(
        'Pass the decoded claims to MSAL, which signs the user in anew if needed.',
        'the client’s code: claims of acquireToken, and client capability CP1',
      ),
    ],
  }),
  'conditional-access': always(
    'Conditional Access refused the sign-in',
    'A policy of the tenant asks for more: a device, a network, a second factor.',
    learn('entra/identity/conditional-access/troubleshoot-conditional-access'),
    [
      client(
        'Sign in interactively and meet what the policy asks for.',
        'the client’s code: interactive sign-in',
        undefined,
        signIn(),
      ),
      outside(
        'See in the sign-in log which policy refused, and use a device or network it accepts.',
        'Entra admin center › Sign-in logs › Conditional Access',
      ),
      weakens(
        'Exclude the user or application from the policy.',
        'Entra admin center › Conditional Access › the policy › Exclude',
        'Whoever gets hold of that account or application is no longer held by the policy.',
      ),
    ],
  ),
  'groups-overage': always(
    'Too many groups to fit into the token',
    'A user in more than 200 groups gets _claim_names in place of groups.',
    learn('entra/identity-platform/access-token-claims-reference'),
    [
      target(
        'Put only the groups assigned to the application into the token.',
        'Azure portal › App registrations › the API › Token configuration › groups claim',
      ),
      target('Or use app roles, or ask Microsoft Graph for the groups.', 'the API’s code: where it reads groups'),
    ],
  ),
};
