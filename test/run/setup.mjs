// Runs on whatever Node the machine has, before anything is installed: nothing but Node's own modules here.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BIN_FOLDER, ROOT, RunFailure, run, timedStep, toolEnvironment } from './shell.mjs';

const MODULES_FOLDER = join(ROOT, 'node_modules');
const STAMP_FILE = join(MODULES_FOLDER, '.why401-lock');
const NODE_FILE = join(BIN_FOLDER, process.platform === 'win32' ? 'node.cmd' : 'node');
const NODE_MAJOR = 24;

/** Installs the npm packages when they are missing or do not belong to this package-lock.json. */
export async function ensureDependencies() {
  const lockHash = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
  if (!(existsSync(STAMP_FILE) && readFileSync(STAMP_FILE, 'utf8') === lockHash && existsSync(NODE_FILE))) {
    await timedStep('Installing the npm packages', installPackages);
  }
  await ensureNode24();
  writeFileSync(STAMP_FILE, lockHash);
}

async function installPackages() {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  // A package-lock.json written against a registry without some platform's optional packages is "out of sync"
  // for `npm ci`; `npm install` takes the same versions from it and does not mind.
  try {
    await run('npm', ['ci', ...quiet], { what: 'npm ci' });
  } catch {
    console.error('npm ci refused, see above. Trying npm install with the versions of package-lock.json.');
    rmSync(MODULES_FOLDER, { recursive: true, force: true });
    await run('npm', ['install', '--no-save', ...quiet], { what: 'npm install' });
  }
}

/** npm may block the install script that brings the binary of the `node` package; then it is run here. */
async function ensureNode24() {
  if ((await nodeVersion())?.startsWith(`v${NODE_MAJOR}.`)) return;
  await run(process.execPath, ['installArchSpecificPackage.js'], {
    cwd: join(MODULES_FOLDER, 'node'),
    env: process.env,
    what: 'The install script of the npm package node',
  });
  // npm links no program that was not there when it installed the package.
  if (process.platform !== 'win32') {
    rmSync(NODE_FILE, { force: true });
    symlinkSync('../node/bin/node', NODE_FILE);
  }
  const version = await nodeVersion();
  if (!version?.startsWith(`v${NODE_MAJOR}.`)) {
    throw new RunFailure(
      `node_modules/.bin/node is ${version ?? 'missing'}, wanted v${NODE_MAJOR}. Delete node_modules and run this again.`,
    );
  }
}

async function nodeVersion() {
  try {
    return (await run(NODE_FILE, ['--version'])).trim();
  } catch {
    return undefined;
  }
}

/**
 * Call first in every script. Installs what is missing; on another Node than ours, starts the same script again on
 * ours and ends this process with its exit code.
 */
export async function ensureSetup() {
  await ensureDependencies();
  process.env.PATH = toolEnvironment().PATH;
  if (Number(process.versions.node.split('.')[0]) === NODE_MAJOR) return;
  process.exit(await runOnNode24(process.argv.slice(1)));
}

/** Runs a script on our Node, with its output on this terminal. Returns the exit code. */
export function runOnNode24(args) {
  const child = spawn(realpathSync(NODE_FILE), args, { cwd: process.cwd(), env: toolEnvironment(), stdio: 'inherit' });
  // Ctrl+C reaches the whole group; a signal sent to this process alone has to be passed on. This process ends last.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}
