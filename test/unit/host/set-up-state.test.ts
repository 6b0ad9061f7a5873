import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseApiProfile } from '../../../src/core/entra/parse-api-profile.ts';
import { claimsOf, describeSetUp, firstFields } from '../../../src/host/sign-in/set-up-state.ts';
import { API_ID, CLIENT_ID, TENANT } from '../core/entra-fixture.ts';

function profileOf(entry: object) {
  const parsed = parseApiProfile('orders', entry, 'user');
  assert.ok(parsed.ok);
  return parsed.profile;
}

function tokenSaying(payload: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256' })}.${part(payload)}.c2ln`;
}

const ENTRY = { appId: API_ID, appIdUri: 'api://orders', accepts: [{ scopes: ['Orders.Read'] }], tokenVersions: [2] };
const byId = profileOf({ tenant: TENANT, ...ENTRY });
const byDomain = profileOf({ tenant: 'contoso.onmicrosoft.com', ...ENTRY });

test('the fields begin with the scope that the profile accepts', () => {
  assert.equal(firstFields([byId]).scope, 'api://orders/Orders.Read');
  assert.equal(firstFields([profileOf({ tenant: TENANT })]).scope, '');
  assert.deepEqual(firstFields([]), { api: '', way: 'own', scope: '', clientId: '' });
});

test('it is said beforehand what the token will carry, in the version the API issues or in both', () => {
  const { expected, missing } = describeSetUp([byId], firstFields([byId]));
  assert.deepEqual(missing, []);
  const texts = Object.fromEntries(expected.map(({ claim, values }) => [claim, values.map(({ text }) => text)]));
  assert.deepEqual(texts.aud, [API_ID]);
  assert.deepEqual(texts.ver, ['2.0']);
  assert.deepEqual(texts.scp, ['Orders.Read']);
  const { tokenVersions: _, ...unknown } = ENTRY;
  const both = profileOf({ tenant: TENANT, ...unknown });
  assert.ok(describeSetUp([both], firstFields([both])).expected.every(({ values }) => values.length === 2));
});

test('what the profile lacks is named, and a scope of Graph is warned about', () => {
  const bare = profileOf({ tenant: TENANT });
  const fields = { ...firstFields([bare]), scope: 'User.Read' };
  const { missing, findings, expected } = describeSetUp([bare], fields);
  assert.equal(missing.length, 2);
  assert.ok(findings.length > 0);
  assert.deepEqual(expected, []);
});

test('the token of the first sign-in is held against what was expected', () => {
  const fields = { ...firstFields([byDomain]), clientId: CLIENT_ID };
  const issuer = `https://login.microsoftonline.com/${TENANT}/v2.0`;
  const judged = (payload: object) =>
    Object.fromEntries(
      claimsOf(tokenSaying(payload), byDomain, fields).map(({ claim, isExpected }) => [claim, isExpected]),
    );
  const good = { aud: API_ID, iss: issuer, ver: '2.0', scp: 'Orders.Ping Orders.Read' };
  assert.deepEqual(judged(good), { aud: true, iss: true, ver: true, scp: true });
  assert.equal(judged({ ...good, aud: 'api://orders' }).aud, false);
  assert.equal(judged({ ...good, iss: `https://sts.windows.net/${TENANT}/` }).iss, false);
  assert.equal(judged({ ...good, scp: 'Orders.Write' }).scp, false);
  assert.equal(judged({}).ver, false);
});

test('another issuer has the redirect address of its own, and no client of Microsoft’s to choose', () => {
  const realm = profileOf({ authority: 'https://idp.example/realms/Contoso' });
  assert.equal(firstFields([realm], 'orders', 'azureCli').way, 'own');
  const { ways, steps } = describeSetUp([realm], firstFields([realm]));
  assert.deepEqual(ways, ['own']);
  const said = steps.flatMap(({ portal, commands }) => [...portal, ...commands]).join(' ');
  assert.ok(said.includes('http://localhost/why401/idp.example/realms/Contoso'), said);
  const bare = describeSetUp([byId], firstFields([byId], 'orders', 'azureCli'));
  assert.deepEqual([bare.fields.way, bare.ways.length], ['azureCli', 3]);
  assert.ok(!JSON.stringify(describeSetUp([byId], firstFields([byId])).steps).includes('why401/'));
});
