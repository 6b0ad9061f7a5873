import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { FABRIKAM } from '../lab/entra-tenant.ts';
import type { Lab } from '../lab/lab.ts';
import { type MarkedToken, mintMarked, panelShowing, runOn, VALIDATE, validate } from './marked-token.ts';
import type { TokenPanelPage } from './token-panel-page.ts';
import { until } from './workbench.ts';
import { SETTINGS_FILE, startWorld, type World } from './world.ts';

const APIS = 'why401.apis';
const OTHER_ID = '11111111-2222-4333-8444-555555555555';

/** The lab's Orders API, of which only this much is said. */
function ordersApi(lab: Lab): Record<string, unknown> {
  return { cloud: lab.origin, tenant: 'contoso.onmicrosoft.com', appId: lab.apps.ordersApi.id };
}

/** Name and source of the profile, as the report gives them. */
function reportSource({ frame }: TokenPanelPage): Promise<string> {
  return frame.locator('.verdict[data-verdict] p').first().innerText();
}

async function namedProfile({ frame }: TokenPanelPage): Promise<string> {
  return frame.locator('.verdict[data-verdict] strong').innerText();
}

describe('settings with faults', () => {
  let world: World;
  const FAULTS: Record<string, Record<string, unknown>> = {
    'no-guid': { tenant: 'contoso.onmicrosoft.com', appId: 'orders' },
    'no-tenant': { appId: OTHER_ID },
    'no-member': { tenant: 'contoso.onmicrosoft.com', audience: 'orders' },
    'no-version': { tenant: 'contoso.onmicrosoft.com', tokenVersions: ['2'] },
  };

  before(async () => {
    world = await startWorld(() => ({
      files: { [SETTINGS_FILE]: { [APIS]: FAULTS, 'why401.tenant': 'http://contoso' } },
    }));
  });
  after(() => world?.stop());

  it('are marked in settings.json, each one', async () => {
    const { vscode, folder } = world;
    await vscode.openFile(join(folder, SETTINGS_FILE));
    await until('a diagnostic for each', async () => {
      const diagnostics = await vscode.probe.ask('diagnostics', {});
      const own = diagnostics.filter(({ uri }) => uri.endsWith(SETTINGS_FILE));
      return own.length >= Object.keys(FAULTS).length + 1;
    });
  });

  it('are named, by key and fault, when validating; then the others are used', async () => {
    const { vscode, lab } = world;
    await vscode.closeNotifications();
    await runOn(vscode, VALIDATE, await mintMarked(lab.mint));
    await until('the fault', async () =>
      (await vscode.notifications()).some((text) => text.includes('why401.apis.no-guid.appId')),
    );
    await vscode.closeNotifications();
    await vscode.probe.ask('updateConfiguration', { key: APIS, value: { good: ordersApi(lab) } });
    const token = await mintMarked(lab.mint);
    await runOn(vscode, VALIDATE, token);
    await until('the fault again', async () =>
      (await vscode.notifications()).some((text) => text.includes('why401.apis.no-guid.appId')),
    );
    assert.equal(await namedProfile(await panelShowing(vscode, token, 'done')), 'good');
    await vscode.closeNotifications();
  });

  it('do not become a profile of the same name from farther away', async () => {
    const { vscode, lab } = world;
    await vscode.probe.ask('updateConfiguration', { key: APIS, value: { 'no-guid': ordersApi(lab) } });
    lab.requests.clear();
    await runOn(vscode, VALIDATE, await mintMarked(lab.mint));
    await until('the fault', async () =>
      (await vscode.notifications()).some((text) => text.includes('why401.apis.no-guid.appId')),
    );
    assert.equal(lab.requests.all.length, 0);
    await vscode.closeNotifications();
  });
});

describe('which profile a token is validated against', () => {
  let world: World;

  before(async () => {
    world = await startWorld((lab) => ({
      userSettings: {
        [APIS]: {
          one: ordersApi(lab),
          two: { ...ordersApi(lab), tokenVersions: [2] },
          other: { ...ordersApi(lab), appId: lab.apps.invoicesApi.id },
        },
      },
    }));
  });
  after(() => world?.stop());

  async function askedFor(token: MarkedToken, choice: string): Promise<string[]> {
    const { vscode } = world;
    await vscode.quickInput.waitFor('Which API');
    const labels = await vscode.quickInput.listed();
    await vscode.quickInput.pick(choice);
    await until('the report', async () => (await namedProfile(await panelShowing(vscode, token, 'done'))) === choice);
    return labels;
  }

  it('is asked when several fit, and remembered, also by a new window', async () => {
    const { vscode, lab } = world;
    const first = await mintMarked(lab.mint);
    await runOn(vscode, VALIDATE, first);
    assert.deepEqual((await askedFor(first, 'two')).sort(), ['one', 'two']);
    assert.equal(await namedProfile(await validate(vscode, await mintMarked(lab.mint))), 'two');
    await vscode.reload();
    assert.equal(await namedProfile(await validate(vscode, await mintMarked(lab.mint))), 'two');
  });

  it('is asked again from the report', async () => {
    const { vscode, lab } = world;
    const token = await mintMarked(lab.mint);
    const panel = await validate(vscode, token);
    await panel.frame.getByRole('button', { name: 'Choose Another' }).click();
    assert.deepEqual((await askedFor(token, 'other')).sort(), ['one', 'other', 'two']);
    assert.ok((await (await panelShowing(vscode, token, 'done')).reasons('failed')).includes('audienceOther'));
  });

  it('is not asked when only one is for the audience', async () => {
    const { vscode, lab } = world;
    const token = await mintMarked(lab.mint, { api: lab.apps.invoicesApi });
    assert.equal(await namedProfile(await validate(vscode, token)), 'other');
  });

  it('is none after the question is left', async () => {
    const { vscode, lab } = world;
    await vscode.probe.ask('updateConfiguration', { key: APIS, value: { a: ordersApi(lab), b: ordersApi(lab) } });
    const token = await mintMarked(lab.mint);
    await runOn(vscode, VALIDATE, token);
    await vscode.quickInput.waitFor('Which API');
    await vscode.quickInput.cancel();
    const panel = await panelShowing(vscode, token);
    await panel.button('Validate').waitFor();
    await vscode.noNotification();
  });

  it('passes no stranger’s token where its authority stands for many tenants, also as a URL with a query', async () => {
    const { vscode, lab } = world;
    const many = {
      ...{
        authority: `${lab.origin}/common/v2.0?x=1`,
        appId: lab.apps.ordersApi.id,
        tokenVersions: [2],
        clockSkewSec: 0,
      },
      ...{ accepts: [{ scopes: ['Orders.Read'] }], allowedClients: [lab.apps.ordersWeb.id] },
    };
    const value = { many, fabrikam: { ...many, allowedTenants: [FABRIKAM.id] } };
    await vscode.probe.ask('updateConfiguration', { key: APIS, value });
    const token = await mintMarked(lab.mint, { tenant: FABRIKAM });
    await runOn(vscode, VALIDATE, token);
    await askedFor(token, 'many');
    const panel = await panelShowing(vscode, token, 'done');
    assert.deepEqual([await panel.verdict(), await panel.reasons('notChecked')], ['unknown', ['tenantNotSaid']]);
    await panel.frame.getByRole('button', { name: 'Choose Another' }).click();
    await askedFor(token, 'fabrikam');
    assert.equal(await (await panelShowing(vscode, token, 'done')).verdict(), 'passes');
  });

  it('is why401.tenant alone, when there is no profile', async () => {
    const { vscode, lab } = world;
    for (const [key, value] of Object.entries({
      [APIS]: undefined,
      'why401.tenant': 'contoso.onmicrosoft.com',
      'why401.cloud': lab.origin,
    })) {
      await vscode.probe.ask('updateConfiguration', { key, value });
    }
    const panel = await validate(vscode, await mintMarked(lab.mint));
    assert.equal(await panel.verdict(), 'unknown');
    const checks = await panel.checks();
    for (const id of ['structure', 'algorithm', 'key', 'signature', 'issuer', 'tenant', 'expiry']) {
      assert.equal(checks[id], 'passed', id);
    }
    for (const id of ['audience', 'permissions', 'allowedClients']) assert.equal(checks[id], 'notChecked', id);
    assert.equal(await panel.frame.getByRole('button', { name: 'Choose Another' }).count(), 0);
  });
});

describe('a profile of a nearer scope', () => {
  let world: World;

  before(async () => {
    world = await startWorld((lab) => ({
      userSettings: {
        [APIS]: { orders: { ...ordersApi(lab), audiences: ['api://something-else'], allowedClients: [OTHER_ID] } },
      },
      files: { [SETTINGS_FILE]: { [APIS]: { orders: { ...ordersApi(lab), tokenVersions: [2] } } } },
    }));
  });
  after(() => world?.stop());

  it('replaces the whole profile: nothing of the farther one is merged in', async () => {
    const { vscode, lab } = world;
    const token = await mintMarked(lab.mint);
    await runOn(vscode, VALIDATE, token);
    await (await vscode.dialog()).press('Allow');
    const panel = await panelShowing(vscode, token, 'done');
    const checks = await panel.checks();
    assert.equal(checks.audience, 'passed');
    assert.equal(checks.allowedClients, 'notChecked');
    assert.equal(checks.version, 'passed');
    const source = await reportSource(panel);
    assert.match(source, /workspace settings/);
  });

  it('gives way to the user’s when it is gone', async () => {
    const { vscode, lab } = world;
    await vscode.probe.ask('updateConfiguration', { key: APIS, value: undefined, target: 'workspace' });
    const panel = await validate(vscode, await mintMarked(lab.mint));
    const checks = await panel.checks();
    assert.equal(checks.audience, 'failed');
    assert.equal(checks.allowedClients, 'failed');
    assert.match(await reportSource(panel), /user settings/);
  });
});

describe('a workspace of several folders', () => {
  let world: World;
  let token: MarkedToken;

  before(async () => {
    world = await startWorld((lab) => ({
      files: {
        'a/.vscode/settings.json': { [APIS]: { orders: { ...ordersApi(lab), appId: OTHER_ID } } },
        'b/.vscode/settings.json': { [APIS]: { orders: ordersApi(lab) } },
        'a/request.txt': '',
        'b/request.txt': '',
        'all.code-workspace': { folders: [{ path: 'a' }, { path: 'b' }] },
      },
      open: 'all.code-workspace',
    }));
    token = await mintMarked(world.lab.mint);
    // Not a canary: a practice token, which a file may hold.
    for (const name of ['a', 'b']) await writeFile(join(world.folder, name, 'request.txt'), token.token);
  });
  after(() => world?.stop());

  async function validateIn(name: 'a' | 'b'): Promise<void> {
    const { vscode, folder } = world;
    await vscode.openFile(join(folder, name, 'request.txt'));
    await vscode.selectAll();
    await vscode.runCommand(VALIDATE);
  }

  it('validates against the profile of the folder the token’s file is in', async () => {
    const { vscode } = world;
    await validateIn('b');
    await (await vscode.dialog()).press('Allow');
    const inB = await panelShowing(vscode, token, 'done');
    assert.equal((await inB.checks()).audience, 'passed');
    assert.match(await reportSource(inB), /folder settings/);
    await validateIn('a');
    await until('the report of the other folder', async () => {
      const panel = await panelShowing(vscode, token, 'done');
      return (await panel.checks()).audience === 'failed';
    });
  });
});
