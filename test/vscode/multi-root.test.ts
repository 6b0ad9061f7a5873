import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { APPS, CONTOSO } from '../lab/entra-tenant.ts';
import type { Lab } from '../lab/lab.ts';
import { openOperation } from './request-page.ts';
import { startWorld, type World } from './world.ts';

/** An API that the folder calls under a path of its own. */
function api({ origin, world: { oddities } }: Lab, folder: string): object {
  return {
    cloud: origin,
    tenant: CONTOSO.domain,
    appId: APPS.ordersApi.id,
    identities: { me: { signIn: 'browser', clientId: APPS.ordersWeb.id, scopes: [`${APPS.ordersApi.appIdUri}/a`] } },
    baseUrl: oddities.origin,
    operations: [{ name: 'Own call', method: 'GET', path: `/echo/${folder}` }],
  };
}

describe('a workspace of several folders', () => {
  let world: World;

  before(async () => {
    world = await startWorld((lab) => ({
      userSettings: { 'why401.apis': { users: api(lab, 'users') } },
      files: {
        'a/.vscode/settings.json': { 'why401.apis': { orders: api(lab, 'a') } },
        'b/.vscode/settings.json': { 'why401.apis': { orders: api(lab, 'b'), invoices: api(lab, 'invoices') } },
        'all.code-workspace': { folders: [{ path: 'a' }, { path: 'b' }] },
      },
      open: 'all.code-workspace',
    }));
  });
  after(() => world?.stop());

  it('lists the operations of all of them, and tells profiles of one name apart by their folder', async () => {
    const { vscode } = world;
    const page = await openOperation(vscode, 'invoices', 'Own call', /\/echo\/invoices$/);
    const drawn = await vscode.page
      .locator('.monaco-list[aria-label*="Operations"] .monaco-scrollable-element .monaco-list-row')
      .evaluateAll((all) => all.map((row) => [Number(row.getAttribute('data-index')), row.textContent ?? ''] as const));
    const rows = drawn.sort(([a], [b]) => a - b).map(([, text]) => text.replace(/\s+/g, ' ').trim());
    const profiles = rows.filter((row) => !row.startsWith('Own call'));
    assert.deepEqual(
      profiles.map((row) => row.replace(/ ?http.*/, '')),
      ['users', 'orders (a)', 'orders (b)', 'invoices'],
    );
    const tokens = await page.frame.locator('#token-choice option').allTextContents();
    for (const name of ['users', 'orders (a)', 'orders (b)', 'invoices']) {
      assert.ok(
        tokens.some((text) => text.trim().startsWith(`${name} · me`)),
        `${name} in ${tokens.join(', ')}`,
      );
    }
    await vscode.screenshot('multi-root');
  });

  it('fills the form with the operation of the folder that was chosen, and its identity', async () => {
    const { vscode } = world;
    for (const folder of ['b', 'a']) {
      const page = await openOperation(vscode, `orders (${folder})`, 'Own call', new RegExp(`/echo/${folder}$`));
      assert.equal(await page.frame.locator('#token-choice').inputValue(), `identity:orders (${folder}) · me`);
    }
  });
});
