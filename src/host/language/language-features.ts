import * as vscode from 'vscode';
import { COMMANDS, type CommandName } from '../../contract.ts';
import { type NumberedCode, numberedCodesIn } from '../../core/call/error-codes.ts';
import { findTokens } from '../../core/token/find-tokens.ts';
import { readToken } from '../../core/token/read-token.ts';
import { beginningOf } from '../editor-text.ts';
import { tokensIn } from '../token-input.ts';
import type { TokenPanel } from '../views/token-panel.ts';
import { writeCodeHover, writeTokenHover } from './hover-text.ts';
import type { SearchedPiece } from './searched-text.ts';
import { TokenLenses } from './token-lenses.ts';
import { commandLink, placeOf, type TextPlace } from './token-place.ts';

/** Lines around a code that are explained with it, and their length at most, in characters. */
const LINES_OF_BLOCK = 30;
const LONGEST_BLOCK = 64 * 1024;
/** Characters of a `.jwt` file that are decoded unasked: it opens by itself, whoever wrote it. */
const LONGEST_OPENED = 256 * 1024;

export interface HoverQuestion {
  document: vscode.TextDocument;
  position: vscode.Position;
  /** The text around the position. */
  piece: SearchedPiece;
  /** Its line. */
  line: SearchedPiece;
}

/** What the engine knows to say about text in an editor. */
export interface LanguageFeatures {
  hover(question: HoverQuestion): Promise<vscode.Hover | undefined>;
  codeActions(document: vscode.TextDocument, range: vscode.Range, line: SearchedPiece): vscode.CodeAction[];
  lenses: TokenLenses;
  openJwt(document: vscode.TextDocument): void;
}

export function createLanguageFeatures(panel: TokenPanel): LanguageFeatures {
  const opened = new WeakSet<vscode.TextDocument>();
  return {
    hover: async (question) => hoverOnToken(question) ?? hoverOnCode(question),
    codeActions: (document, range, line) => {
      const code = codeAt(line, document.offsetAt(range.start));
      if (!code) return [];
      return [explainAction(code.code, placeOf(document, range.isEmpty ? blockAround(document, line) : range))];
    },
    lenses: new TokenLenses(),
    openJwt: (document) => {
      if (opened.has(document)) return;
      opened.add(document);
      const text = beginningOf(document, LONGEST_OPENED);
      if (text.trim() !== '') panel.show({ raws: tokensIn(text), resource: document.uri });
    },
  };
}

function hoverOnToken({ document, position, piece }: HoverQuestion): vscode.Hover | undefined {
  const offset = document.offsetAt(position) - piece.start;
  const found = findTokens(piece.text).find(({ start, end }) => start <= offset && offset <= end);
  if (!found || (piece.isCut && found.end === piece.text.length)) return undefined;
  const range = rangeOf(document, piece, found);
  const reading = readToken(found.raw);
  const text = writeTokenHover(reading, {
    nowMs: Date.now(),
    canValidate: reading.form === 'jws' && reading.payload !== undefined && vscode.workspace.isTrusted,
    linkTo: (command) => commandLink(command, placeOf(document, range)),
  });
  return new vscode.Hover(markdownOf(text, ['decodeToken', 'validateToken', 'copyRedacted']), range);
}

async function hoverOnCode({ document, position, line }: HoverQuestion): Promise<vscode.Hover | undefined> {
  const code = codeAt(line, document.offsetAt(position));
  if (!code) return undefined;
  const { explainAadsts } = await import('../../core/entra/aadsts.ts');
  const { describeCode } = await import('../../core/why/code-text.ts');
  const description = describeCode(code, code.family === 'aadsts' ? explainAadsts(code.code) : undefined);
  const link = commandLink('explain', placeOf(document, blockAround(document, line)));
  const range = rangeOf(document, line, code);
  return new vscode.Hover(markdownOf(writeCodeHover(description, link), ['explain']), range);
}

function codeAt(line: SearchedPiece, offset: number): NumberedCode | undefined {
  const at = offset - line.start;
  for (const code of numberedCodesIn(line.text)) if (code.start <= at && at <= code.end) return code;
  return undefined;
}

function explainAction(code: string, place: TextPlace): vscode.CodeAction {
  const action = new vscode.CodeAction(`Explain ${code}…`, vscode.CodeActionKind.QuickFix);
  action.command = { command: COMMANDS.explain, title: action.title, arguments: [place] };
  return action;
}

/** The lines between blank lines around a line, where they speak of one code only; else the line alone. */
function blockAround(document: vscode.TextDocument, piece: SearchedPiece): vscode.Range {
  const alone = rangeOf(document, piece, { start: 0, end: piece.text.length });
  const { line } = alone.start;
  const isText = (at: number) => at >= 0 && at < document.lineCount && !document.lineAt(at).isEmptyOrWhitespace;
  let first = line;
  let last = line;
  while (line - first < LINES_OF_BLOCK && isText(first - 1)) first--;
  while (last - line < LINES_OF_BLOCK && isText(last + 1)) last++;
  const block = new vscode.Range(document.lineAt(first).range.start, document.lineAt(last).range.end);
  if (document.offsetAt(block.end) - document.offsetAt(block.start) > LONGEST_BLOCK) return alone;
  const codes = new Set([...numberedCodesIn(document.getText(block))].map(({ code }) => code));
  return codes.size > 1 ? alone : block;
}

function rangeOf(
  document: vscode.TextDocument,
  piece: SearchedPiece,
  { start, end }: { start: number; end: number },
): vscode.Range {
  return new vscode.Range(document.positionAt(piece.start + start), document.positionAt(piece.start + end));
}

/** Only these commands may be run from it. */
function markdownOf(text: string, commands: readonly CommandName[]): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(text);
  markdown.isTrusted = { enabledCommands: commands.map((command) => COMMANDS[command]) };
  return markdown;
}
