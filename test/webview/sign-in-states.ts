import { setUpSteps } from '../../src/core/entra/set-up-steps.ts';
import type { CodeState, FailureState, SetUpState, SignInPanelState } from '../../src/protocol/sign-in-panel.ts';
import { HOSTILE } from './explanation-mocks.ts';
import { NOW_MS } from './mock-states.ts';

const API = '5a0c6d7e-1111-4222-8333-0123456789ab';
const CLIENT = '9b1f3c52-4444-4555-8666-abcdef012345';
const NOW_SEC = NOW_MS / 1000;

const code: CodeState = {
  page: 'code',
  nowMs: NOW_MS,
  identity: 'orders-dev · code',
  userCode: 'HQ7WK3DPX',
  codePage: { url: 'https://microsoft.com/devicelogin', host: 'microsoft.com', kind: 'familiar' },
  expiresAtSec: NOW_SEC + 892,
};

const notConsented: FailureState = {
  page: 'failure',
  nowMs: NOW_MS,
  identity: 'orders-dev · me',
  trouble: {
    code: 'AADSTS65001',
    cause: 'Nobody has consented that this client may ask for api://orders/Orders.Read.',
    isCertain: true,
    atFault: [
      { label: 'Client', value: CLIENT },
      { label: 'Scope', value: 'api://orders/Orders.Read' },
    ],
    action: 'Sign in again and accept, let an administrator consent, or pre-authorise the client on the API.',
    where: {
      portal: `App registrations › ${CLIENT} › API permissions › Grant admin consent`,
      property: 'requiredResourceAccess',
      command: `az ad app permission admin-consent --id ${CLIENT}`,
    },
    who: { needsAdministrator: true, text: 'An administrator, where users may not consent in this tenant.' },
    retryText: 'Then sign in again.',
    serverText: 'AADSTS65001: The user or administrator has not consented to use the application.',
    lookUp: 'https://login.microsoftonline.com/error?code=65001',
  },
};

const setUp: SetUpState = {
  page: 'setUp',
  nowMs: NOW_MS,
  revision: 1,
  apis: ['orders-dev', 'invoices-multitenant'],
  ways: ['own', 'vscode', 'azureCli'],
  fields: { api: 'orders-dev', way: 'own', scope: 'api://orders/Orders.Read', clientId: '' },
  missing: [],
  expected: [
    {
      claim: 'aud',
      values: [
        { version: 1, text: 'api://orders' },
        { version: 2, text: API },
      ],
    },
    {
      claim: 'iss',
      values: [
        { version: 1, text: 'https://sts.windows.net/8f5c…/' },
        { version: 2, text: 'https://login.microsoftonline.com/8f5c…/v2.0' },
      ],
    },
    {
      claim: 'ver',
      values: [
        { version: 1, text: '1.0' },
        { version: 2, text: '2.0' },
      ],
    },
    {
      claim: 'scp',
      values: [
        { version: 1, text: 'Orders.Read' },
        { version: 2, text: 'Orders.Read' },
      ],
    },
  ],
  findings: [],
  steps: setUpSteps('own', { appId: API, scope: 'Orders.Read', cloud: 'public', tenant: 'contoso.example' }),
  check: { state: 'idle', why: 'Enter the client id first.' },
};

/** One state for each thing the sign-in panel must be able to show. */
export const SIGN_IN_STATES = {
  code,
  codeOwn: {
    ...code,
    codePage: {
      url: `https://idp.example/${'enter/'.repeat(20)}`,
      host: `${'long-name.'.repeat(8)}idp.example`,
      kind: 'own',
    },
  },
  codeUnfamiliar: {
    ...code,
    codePage: { url: 'https://login.microsoftonline.cn/device', host: 'login.microsoftonline.cn', kind: 'unfamiliar' },
  },
  codeExpired: { ...code, expiresAtSec: NOW_SEC - 1 },
  notConsented,
  network: {
    ...notConsented,
    trouble: { cause: 'No usable answer from the login host: ECONNRESET.', isCertain: true, atFault: [] },
  },
  hostileFailure: {
    ...notConsented,
    identity: HOSTILE.script,
    trouble: { ...notConsented.trouble, isCertain: false, cause: HOSTILE.image, serverText: HOSTILE.script.repeat(20) },
  },
  setUp,
  setUpVsCode: {
    ...setUp,
    revision: 2,
    fields: { ...setUp.fields, way: 'vscode' },
    missing: ['The profile has no "appId": the commands show a placeholder.'],
    findings: [{ severity: 'warning', text: 'A scope of Microsoft Graph: the token is for Graph, not for your API.' }],
    steps: setUpSteps('vscode', { scope: 'Orders.Read', cloud: 'public' }),
    check: { state: 'idle' },
  },
  setUpElsewhere: {
    ...setUp,
    ways: ['own'],
    steps: setUpSteps('own', {
      isOtherIssuer: true,
      redirectUri: `http://localhost/why401/idp.example:8443/${'realms/'.repeat(20)}`,
    }),
  },
  setUpRunning: {
    ...setUp,
    revision: 3,
    check: { state: 'running', text: 'Waiting for you to sign in in the browser…' },
  },
  setUpFailed: { ...setUp, check: { state: 'failed', trouble: notConsented.trouble } },
  setUpPassed: {
    ...setUp,
    check: {
      state: 'passed',
      account: 'megan@contoso.example',
      claims: [
        { claim: 'aud', says: API, isExpected: true },
        { claim: 'scp', says: 'Orders.Read', isExpected: true },
      ],
      isSaved: false,
    },
  },
  setUpDiffers: {
    ...setUp,
    check: {
      state: 'passed',
      account: 'megan@contoso.example',
      claims: [{ claim: 'aud', says: 'api://orders', isExpected: false }],
      isSaved: true,
    },
  },
  noApi: { ...setUp, apis: [], expected: [], steps: [] },
} satisfies Record<string, SignInPanelState>;

export type SignInStateName = keyof typeof SIGN_IN_STATES;
export const SIGN_IN_STATE_NAMES = Object.keys(SIGN_IN_STATES) as SignInStateName[];
