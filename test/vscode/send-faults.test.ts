import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { BIG_BODY_BYTES } from '../lab/apps/odd-answers.ts';
import { type Practice, startPractice } from './practice.ts';
import type { RequestPage } from './request-page.ts';
import { openRequestView, pasteToken, resultMarked, sendMarked, typeUrl } from './request-typing.ts';
import { until } from './workbench.ts';

describe('what goes wrong with a call that was typed by hand', () => {
  let practice: Practice;
  let page: RequestPage;
  let calls = 0;

  before(async () => {
    practice = await startPractice({}, () => ({}));
    await practice.vscode.setTheme('dark');
    page = await openRequestView(practice.vscode);
  });
  after(() => practice?.stop());

  /** The address with a mark of its own, by which its result is told from the one before. */
  function marked(origin: string, path: string): { url: string; mark: string } {
    calls += 1;
    const mark = `call=${calls}-`;
    return { url: `${origin}${path}?${mark}`, mark };
  }

  /** Types an address at the lab's server of oddities, sends, and waits for the result. */
  async function call(path: string, origin = practice.lab.world.oddities.origin): Promise<void> {
    const { url, mark } = marked(origin, path);
    await typeUrl(page, url);
    await sendMarked(page, mark);
  }

  async function notes(): Promise<string> {
    return (await page.frame.locator('#result').textContent()) ?? '';
  }

  function body(): Promise<string | null> {
    return page.frame.locator('[data-part="response-body"] pre').textContent();
  }

  it('is told that nothing listens there', async () => {
    await call('/orders', `http://127.0.0.1:${await closedPort()}`);
    assert.equal(await page.outcome(), 'refused');
    await practice.vscode.screenshot('send-refused');
  });

  it('is told that the connection was closed', async () => {
    await call('/reset');
    assert.equal(await page.outcome(), 'reset');
  });

  it('is told that https was not understood where plain http is spoken', async () => {
    await call('/json', practice.lab.world.oddities.origin.replace('http:', 'https:'));
    assert.equal(await page.outcome(), 'tls');
  });

  it('cancels a call that is never answered, long before it would time out', async () => {
    const { oddities } = practice.lab.world;
    const { url, mark } = marked(oddities.origin, '/silent');
    await typeUrl(page, url);
    await page.send();
    await until('the call', async () => oddities.requests.all.some(({ query }) => query.includes(mark)));
    await page.button('Cancel').click();
    await resultMarked(page, mark);
    assert.equal(await page.outcome(), 'cancelled');
    await call('/json');
    assert.match(await page.outcome(), /^200/);
  });

  it('keeps the beginning of 20 MB, says how big it is, and stays usable', async () => {
    await call('/big');
    assert.match(await page.outcome(), /^200/);
    assert.ok((await notes()).includes(String(BIG_BODY_BYTES)));
    assert.match(await page.frame.locator('.facts').innerText(), /20 MB/);
    assert.ok(((await body()) ?? '').length < 100_000);
    await typeUrl(page, 'https://typed-after-it.example/');
    assert.equal(await page.url(), 'https://typed-after-it.example/');
    await practice.vscode.screenshot('send-big');
  });

  it('says that an answer is binary, and shows none of it', async () => {
    await call('/binary');
    assert.match(await page.outcome(), /^200/);
    assert.equal(await page.frame.locator('[data-part="response-body"] pre').count(), 0);
    assert.match(await page.frame.locator('[data-part="response-body"]').innerText(), /1024/);
  });

  it('shows markup as text: nothing of it runs or becomes part of the page', async () => {
    await call('/html');
    assert.ok((await body())?.includes('<script>document.title = "ran"</script>'));
    assert.notEqual(await page.frame.evaluate(() => document.title), 'ran');
    const headings = await page.frame.locator('h1').allTextContents();
    assert.ok(!headings.includes('Orders'));
  });

  it('opens an answer in a read-only editor, pretty-printed', async () => {
    const { vscode } = practice;
    await call('/json');
    await page.frame.getByRole('button', { name: /^Open in Editor/ }).click();
    const document = await until('the document', async () => {
      const active = await vscode.probe.ask('activeDocument', {});
      return active?.uri.startsWith('why401:') ? active : undefined;
    });
    assert.equal(document.languageId, 'json');
    assert.deepEqual(JSON.parse(document.text).next, null);
    assert.ok(document.text.split('\n').length > 5);
    await vscode.screenshot('send-editor');
    await vscode.execute('workbench.action.focusActiveEditorGroup');
    await vscode.page.keyboard.type('x');
    assert.equal((await vscode.probe.ask('activeDocument', {}))?.text, document.text);
    await vscode.execute('workbench.action.closeAllEditors');
  });

  it('leaves the token behind when a redirect leads to another origin, and says so', async () => {
    const { vscode, lab } = practice;
    const { oddities, elsewhere } = lab.world;
    const { url, mark } = marked(oddities.origin, '/redirect/other');
    await typeUrl(page, url);
    await pasteToken(vscode, page, await lab.mint.accessTokenV2());
    elsewhere.requests.clear();
    await sendMarked(page, mark);
    assert.match(await page.outcome(), /^200/);
    const arrived = oddities.requests.all.filter(({ query }) => query.includes(mark));
    assert.deepEqual(
      arrived.map(({ headers }) => /^Bearer ey/.test(headers.authorization ?? '')),
      [true],
    );
    assert.deepEqual(
      elsewhere.requests.all.map(({ headers }) => headers.authorization),
      [undefined],
    );
    const said = await notes();
    assert.ok(said.includes('Authorization') && said.includes(elsewhere.origin), said);
    await vscode.screenshot('send-redirected');
  });

  it('keeps a pasted token for its origin: at another one there is none, and nothing is sent', async () => {
    const { lab } = practice;
    const { oddities, elsewhere } = lab.world;
    elsewhere.requests.clear();
    await typeUrl(page, `${elsewhere.origin}/echo`);
    await page.button('Paste Token…').waitFor();
    await page.send();
    assert.equal(await page.problem(), 'noSecret');
    assert.equal(elsewhere.requests.all.length, 0);
    await typeUrl(page, `${oddities.origin}/echo`);
    await page.button('Forget token').waitFor();
  });

  it('does not send the token of one origin to another whose name begins alike', async () => {
    const { lab } = practice;
    const { host } = new URL(lab.world.oddities.origin);
    const { elsewhere } = lab.world;
    elsewhere.requests.clear();
    await typeUrl(page, `http://${host}@${new URL(elsewhere.origin).host}/echo`);
    await page.button('Paste Token…').waitFor();
    await page.send();
    assert.equal(await page.problem(), 'noSecret');
    assert.equal(elsewhere.requests.all.length, 0);
  });

  it('forgets a pasted token when asked to', async () => {
    await typeUrl(page, `${practice.lab.world.oddities.origin}/echo`);
    await page.button('Forget token').click();
    await page.button('Paste Token…').waitFor();
    assert.deepEqual(practice.vscode.extensionErrors(), []);
  });
});

/** A port that was free a moment ago. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
