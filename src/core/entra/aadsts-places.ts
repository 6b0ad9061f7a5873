import type { FailureConcern, WhetherRetryHelps, WhoActs } from './sign-in-diagnosis.ts';

/** What a kind of fault is about, where it is mended, by whom, and whether trying again helps. */
export interface MendingPlace {
  concerns: FailureConcern;
  /** Path in the Azure portal. `{client}`, `{api}`, `{resource}`, `{tenant}`, `{redirect}`, `{account}` are filled in. */
  portal: string;
  /** Setting of the manifest, as Microsoft Graph names it, or of a profile of this extension. */
  property?: string;
  /** An Azure CLI command that shows or changes it, for copying only. */
  command?: string;
  /** What to mind before running the command. */
  caution?: string;
  who: WhoActs;
  retry: WhetherRetryHelps;
}

const CLIENT = 'App registrations › {client}';
const API = 'App registrations › {api}';
const SIGN_IN_LOG = 'Microsoft Entra ID › Sign-in logs › the failed sign-in of {account}';
const HERE = 'Nothing in the portal: here, in this extension';
const REPLACES_LIST = 'The command replaces the whole list: name the addresses that stand there already as well.';
const ADD_REDIRECT = 'az ad app update --id {client} --public-client-redirect-uris {redirect}';

/** Sources: Microsoft, identity-platform/reference-microsoft-graph-app-manifest, and the reference of `az ad`. */
export const PLACES = {
  scope: {
    ...{ concerns: 'scope', who: 'you', retry: 'afterFix' },
    portal: `${API} › Expose an API › Scopes`,
    property: 'api.oauth2PermissionScopes',
    command: 'az ad app show --id {api} --query api.oauth2PermissionScopes[].value',
  },
  apiName: {
    ...{ concerns: 'scope', who: 'you', retry: 'afterFix' },
    portal: 'Enterprise applications › All applications › {resource}',
    property: 'identifierUris',
    command: 'az ad sp show --id {resource} --query servicePrincipalNames',
  },
  apiPermissions: {
    ...{ concerns: 'scope', who: 'you', retry: 'afterFix' },
    portal: `${CLIENT} › API permissions › Add a permission`,
    property: 'requiredResourceAccess',
    command: 'az ad app permission list --id {client}',
  },
  missingService: {
    ...{ concerns: 'scope', who: 'administrator', retry: 'afterFix' },
    portal: 'Enterprise applications › All applications › {resource}',
    command: 'az ad sp create --id {api}',
  },
  selfToken: {
    ...{ concerns: 'scope', who: 'you', retry: 'afterFix' },
    portal: `${CLIENT} › Overview › Application (client) ID`,
    property: 'scopes of the identity',
    command: 'az ad app show --id {client} --query "{appId:appId, uris:identifierUris}"',
  },
  claimsMapping: {
    ...{ concerns: 'scope', who: 'apiOwner', retry: 'afterFix' },
    portal: `${API} › Manifest`,
    property: 'api.acceptMappedClaims',
    command: 'az ad app show --id {api} --query "{uris:identifierUris, keys:keyCredentials}"',
  },
  consent: {
    ...{ concerns: 'consent', who: 'you', retry: 'signInAgain' },
    portal: 'Enterprise applications › {client} › Permissions',
    property: 'api.preAuthorizedApplications of the API',
    command: 'az ad app permission list-grants --id {client} --show-resource-name',
  },
  adminConsent: {
    ...{ concerns: 'consent', who: 'administrator', retry: 'afterFix' },
    portal: 'Enterprise applications › {client} › Permissions › Grant admin consent',
    property: 'requiredResourceAccess',
    command: 'az ad app permission admin-consent --id {client}',
  },
  ownClient: {
    ...{ concerns: 'client', who: 'you', retry: 'afterFix' },
    portal: 'App registrations › New registration',
    property: 'clientId of the identity',
    command: 'az ad app create --display-name "API client" --public-client-redirect-uris http://localhost',
  },
  assignment: {
    ...{ concerns: 'assignment', who: 'administrator', retry: 'afterFix' },
    portal: 'Enterprise applications › the application the message names › Users and groups',
    property: 'appRoleAssignmentRequired',
    command: 'az ad sp show --id {client} --query appRoleAssignmentRequired',
  },
  signInLog: { ...{ concerns: 'policy', who: 'administrator', retry: 'afterFix' }, portal: SIGN_IN_LOG },
  clientId: {
    ...{ concerns: 'client', who: 'you', retry: 'afterFix' },
    portal: `${CLIENT} › Overview`,
    property: 'clientId of the identity, tenant of the profile',
    command: 'az ad sp show --id {client} --query appDisplayName',
  },
  disabledApplication: {
    ...{ concerns: 'client', who: 'administrator', retry: 'afterFix' },
    portal: 'Enterprise applications › {client} › Properties › Enabled for users to sign-in',
    property: 'accountEnabled',
    command: 'az ad sp show --id {client} --query accountEnabled',
  },
  tenant: {
    ...{ concerns: 'tenant', who: 'you', retry: 'afterFix' },
    portal: 'Microsoft Entra ID › Overview › Tenant ID',
    property: 'tenant and cloud of the profile',
    command: 'az account show --query "{tenant:tenantId, cloud:environmentName}"',
  },
  manyTenants: {
    ...{ concerns: 'tenant', who: 'you', retry: 'afterFix' },
    portal: `${CLIENT} › Authentication › Supported account types`,
    property: 'signInAudience',
    command: 'az ad app show --id {client} --query signInAudience',
  },
  guest: {
    ...{ concerns: 'account', who: 'administrator', retry: 'afterFix' },
    portal: 'Microsoft Entra ID › Users › New user › Invite external user',
    command: 'az ad user list --filter "mail eq \'{account}\'"',
  },
  accountKind: {
    ...{ concerns: 'account', who: 'apiOwner', retry: 'afterFix' },
    portal: `${API} › Authentication › Supported account types`,
    property: 'signInAudience',
  },
  account: {
    ...{ concerns: 'account', who: 'administrator', retry: 'afterFix' },
    portal: 'Microsoft Entra ID › Users › {account}',
    property: 'accountEnabled',
    command: 'az ad user show --id {account} --query accountEnabled',
  },
  crossTenant: {
    ...{ concerns: 'policy', who: 'administrator', retry: 'never' },
    portal: 'Microsoft Entra ID › External Identities › Cross-tenant access settings',
  },
  redirect: {
    ...{ concerns: 'redirect', who: 'you', retry: 'afterFix' },
    portal: `${CLIENT} › Authentication › Mobile and desktop applications`,
    property: 'publicClient.redirectUris',
    command: ADD_REDIRECT,
    caution: REPLACES_LIST,
  },
  spa: {
    ...{ concerns: 'redirect', who: 'you', retry: 'afterFix' },
    portal: `${CLIENT} › Authentication › Single-page application`,
    property: 'spa.redirectUris',
    command: 'az ad app show --id {client} --query spa.redirectUris',
  },
  platform: {
    ...{ concerns: 'redirect', who: 'you', retry: 'afterFix' },
    portal: `${CLIENT} › Authentication › Mobile and desktop applications, and Web`,
    property: 'publicClient.redirectUris, web.redirectUris',
    command: ADD_REDIRECT,
    caution: `${REPLACES_LIST} Remove the address from "Web" too.`,
  },
  publicClient: {
    ...{ concerns: 'credential', who: 'you', retry: 'afterFix' },
    portal: `${CLIENT} › Authentication`,
    property: 'publicClient.redirectUris, isFallbackPublicClient',
    command: 'az ad app show --id {client} --query "{public:publicClient, fallback:isFallbackPublicClient}"',
  },
  responseType: {
    ...{ concerns: 'request', who: 'you', retry: 'afterFix' },
    portal: `${CLIENT} › Authentication › Implicit grant and hybrid flows`,
    property: 'web.implicitGrantSettings',
  },
  request: {
    ...{ concerns: 'request', who: 'you', retry: 'afterFix' },
    portal: 'Nothing in the portal: in the request to the token endpoint',
  },
  newCode: { ...{ concerns: 'session', who: 'you', retry: 'signInAgain' }, portal: HERE },
  secret: {
    ...{ concerns: 'credential', who: 'you', retry: 'afterFix' },
    portal: `${CLIENT} › Certificates & secrets › Client secrets`,
    property: 'passwordCredentials',
    command: 'az ad app credential list --id {client} --query "[].{id:keyId, hint:hint, ends:endDateTime}"',
  },
  certificate: {
    ...{ concerns: 'credential', who: 'you', retry: 'afterFix' },
    portal: `${CLIENT} › Certificates & secrets › Certificates`,
    property: 'keyCredentials',
    command: 'az ad app credential list --id {client} --cert',
  },
  federated: {
    ...{ concerns: 'credential', who: 'you', retry: 'afterFix' },
    portal: `${CLIENT} › Certificates & secrets › Federated credentials`,
    property: 'federatedIdentityCredentials',
    command: 'az ad app federated-credential list --id {client}',
  },
  assertion: {
    ...{ concerns: 'assertion', who: 'you', retry: 'afterFix' },
    portal: `${CLIENT} › Expose an API`,
    property: 'scopes of the identity that "from" names',
    command: 'az ad app show --id {client} --query "{appId:appId, uris:identifierUris}"',
  },
  secondFactor: { ...{ concerns: 'policy', who: 'you', retry: 'signInAgain' }, portal: SIGN_IN_LOG },
  policy: {
    ...{ concerns: 'policy', who: 'administrator', retry: 'never' },
    portal: `${SIGN_IN_LOG} › Conditional Access`,
  },
  session: { ...{ concerns: 'session', who: 'you', retry: 'signInAgain' }, portal: HERE },
  passing: { ...{ concerns: 'service', who: 'you', retry: 'later' }, portal: HERE },
  deviceCode: { ...{ concerns: 'session', who: 'you', retry: 'signInAgain' }, portal: HERE },
} as const satisfies Record<string, MendingPlace>;

/** Names a place where failed sign-ins are mended. */
export type PlaceId = keyof typeof PLACES;
