// Bundles src into dist. `--production` minifies, `--watch` rebuilds on change, `--sizes` says what weighs what.
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const ROOT = dirname(fileURLToPath(import.meta.url));
const DIST = join(ROOT, 'dist');

/** What VS Code loads: registers and returns. It reaches the rest by one `import()` and shares no file with it. */
const MAIN_ENTRY = 'src/extension.ts';
/** The rest of the extension host. Whatever is reached by `import()` is a file of its own, loaded when it is first needed. */
const ENGINE_ENTRY = 'src/host/engine.ts';
/** For webviews: one script each, with the style sheet of the same name beside it. */
const WEBVIEW_BUNDLES = {
  'token-panel': 'src/webview/token-panel/token-panel.ts',
  request: 'src/webview/request/request.ts',
  explanation: 'src/webview/explanation/explanation.ts',
  'sign-in': 'src/webview/sign-in/sign-in.ts',
};

/** The benchmark looks for this line. */
const ENGINE_AT_ONCE = 'engine with all it loads at once';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const sizes = process.argv.includes('--sizes');

/** Main's `import()` of the engine stays a `require` of it, run when it is first needed. */
const engineApart = {
  name: 'engine-apart',
  setup(build) {
    build.onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir, kind, importer }) => {
      if (resolve(resolveDir, path) !== join(ROOT, ENGINE_ENTRY)) return undefined;
      if (kind === 'dynamic-import') return { path: './engine.js', external: true };
      return { errors: [{ text: `${path} is reached by import() only, from ${importer}` }] };
    });
  },
};

/** esbuild splits ES modules only, and VS Code's hosts all load CommonJS: each file is turned into that as it is written. */
const writeAsCommonJs = {
  name: 'write-as-common-js',
  setup(build) {
    build.onEnd(async ({ outputFiles = [] }) => {
      await mkdir(DIST, { recursive: true });
      await Promise.all(
        outputFiles.map(async ({ path, text }) => {
          const { minify, target, supported, sourcemap } = hostOptions;
          const options = { minify, target, supported, sourcemap, sourcefile: basename(path) };
          const { code } = await esbuild.transform(text, { ...options, format: 'cjs', platform: 'node' });
          await writeFile(path, code);
        }),
      );
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

const hostOptions = {
  ...shared,
  sourcemap: production ? false : 'inline',
  platform: 'node',
  target: 'node22',
  mainFields: ['module', 'main'], // jsonc-parser's `main` is UMD, whose require calls esbuild cannot follow
  external: ['vscode'],
  supported: { 'dynamic-import': false },
};

const main = {
  ...hostOptions,
  entryPoints: { main: MAIN_ENTRY },
  format: 'cjs',
  plugins: [...shared.plugins, engineApart],
};

const engine = {
  ...hostOptions,
  entryPoints: { engine: ENGINE_ENTRY },
  format: 'esm',
  splitting: true,
  chunkNames: '[name]-[hash]',
  write: false,
  supported: {},
  alias: { jsonwebtoken: 'data:text/javascript,export default {}' }, // MSAL signs with it for certificates only
  plugins: [...shared.plugins, writeAsCommonJs],
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
  const outputs = Object.fromEntries(metafiles.flatMap((metafile) => Object.entries(metafile.outputs)));
  for (const [file, output] of Object.entries(outputs).filter(([file]) => !file.endsWith('.map'))) {
    console.log(`${formatKilobytes(output.bytes)}  ${file}`);
    if (!sizes) continue;
    const heaviest = Object.entries(output.inputs).sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput);
    for (const [input, { bytesInOutput }] of heaviest.slice(0, 12)) {
      console.log(`${formatKilobytes(bytesInOutput)}      ${input}`);
    }
  }
  const atOnce = [...loadedWith('dist/engine.js', outputs)].reduce((sum, file) => sum + outputs[file].bytes, 0);
  console.log(`${formatKilobytes(atOnce)}  ${ENGINE_AT_ONCE}`);
}

/** A file of the build and the files it imports, but not those it reaches by `import()`. */
function loadedWith(file, outputs, found = new Set()) {
  if (found.has(file) || !outputs[file]) return found;
  found.add(file);
  for (const { path, kind } of outputs[file].imports) if (kind === 'import-statement') loadedWith(path, outputs, found);
  return found;
}

function formatKilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`.padStart(10);
}

if (watch) {
  for (const options of [main, engine, webviews]) await (await esbuild.context(options)).watch();
} else {
  await rm(DIST, { recursive: true, force: true });
  const results = await Promise.all([main, engine, webviews].map((options) => esbuild.build(options))).catch(() =>
    process.exit(1),
  );
  const metafiles = results.map(({ metafile }) => metafile);
  await writeNotices(metafiles);
  printSizes(metafiles);
}
