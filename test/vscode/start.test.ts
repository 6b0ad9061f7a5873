import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { until } from './workbench.ts';

const START = fileURLToPath(new URL('../run/start.mjs', import.meta.url));
const BUILD_AND_START_MS = 90_000;

/** Notes how it was called, and what was there then, one JSON object a line. */
const STAND_IN_CODE = `#!/usr/bin/env node
const fs = require('node:fs');
const ca = process.env.NODE_EXTRA_CA_CERTS;
const args = process.argv.slice(2);
const call = { args, ca, caExists: fs.existsSync(ca ?? ''), tourExists: fs.existsSync(args.at(-1)) };
fs.appendFileSync(process.env.STAND_IN_CALLS, JSON.stringify(call) + '\\n');
if (args.includes('--wait') && process.env.STAND_IN_STAYS) setInterval(() => {}, 1000);
`;

interface Call {
  args: string[];
  ca: string;
  caExists: boolean;
  tourExists: boolean;
}

describe('npm start', () => {
  let folder: string;
  let temp: string;
  let started: { child: ChildProcess; output: string; exitCode: number | null | undefined } | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'why401-start-'));
    temp = await mkdtemp(join(folder, 'tmp-'));
    await writeFile(join(folder, 'code'), STAND_IN_CODE);
    await chmod(join(folder, 'code'), 0o755);
  });
  afterEach(async () => {
    if (started?.exitCode === undefined) started?.child.kill('SIGKILL');
    started = undefined;
    await rm(folder, { recursive: true, force: true });
  });

  function start(args: string[], env: Record<string, string> = {}): NonNullable<typeof started> {
    const path = `${folder}${delimiter}${process.env.PATH}`;
    const callsFile = { STAND_IN_CALLS: join(folder, 'calls') };
    const child = spawn(process.execPath, [START, ...args], {
      env: { ...process.env, PATH: path, TMPDIR: temp, ...callsFile, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const run: NonNullable<typeof started> = { child, output: '', exitCode: undefined };
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        run.output += text;
      });
    }
    child.on('exit', (code) => {
      run.exitCode = code;
    });
    started = run;
    return run;
  }

  async function ended(run: NonNullable<typeof started>): Promise<void> {
    await until('npm start to end', async () => run.exitCode !== undefined, BUILD_AND_START_MS);
    assert.equal(run.exitCode, 0, run.output);
    assert.deepEqual(await readdir(temp), [], 'nothing is left in the temp folder');
  }

  async function calls(): Promise<Call[]> {
    const text = await readFile(join(folder, 'calls'), 'utf8').catch(() => '');
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Call);
  }

  it('prints where VS Code is, and leaves nothing when it is stopped', async () => {
    const run = start(['--port', '0']);
    const found = await until(
      'the URL',
      async () => {
        assert.equal(run.exitCode, undefined, run.output);
        return /http:\/\/127\.0\.0\.1:\d+\/\S+/.exec(run.output);
      },
      BUILD_AND_START_MS,
    );
    const url = new URL(found[0]);
    assert.equal((await fetch(url)).status, 200);
    const [[action, file]] = JSON.parse(url.searchParams.get('payload') ?? '[[]]') as [[string, string]];
    assert.equal(action, 'openFile');
    assert.ok(existsSync(new URL(file).pathname), 'the tour is there');
    run.child.kill('SIGINT');
    await ended(run);
    await assert.rejects(fetch(url), 'the server is gone');
  });

  it('--desktop installs into folders of its own and opens the practice workspace', async () => {
    const run = start(['--desktop']);
    await ended(run);
    const [install, open, ...more] = await calls();
    assert.ok(install && open);
    assert.equal(more.length, 0);
    for (const { args, caExists } of [install, open]) {
      assert.equal(args[0], '--user-data-dir');
      assert.ok(args[1]?.startsWith(temp));
      assert.equal(args[2], '--extensions-dir');
      assert.ok(args[3]?.startsWith(temp));
      assert.ok(caExists, 'the CA of the lab is trusted');
    }
    assert.equal(install.args[4], '--install-extension');
    assert.match(install.args[5] ?? '', /why401-[\d.]+\.vsix$/);
    assert.equal(install.args[6], '--force');
    assert.ok(open.args.includes('--wait') && open.args.includes('--new-window'));
    assert.ok(open.tourExists, 'the tour is opened');
  });

  it('--desktop stops the window with Ctrl+C', async () => {
    const run = start(['--desktop'], { STAND_IN_STAYS: '1' });
    await until('the window', async () => (await calls()).length === 2, BUILD_AND_START_MS);
    run.child.kill('SIGINT');
    await ended(run);
  });
});
