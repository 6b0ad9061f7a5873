import { wellKnownAppName } from '../token/well-known-apps.ts';
import { resourceOf } from './scope-resource.ts';
import type { FailureConcern, IdentityFacts, SignInDiagnosis } from './sign-in-diagnosis.ts';

/** What is said for a value that is not known: in a text, and in a command, where it is filled in by hand. */
const PLACEHOLDERS = {
  client: ['the client', '<client id>'],
  api: ['the API', '<API id>'],
  resource: ['the API', '<App ID URI>'],
  tenant: ['the tenant', '<tenant>'],
  redirect: ['the redirect URI', '<redirect URI>'],
  account: ['the user', '<user name>'],
} as const;

type Placeholder = keyof typeof PLACEHOLDERS;

/**
 * What may stand in a command unquoted, in every usual shell: ids, domains, addresses and user names. Not `@…` in front, which
 * Azure CLI takes for a file to read, nor `-…`, an option.
 */
const PLAIN_ARGUMENT = /^\w[\w.:/@+-]*$/;

/** Fills `{client}` and its like in. In a command, a value with other characters stays a place to fill in by hand. */
export function fillIn(template: string, facts: IdentityFacts, target: 'text' | 'command'): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    if (!(name in PLACEHOLDERS)) return whole;
    const value = factFor(name as Placeholder, facts);
    const isUsable = value !== undefined && (target === 'text' || PLAIN_ARGUMENT.test(value));
    return isUsable ? value : PLACEHOLDERS[name as Placeholder][target === 'text' ? 0 : 1];
  });
}

/** The API a scope is of: everything before its last slash. Undefined where the first scope names none. */
export function resourceIn(scopes: readonly string[]): string | undefined {
  return scopes.map(resourceOf).find((resource) => resource !== '');
}

/** The client with its name, when it is one of Microsoft's. */
export function clientWords({ clientId }: IdentityFacts): string {
  const name = clientId && wellKnownAppName(clientId);
  if (!clientId) return 'the client';
  return name ? `the client ${clientId} (${name})` : `the client ${clientId}`;
}

/** The API a token was asked for, in words: by its scope, else by the profile. */
export function apiWords({ scopes, appIdUri, appId }: IdentityFacts): string {
  const api = resourceIn(scopes) ?? appIdUri ?? appId;
  return api === undefined ? 'the API asked for' : `the API ${api}`;
}

/** The address the browser comes back to, as it has to be registered: without the port. */
export function redirectOf({ redirectUri, signIn }: IdentityFacts): string {
  if (redirectUri) return redirectUri.replace(/^(http:\/\/localhost):\d+\/?$/, '$1');
  return signIn === 'vscode' ? 'https://vscode.dev/redirect' : 'http://localhost';
}

/** The values of an identity that a failure of this kind is about, with their names. */
export function atFault(concern: FailureConcern, facts: IdentityFacts): SignInDiagnosis['atFault'] {
  const rows = {
    client: { label: 'Client id', value: facts.clientId },
    redirect: { label: 'Redirect URI', value: redirectOf(facts) },
    tenant: { label: 'Tenant', value: facts.tenant },
    host: { label: 'Login host', value: facts.loginBase },
    account: { label: 'Account', value: facts.account },
    scopes: { label: 'Scopes', value: facts.scopes.join(' ') },
    assertion: { label: 'Audience of the token handed over', value: facts.assertionAudience },
  };
  const shown = SHOWN[concern].map((name) => rows[name]);
  return shown.flatMap(({ label, value }) => (value ? [{ label, value }] : []));
}

const SHOWN = {
  client: ['client', 'tenant'],
  redirect: ['client', 'redirect'],
  credential: ['client', 'tenant'],
  tenant: ['tenant', 'host'],
  account: ['account', 'tenant'],
  scope: ['scopes', 'client', 'tenant'],
  consent: ['client', 'scopes', 'tenant'],
  assignment: ['account', 'client', 'scopes'],
  assertion: ['assertion', 'client', 'tenant'],
  policy: ['account', 'client', 'tenant'],
  session: ['account', 'client', 'tenant'],
  request: ['client', 'scopes'],
  service: ['tenant', 'host'],
  unknown: ['client', 'tenant', 'scopes'],
} as const satisfies Record<FailureConcern, readonly string[]>;

function factFor(name: Placeholder, facts: IdentityFacts): string | undefined {
  switch (name) {
    case 'client':
      return facts.clientId;
    case 'api':
      return facts.appId;
    case 'resource':
      return resourceIn(facts.scopes) ?? facts.appIdUri;
    case 'tenant':
      return facts.tenant;
    case 'redirect':
      return redirectOf(facts);
    case 'account':
      return facts.account;
  }
}
