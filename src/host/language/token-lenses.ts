import * as vscode from 'vscode';
import { COMMANDS } from '../../contract.ts';
import { findTokens } from '../../core/token/find-tokens.ts';
import { readToken } from '../../core/token/read-token.ts';
import type { TokenReading } from '../../core/token/token.ts';
import { summarizeToken } from '../../core/token/token-summary.ts';
import { plainly } from '../plain-window.ts';
import { lifetimeWords } from './lifetime-words.ts';
import type { SearchedPiece } from './searched-text.ts';
import { placeOf } from './token-place.ts';

/** Lines that get lenses at most: more would bury the text. */
const MOST_LINES = 200;
const REFRESH_MS = 60_000;

interface PlacedToken {
  range: vscode.Range;
  reading: TokenReading;
}

/** "Decode | Validate | expires in 12 min" above every line that holds a token. */
export class TokenLenses implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  /** Documents whose lenses tell a time that goes on. */
  readonly #counting = new Set<vscode.TextDocument>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly onDidChange = this.#changed.event;

  provide(
    document: vscode.TextDocument,
    pieces: readonly SearchedPiece[],
    cancel: vscode.CancellationToken,
  ): vscode.CodeLens[] {
    const lines = new Map<number, PlacedToken[]>();
    for (const piece of pieces) {
      if (cancel.isCancellationRequested) return [];
      for (const { raw, start, end } of findTokens(piece.text)) {
        if (piece.isCut && end === piece.text.length) continue;
        const range = new vscode.Range(
          document.positionAt(piece.start + start),
          document.positionAt(piece.start + end),
        );
        const onLine = lines.get(range.start.line);
        if (onLine) onLine.push({ range, reading: readToken(raw) });
        else if (lines.size < MOST_LINES) lines.set(range.start.line, [{ range, reading: readToken(raw) }]);
      }
    }
    if (lines.size > 0) this.#count(document);
    else this.#counting.delete(document);
    return [...lines.values()].flatMap((tokens) => lensesOfLine(document, tokens));
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#changed.dispose();
  }

  /** Once a minute, and only while such a document is on screen: VS Code asks again when one comes back. */
  #count(document: vscode.TextDocument): void {
    this.#counting.add(document);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const visible = new Set(vscode.window.visibleTextEditors.map((editor) => editor.document));
      const isCounting = [...this.#counting].some((counted) => visible.has(counted));
      this.#counting.clear();
      if (isCounting) this.#changed.fire();
    }, REFRESH_MS);
  }
}

function lensesOfLine(document: vscode.TextDocument, tokens: readonly PlacedToken[]): vscode.CodeLens[] {
  const [first, ...others] = tokens;
  const last = tokens.at(-1);
  if (!first || !last) return [];
  const range = new vscode.Range(first.range.start, last.range.end);
  const place = placeOf(document, range);
  const lens = (title: string, command: string, tooltip: string) =>
    new vscode.CodeLens(range, plainly({ title, command, tooltip, arguments: [place] }));
  if (others.length > 0) {
    return [lens(`Decode ${tokens.length} Tokens`, COMMANDS.decodeToken, 'Show these tokens decoded beside the file')];
  }
  const { form, payload } = first.reading;
  const words = lifetimeWords(summarizeToken(first.reading), Date.now());
  return [
    lens('Decode', COMMANDS.decodeToken, 'Show this token decoded beside the file'),
    ...(form === 'jws' && payload && vscode.workspace.isTrusted
      ? [lens('Validate', COMMANDS.validateToken, 'Check this token against the API it is meant for')]
      : []),
    ...(words === undefined ? [] : [new vscode.CodeLens(range, plainly({ title: words, command: '' }))]),
  ];
}
