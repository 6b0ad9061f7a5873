import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { get } from './lab-client.ts';

const MAIN = fileURLToPath(new URL('../../lab/main.ts', import.meta.url));

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`runs by itself until ${signal}, and cleans up`, async () => {
    const child = spawn(process.execPath, [MAIN], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const printed: Record<string, string> = {};
      for await (const line of createInterface(child.stdout)) {
        const [name = '', value = ''] = line.split(' ');
        printed[name] = value;
        if (name === 'ready') break;
      }
      const { origin = '', ca = '' } = printed;
      const lab = { origin, caPem: await readFile(ca, 'utf8') };
      assert.equal((await get(lab, '/common/discovery/v2.0/keys')).status, 200);

      child.kill(signal);
      assert.deepEqual(await once(child, 'exit'), [0, null]);
      assert.equal(existsSync(dirname(ca)), false);
      await assert.rejects(get(lab, '/'), { code: 'ECONNREFUSED' });
    } finally {
      child.kill('SIGKILL');
    }
  });
}
