import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { APPS, CONTOSO, FABRIKAM, SERVICES } from '../../lab/entra-tenant.ts';
import { type Lab, startLab } from '../../lab/lab.ts';
import {
  type PracticeWorkspace,
  practiceKeys,
  practiceSettings,
  practiceSettingsForSending,
  TOUR_SETTINGS,
  writePracticeWorkspace,
} from '../../lab/practice-workspace.ts';
import { getJson, headerOf, payloadOf } from './lab-client.ts';
import { send, signInForTokens } from './sign-in-client.ts';

const HALF_DAY_SEC = 43_200;

let folder: string;
let lab: Lab;
let workspace: PracticeWorkspace;
let tour: string;
let tokens: string[];
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'why401-test-'));
  lab = await startLab();
  workspace = await writePracticeWorkspace(join(folder, 'practice'), lab);
  tour = await readFile(workspace.tourPath, 'utf8');
  tokens = [...tour.matchAll(/^```text\n(\S+)\n```$/gm)].map((match) => match[1] ?? '');
});
after(async () => {
  await lab.stop();
  await rm(folder, { recursive: true, force: true });
});

test('consists of a tour, settings and the two files they name, and nothing else', async () => {
  const files = await readdir(workspace.folder, { recursive: true, withFileTypes: true });
  assert.deepEqual(
    files
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort(),
    [workspace.settingsPath, workspace.tourPath, workspace.policyPath, workspace.authSettingsPath].sort(),
  );
});

test('every token of the tour is of the kind its step tells of', () => {
  const [good, expired, v1, graph, id, otherTenant, multiTenant] = tokens.map(payloadOf);
  assert.equal(tokens.length, 7);
  assert.deepEqual([good?.ver, good?.aud, good?.tid], ['2.0', APPS.ordersApi.id, CONTOSO.id]);
  assert.equal(expired?.aud, APPS.ordersApi.id);
  assert.deepEqual([v1?.ver, v1?.aud], ['1.0', 'api://orders']);
  assert.ok('nonce' in headerOf(tokens[3] ?? ''));
  assert.equal(graph?.app_displayname, APPS.ordersWeb.name);
  assert.equal(id?.aud, APPS.ordersWeb.id);
  assert.deepEqual([otherTenant?.tid, otherTenant?.aud], [FABRIKAM.id, APPS.ordersApi.id]);
  assert.deepEqual([multiTenant?.tid, multiTenant?.aud], [FABRIKAM.id, APPS.invoicesApi.id]);
});

test('only the token that shall be expired is; the others hold for most of a day', () => {
  const nowSec = Date.now() / 1000;
  const expiries = tokens.map((token) => Number(payloadOf(token).exp));
  assert.ok((expiries[1] ?? 0) < nowSec - 600);
  for (const expiry of expiries.toSpliced(1, 1)) assert.ok(expiry > nowSec + HALF_DAY_SEC);
});

test('all but the Graph token carry a signature that the served keys verify', async () => {
  const keys = createLocalJWKSet(await getJson<JSONWebKeySet>(lab, '/common/discovery/keys'));
  const outcomes = await Promise.all(
    tokens.map((token) =>
      jwtVerify(token, keys, { algorithms: ['RS256'] }).then(
        () => 'ok',
        (error: { code: string }) => error.code,
      ),
    ),
  );
  const expected = ['ok', 'ERR_JWT_EXPIRED', 'ok', 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED', 'ok', 'ok', 'ok'];
  assert.deepEqual(outcomes, expected);
});

test('the settings name the running lab and fit the tokens', async () => {
  const settings = JSON.parse(await readFile(workspace.settingsPath, 'utf8')) as ReturnType<
    typeof practiceSettingsForSending
  >;
  assert.deepEqual(settings, { ...TOUR_SETTINGS, ...practiceSettingsForSending(lab) });
  const { 'orders-dev': orders = {}, 'invoices-multitenant': invoices = {} } = settings['why401.apis'] as Record<
    string,
    Record<string, unknown>
  >;
  const [good, , , , , , multiTenant] = tokens.map(payloadOf);
  assert.equal(orders.cloud, lab.origin);
  assert.equal(orders.tenant, CONTOSO.domain);
  assert.equal(orders.appId, good?.aud);
  assert.ok((orders.allowedClients as unknown[]).includes(good?.azp));
  assert.equal(invoices.tenant, 'organizations');
  assert.equal(invoices.appId, multiTenant?.aud);
  assert.ok((invoices.allowedTenants as unknown[]).includes(multiTenant?.tid));
});

test('a step fits on a screen and a half', () => {
  const columns = 80;
  const rowsOnScreen = 45;
  for (const step of tour.split(/^## /m)) {
    const rows = step.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / columns)), 0);
    assert.ok(rows <= rowsOnScreen * 1.5, `${step.split('\n')[0]}: ${rows} rows`);
  }
});

test('the settings for sending keep the others, and each profile has an audience of its own or none', () => {
  const settings = practiceSettingsForSending(lab)['why401.apis'] as Record<string, Record<string, unknown>>;
  const { 'orders-dev': before, 'invoices-multitenant': invoices } = practiceSettings(lab)['why401.apis'];
  assert.deepEqual({ ...settings['orders-dev'], ...before }, settings['orders-dev']);
  assert.deepEqual(settings['invoices-multitenant'], invoices);
  const audiences = Object.values(settings).flatMap(({ appId, appIdUri }) => [appId, appIdUri]);
  const given = audiences.filter((audience) => audience !== undefined);
  assert.equal(new Set(given).size, given.length);
});

interface Profile {
  baseUrl?: string;
  target?: string;
  identities?: { me: { scopes: string[] } };
  operations?: { method: string; path: string }[];
}

test('each profile works: with the token of its identity, and the key it needs', async () => {
  const profiles = Object.entries(practiceSettingsForSending(lab)['why401.apis'] as Record<string, Profile>).filter(
    ([, { target }]) => target !== 'keyVault',
  );
  const { subscriptionKey, hostKey } = practiceKeys(lab);
  const headers = { 'Ocp-Apim-Subscription-Key': subscriptionKey, 'x-functions-key': hostKey };
  const called: string[] = [];
  for (const [name, { baseUrl, identities, operations = [] }] of profiles) {
    const scopes = identities?.me.scopes.join(' ');
    const token = scopes === undefined ? undefined : (await signInForTokens(lab, scopes)).body.access_token;
    const authorization = token === undefined ? {} : { Authorization: `Bearer ${token}` };
    for (const { method, path } of operations) {
      const { status } = await send(lab, `${baseUrl}${path}`, { method, headers: { ...headers, ...authorization } });
      assert.equal(status, 200, `${name}: ${method} ${path}`);
    }
    if (operations.length > 0) called.push(name);
  }
  assert.deepEqual(called, ['orders-dev', 'orders-functions', 'orders-easyauth']);
});

test('the vault asks for a token of its own first', async () => {
  const { 'practice-vault': vault } = practiceSettingsForSending(lab)['why401.apis'] as Record<string, Profile>;
  const url = `${vault?.baseUrl}${vault?.operations?.[0]?.path}?api-version=7.4`;
  const first = await send(lab, url);
  assert.match(String(first.headers['www-authenticate']), /^Bearer authorization=".+", resource="https:/);
  const token = await lab.mint.accessTokenV1({ api: SERVICES.keyVault, scopes: ['user_impersonation'] });
  assert.equal((await send(lab, url, { headers: { Authorization: `Bearer ${token}` } })).status, 200);
});

test('the files are what the gateway and the site go by', async () => {
  assert.equal(await readFile(workspace.policyPath, 'utf8'), lab.gateway.apis[0]?.policy);
  const { properties } = JSON.parse(await readFile(workspace.authSettingsPath, 'utf8')) as { properties: unknown };
  assert.deepEqual(properties, lab.easyAuth.settings);
  for (const [name, member] of [
    ['orders-dev', 'policy'],
    ['orders-easyauth', 'easyAuth'],
  ] as const) {
    const settings = practiceSettingsForSending(lab)['why401.apis'][name] as Record<string, string>;
    const path = join(workspace.folder, settings[member] ?? '');
    assert.ok([workspace.policyPath, workspace.authSettingsPath].includes(path));
  }
});

test('the practice keys open what they are for, and the suspended one nothing', async () => {
  const { subscriptionKey, suspendedKey, functionKey, masterKey } = practiceKeys(lab);
  const gateway = (key: string) => send(lab, `${lab.gateway.origin}/stock/orders`, { headers: { 'X-Api-Key': key } });
  const functions = (key: string) =>
    send(lab, `${lab.functions.origin}/api/orders`, { headers: { 'x-functions-key': key } });
  assert.deepEqual([(await gateway(subscriptionKey)).status, (await gateway(suspendedKey)).status], [200, 401]);
  assert.deepEqual([(await functions(functionKey)).status, (await functions(masterKey)).status], [200, 200]);
});
