/** What the page of a webview is made of. URIs are webview URIs. */
export interface WebviewPage {
  title: string;
  cspSource: string;
  nonce: string;
  scriptUri: string;
  styleUris: readonly string[];
  codiconUri: string;
}

/**
 * The only page builder. Nothing is allowed but: scripts with this page's nonce, styles and fonts of the extension.
 * No inline style or script, no image, no connection, no form, no base.
 */
export function buildWebviewHtml({ title, cspSource, nonce, scriptUri, styleUris, codiconUri }: WebviewPage): string {
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  const styles = styleUris.map((uri) => `<link rel="stylesheet" href="${uri}">`).join('\n    ');
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <link rel="stylesheet" id="vscode-codicon-stylesheet" href="${codiconUri}">
    ${styles}
  </head>
  <body>
    <script type="module" nonce="${nonce}" src="${scriptUri}"></script>
  </body>
</html>`;
}
