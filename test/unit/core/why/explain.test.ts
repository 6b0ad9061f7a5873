import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Authorization, Call, Header } from '../../../../src/core/call/call.ts';
import type { CallResponse, Exchange } from '../../../../src/core/call/exchange.ts';
import { readExchangeText } from '../../../../src/core/call/http-text.ts';
import type { ApiProfile } from '../../../../src/core/entra/api-profile.ts';
import { metadataUrl } from '../../../../src/core/entra/authority.ts';
import type { KeySource } from '../../../../src/core/entra/metadata.ts';
import { CAUSE_TEXTS } from '../../../../src/core/why/cause-text.ts';
import { type Diagnosis, explain } from '../../../../src/core/why/explain.ts';
import { knowledgeOf } from '../../../../src/core/why/knowledge.ts';
import { predict } from '../../../../src/core/why/predict.ts';
import { writeExplanation } from '../../../../src/core/why/write-explanation.ts';
import * as at from '../entra-fixture.ts';

const GATEWAY: ApiProfile = {
  ...at.PROFILE,
  target: 'apim',
  behind: 'functions',
  baseUrl: 'https://contoso.azure-api.net/orders',
};
const FUNCTIONS: ApiProfile = { ...at.PROFILE, target: 'functions', authLevel: 'function' };
const EASY_AUTH: ApiProfile = { ...at.PROFILE, target: 'functions', authLevel: 'anonymous' };
const APP: ApiProfile = { ...at.PROFILE, target: 'other' };

const sources: Record<string, KeySource> = Object.fromEntries(
  ([1, 2] as const).map((version) => {
    const url = metadataUrl(at.PROFILE.authority, version);
    const issuer = version === 1 ? at.V1_ISSUER : at.V2_ISSUER;
    return [url, { ok: true, metadataUrl: url, issuer, jwksUri: at.V2_KEYS_URL, keys: [], readAtMs: at.NOW_MS }];
  }),
);

function bearer(claims: Record<string, unknown>, header: Record<string, unknown> = {}): Authorization {
  const token = { header: { alg: 'RS256', kid: at.KID, ...header }, payload: claims } as never;
  const signatures = Object.fromEntries(Object.keys(sources).map((url) => [url, { state: 'valid' as const }]));
  return { type: 'bearer', bearer: { token, partial: false, signatures } };
}

function callWith(authorization: Authorization, headers: Header[] = [], url = 'https://api.example/orders'): Call {
  // As the sender gives it back: every header that went out.
  const all = [{ name: 'Host', value: new URL(url).host }, ...headers];
  return { method: 'GET', url, headers: all, authorization: { ...authorization, setBy: 'caller' } };
}

function answer(status: number, headers: Record<string, string> = {}, body?: string): CallResponse {
  const list = Object.entries(headers).map(([name, value]) => ({ name, value }));
  return {
    status,
    headers: list,
    headersComplete: true,
    body: body === undefined ? { bytes: 0, isComplete: true } : { text: body, bytes: body.length, isComplete: true },
  };
}

function diagnose(exchange: Exchange, profile?: ApiProfile): Diagnosis {
  return explain([exchange], knowledgeOf(profile, undefined, sources, exchange.call, at.NOW_MS), at.NOW_MS);
}

/** `confidence cause at gate` of the best cause. */
function best({ causes, refusedAt }: Diagnosis): string {
  const [cause] = causes;
  return cause ? `${cause.confidence} ${cause.cause} at ${refusedAt ?? '?'}` : `nothing at ${refusedAt ?? '?'}`;
}

function verdicts({ steps }: Diagnosis): string[] {
  return steps.map(({ step, verdict }) => `${step.gate} ${verdict}`);
}

const GOOD = bearer(at.v2Claims());
const NONE: Authorization = { type: 'none' };
const KEY: Header = { name: 'Ocp-Apim-Subscription-Key', value: '••••', masked: true };
const keyChallenge = {
  'WWW-Authenticate':
    'AzureApiManagementKey realm="https://c.azure-api.net/orders",name="Ocp-Apim-Subscription-Key",type="header"',
};
const envelope = (message: string) => JSON.stringify({ statusCode: 401, message });
const MISSING_KEY =
  'Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.';
const INVALID_KEY =
  'Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.';

describe('API Management', () => {
  const missing = answer(401, keyChallenge, envelope(MISSING_KEY));

  test('no subscription key', () => {
    const diagnosis = diagnose({ call: callWith(GOOD), response: missing }, GATEWAY);
    assert.equal(best(diagnosis), 'certain apim-subscription-key-missing at subscriptionKey');
    assert.deepEqual(verdicts(diagnosis), [
      ...[
        'subscriptionKey refused',
        'validateJwt notReached',
        'easyAuth notReached',
        'functionsKey notReached',
        'app notReached',
      ],
    ]);
  });

  test('an invalid subscription key', () => {
    const response = answer(401, keyChallenge, envelope(INVALID_KEY));
    assert.equal(
      best(diagnose({ call: callWith(GOOD, [KEY]), response }, GATEWAY)),
      'certain apim-subscription-key-invalid at subscriptionKey',
    );
  });

  test('a key under another name, which the challenge gives away', () => {
    const renamed = {
      'WWW-Authenticate': keyChallenge['WWW-Authenticate'].replace('Ocp-Apim-Subscription-Key', 'x-api-key'),
    };
    const response = answer(401, renamed, envelope(MISSING_KEY));
    const diagnosis = diagnose({ call: callWith(GOOD, [KEY]), response });
    assert.equal(best(diagnosis), 'likely apim-subscription-key-wrong-header at subscriptionKey');
  });

  test('a key sentence of Azure AI is not API Management’s', () => {
    const body =
      '{"error":{"code":"401","message":"Access denied due to invalid subscription key or wrong API endpoint."}}';
    assert.notEqual(diagnose({ call: callWith(NONE), response: answer(401, {}, body) }).refusedAt, 'subscriptionKey');
  });

  test('the sentence alone is never certain', () => {
    const [exchange] = readExchangeText(`upstream said: ${INVALID_KEY}`);
    const { causes } = diagnose(exchange ?? {});
    assert.ok(causes.every(({ confidence }) => confidence !== 'certain'));
  });

  test('validate-jwt: no token, not a bearer header', () => {
    const response = answer(401, {}, envelope('JWT not present.'));
    assert.equal(
      best(diagnose({ call: callWith(NONE, [KEY]), response }, GATEWAY)),
      'certain missing-token at validateJwt',
    );
    const other = callWith({ type: 'other', scheme: 'Basic' }, [KEY]);
    assert.equal(best(diagnose({ call: other, response }, GATEWAY)), 'certain bearer-prefix-missing at validateJwt');
  });

  const tokens: [string, Authorization, string][] = [
    ['expired', bearer(at.v2Claims({ exp: at.NOW_SEC - 1 })), 'token-expired'],
    ['not yet valid', bearer(at.v2Claims({ nbf: at.NOW_SEC + 60 })), 'token-not-yet-valid'],
    ['wrong audience', bearer(at.v2Claims({ aud: at.CLIENT_ID })), 'aud-mismatch'],
    ['Graph', bearer(at.v1Claims({ aud: 'https://graph.microsoft.com' }), { nonce: 'n' }), 'graph-nonce-token'],
    ['v1', bearer(at.v1Claims()), 'issuer-v1-v2-mismatch'],
    [
      'wrong tenant',
      bearer(at.v2Claims({ iss: `${at.LOGIN}/${at.OTHER_TENANT}/v2.0`, tid: at.OTHER_TENANT })),
      'issuer-wrong-tenant',
    ],
  ];
  for (const [name, authorization, cause] of tokens) {
    test(`validate-jwt: ${name}, at most likely since no policy is read`, () => {
      const diagnosis = diagnose(
        { call: callWith(authorization, [KEY]), response: answer(401, {}, envelope('Invalid JWT.')) },
        GATEWAY,
      );
      assert.equal(best(diagnosis), `likely ${cause} at validateJwt`);
      assert.deepEqual(verdicts(diagnosis).slice(0, 3), [
        'subscriptionKey passed',
        'validateJwt refused',
        'easyAuth notReached',
      ]);
    });
  }

  test('the pair is shown when iss, aud or ver is the fault, and only then', () => {
    const response = answer(401, {}, envelope('Invalid JWT.'));
    const v1 = writeExplanation(diagnose({ call: callWith(bearer(at.v1Claims()), [KEY]), response }, GATEWAY));
    assert.deepEqual(
      v1.pair?.rows.map(({ claim, fits }) => [claim, fits]),
      [
        ['iss', false],
        ['aud', false],
        ['ver', false],
      ],
    );
    const expired = writeExplanation(
      diagnose({ call: callWith(bearer(at.v2Claims({ exp: 1 })), [KEY]), response }, GATEWAY),
    );
    assert.equal(expired.pair, undefined);
  });

  test('a documented reason in a header decides', () => {
    const response = answer(401, { ErrorSource: 'validate-jwt', ErrorReason: 'TokenExpired' }, 'no');
    assert.equal(best(diagnose({ response })), 'certain token-expired at validateJwt');
  });
});

describe('Azure Functions', () => {
  const bare = answer(401, { 'Content-Length': '0' });

  test('no key, where the level demands one', () => {
    const diagnosis = diagnose({ call: callWith(GOOD), response: bare }, FUNCTIONS);
    assert.equal(best(diagnosis), 'likely function-key-missing at functionsKey');
    assert.deepEqual(verdicts(diagnosis), ['easyAuth passedOrAbsent', 'functionsKey refused', 'app notReached']);
  });

  test('a wrong key, in the header or as code', () => {
    const inHeader = callWith(GOOD, [{ name: 'x-functions-key', value: '••••', masked: true }]);
    assert.equal(
      best(diagnose({ call: inHeader, response: bare }, FUNCTIONS)),
      'likely function-key-wrong at functionsKey',
    );
    const inQuery = callWith(GOOD, [], 'https://api.example/orders?code=x');
    assert.equal(
      best(diagnose({ call: inQuery, response: bare }, FUNCTIONS)),
      'likely function-key-wrong at functionsKey',
    );
  });

  test('App Service authentication, by its own way to challenge', () => {
    const challenge = `Bearer realm="a.azurewebsites.net" authorization_uri="https://login.windows.net/${at.TENANT}/oauth2/v2.0/authorize" resource_id="${at.API_ID}"`;
    const response = answer(401, { 'WWW-Authenticate': challenge, 'Content-Length': '0' });
    assert.equal(best(diagnose({ call: callWith(NONE), response }, EASY_AUTH)), 'certain missing-token at easyAuth');
    const expired = callWith(bearer(at.v2Claims({ exp: 1 })));
    assert.equal(best(diagnose({ call: expired, response }, EASY_AUTH)), 'likely token-expired at easyAuth');
    assert.equal(diagnose({ call: callWith(NONE), response }).knowledge.target?.easyAuth?.source, 'response');
  });
});

describe('no platform is blamed for what is not its own', () => {
  const strangers: [string, CallResponse][] = [
    ['a bare 401', answer(401, { 'Content-Length': '0' })],
    ['a text', answer(401, {}, 'nope')],
    ['NestJS', answer(401, {}, '{"statusCode":401,"message":"Unauthorized"}')],
    ['NestJS, the other order', answer(401, {}, '{"message":"Unauthorized","statusCode":401}')],
    [
      'Spring',
      answer(
        401,
        { 'WWW-Authenticate': 'Bearer realm="api"' },
        '{"timestamp":"2026-11-21","status":401,"error":"Unauthorized","path":"/orders"}',
      ),
    ],
    ['nginx', answer(401, { Server: 'nginx' }, '<html><center><h1>401</h1></center><hr><center>nginx</center></html>')],
    [
      'Kong',
      answer(
        401,
        { Server: 'kong/3.4', 'WWW-Authenticate': 'Key realm="kong"' },
        '{"message":"No API key found in request"}',
      ),
    ],
    ['AWS', answer(401, { 'x-amzn-ErrorType': 'UnauthorizedException' }, '{"message":"Unauthorized"}')],
  ];
  for (const [name, response] of strangers) {
    for (const profile of [undefined, APP, GATEWAY, FUNCTIONS]) {
      test(`${name}, ${profile?.target ?? 'nothing known'}`, () => {
        const { causes, confidence } = diagnose({ call: callWith(GOOD), response }, profile);
        assert.notEqual(confidence, 'certain');
        assert.ok(causes.every((cause) => cause.confidence !== 'certain'));
      });
    }
    test(`${name}: with nothing known, the app itself is among the answers`, () => {
      const { causes } = diagnose({ call: callWith(GOOD), response });
      assert.ok(causes.some(({ cause }) => cause === 'app-unspecified'));
    });
  }
});

describe('pasted text', () => {
  const lines: [string, string][] = [
    [
      '{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided.","error_codes":[7000215]}',
      'certain aadsts-7000215-invalid-secret at tokenEndpoint',
    ],
    [
      '2026-11-21 ERR AADSTS7000222: The provided client secret keys are expired.',
      'likely aadsts-7000222-secret-expired at tokenEndpoint',
    ],
    ['IDX10223: Lifetime validation failed. The token is expired.', 'likely token-expired at app'],
    [
      '{"error":{"code":"AuthorizationFailed","message":"The client does not have authorization"}}',
      'likely arm-rbac-missing at resourceManager',
    ],
    [
      `{"error":{"code":"AuthorizationFailed","message":"The client 'x' … to perform action 'Microsoft.Web/sites/read' over scope '/subscriptions/s'"}}`,
      'certain arm-rbac-missing at resourceManager',
    ],
    [
      'azure.core.exceptions.HttpResponseError: (Forbidden) Caller is not authorized.\nCaller: oid=x\nInner error: {\n  "code": "ForbiddenByRbac"\n}',
      'likely keyvault-rbac-missing at keyVault',
    ],
    [
      "ERROR: (AuthorizationFailed) The client 'x' does not have authorization to perform action 'Microsoft.Web/sites/write' over scope '/subscriptions/s'",
      'likely arm-rbac-missing at resourceManager',
    ],
    ['Code: AuthorizationPermissionMismatch', 'likely data-plane-role-missing at dataPlane'],
    ['IDW10201: Neither scope or roles claim was found in the bearer token.', 'likely role-missing at app'],
    [
      '{"error":{"code":"Unauthorized","message":"AKV10032: Invalid issuer."}}',
      'certain keyvault-issuer-wrong-tenant at keyVault',
    ],
  ];
  for (const [line, expected] of lines) {
    test(line.slice(0, 60), () => {
      const [exchange] = readExchangeText(line);
      assert.equal(best(diagnose(exchange ?? {})), expected);
    });
  }
});

describe('nothing is certain that another could have said', () => {
  const foreign = (response: CallResponse, call = callWith(NONE)) => diagnose({ call, response });
  const isSure = ({ causes, confidence }: Diagnosis) =>
    confidence === 'certain' || causes.some((cause) => cause.confidence === 'certain');
  const sayings: [string, CallResponse][] = [
    [
      'a reason word in an envelope like NestJS’s',
      answer(401, {}, '{"statusCode":401,"message":"TokenExpired","error":"Unauthorized"}'),
    ],
    ['the sentence of validate-jwt through Kong', answer(401, { Server: 'kong/3.4' }, 'JWT not present.')],
    ['a rate limit in words', answer(429, {}, 'Rate limit is exceeded. Try again in 5 seconds.')],
    [
      'an error code of Resource Manager from another host',
      answer(403, {}, '{"error":{"code":"AuthorizationFailed","message":"x"}}'),
    ],
    [
      'an AADSTS error that an API passed on',
      answer(401, {}, '{"error":"invalid_client","error_description":"AADSTS7000215: x"}'),
    ],
    [
      'the challenge of Dataverse, which is not Easy Auth’s',
      answer(401, {
        'WWW-Authenticate':
          'Bearer authorization_uri=https://login.microsoftonline.com/common/oauth2/authorize, resource_id=https://org.crm.dynamics.com/',
      }),
    ],
  ];
  for (const [name, response] of sayings) test(name, () => assert.ok(!isSure(foreign(response))));

  test('a preflight, a session cookie, a command that was pasted: the credential may be elsewhere', () => {
    const response = answer(401, keyChallenge, envelope(MISSING_KEY));
    const preflight = {
      ...callWith(NONE, [{ name: 'Access-Control-Request-Method', value: 'GET' }]),
      method: 'OPTIONS',
    };
    const session = callWith(NONE, [{ name: 'Cookie', value: 'AppServiceAuthSession=••••', masked: true }]);
    const pasted = { ...callWith(NONE), headers: [] };
    for (const call of [preflight, session, pasted])
      assert.equal(foreign(response, call).causes[0]?.confidence, 'likely');
  });
});

test('credentials dropped on a redirect are the first answer', () => {
  const first: Exchange = {
    call: callWith(GOOD, [], 'https://a.example/x'),
    response: answer(302, { Location: 'https://b.example/x' }),
  };
  const last: Exchange = { call: callWith(NONE, [], 'https://b.example/x'), response: answer(401, {}, 'no') };
  const { causes } = explain([first, last], knowledgeOf(undefined, undefined, {}, last.call, at.NOW_MS), at.NOW_MS);
  assert.equal(causes[0]?.cause, 'authorization-dropped-on-redirect');
});

test('predicting with nothing known says so; a missing key is foreseen', () => {
  const unknown = knowledgeOf(undefined, undefined, {}, callWith(GOOD), at.NOW_MS);
  assert.deepEqual(predict(callWith(GOOD), unknown, at.NOW_MS), { verdict: 'nothingKnown', steps: [] });
  const known = knowledgeOf(FUNCTIONS, undefined, {}, undefined, at.NOW_MS);
  const foreseen = predict(callWith(GOOD), known, at.NOW_MS);
  assert.equal(foreseen.verdict, 'willBeRefused');
  assert.equal(
    foreseen.steps.find(({ judgement }) => judgement.verdict === 'refuses')?.judgement.findings[0]?.cause,
    'function-key-missing',
  );
});

test('advice never begins with lowering protection, and what weakens says what it exposes', () => {
  for (const [id, write] of Object.entries(CAUSE_TEXTS)) {
    const { fixes } = write({});
    assert.ok(fixes.length > 0, id);
    assert.notEqual(fixes[0]?.kind, 'weakens', id);
    for (const { kind, exposes } of fixes) assert.equal(kind === 'weakens', exposes !== undefined, id);
  }
});

test('a 200 is no refusal', () => {
  const diagnosis = diagnose({ call: callWith(GOOD), response: answer(200, {}, '{}') }, GATEWAY);
  assert.deepEqual([diagnosis.isRefusal, diagnosis.causes], [false, []]);
});
