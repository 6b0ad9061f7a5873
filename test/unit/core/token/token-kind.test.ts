import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { adviceOnKind, describeEvidence, titleOfKind } from '../../../../src/core/token/kind-text.ts';
import { readToken } from '../../../../src/core/token/read-token.ts';
import { nameKind, type TokenKind } from '../../../../src/core/token/token-kind.ts';
import { base64url, encryptToken, signToken } from './sign-token.ts';

const tid = '11111111-2222-4333-8444-555555555555';
const v1 = { iss: `https://sts.windows.net/${tid}/`, tid, ver: '1.0', aud: 'api://orders', sub: 's', oid: 'o' };
const v2 = { ...v1, iss: `https://login.microsoftonline.com/${tid}/v2.0`, ver: '2.0', aud: 'own-id' };
const graph = '00000003-0000-0000-c000-000000000000';
const personal = '9188040d-6c67-4c5b-b112-36a304b66dad';

async function kindOf(payload: object, header: Record<string, unknown> = {}): Promise<TokenKind> {
  return nameKind(readToken(await signToken(payload, header)));
}

/** Kind, version, actor (with `?` when it is a guess), API and certainty in one line. */
function summary({ id, version, actor, actorSure, api, sure }: TokenKind): string {
  const who = actor && `${actor}${actorSure ? '' : '?'}`;
  return [id, version && `v${version}`, who, api, sure ? 'sure' : 'unsure'].filter(Boolean).join(' ');
}

function evidenceOf({ evidence }: TokenKind): string[] {
  return evidence.map(({ id }) => id);
}

describe('nameKind', () => {
  const cases: [string, object, string, Record<string, unknown>?][] = [
    ['v1 for a user', { ...v1, appid: 'c', appidacr: '1', scp: 'A' }, 'accessToken v1 user sure'],
    ['v2 for a user', { ...v2, azp: 'c', azpacr: '0', scp: 'A', roles: ['R'] }, 'accessToken v2 user sure'],
    ['app-only by idtyp', { ...v2, azp: 'c', azpacr: '1', idtyp: 'app' }, 'accessToken v2 app sure'],
    ['app-only by absence', { ...v2, azp: 'c', azpacr: '1', roles: ['R'] }, 'accessToken v2 app? sure'],
    ['no scp but a name', { ...v1, appid: 'c', appidacr: '1', upn: 'a@b' }, 'accessToken v1 sure'],
    ['device', { ...v2, azp: 'c', idtyp: 'device' }, 'accessToken v2 sure'],
    ['azp before payload nonce', { ...v2, azp: 'c', nonce: 'n', scp: 'A' }, 'accessToken v2 user sure'],
    ['azp before aud', { ...v2, azp: 'own-id', aud: 'own-id', scp: 'A' }, 'accessToken v2 user sure'],
    ['ID token', { ...v2, nonce: 'n', name: 'A', preferred_username: 'a@b' }, 'idToken v2 user sure'],
    ['ID token with roles', { ...v2, at_hash: 'h', roles: ['R'] }, 'idToken v2 user sure'],
    ['bare ID token', v2, 'idToken v2 user unsure'],
    ['scp without client', { ...v2, scp: 'A' }, 'accessToken v2 user unsure'],
    [
      'Graph by id',
      { ...v1, aud: graph, appid: 'c', scp: 'User.Read' },
      'microsoftApiToken v1 user Microsoft Graph sure',
      { nonce: 'n' },
    ],
    [
      'Graph by URL',
      { ...v1, aud: 'https://graph.microsoft.com/', appid: 'c', idtyp: 'app' },
      'microsoftApiToken v1 app Microsoft Graph sure',
    ],
    [
      'ARM',
      { ...v1, aud: 'https://management.azure.com', appid: 'c', scp: 'x' },
      'microsoftApiToken v1 user Azure Resource Manager sure',
    ],
    ['header nonce alone', { ...v1, appid: 'c', scp: 'A' }, 'microsoftApiToken v1 user unsure', { nonce: 'n' }],
    ['Graph without Entra', { iss: 'https://evil.example', aud: graph }, 'microsoftApiToken Microsoft Graph unsure'],
    [
      'ID token of Azure CLI',
      { ...v2, aud: '04b07795-8ddb-461a-bbee-02f9e1bf7b46', nonce: 'n' },
      'idToken v2 user sure',
    ],
    [
      'B2C access token',
      { ...v1, iss: `https://c.b2clogin.com/${tid}/v2.0/`, azp: 'c', scp: 'A' },
      'accessToken user sure',
    ],
    [
      'B2C ID token by tfp',
      { ...v1, iss: `https://login.example.com/${tid}/v2.0/`, tfp: 'B2C_1_in', nonce: 'n' },
      'idToken user sure',
    ],
    ['B2C by acr', { ...v1, iss: 'https://login.example.com/x', acr: 'b2c_1_in', nonce: 'n' }, 'idToken user sure'],
    [
      'External ID',
      { ...v2, iss: `https://${tid}.ciamlogin.com/${tid}/v2.0`, azp: 'c', scp: 'A' },
      'accessToken v2 user sure',
    ],
    [
      'External ID saying 1.0',
      { ...v1, iss: `https://${tid}.ciamlogin.com/${tid}/v2.0`, azp: 'c', scp: 'A' },
      'accessToken user sure',
    ],
    [
      'another cloud',
      { ...v2, iss: `https://login.microsoftonline.us/${tid}/v2.0`, azp: 'c', scp: 'A' },
      'accessToken v2 user sure',
    ],
    [
      'an emulator',
      { ...v2, iss: `https://localhost:8443/${tid}/v2.0`, azp: 'c', scp: 'A' },
      'accessToken v2 user sure',
    ],
    ['Google', { iss: 'https://accounts.google.com', azp: 'c', aud: 'c', sub: '1' }, 'otherJwt sure'],
    [
      'AD FS',
      { iss: 'http://fs.example.com/adfs/services/trust', aud: 'a', appid: 'c', ver: '1.0', scp: 'openid' },
      'accessToken user unsure',
    ],
    ['only Microsoft client claims', { azpacr: '1', scp: 'A' }, 'accessToken user unsure'],
    ['header nonce of another issuer', { iss: 'https://acme.example' }, 'otherJwt sure', { nonce: 'n' }],
    ['empty payload', {}, 'otherJwt sure'],
    ['claims of wrong types', { iss: 5, aud: 5, tid: [], ver: {}, scp: 1, appid: null }, 'otherJwt sure'],
  ];
  for (const [name, payload, expected, header] of cases) {
    test(name, async () => assert.equal(summary(await kindOf(payload, header)), expected));
  }

  /** A kind, what gives it away, and a look-alike without just that. */
  const pairs: {
    name: string;
    token: object;
    header?: Record<string, unknown>;
    expected: string;
    evidence: string;
    lookAlike: object;
    lookAlikeHeader?: Record<string, unknown>;
    instead: string;
  }[] = [
    {
      name: 'v1 access token',
      token: { ...v1, appid: 'c', appidacr: '0', scp: 'A' },
      expected: 'accessToken v1 user sure',
      evidence: 'version',
      lookAlike: { ...v1, ver: '2.0', appid: 'c', appidacr: '0', scp: 'A' },
      instead: 'accessToken user unsure',
    },
    {
      name: 'v2 access token',
      token: { ...v2, azp: 'c', scp: 'A' },
      expected: 'accessToken v2 user sure',
      evidence: 'version',
      lookAlike: { ...v2, ver: '1.0', azp: 'c', scp: 'A' },
      instead: 'accessToken user unsure',
    },
    {
      name: 'access token, whatever its nonce and audience',
      token: { ...v2, appidacr: '0', nonce: 'n', scp: 'A' },
      expected: 'accessToken v2 user sure',
      evidence: 'clientClaim',
      lookAlike: { ...v2, nonce: 'n', roles: ['A'] },
      instead: 'idToken v2 user sure',
    },
    {
      name: 'app-only access token',
      token: { ...v2, azp: 'c', idtyp: 'app' },
      expected: 'accessToken v2 app sure',
      evidence: 'idtyp',
      lookAlike: { ...v2, azp: 'c', oid: 's' },
      instead: 'accessToken v2 app? sure',
    },
    {
      name: 'Graph token for an application',
      token: { ...v1, aud: graph, appid: 'c', roles: ['User.Read.All'] },
      expected: 'microsoftApiToken v1 app? Microsoft Graph sure',
      evidence: 'microsoftAudience',
      lookAlike: { ...v1, aud: 'https://graph.microsoft.com.example', appid: 'c', roles: ['User.Read.All'] },
      instead: 'accessToken v1 app? sure',
    },
    {
      name: 'personal account',
      token: { ...v2, iss: v2.iss.replace(tid, personal), tid: personal, nonce: 'n' },
      expected: 'idToken v2 user sure',
      evidence: 'personalAccount',
      lookAlike: { ...v2, idp: 'live.com', nonce: 'n' },
      instead: 'idToken v2 user sure',
    },
    {
      name: 'managed identity',
      token: { ...v1, appid: 'c', appidacr: '2', xms_mirid: '/subscriptions/s/resourcegroups/g/providers/p' },
      expected: 'accessToken v1 app? sure',
      evidence: 'managedIdentity',
      lookAlike: { ...v1, appid: 'c', appidacr: '2', xms_mirid: 'mine' },
      instead: 'accessToken v1 app? sure',
    },
    {
      name: 'agent identity',
      token: { ...v1, appid: 'c', appidacr: '2', idtyp: 'app', xms_par_app_azp: 'blueprint' },
      expected: 'accessToken v1 app sure',
      evidence: 'agentIdentity',
      lookAlike: { ...v1, appid: 'c', appidacr: '2', idtyp: 'app', xms_sub_fct: '3' },
      instead: 'accessToken v1 app sure',
    },
    {
      name: 'perhaps on behalf of a caller',
      token: { ...v2, azp: 'c', azpacr: '1', scp: 'A' },
      expected: 'accessToken v2 user sure',
      evidence: 'confidentialForUser',
      lookAlike: { ...v2, azp: 'c', azpacr: '0', scp: 'A' },
      instead: 'accessToken v2 user sure',
    },
    {
      name: 'on behalf of, by RFC 8693',
      token: { iss: 'https://as.example', sub: 's', act: { sub: 'a' } },
      header: { typ: 'at+jwt' },
      expected: 'accessToken sure',
      evidence: 'actClaim',
      lookAlike: { iss: 'https://as.example', sub: 's', act: 'a' },
      lookAlikeHeader: { typ: 'at+jwt' },
      instead: 'accessToken sure',
    },
    {
      name: 'RFC 9068, for an application',
      token: { iss: 'https://as.example', sub: 'c', client_id: 'c' },
      header: { typ: 'application/AT+JWT' },
      expected: 'accessToken app? sure',
      evidence: 'subjectIsClient',
      lookAlike: { iss: 'https://as.example', sub: 's', client_id: 'c' },
      lookAlikeHeader: { typ: 'at+jwt' },
      instead: 'accessToken sure',
    },
    {
      name: 'B2C by its policy',
      token: { iss: 'https://id.example.com/x/v2.0/', tfp: 'B2C_1_in', nonce: 'n' },
      expected: 'idToken user sure',
      evidence: 'b2c',
      lookAlike: { iss: 'https://id.example.com/x/v2.0/', acr: 'urn:b2c_1_in', nonce: 'n' },
      instead: 'otherJwt sure',
    },
    {
      name: 'External ID',
      token: { ...v2, iss: `https://contoso.ciamlogin.com/${tid}/v2.0`, nonce: 'n' },
      expected: 'idToken v2 user sure',
      evidence: 'externalId',
      lookAlike: { iss: `https://contoso.ciamlogin.com.example/${tid}/v2.0`, nonce: 'n' },
      instead: 'otherJwt sure',
    },
    {
      name: 'AD FS access token',
      token: { iss: 'https://fs.example.com/adfs', aud: 'microsoft:identityserver:c', appid: 'c' },
      expected: 'accessToken unsure',
      evidence: 'audienceIsNotClient',
      lookAlike: { iss: 'https://fs.example.com/adfs/x', aud: 'microsoft:identityserver:c', appid: 'c' },
      instead: 'otherJwt sure',
    },
    {
      name: 'AD FS ID token, which names the client, too',
      token: { iss: 'https://fs.example.com/adfs', aud: 'c', appid: 'c', nonce: 'n', scp: 'openid' },
      expected: 'idToken user unsure',
      evidence: 'audienceIsClient',
      lookAlike: { iss: 'https://fs.example.com/adfs', aud: 'd', appid: 'c', nonce: 'n', scp: 'openid' },
      instead: 'accessToken user unsure',
    },
    {
      name: 'App Service session',
      token: { iss: 'https://a.azurewebsites.net/', aud: 'https://a.azurewebsites.net/', sub: 'sid:1', ver: '3' },
      header: { alg: 'HS256' },
      expected: 'sessionToken user unsure',
      evidence: 'appServiceUser',
      lookAlike: { iss: 'https://a.azurewebsites.net/', aud: 'https://a.azurewebsites.net/', sub: '1', ver: '3' },
      lookAlikeHeader: { alg: 'HS256' },
      instead: 'otherJwt sure',
    },
    {
      name: 'Mobile Services session',
      token: { iss: 'urn:microsoft:windows-azure:zumo', aud: 'Facebook', uid: 'Facebook:1' },
      header: { alg: 'HS256' },
      expected: 'sessionToken user sure',
      evidence: 'appServiceIssuer',
      lookAlike: { iss: 'urn:microsoft:windows-azure', aud: 'Facebook', uid: 'Facebook:1' },
      lookAlikeHeader: { alg: 'HS256' },
      instead: 'otherJwt sure',
    },
    {
      name: 'logout token',
      token: {
        iss: 'https://as.example',
        sid: 's',
        events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      },
      header: { typ: 'logout+jwt' },
      expected: 'logoutToken sure',
      evidence: 'logoutEvent',
      lookAlike: { iss: 'https://as.example', sid: 's', events: { 'https://as.example/other': {} } },
      instead: 'otherJwt sure',
    },
    {
      name: 'logout token with a nonce',
      token: { nonce: 'n', events: { 'http://schemas.openid.net/event/backchannel-logout': {} } },
      expected: 'logoutToken unsure',
      evidence: 'logoutNonce',
      lookAlike: { nonce: 'n', events: 'http://schemas.openid.net/event/backchannel-logout' },
      instead: 'otherJwt sure',
    },
    {
      name: 'client assertion',
      token: { iss: 'c', sub: 'c', aud: `https://login.microsoftonline.com/${tid}/oauth2/v2.0/token` },
      expected: 'clientAssertion sure',
      evidence: 'tokenEndpoint',
      lookAlike: { iss: 'c', sub: 'd', aud: `https://login.microsoftonline.com/${tid}/oauth2/v2.0/token` },
      instead: 'otherJwt sure',
    },
    {
      name: 'client assertion for another issuer',
      token: { iss: 'c', sub: 'c', aud: 'https://as.example/oauth2/token' },
      expected: 'clientAssertion unsure',
      evidence: 'selfIssued',
      lookAlike: { iss: 'c', sub: 'c', aud: 'https://as.example/orders' },
      instead: 'otherJwt sure',
    },
    {
      name: 'token to exchange',
      token: { iss: 'https://token.actions.githubusercontent.com', aud: 'api://AzureADTokenExchange', sub: 'repo:a/b' },
      expected: 'federatedToken sure',
      evidence: 'exchangeAudience',
      lookAlike: { ...v1, aud: 'api://AzureADTokenExchange', appid: 'c', idtyp: 'app' },
      instead: 'accessToken v1 app sure',
    },
  ];
  for (const { name, token, header, expected, evidence, lookAlike, lookAlikeHeader, instead } of pairs) {
    test(`${name}, and a look-alike`, async () => {
      const kind = await kindOf(token, header);
      assert.equal(summary(kind), expected);
      assert.ok(evidenceOf(kind).includes(evidence), evidenceOf(kind).join());
      const other = await kindOf(lookAlike, lookAlikeHeader);
      assert.equal(summary(other), instead);
      assert.ok(!evidenceOf(other).includes(evidence), evidenceOf(other).join());
    });
  }

  test('a session token needs a shared key, one site and the id of a session', async () => {
    const site = 'https://a.azurewebsites.net/';
    const session = { iss: site, aud: site, sub: 'sid:1' };
    assert.equal((await kindOf(session, { alg: 'HS256' })).id, 'sessionToken');
    assert.equal((await kindOf({ ...session, sub: 'x', stable_sid: 'sid:1' }, { alg: 'HS256' })).id, 'sessionToken');
    assert.equal((await kindOf(session)).id, 'otherJwt');
    assert.equal((await kindOf({ ...session, aud: 'https://b.azurewebsites.net/' }, { alg: 'HS256' })).id, 'otherJwt');
  });

  test('a JWT of another type is no access token', async () => {
    assert.equal((await kindOf({ iss: 'https://as.example', sub: 'c', client_id: 'c' })).id, 'otherJwt');
  });

  test('contradicting versions are evidence against each other', async () => {
    for (const payload of [
      { ...v1, ver: '2.0' },
      { ...v2, ver: '1.0' },
    ]) {
      assert.ok(evidenceOf(await kindOf({ ...payload, azp: 'c' })).includes('versionContradicts'));
    }
    assert.ok(!evidenceOf(await kindOf({ ...v2, azp: 'c' })).includes('versionContradicts'));
  });

  test('a token in a JWE, and a JWE of something else', () => {
    const jwe = (header: object) => `${base64url(JSON.stringify(header))}.AA.AA.AA.AA`;
    const enc = { alg: 'dir', enc: 'A256GCM' };
    assert.ok(evidenceOf(nameKind(readToken(jwe({ ...enc, cty: 'JWT' })))).includes('nestedToken'));
    assert.ok(!evidenceOf(nameKind(readToken(jwe({ ...enc, cty: 'json' })))).includes('nestedToken'));
  });

  test('opaque text, and text that is none', () => {
    for (const raw of ['1.AXkAopaqueRefreshToken0123', `EwB${'aB3/'.repeat(40)}==`]) {
      assert.equal(summary(nameKind(readToken(raw))), 'opaque unsure', raw);
    }
    for (const raw of [
      'hello',
      'this text has 20 characters and more',
      'nothing-but-words-in-here',
      '0123456789012345678901',
    ]) {
      assert.equal(summary(nameKind(readToken(raw))), 'unreadable sure', raw);
    }
  });

  test('encrypted and unreadable', async () => {
    assert.equal(summary(nameKind(readToken(await encryptToken('x')))), 'encrypted sure');
    assert.equal(summary(nameKind(readToken('hello'))), 'unreadable sure');
    assert.equal(summary(nameKind(readToken('a.b.c.d.e'))), 'unreadable sure');
    assert.equal(summary(nameKind(readToken('eyJhb*.AA.AA.AA.AA'))), 'encrypted unsure');
  });

  test('a payload whose header is unreadable is never sure', () => {
    const payload = base64url(JSON.stringify({ ...v2, azp: 'c', scp: 'A' }));
    assert.equal(summary(nameKind(readToken(`AAAA.${payload}.AAAA`))), 'accessToken v2 user unsure');
  });

  test('a guess about the actor does not make the kind a guess', async () => {
    const title = titleOfKind(await kindOf({ ...v2, azp: 'c', roles: ['R'] }));
    assert.match(title, /^Access token v2, probably /);
    assert.match(titleOfKind(await kindOf(v2)), /^Probably /);
  });

  test('never throws; titles, advice and evidence hold no claim value and never lack one', () => {
    const names =
      'iss aud appid azp appidacr azpacr scp roles idtyp ver tid tfp acr nonce oid sub upn name act events client_id xms_mirid xms_par_app_azp stable_sid'.split(
        ' ',
      );
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom(v2.iss, v1.iss, tid, '1.0', '2.0', graph, 'app'));
    const payload = fc.dictionary(
      fc.constantFrom(...names),
      fc.constantFrom('MARK', ...['1.0', '2.0', tid, v1.iss, graph]),
    );
    const wild = fc.dictionary(fc.constantFrom(...names), value);
    fc.assert(
      fc.property(fc.oneof(payload, wild), fc.boolean(), (claims, hasNonce) => {
        const header = base64url(JSON.stringify({ alg: 'RS256', ...(hasNonce && { nonce: 'MARK' }) }));
        const kind = nameKind(readToken(`${header}.${base64url(JSON.stringify(claims))}.AAAA`));
        const texts = [titleOfKind(kind), adviceOnKind(kind) ?? '', ...kind.evidence.map(describeEvidence)];
        assert.ok(kind.evidence.length > 0);
        for (const text of texts) assert.doesNotMatch(text, /MARK|undefined|!/);
      }),
      { numRuns: 1000 },
    );
  });
});
