import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXTENSION_ID, type RealVsCode, startRealVsCode } from '../vscode/real-vscode.ts';
import { until } from '../vscode/workbench.ts';

export interface HostFigures {
  activateMs: number[];
  heapBytes: number[];
  decodedVisibleMs: number[];
}

const DECODED = '.claims';
const SCROLL_STEP = 200;

/** Measures each figure in `count` fresh extension hosts, in a window that has settled. */
export async function measureHosts(count: number, onRound: (round: number) => void): Promise<HostFigures> {
  const figures: HostFigures = { activateMs: [], heapBytes: [], decodedVisibleMs: [] };
  const workspaceFolder = await mkdtemp(join(tmpdir(), 'why401-bench-'));
  const vscode = await startRealVsCode({ workspaceFolder });
  try {
    for (let round = 1; round <= count; round++) {
      await startFreshHost(vscode);
      figures.activateMs.push(await activationTime(vscode));
      figures.heapBytes.push(await vscode.probe.ask('heapOfMain', { id: EXTENSION_ID }));
      // Another host: the figure is for the first use.
      await startFreshHost(vscode);
      figures.decodedVisibleMs.push(await timeToDecodedToken(vscode));
      onRound(round);
    }
  } finally {
    await vscode.stop();
    await rm(workspaceFolder, { recursive: true, force: true });
  }
  return figures;
}

/** Reloads the window, and waits until its extension host has settled. */
export async function startFreshHost(vscode: RealVsCode): Promise<void> {
  await vscode.probe.ask('executeCommand', { command: 'workbench.action.closeAllEditors', args: [] });
  await vscode.reload();
  // The built-in extensions start at the same time; quiet is when answers come at once, several times in a row.
  let quickAnswers = 0;
  await until('a quiet extension host', async () => {
    const askedAt = performance.now();
    await vscode.probe.ask('isTrusted', {});
    quickAnswers = performance.now() - askedAt < 5 ? quickAnswers + 1 : 0;
    return quickAnswers >= 20;
  });
}

/** VS Code's own figure, in whole milliseconds: loading the code, and `activate()`. It may do both as it starts. */
async function activationTime(vscode: RealVsCode): Promise<number> {
  await until('activation', async () => {
    await vscode.openDocument('nothing.json', '{ "name": "value" }', 'json');
    return (await vscode.probe.ask('extension', { id: EXTENSION_ID })).active;
  });
  await vscode.probe.ask('executeCommand', { command: 'workbench.action.showRuntimeExtensions', args: [] });
  const list = vscode.page.locator('.runtime-extensions-editor .monaco-list').first();
  const row = list.locator('.extension', { hasText: 'Why401' }).first();
  await until('our row, which is far down when others took longer', async () => {
    if ((await row.count()) > 0) return true;
    await list.hover();
    await vscode.page.mouse.wheel(0, SCROLL_STEP);
    return false;
  });
  const text = await row.locator('.activation-time').innerText();
  const milliseconds = /(\d+)\s*ms/.exec(text)?.[1];
  if (milliseconds === undefined) throw new Error(`no time in “${text}”`);
  return Number(milliseconds);
}

/** From the command to the first frame that shows the claims, by the clock both sides share. */
async function timeToDecodedToken(vscode: RealVsCode): Promise<number> {
  const token = unsignedToken();
  await vscode.openDocument('token.txt', token);
  await vscode.selectText(token);
  const startedAt = Date.now();
  await vscode.probe.ask('executeCommand', { command: 'why401.decodeToken', args: [] });
  const frame = await vscode.webviewFrame(DECODED);
  const seenAt = await until('the first paint of the claims', () => frame.evaluate(firstPaintAt));
  return seenAt - startedAt;
}

/** Runs in the panel: when it first showed anything. It is empty until the host has sent the token. */
function firstPaintAt(): number | undefined {
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  return paint && performance.timeOrigin + paint.startTime;
}

function unsignedToken(): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const nowSec = Math.floor(Date.now() / 1000);
  const payload = {
    aud: 'api://orders',
    iss: 'https://login.microsoftonline.com/11111111-1111-1111-1111-111111111111/v2.0',
    iat: nowSec,
    nbf: nowSec,
    exp: nowSec + 3600,
    scp: 'Orders.Read',
    sub: randomBytes(12).toString('hex'),
    tid: '11111111-1111-1111-1111-111111111111',
    ver: '2.0',
  };
  return `${encode({ typ: 'JWT', alg: 'RS256', kid: 'bench' })}.${encode(payload)}.${randomBytes(256).toString('base64url')}`;
}
