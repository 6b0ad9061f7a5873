import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const LAB = fileURLToPath(new URL('../../lab', import.meta.url));
const ALLOWED_PACKAGES = new Set(['jose', 'jsonwebtoken', 'selfsigned', '@rgrove/parse-xml']);
// The lab's files are formatted: an import ends in a line of its own that begins with one of these words.
const SPECIFIER = /^(?:import|export|\})[^'"\n]*\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm;

async function importsOfLab(): Promise<{ file: string; specifier: string }[]> {
  const entries = await readdir(LAB, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'));
  const perFile = files.map(async (entry) => {
    const file = join(entry.parentPath, entry.name);
    const text = await readFile(file, 'utf8');
    return [...text.matchAll(SPECIFIER)].map((match) => ({ file, specifier: match[1] ?? match[2] ?? match[3] ?? '' }));
  });
  return (await Promise.all(perFile)).flat();
}

function isAllowed(file: string, specifier: string): boolean {
  if (specifier.startsWith('.')) return !relative(LAB, resolve(file, '..', specifier)).startsWith(`..${sep}`);
  return specifier.startsWith('node:') || ALLOWED_PACKAGES.has(specifier);
}

test('the lab imports nothing of the product, so that the two check each other', async () => {
  const imports = await importsOfLab();
  assert.ok(imports.length > 50, 'the imports are found');
  assert.deepEqual(
    imports.filter(({ file, specifier }) => !isAllowed(file, specifier)),
    [],
  );
});

test('the check sees what it must see', () => {
  assert.ok(!isAllowed(join(LAB, 'lab.ts'), '../../src/core/ports.ts'));
  assert.ok(!isAllowed(join(LAB, 'lab.ts'), 'vscode'));
  assert.ok(!isAllowed(join(LAB, 'lab.ts'), '@azure/msal-node'));
  assert.ok(isAllowed(join(LAB, 'lab.ts'), './entra-tenant.ts'));
});
