// npm start [-- --desktop] [-- --open] [-- --port 4010]: the extension to try out, against the lab.
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageExtension } from './package.mjs';
import { ensureSetup } from './setup.mjs';
import { RunFailure, run, runMain, timedStep } from './shell.mjs';
import { ensureVsCode, findOnPath } from './vs-code.mjs';

const DEFAULT_PORT = 4010;

const { values: options } = parseArgs({
  options: { desktop: { type: 'boolean' }, open: { type: 'boolean' }, port: { type: 'string' } },
});

await runMain(async () => {
  await ensureSetup();
  // Before the long steps: a desktop that is not there should be said at once.
  const code = options.desktop ? findDesktop() : undefined;
  const entry = options.desktop ? undefined : await ensureVsCode();
  const vsix = await timedStep('Building and packaging the extension', packageExtension);
  const interrupted = waitForInterrupt();
  const cleanups = [];
  try {
    const practice = await timedStep('Starting the lab', () => startPractice(cleanups));
    if (code) await runDesktop(code, vsix, practice, interrupted, cleanups);
    else await runInBrowser(entry, vsix, practice, interrupted, cleanups);
  } finally {
    for (const cleanup of cleanups.reverse()) await cleanup();
    console.log('Stopped; nothing is left behind.');
  }
});

/** Settles with the first Ctrl+C or SIGTERM; later ones are swallowed while we clean up. */
function waitForInterrupt() {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, resolve);
    // npm ends its shell by a signal that the shell does not pass on: then our parent has become another.
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && resolve(), 500).unref();
  });
}

/** The lab, and a practice workspace with tokens it has just signed. */
async function startPractice(cleanups) {
  const { startLab } = await import('../lab/lab.ts');
  const { writePracticeWorkspace } = await import('../lab/practice-workspace.ts');
  const folder = await mkdtemp(join(tmpdir(), 'why401-practice-'));
  cleanups.push(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const lab = await startLab();
  cleanups.push(() => lab.stop());
  const workspace = join(folder, 'practice');
  await mkdir(workspace);
  const { tourPath } = await writePracticeWorkspace(workspace, lab);
  return { folder, workspace, tourPath, env: { NODE_EXTRA_CA_CERTS: await lab.writeCaFile(folder) } };
}

async function runInBrowser(entry, vsix, { workspace, tourPath, env }, interrupted, cleanups) {
  const { startCodeServer } = await import('../vscode/code-server.ts');
  const server = await timedStep('Starting VS Code', async () =>
    startCodeServer({ entry, port: await choosePort(), vsix: [vsix], env }),
  );
  cleanups.push(() => server.stop());
  const url = server.urlOf(workspace, [['openFile', `vscode-remote://${new URL(server.origin).host}${tourPath}`]]);
  console.log(`\n  Why401 in VS Code:  ${url}\n\n  Ctrl+C stops it.\n`);
  if (options.open) openInBrowser(url);
  await interrupted;
}

async function choosePort() {
  if (options.port !== undefined) return Number(options.port);
  return (await isFree(DEFAULT_PORT)) ? DEFAULT_PORT : 0;
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

function openInBrowser(url) {
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform] ?? 'xdg-open';
  const child = spawn(opener, [url], { stdio: 'ignore', detached: true });
  child.on('error', () => console.log(`  (${opener} is not there: open the address yourself.)`));
  child.unref();
}

function findDesktop() {
  const code = findOnPath('code');
  if (!code) throw new RunFailure('There is no `code` on PATH. Install VS Code, or leave --desktop out.');
  return code;
}

/** An installed VS Code with folders of its own: the user's settings, extensions and secrets stay untouched. */
async function runDesktop(code, vsix, { folder, workspace, tourPath, env }, interrupted, cleanups) {
  const own = ['--user-data-dir', join(folder, 'user-data'), '--extensions-dir', join(folder, 'extensions')];
  const environment = { ...process.env, ...env };
  await timedStep('Installing the extension', () =>
    run(code, [...own, '--install-extension', vsix, '--force'], { env: environment, what: 'code --install-extension' }),
  );
  console.log('\n  VS Code opens with the practice workspace. Close its window, or press Ctrl+C here, to stop.\n');
  const args = [...own, '--disable-workspace-trust', '--wait', '--new-window', workspace, tourPath];
  const child = spawn(code, args, { env: environment, stdio: 'inherit' });
  const closed = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  cleanups.push(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await closed.catch(() => {});
  });
  await Promise.race([closed, interrupted]);
}
