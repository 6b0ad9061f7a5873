import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { type Practice, startPractice } from './practice.ts';
import { lookInEveryTheme } from './token-panel-page.ts';
import { until, type Workbench } from './workbench.ts';

const EXPLAIN = 'Why401: Explain…';
const PANEL = '[data-part="source"]';
const WIDE = { width: 1280, height: 800 };
/** Leaves the panel beside the editor some 300 pixels. */
const NARROW = { width: 700, height: 800 };

/** What a text that came from somewhere else is explained as. */
interface Case {
  name: string;
  text: string;
  /** Parts of the text that must not be in the page. */
  secrets: string[];
  cause: string;
  confidence: string;
  path: string[];
}

interface Shown {
  frame: Frame;
  cause: string | null;
  confidence: string | null;
  path: string[];
}

describe('Explain… in a real VS Code', () => {
  let practice: Practice;
  let cases: Case[];

  before(async () => {
    practice = await startPractice({}, () => ({}));
    await practice.vscode.setTheme('dark');
    await practice.vscode.setClipboard('');
    const token = await practice.lab.mint.accessTokenV2({
      issuedSecAgo: 10_000,
      lifetimeSec: 3600,
      api: practice.lab.apps.ordersEasyAuth,
    });
    cases = [missingSubscriptionKey(), easyAuthWithExpired(token), expiredClientSecret(), nestJs()];
  });
  after(() => practice?.stop());

  async function explained({ name, cause, path }: Case): Promise<Shown> {
    return until(`the explanation of ${name}`, async () => {
      const shown = await readPanel(practice.vscode);
      return shown.cause === cause && shown.path.length === path.length ? shown : undefined;
    });
  }

  async function assertExplained(wanted: Case): Promise<void> {
    const { frame, ...shown } = await explained(wanted);
    const { cause, confidence, path } = wanted;
    assert.deepEqual(shown, { cause, confidence, path });
    await assertNoSecret(frame, wanted.secrets);
  }

  for (const position of [0, 1, 2, 3]) {
    it(`explains a selected text: ${['API Management', 'curl -v', 'a log line', 'NestJS'][position]}`, async () => {
      const { vscode } = practice;
      const wanted = cases[position];
      assert.ok(wanted);
      await vscode.openDocument(`${wanted.name}.txt`, wanted.text);
      await vscode.selectAll();
      await vscode.runCommand(EXPLAIN);
      await assertExplained(wanted);
      await lookInEveryTheme(vscode, `explain-${wanted.name}`, panelFrame);
      await vscode.page.setViewportSize(NARROW);
      await lookInEveryTheme(vscode, `explain-${wanted.name}-narrow`, panelFrame);
      const frame = await panelFrame(vscode);
      const { width, beyond } = await frame.evaluate(() => ({
        width: innerWidth,
        beyond: document.documentElement.scrollWidth - innerWidth,
      }));
      assert.ok(width < 400, `${width} px`);
      assert.equal(beyond, 0);
      await vscode.page.setViewportSize(WIDE);
    });
  }

  it('never says for certain that a gate of Azure refused what another server wrote', async () => {
    const frame = await panelFrame(practice.vscode);
    assert.equal(await frame.locator('[data-confidence="certain"]').count(), 0);
    assert.deepEqual((await readPanel(practice.vscode)).path, ['app refused']);
  });

  it('explains an answer in the clipboard when nothing is selected', async () => {
    const { vscode } = practice;
    const [wanted] = cases;
    assert.ok(wanted);
    await vscode.openDocument('empty.txt', '');
    await vscode.setClipboard(wanted.text);
    await vscode.runCommand(EXPLAIN);
    await assertExplained(wanted);
    await vscode.setClipboard('');
  });

  it('asks for the text when there is neither, and does nothing when that is left', async () => {
    const { vscode } = practice;
    const wanted = cases[2];
    assert.ok(wanted);
    await vscode.openDocument('nothing.txt', '');
    await vscode.runCommand(EXPLAIN);
    await vscode.quickInput.waitFor('Explain');
    await vscode.quickInput.cancel();
    assert.equal((await readPanel(vscode)).cause, cases[0]?.cause);
    await vscode.runCommand(EXPLAIN);
    await vscode.quickInput.waitFor('Explain');
    await vscode.quickInput.type(wanted.text);
    await vscode.quickInput.accept();
    await assertExplained(wanted);
    await vscode.noNotification();
    assert.deepEqual(vscode.extensionErrors(), []);
  });

  it('asks which call of a recording is meant, refusals first', async () => {
    const { vscode } = practice;
    const wanted = recordedKeyRefusal();
    await vscode.openDocument('session.har', wanted.text, 'json');
    await vscode.runCommand(EXPLAIN);
    await vscode.quickInput.waitFor('Which call of the recording?');
    assert.deepEqual(
      (await vscode.quickInput.listed()).map((label) => label.replace(/^.*?(\d{3} \w+ \S+).*$/s, '$1')),
      ['401 GET /orders', '200 GET /health'],
    );
    await vscode.quickInput.pick(/401 GET/);
    await assertExplained(wanted);
  });

  it('reads what Postman’s console copies', async () => {
    const { vscode } = practice;
    const wanted = postmanKeyRefusal();
    await vscode.openDocument('postman.txt', wanted.text);
    await vscode.selectAll();
    await vscode.runCommand(EXPLAIN);
    await assertExplained(wanted);
  });

  it('copies a report without secrets', async () => {
    const { vscode } = practice;
    const frame = await panelFrame(vscode);
    await frame.getByRole('button', { name: 'Copy Report', exact: true }).click();
    const report = await until('the report', () => vscode.probe.ask('readClipboard', {}));
    for (const secret of cases.flatMap(({ secrets }) => secrets)) assert.ok(!report.includes(secret));
    assert.match(report, /apim-subscription-key-invalid/);
  });

  it('sends nothing', () => {
    const { lab } = practice;
    for (const server of [lab, lab.gateway, lab.functions, lab.easyAuth]) assert.deepEqual(server.requests.all, []);
  });

  const KEY_REFUSAL = {
    cause: 'apim-subscription-key-invalid',
    body: '{ "statusCode": 401, "message": "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription." }',
  };

  function recordedKeyRefusal(): Case {
    const key = randomBytes(16).toString('hex');
    const entry = (path: string, status: number, text: string) => ({
      request: {
        method: 'GET',
        url: `https://contoso.azure-api.net${path}?subscription-key=${key}`,
        headers: [{ name: 'Host', value: 'contoso.azure-api.net' }],
      },
      response: {
        status,
        statusText: '',
        headers: [{ name: 'Content-Type', value: 'application/json' }],
        content: { mimeType: 'application/json', text },
      },
    });
    const entries = [entry('/health', 200, '{}'), entry('/orders', 401, KEY_REFUSAL.body)];
    const text = JSON.stringify({ log: { version: '1.2', creator: {}, entries } }, undefined, 2);
    return { ...keyRefusal('har', text), secrets: [key] };
  }

  function postmanKeyRefusal(): Case {
    const key = randomBytes(16).toString('hex');
    const text = [
      'GET https://contoso.azure-api.net/orders: {',
      '  "Request Headers": {',
      `    "ocp-apim-subscription-key": "${key}",`,
      '    "user-agent": "PostmanRuntime/7.51.0"',
      '  },',
      '  "Response Headers": { "content-type": "application/json" },',
      `  "Response Body": ${JSON.stringify(KEY_REFUSAL.body)}`,
      '}',
      '401 Unauthorized',
    ].join('\n');
    return { ...keyRefusal('postman', text), secrets: [key] };
  }

  function keyRefusal(name: string, text: string): Omit<Case, 'secrets'> {
    const path = ['subscriptionKey refused', 'validateJwt notReached', 'app notReached'];
    return { name, text, cause: KEY_REFUSAL.cause, confidence: 'certain', path };
  }

  function missingSubscriptionKey(): Case {
    const text = [
      'HTTP/1.1 401 Access Denied',
      'Content-Type: application/json',
      'WWW-Authenticate: AzureApiManagementKey realm="https://contoso.azure-api.net/orders",name="Ocp-Apim-Subscription-Key",type="header"',
      '',
      '{ "statusCode": 401, "message": "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API." }',
      '',
    ].join('\n');
    const path = ['subscriptionKey refused'];
    return { name: 'apim', text, secrets: [], cause: 'apim-subscription-key-missing', confidence: 'likely', path };
  }

  /** The challenge is the lab's own, so that it stays the platform's to the letter. */
  function easyAuthWithExpired(token: string): Case {
    const { easyAuth } = practice.lab;
    const { openIdIssuer, clientId } = easyAuth.settings.identityProviders.azureActiveDirectory.registration;
    const { host } = new URL(easyAuth.origin);
    const key = randomBytes(32).toString('base64url');
    const text = [
      `* Connected to ${host}`,
      '> GET /api/orders HTTP/1.1',
      `> Host: ${host}`,
      '> User-Agent: curl/8.5.0',
      `> Authorization: Bearer ${token}`,
      `> x-functions-key: ${key}`,
      '>',
      '< HTTP/1.1 401 Unauthorized',
      '< Content-Length: 0',
      `< WWW-Authenticate: Bearer realm="${host}" authorization_uri="${openIdIssuer.replace('/v2.0', '')}/oauth2/v2.0/authorize" resource_id="${clientId}"`,
      '< x-ms-middleware-request-id: 5e3f9a52-4d6b-4b8e-9d0d-0c8c2bbd9e11',
      '<',
      `* Connection #0 to host ${host} left intact`,
      '',
    ].join('\n');
    return {
      name: 'easyauth',
      text,
      secrets: [...token.split('.'), key],
      cause: 'token-expired',
      confidence: 'likely',
      path: ['easyAuth refused', 'app notReached'],
    };
  }

  function expiredClientSecret(): Case {
    const secret = `${randomBytes(2).toString('hex')}Q~${randomBytes(24).toString('base64url')}`;
    const text = `2026-08-04T10:00:00.123Z error MsalServiceException: AADSTS7000222: The provided client secret keys for app '11111111-2222-4333-8444-555555555555' are expired. client_secret=${secret}`;
    const cause = 'aadsts-7000222-secret-expired';
    return { name: 'log', text, secrets: [secret], cause, confidence: 'likely', path: ['tokenEndpoint refused'] };
  }

  function nestJs(): Case {
    const text = [
      'HTTP/1.1 401 Unauthorized',
      'X-Powered-By: Express',
      'Content-Type: application/json; charset=utf-8',
      'Content-Length: 43',
      '',
      '{"statusCode":401,"message":"Unauthorized"}',
      '',
    ].join('\n');
    return { name: 'nestjs', text, secrets: [], cause: 'app-unspecified', confidence: 'likely', path: ['app refused'] };
  }
});

function panelFrame(workbench: Workbench): Promise<Frame> {
  return workbench.webviewFrame(PANEL);
}

async function readPanel(workbench: Workbench): Promise<Shown> {
  const frame = await panelFrame(workbench);
  return frame
    .evaluate(() => {
      const best = document.querySelector('section[data-cause]');
      const steps = [...document.querySelectorAll('[data-gate]')];
      return {
        cause: best?.getAttribute('data-cause') ?? null,
        confidence: best?.querySelector('[data-confidence]')?.getAttribute('data-confidence') ?? null,
        path: steps.map((step) => `${step.getAttribute('data-gate')} ${step.getAttribute('data-verdict')}`),
      };
    })
    .then((shown) => ({ frame, ...shown }));
}

/** The page holds the text that was read: it must be there, without what was secret in it. */
async function assertNoSecret(frame: Frame, secrets: string[]): Promise<void> {
  const html = await frame.evaluate(() => document.documentElement.outerHTML);
  assert.equal(html.includes('••••'), secrets.length > 0);
  for (const secret of secrets) assert.ok(!html.includes(secret));
}
