import assert from 'node:assert/strict';
import { test } from 'node:test';
import type * as vscode from 'vscode';
import { lineAround, pieceAround, piecesToSearch } from '../../../src/host/language/searched-text.ts';

type Place = Pick<vscode.Position, 'line' | 'character'>;

/** What the searches use of a document of VS Code; counts the characters they read. */
function documentOf(text: string) {
  const lines = text.split('\n');
  const starts = [0];
  for (const line of lines) starts.push((starts.at(-1) ?? 0) + line.length + 1);
  const read = { characters: 0 };
  const rangeOf = (start: Place, end: Place) => ({
    start,
    end,
    with: (from: Place, to: Place) => rangeOf(from, to),
  });
  const offsetAt = ({ line, character }: Place) => (starts[line] ?? text.length) + character;
  const positionAt = (offset: number): Place => {
    const at = Math.max(0, Math.min(offset, text.length));
    const line = starts.findLastIndex((start) => start <= at);
    return { line, character: at - (starts[line] ?? 0) };
  };
  const document = {
    lineCount: lines.length,
    offsetAt,
    positionAt,
    lineAt: (line: number) => ({
      text: lines[line] ?? '',
      range: rangeOf({ line, character: 0 }, { line, character: (lines[line] ?? '').length }),
    }),
    getText: (range?: { start: Place; end: Place }) => {
      const part = range ? text.slice(offsetAt(range.start), offsetAt(range.end)) : text;
      read.characters += part.length;
      return part;
    },
  };
  return { document: document as unknown as vscode.TextDocument, read };
}

const linesFrom = (start: number, end: number) =>
  ({ start: { line: start, character: 0 }, end: { line: end, character: 0 } }) as vscode.Range;

test('a small document is searched whole, wherever one looks', () => {
  const { document } = documentOf('a\nb\nc');
  assert.deepEqual(piecesToSearch(document, []), [{ text: 'a\nb\nc', start: 0, isCut: false }]);
});

test('of a large one only the lines on screen and those around them, at their offsets', () => {
  const text = Array.from({ length: 50_000 }, (_, line) => `line ${line}`).join('\n');
  const { document, read } = documentOf(text);
  const pieces = piecesToSearch(document, [linesFrom(20_000, 20_050)]);
  assert.equal(pieces.length, 1);
  const [piece] = pieces;
  assert.ok(piece?.text.startsWith('line 19800\n'));
  assert.ok(piece?.text.endsWith('line 20250\n'));
  assert.equal(text.slice(piece?.start, (piece?.start ?? 0) + (piece?.text.length ?? 0)), piece?.text);
  assert.equal(piece?.isCut, true);
  assert.ok(read.characters < 10_000, `${read.characters}`);
});

test('two editors on the same place search it once, and the end of the document is not cut', () => {
  const text = Array.from({ length: 50_000 }, (_, line) => `line ${line}`).join('\n');
  const { document } = documentOf(text);
  const pieces = piecesToSearch(document, [linesFrom(49_500, 49_550), linesFrom(49_700, 49_999)]);
  assert.equal(pieces.map((piece) => piece.text).join(''), text.slice(text.indexOf('line 49300\n')));
  assert.deepEqual(
    pieces.map(({ isCut }) => isCut),
    [true, false],
  );
});

test('the work is bounded however long the lines are, and nothing on screen means no work', () => {
  const { document, read } = documentOf(`${'x'.repeat(5_000_000)}\n${'y'.repeat(5_000_000)}`);
  const pieces = piecesToSearch(document, [linesFrom(0, 1)]);
  assert.equal(
    pieces.reduce((sum, { text }) => sum + text.length, 0),
    1024 * 1024,
  );
  assert.equal(pieces.at(-1)?.isCut, true);
  assert.deepEqual(piecesToSearch(document, []), []);
  const position = { line: 1, character: 2_500_000 } as vscode.Position;
  assert.equal(pieceAround(document, position).text.length, 128 * 1024);
  const line = lineAround(document, position);
  assert.equal(line.text.length, 4_000);
  assert.equal(line.start, 5_000_001 + 2_500_000 - 2_000);
  assert.ok(read.characters < 3 * 1024 * 1024);
});
