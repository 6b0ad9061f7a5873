import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { buildWebviewHtml } from './webview-html.ts';

/** Name of a webview bundle: its script and style sheet in dist. */
export type WebviewBundle = 'token-panel' | 'request' | 'explanation' | 'sign-in';

/** What every webview of ours may do: run scripts, and load nothing but the extension's built files. */
export function webviewOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, enableForms: false, localResourceRoots: [distOf(extensionUri)] };
}

/** Gives a webview its page. */
export function fillWebview(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  bundle: WebviewBundle,
  title: string,
): void {
  const dist = distOf(extensionUri);
  const read = (file: string) => readFileSync(vscode.Uri.joinPath(dist, file).fsPath, 'utf8');
  webview.html = buildWebviewHtml({
    title,
    nonce: randomBytes(16).toString('base64'),
    script: read(`${bundle}.js`),
    style: read(`${bundle}.css`),
    iconFontUri: webview.asWebviewUri(vscode.Uri.joinPath(dist, 'codicon.ttf')).toString(),
    cspSource: webview.cspSource,
  });
}

/** Opens a panel beside the editor, without taking the focus. */
export function openPanelBeside(viewType: string, title: string, extensionUri: vscode.Uri): vscode.WebviewPanel {
  const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
  const panel = vscode.window.createWebviewPanel(viewType, title, column, webviewOptions(extensionUri));
  panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icon.png');
  return panel;
}

function distOf(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist');
}
