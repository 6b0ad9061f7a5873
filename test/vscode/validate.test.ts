import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { mintFaulty, type TOKEN_FAULTS } from '../lab/token-faults.ts';
import { isReportOn } from './marked-token.ts';
import { type Practice, startPractice } from './practice.ts';
import { cancelInTime, lookInEveryTheme, type TokenPanelPage, tokenPanel, validateAgain } from './token-panel-page.ts';
import { until } from './workbench.ts';

describe('Validate Token in a real VS Code', () => {
  let practice: Practice;
  let documents = 0;

  before(async () => {
    practice = await startPractice();
    await practice.vscode.setClipboard('');
  });
  after(() => practice?.stop());

  /** Opens the token in a new document, selects it, and chooses Validate Token from the context menu. */
  async function validate(token: string): Promise<TokenPanelPage> {
    const { vscode } = practice;
    documents += 1;
    await vscode.openDocument(`token-${documents}.txt`, `Authorization: Bearer ${token}\n`);
    await vscode.selectAll();
    await vscode.rightClickMenu('Validate Token');
    return reportFor(token);
  }

  /** The report of this token: the panel may still show the one before. */
  async function reportFor(token: string): Promise<TokenPanelPage> {
    const { uti } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    return until('the report', async () => {
      const panel = await tokenPanel(practice.vscode);
      // A token that names none of the APIs could be meant for any: the user is asked, once.
      if ((await practice.vscode.quickInput.labels()).includes('orders-dev')) {
        await practice.vscode.quickInput.pick('orders-dev');
      }
      return (await isReportOn(panel, uti)) ? panel : undefined;
    });
  }

  async function failures(token: string): Promise<string[]> {
    const panel = await validate(token);
    assert.equal(await panel.verdict(), 'refuses');
    return panel.reasons('failed');
  }

  it('passes a good token on right-click, check by check', async () => {
    const { vscode, lab } = practice;
    const panel = await validate(await lab.mint.accessTokenV2());
    assert.equal(await panel.verdict(), 'passes');
    const checks = await panel.checks();
    assert.equal(Object.keys(checks).length, 13);
    assert.ok(Object.values(checks).every((verdict) => verdict === 'passed'));
    const text = await panel.frame.locator('body').innerText();
    assert.ok(text.includes(`${lab.origin}/contoso.onmicrosoft.com`));
    await lookInEveryTheme(vscode, 'validate-passed');
  });

  it('says what to change when a v1 token meets an API that accepts v2', async () => {
    const { vscode, lab } = practice;
    const reasons = await failures(await lab.mint.accessTokenV1());
    assert.deepEqual(reasons, ['versionOther', 'issuerOtherVersion', 'audienceOtherForm']);
    await lookInEveryTheme(vscode, 'validate-failed');
  });

  it('never calls the signature of a Graph token invalid', async () => {
    const panel = await validate(await practice.lab.mint.graphToken());
    const failed = await panel.reasons('failed');
    assert.ok(failed.includes('kindMicrosoftApi') && failed.includes('audienceMicrosoftApi'));
    assert.ok((await panel.reasons('notChecked')).includes('signatureNotMeantForYou'));
    await practice.vscode.screenshot('validate-graph-dark');
  });

  const faults: [keyof typeof TOKEN_FAULTS, string[]][] = [
    ['expired', ['expired']],
    ['notYetValid', ['notYetValid']],
    ['tamperedPayload', ['signatureInvalid']],
    ['tamperedSignature', ['signatureInvalid']],
    ['algNone', ['algorithmNone', 'signatureMissing']],
    ['hs256WithPublicKey', ['algorithmPublicKeyAsSecret']],
    ['missingScope', ['scopeMissing']],
    ['otherTenant', ['issuerOtherTenant', 'tenantOther']],
    ['unknownKid', ['keyNotFound']],
    ['otherClient', ['clientOther']],
    ['noExpiry', ['expiryMissing']],
    ['keyOfOtherIssuer', ['keyNotFound']],
    ['forgedKey', ['signatureInvalid']],
    ['oversized', ['tooLarge']],
  ];
  for (const [fault, reasons] of faults) {
    it(`refuses a token: ${fault}`, async () => {
      assert.deepEqual(await failures(await mintFaulty(practice.lab.mint, fault)), reasons);
    });
  }

  it('refuses an ID token for its kind', async () => {
    assert.ok((await failures(await practice.lab.mint.idToken())).includes('kindIdToken'));
  });

  it('finds a key that was rotated in, as soon as the keys may be read again', async () => {
    const { lab } = practice;
    await lab.rotateKeys();
    const panel = await validate(await lab.mint.accessTokenV2());
    await until('a report with the new key', async () => {
      if ((await panel.verdict()) === 'passes') return true;
      assert.deepEqual(await panel.reasons('failed'), ['keyNotFound']);
      return (await validateAgain(panel)) === 'passes';
    });
  });

  it('cancels while the metadata does not answer, and says so when a web page answers', async () => {
    const { lab, vscode } = practice;
    await vscode.reload();
    const silent = lab.faults.script({ path: '*', action: { do: 'silent' } });
    const token = await lab.mint.accessTokenV2();
    await vscode.openDocument('silent.txt', token);
    const panel = await cancelInTime(async () => {
      await vscode.selectAll();
      await vscode.rightClickMenu('Validate Token');
      return tokenPanel(vscode, 'button');
    });
    silent.remove();
    lab.faults.script({ path: '*', times: 1, action: { do: 'html', html: '<h1>Sign in</h1>' } });
    await panel.button('Validate').click();
    assert.equal(await panel.verdict(), 'passes');
    assert.ok((await panel.reasons('passed')).includes('keyFoundEarlier'), 'with the keys kept on disk');
    await until('a verdict with fresh keys', async () => {
      await validateAgain(panel);
      return (await panel.reasons('passed')).includes('keyFound');
    });
  });

  it('validates with a key from the clipboard, and marks the verdict as not the tenant’s', async () => {
    const { lab, vscode } = practice;
    const token = await lab.mint.accessTokenV2();
    const key = lab.mint.options.keys.shared.current;
    await vscode.openDocument('given.txt', token);
    await vscode.selectAll();
    await vscode.setClipboard(JSON.stringify({ keys: [key.publicJwk] }));
    await vscode.runCommand('Why401: Validate With Key…');
    const panel = await reportFor(token);
    await until('the caveat', async () => (await panel.frame.locator('[data-caveat=givenKey]').count()) === 1);
    assert.equal(await panel.verdict(), 'unknown');
    assert.ok((await panel.reasons('passed')).includes('signatureGivenKey'));
    assert.ok((await panel.reasons('notChecked')).includes('issuerNotKnown'));
    await vscode.setClipboard(String(key.privateKey.export({ type: 'pkcs8', format: 'pem' })));
    await vscode.runCommand('Why401: Validate With Key…');
    await until('the refusal of a private key', async () =>
      (await vscode.notifications()).some((text) => /private key/.test(text)),
    );
    await vscode.setClipboard('');
  });

  it('left no error in the console', () => {
    const ours = practice.vscode.consoleErrors.filter((text) =>
      /why401|Content Security Policy|token-panel/i.test(text),
    );
    assert.deepEqual(ours, []);
  });
});
