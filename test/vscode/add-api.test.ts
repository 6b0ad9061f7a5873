import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { LIST_MS, succeeds, until, WAIT_MS } from './workbench.ts';
import { SETTINGS_FILE, startWorld, type World } from './world.ts';

const ADD_API = 'Why401: Add API';
/** Linux's key of `workbench.action.quickInputBack`; the driver's browser says it runs on the test's platform. */
const BACK = process.platform === 'darwin' ? 'Control+-' : 'Control+Alt+-';
const STEPS = 9;

async function readApis(path: string): Promise<Record<string, unknown>> {
  const settings = JSON.parse(await readFile(path, 'utf8').catch(() => '{}')) as Record<string, unknown>;
  return (settings['why401.apis'] ?? {}) as Record<string, unknown>;
}

/** The entries as soon as this one is among them. VS Code empties a file before it writes it. */
function apisWith(name: string, path: string): Promise<Record<string, unknown>> {
  return until(`the entry ${name}`, async () => {
    const apis = await readApis(path).catch(() => ({}));
    return name in apis ? apis : undefined;
  });
}

describe('Add API, with the keyboard alone', () => {
  let world: World;

  before(async () => {
    world = await startWorld(() => ({ files: { 'readme.txt': 'nothing' } }));
  });
  after(() => world?.stop());

  const inputWithFocus = () => world.vscode.page.locator('.quick-input-box input:focus');
  const press = (key: string) => world.vscode.page.keyboard.press(key);

  /** Opens the palette by its key, from the editor; again where the window did not know the command or its trust yet. */
  async function runByKeyboard(title: string): Promise<void> {
    const { vscode, folder } = world;
    const isFirst = async () => (await vscode.quickInput.labels())[0] === title;
    await until(`the command ${title}`, async () => {
      await vscode.openFile(join(folder, 'readme.txt'));
      await press('F1');
      if (!(await succeeds(inputWithFocus().waitFor({ timeout: LIST_MS })))) return false;
      await vscode.page.keyboard.type(title);
      if (await succeeds(until(title, isFirst, LIST_MS))) return true;
      await vscode.quickInput.cancel();
      return false;
    });
    await press('Enter');
  }

  async function waitForStep(step: number): Promise<void> {
    await world.vscode.quickInput.waitFor(`(${step}/${STEPS})`);
    await inputWithFocus().waitFor({ timeout: WAIT_MS });
  }

  async function answer(step: number, text: string): Promise<void> {
    await waitForStep(step);
    await press('Control+a');
    if (text === '') await press('Delete');
    else await world.vscode.page.keyboard.type(text);
    await press('Enter');
  }

  /** Chooses the nth entry of a list. */
  async function choose(step: number, position: number): Promise<void> {
    await waitForStep(step);
    await world.vscode.quickInput.listed();
    for (let at = 0; at < position; at++) await press('ArrowDown');
    await press('Enter');
  }

  async function faultAfter(step: number, text: string): Promise<string> {
    await answer(step, text);
    const fault = await until('the fault', () => world.vscode.quickInput.message());
    await waitForStep(step);
    return fault;
  }

  /** The entry is shown where it was written. */
  async function settingsShown(path: string): Promise<void> {
    const { probe } = world.vscode;
    await until(`${path} to be shown`, async () => (await probe.ask('activeDocument', {}))?.uri.endsWith(path));
  }

  it('writes an entry to the user’s settings, with what was typed and nothing else', async () => {
    const { vscode, lab } = world;
    await runByKeyboard(ADD_API);
    await choose(1, 0);
    await answer(2, 'orders-dev');
    await choose(3, 0);
    await answer(4, 'contoso.onmicrosoft.com');
    await answer(5, lab.apps.ordersApi.id);
    await answer(6, 'api://orders');
    await choose(7, 1);
    await answer(8, 'Orders.Read  Orders.Write');
    await answer(9, 'Orders.Read.All');
    const path = join(vscode.server.userDataFolder, 'User/settings.json');
    assert.deepEqual((await apisWith('orders-dev', path))['orders-dev'], {
      tenant: 'contoso.onmicrosoft.com',
      appId: lab.apps.ordersApi.id,
      appIdUri: 'api://orders',
      tokenVersions: [2],
      accepts: [{ scopes: ['Orders.Read'] }, { scopes: ['Orders.Write'] }, { roles: ['Orders.Read.All'] }],
    });
    const settings = JSON.parse(await readFile(path, 'utf8')) as object;
    assert.ok('telemetry.telemetryLevel' in settings, 'the other settings are kept');
    await settingsShown('User/settings.json');
  });

  it('writes to the workspace’s settings, goes back without forgetting, and says what is wrong', async () => {
    const { vscode, lab, folder } = world;
    await runByKeyboard(ADD_API);
    await choose(1, 1);
    assert.notEqual(await faultAfter(2, ' '), '');
    await answer(2, 'first');
    await waitForStep(3);
    await press(BACK);
    await waitForStep(2);
    assert.equal(await vscode.page.locator('.quick-input-box input').inputValue(), 'first');
    await answer(2, 'invoices');
    // Another Entra, by its address: the last of the list.
    await waitForStep(3);
    await until('the clouds', async () => (await vscode.quickInput.labels()).length > 3);
    await press('ArrowUp');
    await press('Enter');
    await until('the question for its address', async () => (await vscode.quickInput.labels()).length === 0);
    assert.notEqual(await faultAfter(3, 'http://login.example.com'), '');
    assert.notEqual(await faultAfter(3, `${lab.origin}/tenant`), '');
    await answer(3, lab.origin);
    assert.notEqual(await faultAfter(4, 'contoso'), '');
    assert.notEqual(await faultAfter(4, 'https://contoso.com'), '');
    await answer(4, lab.tenants[0]?.id ?? '');
    assert.notEqual(await faultAfter(5, '5e1f7c2a'), '');
    await answer(5, lab.apps.invoicesApi.id);
    await waitForStep(6);
    assert.equal(await vscode.page.locator('.quick-input-box input').inputValue(), `api://${lab.apps.invoicesApi.id}`);
    assert.notEqual(await faultAfter(6, 'invoices'), '');
    await answer(6, '');
    await choose(7, 0);
    await answer(8, '');
    await answer(9, '');
    assert.deepEqual(await apisWith('invoices', join(folder, SETTINGS_FILE)), {
      invoices: { tenant: lab.tenants[0]?.id, cloud: lab.origin, appId: lab.apps.invoicesApi.id },
    });
    await settingsShown(SETTINGS_FILE);
  });

  it('takes no name twice, and writes nothing when it is left', async () => {
    const { vscode, folder } = world;
    const before = await readFile(join(folder, SETTINGS_FILE), 'utf8');
    await runByKeyboard(ADD_API);
    await choose(1, 1);
    assert.notEqual(await faultAfter(2, 'invoices'), '');
    await answer(2, 'other');
    await waitForStep(3);
    await vscode.quickInput.cancel();
    assert.equal(await readFile(join(folder, SETTINGS_FILE), 'utf8'), before);
    await vscode.noNotification();
  });
});
