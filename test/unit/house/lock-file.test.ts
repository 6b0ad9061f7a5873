import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..');

/** npm drops an optional package that its registry lacks; `npm ci` then calls the whole lock file out of sync. */
it('package-lock.json holds the optional packages of every platform (test/run/complete-lock.mjs adds them)', () => {
  const { packages }: { packages: Record<string, { optionalDependencies?: Record<string, string> }> } = JSON.parse(
    readFileSync(join(ROOT, 'package-lock.json'), 'utf8'),
  );
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
    ),
  );
  assert.deepEqual(missing, []);
});

it('package-lock.json names no registry: npm asks the one it is set up for', () => {
  const lock = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
  assert.deepEqual(
    [...lock.matchAll(/"resolved": "(https?:\/\/[^/]+)/g)].map(([, host]) => host),
    [],
  );
});
