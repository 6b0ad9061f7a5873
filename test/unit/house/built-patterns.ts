// Run by patterns.test.ts in a process of its own: prints every pattern that the named modules build while they load.
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Pattern } from './pattern-scan.ts';
import { ROOT } from './source-program.ts';

const built: Pattern[] = [];

globalThis.RegExp = new Proxy(RegExp, {
  construct(target, args: [pattern: string | RegExp, flags?: string], newTarget) {
    const pattern: RegExp = Reflect.construct(target, args, newTarget);
    const place = /at (?:.*\()?(file:[^()]+?):(\d+):\d+\)?$/.exec(new Error().stack?.split('\n')[2] ?? '');
    if (place?.[1]) {
      const path = fileURLToPath(place[1]).slice(ROOT.length + 1);
      built.push({ source: pattern.source, flags: pattern.flags, places: [`${path}:${place[2]}`] });
    }
    return pattern;
  },
});

for (const path of process.argv.slice(2)) await import(pathToFileURL(join(ROOT, path)).href);
console.log(JSON.stringify(built));
