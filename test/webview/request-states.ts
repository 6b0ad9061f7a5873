import type { Prediction } from '../../src/core/why/explanation.ts';
import type { AuthorizeForm, RequestForm, RequestResult, RequestViewState } from '../../src/protocol/request-view.ts';
import {
  appRefused,
  functionsKeyMissing,
  HOSTILE,
  hostileExplanation,
  issuerV1,
  longPath,
  nothingKnown,
  onlyWeakening,
  roleMissing,
} from './explanation-mocks.ts';
import { NOW_MS } from './mock-states.ts';
import { SIGN_IN_STATES } from './sign-in-states.ts';

const NOW_SEC = NOW_MS / 1000;

const noAuthorize: AuthorizeForm = { token: 'none', hasPastedToken: false, key: 'none', hasKey: false };
const emptyForm: RequestForm = { method: 'GET', url: '', headers: [], body: '', authorize: noAuthorize };

const gatewayForm: RequestForm = {
  method: 'GET',
  url: 'https://contoso.azure-api.net/orders/v1/orders?status=open&$top=20',
  headers: [
    { name: 'Accept', value: 'application/json' },
    { name: 'traceparent', value: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' },
  ],
  body: '',
  authorize: {
    token: 'identity',
    identity: 'orders-dev',
    hasPastedToken: false,
    key: 'subscriptionHeader',
    keyName: 'Ocp-Apim-Subscription-Key',
    hasKey: true,
  },
};

const functionForm: RequestForm = {
  ...gatewayForm,
  url: 'https://orders-api.azurewebsites.net/api/orders',
  authorize: { ...gatewayForm.authorize, key: 'functionsHeader', keyName: 'x-functions-key', hasKey: false },
};

const willBeRefused: Prediction = {
  verdict: 'willBeRefused',
  text: 'validate-jwt, line 7 will refuse this call: the token is version 1, the API accepts version 2.',
  causes: [],
  path: issuerV1.path,
  needs: [{ text: 'Say which "authLevel" the function has, in the profile or the operation.', setting: 'why401.apis' }],
};

const base: RequestViewState = {
  nowMs: NOW_MS,
  formRevision: 1,
  form: gatewayForm,
  profile: 'orders-dev',
  operation: 'List open orders',
  identities: [
    { id: 'orders-dev', label: 'orders-dev', account: 'ada@contoso.example', expiresAtSec: NOW_SEC + 3130 },
    { id: 'billing', label: 'billing' },
    { id: 'stock', label: 'stock', account: 'ada@contoso.example', expiresAtSec: NOW_SEC - 240 },
  ],
  sending: false,
};

const sentToGateway: RequestResult['sent'] = [
  {
    line: 'GET /orders/v1/orders?status=open&$top=20 HTTP/1.1',
    headers: [
      { name: 'Host', value: 'contoso.azure-api.net' },
      { name: 'Accept', value: 'application/json' },
      { name: 'Authorization', value: 'Bearer ••••', masked: true },
      { name: 'Ocp-Apim-Subscription-Key', value: '••••', masked: true },
    ],
  },
];

const timing = { startedAtMs: NOW_MS - 184, connectedMs: 21, firstByteMs: 180, totalMs: 184 };

const refusedResult: RequestResult = {
  status: { code: 401, words: 'Unauthorized' },
  timing,
  bytes: 76,
  headers: [
    { name: 'Content-Type', value: 'application/json' },
    { name: 'Content-Length', value: '76' },
    {
      name: 'WWW-Authenticate',
      value: 'Bearer realm="contoso", error="invalid_token", error_description="The issuer is invalid"',
    },
    { name: 'Date', value: 'Sat, 21 Nov 2026 13:15:02 GMT' },
  ],
  bodyPreview: {
    text: '{\n  "statusCode": 401,\n  "message": "Unauthorized. Access token is missing or invalid."\n}',
    isCut: false,
    language: 'json',
  },
  sent: sentToGateway,
  notes: [],
};

const answer = (result: RequestResult, form: RequestForm = gatewayForm): RequestViewState => ({
  ...base,
  form,
  result,
});

const emptyRefusal: RequestResult = {
  ...withoutBody(refusedResult),
  headers: [{ name: 'Content-Length', value: '0' }],
};

const orders = {
  value: ['A-1001', 'A-1002', 'A-1003'].map((id, index) => ({
    id,
    customer: 'Fabrikam',
    total: 120.5 + index,
    lines: [{ sku: 'W-7', quantity: 2 }],
  })),
};

const okResult: RequestResult = {
  status: { code: 200, words: 'OK' },
  timing: { ...timing, totalMs: 96 },
  bytes: 12_345,
  headers: refusedResult.headers,
  bodyPreview: { text: JSON.stringify(orders, null, 2), isCut: false, language: 'json' },
  sent: sentToGateway,
  notes: [],
};

function withoutBody({ bodyPreview: _, ...result }: RequestResult): RequestResult {
  return { ...result, bytes: 0 };
}

const STATES = {
  empty: { nowMs: NOW_MS, formRevision: 0, form: emptyForm, identities: [], sending: false },
  ready: base,
  signedOut: {
    ...base,
    form: { ...functionForm, authorize: { ...functionForm.authorize, identity: 'billing' } },
  },
  pasted: {
    ...base,
    form: {
      ...functionForm,
      method: 'POST',
      body: '{\n  "customer": "Fabrikam",\n  "lines": [{ "sku": "W-7", "quantity": 2 }]\n}',
      authorize: { token: 'pasted', hasPastedToken: true, key: 'functionsQuery', hasKey: true },
    },
  },
  expired: {
    ...base,
    form: { ...functionForm, authorize: { ...noAuthorize, token: 'identity', identity: 'stock' } },
  },
  sending: { ...base, sending: true, progress: { text: 'Getting a token' } },
  signingIn: {
    ...base,
    sending: true,
    progress: {
      text: 'Waiting for you to sign in in the browser…',
      hint: 'An error there may stay there: then cancel here. AADSTS50011 means that a redirect address is missing.',
    },
  },
  signInFailed: {
    ...base,
    problem: {
      code: 'signInFailed',
      text: 'AADSTS50105: The user is not assigned to a role of the application. Have an administrator assign the user.',
      actions: [],
    },
  },
  signInExplained: {
    ...base,
    problem: { code: 'signInFailed', text: '', actions: [], trouble: SIGN_IN_STATES.notConsented.trouble },
  },
  sentTwice: answer({
    ...okResult,
    notes: ['First answered with 401 Unauthorized: the token had expired. Sent again, once, with a fresh one.'],
    sent: sentToGateway.flatMap((request) => [
      { ...request, answer: '401 Unauthorized' },
      { ...request, after: 'freshToken' as const, answer: '200 OK' },
    ]),
  }),
  noKey: {
    ...base,
    form: functionForm,
    problem: { code: 'noSecret', text: 'No key is stored for this origin: enter it first.', actions: [] },
  },
  wrongOrigin: {
    ...base,
    problem: {
      code: 'badSettings',
      text: 'Tokens of orders-dev may go to https://contoso.azure-api.net only, not to https://other.example.',
      actions: ['openSettings'],
    },
  },
  credentialHeaders: {
    ...base,
    form: {
      ...gatewayForm,
      headers: [
        { name: 'authorization', value: 'Bearer x' },
        { name: 'X-Functions-Key', value: 'y' },
        { name: 'Idempotency-Key', value: 'z' },
      ],
    },
  },
  sendingAgain: { ...answer({ ...refusedResult, explanation: issuerV1 }), sending: true },
  ok: answer(okResult),
  noContent: answer({ ...withoutBody(okResult), status: { code: 204, words: 'No Content' } }),
  keyMissing: answer({ ...emptyRefusal, explanation: functionsKeyMissing }, functionForm),
  predicted: { ...base, prediction: willBeRefused, targetNotes: ['policies/orders.xml is not in this workspace.'] },
  unknownTarget: {
    ...base,
    form: { ...emptyForm, url: 'https://api.fabrikam.example/v2/items' },
    prediction: {
      verdict: 'nothingKnown',
      text: 'Nothing is known about this target.',
      causes: [],
      path: [],
      needs: [
        {
          text: 'Say what the target is, "target" and "behind" in an API profile: that names the gates.',
          setting: 'why401.apis',
        },
      ],
    },
  },
  issuer: answer({ ...refusedResult, explanation: issuerV1 }),
  longPath: answer({ ...refusedResult, explanation: longPath }),
  forbidden: answer({ ...refusedResult, status: { code: 403, words: 'Forbidden' }, explanation: roleMissing }),
  appRefused: answer({ ...refusedResult, explanation: appRefused }, functionForm),
  onlyWeakening: answer({ ...emptyRefusal, explanation: onlyWeakening }, functionForm),
  noAnswer: answer(
    {
      failure: {
        kind: 'refused',
        detail: 'ECONNREFUSED',
        text: 'Nothing listens at 127.0.0.1, port 7071.',
      },
      timing: { startedAtMs: NOW_MS - 4, totalMs: 4 },
      headers: [],
      sent: [],
      notes: [],
    },
    { ...functionForm, url: 'http://127.0.0.1:7071/api/orders' },
  ),
  cancelled: answer({
    failure: { kind: 'cancelled', detail: '', text: 'You cancelled the call before it was answered.' },
    headers: [],
    sent: sentToGateway,
    notes: [],
  }),
  redirect: answer({
    ...emptyRefusal,
    notes: [
      'The answer redirected to https://orders.contoso.example: token and key were not sent there.',
      'This call went over plain http.',
    ],
    sent: [
      ...sentToGateway,
      {
        line: 'GET /v1/orders HTTP/1.1',
        headers: [
          { name: 'Host', value: 'orders.contoso.example' },
          { name: 'Accept', value: 'application/json' },
        ],
      },
    ],
    explanation: nothingKnown,
  }),
  nothingKnown: answer(
    { ...emptyRefusal, explanation: nothingKnown },
    { ...emptyForm, url: 'https://api.fabrikam.example/v2/items' },
  ),
  binary: answer({ ...withoutBody(okResult), bytes: 20_113, bodyNote: 'Binary, 20 kB of image/png.' }),
  large: answer({
    ...okResult,
    bytes: 20_000_000,
    notes: ['Only the first 5 MB were kept.'],
    headers: Array.from({ length: 300 }, (_, index) => ({
      name: `x-header-${index}`,
      value: index === 7 ? 'v'.repeat(5000) : `value ${index}`,
    })),
    bodyPreview: { text: '0123456789'.repeat(20_000), isCut: true, language: 'plaintext' },
  }),
  blocked: {
    ...base,
    blocked: 'This workspace is not trusted, so it may not decide where tokens go. Trust it to send calls.',
  },
  hostile: {
    prediction: { ...willBeRefused, text: HOSTILE.image, needs: [{ text: HOSTILE.script, setting: HOSTILE.link }] },
    ...answer(
      {
        ...refusedResult,
        status: { code: 401, words: HOSTILE.image },
        headers: [{ name: HOSTILE.script, value: HOSTILE.image }],
        bodyPreview: { text: HOSTILE.script + HOSTILE.link, isCut: false, language: 'html' },
        bodyNote: HOSTILE.image,
        sent: [
          { line: HOSTILE.script, headers: [{ name: HOSTILE.image, value: HOSTILE.command }], body: HOSTILE.script },
        ],
        notes: [HOSTILE.image],
        explanation: hostileExplanation,
      },
      { ...gatewayForm, method: HOSTILE.image, url: HOSTILE.script.repeat(5), body: HOSTILE.image },
    ),
    profile: HOSTILE.script,
    operation: HOSTILE.image,
    identities: [{ id: HOSTILE.script, label: HOSTILE.image, account: HOSTILE.script }],
  },
} satisfies Record<string, RequestViewState>;

export type RequestStateName = keyof typeof STATES;

/** One state for each thing the request view must be able to show; each sets the form anew. */
export const REQUEST_STATES = Object.fromEntries(
  Object.entries(STATES).map(([name, state], index) => [name, { ...state, formRevision: index }]),
) as Record<RequestStateName, RequestViewState>;
export const REQUEST_STATE_NAMES = Object.keys(REQUEST_STATES) as RequestStateName[];
