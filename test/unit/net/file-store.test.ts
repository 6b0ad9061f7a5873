import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createFileStore } from '../../../src/net/file-store.ts';

const NAME = 'https://login.example/t/.well-known/openid-configuration?p=../../x';

async function setUp(context: TestContext) {
  const parent = await mkdtemp(join(tmpdir(), 'why401-'));
  context.after(() => rm(parent, { recursive: true, force: true }));
  const folder = join(parent, 'not', 'there', 'yet');
  return { parent, folder, store: createFileStore(folder) };
}

test('what is written is read back, the last text by each name', async (context) => {
  const { store, folder } = await setUp(context);
  assert.equal(await store.read(NAME), undefined);
  await store.write(NAME, 'one');
  await store.write('other', 'else');
  await store.write(NAME, 'two');
  assert.deepEqual([await store.read(NAME), await store.read('other')], ['two', 'else']);
  assert.equal(await createFileStore(folder).read(NAME), 'two');
});

test('a name is no path, and nothing half-written stays', async (context) => {
  const { store, folder, parent } = await setUp(context);
  await store.write(NAME, 'text');
  const files = await readdir(folder);
  assert.equal(files.length, 1);
  assert.match(files[0] ?? '', /^[0-9a-f]{64}\.json$/);
  assert.deepEqual(await readdir(parent), ['not']);
  if (process.platform !== 'win32') assert.equal((await stat(join(folder, files[0] ?? ''))).mode & 0o077, 0);
});

test('a file that grew too large is not read, and a folder that is a file is a failure of the caller’s to catch', async (context) => {
  const { store, folder, parent } = await setUp(context);
  await store.write(NAME, 'text');
  const [file = ''] = await readdir(folder);
  await writeFile(join(folder, file), 'x'.repeat(1024 * 1024 + 1));
  assert.equal(await store.read(NAME), undefined);
  await writeFile(join(parent, 'file'), '');
  await assert.rejects(createFileStore(join(parent, 'file')).write(NAME, 'text'));
});
