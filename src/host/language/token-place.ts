import * as v from 'valibot';
import * as vscode from 'vscode';
import type { CommandName } from '../../contract.ts';
import { COMMANDS } from '../../contract.ts';
import { AppError } from '../../core/app-error.ts';

/**
 * Where a text stands in an open document: what links and lenses hand to a command instead of the text, since a token
 * must not get into a link.
 */
export interface TextPlace {
  uri: string;
  /** Start line, start character, end line, end character; from 0. */
  range: [number, number, number, number];
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const placeSchema = v.strictObject({ uri: v.string(), range: v.strictTuple([count, count, count, count]) });

export function placeOf({ uri }: vscode.TextDocument, { start, end }: vscode.Range): TextPlace {
  return { uri: uri.toString(), range: [start.line, start.character, end.line, end.character] };
}

/** The place a link or lens handed over; undefined for what menus hand over, and for anything else. */
export function readPlace(argument: unknown): TextPlace | undefined {
  const parsed = v.safeParse(placeSchema, argument);
  return parsed.success ? parsed.output : undefined;
}

/** Its text as it is now, and its document. Only documents that are open are read. */
export function textAtPlace({ uri, range }: TextPlace): { text: string; resource: vscode.Uri } {
  const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri);
  if (!document) throw new AppError('textGone', 'The document is no longer open. Open it and try again.');
  return { text: document.getText(new vscode.Range(...range)), resource: document.uri };
}

/** Target of a Markdown link that runs a command on a place. */
export function commandLink(command: CommandName, place: TextPlace): string {
  const argument = encodeURIComponent(JSON.stringify([place]))
    .replaceAll('(', '%28')
    .replaceAll(')', '%29');
  return `command:${COMMANDS[command]}?${argument}`;
}
