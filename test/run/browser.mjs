import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, RunFailure, run, TOOLS_FOLDER, timedStep, toolEnvironment } from './shell.mjs';
import { ensureDebianPackages, findOnPath } from './vs-code.mjs';

const INSTALLED_BROWSERS = ['chromium', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

/** For an installed Chromium: no sandbox as root, and no connections of its own. */
const QUIET_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** Defaults of the packaged Chromium that hide real faults; it works without them. */
const HARMFUL_FLAGS =
  /^--(disable-web-security|allow-running-insecure-content|single-process|no-zygote|disable-site-isolation-trials|headless|disable-features|enable-features)\b/;

/**
 * The browser the tests drive: `WHY401_BROWSER`, else the Chromium inside the npm package (Linux x64), else an
 * installed one.
 * @returns {Promise<{ executablePath: string, args: string[], env: Record<string, string> }>}
 */
export async function ensureBrowser() {
  const named = process.env.WHY401_BROWSER;
  if (named) {
    if (!existsSync(named)) throw new RunFailure(`WHY401_BROWSER names ${named}, which does not exist.`);
    return { executablePath: named, args: QUIET_FLAGS, env: {} };
  }
  if (process.platform === 'linux' && process.arch === 'x64') return packagedChromium();
  const installed = INSTALLED_BROWSERS.map(findOnPath).find(Boolean);
  if (installed) return { executablePath: installed, args: QUIET_FLAGS, env: {} };
  throw new RunFailure('No browser found. Set WHY401_BROWSER to the program of an installed Chrome or Edge.');
}

async function packagedChromium() {
  const packageFile = join(ROOT, 'node_modules/@sparticuz/chromium/package.json');
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8'));
  const folder = join(TOOLS_FOLDER, `chromium-${version}`);
  if (!existsSync(join(folder, 'complete'))) {
    await timedStep(`Unpacking Chromium ${version} into .vscode-test`, () => unpack(folder));
  }
  const executablePath = join(folder, 'chromium');
  const env = await libraryEnvironment(executablePath, folder);
  const { default: chromium } = await import('@sparticuz/chromium');
  const args = [...chromium.args.filter((flag) => !HARMFUL_FLAGS.test(flag)), ...QUIET_FLAGS];
  return { executablePath, args: [...new Set(args)], env: { FONTCONFIG_PATH: join(folder, 'fonts'), ...env } };
}

/** The package unpacks itself into the temp folder, whatever lies there already; so it gets one of its own. */
async function unpack(folder) {
  const partial = `${folder}.partial-${process.pid}`;
  mkdirSync(partial, { recursive: true });
  const chromiumModule = pathToFileURL(createRequire(import.meta.url).resolve('@sparticuz/chromium')).href;
  const script = `const { default: chromium, inflate } = await import(${JSON.stringify(chromiumModule)});
    await chromium.executablePath();
    await inflate(${JSON.stringify(join(ROOT, 'node_modules/@sparticuz/chromium/bin/al2023.tar.br'))});`;
  await run(process.execPath, ['--input-type=module', '--eval', script], {
    env: toolEnvironment({ TMPDIR: partial }),
    what: 'Unpacking Chromium',
  });
  writeFileSync(join(partial, 'fonts/fonts.conf'), fontConfiguration(folder));
  writeFileSync(join(partial, 'complete'), '');
  rmSync(folder, { recursive: true, force: true });
  renameSync(partial, folder);
}

/** The package's own configuration names folders of the machine it was made for. */
function fontConfiguration(folder) {
  const folders = [join(folder, 'fonts'), '/usr/share/fonts', '/usr/local/share/fonts'];
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${folders.map((path) => `  <dir>${path}</dir>`).join('\n')}
  <alias>
    <family>monospace</family>
    <prefer><family>DejaVu Sans Mono</family><family>Liberation Mono</family></prefer>
  </alias>
  <cachedir>${join(folder, 'font-cache')}</cachedir>
</fontconfig>
`;
}

/** Chromium links against libnss3, libnspr4 and libexpat1; where the machine lacks one, the package's own are used. */
async function libraryEnvironment(executablePath, folder) {
  if ((await missingLibraries(executablePath, {})).length === 0) return {};
  const own = { LD_LIBRARY_PATH: join(folder, 'al2023/lib') };
  const missing = await missingLibraries(executablePath, own);
  if (missing.length > 0) {
    await ensureDebianPackages(['libnss3', 'libnspr4', 'libexpat1'], `Chromium lacks ${missing.join(', ')}; it needs`);
    return {};
  }
  return own;
}

async function missingLibraries(executablePath, extra) {
  if (!findOnPath('ldd')) return [];
  const printed = await run('ldd', [executablePath], { env: toolEnvironment(extra) });
  return [...printed.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1]);
}
