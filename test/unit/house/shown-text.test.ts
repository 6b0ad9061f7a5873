import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const PLAIN_WINDOW = 'src/host/plain-window.ts';

/** Members of VS Code's window that show no text of a setting, token or answer, or get it through `plainly`. */
const WITHOUT_TEXT = new Set([
  'activeTextEditor',
  'visibleTextEditors',
  'tabGroups',
  'onDidChangeActiveTextEditor',
  'onDidChangeTextEditorVisibleRanges',
  'onDidChangeVisibleTextEditors',
  'showTextDocument',
  'showOpenDialog',
  'createOutputChannel',
  'createTreeView',
  'createWebviewPanel',
  'registerTreeDataProvider',
  'registerWebviewViewProvider',
]);
/** Filled by `plainly` in their one place. */
const GUIDED = { createInputBox: 'src/host/quick-steps.ts', createQuickPick: 'src/host/quick-steps.ts' };

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}

describe('text that VS Code shows, where it would make icons of it', () => {
  const files = globSync('src/**/*.ts', { cwd: ROOT })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !file.startsWith('src/webview/') && file !== PLAIN_WINDOW)
    .map((file) => ({ file, source: withoutComments(readFileSync(join(ROOT, file), 'utf8')) }));

  function faults(find: (source: string, file: string) => Iterable<string>): string[] {
    return files.flatMap(({ file, source }) => [...find(source, file)].map((found) => `${file}: ${found}`));
  }

  it('is shown through the plain window', (t) => {
    assert.ok(files.length > 100);
    let uses = 0;
    const found = faults((source, file) => {
      uses += source.match(/\bplainWindow\./g)?.length ?? 0;
      return [...source.matchAll(/\bvscode\s*\.\s*window\s*\.\s*(\w+)|\bvscode\s*\.\s*window\b(?!\s*\.)/g)]
        .map(([all, member]) => member ?? all)
        .filter((member) => !WITHOUT_TEXT.has(member) && GUIDED[member as keyof typeof GUIDED] !== file);
    });
    assert.deepEqual(found, []);
    t.diagnostic(`${files.length} files, ${uses} uses`);
  });

  it('has no icon of its own but by name', () => {
    assert.deepEqual(
      faults((source, file) => {
        const icons = file.startsWith('src/core/') ? /supportThemeIcons/g : /\$\([a-z]|supportThemeIcons/g;
        return source.match(icons) ?? [];
      }),
      [],
    );
  });

  it('is made plain in lenses, guided questions and shared accounts', () => {
    assert.deepEqual(
      faults(
        (source) => source.match(/new vscode\.CodeLens\([^;]*?;/g)?.filter((made) => !made.includes('plainly(')) ?? [],
      ),
      [],
    );
    assert.deepEqual(
      faults((source) => source.match(/Object\.assign\((?:input|pick), (?!plainly\()/g) ?? []),
      [],
    );
    assert.deepEqual(
      faults((source) => source.match(/account: \{ id: [^}]*\blabel: (?!plainHost\()/g) ?? []),
      [],
    );
  });
});
