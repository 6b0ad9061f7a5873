import { AZURE_CLOUDS } from '../azure/service.ts';
import { audiencesOf } from '../azure/service-table.ts';
import { isGuid } from '../token/issuer-shape.ts';
import type { CloudId } from './clouds.ts';

/** Ways to a client for those who have none: one that exists and is let in by the API, or one of their own. */
export const SET_UP_WAYS = ['own', 'vscode', 'azureCli'] as const;

/** With which client to sign in: `own` is a registration of the user's. */
export type SetUpWay = (typeof SET_UP_WAYS)[number];

/** What is known of API and client. What is absent stands in the commands by a name in capitals. */
export interface SetUpFacts {
  /** The API's application id (GUID). */
  appId?: string;
  appIdUri?: string;
  /** Short name of the scope, such as `Orders.Read`. */
  scope?: string;
  tenant?: string;
  /** The redirect URI to register, without a port. Default: `http://localhost`. */
  redirectUri?: string;
  /** True where no Entra issues the tokens: there are no commands of Azure’s, and no clients of Microsoft’s. */
  isOtherIssuer?: boolean;
  /** Absent for an Entra of no known cloud: commands of Microsoft Graph are then left out. */
  cloud?: CloudId;
  /** Application id of the own registration, once there is one. */
  clientId?: string;
}

/** One step: where in the portal, and the same as commands. Plain text. */
export interface SetUpStep {
  id: string;
  title: string;
  /** Where in the portal and what to choose there, a line each. */
  portal: string[];
  /** To be copied and run by the user, in bash; never run by us. */
  commands: string[];
  /** What goes wrong when it is done otherwise. */
  note?: string;
}

/** Applications of Microsoft that people have signed in with already. Source: Microsoft's list of first-party apps. */
export const MICROSOFT_CLIENTS = {
  vscode: { id: 'aebc6443-996d-45c2-90f0-388ff96faa56', name: 'Visual Studio Code' },
  azureCli: { id: '04b07795-8ddb-461a-bbee-02f9e1bf7b46', name: 'Azure CLI' },
} as const;

const SCOPE_ID = 'SCOPE_ID';
const LOOPBACK = 'http://localhost';
const OWN_PATH =
  'The path is this authority’s own, letter by letter: so no other server can have a code that this one is meant to get.';

/**
 * The steps of a way. Values from settings stand in a command only where they cannot break out of it: a GUID, or a name of
 * letters, digits, dots and dashes. Sources: Microsoft, quickstart-configure-app-expose-web-apis ("pre-authorise a client
 * application"), scenario-desktop-app-registration, `az ad app` reference.
 */
export function setUpSteps(way: SetUpWay, facts: SetUpFacts): SetUpStep[] {
  if (facts.isOtherIssuer) return [registerElsewhere(facts)];
  return way === 'own' ? ownClientSteps(facts) : knownClientSteps(way, facts);
}

function knownClientSteps(way: 'vscode' | 'azureCli', facts: SetUpFacts): SetUpStep[] {
  const { id, name } = MICROSOFT_CLIENTS[way];
  const scope = scopeName(facts);
  return [
    {
      id: 'expose',
      title: 'See what your API exposes',
      portal: [
        `App registrations › All applications › ${facts.appId ?? 'your API'} › Expose an API.`,
        `There must be an Application ID URI and the scope ${scope}. If not: Set, then Add a scope.`,
      ],
      commands: [showApi(facts)],
    },
    {
      id: 'authorise',
      title: `Let ${name} ask for it`,
      portal: ['On the same page: Add a client application.', `Client ID ${id}, tick ${scope}, Add application.`],
      commands: preAuthorise(id, facts),
      note: `Whoever may sign in to your tenant can then use ${name} to get this scope, without being asked for consent. The command replaces the whole list: add the clients that the first one showed.`,
    },
    ...(way === 'azureCli' ? [azureCliLogin(facts)] : []),
  ];
}

function azureCliLogin({ tenant }: SetUpFacts): SetUpStep {
  return {
    id: 'login',
    title: 'Be signed in to Azure CLI',
    portal: [],
    commands: [`az login --tenant ${plainWord(tenant) ?? 'TENANT'} --allow-no-subscriptions`],
  };
}

function ownClientSteps(facts: SetUpFacts): SetUpStep[] {
  const scope = scopeName(facts);
  const client = guidOr(facts.clientId, 'CLIENT_ID');
  const api = guidOr(facts.appId, 'API_APP_ID');
  const redirect = facts.redirectUri ?? LOOPBACK;
  return [
    {
      id: 'register',
      title: 'Register a client',
      portal: [
        'App registrations › New registration. Any name; accounts in this organizational directory only.',
        `Redirect URI: platform “Public client/native (mobile & desktop)”, address ${redirect}. Register.`,
      ],
      commands: [
        `az ad app create --display-name "Developer sign-in" --sign-in-audience AzureADMyOrg --public-client-redirect-uris ${plainUri(redirect) ?? 'REDIRECT_URI'} --query appId --output tsv`,
      ],
      note: `Without a port, and not under “Web” (AADSTS7000218) or “Single-page application” (AADSTS9002327). It needs no secret.${redirect === LOOPBACK ? '' : ` ${OWN_PATH}`}`,
    },
    {
      id: 'permit',
      title: `Let it ask for ${scope}`,
      portal: [
        'In the new registration: API permissions › Add a permission › APIs my organization uses.',
        `Choose your API, Delegated permissions, tick ${scope}, Add permissions.`,
      ],
      commands: [
        `az ad app show --id ${api} --query "api.oauth2PermissionScopes[].{id:id, value:value}" --output table`,
        `az ad app permission add --id ${client} --api ${api} --api-permissions "${SCOPE_ID}=Scope"`,
      ],
    },
    {
      id: 'consent',
      title: 'Consent, where the tenant wants an admin for it',
      portal: ['API permissions › Grant admin consent. Elsewhere you consent yourself, at the first sign-in.'],
      commands: [`az ad app permission admin-consent --id ${client}`],
      note: 'Needs an administrator.',
    },
    {
      id: 'deviceCode',
      title: 'Only for signing in with a code',
      portal: ['Authentication › Settings › Allow public client flows: Yes. Signing in with the browser does without.'],
      commands: [`az ad app update --id ${client} --is-fallback-public-client true`],
    },
  ];
}

function registerElsewhere({ redirectUri = LOOPBACK }: SetUpFacts): SetUpStep {
  return {
    id: 'register',
    title: 'Register a public client with whoever issues the tokens',
    portal: [
      'A native or desktop application: authorization code with PKCE, no secret. Its client ID has to be a GUID.',
      `Redirect URI: ${redirectUri}, on any port; nothing with a wildcard.`,
    ],
    commands: [],
    note: OWN_PATH,
  };
}

function showApi({ appId }: SetUpFacts): string {
  const api = guidOr(appId, 'API_APP_ID');
  return `az ad app show --id ${api} --query "{uris:identifierUris, scopes:api.oauth2PermissionScopes[].{id:id, value:value}, clients:api.preAuthorizedApplications}"`;
}

function preAuthorise(clientId: string, { appId, cloud }: SetUpFacts): string[] {
  const azure = AZURE_CLOUDS.find((known) => known === cloud);
  const graph = azure && audiencesOf('graph', azure)[0];
  if (!graph) return [];
  const api = guidOr(appId, 'API_APP_ID');
  const body = { api: { preAuthorizedApplications: [{ appId: clientId, delegatedPermissionIds: [SCOPE_ID] }] } };
  const url = `${graph}/v1.0/applications(appId='${api}')`;
  return [`az rest --method PATCH --url "${url}" --body '${JSON.stringify(body)}'`];
}

function scopeName({ scope }: SetUpFacts): string {
  return plainWord(scope) ?? 'your scope';
}

function guidOr(id: string | undefined, placeholder: string): string {
  return id !== undefined && isGuid(id) ? id : placeholder;
}

function plainUri(text: string): string | undefined {
  return /^[A-Za-z][A-Za-z0-9.:/%_~-]{0,499}$/.test(text) ? text : undefined;
}

function plainWord(text: string | undefined): string | undefined {
  return text !== undefined && /^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$/.test(text) ? text : undefined;
}
