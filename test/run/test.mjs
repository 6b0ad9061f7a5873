// npm test [-- stage…]: every stage, or only the named ones, in this order.
import * as fs from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { packageExtension } from './package.mjs';
import { ensurePyJwt } from './pyjwt.mjs';
import { ensureSetup } from './setup.mjs';
import { BIN_FOLDER, formatSeconds, ROOT, RunFailure, run, runMain, toolEnvironment } from './shell.mjs';
import { ensureVsCode } from './vs-code.mjs';

/** Real VS Codes are heavy: one test file at a time, and a bound for one that hangs. */
const VSCODE_TEST_FLAGS = ['--test-concurrency=1', '--test-timeout=900000'];

const STAGES = {
  types: () => runTool('tsc', ['-p', '.']),
  lint: () => runTool('biome', ['ci', '--error-on-warnings']),
  unused: () => runTool('knip', []),
  unit: async () => {
    await ensurePyJwt();
    await runTests('test/unit/**/*.test.ts', ['--test-timeout=240000']);
  },
  webview: async () => runTests('test/webview/**/*.test.ts', VSCODE_TEST_FLAGS, await browserEnvironment()),
  package: async () => {
    vsix = await packageExtension();
    console.log(vsix);
  },
  vscode: async () => {
    vsix ??= await packageExtension();
    const env = { WHY401_VSIX: vsix, WHY401_CODE_SERVER: await ensureVsCode(), ...(await browserEnvironment()) };
    await runTests('test/vscode/**/*.test.ts', VSCODE_TEST_FLAGS, env);
  },
};

let vsix;
let chosen = Object.keys(STAGES);

await runMain(async () => {
  await ensureSetup();
  const named = process.argv.slice(2);
  const unknown = named.filter((name) => !(name in STAGES));
  if (unknown.length > 0) throw new RunFailure(`No stage ${unknown.join(', ')}; there are ${chosen.join(', ')}.`);
  if (named.length > 0) chosen = chosen.filter((name) => named.includes(name));
  const startedAt = performance.now();
  const done = [];
  for (const name of chosen) {
    console.log(`\n━━ ${name}`);
    const stageStartedAt = performance.now();
    try {
      await STAGES[name]();
    } catch (error) {
      printStages(done);
      if (error instanceof RunFailure) throw new RunFailure(`Stage ${name}: ${error.message}`);
      throw error;
    }
    done.push(`✔ ${name.padEnd(8)} ${formatSeconds(performance.now() - stageStartedAt)}`);
    console.log(done.at(-1));
  }
  printStages(done);
  console.log(
    `\n✔ ${done.length} of ${chosen.length} stages passed in ${formatSeconds(performance.now() - startedAt)}`,
  );
});

function printStages(done) {
  console.log(`\n${done.join('\n')}`);
}

function runTool(name, args) {
  return run(join(BIN_FOLDER, name), args, { output: 'show', what: name });
}

async function runTests(pattern, flags, env = {}) {
  // Not imported by name: Node 20, where this script begins, has no globSync.
  const files = fs.globSync(pattern, { cwd: ROOT }).sort();
  // A pattern that finds nothing would pass without a test.
  if (files.length === 0) throw new RunFailure(`No test matches ${pattern}.`);
  await run(process.execPath, ['--test', '--test-reporter=spec', ...flags, ...files], {
    env: toolEnvironment(env),
    output: 'show',
    what: pattern,
  });
}

/** How the tests learn of the browser: they are TypeScript under a test runner, with no setup of their own. */
async function browserEnvironment() {
  return { WHY401_CHROMIUM: JSON.stringify(await ensureBrowser()) };
}
