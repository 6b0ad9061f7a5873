import assert from 'node:assert/strict';
import { parse } from 'node:path';
import { describe, it } from 'node:test';
import { runProgram } from '../../../src/net/run-program.ts';

const options = { signal: new AbortController().signal, timeoutMs: 30_000 };

function node(script: string, changes: Partial<typeof options> = {}, ...args: string[]) {
  return runProgram(process.execPath, ['-e', script, ...args], { ...options, ...changes });
}

describe('a program', () => {
  it('is run without a shell, in the root folder', async () => {
    const script = 'console.log(JSON.stringify([process.cwd(), ...process.argv.slice(1)])); console.error("e")';
    const result = await node(script, {}, '$HOME', 'a b', '; echo x');
    assert.ok(result.ok);
    assert.deepEqual(JSON.parse(result.stdout), [parse(process.cwd()).root, '$HOME', 'a b', '; echo x']);
    assert.deepEqual([result.status, result.stderr], [0, 'e\n']);
  });

  it('that fails gives its status', async () => {
    const result = await node('process.exit(3)');
    assert.ok(result.ok);
    assert.equal(result.status, 3);
  });

  it('that is not there, does not end, or says too much is told as such', async () => {
    const absent = await runProgram('/no/such/program', [], options);
    assert.deepEqual(absent, { ok: false, failure: 'notStarted' });
    assert.deepEqual(await node('setInterval(() => 0, 1000)', { timeoutMs: 300 }), { ok: false, failure: 'timeout' });
    const flood = 'setInterval(() => process.stdout.write("x".repeat(300_000)), 1)';
    assert.deepEqual(await node(flood), { ok: false, failure: 'tooMuch' });
  });

  it('ends when cancelled, with a child that keeps the pipes', async () => {
    const cancel = new AbortController();
    const grandchild = `require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => 0, 3000)'], { stdio: 'inherit' }); setInterval(() => 0, 1000)`;
    const running = node(grandchild, { signal: cancel.signal });
    setTimeout(() => cancel.abort(), 200);
    assert.deepEqual(await running, { ok: false, failure: 'cancelled' });
    assert.deepEqual(await node('', { signal: AbortSignal.abort() }), { ok: false, failure: 'cancelled' });
  });
});
