import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import type { MessageReach } from '../../src/protocol/page-message.ts';
import { REQUEST_VIEW_MESSAGES } from '../../src/protocol/request-view.ts';
import { TOKEN_PANEL_MESSAGES } from '../../src/protocol/token-panel.ts';
import type { Lab } from '../lab/lab.ts';
import { practiceSettings } from '../lab/practice-workspace.ts';
import { DECODE, mintMarked, panelShowing, runOn, VALIDATE, validate } from './marked-token.ts';
import { postAsPage } from './page-message.ts';
import type { RealVsCode } from './real-vscode.ts';
import { type Dialog, succeeds, TRY_MS, until } from './workbench.ts';
import { SETTINGS_FILE, startWorld, type World } from './world.ts';

const FORGET = 'Why401: Forget Trusted Hosts';

function hostOf({ origin }: Lab): string {
  return new URL(origin).host;
}

/** Waits for the question about a host, and that it names the host. */
async function askedAbout(vscode: RealVsCode, lab: Lab): Promise<Dialog> {
  const dialog = await vscode.dialog();
  assert.ok(dialog.text.includes(hostOf(lab)), dialog.text);
  return dialog;
}

describe('a workspace that is not trusted', () => {
  let world: World;

  before(async () => {
    world = await startWorld((lab) => ({ trust: 'untrusted', files: { [SETTINGS_FILE]: practiceSettings(lab) } }));
  });
  after(() => world?.stop());

  it('is decoded in, and the panel says why it does not validate', async () => {
    const { vscode, lab } = world;
    assert.equal(await vscode.probe.ask('isTrusted', {}), false);
    const token = await mintMarked(lab.mint);
    await runOn(vscode, DECODE, token);
    const panel = await panelShowing(vscode, token);
    assert.ok((await panel.claims()).includes('payload:aud'));
    assert.equal(await panel.button('Validate').count(), 0);
    assert.match(await panel.frame.locator('#validation').innerText(), /not trusted/);
  });

  it('has no Validate Token in context menu or palette', async () => {
    const { vscode, lab } = world;
    await vscode.openDocument('menu.txt', await lab.mint.accessTokenV2());
    await vscode.selectAll();
    const entries = await vscode.rightClickMenuEntries();
    assert.ok(entries.includes('Decode Token'), entries.join(', '));
    assert.ok(!entries.includes('Validate Token'), entries.join(', '));
    const commands = await until('the commands', async () => {
      const found = await vscode.findCommands('Why401: ');
      return found.includes(DECODE) ? found : undefined;
    });
    assert.ok(!commands.includes(VALIDATE), commands.join(', '));
  });

  it('refuses the command when something else runs it, and asks nobody', async () => {
    const { vscode, lab } = world;
    for (const command of ['why401.validateToken', 'why401.addApi']) {
      await vscode.closeNotifications();
      // Not awaited: the command ends with its notification.
      const run = vscode.probe.ask('executeCommand', { command, args: [] });
      await until('the message', async () => (await vscode.notifications()).some((text) => /not trusted/.test(text)));
      await vscode.closeNotifications();
      await run;
    }
    assert.equal(lab.requests.all.length, 0);
  });

  it('obeys no message of a page that stores or sends, though no button is there for it', async () => {
    const { vscode, lab } = world;
    const authorize = { token: 'none', key: 'functionsHeader', hasPastedToken: false, hasKey: false };
    const form = { method: 'GET', url: `${lab.origin}/refused`, headers: [], body: '', authorize };
    const refusal = vscode.page
      .locator('.notifications-toasts')
      .getByText(/not trusted/)
      .first();
    const refuses = async (frame: Frame, message: { type: string }): Promise<void> => {
      await vscode.closeNotifications();
      await refusal.waitFor({ state: 'hidden' });
      // VS Code shows no more than three toasts within a moment.
      await until(`the refusal of ${message.type}`, async () => {
        await postAsPage(frame, message);
        return succeeds(refusal.waitFor({ timeout: TRY_MS }));
      });
      assert.equal(await vscode.page.locator('.monaco-dialog-box').count(), 0, message.type);
      assert.equal(await vscode.page.locator('.quick-input-widget').isVisible(), false, message.type);
    };
    const members = { form, which: 'key', identity: 'orders-dev · me', cause: 'missingToken', fix: 0, line: 1 };
    const refusedOf = (messages: Readonly<Record<string, MessageReach>>) =>
      Object.keys(messages).filter((type) => messages[type] === 'storesOrSends');
    const panel = await vscode.webviewFrame('[data-claim]');
    for (const type of refusedOf(TOKEN_PANEL_MESSAGES)) await refuses(panel, { type });
    await vscode.execute('why401.request.focus');
    const page = await vscode.webviewFrame('.blocked');
    await postAsPage(page, { type: 'edit', ...members });
    for (const type of refusedOf(REQUEST_VIEW_MESSAGES)) await refuses(page, { type, ...members });
    await vscode.closeNotifications();
    assert.equal(lab.requests.all.length, 0);
  });

  it('sends nothing, and the Request view leads to where it is trusted', async () => {
    const { vscode } = world;
    await vscode.execute('why401.request.focus');
    const frame = await vscode.webviewFrame('.blocked');
    assert.equal(await frame.locator('#send').count(), 0);
    await frame.getByRole('button', { name: 'Manage Workspace Trust' }).click();
    await vscode.page.locator('.workspace-trust-editor').waitFor();
    await vscode.screenshot('send-blocked');
  });

  it('validates as soon as it is trusted', async () => {
    const { vscode, lab } = world;
    await vscode.trustWorkspace();
    const token = await mintMarked(lab.mint);
    await runOn(vscode, VALIDATE, token);
    await (await askedAbout(vscode, lab)).press('Allow');
    const panel = await panelShowing(vscode, token, 'done');
    assert.equal(await panel.verdict(), 'passes');
    assert.ok(lab.requests.all.length > 0);
  });
});

describe('a trusted workspace that brings its own authority', () => {
  let world: World;

  before(async () => {
    world = await startWorld((lab) => ({ files: { [SETTINGS_FILE]: practiceSettings(lab) } }));
  });
  after(() => world?.stop());

  it('is asked about, and what is not allowed is not read', async () => {
    const { vscode, lab } = world;
    const token = await mintMarked(lab.mint);
    await runOn(vscode, VALIDATE, token);
    const dialog = await askedAbout(vscode, lab);
    assert.deepEqual(dialog.buttons.sort(), ['Allow', 'Cancel']);
    await dialog.press('Cancel');
    const panel = await panelShowing(vscode, token, 'done');
    assert.equal(await panel.verdict(), 'unknown');
    assert.ok((await panel.reasons('notChecked')).includes('keysUnavailable'));
    assert.match(await panel.frame.locator('[data-check=key]').innerText(), /not allow/);
    assert.equal(lab.requests.all.length, 0);
  });

  it('works once allowed, and is not asked about again, not even by a new window', async () => {
    const { vscode, lab } = world;
    const first = await mintMarked(lab.mint);
    await runOn(vscode, VALIDATE, first);
    await (await askedAbout(vscode, lab)).press('Allow');
    assert.equal(await (await panelShowing(vscode, first, 'done')).verdict(), 'passes');
    assert.equal(await (await validate(vscode, await mintMarked(lab.mint))).verdict(), 'passes');
    await vscode.reload();
    lab.requests.clear();
    assert.equal(await (await validate(vscode, await mintMarked(lab.mint))).verdict(), 'passes');
    assert.ok(lab.requests.all.length > 0);
  });

  it('is asked about again when the hosts were forgotten', async () => {
    const { vscode, lab } = world;
    await vscode.runCommand(FORGET);
    const confirmation = await askedAbout(vscode, lab);
    await confirmation.press('Forget');
    lab.requests.clear();
    const token = await mintMarked(lab.mint);
    await runOn(vscode, VALIDATE, token);
    await (await askedAbout(vscode, lab)).press('Cancel');
    const panel = await panelShowing(vscode, token, 'done');
    assert.ok((await panel.reasons('notChecked')).includes('keysUnavailable'));
    assert.equal(lab.requests.all.length, 0);
  });

  it('says that there is nothing to forget', async () => {
    const { vscode } = world;
    await vscode.closeNotifications();
    await vscode.runCommand(FORGET);
    await until('the message', async () => (await vscode.notifications()).length > 0);
  });
});

interface Attack {
  what: string;
  /** Workspace settings that lead to a host the user never spoke of. */
  settingsOf: (evil: Lab, lab: Lab) => Record<string, unknown>;
  /** The profile to choose, where the user's own fits as well. */
  pick?: string;
  userHasOnlyTenant?: true;
}

function profileOf(name: string, { apps }: Lab, members: Record<string, unknown>): Record<string, unknown> {
  return { 'why401.apis': { [name]: { appId: apps.ordersApi.id, ...members } } };
}

const TENANT = 'contoso.onmicrosoft.com';
const ATTACKS: Attack[] = [
  {
    what: 'its own authority',
    settingsOf: (evil, lab) => profileOf('authority', lab, { authority: `${evil.origin}/${TENANT}/v2.0` }),
    pick: 'authority',
  },
  {
    what: 'its own cloud',
    settingsOf: (evil, lab) => profileOf('cloud', lab, { cloud: evil.origin, tenant: TENANT }),
    pick: 'cloud',
  },
  {
    what: 'metadata elsewhere, for an authority the user trusts',
    settingsOf: (evil, lab) => {
      const metadata = `${evil.origin}/${TENANT}/v2.0/.well-known/openid-configuration`;
      return profileOf('metadata', lab, { cloud: lab.origin, tenant: TENANT, metadata });
    },
    pick: 'metadata',
  },
  {
    what: 'a profile of the same name as the user’s',
    settingsOf: (evil, lab) => profileOf('orders-dev', lab, { cloud: evil.origin, tenant: TENANT }),
  },
  {
    what: 'a cloud under the user’s tenant',
    settingsOf: (evil) => ({ 'why401.cloud': evil.origin }),
    userHasOnlyTenant: true,
  },
];

describe('hostile workspace settings beside good user settings', () => {
  let world: World;

  before(async () => {
    world = await startWorld((lab) => ({ userSettings: practiceSettings(lab) }));
  });
  after(() => world?.stop());

  it('the authority of the user’s own settings is not asked about', async () => {
    const { vscode, lab } = world;
    assert.equal(await (await validate(vscode, await mintMarked(lab.mint))).verdict(), 'passes');
  });

  for (const { what, settingsOf, pick, userHasOnlyTenant } of ATTACKS) {
    it(`${what}: asks before the first request, and takes no for an answer`, async () => {
      const { vscode, lab, otherLab: evil } = world;
      const set = (key: string, value: unknown, target: 'user' | 'workspace') =>
        vscode.probe.ask('updateConfiguration', { key, value, target });
      const settings = settingsOf(evil, lab);
      await set('why401.apis', userHasOnlyTenant ? undefined : practiceSettings(lab)['why401.apis'], 'user');
      await set('why401.tenant', 'contoso.onmicrosoft.com', 'user');
      for (const [key, value] of Object.entries(settings)) await set(key, value, 'workspace');
      try {
        const token = await mintMarked(lab.mint);
        await runOn(vscode, VALIDATE, token);
        if (pick) await vscode.quickInput.pick(pick);
        await (await askedAbout(vscode, evil)).press('Cancel');
        const panel = await panelShowing(vscode, token, 'done');
        assert.equal(await panel.verdict(), 'unknown');
        assert.ok((await panel.reasons('notChecked')).includes('keysUnavailable'));
        assert.equal(evil.requests.all.length, 0);
      } finally {
        for (const key of Object.keys(settings)) await set(key, undefined, 'workspace');
      }
    });
  }

  it('an authority of the user that points to keys elsewhere: asks about that host too', async () => {
    const { vscode, lab, otherLab: evil } = world;
    const user = practiceSettings(lab)['why401.apis'];
    await vscode.probe.ask('updateConfiguration', { key: 'why401.apis', value: user });
    await vscode.reload();
    const issuer = `${lab.origin}/${lab.tenants[0]?.id}/v2.0`;
    const body = { issuer, jwks_uri: `${evil.origin}/common/discovery/v2.0/keys` };
    const path = '*/.well-known/openid-configuration';
    const elsewhere = lab.faults.script({ path, action: { do: 'reply', body } });
    const token = await mintMarked(lab.mint);
    await runOn(vscode, VALIDATE, token);
    await (await askedAbout(vscode, evil)).press('Cancel');
    await panelShowing(vscode, token, 'done');
    elsewhere.remove();
    const headers = { location: `${evil.origin}/contoso.onmicrosoft.com/v2.0/.well-known/openid-configuration` };
    const redirect = lab.faults.script({ path, action: { do: 'reply', status: 302, headers } });
    const panel = await validate(vscode, await mintMarked(lab.mint));
    assert.ok((await panel.reasons('notChecked')).includes('keysUnavailable'));
    assert.equal(redirect.hits, 1);
    redirect.remove();
    assert.equal(evil.requests.all.length, 0);
  });

  it('and the listener would have been reached, had the user said yes', async () => {
    const { vscode, lab, otherLab: evil } = world;
    const value = profileOf('orders-dev', lab, { cloud: evil.origin, tenant: TENANT })['why401.apis'];
    await vscode.probe.ask('updateConfiguration', { key: 'why401.apis', value, target: 'workspace' });
    const token = await mintMarked(evil.mint);
    await runOn(vscode, VALIDATE, token);
    await (await askedAbout(vscode, evil)).press('Allow');
    assert.equal(await (await panelShowing(vscode, token, 'done')).verdict(), 'unknown');
    assert.ok(evil.requests.all.length > 0);
  });
});
