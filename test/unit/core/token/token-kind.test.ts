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

async function kindOf(payload: object, header: Record<string, unknown> = {}): Promise<TokenKind> {
  return nameKind(readToken(await signToken(payload, header)));
}

/** Kind, version, actor, API and certainty in one line. */
function summary({ id, version, actor, api, sure }: TokenKind): string {
  return [id, version && `v${version}`, actor, api, sure ? 'sure' : 'unsure'].filter(Boolean).join(' ');
}

describe('nameKind', () => {
  const cases: [string, object, string, Record<string, unknown>?][] = [
    ['v1 for a user', { ...v1, appid: 'c', appidacr: '1', scp: 'A' }, 'accessToken v1 user sure'],
    ['v2 for a user', { ...v2, azp: 'c', azpacr: '0', scp: 'A', roles: ['R'] }, 'accessToken v2 user sure'],
    ['app-only by idtyp', { ...v2, azp: 'c', azpacr: '1', idtyp: 'app' }, 'accessToken v2 app sure'],
    ['app-only by absence', { ...v2, azp: 'c', azpacr: '1', roles: ['R'] }, 'accessToken v2 app unsure'],
    ['no scp but a name', { ...v1, appid: 'c', appidacr: '1', upn: 'a@b' }, 'accessToken v1 unsure'],
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
    [
      'Graph without Entra',
      { iss: 'https://evil.example', aud: graph },
      'microsoftApiToken app Microsoft Graph unsure',
    ],
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
      { iss: 'http://fs.example.com/adfs/services/trust', appid: 'c', ver: '1.0', scp: 'openid' },
      'otherJwt sure',
    ],
    ['only Microsoft client claims', { azpacr: '1', scp: 'A' }, 'accessToken user unsure'],
    ['header nonce of another issuer', { iss: 'https://acme.example' }, 'otherJwt sure', { nonce: 'n' }],
    ['empty payload', {}, 'otherJwt sure'],
    ['claims of wrong types', { iss: 5, aud: 5, tid: [], ver: {}, scp: 1, appid: null }, 'otherJwt sure'],
  ];
  for (const [name, payload, expected, header] of cases) {
    test(name, async () => assert.equal(summary(await kindOf(payload, header)), expected));
  }

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
    const names = 'iss aud appid azp appidacr azpacr scp roles idtyp ver tid tfp acr nonce oid sub upn name'.split(' ');
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
