// node test/run/complete-lock.mjs, after npm install wrote package-lock.json: adds the optional packages of other
// platforms that npm left out because its registry lacks them. Without them `npm ci` refuses the lock file.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './shell.mjs';

const file = join(ROOT, 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
const { packages } = lock;
let added = 0;

for (const { optionalDependencies = {}, license, engines, dev } of Object.values(packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (packages[`node_modules/${name}`] || !/^\d/.test(version)) continue;
    packages[`node_modules/${name}`] = { version, dev, license, optional: true, ...platformOf(name), engines };
    added++;
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} packages of other platforms added`);

/** `@biomejs/cli-linux-x64-musl` → linux, x64, musl. npm installs a package only where all three fit. */
function platformOf(name) {
  const match = /(android|darwin|freebsd|linux|openharmony|win32)-([a-z0-9]+)(?:-(gnu|musl|glibc)?\w*)?$/.exec(name);
  if (!match) throw new Error(`${name} does not name its platform; add it to package-lock.json by hand`);
  const [, os, cpu, libc] = match;
  const library = os === 'linux' && libc ? { libc: [libc === 'musl' ? 'musl' : 'glibc'] } : {};
  return { os: [os], cpu: [cpu], ...library };
}
