import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Authorization, Call, Header } from '../../../../src/core/call/call.ts';
import { judgeEasyAuth } from '../../../../src/core/gates/easy-auth/easy-auth-judgement.ts';
import { readEasyAuthSettings } from '../../../../src/core/gates/easy-auth/easy-auth-settings.ts';
import type { EasyAuthFacts, Knowledge } from '../../../../src/core/gates/facts.ts';
import * as at from '../entra-fixture.ts';

const STEP = { gate: 'easyAuth', hop: 'appService' } as const;

const ENTRA = {
  registration: { openIdIssuer: `${at.LOGIN}/${at.TENANT}/v2.0`, clientId: at.API_ID },
  validation: {
    allowedAudiences: [at.API_URI],
    defaultAuthorizationPolicy: { allowedApplications: [at.CLIENT_ID] },
  },
};
const SETTINGS = {
  platform: { enabled: true },
  globalValidation: {
    requireAuthentication: true,
    unauthenticatedClientAction: 'Return401',
    excludedPaths: ['/health'],
  },
  identityProviders: { azureActiveDirectory: ENTRA, apple: { enabled: false } },
};

function bearer(claims: Record<string, unknown>): Authorization {
  const token = { header: { alg: 'RS256', kid: at.KID }, payload: claims } as never;
  return { type: 'bearer', bearer: { token, partial: false, signatures: {} } };
}

/** Verdict and first cause of a call to an app with these settings. */
function judged(authorization: Authorization, settings: unknown = SETTINGS, path = '/api/x', headers: Header[] = []) {
  const call: Call = {
    method: 'GET',
    url: `https://a.azurewebsites.net${path}`,
    headers,
    authorization: { ...authorization, setBy: 'caller' },
  };
  const easyAuth = { value: readEasyAuthSettings(settings), source: 'file' as const, readAtMs: at.NOW_MS };
  const knowledge: Knowledge = { keySources: {}, target: { easyAuth } };
  const { verdict, findings } = judgeEasyAuth(STEP, call, knowledge, at.NOW_MS);
  return [verdict, findings[0]?.cause];
}

describe('the settings of App Service authentication', () => {
  test('as Resource Manager gives them, with and without properties', () => {
    const read: EasyAuthFacts = {
      isWhole: true,
      enabled: true,
      requireAuthentication: true,
      unauthenticatedAction: 'return401',
      excludedPaths: ['/health'],
      providers: ['azureActiveDirectory'],
      clientId: at.API_ID,
      issuer: `${at.LOGIN}/${at.TENANT}/v2.0`,
      tenant: at.TENANT,
      allowedAudiences: [at.API_URI],
      allowedApplications: [at.CLIENT_ID],
    };
    assert.deepEqual(readEasyAuthSettings(SETTINGS), read);
    assert.deepEqual(readEasyAuthSettings({ properties: SETTINGS }), read);
  });

  test('what is no setting is left out, and nothing throws', () => {
    for (const value of [undefined, null, 1, 'x', [], { platform: [], globalValidation: 1, identityProviders: 'x' }]) {
      assert.equal(readEasyAuthSettings(value).enabled, undefined);
    }
    const action = { globalValidation: { unauthenticatedClientAction: 'constructor' } };
    assert.equal(readEasyAuthSettings(action).unauthenticatedAction, undefined);
  });
});

describe('a call is judged by them', () => {
  const NONE: Authorization = { type: 'none' };

  test('without a token: refused, sent to sign in, or let through', () => {
    const redirecting = { unauthenticatedClientAction: 'RedirectToLoginPage', requireAuthentication: true };
    assert.deepEqual(judged(NONE), ['refuses', 'missing-token']);
    assert.deepEqual(judged(NONE, { ...SETTINGS, globalValidation: redirecting }), [
      'refuses',
      'easyauth-login-redirect',
    ]);
    const open = { unauthenticatedClientAction: 'AllowAnonymous' };
    assert.deepEqual(judged(NONE, { ...SETTINGS, globalValidation: open }), ['passes', undefined]);
    assert.deepEqual(judged(NONE, { ...SETTINGS, platform: { enabled: false } }), ['passes', undefined]);
    assert.deepEqual(judged(NONE, SETTINGS, '/health'), ['passes', undefined]);
    assert.deepEqual(judged(NONE, SETTINGS, '/health/more'), ['refuses', 'missing-token']);
    assert.deepEqual(judged(NONE, {}), ['unknown', 'missing-token']);
  });

  test('with a token: the client id and the listed audiences, exactly', () => {
    assert.deepEqual(judged(bearer(at.v2Claims())), ['unknown', undefined]);
    assert.deepEqual(judged(bearer(at.v2Claims({ aud: at.API_URI }))), ['unknown', undefined]);
    const spelt = bearer(at.v2Claims({ aud: `api://${at.API_ID}` }));
    assert.deepEqual(judged(spelt), ['refuses', 'easyauth-audience-not-allowed']);
    assert.deepEqual(judged(bearer(at.v2Claims({ aud: at.CLIENT_ID }))), ['refuses', 'aud-mismatch']);
    const graph = bearer(at.v1Claims({ aud: 'https://graph.microsoft.com' }));
    assert.deepEqual(judged(graph), ['refuses', 'aud-is-graph']);
  });

  test('five minutes past its end a token is still good, and then it is not', () => {
    assert.deepEqual(judged(bearer(at.v2Claims({ exp: at.NOW_SEC - 60 }))), ['unknown', undefined]);
    assert.deepEqual(judged(bearer(at.v2Claims({ exp: at.NOW_SEC - 400 }))), ['refuses', 'token-expired']);
  });

  test('the built-in policy admits the applications and principals it lists', () => {
    assert.deepEqual(judged(bearer(at.v2Claims({ azp: at.OTHER_TENANT }))), ['refuses', 'easyauth-client-not-allowed']);
    const people = { allowedPrincipals: { identities: ['p1'], groups: ['g1'] } };
    const entra = { ...ENTRA, validation: { ...ENTRA.validation, defaultAuthorizationPolicy: people } };
    const settings = { ...SETTINGS, identityProviders: { azureActiveDirectory: entra } };
    assert.deepEqual(judged(bearer(at.v2Claims({ oid: 'p2' })), settings)[1], 'easyauth-client-not-allowed');
    assert.equal(judged(bearer(at.v2Claims({ oid: 'p2', groups: ['g1'] })), settings)[0], 'unknown');
  });

  test('with a custom provider alone, or a session, a bearer token is not what decides', () => {
    const custom = { ...SETTINGS, identityProviders: { customOpenIdConnectProviders: { mine: {} } } };
    assert.deepEqual(judged(bearer(at.v2Claims()), custom), ['refuses', 'easyauth-oidc-bearer-unsupported']);
    const session = [{ name: 'X-ZUMO-AUTH', value: '••••', masked: true }];
    assert.deepEqual(judged(NONE, SETTINGS, '/api/x', session), ['unknown', undefined]);
  });
});
