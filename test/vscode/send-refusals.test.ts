import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { STRANGERS } from '../lab/apps/strangers.ts';
import { APPS, CONTOSO, FABRIKAM } from '../lab/entra-tenant.ts';
import type { Lab } from '../lab/lab.ts';
import { practiceKeys, practiceSettingsForSending } from '../lab/practice-workspace.ts';
import { type Practice, startPractice } from './practice.ts';
import { openOperation, type RequestPage } from './request-page.ts';
import { enterKey, pasteToken, sendMarked, typeHeader, typeUrl } from './request-typing.ts';

const OPERATION = 'List orders';
const IN_HEADER = /^Subscription key \(header/;

/** The refusals that `send.test.ts` does not go through: each by hand, with the cause that is named first. */
describe('refusals, from the sidebar', () => {
  let practice: Practice;

  before(async () => {
    practice = await startPractice({}, settingsFor);
    await practice.vscode.setTheme('dark');
  });
  after(() => practice?.stop());

  const open = (profile: string) => openOperation(practice.vscode, profile, OPERATION, /orders$/);

  /** Sends, is refused, and gives the first cause. */
  async function refused(page: RequestPage, status = 401): Promise<string | undefined> {
    assert.match(await page.sendAndWait(), new RegExp(`^${status}`));
    return page.bestCause();
  }

  /** What is certain of anything, and not only of the first cause. */
  const countCertain = ({ frame }: RequestPage) => frame.locator('[data-confidence="certain"]').count();

  it('names a subscription key that was sent under another name', async () => {
    const page = await open('stock');
    await page.chooseToken(/^No token/);
    await enterKey(practice.vscode, page, IN_HEADER, practiceKeys(practice.lab).subscriptionKey);
    assert.equal(await refused(page), 'apim-subscription-key-wrong-header');
    assert.deepEqual((await page.path())[0], 'subscriptionKey refused');
    await page.chooseKey(/^No key/);
    assert.equal(await refused(page), 'apim-subscription-key-missing');
    await typeHeader(page, 'X-Api-Key', practiceKeys(practice.lab).subscriptionKey);
    assert.match(await page.sendAndWait(), /^200/);
  });

  it('names a missing token at validate-jwt', async () => {
    const page = await open('orders-dev');
    await page.chooseToken(/^No token/);
    await enterKey(practice.vscode, page, IN_HEADER, practiceKeys(practice.lab).subscriptionKey);
    assert.equal(await refused(page), 'missing-token');
    assert.deepEqual((await page.path()).slice(0, 2), ['subscriptionKey passed', 'validateJwt refused']);
  });

  it('names a header that is not a bearer’s, at validate-jwt and at App Service authentication', async () => {
    const atGateway = await open('orders-dev');
    await atGateway.chooseToken(/^No token/);
    await atGateway.chooseKey(IN_HEADER);
    await typeHeader(atGateway, 'Authorization', 'Basic bWVnYW46b3JkZXJz');
    assert.equal(await refused(atGateway), 'bearer-prefix-missing');
    assert.ok((await atGateway.path()).includes('validateJwt refused'));
    const atEasyAuth = await open('orders-easyauth');
    await atEasyAuth.chooseToken(/^No token/);
    const { mint, apps } = practice.lab;
    await typeHeader(atEasyAuth, 'Authorization', await mint.accessTokenV2({ api: apps.ordersEasyAuth }));
    assert.equal(await refused(atEasyAuth), 'bearer-prefix-missing');
    assert.deepEqual((await atEasyAuth.path())[0], 'easyAuth refused');
  });

  const tokens: [cause: string, mint: (lab: Lab) => Promise<string>][] = [
    ['token-expired', ({ mint }) => mint.accessTokenV2({ api: APPS.ordersEasyAuth, issuedSecAgo: 10_000 })],
    ['token-not-yet-valid', ({ mint }) => mint.accessTokenV2({ api: APPS.ordersEasyAuth, issuedSecAgo: -3600 })],
    ['aud-mismatch', ({ mint }) => mint.accessTokenV2({ api: APPS.invoicesApi })],
    ['graph-nonce-token', ({ mint }) => mint.graphToken()],
    ['issuer-v1-v2-mismatch', ({ mint }) => mint.accessTokenV1({ api: APPS.ordersEasyAuth })],
    ['issuer-wrong-tenant', ({ mint }) => mint.accessTokenV2({ api: APPS.ordersEasyAuth, tenant: FABRIKAM })],
  ];
  for (const [cause, mint] of tokens) {
    it(`names what App Service authentication refused: ${cause}`, async () => {
      const { vscode, lab } = practice;
      const page = await open('orders-easyauth');
      await pasteToken(vscode, page, await mint(lab));
      assert.equal(await refused(page), cause);
      assert.deepEqual((await page.path())[0], 'easyAuth refused');
      assert.equal(await page.frame.locator('section[data-cause] [data-confidence="certain"]').count(), 0);
    });
  }

  for (const profile of ['own-check', 'own-check-behind-gateway']) {
    it(`names the app itself, and blames no platform: ${profile}`, async () => {
      const { vscode, lab } = practice;
      const page = await open(profile);
      if (profile !== 'own-check') await enterKey(vscode, page, IN_HEADER, practiceKeys(lab).subscriptionKey);
      await pasteToken(
        vscode,
        page,
        await lab.mint.accessTokenV2({ api: APPS.invoicesApi, scopes: ['Invoices.Read'] }),
      );
      assert.equal(await refused(page), 'app-unspecified');
      assert.equal(await countCertain(page), 0);
      assert.deepEqual(
        (await page.path()).filter((step) => /refused/.test(step) && !/^app /.test(step)),
        [],
      );
    });
  }

  it('names the app itself where it lets somebody in and allows him nothing', async () => {
    const { vscode, lab } = practice;
    const page = await open('own-check');
    await pasteToken(vscode, page, await lab.mint.accessTokenV2({ scopes: ['Orders.Ping'] }));
    await typeUrl(page, `${lab.world.ownCheck.origin}/orders`);
    await page.sendAndWait();
    assert.match(await page.outcome(), /^403/);
    assert.equal(await countCertain(page), 0);
  });

  for (const stranger of STRANGERS) {
    it(`is certain of nothing where ${stranger} refuses`, async () => {
      const { vscode, lab } = practice;
      const page = await open('own-check');
      await page.chooseToken(/^No token/);
      await typeUrl(page, `${lab.world.strangers.origin}/${stranger}/orders?call=1-`);
      await sendMarked(page, 'call=1-');
      assert.match(await page.outcome(), /^401/);
      assert.equal(await countCertain(page), 0);
      await pasteToken(vscode, page, await lab.mint.accessTokenV2({ issuedSecAgo: 10_000 }));
      await typeUrl(page, `${lab.world.strangers.origin}/${stranger}/orders?call=2-`);
      await sendMarked(page, 'call=2-');
      assert.match(await page.outcome(), /^401/);
      assert.equal(await countCertain(page), 0);
      assert.deepEqual(
        (await page.path()).filter((step) => /refused/.test(step) && !/^app /.test(step)),
        [],
      );
    });
  }
});

/** Two of the practice, a gateway's API whose key has a name the profile does not know, and the app that checks itself. */
function settingsFor(lab: Lab): Record<string, unknown> {
  const { 'why401.apis': practice, ...settings } = practiceSettingsForSending(lab);
  const tenant = { cloud: lab.origin, tenant: CONTOSO.domain };
  const operations = [{ name: OPERATION, method: 'GET', path: '/orders' }];
  // The profile accepts what the app does not: only so is the token no reason.
  const own = { ...tenant, tokenVersions: [2], appId: APPS.invoicesApi.id, operations };
  return {
    ...settings,
    'why401.apis': {
      // One operation each: the tree shows only as many rows as there is room for.
      'orders-dev': { ...practice['orders-dev'], operations },
      'orders-easyauth': { ...practice['orders-easyauth'], operations },
      stock: { ...tenant, baseUrl: `${lab.gateway.origin}/stock`, target: 'apim', behind: 'functions', operations },
      'own-check': { ...own, baseUrl: lab.world.ownCheck.origin },
      'own-check-behind-gateway': { ...own, baseUrl: `${lab.gateway.origin}/own`, target: 'apim' },
    },
  };
}
