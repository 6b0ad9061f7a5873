import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { TokenRequest } from '../../../src/auth/token-source.ts';
import { createTokenSource, type TokenSourceOptions } from '../../../src/auth/token-sources.ts';
import { AZURE_CLI_CLIENT_ID } from '../../../src/core/entra/identity.ts';
import { MemorySecretStore } from './secret-store.ts';
import { failureIn, tokenIn } from './sign-in-world.ts';

const TENANT = '3f2b1c5e-8d47-4c0b-9a6f-1d2e3c4b5a69';
const request: TokenRequest = {
  signIn: 'azureCli',
  authority: `https://login.microsoftonline.com/${TENANT}`,
  isCustomAuthority: false,
  clientId: AZURE_CLI_CLIENT_ID,
  scopes: ['api://orders/.default'],
};

// A stand-in for az: a script that says what it was given and answers as told.
describe('the Azure CLI', { skip: process.platform === 'win32' && 'scripts are no programs there' }, () => {
  let folder: string;
  let bin: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'why401-az-'));
    bin = join(folder, 'bin');
    await mkdir(bin);
  });
  beforeEach(() => answerWith(0, JSON.stringify(answer())));
  after(() => rm(folder, { recursive: true }));

  function answer(changes: object = {}) {
    const expiresOn = Math.floor(Date.now() / 1000) + 3600;
    return { accessToken: tokenThatExpires(expiresOn), expires_on: expiresOn, tenant: TENANT, ...changes };
  }

  async function answerWith(status: number, stdout: string, stderr = ''): Promise<void> {
    const script = `#!${process.execPath}
const { appendFileSync } = require('node:fs');
appendFileSync(${JSON.stringify(join(folder, 'calls'))}, JSON.stringify(process.argv.slice(2)) + '\\n');
process.stdout.write(${JSON.stringify(stdout)});
process.stderr.write(${JSON.stringify(stderr)});
process.exitCode = ${status};
`;
    await rm(join(folder, 'calls'), { force: true });
    await writeFile(join(bin, 'az'), script, { mode: 0o755 });
  }

  async function calls(): Promise<string[][]> {
    const text = await readFile(join(folder, 'calls'), 'utf8').catch(() => '');
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as string[]);
  }

  function openSource(options: Partial<TokenSourceOptions> = {}) {
    return createTokenSource({
      secrets: new MemorySecretStore(),
      openBrowser: () => Promise.resolve(false),
      searchPath: bin,
      ...options,
    });
  }

  it('is asked for the scope and tenant, once while the token is good', async () => {
    const source = openSource();
    const token = tokenIn(await source.acquireSilently(request));
    assert.deepEqual([token.account, token.tenantId], ['megan@contoso.example', TENANT]);
    assert.ok(Math.abs(token.expiresAtSec - Date.now() / 1000 - 3600) < 60);
    assert.deepEqual(tokenIn(await source.acquireSilently(request)), token);
    const args = ['account', 'get-access-token', '--output', 'json', '--scope', 'api://orders/.default'];
    assert.deepEqual(await calls(), [[...args, '--tenant', TENANT]]);
    tokenIn(await source.acquireSilently({ ...request, forceRefresh: true }));
    const organizations = { ...request, authority: 'https://login.microsoftonline.com/organizations' };
    tokenIn(await source.signIn(organizations));
    assert.deepEqual((await calls()).at(-1), args);
  });

  it('that says no second of expiry is believed by the token', async () => {
    await answerWith(0, JSON.stringify(answer({ expires_on: undefined, expiresOn: '2026-11-27 12:00:00.000000' })));
    const { expiresAtSec } = tokenIn(await openSource().acquireSilently(request));
    assert.ok(Math.abs(expiresAtSec - Date.now() / 1000 - 3600) < 60);
  });

  it('is given no argument that could mean something else', async () => {
    const source = openSource();
    for (const scope of ['--debug', '-h', '@/etc/passwd', 'a b', 'a\nb', '', 'x'.repeat(500), '$(id)', 'a;b', 'a"b']) {
      assert.equal(failureIn(await source.acquireSilently({ ...request, scopes: [scope] })).reason, 'notAnArgument');
    }
    for (const tenant of ['--debug', '-h', '-o.x', '--output.x', 'a%20b']) {
      const authority = `https://login.microsoftonline.com/${tenant}`;
      assert.equal(failureIn(await source.acquireSilently({ ...request, authority })).reason, 'notAnArgument');
    }
    assert.deepEqual(await calls(), []);
  });

  it('is taken from PATH, but never from the workspace, nor by a link into it', async () => {
    const linked = join(folder, 'linked');
    await mkdir(linked, { recursive: true });
    await symlink(join(bin, 'az'), join(linked, 'az'));
    const isInWorkspace = (path: string) => path.startsWith(bin);
    for (const searchPath of [bin, linked, '', '.', 'bin', join(folder, 'absent'), `${linked}${delimiter}${bin}`]) {
      const failure = failureIn(await openSource({ searchPath, isInWorkspace }).acquireSilently(request));
      assert.equal(failure.reason, 'azureCliMissing', searchPath);
    }
    assert.deepEqual(await calls(), []);
    tokenIn(await openSource({ searchPath: linked }).acquireSilently(request));
  });

  const refusals: [name: string, stderr: string, expected: object][] = [
    ['signed out', "ERROR: Please run 'az login' to setup account.\n", { reason: 'azureCliSignedOut' }],
    ['too old', 'az: error: unrecognized arguments: --scope api://x\n', { reason: 'azureCliOld' }],
    [
      'refused by Entra',
      'ERROR: AADSTS65001: The user has not consented. Trace ID: x\nTo re-authenticate, run az login',
      { kind: 'refused', code: 'AADSTS65001' },
    ],
    ['broken', 'Traceback (most recent call last)', { reason: 'azureCliFailed' }],
  ];
  for (const [name, stderr, expected] of refusals) {
    it(`that is ${name} says so`, async () => {
      await answerWith(1, '', stderr);
      assert.partialDeepStrictEqual(failureIn(await openSource().acquireSilently(request)), expected);
    });
  }

  it('that answers nonsense gives no token', async () => {
    for (const stdout of ['', 'null', '{', '[]', '{"accessToken":""}', '{"accessToken":5}']) {
      await answerWith(0, stdout);
      assert.equal(failureIn(await openSource().acquireSilently(request)).reason, 'azureCliFailed', stdout);
    }
  });

  it('is told no secret in a failure', async () => {
    const secret = tokenThatExpires(1);
    await answerWith(1, '', `ERROR: bad token ${secret}`);
    const failure = failureIn(await openSource().acquireSilently(request));
    assert.ok(!JSON.stringify(failure).includes(secret.slice(0, 24)));
  });

  it('is logged by what it was asked, and not by what it gave', async () => {
    const lines: string[] = [];
    const { accessToken } = tokenIn(await openSource({ log: (line) => lines.push(line) }).acquireSilently(request));
    assert.deepEqual(lines, [`→ az ${request.authority} scope=api://orders/.default`, '← az a token']);
    assert.ok(!lines.join().includes(accessToken.slice(-24)));
  });

  it('ends when cancelled', async () => {
    await writeFile(join(bin, 'az'), `#!${process.execPath}\nsetInterval(() => 0, 1000)`, { mode: 0o755 });
    const cancel = new AbortController();
    const call = openSource().acquireSilently(request, cancel.signal);
    setTimeout(() => cancel.abort(), 100);
    assert.equal(failureIn(await call).kind, 'cancelled');
  });
});

function tokenThatExpires(exp: number): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signature = Buffer.alloc(256).toString('base64url');
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ exp, upn: 'megan@contoso.example' })}.${signature}`;
}
