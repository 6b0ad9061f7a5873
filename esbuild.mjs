// Bundles src into dist. `--production` minifies, `--watch` rebuilds on change, `--sizes` says what weighs what.
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const ROOT = dirname(fileURLToPath(import.meta.url));
const DIST = join(ROOT, 'dist');

/** For the extension host. `main` is what VS Code loads; every other is loaded by the first `import()` of its entry. */
const HOST_BUNDLES = {
  main: 'src/extension.ts',
  engine: 'src/host/engine.ts',
  msal: 'src/auth/msal-public.ts',
  'pasted-text': 'src/core/call/http-text.ts',
  'copy-as': 'src/core/why/copy-as/copy-as.ts',
  'aadsts-texts': 'src/core/entra/aadsts.ts',
  'set-up': 'src/host/sign-in/set-up-panel.ts',
};
/** For webviews: one script each, with the style sheet of the same name beside it. */
const WEBVIEW_BUNDLES = {
  'token-panel': 'src/webview/token-panel/token-panel.ts',
  request: 'src/webview/request/request.ts',
  explanation: 'src/webview/explanation/explanation.ts',
  'sign-in': 'src/webview/sign-in/sign-in.ts',
};

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const sizes = process.argv.includes('--sizes');

/** An `import()` of another bundle's entry stays a `require` of that bundle, run when it is first needed. */
const lazyBundles = {
  name: 'lazy-bundles',
  setup(build) {
    const names = new Map(Object.entries(HOST_BUNDLES).map(([name, entry]) => [join(ROOT, entry), name]));
    build.onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir, kind, importer }) => {
      const name = names.get(resolve(resolveDir, path));
      if (!name || kind === 'entry-point') return undefined;
      if (kind === 'dynamic-import') return { path: `./${name}.js`, external: true };
      return { errors: [{ text: `${path} is a bundle of its own: reach it by import(), from ${importer}` }] };
    });
  },
};

const ICON_RULE = /^\.codicon-([a-z0-9-]+):before \{.*\}\n/gm;
/** Of the icons' style sheet, 28 kB in every page, only the rules of icons that a view names. */
const namedIcons = {
  name: 'named-icons',
  setup(build) {
    build.onLoad({ filter: /[\\/]codicon\.css$/ }, async ({ path }) => {
      const folder = join(ROOT, 'src/webview');
      const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts'));
      const watchFiles = files.map((file) => join(folder, file));
      const views = (await Promise.all(watchFiles.map((file) => readFile(file, 'utf8')))).join('\n');
      const styleSheet = await readFile(path, 'utf8');
      const contents = styleSheet.replace(ICON_RULE, (rule, icon) => (views.includes(`'${icon}'`) ? rule : ''));
      return { contents, watchFiles, loader: 'css' };
    });
  },
};

let running = 0;
/** The lines that the problem matcher in .vscode/tasks.json waits for: finished means all bundles. */
const watchMessages = {
  name: 'watch-messages',
  setup(build) {
    build.onStart(() => {
      if (running++ === 0) console.log('[watch] build started');
    });
    build.onEnd(({ errors }) => {
      for (const { text, location } of errors) {
        console.error(`✘ [ERROR] ${text}`);
        if (location) console.error(`    ${location.file}:${location.line}:${location.column}:`);
      }
      if (--running === 0) console.log('[watch] build finished');
    });
  },
};

const shared = {
  absWorkingDir: ROOT,
  bundle: true,
  outdir: DIST,
  minify: production,
  sourcemap: !production,
  sourcesContent: false,
  legalComments: 'none', // the licences of bundled packages stand in ThirdPartyNotices.txt
  metafile: true,
  logLevel: watch ? 'silent' : 'warning',
  plugins: watch ? [watchMessages] : [],
};

const host = {
  ...shared,
  entryPoints: HOST_BUNDLES,
  format: 'cjs',
  platform: 'node',
  target: 'node22',
  mainFields: ['module', 'main'], // jsonc-parser's `main` is UMD, whose require calls esbuild cannot follow
  external: ['vscode'],
  alias: { jsonwebtoken: 'data:text/javascript,export default {}' }, // MSAL signs with it for certificates only
  supported: { 'dynamic-import': false },
  plugins: [...shared.plugins, lazyBundles],
};

const webviews = {
  ...shared,
  entryPoints: Object.entries(WEBVIEW_BUNDLES).flatMap(withStyleSheet),
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  // The host puts script and style sheet into the page itself and looks for the font under its own name.
  loader: { '.ttf': 'file' },
  assetNames: '[name]',
  define: { 'process.env.NODE_ENV': production ? '"production"' : '"development"' },
  plugins: [...shared.plugins, namedIcons],
};

function withStyleSheet([name, entry]) {
  const styleSheet = entry.replace(/\.ts$/, '.css');
  const files = existsSync(join(ROOT, styleSheet)) ? [entry, styleSheet] : [entry];
  return files.map((file) => ({ in: file, out: name }));
}

/** MIT, BSD and CC-BY ask for their notice wherever the code goes. */
async function writeNotices(metafiles) {
  const packages = new Set();
  for (const { inputs } of metafiles) for (const input of Object.keys(inputs)) packages.add(packageFolder(input));
  packages.delete(undefined);
  const notices = [...packages].sort().map(async (folder) => {
    const { name, version, license } = JSON.parse(await readFile(join(ROOT, folder, 'package.json'), 'utf8'));
    const files = (await readdir(join(ROOT, folder))).filter((file) => /^(licen[cs]e|notice)/i.test(file));
    const texts = await Promise.all(files.map((file) => readFile(join(ROOT, folder, file), 'utf8')));
    return `${name} ${version} (${license})\n\n${texts.join('\n\n').trim()}\n`;
  });
  const separator = `\n${'-'.repeat(80)}\n\n`;
  await writeFile(join(DIST, 'ThirdPartyNotices.txt'), (await Promise.all(notices)).join(separator));
}

function packageFolder(input) {
  return /^(?:.*node_modules\/)(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

function printSizes(metafiles) {
  for (const { outputs } of metafiles) {
    for (const [file, output] of Object.entries(outputs).filter(([file]) => !file.endsWith('.map'))) {
      console.log(`${formatKilobytes(output.bytes)}  ${file}`);
      if (!sizes) continue;
      const heaviest = Object.entries(output.inputs).sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput);
      for (const [input, { bytesInOutput }] of heaviest.slice(0, 12)) {
        console.log(`${formatKilobytes(bytesInOutput)}      ${input}`);
      }
    }
  }
}

function formatKilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`.padStart(10);
}

if (watch) {
  for (const options of [host, webviews]) await (await esbuild.context(options)).watch();
} else {
  await rm(DIST, { recursive: true, force: true });
  const results = await Promise.all([esbuild.build(host), esbuild.build(webviews)]).catch(() => process.exit(1));
  const metafiles = results.map(({ metafile }) => metafile);
  await writeNotices(metafiles);
  printSizes(metafiles);
}
