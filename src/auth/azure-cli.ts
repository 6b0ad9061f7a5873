import { constants } from 'node:fs';
import { access, realpath } from 'node:fs/promises';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { aadstsCodeIn } from '../core/entra/aadsts-code.ts';
import { isTenantName } from '../core/entra/authority.ts';
import { readToken } from '../core/token/read-token.ts';
import { runProgram } from '../net/run-program.ts';
import type { MemoryTokens } from './memory-tokens.ts';
import { notReady } from './not-ready.ts';
import { plainDetail } from './plain-detail.ts';
import type { AcquiredToken, SignInStep, TokenRequest, TokenResult, Way } from './token-source.ts';

export interface AzureCliOptions {
  memory: MemoryTokens;
  /** Whether a file belongs to the open workspace: a program there is never run. */
  isInWorkspace?: ((path: string) => boolean | PromiseLike<boolean>) | undefined;
  /** Where programs are looked for. Default: PATH. */
  searchPath?: string | undefined;
  /** Default: 60 s, since az is slow to start. */
  programTimeoutMs?: number | undefined;
}

interface Program {
  path: string;
  args: readonly string[];
}

const TIMEOUT_MS = 60_000;
/** Scopes are URIs with a name, or names: nothing that az could take for an option, a file (`@file`) or another argument. */
const SCOPE = /^[A-Za-z0-9][A-Za-z0-9._~:/%+-]{0,399}$/;

/** Tokens of the account that is signed in to the Azure CLI. */
export function createAzureCli(options: AzureCliOptions): Way {
  const { memory } = options;

  async function acquire(request: TokenRequest, signal: AbortSignal): Promise<TokenResult> {
    const args = argumentsFor(request);
    if (!args) return notReady('notAnArgument');
    const program = await findAzureCli(options);
    if (!program) return notReady('azureCliMissing');
    const timeoutMs = options.programTimeoutMs ?? TIMEOUT_MS;
    const ran = await runProgram(program.path, [...program.args, ...args], { signal, timeoutMs });
    if (!ran.ok) {
      if (ran.failure === 'cancelled') return { ok: false, failure: { kind: 'cancelled', detail: 'cancelled' } };
      if (ran.failure === 'notStarted') return notReady('azureCliMissing');
      return notReady(
        'azureCliFailed',
        ran.failure === 'timeout' ? `It did not end within ${timeoutMs / 1000} s.` : undefined,
      );
    }
    const token = ran.status === 0 ? readAnswer(ran.stdout) : undefined;
    if (!token) return failureFor(ran.stderr);
    memory.set(request, token, 'access');
    return { ok: true, token };
  }

  return {
    async acquireSilently(request, signal = new AbortController().signal) {
      const kept = request.forceRefresh ? undefined : memory.get(request);
      return kept ? { ok: true, token: kept } : acquire(request, signal);
    },
    signIn(request, signal = new AbortController().signal, onStep: (step: SignInStep) => void = () => undefined) {
      onStep({ step: 'azureCli' });
      return acquire(request, signal);
    },
  };
}

function argumentsFor({ scopes, authority }: TokenRequest): string[] | undefined {
  const [, tenant = ''] = new URL(authority).pathname.split('/');
  const isMany = ['common', 'organizations', 'consumers'].includes(tenant);
  const isTenant = isTenantName(tenant) && !tenant.startsWith('-');
  if (scopes.length === 0 || !scopes.every((scope) => SCOPE.test(scope)) || !isTenant) return undefined;
  const args = ['account', 'get-access-token', '--output', 'json', '--scope', ...scopes];
  return isMany ? args : [...args, '--tenant', tenant];
}

/** The first az on PATH that is outside the workspace, wherever a link leads. */
async function findAzureCli({ searchPath = process.env.PATH ?? '', isInWorkspace = () => false }: AzureCliOptions) {
  const isWindows = process.platform === 'win32';
  for (const folder of searchPath.split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    const path = join(folder, isWindows ? 'az.cmd' : 'az');
    const program = isWindows ? await behindScript(path) : { path, args: [] };
    const real = program && (await executable(program.path));
    if (!program || !real) continue;
    const found = await Promise.all([path, program.path, real].map(isInWorkspace));
    if (!found.includes(true)) return program;
  }
  return undefined;
}

/** Windows: az.cmd needs a shell. The program it starts is Python, beside it. */
async function behindScript(script: string): Promise<Program | undefined> {
  if (!(await executable(script))) return undefined;
  return { path: join(dirname(dirname(script)), 'python.exe'), args: ['-IBm', 'azure.cli'] };
}

/** Where the file really is; undefined when it is not there or no program. */
async function executable(path: string): Promise<string | undefined> {
  try {
    await access(path, constants.X_OK);
    return await realpath(path);
  } catch {
    return undefined;
  }
}

function readAnswer(stdout: string): AcquiredToken | undefined {
  try {
    const { accessToken, expires_on: expiresOn, tenant } = JSON.parse(stdout) as Record<string, unknown>;
    if (typeof accessToken !== 'string' || accessToken === '') return undefined;
    const { exp, upn, unique_name: uniqueName, preferred_username: userName } = readToken(accessToken).payload ?? {};
    // Before 2.54 the answer had local time only.
    const expiresAtSec = [expiresOn, exp].map(Number).find((second) => second > 0) ?? 0;
    const account = [upn, userName, uniqueName].find((name) => typeof name === 'string');
    return {
      accessToken,
      expiresAtSec,
      account: typeof account === 'string' ? account : '',
      ...(typeof tenant === 'string' ? { tenantId: tenant } : {}),
    };
  } catch {
    return undefined;
  }
}

function failureFor(stderr: string): TokenResult {
  if (/unrecognized arguments?:[^:\r\n]*--scope/.test(stderr)) return notReady('azureCliOld');
  const said = plainDetail(stderr.replace(/^(ERROR|WARNING): /gm, ''), (text) => text);
  const code = aadstsCodeIn(stderr);
  if (code) return { ok: false, failure: { kind: 'refused', code, detail: said } };
  if (/az login/.test(stderr)) return notReady('azureCliSignedOut');
  return notReady('azureCliFailed', said === '' ? undefined : `It says: ${said}`);
}
