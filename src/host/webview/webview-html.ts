/** What the page of a webview is made of. */
export interface WebviewPage {
  title: string;
  /** Random, for this page only. */
  nonce: string;
  /** Source text of the bundled script and style sheet. */
  script: string;
  style: string;
  /** Webview URI of the icon font, and the source VS Code lets webviews load the extension's files from. */
  iconFontUri: string;
  cspSource: string;
}

const ICON_FONT_URL = /url\("?\.\/codicon\.ttf[^()]*\)/;

/**
 * The only page builder. Script and style stand in the page itself, since each file a webview loads costs a round trip;
 * nothing is allowed but these two, by nonce, and the icon font: no inline handler or attribute, no image, no
 * connection, no form, no base.
 */
export function buildWebviewHtml({ title, nonce, script, style, iconFontUri, cspSource }: WebviewPage): string {
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    `font-src ${cspSource}`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <style nonce="${nonce}">${style.replace(ICON_FONT_URL, () => `url("${iconFontUri}")`)}</style>
  </head>
  <body>
    <script type="module" nonce="${nonce}">${script}</script>
  </body>
</html>`;
}
