import { APPS, CONTOSO, FABRIKAM } from '../../../../lab/entra-tenant.ts';
import type { Lab } from '../../../../lab/lab.ts';
import { type Mutation, setHeader, tokenMutations, withoutToken } from './mutation.ts';
import type { Draft } from './passing-call.ts';

const FORBIDDEN = [
  'app-unspecified',
  'scope-missing',
  'role-missing',
  'client-certificate-required',
  'easyauth-client-not-allowed',
] as const;
const BARE = ['function-key-missing', 'function-key-wrong', 'app-unspecified'] as const;

export const APP_SERVICE_ROWS: readonly Mutation[] = [
  {
    change: 'no key',
    call: 'functions',
    mutate: setHeader('x-functions-key'),
    cause: 'function-key-missing',
    alike: BARE,
  },
  {
    change: 'an invented key',
    call: 'functions',
    mutate: setHeader('x-functions-key', 'invented'),
    cause: 'function-key-wrong',
    alike: BARE,
  },
  {
    change: 'the key was rotated',
    call: 'functions',
    mutate: (_draft, lab) => {
      lab.functions.app.keys.host.default = 'a new one';
    },
    cause: 'function-key-wrong',
    alike: BARE,
  },
  {
    change: 'the key of another function',
    call: 'functions',
    mutate: (draft, lab) => setHeader('x-functions-key', lab.functions.app.keys.functions.GetOrder?.default)(draft),
    cause: 'function-key-wrong',
    alike: BARE,
  },
  {
    change: 'a system key',
    call: 'functions',
    mutate: (draft, lab) => setHeader('x-functions-key', lab.functions.app.keys.system.eventgrid_extension)(draft),
    cause: 'function-key-wrong',
    alike: BARE,
  },
  {
    change: 'the right key in the query, behind a wrong one in the header',
    call: 'functions',
    mutate: (draft) => {
      draft.url += `?code=${encodeURIComponent(draft.headers['x-functions-key'] ?? '')}`;
      setHeader('x-functions-key', 'old')(draft);
    },
    cause: 'function-key-wrong',
    alike: BARE,
  },
  {
    change: 'a host key where the master key is asked for',
    call: 'admin',
    mutate: (draft, lab) => setHeader('x-functions-key', lab.functions.app.keys.host.default)(draft),
    cause: 'function-authlevel-needs-master-key',
    alike: BARE,
  },
  site(
    'the app is stopped',
    ({ functions }) => {
      functions.site.state = 'Stopped';
    },
    'app-stopped-or-quota',
    [],
    'functions',
  ),
  site(
    'only another address is let in',
    ({ functions }) =>
      functions.site.siteConfig.ipSecurityRestrictions.push({ ipAddress: '203.0.113.9', action: 'Allow' }),
    'ip-restriction-blocked',
    [],
    'functions',
  ),
  site(
    'a client certificate is demanded',
    ({ functions }) => {
      functions.site.clientCertEnabled = true;
    },
    'client-certificate-required',
    FORBIDDEN,
    'functions',
  ),

  { change: 'no token', call: 'easyAuth', mutate: withoutToken, cause: 'missing-token' },
  {
    change: 'no token, on Windows',
    call: 'easyAuth',
    mutate: (draft, lab) => {
      lab.easyAuth.site.os = 'windows';
      withoutToken(draft);
    },
    cause: 'missing-token',
  },
  {
    change: 'the token without its scheme',
    call: 'easyAuth',
    mutate: (draft) => {
      setHeader('Authorization', draft.token)(draft);
      withoutToken(draft);
    },
    cause: 'bearer-prefix-missing',
  },
  ...tokenMutations('easyAuth', [
    [
      'an expired token',
      ({ mint }) => mint.accessTokenV2({ api: APPS.ordersEasyAuth, issuedSecAgo: 9000, lifetimeSec: 3600 }),
      'token-expired',
    ],
    [
      'a token of the future',
      ({ mint }) => mint.accessTokenV2({ api: APPS.ordersEasyAuth, issuedSecAgo: -3600 }),
      'token-not-yet-valid',
    ],
    ['a Graph token', ({ mint }) => mint.graphToken(), 'graph-nonce-token', { same: 'aud-is-graph' }],
    [
      'a v1 token',
      ({ mint }) => mint.accessTokenV1({ api: APPS.ordersEasyAuth }),
      'issuer-v1-v2-mismatch',
      { alike: ['easyauth-audience-not-allowed'] },
    ],
    [
      'a token of another tenant',
      ({ mint }) => mint.accessTokenV2({ api: APPS.ordersEasyAuth, tenant: FABRIKAM }),
      'issuer-wrong-tenant',
    ],
    [
      'a token for another API',
      ({ mint }) => mint.accessTokenV2({ api: APPS.invoicesApi }),
      'aud-mismatch',
      { alike: ['easyauth-audience-not-allowed'] },
    ],
    ['what is no token', () => 'rubbish', 'token-malformed'],
    [
      'a client that is not listed',
      ({ mint }) => mint.accessTokenV2({ api: APPS.ordersEasyAuth, client: APPS.practiceClient }),
      'easyauth-client-not-allowed',
      { status: 403, alike: FORBIDDEN },
    ],
  ]),
  {
    change: 'the API’s own name is no allowed audience any more',
    call: 'easyAuth',
    mutate: async (draft, lab) => {
      aad(lab).validation.allowedAudiences = [];
      draft.token = await lab.mint.accessTokenV2({
        api: APPS.ordersEasyAuth,
        payload: { aud: APPS.ordersEasyAuth.appIdUri },
      });
    },
    cause: 'easyauth-audience-not-allowed',
    alike: ['aud-clientid-vs-appiduri', 'aud-mismatch'],
  },
  site(
    'only tokens the app itself got are let in',
    (lab) => {
      aad(lab).validation.defaultAuthorizationPolicy.allowedApplications = [APPS.ordersEasyAuth.id];
    },
    'easyauth-client-not-allowed',
    FORBIDDEN,
  ),
  site(
    'only somebody else is let in',
    (lab) => {
      aad(lab).validation.defaultAuthorizationPolicy.allowedPrincipals.identities = [CONTOSO.users[1].id];
    },
    'easyauth-client-not-allowed',
    FORBIDDEN,
  ),
  site(
    'only a group is let in',
    (lab) => {
      aad(lab).validation.defaultAuthorizationPolicy.allowedPrincipals.groups = [
        '0f6c1d2e-3a4b-4c5d-8e6f-708192a3b4c5',
      ];
    },
    'easyauth-client-not-allowed',
    FORBIDDEN,
  ),
  {
    change: 'a browser without a session is sent to sign in',
    call: 'easyAuth',
    mutate: (draft, lab) => {
      lab.easyAuth.settings.globalValidation.unauthenticatedClientAction = 'RedirectToLoginPage';
      withoutToken(draft);
      setHeader('Accept', 'text/html')(draft);
    },
    cause: 'easyauth-login-redirect',
    // After the redirect: the page itself.
    status: 200,
  },
  {
    change: 'nobody gets a 403',
    call: 'easyAuth',
    mutate: (draft, lab) => {
      lab.easyAuth.settings.globalValidation.unauthenticatedClientAction = 'Return403';
      withoutToken(draft);
    },
    cause: 'missing-token',
    alike: FORBIDDEN,
    status: 403,
  },
  {
    change: 'a session token of nobody',
    call: 'easyAuth',
    mutate: (draft) => {
      withoutToken(draft);
      setHeader('X-ZUMO-AUTH', 'eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl')(draft);
    },
    cause: 'easyauth-session-invalid',
  },
  {
    change: 'a Graph token is posted to log in',
    call: 'easyAuth',
    mutate: async (draft, lab) => {
      withoutToken(draft);
      draft.method = 'POST';
      draft.url = `${lab.easyAuth.origin}/.auth/login/aad`;
      setHeader('Content-Type', 'application/json')(draft);
      draft.body = JSON.stringify({ access_token: await lab.mint.graphToken() });
    },
    cause: 'easyauth-client-flow-refused',
  },
  {
    change: 'a page of another site uses the session',
    call: 'easyAuth',
    mutate: async (draft, lab) => {
      setHeader('Cookie', `AppServiceAuthSession=${await sessionOf(draft, lab)}`)(draft);
      setHeader('Origin', 'https://shop.example')(draft);
      withoutToken(draft);
      draft.method = 'POST';
    },
    cause: 'easyauth-csrf-refused',
    alike: FORBIDDEN,
    status: 403,
  },
  {
    change: 'a preflight',
    call: 'easyAuth',
    mutate: (draft) => {
      withoutToken(draft);
      draft.method = 'OPTIONS';
      setHeader('Origin', 'https://shop.example')(draft);
      setHeader('Access-Control-Request-Method', 'GET')(draft);
      setHeader('Access-Control-Request-Headers', 'authorization')(draft);
    },
    cause: 'cors-preflight-unauthenticated',
  },
  site(
    'the app is stopped',
    ({ easyAuth }) => {
      easyAuth.site.state = 'Stopped';
    },
    'app-stopped-or-quota',
  ),
  {
    change: 'only a provider of another kind is set up',
    call: 'easyAuth',
    mutate: (_draft, lab) => {
      aad(lab).enabled = false;
      lab.easyAuth.settings.identityProviders.customOpenIdConnectProviders = {
        shop: { enabled: true, registration: { clientId: 'orders' } },
      };
    },
    cause: 'easyauth-oidc-bearer-unsupported',
    alike: ['app-unspecified'],
  },
  {
    change: 'no key',
    call: 'easyAuthWithKey',
    mutate: setHeader('x-functions-key'),
    cause: 'function-key-missing',
    alike: BARE,
  },
  {
    change: 'the linked app is called directly',
    call: 'staticWebApp',
    mutate: async (draft, lab) => {
      draft.url = `${lab.staticWebApp.linked.origin}/api/orders`;
      draft.token = await lab.mint.accessTokenV2();
    },
    cause: 'swa-platform-owns-auth',
    alike: ['app-unspecified'],
  },
];

function site(
  change: string,
  mutate: (lab: Lab) => unknown,
  cause: Mutation['cause'],
  alike: Mutation['alike'] = [],
  call: Mutation['call'] = 'easyAuth',
): Mutation {
  return { change, call, mutate: (_draft, lab) => void mutate(lab), cause, alike, status: 403 };
}

function aad(lab: Lab) {
  return lab.easyAuth.settings.identityProviders.azureActiveDirectory;
}

async function sessionOf({ token }: Draft, lab: Lab): Promise<string> {
  const answer = await fetch(`${lab.easyAuth.origin}/.auth/login/aad`, {
    method: 'POST',
    body: JSON.stringify({ access_token: token }),
  });
  return ((await answer.json()) as { authenticationToken: string }).authenticationToken;
}
