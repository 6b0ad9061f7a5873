import { APPS, CONTOSO, FABRIKAM, SERVICES } from '../../../../lab/entra-tenant.ts';
import type { Lab } from '../../../../lab/lab.ts';
import type { TokenWishes } from '../../../../lab/token-mint.ts';
import type { CallName } from './calls.ts';
import { type Mutation, setHeader, tokenMutations, withoutToken } from './mutation.ts';

const ME = CONTOSO.users[0].id;

export const SERVICE_ROWS: readonly Mutation[] = [
  {
    change: 'no token',
    call: 'keyVault',
    mutate: withoutToken,
    cause: 'missing-token',
    same: 'keyvault-challenge-expected',
  },
  ...tokenMutations('keyVault', [
    ['a token for Resource Manager', (lab) => tokenFor(lab, 'resourceManager'), 'keyvault-wrong-resource'],
    [
      'a token of another tenant',
      (lab) => tokenFor(lab, 'keyVault', { tenant: FABRIKAM }),
      'keyvault-issuer-wrong-tenant',
    ],
    ['an expired token', (lab) => tokenFor(lab, 'keyVault', OLD), 'token-expired'],
  ]),
  vault(
    'no role',
    ({ readers }) => {
      readers.roles = [];
    },
    'keyvault-rbac-missing',
  ),
  vault(
    'no access policy',
    (settings) => {
      settings.enableRbacAuthorization = false;
      settings.readers.accessPolicies = [];
    },
    'keyvault-access-policy-missing',
  ),
  vault(
    'an access policy for user and application together',
    (settings) => {
      settings.enableRbacAuthorization = false;
      settings.readers.accessPolicies = [];
      settings.readers.compoundPolicies = [ME];
    },
    'keyvault-compound-identity-required',
  ),
  vault(
    'the firewall lets in another address',
    (settings) => {
      settings.ipRules = ['203.0.113.9'];
    },
    'keyvault-network-blocked',
  ),
  vault(
    'no public access',
    (settings) => {
      settings.publicNetworkAccess = 'Disabled';
    },
    'keyvault-network-blocked',
  ),

  { change: 'no token', call: 'arm', mutate: withoutToken, cause: 'missing-token' },
  {
    change: 'a header that is not a bearer’s',
    call: 'arm',
    mutate: (draft) => {
      withoutToken(draft);
      setHeader('Authorization', 'Basic bWVnYW46b3JkZXJz')(draft);
    },
    cause: 'bearer-prefix-missing',
  },
  ...tokenMutations('arm', [
    ['a token for Key Vault', (lab) => tokenFor(lab, 'keyVault'), 'arm-wrong-audience'],
    ['a token of another tenant', (lab) => tokenFor(lab, 'resourceManager', { tenant: FABRIKAM }), 'arm-wrong-tenant'],
    ['an expired token', (lab) => tokenFor(lab, 'resourceManager', OLD), 'token-expired'],
    ['what is no token', () => 'rubbish', 'token-malformed'],
  ]),
  change(
    'arm',
    'no role',
    (lab) => {
      lab.services.resourceManager.settings.contributors = [];
    },
    'arm-rbac-missing',
  ),
  change(
    'armWrite',
    'no role on what is linked',
    (lab) => {
      lab.services.resourceManager.settings.subnetUsers = [];
    },
    'arm-linked-scope-missing',
  ),

  { change: 'no token', call: 'graph', mutate: withoutToken, cause: 'missing-token' },
  ...tokenMutations('graph', [
    ['a token for another API', ({ mint }) => mint.accessTokenV2(), 'aud-mismatch'],
    ['what is no token', () => 'rubbish', 'token-malformed'],
    ['an expired token', ({ mint }) => mint.graphToken(OLD), 'token-expired'],
    [
      'an app-only token where a user is asked for',
      ({ mint }) => mint.appOnlyToken({ payload: { aud: 'https://graph.microsoft.com' } }, 1),
      'app-only-vs-delegated-mismatch',
      { status: 400 },
    ],
  ]),
  {
    change: 'what its scopes do not cover',
    call: 'graph',
    mutate: (draft) => {
      draft.url = draft.url.replace('/me', '/me/messages');
    },
    cause: 'scope-missing',
    alike: ['directory-role-missing', 'consent-required', 'role-missing'],
    status: 403,
  },
  {
    change: 'a scope without the directory role',
    call: 'graph',
    mutate: async (draft, { mint }) => {
      draft.url = draft.url.replace('/me', '/directoryRoles');
      draft.token = await mint.graphToken({ scopes: ['RoleManagement.ReadWrite.Directory'] });
    },
    cause: 'directory-role-missing',
    status: 403,
  },
  {
    change: 'an application without a service principal',
    call: 'graph',
    mutate: async (draft, { mint }) => {
      draft.url = draft.url.replace('/me', '/users');
      draft.token = await mint.appOnlyToken(
        { roles: ['User.Read.All'], payload: { aud: 'https://graph.microsoft.com', oid: undefined } },
        1,
      );
    },
    cause: 'tenant-service-principal-missing',
  },
  {
    change: 'Exchange keeps the application from the mailbox',
    call: 'graph',
    mutate: async (draft, lab) => {
      draft.url = draft.url.replace('/me', `/users/${ME}/messages`);
      draft.token = await lab.mint.appOnlyToken(
        { roles: ['Mail.Read'], payload: { aud: 'https://graph.microsoft.com' } },
        1,
      );
      lab.services.graph.settings.blockedFromMail = [APPS.nightlyJob.id];
    },
    cause: 'exchange-application-access-policy',
    status: 403,
  },
  {
    change: 'the sign-in was revoked',
    call: 'graph',
    mutate: (_draft, lab) => {
      lab.services.graph.settings.revoked = [ME];
    },
    cause: 'cae-claims-challenge',
  },

  {
    change: 'no version header',
    call: 'storage',
    mutate: setHeader('x-ms-version'),
    cause: 'storage-version-header-missing',
    status: 403,
  },
  change(
    'storage',
    'no role',
    (lab) => {
      lab.services.storage.settings.readers = [];
    },
    'data-plane-role-missing',
  ),
  ...tokenMutations('storage', [['a token for Key Vault', (lab) => tokenFor(lab, 'keyVault'), 'aud-mismatch']]),
  {
    ...change(
      'openAi',
      'no role',
      (lab) => {
        lab.services.openAi.settings.users = [];
      },
      'data-plane-role-missing',
    ),
    status: 401,
  },

  {
    change: 'a signature as well',
    call: 'logicApp',
    mutate: (draft, lab) => {
      draft.url += `?sig=${lab.logicApp.app.signature}`;
    },
    cause: 'logic-app-two-credentials',
  },
  { change: 'neither token nor signature', call: 'logicApp', mutate: withoutToken, cause: 'logic-app-sas-missing' },
  ...tokenMutations('logicApp', [
    [
      'a token for another API',
      ({ mint }) => mint.accessTokenV2({ api: APPS.invoicesApi }),
      'logic-app-claims-mismatch',
      { status: 403 },
    ],
  ]),
];

const OLD = { issuedSecAgo: 9000, lifetimeSec: 3600 };

function tokenFor({ mint }: Lab, service: keyof typeof SERVICES, wishes: TokenWishes = {}): Promise<string> {
  return mint.accessTokenV1({ api: SERVICES[service], scopes: ['user_impersonation'], ...wishes });
}

function vault(
  words: string,
  write: (settings: Lab['services']['keyVault']['settings']) => void,
  cause: Mutation['cause'],
): Mutation {
  return change('keyVault', words, (lab) => write(lab.services.keyVault.settings), cause);
}

function change(call: CallName, words: string, write: (lab: Lab) => void, cause: Mutation['cause']): Mutation {
  return { change: words, call, mutate: (_draft, lab) => write(lab), cause, status: 403 };
}
