import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { describeClaimValue, nameOfClaimText } from '../../../../src/core/token/claim-values.ts';
import { isGuid } from '../../../../src/core/token/issuer-shape.ts';
import { readToken } from '../../../../src/core/token/read-token.ts';
import type { JsonObject, JsonValue } from '../../../../src/core/token/token.ts';
import { nameKind } from '../../../../src/core/token/token-kind.ts';
import { base64url } from './sign-token.ts';

const tid = '11111111-2222-4333-8444-555555555555';
const personal = '9188040d-6c67-4c5b-b112-36a304b66dad';
const v1 = {
  iss: `https://sts.windows.net/${tid}/`,
  tid,
  ver: '1.0',
  aud: 'api://orders',
  appid: 'c',
  iat: 1_800_000_000,
};
const v2 = { ...v1, iss: `https://login.microsoftonline.com/${tid}/v2.0`, ver: '2.0', aud: tid };
const foreign: JsonObject = { iss: 'https://issuer.example' };

/** What is said of a claim in a token that holds these others. */
function saidOf(name: string, value: JsonValue, token: JsonObject = v1, header: JsonObject = {}): string | undefined {
  const payload = { ...token, [name]: value };
  const text = `${base64url(JSON.stringify({ alg: 'RS256', ...header }))}.${base64url(JSON.stringify(payload))}.AAAA`;
  const reading = readToken(text);
  return describeClaimValue('payload', name, value, { payload: reading.payload ?? {}, kind: nameKind(reading) });
}

describe('describeClaimValue', () => {
  /** Values that mean different things, and values that mean nothing. */
  const cases: { claim: string; token?: JsonObject; different: JsonValue[]; silent: JsonValue[] }[] = [
    { claim: 'azpacr', different: ['0', '1', '2'], silent: ['3', '', null] },
    { claim: 'appidacr', different: [0, 1, 2], silent: [3, true] },
    { claim: 'acr', different: ['0', '1'], silent: ['2', 'urn:x'] },
    { claim: 'acr', token: { iss: 'https://id.example' }, different: ['B2C_1_in', 'B2C_1A_in'], silent: ['1', 'in'] },
    { claim: 'tfp', token: foreign, different: ['B2C_1_in', 'b2c_1a_in', 'in'], silent: [] },
    { claim: 'amr', different: [['pwd'], ['rsa'], ['mfa', 'pwd'], 'otp', ['sms']], silent: [['new'], [], 5] },
    { claim: 'idtyp', different: ['app', 'user', 'device'], silent: ['App', ''] },
    { claim: 'acct', different: [0, 1], silent: [2] },
    { claim: 'xms_edov', different: [true, false], silent: ['maybe', null] },
    { claim: 'xms_cc', different: [['CP1']], silent: [['cp2'], []] },
    { claim: 'acrs', different: [['c1'], ['c1', 'c25']], silent: [['urn:x'], ['c100'], []] },
    { claim: 'groups', different: [['a'], ['a', 'b'], []], silent: ['a'] },
    { claim: 'hasgroups', different: [true], silent: [] },
    { claim: '_claim_names', different: [{ groups: 'src1' }], silent: [{ other: 'src1' }, 'groups', null] },
    {
      claim: '_claim_sources',
      different: [{ src1: { endpoint: `https://graph.windows.net/${tid}/users/u/getMemberObjects` } }],
      silent: [{ src1: { endpoint: 'https://graph.microsoft.com/v1.0/users/u' } }, { src1: 5 }, 'src1', ['x']],
    },
    { claim: 'cnf', different: [{ jkt: 'x' }, { 'x5t#S256': 'x' }, { kid: 'x' }], silent: [{ x: 1 }, 'x', null] },
    { claim: 'act', different: [{ sub: 'a' }, { sub: 'a', act: { sub: 'b' } }], silent: ['a', null, []] },
    { claim: 'may_act', different: [{ sub: 'a' }], silent: ['a'] },
    {
      claim: 'idp',
      different: ['live.com', 'https://sts.windows.net/99999999-2222-4333-8444-555555555555/'],
      silent: [v1.iss, 'google.com', 5],
    },
    { claim: 'tid', different: [personal, '99999999-2222-4333-8444-555555555555'], silent: [tid] },
    { claim: 'scp', token: { ...v1, azp: 'c' }, different: ['Orders.Read', 'openid profile', ['a']], silent: [] },
    { claim: 'scope', token: foreign, different: ['openid'], silent: ['orders', ''] },
    {
      claim: 'wids',
      different: [['b79fbf4d-0000-4000-8000-000000000000']],
      silent: [['62e90394-69f5-4237-9190-012177145e10'], []],
    },
    { claim: 'in_corp', different: [true], silent: [false] },
    { claim: 'ipaddr', different: ['10.1.2.3'], silent: ['203.0.113.9', '172.32.0.1', '2001:db8::1', 10] },
    { claim: 'sid', different: ['S-1-5-21-1'], silent: [tid, 5] },
    {
      claim: 'xms_mirid',
      different: [
        '/subscriptions/s/resourcegroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i',
        '/subscriptions/s/resourcegroups/g/providers/Microsoft.Compute/virtualMachines/v',
      ],
      silent: ['mine', 5],
    },
    { claim: 'appid', different: ['api://orders'], silent: ['c', ''] },
    { claim: 'aud', token: { ...v1, scp: 'A' }, different: ['api://orders'], silent: [5] },
    { claim: 'aud', token: { ...v2, scp: 'A' }, different: ['api://orders'], silent: [tid] },
    {
      claim: 'exp',
      different: [1_800_003_600, 1_800_360_000, 1_700_000_000, 1_800_000_000_000],
      silent: ['soon', null],
    },
    { claim: 'auth_time', different: [1_799_990_000, 1_799_000_000, 1_800_000_000_000], silent: [1_800_000_000, 'x'] },
    { claim: 'iat', different: [1_800_000_000_000], silent: [1_800_000_000] },
    { claim: 'ver', different: ['2.0'], silent: [] },
  ];
  for (const { claim, token, different, silent } of cases) {
    test(`${claim}${token ? ' there' : ''}`, () => {
      const said = different.map((value) => saidOf(claim, value, token));
      for (const [index, phrase] of said.entries())
        assert.match(phrase ?? '', /.*[^.]$/, JSON.stringify(different[index]));
      assert.ok(
        said.every((phrase) => phrase !== undefined),
        JSON.stringify(said),
      );
      assert.equal(new Set(said).size, different.length, JSON.stringify(said));
      for (const value of silent) assert.equal(saidOf(claim, value, token), undefined, JSON.stringify(value));
    });
  }

  test('does not say of other issuers what only Entra promises', () => {
    for (const [claim, value] of [
      ['acr', '1'],
      ['roles', ['a']],
      ['ver', '1.0'],
      ['aud', 'api://orders'],
    ] as const) {
      assert.equal(saidOf(claim, value as JsonValue, foreign), undefined, claim);
    }
  });

  test('an alg is judged by the kind', () => {
    const site = 'https://a.azurewebsites.net/';
    const said = (payload: JsonObject) => {
      const kind = nameKind(readToken(`${base64url('{"alg":"HS256"}')}.${base64url(JSON.stringify(payload))}.AAAA`));
      return describeClaimValue('header', 'alg', 'HS256', { payload, kind });
    };
    assert.notEqual(said({ iss: site, aud: site, sub: 'sid:1' }), said({ iss: site, aud: site, sub: '1' }));
  });

  test('never repeats a word of the token, whatever it holds', () => {
    const claim = fc.constantFrom(...new Set(cases.map(({ claim }) => claim)));
    const mark = fc.constantFrom<JsonValue>('MARK', ['MARK'], { MARK: 'MARK' }, { sub: 'MARK', act: { sub: 'MARK' } });
    fc.assert(
      fc.property(claim, fc.oneof(mark, fc.jsonValue() as fc.Arbitrary<JsonValue>), (claim, value) => {
        assert.doesNotMatch(saidOf(claim, value) ?? '', /MARK|undefined/);
      }),
    );
  });
});

describe('nameOfClaimText', () => {
  const ROLES = {
    '62e90394-69f5-4237-9190-012177145e10': 'Global Administrator',
    'F2EF992C-3AFB-46B9-B7CF-A126EE74C451': 'Global Reader',
    'fe930be7-5e62-47db-91af-98c3a49a38b1': 'User Administrator',
    '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3': 'Application Administrator',
    '88d8e3e3-8f55-4a1e-953a-9b9898b8876b': 'Directory Readers',
  };

  test('names directory roles by their template id', () => {
    for (const [id, name] of Object.entries(ROLES)) assert.equal(nameOfClaimText('wids', id), name);
    assert.equal(nameOfClaimText('wids', tid), undefined);
    assert.equal(nameOfClaimText('groups', '62e90394-69f5-4237-9190-012177145e10'), undefined);
    assert.ok(Object.keys(ROLES).every(isGuid));
  });

  test('names clients, APIs and tenants only where they may stand', () => {
    const cli = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';
    for (const claim of ['azp', 'appid', 'client_id', 'xms_par_app_azp', 'aud']) {
      assert.equal(nameOfClaimText(claim, cli), 'Azure CLI');
    }
    assert.equal(nameOfClaimText('sub', cli), undefined);
    assert.ok(nameOfClaimText('tid', personal));
    assert.equal(nameOfClaimText('oid', personal), undefined);
  });
});
