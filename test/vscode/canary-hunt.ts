import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { StoredItem } from './browser-storage.ts';
import { type Canary, openCanarySearch } from './canary-search.ts';
import type { RealVsCode } from './real-vscode.ts';
import { until } from './workbench.ts';

/** VS Code writes what it keeps in the browser once a minute. */
const FLUSHED_MS = 180_000;

export interface Hunt {
  canaries: readonly Canary[];
  /** The workspace, beside the folders of VS Code. */
  workspace: string;
  /** What the log of Why401 says after this run. */
  logged: RegExp;
}

/**
 * Stops VS Code and searches all it wrote for the canaries: user data with backups and logs, extensions, home and temp
 * folder, the browser's profile, all the page keeps in the browser, what the server printed, and the folders of the
 * hunt. Nothing is left out. SecretStorage lives in the browser here, encrypted by VS Code: it is searched as it is
 * stored. What the browser and the tests hold in memory is no trace.
 */
export async function assertNoTrace(vscode: RealVsCode, hunt: Hunt): Promise<StoredItem[]> {
  // A reload makes VS Code write what it keeps of a window.
  await vscode.reload();
  const stored = await keptInBrowser(vscode, hunt.workspace);
  await vscode.end();

  const search = openCanarySearch([...hunt.canaries]);
  const found = stored.flatMap(({ where, bytes }) => search.searchBytes(where, bytes));
  for (const root of [vscode.server.rootFolder, hunt.workspace]) {
    const { hits, searched } = await search.searchFolder(root);
    found.push(...hits);
    assert.ok(root !== vscode.server.rootFolder || searched > 100, `${searched} files below ${root}`);
  }
  found.push(...search.searchBytes('the output of the server', Buffer.from(vscode.server.output())));
  assert.deepEqual(
    found.map(({ canary, form, where }) => `${canary} (${form}) in ${where}`),
    [],
  );
  await assertNotVacuous(vscode, hunt);
  return stored;
}

/**
 * All of it, once the name of a file that is opened now is there: VS Code does keep that, so the search looks where things
 * are kept, and what was to be kept before has been written.
 */
async function keptInBrowser(vscode: RealVsCode, workspace: string): Promise<StoredItem[]> {
  const keptName = randomBytes(24).toString('hex');
  const path = join(workspace, `${keptName}.txt`);
  await writeFile(path, 'nothing secret');
  await vscode.openFile(path);
  const search = openCanarySearch([{ name: 'kept name', text: keptName, marks: [keptName] }]);
  return until(
    'the browser to keep the name of a file',
    async () => {
      const stored = await vscode.dumpBrowserStorage();
      return stored.some(({ where, bytes }) => search.searchBytes(where, bytes).length > 0) ? stored : undefined;
    },
    FLUSHED_MS,
  );
}

/** The same search, over the same places, finds what is there. */
async function assertNotVacuous(vscode: RealVsCode, hunt: Hunt): Promise<void> {
  const { userDataFolder, tempFolder, homeFolder, rootFolder } = vscode.server;
  const logs = await vscode.logs();
  assert.ok(
    logs.some(({ path, text }) => /Why401/.test(path) && hunt.logged.test(text)),
    'our own log was written',
  );

  const [first, second] = hunt.canaries;
  assert.ok(first && second);
  const lastMark = second.marks.at(-1) ?? '';
  const planted = [
    [join(userDataFolder, 'planted.gz'), gzipSync(`before ${first.text} after`)],
    [join(tempFolder, 'planted.json'), Buffer.from(JSON.stringify(second.marks[0]))],
    [join(homeFolder, 'planted.bin'), Buffer.from(lastMark.slice(-30), 'utf16le')],
    [join(vscode.profileFolder, 'planted.txt'), Buffer.from(Buffer.from(`x${first.marks[0]}`).toString('base64'))],
  ] as const;
  for (const [path, bytes] of planted) await writeFile(path, bytes);
  const { hits } = await openCanarySearch([...hunt.canaries]).searchFolder(rootFolder);
  for (const [path] of planted)
    assert.ok(
      hits.some(({ where }) => where.startsWith(path)),
      path,
    );
  assert.ok(hits.every(({ where }) => planted.some(([path]) => where.startsWith(path))));
}
