import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { FromRequestView, Problem, RequestForm, RequestViewState } from '../../src/protocol/request-view.ts';
import { findViolations } from './axe.ts';
import { launchBrowser } from './browser.ts';
import { HOSTILE } from './explanation-mocks.ts';
import { NOW_MS } from './mock-states.ts';
import { openPanel, type PanelOptions, type PanelPage } from './panel-driver.ts';
import { type PanelServer, servePanel, THEME_NAMES } from './panel-server.ts';
import { REQUEST_STATE_NAMES, REQUEST_STATES } from './request-states.ts';

type RequestPage = PanelPage<RequestViewState, FromRequestView>;

let server: PanelServer;
let browser: Browser;

before(async () => {
  server = await servePanel('request');
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

const openRequest = (options: Partial<PanelOptions> = {}): Promise<RequestPage> =>
  openPanel<RequestViewState, FromRequestView>(browser, server, { nowMs: NOW_MS, width: 372, ...options });

/** Opens the view on a state, and afterwards holds it against what must be true of every page. */
async function withRequest(
  state: RequestViewState,
  body: (view: RequestPage, page: Page) => Promise<void>,
  options: Partial<PanelOptions> = {},
): Promise<void> {
  const view = await openRequest(options);
  try {
    assert.deepEqual(await view.takeSent(), [{ type: 'ready' }]);
    await view.show(state);
    await body(view, view.page);
    assert.deepEqual(await view.faults(), []);
    assert.equal(await view.page.evaluate(() => window.setStateCalls), 0);
    assert.equal(await view.page.evaluate(() => window.acquireCalls), 1);
    assert.equal(await view.page.locator('[style], a, form, img').count(), 0);
  } finally {
    await view.close();
  }
}

const { ready, issuer, keyMissing, sending, ok } = REQUEST_STATES;

for (const theme of THEME_NAMES) {
  test(`axe-core finds nothing in ${theme}, in any state, folded or not`, async () => {
    for (const width of [300, 1200]) {
      const view = await openRequest({ theme, width });
      for (const name of REQUEST_STATE_NAMES) {
        await view.show(REQUEST_STATES[name]);
        if (width === 1200) await unfoldDetails(view.page);
        assert.deepEqual(await findViolations(view.page, theme), [], `${name} at ${width}`);
      }
      assert.deepEqual(await view.faults(), []);
      await view.close();
    }
    for (const width of [372, 600]) {
      const view = await openRequest({ theme, width });
      await view.show(issuer);
      await unfoldDetails(view.page);
      assert.deepEqual(await findViolations(view.page, theme), [], `at ${width}`);
      await view.close();
    }
  });
}

test('nothing is wider than the page, however narrow or zoomed', async () => {
  for (const width of [186, 300, 372, 600, 1200]) {
    const view = await openRequest({ width });
    for (const name of REQUEST_STATE_NAMES) {
      await view.show(REQUEST_STATES[name]);
      await unfoldDetails(view.page);
      const overflow = await view.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${name} at ${width}: ${overflow}`);
    }
    await view.close();
  }
});

test('what is typed is told once, when it pauses; a choice is told at once', async () => {
  await withRequest(
    ready,
    async (view, page) => {
      await page.getByLabel('URL').fill('https://one.example/');
      await page.getByLabel('URL').fill('https://two.example/');
      await page.clock.runFor(100);
      assert.deepEqual(await view.takeSent(), []);
      await page.clock.runFor(1000);
      assert.deepEqual(await view.takeSent(), [{ type: 'edit', form: { ...ready.form, url: 'https://two.example/' } }]);
      await page.getByLabel('Method').selectOption('POST');
      const [edit] = await view.takeSent();
      assert.equal(edit?.type === 'edit' && edit.form.method, 'POST');
      await page.clock.runFor(1000);
      assert.deepEqual(await view.takeSent(), [], 'and not twice');
    },
    { stepped: true },
  );
});

test('leaving a field ends the pause, for the view may be closed next', async () => {
  await withRequest(
    ready,
    async (view, page) => {
      await page.getByLabel('URL').fill('https://one.example/');
      await page.getByLabel('URL').blur();
      const [edit] = await view.takeSent();
      assert.equal(edit?.type === 'edit' && edit.form.url, 'https://one.example/');
    },
    { stepped: true },
  );
});

test('the host hears what was typed before it is asked for a secret of that origin', async () => {
  await withRequest(
    keyMissing,
    async (view, page) => {
      await page.getByLabel('URL').fill('https://other.example/');
      await page.locator('.form').getByRole('button', { name: 'Enter Key…' }).click();
      const sent = await view.takeSent();
      assert.deepEqual(
        sent.map(({ type }) => type),
        ['edit', 'enterKey'],
      );
      assert.equal(sent[0]?.type === 'edit' && sent[0].form.url, 'https://other.example/');
    },
    { stepped: true },
  );
});

test('sends what is typed, by button, by Ctrl+Enter anywhere, by Enter in the URL, and only once', async () => {
  await withRequest(
    ready,
    async (view, page) => {
      const url = page.getByLabel('URL');
      await url.fill('https://api.example/x');
      await page.getByRole('button', { name: 'Send' }).click();
      const form: RequestForm = { ...ready.form, url: 'https://api.example/x' };
      assert.deepEqual(await view.takeSent(), [
        { type: 'edit', form },
        { type: 'send', form },
      ]);
      await url.press('Enter');
      assert.deepEqual(await view.takeSent(), [{ type: 'send', form }]);
      await url.press('Control+Enter');
      assert.deepEqual(await view.takeSent(), [{ type: 'send', form }]);
      await page.getByLabel('Token').press('Meta+Enter');
      assert.deepEqual(await view.takeSent(), [{ type: 'send', form }]);
      assert.equal(await url.inputValue(), form.url, 'no line break got in');
      await view.show(sending);
      await page.getByRole('button', { name: 'Send' }).click({ force: true });
      await page.keyboard.press('Control+Enter');
      assert.deepEqual(await view.takeSent(), [], 'not while one is under way');
    },
    { stepped: true },
  );
});

test('a pasted URL loses its line breaks', async () => {
  await withRequest(REQUEST_STATES.empty, async (view, page) => {
    await page.getByLabel('URL').fill('https://api.example/\r\norders\n');
    await page.getByRole('button', { name: 'Send' }).click();
    const sent = (await view.takeSent()).at(-1);
    assert.equal(sent?.type === 'send' && sent.form.url, 'https://api.example/orders');
  });
});

test('without a URL nothing is sent: the field says so and has the focus', async () => {
  await withRequest(REQUEST_STATES.empty, async (view, page) => {
    const url = page.getByLabel('URL');
    await page.getByRole('button', { name: 'Send' }).click();
    assert.deepEqual(await view.takeSent(), []);
    assert.equal(await url.getAttribute('aria-invalid'), 'true');
    assert.equal(await url.evaluate((field) => field === document.activeElement), true);
    const explanation = await url.getAttribute('aria-describedby');
    assert.equal(await page.locator(`#${explanation}`).count(), 1);
    await url.fill('h');
    assert.equal(await url.getAttribute('aria-invalid'), 'false');
  });
});

test('cancel works at once, and the keyboard user goes on from Send', async () => {
  await withRequest(sending, async (view, page) => {
    await page.getByRole('button', { name: 'Cancel' }).focus();
    await page.keyboard.press('Enter');
    assert.deepEqual(await view.takeSent(), [{ type: 'cancel' }]);
    await view.show({ ...REQUEST_STATES.cancelled, formRevision: sending.formRevision });
    assert.equal(await page.getByRole('button', { name: 'Cancel' }).count(), 0);
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'send');
  });
});

test('a double click on Send never reaches Cancel', async () => {
  await withRequest(ready, async (view, page) => {
    const send = await page.getByRole('button', { name: 'Send' }).boundingBox();
    assert.ok(send);
    await view.show(sending);
    await page.mouse.click(send.x + send.width / 2, send.y + send.height / 2);
    assert.deepEqual(await view.takeSent(), []);
  });
});

test('the view keeps what is typed until the host sets the form', async () => {
  await withRequest(ready, async (view, page) => {
    const url = page.getByLabel('URL');
    await url.fill('https://typed.example/');
    await view.show({ ...ready, sending: true });
    assert.equal(await url.inputValue(), 'https://typed.example/');
    await view.show({ ...ready, formRevision: ready.formRevision + 100 });
    assert.equal(await url.inputValue(), ready.form.url);
  });
});

test('which secrets are there, and under which name, is the word of the host', async () => {
  await withRequest(keyMissing, async (view, page) => {
    const kept = page.locator('.secret');
    assert.equal(await kept.count(), 0);
    const withKey = { ...keyMissing.form, authorize: { ...keyMissing.form.authorize, hasKey: true, keyName: 'x-own' } };
    await view.show({ ...keyMissing, form: withKey });
    assert.equal(await kept.count(), 1);
    assert.equal(await page.locator('.secret-name .mono').textContent(), 'x-own');
    await page.getByRole('button', { name: 'Forget key' }).click();
    assert.deepEqual(await view.takeSent(), [{ type: 'forgetSecret', which: 'key' }]);
    await page.getByLabel('Key', { exact: true }).selectOption('subscriptionQuery');
    assert.equal(await kept.count(), 0, 'a key of another kind is not claimed to be there');
    assert.equal(await page.locator('.secret-name .mono').textContent(), 'subscription-key');
    const [edit] = await view.takeSent();
    const { keyName: _, ...authorize } = withKey.authorize;
    assert.deepEqual(edit?.type === 'edit' && edit.form.authorize, {
      ...authorize,
      key: 'subscriptionQuery',
      hasKey: false,
    });
  });
});

test('authorises by an identity, which may have to sign in, or by a pasted token', async () => {
  await withRequest(REQUEST_STATES.signedOut, async (view, page) => {
    await page.getByRole('button', { name: 'Sign In' }).click();
    assert.deepEqual(await view.takeSent(), [{ type: 'signIn', identity: 'billing' }]);
    await page.getByLabel('Token').selectOption('pasted');
    await page.getByRole('button', { name: 'Paste Token…' }).click();
    const sent = await view.takeSent();
    assert.equal(sent[0]?.type === 'edit' && sent[0].form.authorize.token, 'pasted');
    assert.deepEqual(sent[1], { type: 'pasteToken' });
    await page.getByLabel('Token').selectOption('identity:orders-dev');
    const [edit] = await view.takeSent();
    assert.equal(edit?.type === 'edit' && edit.form.authorize.identity, 'orders-dev');
    assert.match((await page.locator('.field-line').first().textContent()) ?? '', /52 min/);
  });
  await withRequest(REQUEST_STATES.pasted, async (view, page) => {
    await page.getByRole('button', { name: 'Forget token' }).click();
    assert.deepEqual(await view.takeSent(), [{ type: 'forgetSecret', which: 'token' }]);
  });
});

test('an expired token says so by icon and word', async () => {
  await withRequest(REQUEST_STATES.expired, async (_, page) => {
    const line = page.locator('.field-line').first();
    assert.match((await line.textContent()) ?? '', /expired 4 min ago/);
    assert.equal(await line.locator('.codicon-warning').count(), 1);
  });
});

test('headers are added and removed with the keyboard, and counted', async () => {
  await withRequest(ready, async (view, page) => {
    const part = page.locator('[data-part=headers]');
    assert.match((await part.locator('summary').textContent()) ?? '', /2\s*$/);
    await part.locator('summary').press('Enter');
    await part.getByRole('button', { name: 'Add Header' }).press('Enter');
    await page.keyboard.type('X-Trace');
    await page.keyboard.press('Tab');
    await page.keyboard.type('on');
    assert.match((await part.locator('summary').textContent()) ?? '', /3\s*$/);
    await part.getByRole('button', { name: 'Remove header Accept' }).press('Enter');
    assert.equal(
      await page.evaluate(() => document.activeElement?.getAttribute('aria-label')),
      'Remove header traceparent',
    );
    await page.getByRole('button', { name: 'Send' }).click();
    const sent = (await view.takeSent()).at(-1);
    assert.deepEqual(sent?.type === 'send' && sent.form.headers, [
      ready.form.headers[1],
      { name: 'X-Trace', value: 'on' },
    ]);
  });
});

test('the body stands open for methods that carry one', async () => {
  await withRequest(ready, async (_, page) => {
    const body = page.locator('[data-part=body]');
    for (const [method, isOpen] of [
      ['POST', true],
      ['GET', false],
      ['PATCH', true],
      ['DELETE', false],
    ] as const) {
      await page.getByLabel('Method').selectOption(method);
      assert.equal(await body.evaluate((fold) => (fold as HTMLDetailsElement).open), isOpen, method);
    }
  });
});

test('the answer comes before its details', async () => {
  await withRequest(issuer, async (_, page) => {
    const order = [
      '.outcome',
      '.headline',
      '.path',
      '.card.cause',
      '.pair',
      '.fixes',
      '.grounds',
      '.other-causes',
      '[data-part=response-body]',
    ];
    const positions = await page.evaluate(
      (selectors) => selectors.map((selector) => document.querySelector(selector)?.getBoundingClientRect().top ?? -1),
      order,
    );
    assert.deepEqual(
      positions,
      positions.toSorted((a, b) => a - b),
    );
    assert.ok(positions.every((top) => top > 0));
    const folds = page.locator('.answer details');
    assert.equal(await folds.evaluateAll((all) => all.filter((fold) => (fold as HTMLDetailsElement).open).length), 0);
  });
});

test('the path is read as a list, and each verdict has its own shape', async () => {
  await withRequest(REQUEST_STATES.longPath, async (_, page) => {
    const steps = page.locator('.step');
    const words = await steps.evaluateAll((all) => all.map((step) => step.textContent.replace(/\s+/g, ' ').trim()));
    assert.deepEqual(words.slice(0, 3), [
      '1 of 7: Web application firewall, not known',
      '2 of 7: Subscription key, passed',
      '3 of 7: validate-jwt, line 7, refused',
    ]);
    assert.equal(await page.getByRole('list', { name: 'Path of the call' }).getByRole('list').count(), 2);
    assert.deepEqual(await steps.evaluateAll((all) => all.map((step) => step.getAttribute('data-line'))), [
      'walked',
      'walked',
      'open',
      'none',
    ]);
  });
  const { longPath, keyMissing: one, issuer: allFour } = REQUEST_STATES;
  const shapes: string[] = [];
  for (const state of [longPath, one, allFour]) {
    await withRequest(state, async (_, page) => void shapes.push(...(await shapesOf(page))));
  }
  const distinct = [...new Set(shapes)];
  assert.equal(distinct.length, 4);
  const withoutVerdict = new Set(distinct.map((shape) => shape.slice(shape.indexOf('|'))));
  assert.equal(withoutVerdict.size, 4, 'each differs without its name and colour');
});

/** `verdict|hollow|whole line|glyph` of every sign. */
function shapesOf(page: Page): Promise<string[]> {
  return page.locator('.step').evaluateAll((all) =>
    all.map((step) => {
      const circle = step.querySelector('circle') as SVGCircleElement;
      const { fill, strokeDasharray } = getComputedStyle(circle);
      const glyph = [...step.querySelectorAll('path')].map((path) => path.getAttribute('d')).join();
      const verdict =
        step.getAttribute('data-verdict') ?? step.querySelector('[data-verdict]')?.getAttribute('data-verdict');
      return `${verdict}|${fill === 'none'}|${strokeDasharray === 'none'}|${glyph}`;
    }),
  );
}

test('gates that were not reached share a line, in which each is named; a single one keeps its own', async () => {
  const read = (page: Page) =>
    page
      .locator('[data-gate]')
      .evaluateAll((all) =>
        all.map((gate) => `${gate.getAttribute('data-gate')} ${gate.getAttribute('data-verdict')}`),
      );
  await withRequest(issuer, async (_, page) => {
    assert.deepEqual(await read(page), [
      'subscriptionKey passed',
      'validateJwt refused',
      'easyAuth notReached',
      'functionsKey notReached',
      'app notReached',
    ]);
    assert.equal(await page.locator('.step').count(), 3);
    const words = (await page.locator('.rest').textContent())?.replace(/\s+/g, ' ').trim() ?? '';
    assert.match(words, /^3 to 5 of 5: 3 .*: Easy Auth, Functions key, Your code$/);
  });
  await withRequest(keyMissing, async (_, page) => {
    assert.equal(await page.locator('.rest').count(), 0);
    assert.equal((await read(page)).at(-1), 'app notReached');
  });
});

test('a gate that only probably refused is said to', async () => {
  for (const [name, isProbable] of [
    ['keyMissing', true],
    ['issuer', false],
  ] as const) {
    await withRequest(REQUEST_STATES[name], async (_, page) => {
      const word = page.locator('[data-verdict=refused] .step-word');
      assert.equal((await word.textContent())?.includes('probably'), isProbable);
    });
  }
});

test('the path stands when narrow and lies when there is room', async () => {
  for (const [width, isLying] of [
    [600, false],
    [1200, true],
  ] as const) {
    await withRequest(
      issuer,
      async (_, page) => {
        const tops = await page
          .locator('.step .sign')
          .evaluateAll((all) => all.map((sign) => sign.getBoundingClientRect().y));
        assert.equal(new Set(tops).size, isLying ? 1 : tops.length);
      },
      { width },
    );
  }
});

test('what does not fit is marked by icon and word; ids are shortened until asked for', async () => {
  for (const width of [300, 600]) {
    await withRequest(
      issuer,
      async (_, page) => {
        const row = page.getByRole('row', { name: /^iss/ });
        assert.equal(await row.locator('.codicon-close').count(), 1);
        assert.match((await row.textContent()) ?? '', /does not fit/);
        assert.equal(await page.locator('[data-claim=aud] .codicon-check').count(), 1);
        assert.match((await row.textContent()) ?? '', /3f2a7c1e….*9c1e\//);
        await page.getByRole('button', { name: /^Show whole values/ }).click();
        assert.match((await row.textContent()) ?? '', /3f2a7c1e-5b0d-4e8a-9c67-1d2e3f4a9c1e\//);
        assert.equal(await page.getByRole('columnheader').count(), 3);
      },
      { width },
    );
  }
  await withRequest(REQUEST_STATES.hostile, async (_, page) => {
    const differing = (await page.locator('[data-claim=aud]').textContent()) ?? '';
    assert.match(differing, /5b0d-4e8a/, 'ids that look alike when shortened stay whole');
  });
});

test('the best cause is open with its confidence; the others are folded', async () => {
  await withRequest(issuer, async (_, page) => {
    assert.deepEqual(
      await page.locator('[data-cause]').evaluateAll((all) => all.map((cause) => cause.getAttribute('data-cause'))),
      ['issuer-v1-v2-mismatch', 'aud-clientid-vs-appiduri', 'scope-missing'],
    );
    const best = page.locator('section[data-cause]');
    assert.equal(await best.count(), 1);
    assert.equal(await best.locator('[data-confidence]').getAttribute('data-confidence'), 'likely');
    assert.equal(await page.locator('.other-causes [data-cause]').first().isVisible(), false);
    const rejected = page.locator('.grounds [data-rejected]');
    assert.equal(await rejected.count(), 2);
    assert.equal(await rejected.first().isVisible(), false);
  });
});

test('what lowers protection is folded, says what it exposes, and is never first nor a button', async () => {
  for (const name of ['issuer', 'keyMissing', 'onlyWeakening', 'hostile'] as const) {
    await withRequest(REQUEST_STATES[name], async (_, page) => {
      const weakening = page.locator('[data-kind=weakens]');
      assert.ok((await weakening.count()) > 0);
      assert.equal(await weakening.first().isVisible(), false);
      assert.equal(await page.locator('.fixes [data-kind=weakens]').count(), 0);
      assert.equal(await weakening.getByRole('button').count(), 0);
      await unfoldDetails(page);
      assert.match((await weakening.first().textContent()) ?? '', /protection/);
      assert.equal(await weakening.first().locator('.codicon-warning').count(), 1);
    });
  }
});

test('the form has one primary button, Send; the answer one, the best fix that can be done', async () => {
  for (const [name, labels] of [
    ['ready', ['Send']],
    ['issuer', ['Send', 'Sign In Again']],
    ['keyMissing', ['Send', 'Enter Key…']],
    ['appRefused', ['Send']],
    ['ok', ['Send']],
  ] as const) {
    await withRequest(REQUEST_STATES[name], async (_, page) => {
      const primary = await page.locator('.button.primary').allTextContents();
      assert.deepEqual(
        primary.map((text) => text.trim()),
        labels,
      );
    });
  }
});

test('settings and sources are opened by the host', async () => {
  await withRequest(keyMissing, async (view, page) => {
    await page.getByRole('button', { name: /^Open Setting why401.apis/ }).click();
    await page.getByRole('button', { name: /^Read More/ }).click();
    assert.deepEqual(await view.takeSent(), [
      { type: 'openSettings', setting: 'why401.apis' },
      { type: 'openSource', url: 'https://learn.microsoft.com/azure/azure-functions/function-keys-how-to' },
    ] satisfies FromRequestView[]);
  });
});

test('nothing known shows no gates, and what would help', async () => {
  await withRequest(REQUEST_STATES.nothingKnown, async (_, page) => {
    assert.equal(await page.locator('.step').count(), 0);
    assert.equal(await page.locator('.needs li').count(), 2);
  });
});

test('of a call that was not refused the body comes first and open', async () => {
  await withRequest(ok, async (view, page) => {
    assert.equal(await page.locator('.explanation').count(), 0);
    assert.equal(await page.locator('[data-part=response-body] pre').isVisible(), true);
    assert.equal(await page.locator('[data-part=response-headers] dl').isVisible(), false);
    await page.getByRole('button', { name: /^Open in Editor/ }).click();
    assert.deepEqual(await view.takeSent(), [{ type: 'openBody' }]);
  });
});

test('tokens that the answer brought are links, by their index', async () => {
  const tokens = [
    { where: { part: 'header' as const, name: 'X-Token' }, title: HOSTILE.script },
    { where: { part: 'body' as const }, title: 'Access token v2' },
  ];
  assert.ok(ok.result);
  await withRequest({ ...ok, result: { ...ok.result, tokens } }, async (view, page) => {
    const links = page.locator('.answered-tokens').getByRole('button');
    assert.equal(await links.count(), 2);
    await links.nth(1).click();
    assert.deepEqual(await view.takeSent(), [{ type: 'openToken', index: 1 }]);
  });
});

test('the outcome is announced when it arrives, with who refused', async () => {
  for (const [name, words] of [
    ['keyMissing', `401 Unauthorized. ${keyMissing.result?.explanation?.headline}`],
    ['ok', '200 OK'],
    ['noAnswer', 'No answer: connection refused'],
  ] as const) {
    await withRequest(ready, async (view, page) => {
      const announcer = page.locator('#announcer[role=status]');
      await view.show({ ...REQUEST_STATES[name], formRevision: ready.formRevision });
      assert.equal(await announcer.textContent(), '', 'a state that is not the end of a call is not announced');
      await view.show(sending);
      assert.equal(await announcer.textContent(), sending.progress?.text);
      await view.show({ ...REQUEST_STATES[name], formRevision: ready.formRevision });
      assert.equal(await announcer.textContent(), words);
    });
  }
});

test('no answer says what happened and what to try, and blames no gate', async () => {
  await withRequest(REQUEST_STATES.noAnswer, async (_, page) => {
    const failure = page.locator('[data-failure=refused]');
    assert.match((await failure.textContent()) ?? '', /ECONNREFUSED/);
    assert.ok((await failure.locator('li').count()) > 0);
    assert.equal(await page.locator('.step, .cause').count(), 0);
  });
  await withRequest(REQUEST_STATES.cancelled, async (_, page) => {
    assert.equal(await page.locator('.outcome .codicon-error').count(), 0, 'cancelling is no error');
  });
});

test('a problem stands where the answer would, with the way on', async () => {
  const { signInFailed, noKey, wrongOrigin } = REQUEST_STATES;
  const ways: [RequestViewState, string, FromRequestView][] = [
    [signInFailed, 'Try Again', { type: 'send', form: signInFailed.form }],
    [
      { ...signInFailed, problem: { ...signInFailed.problem, identity: 'orders-dev' } as Problem },
      'Try Again',
      { type: 'signIn', identity: 'orders-dev' },
    ],
    [noKey, 'Enter Key…', { type: 'enterKey' }],
    [wrongOrigin, 'Open Settings', { type: 'openSettings', setting: 'why401.apis' }],
  ];
  for (const [state, label, message] of ways) {
    await withRequest(state, async (view, page) => {
      assert.match((await page.locator('#result [data-problem]').textContent()) ?? '', /./);
      assert.ok((await page.locator('#result').textContent())?.includes(state.problem?.text ?? 'a problem'));
      await page.locator('#result').getByRole('button', { name: label }).click();
      assert.deepEqual(await view.takeSent(), [message]);
    });
  }
});

test('a missing key is entered beside the fix, for the kind of key that is missing', async () => {
  const enter = async (authorize: Partial<RequestForm['authorize']>, cause: string) => {
    let kinds: unknown[] = [];
    const [best] = keyMissing.result?.explanation?.causes ?? [];
    assert.ok(best && keyMissing.result?.explanation);
    const explanation = { ...keyMissing.result.explanation, causes: [{ ...best, id: cause as typeof best.id }] };
    const form = { ...keyMissing.form, authorize: { ...keyMissing.form.authorize, ...authorize } };
    await withRequest({ ...keyMissing, form, result: { ...keyMissing.result, explanation } }, async (view, page) => {
      const button = page.locator('.cause').getByRole('button', { name: 'Enter Key…' });
      if ((await button.count()) > 0) await button.click();
      kinds = (await view.takeSent()).map((sent) => (sent.type === 'edit' ? sent.form.authorize.key : sent.type));
    });
    return kinds;
  };
  assert.deepEqual(await enter({ key: 'none' }, 'function-key-missing'), ['functionsHeader', 'enterKey']);
  assert.deepEqual(await enter({ key: 'functionsQuery' }, 'function-key-missing'), ['enterKey']);
  assert.deepEqual(await enter({ key: 'functionsHeader' }, 'apim-subscription-key-missing'), [
    'subscriptionHeader',
    'enterKey',
  ]);
  assert.deepEqual(await enter({ key: 'none' }, 'function-key-wrong'), []);
});

test('no choice of a key is cut in a narrow sidebar', async () => {
  await withRequest(
    ready,
    async (_, page) => {
      const select = page.getByLabel('Key', { exact: true });
      const widest = await select.evaluate((field) => {
        const [text] = [...(field as HTMLSelectElement).options]
          .map((option) => option.text)
          .sort((a, b) => b.length - a.length);
        const probe = document.body.appendChild(document.createElement('span'));
        probe.style.font = getComputedStyle(field).font;
        probe.textContent = text ?? '';
        const { width } = probe.getBoundingClientRect();
        probe.remove();
        return width;
      });
      const ARROW_PX = 24;
      const { width } = (await select.boundingBox()) ?? { width: 0 };
      assert.ok(width - ARROW_PX > widest, `${widest} in ${width}`);
    },
    { width: 300 },
  );
});

test('a new problem is scrolled to and announced, one that stays is not', async () => {
  await withRequest(
    REQUEST_STATES.pasted,
    async (view, page) => {
      const { problem } = REQUEST_STATES.signInFailed;
      const announcer = page.locator('#announcer');
      await view.show({ ...REQUEST_STATES.pasted, ...(problem ? { problem } : {}) });
      const outcome = await page.locator('.outcome').boundingBox();
      assert.ok(outcome && outcome.y >= 0 && outcome.y < 400);
      const said = await announcer.textContent();
      assert.ok(said?.includes(problem?.text ?? 'a problem'));
      await view.show({ ...REQUEST_STATES.pasted, nowMs: NOW_MS + 1000, ...(problem ? { problem } : {}) });
      assert.equal(await announcer.textContent(), said);
    },
    { height: 400 },
  );
});

test('a credential typed as a header is told of the field it belongs in, and is sent all the same', async () => {
  await withRequest(REQUEST_STATES.credentialHeaders, async (view, page) => {
    await page.locator('[data-part=headers] > summary').click();
    const names = page.getByLabel(/^Name of header/);
    const described = await names.evaluateAll((all) => all.map((field) => field.getAttribute('aria-describedby')));
    assert.deepEqual(
      described.map((id) => id !== null),
      [true, true, false],
    );
    for (const id of described.slice(0, 2)) assert.equal(await page.locator(`#${id}`).isVisible(), true);
    await page.getByRole('button', { name: 'Send' }).click();
    const sent = (await view.takeSent()).at(-1);
    assert.deepEqual(sent?.type === 'send' && sent.form.headers, REQUEST_STATES.credentialHeaders.form.headers);
    await names.first().fill('Accept');
    assert.equal(await names.first().getAttribute('aria-describedby'), null);
  });
});

test('while the browser is waited for, the way on from an error there is said', async () => {
  await withRequest(REQUEST_STATES.signingIn, async (_, page) => {
    assert.match((await page.locator('.progress-hint').textContent()) ?? '', /AADSTS50011/);
    assert.match((await page.locator('#announcer').textContent()) ?? '', /AADSTS50011/);
    assert.equal(await page.getByRole('button', { name: 'Cancel' }).isVisible(), true);
  });
});

test('dropped credentials are said before the explanation; each redirect shows its request', async () => {
  await withRequest(REQUEST_STATES.redirect, async (_, page) => {
    assert.equal(await page.locator('.notes li').count(), 2);
    await unfoldDetails(page);
    const sent = page.locator('.sent > li');
    assert.equal(await sent.count(), 2);
    assert.equal(await sent.nth(0).locator('[data-header=authorization]').count(), 1);
    assert.match((await sent.nth(0).locator('[data-header=authorization]').textContent()) ?? '', /masked/);
    assert.equal(await sent.nth(1).locator('[data-header=authorization]').count(), 0);
  });
});

test('sending moves nothing', async () => {
  for (const width of [300, 1200]) {
    await withRequest(
      issuer,
      async (view, page) => {
        const place = () => page.locator('.path').boundingBox();
        const before = await place();
        await view.show({ ...issuer, sending: true, progress: { text: 'Getting a token' } });
        assert.equal(await page.locator('.running-bar').count(), 1);
        assert.equal(await page.locator('#result').getAttribute('aria-busy'), 'true');
        assert.deepEqual(await place(), before);
      },
      { width },
    );
  }
});

test('an outcome out of sight is scrolled to', async () => {
  await withRequest(
    REQUEST_STATES.pasted,
    async (view, page) => {
      await view.show({ ...REQUEST_STATES.pasted, sending: true });
      await view.show({ ...REQUEST_STATES.pasted, ...(issuer.result ? { result: issuer.result } : {}) });
      const outcome = await page.locator('.outcome').boundingBox();
      assert.ok(outcome && outcome.y >= 0 && outcome.y < 100);
    },
    { height: 400 },
  );
});

test('an outcome above the window is scrolled to, as after a fix pressed far down an answer', async () => {
  await withRequest(
    issuer,
    async (view, page) => {
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      await view.show({ ...issuer, sending: true });
      await view.show({ ...ok, formRevision: issuer.formRevision });
      const outcome = await page.locator('.outcome').boundingBox();
      assert.ok(outcome && outcome.y >= 0 && outcome.y < 100);
    },
    { height: 400 },
  );
});

test('a new answer begins folded, the same answer keeps its folds', async () => {
  await withRequest(issuer, async (view, page) => {
    const headers = page.locator('[data-part=response-headers] dl');
    await page.locator('[data-part=response-headers] > summary').click();
    await view.show({ ...issuer, nowMs: NOW_MS + 1000 });
    assert.equal(await headers.isVisible(), true);
    await view.show({ ...keyMissing, formRevision: issuer.formRevision });
    assert.equal(await headers.isVisible(), false);
  });
});

test('a keyboard user in an answer that is replaced goes on from the outcome', async () => {
  await withRequest(issuer, async (view, page) => {
    await page
      .getByRole('button', { name: /^Read More/ })
      .first()
      .focus();
    await view.show({ ...ok, formRevision: issuer.formRevision });
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'outcome');
  });
});

test('300 headers and 200 kB of body are cut until asked for', async () => {
  await withRequest(REQUEST_STATES.large, async (_, page) => {
    const pre = page.locator('[data-part=response-body] pre');
    assert.ok(((await pre.textContent()) ?? '').length < 25_000);
    await page.getByRole('button', { name: /^Show more here/ }).click();
    assert.equal((await pre.textContent())?.length, 200_000);
    await page.locator('[data-part=response-headers] > summary').click();
    const rows = page.locator('[data-part=response-headers] [data-header]');
    assert.equal(await rows.count(), 50);
    assert.ok(((await rows.nth(7).textContent()) ?? '').length < 500);
    await page.getByRole('button', { name: /^Show all 300/ }).click();
    assert.equal(await rows.count(), 300);
  });
});

test('hostile text stays text', async () => {
  await withRequest(REQUEST_STATES.hostile, async (_, page) => {
    await unfoldDetails(page);
    const shown = (await page.locator('body').textContent()) ?? '';
    for (const text of [HOSTILE.image, HOSTILE.script, HOSTILE.command, HOSTILE.link])
      assert.ok(shown.includes(text), text);
    assert.equal(await page.locator('iframe, object, embed, body script:not([nonce])').count(), 0);
    assert.equal(await page.evaluate(() => 'hacked' in window), false);
    assert.equal(await page.getByRole('button', { name: /^Read More/ }).count(), 0, 'only https is offered');
  });
});

test('where nothing can be sent there is the reason, and nothing is sent', async () => {
  await withRequest(REQUEST_STATES.blocked, async (view, page) => {
    assert.match((await page.locator('.blocked').textContent()) ?? '', /not trusted/);
    await page.keyboard.press('Control+Enter');
    assert.deepEqual(await view.takeSent(), []);
    await page.getByRole('button').click();
    assert.deepEqual(await view.takeSent(), [{ type: 'manageTrust' }]);
  });
});

test('Tab goes through the form in order, and shows where it is', async () => {
  await withRequest(keyMissing, async (_, page) => {
    const names: string[] = [];
    for (let step = 0; step < 8; step++) {
      await page.keyboard.press('Tab');
      names.push(
        await page.evaluate(() => {
          const focused = document.activeElement as HTMLElement;
          if (getComputedStyle(focused).outlineStyle === 'none') throw new Error(`no outline on ${focused.outerHTML}`);
          return focused.getAttribute('aria-label') ?? (focused.id || focused.textContent.trim().split(/\s/)[0] || '');
        }),
      );
    }
    assert.deepEqual(names, ['Method', 'URL', 'token-choice', 'key-choice', 'Enter', 'Headers', 'Body', 'send']);
  });
});

test('nothing moves for a reader who asked for less motion', async () => {
  const countAnimations = (page: Page) => page.evaluate(() => document.getAnimations().length);
  const options: Partial<PanelOptions>[] = [{ bodyClass: 'vscode-reduce-motion' }, { reducedMotion: 'reduce' }];
  for (const option of options) {
    await withRequest(sending, async (_, page) => assert.equal(await countAnimations(page), 0), option);
  }
  await withRequest(sending, async (_, page) => assert.equal(await countAnimations(page), 1));
});

test('an unknown message changes nothing', async () => {
  await withRequest(issuer, async (_, page) => {
    const before = await page.locator('body').textContent();
    await page.evaluate(() => {
      for (const data of [null, 'state', 7, {}, { type: 'other' }]) window.postMessage(data, window.origin);
      return new Promise((resolve) => setTimeout(resolve));
    });
    assert.equal(await page.locator('body').textContent(), before);
  });
});

async function unfoldDetails(page: Page): Promise<void> {
  await page.locator('details').evaluateAll((folds) => {
    for (const fold of folds) (fold as HTMLDetailsElement).open = true;
  });
}

test('a failed sign-in says why and where; its command is copied, and only asked for', async () => {
  await withRequest(REQUEST_STATES.signInExplained, async (view, page) => {
    assert.equal(await page.locator('.trouble').getAttribute('data-code'), 'AADSTS65001');
    await page.getByRole('button', { name: 'Copy Command' }).click();
    await page.getByRole('button', { name: /^Look up/ }).click();
    assert.deepEqual(await view.takeSent(), [{ type: 'copyCommand' }, { type: 'openLookUp' }]);
  });
});

test('a call sent twice shows both, and how each was answered', async () => {
  await withRequest(REQUEST_STATES.sentTwice, async (_, page) => {
    await unfoldDetails(page);
    const sent = page.locator('[data-part="sent"] li');
    assert.match(await sent.first().innerText(), /401 Unauthorized/);
    assert.match(await sent.nth(1).innerText(), /fresh token/);
  });
});

test('a fix says where, what to write, what comes then, and is done by a button', async () => {
  await withRequest(issuer, async (view, page) => {
    const [first, second] = [page.locator('.fix').nth(0), page.locator('.fix').nth(1)];
    assert.match((await first.textContent()) ?? '', /manifest of the API’s registration/);
    assert.equal(await first.locator('[data-proof]').getAttribute('data-proof'), 'passes');
    assert.equal(await second.locator('[data-proof]').getAttribute('data-next'), 'aud-mismatch');
    await first.getByRole('button', { name: 'Copy value' }).click();
    await first.getByRole('button', { name: 'Sign In Again' }).click();
    await second.getByRole('button', { name: 'Open Line 9' }).click();
    const cause = 'issuer-v1-v2-mismatch';
    assert.deepEqual(await view.takeSent(), [
      { type: 'copyValue', cause, fix: 0 },
      { type: 'applyFix', cause, fix: 0 },
      { type: 'applyFix', cause, fix: 1 },
    ] satisfies FromRequestView[]);
  });
});

test('the path is one stop of Tab, and the arrow keys walk it', async () => {
  await withRequest(REQUEST_STATES.longPath, async (_, page) => {
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-gate'));
    await page.locator('.step').first().focus();
    const first = await focused();
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(), 'subscriptionKey');
    await page.keyboard.press('ArrowRight');
    assert.equal(await focused(), 'validateJwt');
    await page.keyboard.press('Home');
    assert.equal(await focused(), first);
    await page.keyboard.press('ArrowUp');
    assert.equal(await focused(), first);
    await page.keyboard.press('End');
    assert.equal(await page.locator('.path [tabindex="0"]').count(), 1);
  });
});

test('what is known before sending stands under the form, and what is not known with the way to say it', async () => {
  await withRequest(REQUEST_STATES.predicted, async (_, page) => {
    const line = page.locator('.prediction');
    assert.equal(await line.getAttribute('data-verdict'), 'willBeRefused');
    assert.equal(await line.locator('.path').isVisible(), false);
    await line.locator('summary').click();
    assert.equal(await line.locator('[data-gate=validateJwt]').getAttribute('data-verdict'), 'refused');
    assert.match((await line.textContent()) ?? '', /policies\/orders\.xml/);
  });
  await withRequest(REQUEST_STATES.unknownTarget, async (view, page) => {
    assert.equal(await page.locator('.prediction').getAttribute('data-verdict'), 'nothingKnown');
    await page
      .locator('.prediction')
      .getByRole('button', { name: /Open Setting/ })
      .click();
    assert.deepEqual(await view.takeSent(), [{ type: 'openSettings', setting: 'why401.apis' }]);
  });
});
