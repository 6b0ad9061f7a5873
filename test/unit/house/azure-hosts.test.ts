import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { customerLoginOf, isLoginHost } from '../../../src/core/azure/login-hosts.ts';
import { cloudOfDomain } from '../../../src/core/azure/microsoft-domains.ts';
import { serviceAtHost } from '../../../src/core/azure/service-table.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..');

/** Pages for people, examples in texts, and the `idp` of personal accounts: no code asks whether a host is one of these. */
const FOR_READERS = new Set([
  'learn.microsoft.com',
  'entra.microsoft.com',
  'contoso.azure-api.net',
  'cognitiveservices.azure.com',
  'ciamlogin.com',
  'live.com',
]);
/** Names that only a host has: found also where its ending is an alternative of a pattern. */
const STEMS =
  /\b(?:azurewebsites|azure-api|usgovcloudapi|chinacloudapi|microsoftonline|azurestaticapps|azconfig|b2clogin|chinacloudsites|azurefd)\.(?![a-z])/g;

/** Hosts of Azure's that a source names outside its comments, also half of one, as in a pattern. */
function azureHostsIn(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/ .*$/gm, '');
  const plain = code.replaceAll('\\.', '.');
  const names = plain.match(/(?<![\w-])\.?[a-z0-9-]+(?:\.[a-z0-9-]+)+/g) ?? [];
  return [
    ...(plain.match(STEMS) ?? []),
    ...names.map((name) => name.replace(/^\./, '')).filter((name) => !FOR_READERS.has(name) && isAzures(name)),
  ];
}

function isAzures(name: string): boolean {
  const isLogin = isLoginHost(name) || customerLoginOf(`x.${name}`) !== undefined;
  return isLogin || cloudOfDomain(name) !== undefined || serviceAtHost(`x.${name}`) !== undefined;
}

describe('hosts of Azure', () => {
  it('are named in core/azure alone', () => {
    const files = globSync('src/**/*.ts', { cwd: ROOT, exclude: ['src/core/azure/**'] }).sort();
    const found = files.flatMap((file) =>
      azureHostsIn(readFileSync(join(ROOT, file), 'utf8')).map((host) => `${file}: ${host}`),
    );
    console.log(`files read: ${files.length}`);
    assert.ok(files.length > 300);
    assert.deepEqual(found, []);
  });

  const told = [
    "const HOSTS = ['vault.azure.net'];",
    'const HOST = /\\.azurewebsites\\.net$/;',
    "hostname.endsWith('.azure-api.us')",
    "const BASE = 'https://login.microsoftonline.com/x';",
    "if (host === 'graph.microsoft.com') return 'https://sts.windows.net';",
    "host.endsWith('.b2clogin.com')",
    'const HOST = /\\.azure-api\\.(net|us|cn)$/;',
    "const X = 'orders.servicebus.windows.net'; // a queue",
    "const CHINA = '.chinacloudsites.cn';",
  ];
  for (const source of told) it(`are found in: ${source}`, () => assert.notDeepEqual(azureHostsIn(source), []));

  const passed = [
    "const page = 'https://learn.microsoft.com/azure';",
    '/** `https://vault.azure.net` */ const x = 1;',
    '// such as vault.azure.net',
    "const tenant = 'contoso.onmicrosoft.com';",
    'const { azure } = response.body.text;',
  ];
  for (const source of passed) it(`are none in: ${source}`, () => assert.deepEqual(azureHostsIn(source), []));
});
