import { type AzureServiceId, audiencesOf } from '../../azure/service-table.ts';
import { LEAST_VAULT_ROLE } from '../vault-role.ts';
import { always, type CauseFacts, call, client, learn, outside, signIn, target, weakens } from './cause-words.ts';

const VAULT = 'Azure portal › the key vault';
const VAULT_ERRORS = learn('azure/key-vault/general/rest-error-codes');
const VAULT_NETWORK = learn('azure/key-vault/general/network-security');
const RBAC = learn('azure/role-based-access-control/troubleshooting');
const IAM = 'Azure portal › the resource › Access control (IAM) › Add role assignment';
const SCOPES = 'the client’s code: the scopes it asks for';
const ARM_SCOPE = scopeOf('resourceManager');

function vaultScope(resource?: string): string {
  return resource === undefined ? scopeOf('keyVault') : `${resource}/.default`;
}

function scopeOf(service: AzureServiceId): string {
  return `${audiencesOf(service, 'public')[0]}/.default`;
}

function assignRole(role: string, { objectId, resourceId }: CauseFacts): string {
  return `az role assignment create --assignee-object-id ${objectId ?? '<object id>'} --role "${role}" --scope "${resourceId ?? '<resource id>'}"`;
}

/** What Microsoft services refuse: Key Vault, Resource Manager, Storage and other data planes. */
export const SERVICE_CAUSES = {
  'keyvault-challenge-expected': ({ challenge }: CauseFacts) => ({
    title: 'The first call of a Key Vault client: normal',
    means:
      'Clients ask without a token once, to learn tenant and resource; nothing is wrong when a second call follows.',
    source: learn('azure/key-vault/general/authentication-requests-and-responses'),
    fixes: [
      call(
        'Follow the challenge: get a token where it says, and send the call again; keep one client for all calls.',
        'the client’s code: how often it creates a client',
        undefined,
        challenge && { type: 'followChallenge', ...challenge },
      ),
    ],
  }),
  'keyvault-wrong-resource': ({ audience, expectedAudience }: CauseFacts) => ({
    title: 'The token is not for Key Vault',
    means: `Its audience is ${audience ?? 'another than the vault’s resource'}.`,
    source: VAULT_ERRORS,
    fixes: [
      client(
        'Ask for the vault’s scope; the resource itself has no trailing slash.',
        SCOPES,
        vaultScope(expectedAudience),
        signIn({ scope: vaultScope(expectedAudience) }),
      ),
    ],
  }),
  'keyvault-issuer-wrong-tenant': ({ tenant }: CauseFacts) => ({
    title: 'The token is of another tenant than the vault',
    means: 'The vault trusts one tenant only.',
    source: VAULT_ERRORS,
    fixes: [
      client(
        'Sign in to the vault’s tenant.',
        'the credential of the client: tenantId; AZURE_TENANT_ID',
        tenant ?? '<tenant of the vault>',
        signIn({ tenant }),
      ),
      target(
        'If the subscription was moved, set the vault’s tenantId to its new tenant.',
        'Azure CLI',
        'az keyvault update --name <vault> --set properties.tenantId=<tenant>',
      ),
    ],
  }),
  'keyvault-rbac-missing': ({ vaultRole = LEAST_VAULT_ROLE, ...facts }: CauseFacts) => ({
    title: 'No data role on the vault',
    means: 'The vault uses roles, and the caller has none for this action; Owner and Contributor are not enough.',
    source: learn('azure/key-vault/general/rbac-guide'),
    fixes: [
      outside(
        `Have ${vaultRole} assigned to the caller’s object id; it takes some minutes.`,
        `${VAULT} › Access control (IAM) › Add role assignment`,
        assignRole(vaultRole, facts),
      ),
    ],
  }),
  'keyvault-access-policy-missing': ({ objectId, vaultName }: CauseFacts) => ({
    title: 'No access policy on the vault',
    means: 'The vault uses access policies, and none lets this caller do it.',
    source: learn('azure/key-vault/general/assign-access-policy'),
    fixes: [
      outside(
        'Have a policy added for the object id in the message: that of the service principal, not of the registration.',
        `${VAULT} › Access policies › Create`,
        `az keyvault set-policy --name ${vaultName ?? '<vault>'} --object-id ${objectId ?? '<object id>'} --secret-permissions get`,
      ),
    ],
  }),
  'keyvault-network-blocked': ({ address, vaultName }: CauseFacts) => ({
    title: 'The vault’s network rules refuse the caller',
    means: 'A firewall, or public access that is switched off; rights do not matter yet.',
    source: VAULT_NETWORK,
    fixes: [
      call('Call from the vault’s network: private endpoint or an allowed subnet.', 'where the call is sent from'),
      outside(
        `Have ${address ?? 'the address in the message'} or the subnet allowed.`,
        `${VAULT} › Networking › Firewalls and virtual networks`,
        address === undefined
          ? undefined
          : `az keyvault network-rule add --name ${vaultName ?? '<vault>'} --ip-address ${address}`,
      ),
      weakens(
        'Allow public access from all networks.',
        `${VAULT} › Networking`,
        'Whoever holds a token for the vault can then use it from anywhere.',
      ),
    ],
  }),
  'keyvault-compound-identity-required': always(
    'The access policy fits only a user together with one application',
    'Its entry names an authorized application, so only on-behalf-of tokens of that one match.',
    learn('azure/key-vault/general/assign-access-policy'),
    [
      outside(
        'Have the entry made anew without the authorized application.',
        `${VAULT} › Access policies › the entry › Application (optional)`,
      ),
    ],
  ),
  'keyvault-challenge-resource-mismatch': always(
    'The vault’s challenge names another host',
    'The client refuses it, since the resource is not the end of the vault’s host name.',
    learn('azure/key-vault/general/authentication-requests-and-responses'),
    [
      call('Use the vault’s own host name, not an alias or proxy.', 'the vault address of the client'),
      weakens(
        'Switch the client’s check of the challenge resource off, for an emulator or Azure Stack only.',
        'the client’s code: disableChallengeResourceVerification',
        'A false vault can then ask for a token for another service and get it.',
      ),
    ],
  ),
  'arm-rbac-missing': (facts: CauseFacts) => ({
    title: 'No role for this action',
    means:
      facts.action === undefined
        ? 'The caller has no role that allows the action at this scope.'
        : `The caller has no role that allows ${facts.action} at this scope.`,
    source: RBAC,
    fixes: [
      outside(
        'Have a role with this action assigned at that scope; for role assignments it is User Access Administrator.',
        IAM,
        assignRole('<role>', facts),
      ),
    ],
  }),
  'arm-linked-scope-missing': (facts: CauseFacts) => ({
    title: 'No role on the linked resource',
    means: 'The action is allowed on the resource, but not on another it links to.',
    source: RBAC,
    fixes: [
      outside(
        `Have a role with ${facts.action ?? 'the second action of the message'} assigned on the linked resource.`,
        'Azure portal › the linked resource › Access control (IAM)',
        assignRole('<role>', facts),
      ),
    ],
  }),
  'arm-wrong-tenant': ({ tenant }: CauseFacts) => ({
    title: 'The token is of another tenant than the subscription',
    means: 'Resource Manager accepts tokens of the subscription’s tenant only.',
    source: RBAC,
    fixes: [
      client(
        'Sign in to the tenant of the subscription.',
        'the credential of the client: tenantId; Azure CLI',
        `az login --tenant ${tenant ?? '<tenant of the subscription>'}`,
        signIn({ tenant }),
      ),
    ],
  }),
  'arm-wrong-audience': ({ audience }: CauseFacts) => ({
    title: 'The token is not for Resource Manager',
    means: `Its audience is ${audience ?? 'another resource'}.`,
    source: learn('rest/api/azure/'),
    fixes: [client('Ask for Resource Manager’s scope.', SCOPES, ARM_SCOPE, signIn({ scope: ARM_SCOPE }))],
  }),
  'data-plane-role-missing': (facts: CauseFacts) => ({
    title: 'No data role on this resource',
    means: 'Owner or Contributor manage the resource; its data needs a role of its own.',
    source: learn('azure/role-based-access-control/role-definitions'),
    fixes: [
      outside(
        'Have a data role assigned: Storage Blob Data Reader, Cognitive Services OpenAI User, Azure Service Bus Data Receiver.',
        IAM,
        assignRole('<data role>', facts),
      ),
    ],
  }),
  'storage-version-header-missing': always(
    'Storage wants a version with a token',
    'With Authorization: Bearer it asks for x-ms-version 2017-11-09 or later.',
    learn('rest/api/storageservices/authorize-with-azure-active-directory'),
    [call('Send the version header.', 'the headers of the request', 'x-ms-version: 2023-11-03')],
  ),
};
