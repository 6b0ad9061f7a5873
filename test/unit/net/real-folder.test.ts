import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { isReallyIn } from '../../../src/net/real-folder.ts';

let root: string;
const at = (path: string) => join(root, path);

before(async () => {
  root = await mkdtemp(join(tmpdir(), 'why401-folder-'));
  for (const folder of ['work/policies', 'work/..odd', 'workbench']) await mkdir(at(folder), { recursive: true });
  for (const file of ['work/policies/a.xml', 'work/..odd/a.xml', 'workbench/a.xml', 'secret']) {
    await writeFile(at(file), '');
  }
  await symlink(at('work'), at('alias'));
  await symlink(at('secret'), at('work/policies/link.xml'));
  await symlink(root, at('work/up'));
});
after(() => rm(root, { recursive: true }));

test('a file of the folder, by whichever name of the folder', async () => {
  assert.ok(await isReallyIn(at('work'), at('work/policies/a.xml')));
  assert.ok(await isReallyIn(at('work'), at('work/..odd/a.xml')));
  assert.ok(await isReallyIn(at('alias'), at('work/policies/a.xml')));
  assert.ok(await isReallyIn(at('work'), at('alias/policies/a.xml')));
});

test('a link that leads out is not in it, nor is what only begins alike', async () => {
  for (const file of ['work/policies/link.xml', 'work/up/secret', 'workbench/a.xml', 'work', 'work/absent']) {
    assert.equal(await isReallyIn(at('work'), at(file)), false, file);
  }
});
