// npm run package: the production build as why401-<version>.vsix in the top folder.
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureSetup } from './setup.mjs';
import { ROOT, run, runMain } from './shell.mjs';

const require = createRequire(import.meta.url);

/** Builds and packages. Returns the path of the VSIX. */
export async function packageExtension() {
  const { name, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const vsix = join(ROOT, `${name}-${version}.vsix`);
  await run(process.execPath, [join(ROOT, 'esbuild.mjs'), '--production'], { what: 'The build' });
  await run(
    process.execPath,
    [vsceScript(), 'package', '--no-dependencies', '--no-rewrite-relative-links', '--out', vsix],
    {
      what: 'vsce package',
    },
  );
  return vsix;
}

function vsceScript() {
  const manifest = require.resolve('@vscode/vsce/package.json');
  return join(dirname(manifest), require(manifest).bin.vsce);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runMain(async () => {
    await ensureSetup();
    const vsix = await packageExtension();
    console.log(`${vsix} (${Math.round(statSync(vsix).size / 1000)} kB)`);
  });
}
