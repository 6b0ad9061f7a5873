import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Call } from '../../../../src/core/call/call.ts';
import { gateOf } from '../../../../src/core/gates/all-gates.ts';
import type { TargetFacts } from '../../../../src/core/gates/facts.ts';
import type { GateId } from '../../../../src/core/gates/step.ts';
import * as at from '../entra-fixture.ts';
import { answerOf, callOf, known, serviceClaims } from '../why/cause-fixtures/fixture-parts.ts';

const SECRET = 'https://contoso.vault.azure.net/secrets/a?api-version=7.4';
const VAULT = 'https://vault.azure.net';
const GROUP = 'https://management.azure.com/subscriptions/s?api-version=2020-01-01';
const BLOB = 'https://contoso.blob.core.windows.net/c/b';
const VERSION = { 'x-ms-version': '2023-11-03' };
const TRIGGER = 'https://prod-1.westeurope.logic.azure.com/workflows/w/triggers/manual/paths/invoke';
const past = { iat: 1, nbf: 1, exp: at.NOW_SEC - 7200 };

/** `verdict cause` of the first finding. */
function judge(id: GateId, call: Call, target: TargetFacts = {}): string {
  const gate = gateOf(id);
  assert.ok(gate);
  const knowledge = { keySources: {}, target };
  const { verdict, findings } = gate.judge({ gate: id, hop: 'service' }, call, knowledge, at.NOW_MS);
  return [verdict, ...findings.slice(0, 1).map(({ cause }) => cause)].join(' ');
}

const withToken = (url: string, aud: string, changes = {}, headers = {}) =>
  callOf(url, { claims: serviceClaims(aud, changes), headers });

describe('before sending', () => {
  const cases: [what: string, id: GateId, call: Call, expected: string, target?: TargetFacts][] = [
    ['a vault without a token', 'keyVault', callOf(SECRET), 'refuses missing-token'],
    ['a vault with its own token: rights are not known', 'keyVault', withToken(SECRET, VAULT), 'unknown'],
    ['a vault with a slash too many', 'keyVault', withToken(SECRET, `${VAULT}/`), 'refuses keyvault-wrong-resource'],
    [
      'a vault with a token of another cloud',
      'keyVault',
      withToken(SECRET, 'https://vault.azure.cn'),
      'refuses token-from-other-cloud',
    ],
    ['a vault with an old token', 'keyVault', withToken(SECRET, VAULT, past), 'refuses token-expired'],
    [
      'a vault whose tenant is known to be another',
      'keyVault',
      withToken(SECRET, VAULT),
      'refuses keyvault-issuer-wrong-tenant',
      { vault: known({ tenant: at.OTHER_TENANT }) },
    ],
    [
      'a managed HSM, whose audience is not documented',
      'keyVault',
      withToken('https://contoso.managedhsm.azure.net/keys/k', 'https://managedhsm.azure.net'),
      'unknown',
    ],
    [
      'Resource Manager, with and without the slash',
      'resourceManager',
      withToken(GROUP, 'https://management.azure.com'),
      'unknown',
    ],
    [
      'Resource Manager with Graph’s token',
      'resourceManager',
      withToken(GROUP, 'https://graph.microsoft.com'),
      'refuses arm-wrong-audience',
    ],
    [
      'Graph: an application asks for /me',
      'graph',
      withToken('https://graph.microsoft.com/v1.0/me', 'https://graph.microsoft.com', { scp: undefined, idtyp: 'app' }),
      'refuses app-only-vs-delegated-mismatch',
    ],
    [
      'Graph: an application asks for a user',
      'graph',
      withToken('https://graph.microsoft.com/v1.0/users/u', 'https://graph.microsoft.com', {
        scp: undefined,
        idtyp: 'app',
      }),
      'unknown',
    ],
    [
      'Storage with a token and a version',
      'dataPlane',
      withToken(BLOB, 'https://storage.azure.com', {}, VERSION),
      'unknown',
    ],
    [
      'Storage with a token, without a version',
      'dataPlane',
      withToken(BLOB, 'https://storage.azure.com'),
      'refuses storage-version-header-missing',
    ],
    [
      'Storage with a version too old',
      'dataPlane',
      withToken(BLOB, 'https://storage.azure.com', {}, { 'x-ms-version': '2015-02-21' }),
      'refuses storage-version-header-missing',
    ],
    ['Storage with a signed address', 'dataPlane', callOf(`${BLOB}?sig=s`), 'unknown'],
    ['Storage without anything: the container may be public', 'dataPlane', callOf(BLOB), 'unknown missing-token'],
    [
      'a Logic App with two credentials',
      'logicApp',
      withToken(`${TRIGGER}?sig=s`, 'x'),
      'refuses logic-app-two-credentials',
    ],
    ['a Logic App without any', 'logicApp', callOf(TRIGGER), 'refuses logic-app-sas-missing'],
    ['a Logic App with its signed address', 'logicApp', callOf(`${TRIGGER}?sig=s`), 'unknown'],
    [
      'a Logic App whose policy has a slash too many',
      'logicApp',
      withToken(TRIGGER, 'https://management.azure.com'),
      'refuses logic-app-claims-mismatch',
      { logicApp: known({ policies: [{ name: 'p', claims: { aud: 'https://management.azure.com/' } }] }) },
    ],
    [
      'a Logic App whose policy fits',
      'logicApp',
      withToken(TRIGGER, 'https://management.azure.com'),
      'passes',
      {
        logicApp: known({ policies: [{ name: 'p', claims: { aud: 'https://management.azure.com', tid: at.TENANT } }] }),
      },
    ],
    [
      'http to App Service, which redirects',
      'edge',
      withToken('http://a.azurewebsites.net/', 'x'),
      'unknown authorization-dropped-on-redirect',
    ],
    [
      'an app that is stopped',
      'appStopped',
      callOf('https://a.example/'),
      'refuses app-stopped-or-quota',
      { stopped: known(true) },
    ],
    ['an app of which that is not known', 'appStopped', callOf('https://a.example/'), 'unknown'],
    [
      'no access restriction',
      'accessRestriction',
      callOf('https://a.example/'),
      'passes',
      { accessRestrictions: known([]) },
    ],
    [
      'a certificate is wanted, and TLS had none',
      'clientCertificate',
      callOf('https://a.example/', { clientCertificate: 'none' }),
      'refuses client-certificate-required',
      { clientCertificate: known('required') },
    ],
    [
      'a certificate is wanted, and was sent',
      'clientCertificate',
      callOf('https://a.example/', { clientCertificate: 'sent' }),
      'passes',
      { clientCertificate: known('required') },
    ],
    [
      'a linked app, called directly',
      'staticWebApps',
      callOf('https://a.azurewebsites.net/api/x'),
      'refuses swa-platform-owns-auth',
      { staticWebApp: known(true) },
    ],
    [
      'a token through a static web app',
      'staticWebApps',
      withToken('https://a.azurestaticapps.net/api/x', 'x'),
      'unknown swa-platform-owns-auth',
    ],
    ['a call that is no preflight', 'cors', callOf('https://a.example/'), 'passes'],
  ];
  for (const [what, id, call, expected, target] of cases)
    test(what, () => assert.equal(judge(id, call, target), expected));

  test('behind a static web app nobody sees the token that was sent', () => {
    const call = withToken('https://a.azurestaticapps.net/api/x', 'x');
    const { forwards } =
      gateOf('staticWebApps')?.judge(
        { gate: 'staticWebApps', hop: 'staticWebApps' },
        call,
        { keySources: {} },
        at.NOW_MS,
      ) ?? {};
    assert.equal(forwards?.authorization.type, 'unknown');
    assert.equal(forwards?.authorization.setBy, 'step');
  });
});

describe('what an answer gives away', () => {
  const learnt = (call: Call, response: ReturnType<typeof answerOf>, id: GateId) =>
    gateOf(id)?.recognise({
      exchange: { call, response },
      tokenFindings: [],
      knowledge: { keySources: {} },
      nowMs: at.NOW_MS,
    }).facts;

  test('a vault’s challenge: tenant, resource and authority, whatever stands beside it', () => {
    const authority = `https://login.microsoftonline.com/${at.TENANT}`;
    const challenge = `Negotiate, Bearer authorization="${authority}" resource="${VAULT}"`;
    const facts = learnt(callOf(SECRET), answerOf(401, '', { 'WWW-Authenticate': challenge }), 'keyVault');
    assert.deepEqual(facts?.vault, {
      value: { authority, resource: VAULT, tenant: at.TENANT },
      source: 'response',
      readAtMs: at.NOW_MS,
    });
  });

  test('the same challenge from a host that is no vault’s gives nothing', () => {
    const challenge = 'Bearer authorization="https://evil.example/t", resource="https://evil.example"';
    assert.deepEqual(
      learnt(callOf('https://api.example/orders'), answerOf(401, '', { 'WWW-Authenticate': challenge }), 'keyVault'),
      {},
    );
  });
});
