import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { ROOT, RunFailure, run, TOOLS_FOLDER, timedStep, toolEnvironment } from './shell.mjs';

/** code-server 4.139.1 is the workbench, extension host and webviews of VS Code 1.139.1. */
const CODE_SERVER_VERSION = '4.139.1';
const FOLDER = join(TOOLS_FOLDER, `code-server-${CODE_SERVER_VERSION}`);

/** Without these two the extension host does not start. The other native modules of code-server are not needed. */
const NATIVE_MODULES = [
  { folder: '@vscode/spdlog', file: 'build/Release/spdlog.node' },
  { folder: '@vscode/native-watchdog', file: 'build/Release/watchdog.node' },
];
const BUILD_TOOLS = [
  { command: 'make', debianPackage: 'make' },
  { command: 'g++', debianPackage: 'g++' },
  { command: 'python3', debianPackage: 'python3' },
];

/** Installs a real VS Code into the git-ignored `.vscode-test` when it is not there. Returns its entry script. */
export async function ensureVsCode() {
  const entry = join(FOLDER, 'node_modules/code-server/out/node/entry.js');
  if (isComplete(FOLDER)) return entry;
  await ensureBuildTools();
  await timedStep(`Installing VS Code (code-server ${CODE_SERVER_VERSION}) into .vscode-test`, install);
  return entry;
}

async function install() {
  removeHalfInstalls();
  // Built aside and moved when complete, so that an interrupted install is never taken for one.
  const partial = `${FOLDER}.partial-${process.pid}`;
  mkdirSync(partial, { recursive: true });
  writeFileSync(join(partial, 'package.json'), '{ "private": true }\n');
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await run('npm', ['install', ...quiet, `code-server@${CODE_SERVER_VERSION}`], { cwd: partial });
  const server = join(partial, 'node_modules/code-server/lib/vscode');
  await run('npm', ['install', '--omit=dev', ...quiet], { cwd: server });
  for (const { folder } of NATIVE_MODULES) await buildNativeModule(join(server, 'node_modules', folder));
  writeFileSync(join(partial, 'complete'), CODE_SERVER_VERSION);
  if (!isComplete(partial))
    throw new RunFailure('node-gyp reported success, but a native module of VS Code is missing.');
  if (isComplete(FOLDER)) return rmSync(partial, { recursive: true, force: true }); // another run was faster
  rmSync(FOLDER, { recursive: true, force: true });
  renameSync(partial, FOLDER);
}

function isComplete(folder) {
  const modules = join(folder, 'node_modules/code-server/lib/vscode/node_modules');
  const stamp = join(folder, 'complete');
  return (
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === CODE_SERVER_VERSION &&
    NATIVE_MODULES.every((module) => existsSync(join(modules, module.folder, module.file)))
  );
}

/** Runs node-gyp by hand: `npm rebuild` of npm 12 reports success and builds nothing. */
async function buildNativeModule(folder) {
  const nodeGyp = createRequire(import.meta.url).resolve('node-gyp/bin/node-gyp.js');
  await run(process.execPath, [nodeGyp, 'rebuild'], {
    cwd: folder,
    env: toolEnvironment({ npm_config_nodedir: nodeHeadersFolder() }),
    what: `Building ${folder.slice(folder.lastIndexOf('@vscode'))} with node-gyp`,
  });
}

/** The npm package of the Node binary brings its C headers, so node-gyp downloads nothing. */
function nodeHeadersFolder() {
  const modules = join(ROOT, 'node_modules/node/node_modules');
  const name = readdirSync(modules).find((entry) => /^node-(bin-)?(linux|darwin|win)-/.test(entry));
  const folder = join(modules, name ?? 'missing');
  if (!existsSync(join(folder, 'include/node/node.h'))) {
    throw new RunFailure(`No Node headers in ${modules}. Delete node_modules and run this again.`);
  }
  return folder;
}

async function ensureBuildTools() {
  const missing = BUILD_TOOLS.filter(({ command }) => !isOnPath(command)).map((tool) => tool.debianPackage);
  await ensureDebianPackages(missing, 'VS Code needs these to build two native modules');
}

/** As root installs Debian packages; otherwise fails with the one command to run. Nothing to do when none is named. */
export async function ensureDebianPackages(names, why) {
  if (names.length === 0) return;
  const command = `apt-get update && apt-get install -y ${names.join(' ')}`;
  if (process.getuid?.() !== 0 || !isOnPath('apt-get')) {
    throw new RunFailure(`${why}: ${names.join(', ')}. On Debian or Ubuntu:\n\n    sudo sh -c '${command}'\n`);
  }
  await timedStep(`Installing ${names.join(', ')} with apt-get`, async () => {
    const env = toolEnvironment({ DEBIAN_FRONTEND: 'noninteractive' });
    await run('apt-get', ['update'], { env });
    await run('apt-get', ['install', '-y', ...names], { env });
  });
}

export function isOnPath(command) {
  return findOnPath(command) !== undefined;
}

export function findOnPath(command) {
  const names = process.platform === 'win32' ? [`${command}.exe`, `${command}.cmd`] : [command];
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of names) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        // not here
      }
    }
  }
  return undefined;
}

function removeHalfInstalls() {
  mkdirSync(dirname(FOLDER), { recursive: true });
  for (const name of readdirSync(TOOLS_FOLDER)) {
    const pid = /\.partial-(\d+)$/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) rmSync(join(TOOLS_FOLDER, name), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
