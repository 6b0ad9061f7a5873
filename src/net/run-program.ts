import { spawn } from 'node:child_process';
import { parse } from 'node:path';

export type ProgramResult =
  | { ok: true; status: number; stdout: string; stderr: string }
  | { ok: false; failure: 'cancelled' | 'timeout' | 'tooMuch' | 'notStarted' };

export interface ProgramOptions {
  signal: AbortSignal;
  timeoutMs: number;
}

const MAX_CHARACTERS = 1024 * 1024;

/**
 * Runs a program by its absolute path, without a shell, in the root folder: nothing lies there that it could take for its
 * own. Ends it when `signal` aborts or time is up. Never throws.
 */
export function runProgram(
  path: string,
  args: readonly string[],
  { signal, timeoutMs }: ProgramOptions,
): Promise<ProgramResult> {
  const timedOut = AbortSignal.timeout(timeoutMs);
  const stop = AbortSignal.any([signal, timedOut]);
  if (stop.aborted) return Promise.resolve({ ok: false, failure: 'cancelled' });
  return new Promise((resolve) => {
    const cwd = parse(path).root;
    const child = spawn(path, args, { cwd, shell: false, windowsHide: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const texts = { stdout: '', stderr: '' };
    let failure: 'cancelled' | 'timeout' | 'tooMuch' | 'notStarted' | undefined;
    const end = (why: NonNullable<typeof failure>) => {
      failure ??= why;
      child.kill('SIGKILL');
    };
    const onStop = () => end(signal.aborted ? 'cancelled' : 'timeout');
    stop.addEventListener('abort', onStop, { once: true });
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (chunk: string) => {
        texts[name] += chunk;
        if (texts[name].length > MAX_CHARACTERS) end('tooMuch');
      });
    }
    const settle = (status: number) => {
      stop.removeEventListener('abort', onStop);
      // A grandchild may keep the pipes open: nobody waits for it.
      child.stdout.destroy();
      child.stderr.destroy();
      resolve(failure ? { ok: false, failure } : { ok: true, status, ...texts });
    };
    child.once('error', () => {
      failure ??= 'notStarted';
      settle(-1);
    });
    child.once('exit', () => {
      if (failure) settle(-1);
    });
    child.once('close', (status) => settle(status ?? -1));
  });
}
