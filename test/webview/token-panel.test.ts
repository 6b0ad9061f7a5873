import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { FromTokenPanel, PanelState } from '../../src/protocol/token-panel.ts';
import { findViolations } from './axe.ts';
import { launchBrowser } from './browser.ts';
import { HOSTILE } from './explanation-mocks.ts';
import { MOCK_NAMES, MOCK_STATES, NOW_MS, WHY_NOT } from './mock-states.ts';
import { openPanel, type PanelOptions, type PanelPage } from './panel-driver.ts';
import { type PanelServer, servePanel, THEME_NAMES } from './panel-server.ts';

let server: PanelServer;
let browser: Browser;

before(async () => {
  server = await servePanel();
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** Opens the panel on a state, and afterwards holds it against what must be true of every page. */
async function withPanel(
  state: PanelState,
  body: (panel: PanelPage, page: Page) => Promise<void>,
  options: Partial<PanelOptions> = {},
): Promise<void> {
  const panel = await openPanel(browser, server, { nowMs: NOW_MS, ...options });
  try {
    assert.deepEqual(await panel.takeSent(), [{ type: 'ready' }]);
    await panel.show(state);
    await body(panel, panel.page);
    assert.deepEqual(await panel.faults(), []);
    assert.equal(await panel.page.evaluate(() => window.setStateCalls), 0);
    assert.equal(await panel.page.evaluate(() => window.acquireCalls), 1);
    assert.equal(await panel.page.locator('[style]').count(), 0);
  } finally {
    await panel.close();
  }
}

for (const theme of THEME_NAMES) {
  test(`axe-core finds nothing in ${theme}, in any state, folded or not`, async () => {
    for (const width of [300, 1200]) {
      const panel = await openPanel(browser, server, { nowMs: NOW_MS, theme, width });
      for (const name of MOCK_NAMES) {
        await panel.show(MOCK_STATES[name]);
        if (width === 1200) await unfoldDetails(panel.page);
        assert.deepEqual(await findViolations(panel.page, theme), [], `${name} at ${width}`);
      }
      assert.deepEqual(await panel.faults(), []);
      await panel.close();
    }
  });
}

test('nothing is wider than the page, however narrow', async () => {
  for (const width of [300, 600, 1200]) {
    const panel = await openPanel(browser, server, { nowMs: NOW_MS, width });
    for (const name of MOCK_NAMES) {
      await panel.show(MOCK_STATES[name]);
      await unfoldDetails(panel.page);
      const overflow = await panel.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${name} at ${width}: ${overflow}`);
    }
    await panel.close();
  }
});

test('validate, and cancel while it runs', async () => {
  await withPanel(MOCK_STATES.notChecked, async (panel, page) => {
    assert.equal(await page.locator('.button.primary').count(), 1);
    await page.getByRole('button', { name: 'Validate', exact: true }).click();
    assert.deepEqual(await panel.takeSent(), [{ type: 'validate' }]);
    await panel.show(MOCK_STATES.running);
    assert.equal(await page.locator('.button.primary').count(), 0);
    await page.getByRole('button', { name: 'Cancel' }).click();
    assert.deepEqual(await panel.takeSent(), [{ type: 'cancel' }]);
  });
});

test('where validating is not possible there is the reason and no button', async () => {
  await withPanel(MOCK_STATES.graph, async (_, page) => {
    const section = page.locator('#validation');
    assert.ok((await section.textContent())?.includes(WHY_NOT));
    assert.equal(await section.getByRole('button').count(), 0);
  });
});

test('copies header, payload and a claim, and says so', async () => {
  await withPanel(
    MOCK_STATES.notChecked,
    async (panel, page) => {
      await page.locator('[data-section=json] > summary').click();
      await page.getByRole('button', { name: 'Copy Header' }).click();
      await page.getByRole('button', { name: 'Copy Payload' }).click();
      await page.getByRole('button', { name: 'Copy aud', exact: true }).click();
      await page.getByRole('button', { name: 'Copy kid', exact: true }).click();
      assert.deepEqual(await panel.takeSent(), [
        { type: 'copy', target: { what: 'header' } },
        { type: 'copy', target: { what: 'payload' } },
        { type: 'copy', target: { what: 'claim', part: 'payload', name: 'aud' } },
        { type: 'copy', target: { what: 'claim', part: 'header', name: 'kid' } },
      ] satisfies FromTokenPanel[]);
      assert.equal((await page.locator('#announcer').textContent())?.trim(), 'Copied kid');
      assert.equal(await page.locator('.is-copied').count(), 1);
    },
    { stepped: true },
  );
});

test('chooses another token', async () => {
  await withPanel(MOCK_STATES.several, async (panel, page) => {
    assert.equal(await page.locator('#token-switcher').inputValue(), '1');
    await page.locator('#token-switcher').selectOption('2');
    assert.deepEqual(await panel.takeSent(), [{ type: 'select', index: 2 }]);
  });
  await withPanel(MOCK_STATES.passing, async (_, page) => {
    assert.equal(await page.locator('#token-switcher').count(), 0);
  });
});

test('leads back to the table of the file it came from', async () => {
  await withPanel(MOCK_STATES.fromList, async (panel, page) => {
    await page.getByRole('button', { name: 'All Tokens' }).click();
    assert.deepEqual(await panel.takeSent(), [{ type: 'showList' }]);
  });
});

test('the table of a file says each verdict in words, and opens a token by mouse and keyboard', async () => {
  for (const width of [300, 1200]) {
    await withPanel(
      MOCK_STATES.list,
      async (panel, page) => {
        assert.deepEqual(
          await page
            .locator('.verdict-cell p')
            .evaluateAll((cells) => cells.map((cell) => cell.firstChild?.textContent)),
          ['Accepted', 'Passed with old keys', 'Refused', 'Undecided', 'Not checked'],
        );
        assert.ok((await page.locator('.notes').innerText()).includes('100 of 2000'));
        await page.locator('tr[data-row="1"] td').nth(1).click();
        await page.getByRole('button', { name: 'Line 120417' }).focus();
        await page.keyboard.press('Enter');
        assert.deepEqual(await panel.takeSent(), [
          { type: 'select', index: 1 },
          { type: 'select', index: 3 },
        ]);
        assert.equal(await page.getByRole('row').count(), 6, 'still a table');
      },
      { width },
    );
  }
});

test('validating a file can be cancelled, and its end is announced', async () => {
  await withPanel(MOCK_STATES.listRunning, async (panel, page) => {
    await page.getByRole('button', { name: 'Cancel' }).click();
    assert.deepEqual(await panel.takeSent(), [{ type: 'cancel' }]);
    await panel.show(MOCK_STATES.list);
    assert.match(
      (await page.locator('#announcer').textContent()) ?? '',
      /1 accepted, 1 passed with old keys, 1 refused/,
    );
    assert.equal(await page.getByRole('button', { name: 'Cancel' }).count(), 0);
  });
});

test('a comparison tells differences by sign and word, and what only one of two lists has', async () => {
  for (const width of [300, 1200]) {
    await withPanel(
      MOCK_STATES.comparison,
      async (panel, page) => {
        const markOf = async (claim: string) =>
          ((await page.locator(`[data-compared="payload:${claim}"] .mark`).textContent()) ?? '').trim();
        assert.deepEqual(await Promise.all(['iss', 'roles', 'idtyp'].map(markOf)), [
          'differs:',
          'only left:',
          'only right:',
        ]);
        const scopes = page.locator('[data-compared="payload:scp"] td');
        const chipsOf = (side: number) => scopes.nth(side).locator('ul').first().locator('li').allInnerTexts();
        assert.deepEqual(await chipsOf(0), ['Orders.Write']);
        assert.deepEqual(await chipsOf(1), ['Orders.Approve', 'Orders.Delete']);
        assert.equal(await page.locator('[data-section="same"]').getAttribute('open'), null, 'folded');
        assert.equal(await page.locator('[data-section="same"] [data-same="true"]').count(), 2);
        await page.getByRole('button', { name: 'Back to the Token' }).click();
        assert.deepEqual(await panel.takeSent(), [{ type: 'showToken' }]);
      },
      { width },
    );
  }
});

test('opens sources and settings through the host; the page itself has no link', async () => {
  await withPanel(MOCK_STATES.failing, async (panel, page) => {
    const issuer = page.locator('[data-check="issuer"]');
    await issuer.getByRole('button', { name: /^Open Setting/ }).click();
    await issuer.getByRole('button', { name: /^Read More/ }).click();
    await page
      .locator('[data-claim="payload:iss"]')
      .getByRole('button', { name: /^Read about iss/ })
      .click();
    assert.deepEqual(await panel.takeSent(), [
      { type: 'openSettings', setting: 'why401.apis' },
      { type: 'openSource', url: 'https://learn.microsoft.com/entra/identity-platform/access-tokens' },
      {
        type: 'openSource',
        url: 'https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference',
      },
    ] satisfies FromTokenPanel[]);
    assert.equal(await page.locator('a').count(), 0);
  });
});

test('hostile text stays text', async () => {
  await withPanel(MOCK_STATES.hostile, async (_, page) => {
    await unfoldDetails(page);
    const shown = (await page.locator('body').textContent()) ?? '';
    for (const text of Object.values(HOSTILE)) assert.ok(shown.includes(text), text);
    assert.equal(await page.locator('img, a, iframe, b, i, object, embed, body script:not([nonce])').count(), 0);
    assert.equal(await page.locator('script').count(), 2);
    assert.equal(await page.evaluate(() => 'hacked' in window), false);
    assert.equal(await page.getByRole('button', { name: /^Read/ }).count(), 0, 'only https is offered');
  });
  for (const state of [MOCK_STATES.hostileList, MOCK_STATES.hostileComparison]) {
    await withPanel(state, async (_, page) => {
      const shown = (await page.locator('body').textContent()) ?? '';
      for (const text of [HOSTILE.image, HOSTILE.script]) assert.ok(shown.includes(text), text);
      assert.equal(await page.locator('img, a, iframe, b, i, object, embed, body script:not([nonce])').count(), 0);
      assert.equal(await page.evaluate(() => 'hacked' in window), false);
    });
  }
});

test('failed checks come first, then those not made, then those passed', async () => {
  await withPanel(MOCK_STATES.failing, async (_, page) => {
    const order = await page
      .locator('[data-check]')
      .evaluateAll((lines) => lines.map((line) => line.getAttribute('data-check')));
    assert.deepEqual(order.slice(0, 5), ['issuer', 'audience', 'version', 'allowedClients', 'structure']);
    assert.equal(order.length, 13, 'each line once');
    assert.equal(new Set(order).size, 13);
    assert.equal(await page.locator('.verdict[data-verdict]').getAttribute('data-verdict'), 'refuses');
  });
});

test('what passes with a caveat or a warning never looks like what passes plainly', async () => {
  const signOf = (page: Page) => page.locator('.verdict .codicon').getAttribute('class');
  let plain: string | null = null;
  await withPanel(MOCK_STATES.passing, async (_, page) => {
    plain = await signOf(page);
    assert.equal(await page.locator('[data-caveat], [data-disagreement]').count(), 0);
  });
  await withPanel(MOCK_STATES.running, async (panel, page) => {
    await panel.show(MOCK_STATES.doubtful);
    assert.notEqual(await signOf(page), plain);
    assert.equal(await page.locator('.verdict').getAttribute('data-caveat'), 'oldKeys');
    assert.match((await page.locator('#announcer').textContent()) ?? '', /old keys/);
    const icons = await page
      .locator('[data-check]')
      .evaluateAll((lines) =>
        lines.map((line) => line.querySelector('.codicon-warning') && line.getAttribute('data-check')),
      );
    assert.deepEqual(icons.filter(Boolean), ['key', 'expiry']);
    assert.match(await page.locator('.clock-skew').innerText(), /300 s/);
  });
});

test('what validators differ on names each with its answer, and the one the profile names', async () => {
  await withPanel(MOCK_STATES.doubtful, async (_, page) => {
    const item = page.locator('[data-disagreement=expiredSkewUnknown]');
    const pairs = await item.locator('dl > div').allInnerTexts();
    assert.deepEqual(
      pairs.map((text) => text.replace(/\s+/g, ' ')),
      ['Accepted by ASP.NET Core, Microsoft.Identity.Web', 'Refused by jose, jsonwebtoken', 'Not known for PyJWT'],
    );
    assert.match(await page.locator('body').innerText(), /The profile says ASP\.NET Core validates its tokens/);
    const byVersion = page.locator('[data-disagreement=signatureCritical] dl > div');
    assert.deepEqual(
      (await byVersion.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ')),
      ['Refused by jose', 'By version PyJWT accepts it, refuses it from 2.12.0 on'],
    );
  });
});

test('the verdict is announced when it arrives, with what failed', async () => {
  await withPanel(MOCK_STATES.running, async (panel, page) => {
    assert.equal(await page.locator('#announcer').textContent(), '');
    await panel.show(MOCK_STATES.failing);
    const announced = (await page.locator('#announcer[role=status]').textContent()) ?? '';
    assert.match(announced, /Issuer, Audience, Version$/);
  });
});

test('a keyboard user who validates keeps the place', async () => {
  await withPanel(MOCK_STATES.notChecked, async (panel, page) => {
    await page.getByRole('button', { name: 'Validate', exact: true }).focus();
    await page.keyboard.press('Enter');
    assert.deepEqual(await panel.takeSent(), [{ type: 'validate' }]);
    await panel.show(MOCK_STATES.running);
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'validation-heading');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    assert.deepEqual(await panel.takeSent(), [{ type: 'cancel' }]);
  });
});

test('Tab goes from the switcher over the evidence and validation to the claims, and shows where it is', async () => {
  await withPanel(MOCK_STATES.several, async (_, page) => {
    const names: string[] = [];
    for (let step = 0; step < 7; step++) {
      await page.keyboard.press('Tab');
      names.push(
        await page.evaluate(() => {
          const focused = document.activeElement as HTMLElement;
          const { outlineStyle } = getComputedStyle(focused);
          if (outlineStyle === 'none') throw new Error(`no outline on ${focused.outerHTML}`);
          return focused.id || focused.getAttribute('aria-label') || focused.textContent.trim();
        }),
      );
    }
    assert.deepEqual(names, [
      'token-switcher',
      'Why we say so',
      'Validate',
      'Copy Redacted',
      'Compare With…',
      'Read about iss on learn.microsoft.com',
      'Copy iss',
    ]);
    const actions = page.locator('[data-claim="payload:iss"] .claim-actions');
    assert.equal(await actions.evaluate((element) => getComputedStyle(element).opacity), '1');
  });
});

test('the countdown follows the clock of the host', async () => {
  const behindMs = 3_600_000;
  await withPanel(
    MOCK_STATES.notChecked,
    async (panel, page) => {
      const timer = page.getByRole('timer').locator('strong');
      const exp = page.locator('[data-claim="payload:exp"] .claim-value');
      const before = await timer.textContent();
      assert.match(before ?? '', / 52 min 10 s$/);
      await page.clock.runFor(1000);
      assert.match((await timer.textContent()) ?? '', / 52 min 9 s$/);
      assert.match((await exp.textContent()) ?? '', /in 52 min 9 s/);
      await page.clock.runFor(3_129_000);
      assert.match((await timer.textContent()) ?? '', /^Expired/);
      assert.equal(await page.locator('.lifetime .codicon-error').count(), 1);
      await panel.takeSent();
    },
    { stepped: true, nowMs: NOW_MS - behindMs },
  );
});

test('times are local and UTC', async () => {
  await withPanel(MOCK_STATES.notChecked, async (_, page) => {
    const text = (await page.locator('[data-claim="payload:exp"] .claim-value').textContent()) ?? '';
    assert.match(text, /2026-11-21 15:07:12/, 'Berlin');
    assert.match(text, /14:07:12/, 'UTC');
  });
});

test('200 groups and a 300 kB claim are cut until asked for', async () => {
  await withPanel(MOCK_STATES.crowded, async (panel, page) => {
    const groups = page.locator('[data-claim="payload:groups"]');
    const blob = page.locator('[data-claim="payload:blob"]');
    assert.equal(await groups.locator('li').count(), 12);
    assert.ok(((await blob.textContent()) ?? '').length < 1000);
    await groups.getByRole('button', { name: /^Show all/ }).click();
    await blob.getByRole('button', { name: /^Show all/ }).click();
    assert.equal(await groups.locator('li').count(), 200);
    assert.equal((await blob.locator('pre').textContent())?.length, 300_000);
    await panel.show(MOCK_STATES.crowded);
    assert.equal(await groups.locator('li').count(), 200, 'the same token stays unfolded');
    await panel.show(MOCK_STATES.several);
    await panel.show(MOCK_STATES.crowded);
    assert.equal(await groups.locator('li').count(), 12, 'another token begins folded');
  });
});

test('5000 claims and a 50 kB name are cut too, and copied whole', async () => {
  const longName = `start${'n'.repeat(50_000)}end`;
  const [line] = MOCK_STATES.passing.token.sections[0]?.claims ?? [];
  assert.ok(line);
  const claims = Array.from({ length: 5000 }, (_, index) => ({ ...line, name: index === 0 ? longName : `c${index}` }));
  const token = { ...MOCK_STATES.passing.token, sections: [{ id: 'other' as const, title: 'Other', claims }] };
  await withPanel({ ...MOCK_STATES.passing, token }, async (panel, page) => {
    assert.equal(await page.locator('[data-claim]').count(), 100);
    const first = page.locator('[data-claim]').first();
    assert.ok(((await first.locator('dt').textContent()) ?? '').length < 100);
    await first.getByRole('button', { name: /^Copy/ }).click();
    assert.deepEqual(await panel.takeSent(), [
      { type: 'copy', target: { what: 'claim', part: 'payload', name: longName } },
    ]);
    await page.getByRole('button', { name: /^Show all 5000/ }).click();
    assert.equal(await page.locator('[data-claim]').count(), 5000);
  });
});

test('faults of an unreadable token stand before everything else, by icon and word', async () => {
  await withPanel(MOCK_STATES.unreadable, async (_, page) => {
    const problems = page.locator('.problems li');
    assert.equal(await problems.count(), 3);
    assert.deepEqual(await problems.locator('strong').allTextContents(), ['Error', 'Error', 'Warning']);
    assert.equal(await problems.locator('.codicon-error').count(), 2);
    const isBefore = await page.evaluate(() => {
      const [problem, validation] = [document.querySelector('.problems'), document.querySelector('#validation')];
      return Boolean(
        problem && validation && problem.compareDocumentPosition(validation) & Node.DOCUMENT_POSITION_FOLLOWING,
      );
    });
    assert.ok(isBefore);
  });
});

test('validation stands beside the claims when wide, above them when narrow', async () => {
  for (const [width, isBeside] of [
    [899, false],
    [900, true],
  ] as const) {
    await withPanel(
      MOCK_STATES.failing,
      async (_, page) => {
        const validation = await page.locator('#validation').boundingBox();
        const claims = await page.locator('.claims').boundingBox();
        assert.ok(validation && claims);
        assert.equal(validation.x >= claims.x + claims.width, isBeside);
        assert.equal(validation.y + validation.height <= claims.y, !isBeside);
      },
      { width },
    );
  }
});

test('nothing moves for a reader who asked for less motion', async () => {
  const options: Partial<PanelOptions>[] = [{ bodyClass: 'vscode-reduce-motion' }, { reducedMotion: 'reduce' }];
  for (const option of options) {
    await withPanel(MOCK_STATES.running, async (_, page) => assert.equal(await countAnimations(page), 0), option);
  }
  await withPanel(MOCK_STATES.running, async (_, page) => assert.equal(await countAnimations(page), 1));
});

test('an unknown message changes nothing', async () => {
  await withPanel(MOCK_STATES.passing, async (_, page) => {
    const before = await page.locator('body').textContent();
    await page.evaluate(() => {
      for (const data of [null, 'state', 7, {}, { type: 'other' }]) window.postMessage(data, window.origin);
      return new Promise((resolve) => setTimeout(resolve));
    });
    assert.equal(await page.locator('body').textContent(), before);
  });
});

function countAnimations(page: Page): Promise<number> {
  return page.evaluate(() => document.getAnimations().length);
}

async function unfoldDetails(page: Page): Promise<void> {
  await page.locator('details').evaluateAll((folds) => {
    for (const fold of folds) (fold as HTMLDetailsElement).open = true;
  });
}
