import type { CauseId } from '../../../../../src/core/gates/cause-id.ts';
import * as at from '../../entra-fixture.ts';
import {
  answerOf,
  type CauseFixture,
  callOf,
  errorBody,
  known,
  OID,
  OTHER_OID,
  scene,
  serviceClaims,
} from './fixture-parts.ts';

const SECRET = 'https://contoso.vault.azure.net/secrets/orders-db?api-version=7.4';
const VAULT = 'https://vault.azure.net';
const CHALLENGE = {
  'WWW-Authenticate': `Bearer authorization="https://login.microsoftonline.com/${at.TENANT}", resource="${VAULT}"`,
};
const withVaultToken = callOf(SECRET, { claims: serviceClaims(VAULT) });
const CALLER = `appid=${at.CLIENT_ID};oid=${OID};iss=${at.V1_ISSUER}`;
const vaultRefusal = (inner: string, message: string) =>
  scene(withVaultToken, answerOf(403, errorBody('Forbidden', message, inner)));

const rbac = vaultRefusal(
  'ForbiddenByRbac',
  `Caller is not authorized to perform action on resource.\r\nCaller: ${CALLER}\r\nAction: 'Microsoft.KeyVault/vaults/secrets/getSecret/action'\r\nResource: '/subscriptions/s/resourcegroups/g/providers/microsoft.keyvault/vaults/contoso/secrets/orders-db'\r\nAssignment: (not found)`,
);
const policy = vaultRefusal(
  'ForbiddenByPolicy',
  `The user, group or application '${CALLER}' does not have secrets get permission on key vault 'contoso;location=westeurope'.`,
);
const compound = vaultRefusal(
  'ForbiddenByPolicy',
  `The policy requires the caller '${CALLER}' to use on-behalf-of (OBO) flow.`,
);
const firewall = vaultRefusal(
  'ForbiddenByFirewall',
  `Client address is not authorized and caller is not a trusted service.\r\nClient address: 203.0.113.7\r\nCaller: ${CALLER}\r\nVault: contoso;location=westeurope`,
);
const noToken = answerOf(
  401,
  errorBody('Unauthorized', 'AKV10000: Request is missing a Bearer or PoP token.'),
  CHALLENGE,
);
const dance = scene(callOf(SECRET, { headers: { 'User-Agent': 'azsdk-js-keyvault-secrets/4.8' } }), noToken);
const plain = scene(callOf(SECRET), noToken);
const mismatch = scene(callOf('https://vault.corp.example/secrets/a?api-version=7.4'), {
  ...answerOf(401, '', CHALLENGE),
  trace: 'Set disableChallengeResourceVerification to true to disable.',
});
const wrongResource = (found: string, expected = VAULT, url = SECRET) =>
  scene(
    callOf(url, { claims: serviceClaims(found) }),
    answerOf(
      401,
      errorBody('Unauthorized', `AKV10022: Invalid audience. Expected ${expected}, found: ${found}.`),
      CHALLENGE,
    ),
  );
const wrongTenant = scene(
  callOf(SECRET, { claims: serviceClaims(VAULT, { tid: at.OTHER_TENANT }) }),
  answerOf(
    401,
    errorBody(
      'Unauthorized',
      `AKV10032: Invalid issuer. Expected one of ${at.V1_ISSUER}, https://sts.windows.net/72f988bf-86f1-41af-91ab-2d7cd011db47/, found https://sts.windows.net/${at.OTHER_TENANT}/.`,
    ),
    CHALLENGE,
  ),
);

const GROUP = 'https://management.azure.com/subscriptions/s/resourcegroups/g?api-version=2021-04-01';
const ARM = 'https://management.azure.com/';
const armRefusal = (status: number, code: string, message: string, claims = serviceClaims(ARM)) =>
  scene(callOf(GROUP, { claims }), answerOf(status, errorBody(code, message)));
const armRbac = armRefusal(
  403,
  'AuthorizationFailed',
  `The client 'x' with object id '${OID}' does not have authorization to perform action 'Microsoft.Resources/subscriptions/resourcegroups/read' over scope '/subscriptions/s' or the scope is invalid.`,
);
const armLinked = armRefusal(
  403,
  'LinkedAuthorizationFailed',
  `The client 'x' with object id '${OID}' has permission to perform action 'A/b/write' on scope '/subscriptions/s'; however, it does not have permission to perform action 'Microsoft.Network/virtualNetworks/subnets/join/action' on the linked scope(s) '/subscriptions/s/vnet' or the linked scope(s) are invalid.`,
);
const armTenant = armRefusal(
  401,
  'InvalidAuthenticationTokenTenant',
  `The access token is from the wrong issuer 'https://sts.windows.net/${at.OTHER_TENANT}/'. It must match the tenant '${at.V1_ISSUER}' associated with this subscription.`,
);
const armAudience = (found: string, allowed: string) =>
  armRefusal(
    401,
    'InvalidAuthenticationTokenAudience',
    `The access token has been obtained for wrong audience or resource '${found}'. It should exactly match with one of the allowed audiences '${allowed}'.`,
    serviceClaims(found),
  );
const otherCloud = armAudience('https://management.azure.com/', 'https://management.usgovcloudapi.net/');

const USERS = 'https://graph.microsoft.com/v1.0/users';
const GRAPH = 'https://graph.microsoft.com';
const graphScene = (status: number, code: string, claims: object, { url = USERS, message = '', headers = {} } = {}) =>
  scene(callOf(url, { claims, header: { nonce: 'n' } }), answerOf(status, errorBody(code, message), headers));
const appOnly = (roles?: string[]) =>
  serviceClaims(GRAPH, { scp: undefined, idtyp: 'app', ...(roles ? { roles } : {}) });
const delegated = (scp: string) => serviceClaims(GRAPH, { scp });
const denied = (claims: object, url = USERS) => graphScene(403, 'Authorization_RequestDenied', claims, { url });
const me = graphScene(400, 'BadRequest', appOnly(['User.Read.All']), {
  url: 'https://graph.microsoft.com/v1.0/me',
  message: '/me request is only valid with delegated authentication flow.',
});
const mailbox = graphScene(403, 'ErrorAccessDenied', appOnly(['Mail.Read']), {
  url: 'https://graph.microsoft.com/v1.0/users/u/messages',
  message: 'Access to OData is disabled: Blocked by tenant configured AppOnly AccessPolicy settings.',
});
const revoked = graphScene(401, 'InvalidAuthenticationToken', delegated('User.Read.All'), {
  headers: {
    'WWW-Authenticate': `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="${btoa('{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}')}"`,
  },
});
const expiredAtGraph = graphScene(401, 'InvalidAuthenticationToken', {
  ...delegated('User.Read.All'),
  ...{ iat: at.NOW_SEC - 9000, nbf: at.NOW_SEC - 9000, exp: at.NOW_SEC - 5000 },
});

const BLOB = 'https://contoso.blob.core.windows.net/data/orders.csv';
const storageRefusal = (code: string, headers: Record<string, string> = { 'x-ms-version': '2023-11-03' }) =>
  scene(
    callOf(BLOB, { claims: serviceClaims('https://storage.azure.com'), headers }),
    answerOf(403, `<Error><Code>${code}</Code><Message>no</Message></Error>`, { 'x-ms-error-code': code }),
  );
const storageRole = storageRefusal('AuthorizationPermissionMismatch');
const storageNetwork = storageRefusal('AuthorizationFailure');
const storageVersion = storageRefusal('AuthenticationFailed', {});

const TRIGGER = 'https://prod-1.westeurope.logic.azure.com/workflows/w/triggers/manual/paths/invoke';
const SIGNED = `${TRIGGER}?api-version=2016-10-01&sp=%2Ftriggers&sv=1.0&sig=s`;
const workflow = (url: string, status: number, code: string, claims?: object) =>
  scene(callOf(url, { method: 'POST', ...(claims ? { claims } : {}) }), answerOf(status, errorBody(code, 'no')), {
    target: { kind: known('logicApp') },
  });

/** Causes of Microsoft's own services. */
export const SERVICE_FIXTURES = {
  'keyvault-challenge-expected': { positive: dance, lookAlike: plain, instead: 'missing-token' },
  'keyvault-wrong-resource': {
    positive: wrongResource('https://management.azure.com/'),
    lookAlike: wrongTenant,
    instead: 'keyvault-issuer-wrong-tenant',
  },
  'keyvault-issuer-wrong-tenant': {
    positive: wrongTenant,
    lookAlike: wrongResource('https://contoso.vault.azure.net/'),
    instead: 'keyvault-wrong-resource',
  },
  'keyvault-rbac-missing': { positive: rbac, lookAlike: policy, instead: 'keyvault-access-policy-missing' },
  'keyvault-access-policy-missing': { positive: policy, lookAlike: rbac, instead: 'keyvault-rbac-missing' },
  'keyvault-compound-identity-required': {
    positive: compound,
    lookAlike: policy,
    instead: 'keyvault-access-policy-missing',
  },
  'keyvault-network-blocked': { positive: firewall, lookAlike: rbac, instead: 'keyvault-rbac-missing' },
  'keyvault-challenge-resource-mismatch': {
    positive: mismatch,
    lookAlike: dance,
    instead: 'keyvault-challenge-expected',
  },
  'arm-rbac-missing': { positive: armRbac, lookAlike: armLinked, instead: 'arm-linked-scope-missing' },
  'arm-linked-scope-missing': { positive: armLinked, lookAlike: armRbac, instead: 'arm-rbac-missing' },
  'arm-wrong-tenant': { positive: armTenant, lookAlike: armRbac, instead: 'arm-rbac-missing' },
  'arm-wrong-audience': {
    positive: armAudience('api://orders', 'https://management.azure.com/'),
    lookAlike: otherCloud,
    instead: 'token-from-other-cloud',
  },
  'token-from-other-cloud': {
    positive: otherCloud,
    lookAlike: armAudience('https://vault.azure.net', 'https://management.azure.com/'),
    instead: 'arm-wrong-audience',
  },
  'app-only-vs-delegated-mismatch': {
    positive: me,
    lookAlike: denied(appOnly(['User.ReadBasic.All'])),
    instead: 'role-missing',
  },
  'directory-role-missing': {
    positive: denied(delegated('Directory.Read.All User.Read.All')),
    lookAlike: denied(delegated('openid User.Read')),
    instead: 'scope-missing',
  },
  'tenant-service-principal-missing': {
    positive: graphScene(401, 'Authorization_IdentityNotFound', appOnly()),
    lookAlike: denied(appOnly()),
    instead: 'role-missing',
  },
  'exchange-application-access-policy': {
    positive: mailbox,
    lookAlike: graphScene(403, 'ErrorAccessDenied', appOnly(['User.Read.All']), {
      url: 'https://graph.microsoft.com/v1.0/users/u/messages',
    }),
    instead: 'role-missing',
  },
  'cae-claims-challenge': { positive: revoked, lookAlike: expiredAtGraph, instead: 'token-expired' },
  'data-plane-role-missing': { positive: storageRole, lookAlike: storageNetwork, instead: 'ip-restriction-blocked' },
  'storage-version-header-missing': {
    positive: storageVersion,
    lookAlike: storageRole,
    instead: 'data-plane-role-missing',
  },
  'logic-app-two-credentials': {
    positive: workflow(SIGNED, 401, 'DirectApiRequestHasMoreThanOneAuthorization', at.v2Claims()),
    lookAlike: workflow(TRIGGER, 401, 'DirectApiAuthorizationRequired'),
    instead: 'logic-app-sas-missing',
  },
  'logic-app-sas-missing': {
    positive: workflow(TRIGGER, 401, 'DirectApiAuthorizationRequired'),
    lookAlike: workflow(TRIGGER, 403, 'MisMatchingOAuthClaims', at.v2Claims()),
    instead: 'logic-app-claims-mismatch',
  },
  'logic-app-claims-mismatch': {
    positive: workflow(TRIGGER, 403, 'MisMatchingOAuthClaims', at.v2Claims()),
    lookAlike: workflow(SIGNED, 401, 'DirectApiRequestHasMoreThanOneAuthorization', at.v2Claims()),
    instead: 'logic-app-two-credentials',
  },
} satisfies Partial<Record<CauseId, CauseFixture>>;

/** A vault's refusal that speaks of another caller than the token at hand. */
export const ANOTHER_CALLER = scene(
  callOf(SECRET, { claims: serviceClaims(VAULT, { oid: OTHER_OID }) }),
  rbac.exchanges[0]?.response ?? answerOf(403),
);
