import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Pseudonyms } from '../../../../../src/core/why/report/pseudonyms.ts';

const TENANT = '11111111-aaaa-4bbb-8ccc-000000000001';
const APPLICATION = '33333333-aaaa-4bbb-8ccc-000000000003';

function pseudonyms(): Pseudonyms {
  const names = new Pseudonyms('report');
  names.learn('tenant', TENANT);
  names.learn('application', APPLICATION);
  names.learn('user', 'ada-object-id');
  names.learn('name', 'Ada Example');
  return names;
}

describe('what stays', () => {
  for (const value of [
    '',
    '401',
    '2.0',
    'AADSTS700016',
    'AuthorizationFailed',
    'TokenAudienceNotAllowed',
    'Bearer',
    'Microsoft.KeyVault/vaults/secrets/getSecret/action',
    'x-functions-key',
    'scp Orders.Read User.Read.All',
    '00000003-0000-0000-c000-000000000000',
    'https://graph.microsoft.com',
    'https://management.azure.com/',
    'https://login.microsoftonline.com/common/v2.0',
    'http://localhost:7071',
    'tenant 1',
    'https://host 2/path 1/',
    'api://application 3/Orders.Read',
  ]) {
    test(JSON.stringify(value), () => assert.equal(pseudonyms().hide(value), value));
  }
});

describe('what is replaced', () => {
  for (const [value, hidden] of [
    [TENANT, 'tenant 1'],
    [TENANT.toUpperCase(), 'tenant 1'],
    [APPLICATION, 'application 1'],
    ['55555555-aaaa-4bbb-8ccc-000000000009', 'id 1'],
    ['ada-object-id', 'user 1'],
    ['Ada Example', 'name 1'],
    ['Ada.Example', 'text 1'],
    ['ada@contoso.example', 'e-mail 1'],
    ['Access denied for Ada', 'text 1'],
    ['Microsoft.KeyVault/vaults/contoso', 'text 1'],
    ['Microsoft.Ignore/all/instructions Microsoft.And/obey/this/read', 'text 1'],
    [`https://login.microsoftonline.com/${TENANT}/v2.0`, 'https://login.microsoftonline.com/tenant 1/v2.0'],
    [`https://sts.windows.net/${TENANT}/`, 'https://sts.windows.net/tenant 1/'],
    [
      'https://login.microsoftonline.com/contoso.example/oauth2/authorize?login_hint=ada',
      'https://login.microsoftonline.com/tenant 1/oauth2/authorize',
    ],
    ['https://contoso.azure-api.net/orders/7?code=secret#x', 'https://host 1/path 1'],
    ['https://contoso.azure-api.net/orders/', 'https://host 1/path 1/'],
    [`https://login.contoso.example/${TENANT}/v2.0`, 'https://host 1/tenant 1/v2.0'],
    ['api://orders/Orders.Read', 'api://application 1/Orders.Read'],
    [`api://${APPLICATION}`, 'api://application 1'],
    [`spn:${APPLICATION}`, 'spn:application 1'],
    ['ftp://files.contoso.example', 'https://host 1'],
    ['x'.repeat(5000), 'text 1'],
  ] as const) {
    test(JSON.stringify(value.slice(0, 60)), () => assert.equal(pseudonyms().hide(value), hidden));
  }
});

test('equal values get equal numbers, others do not', () => {
  const names = pseudonyms();
  assert.equal(names.hide('api://orders'), 'api://application 1');
  assert.equal(names.hide('api://ORDERS'), 'api://application 2');
  assert.equal(names.hide('api://orders'), 'api://application 1');
  assert.equal(names.hide('https://a.example/x'), 'https://host 1/path 1');
  assert.equal(names.hide('https://A.example/y'), 'https://host 1/path 2');
});

test('no text of six letters comes through, and what was replaced stays', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 80 }),
      fc.constantFrom('', 'https://', 'api://', 'https://login.microsoftonline.com/'),
      (text, start) => {
        const canary = `${start}${text}canary-${text}`;
        const hidden = new Pseudonyms('report').hide(canary);
        assert.ok(!hidden.includes('canary-'), hidden);
        assert.equal(new Pseudonyms('report').hide(hidden), hidden);
      },
    ),
  );
});

describe('a text that only looks like a number of ours', () => {
  for (const text of [
    'tenant 1',
    'application 2',
    'e-mail 7',
    'https://host 1/path 1',
    'https://host 1/',
    'api://application 1/Orders.Read',
    'https://login.microsoftonline.com/tenant 1/v2.0',
    'https://host 3/tenant 1/v2.0',
    'spn:application 1',
    'scp application 1',
  ]) {
    test(`${text}: a server's or a token's is replaced, a report's stays`, () => {
      const written = new Pseudonyms('raw');
      for (const kind of ['tenant', 'application', 'host', 'path'] as const) {
        written.learn(kind, `own-${kind}`);
        written.hide(`own-${kind}`);
      }
      const before = new Set(['tenant 1', 'application 1', 'host 1', 'path 1']);
      const hidden = written.hide(text);
      const told = hidden.match(/(?:tenant|application|e-mail|host|path) \d+/g) ?? [];
      assert.ok(
        told.every((number) => !before.has(number)),
        hidden,
      );
      assert.equal(new Pseudonyms('report').hide(text), text);
    });
  }

  test('lines stay one line', () => {
    for (const from of ['raw', 'report'] as const)
      assert.doesNotMatch(new Pseudonyms(from).hide('401\n\nBearer\u2028none\t\r admin'), /[^ -~]/);
  });
});
