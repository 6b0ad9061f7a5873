import * as vscode from 'vscode';
import { JWT_LANGUAGE, LENS_LANGUAGES, SETTINGS, SETTINGS_SECTION } from '../../contract.ts';
import type { Engine } from '../engine.ts';
import { isLarge, lineAround, pieceAround, piecesToSearch } from './searched-text.ts';

/** How the header of a token begins: `{"`, `{ `, or `{` and a line break. */
const TOKEN_START = /e(?:yJ|yA|wo|w0|wk)/;
const ERROR_CODE = /AADSTS\d{4}|(?:IDX|AKV|IDW)\d{5}/;
const LENS_SELECTOR = LENS_LANGUAGES.map((language) => ({ language }));
/** Waited for while the user scrolls through a large document. */
const SCROLL_PAUSE_MS = 250;

/**
 * Hovers, lenses and code actions, and what opens `.jwt` files. Part of the main bundle: each looks for the beginning of
 * a token or code first, and loads the engine only where there is one.
 */
export function registerLanguage(context: vscode.ExtensionContext, loadEngine: () => Promise<Engine>): void {
  const lensesChanged = new vscode.EventEmitter<void>();
  let scrolling: ReturnType<typeof setTimeout> | undefined;
  let isListening = false;
  const loadLanguage = async () => {
    const { language } = await loadEngine();
    if (!isListening) context.subscriptions.push(language.lenses.onDidChange(() => lensesChanged.fire()));
    isListening = true;
    return language;
  };

  /** The lenses of a large document are those of the lines on screen: others come on screen, and some only afterwards. */
  const askAgain = (editors: readonly vscode.TextEditor[]) => {
    const hasLarge = editors.some(
      ({ document }) => vscode.languages.match(LENS_SELECTOR, document) && isLarge(document),
    );
    if (!hasLarge) return;
    clearTimeout(scrolling);
    scrolling = setTimeout(() => lensesChanged.fire(), SCROLL_PAUSE_MS);
  };

  const openJwt = async (editor: vscode.TextEditor | undefined) => {
    if (editor?.document.languageId !== JWT_LANGUAGE || !isSetting(SETTINGS.openJwtFiles, editor.document)) return;
    if (vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff) return;
    (await loadLanguage()).openJwt(editor.document);
  };

  context.subscriptions.push(
    lensesChanged,
    { dispose: () => clearTimeout(scrolling) },
    vscode.languages.registerHoverProvider('*', {
      provideHover: async (document, position, cancel) => {
        const [piece, line] = [pieceAround(document, position), lineAround(document, position)];
        if (!TOKEN_START.test(piece.text) && !ERROR_CODE.test(line.text)) return undefined;
        const { hover } = await loadLanguage();
        return cancel.isCancellationRequested ? undefined : hover({ document, position, piece, line });
      },
    }),
    vscode.languages.registerCodeActionsProvider(
      '*',
      {
        provideCodeActions: async (document, range, _context, cancel) => {
          const line = lineAround(document, range.start);
          if (!ERROR_CODE.test(line.text)) return undefined;
          const { codeActions } = await loadLanguage();
          return cancel.isCancellationRequested ? undefined : codeActions(document, range, line);
        },
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
    vscode.languages.registerCodeLensProvider(LENS_SELECTOR, {
      onDidChangeCodeLenses: lensesChanged.event,
      provideCodeLenses: async (document, cancel) => {
        if (!isSetting(SETTINGS.codeLens, document)) return [];
        const pieces = piecesToSearch(document, visibleRangesOf(document));
        const promising = pieces.filter(({ text }) => TOKEN_START.test(text));
        if (promising.length === 0) return [];
        const { lenses } = await loadLanguage();
        return cancel.isCancellationRequested ? [] : lenses.provide(document, promising, cancel);
      },
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(`${SETTINGS_SECTION}.${SETTINGS.codeLens}`)) lensesChanged.fire();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => lensesChanged.fire()),
    vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => askAgain([textEditor])),
    vscode.window.onDidChangeVisibleTextEditors(askAgain),
    vscode.window.onDidChangeActiveTextEditor(openJwt),
  );
  void openJwt(vscode.window.activeTextEditor);
}

function isSetting(name: string, document: vscode.TextDocument): boolean {
  return vscode.workspace.getConfiguration(SETTINGS_SECTION, document).get(name, true);
}

function visibleRangesOf(document: vscode.TextDocument): vscode.Range[] {
  const editors = vscode.window.visibleTextEditors.filter((editor) => editor.document === document);
  return editors.flatMap(({ visibleRanges }) => visibleRanges).sort((a, b) => a.start.compareTo(b.start));
}
