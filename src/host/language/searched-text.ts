import type * as vscode from 'vscode';

/** A stretch of a document that is searched, and where it begins in it. */
export interface SearchedPiece {
  text: string;
  /** Offset of its first character in the document. */
  start: number;
  /** The document goes on behind it: a token that touches its end may be cut. */
  isCut: boolean;
}

type Searched = Pick<vscode.TextDocument, 'getText' | 'lineCount' | 'offsetAt' | 'positionAt' | 'lineAt'>;
type Lines = Pick<vscode.Range, 'start' | 'end'>;

/** Up to here a document is searched whole, in characters. */
const SMALL_DOCUMENT = 256 * 1024;
/** Lines searched before and after the ones on screen: scrolling a little needs no new search. */
const LINES_AROUND = 200;
/** Characters searched in one go at most, however long the lines are. */
const MOST_CHARACTERS = 1024 * 1024;
/** Characters on each side of the mouse that are searched for the token under it. */
const AROUND_POSITION = 64 * 1024;
/** The same for an error code. */
const AROUND_CODE = 2_000;

/**
 * What is searched of a document for the CodeLenses: all of a small one, else the lines on screen with some around them,
 * at most 1 MB. The work never grows with the document.
 */
export function piecesToSearch(document: Searched, visible: readonly Lines[]): SearchedPiece[] {
  if (!isLarge(document)) return [{ text: document.getText(), start: 0, isCut: false }];
  const pieces: SearchedPiece[] = [];
  let budget = MOST_CHARACTERS;
  let searchedTo = 0;
  for (const { start, end } of visible) {
    const from = Math.max(searchedTo, offsetOfLine(document, start.line - LINES_AROUND));
    const to = Math.min(offsetOfLine(document, end.line + LINES_AROUND + 1), from + budget);
    if (to <= from) continue;
    pieces.push(pieceBetween(document, from, to));
    budget -= to - from;
    searchedTo = to;
  }
  return pieces;
}

/** True where only the lines on screen are searched, so that scrolling brings others. */
export function isLarge(document: Searched): boolean {
  return lengthOf(document) > SMALL_DOCUMENT;
}

/** The text around a position: enough for any token that is hovered over. */
export function pieceAround(document: Searched, position: vscode.Position): SearchedPiece {
  const offset = document.offsetAt(position);
  return pieceBetween(document, Math.max(0, offset - AROUND_POSITION), offset + AROUND_POSITION);
}

/** The line of a position, of a very long one the part around it: where an error code is looked for. */
export function lineAround(document: Searched, { line, character }: vscode.Position): SearchedPiece {
  const { text, range } = document.lineAt(line);
  const from = Math.max(0, character - AROUND_CODE);
  const part = text.slice(from, character + AROUND_CODE);
  return { text: part, start: document.offsetAt(range.start) + from, isCut: from + part.length < text.length };
}

function pieceBetween(document: Searched, from: number, to: number): SearchedPiece {
  const [start, end] = [document.positionAt(from), document.positionAt(to)];
  // Made from a range VS Code gave: the class itself is not at hand where this is tested.
  const text = document.getText(document.lineAt(0).range.with(start, end));
  return { text, start: from, isCut: from + text.length < lengthOf(document) };
}

function lengthOf(document: Searched): number {
  return offsetOfLine(document, document.lineCount);
}

/** Offset of a line's beginning; lines outside the document are its beginning and its end. */
function offsetOfLine(document: Searched, line: number): number {
  if (line <= 0) return 0;
  if (line < document.lineCount) return document.offsetAt(document.lineAt(line).range.start);
  return document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
}
