import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export const THEMES = {
  'dark-modern': 'vscode-dark',
  'light-modern': 'vscode-light',
  'hc-black': 'vscode-high-contrast',
  'hc-light': 'vscode-high-contrast vscode-high-contrast-light',
} as const;

export type ThemeName = keyof typeof THEMES;
export const THEME_NAMES = Object.keys(THEMES) as ThemeName[];

/** The views by the name of their bundle, with the part of the window each stands in. */
export const VIEWS = {
  'token-panel': 'editor',
  request: 'sideBar',
  explanation: 'editor',
  'sign-in': 'editor',
} as const;

export type ViewName = keyof typeof VIEWS;

export interface PanelServer {
  urlOf(theme: ThemeName, bodyClass?: string): string;
  close(): Promise<void>;
}

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Bundles a view and serves it as a webview would: same policy, VS Code's default styles, a stand-in for its API. */
export async function servePanel(view: ViewName = 'token-panel'): Promise<PanelServer> {
  const outdir = await mkdtemp(join(tmpdir(), 'why401-webview-'));
  await build({
    entryPoints: [fromHere(`../../src/webview/${view}/${view}.ts`)],
    bundle: true,
    format: 'esm',
    minify: true,
    target: 'es2022',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    outdir,
    logLevel: 'error',
  });
  const files: Record<string, string> = {
    'view.js': join(outdir, `${view}.js`),
    'view.css': join(outdir, `${view}.css`),
    'codicon.ttf': join(outdir, 'codicon.ttf'),
    'vscode-default.css': fromHere('themes/vscode-default.css'),
    ...Object.fromEntries(THEME_NAMES.map((name) => [`${name}.css`, fromHere(`themes/${name}.css`)])),
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const theme = url.searchParams.get('theme');
    if (url.pathname === '/' && isTheme(theme)) sendPage(response, view, theme, url.searchParams.get('class') ?? '');
    else void sendFile(response, files[basename(url.pathname)]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    urlOf: (theme, bodyClass = '') => `http://127.0.0.1:${port}/?theme=${theme}&class=${bodyClass}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(outdir, { recursive: true, force: true });
    },
  };
}

function isTheme(name: string | null): name is ThemeName {
  return name !== null && name in THEMES;
}

function sendPage(response: ServerResponse, view: ViewName, theme: ThemeName, bodyClass: string): void {
  const nonce = randomBytes(16).toString('base64');
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'self'; font-src 'self'`;
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(`<!doctype html>
<html lang="en" class="in-${VIEWS[view]}">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${view}</title>
    <link rel="stylesheet" href="/${theme}.css" />
    <link rel="stylesheet" href="/vscode-default.css" />
    <link rel="stylesheet" href="/view.css" />
  </head>
  <body class="${THEMES[theme]} ${bodyClass.replace(/[^a-z-]/g, '')}">
    <script nonce="${nonce}">
      window.sent = [];
      window.violations = [];
      window.setStateCalls = 0;
      window.acquireCalls = 0;
      document.addEventListener('securitypolicyviolation', (event) => {
        window.violations.push(event.violatedDirective + ' ' + event.blockedURI);
      });
      window.acquireVsCodeApi = () => {
        window.acquireCalls += 1;
        return {
          postMessage: (message) => window.sent.push(message),
          setState: () => { window.setStateCalls += 1; },
          getState: () => undefined,
        };
      };
    </script>
    <script type="module" nonce="${nonce}" src="/view.js"></script>
  </body>
</html>`);
}

const TYPES: Record<string, string> = { js: 'text/javascript', css: 'text/css', ttf: 'font/ttf' };

async function sendFile(response: ServerResponse, path: string | undefined): Promise<void> {
  if (!path) {
    response.writeHead(path === undefined ? 404 : 500).end();
    return;
  }
  response.setHeader('content-type', TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream');
  response.end(await readFile(path));
}
