import { spawn } from 'node:child_process';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The top folder of the repository. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
/** Git-ignored: the real VS Code and the browser, kept between runs. */
export const TOOLS_FOLDER = join(ROOT, '.vscode-test');
export const BIN_FOLDER = join(ROOT, 'node_modules/.bin');

/** A failure with a message for the person at the terminal; printed without a stack. */
export class RunFailure extends Error {}

/** The environment of everything we start: our own Node and tools first on PATH. */
export function toolEnvironment(extra = {}) {
  const path = [BIN_FOLDER, ...(process.env.PATH ?? '').split(delimiter).filter((entry) => entry !== BIN_FOLDER)];
  return { ...process.env, PATH: path.join(delimiter), ...extra };
}

/**
 * Runs a program to its end, without a shell.
 * `output: 'show'` passes what it prints on to the terminal; `'keep'` returns it, and shows it only on failure.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, output?: 'show' | 'keep', what?: string }} [options]
 * @returns {Promise<string>} what it printed, when kept
 */
export function run(command, args, { cwd = ROOT, env = toolEnvironment(), output = 'keep', what } = {}) {
  const keep = output === 'keep';
  return new Promise((resolvePromise, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: keep ? ['ignore', 'pipe', 'pipe'] : 'inherit' });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        printed += text;
      });
    }
    const passOn = (signal) => child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, passOn);
    const finish = () => {
      for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, passOn);
    };
    child.on('error', (error) => {
      finish();
      reject(new RunFailure(`${what ?? command} could not be started: ${error.message}`));
    });
    child.on('close', (code, signal) => {
      finish();
      if (code === 0) return resolvePromise(printed);
      if (keep) process.stderr.write(printed);
      reject(new RunFailure(`${what ?? [command, ...args].join(' ')} failed (${signal ?? `exit code ${code}`}).`));
    });
  });
}

/** The top level of every script: a {@link RunFailure} ends it with its message alone. */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof RunFailure ? `\n✘ ${error.message}` : error);
    process.exitCode = 1;
  }
}

export function formatSeconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** Prints that a longer step begins and, when it is done, how long it took. */
export async function timedStep(title, step) {
  const startedAt = performance.now();
  console.log(`… ${title}`);
  const result = await step();
  console.log(`✔ ${title} (${formatSeconds(performance.now() - startedAt)})`);
  return result;
}
