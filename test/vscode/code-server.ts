import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface CodeServerOptions {
  /** code-server's entry script, see test/run/vs-code.mjs. */
  entry: string;
  /** Taken when free; absent means any free port. */
  port?: number;
  /** VSIX files, installed before the start. */
  vsix?: string[];
  userSettings?: Record<string, unknown>;
  /** Added to the environment of server and extension host, such as `NODE_EXTRA_CA_CERTS`. */
  env?: Record<string, string>;
  /** Folder name of an extension of VS Code's own that is left out. */
  withoutBuiltin?: string;
  /** False switches workspace trust off: every folder is trusted. Default false. */
  workspaceTrust?: boolean;
}

/** A running VS Code server with folders of its own; nothing is shared with the user's editor. */
export interface CodeServer {
  /** `http://127.0.0.1:PORT` */
  origin: string;
  /** Holds everything below; removed by {@link CodeServer.stop}. */
  rootFolder: string;
  userDataFolder: string;
  /** HOME of the server and of the browser. */
  homeFolder: string;
  /** TMPDIR of the server and of the browser. */
  tempFolder: string;
  /** `workspace`: a folder, or a `.code-workspace` file. */
  urlOf(workspace: string, payload?: readonly (readonly [string, string])[]): string;
  /** The server's own output, for the message of a failed test. */
  output(): string;
  /** Ends every process and leaves the files, to be searched. */
  end(): Promise<void>;
  /** Ends every process and removes the files. */
  stop(): Promise<void>;
}

/** Quiet and the same everywhere: no welcome page, no telemetry, no update, no recommendation, no count of ports, no AI. */
const QUIET_SETTINGS: Record<string, unknown> = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'remote.autoForwardPortsFallback': 0,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 5_000;

export async function startCodeServer(options: CodeServerOptions): Promise<CodeServer> {
  const rootFolder = await mkdtemp(join(tmpdir(), 'why401-'));
  const folder = (name: string): string => join(rootFolder, name);
  const [userDataFolder, extensionsFolder, homeFolder, tempFolder] = ['data', 'extensions', 'home', 'tmp'].map(
    folder,
  ) as [string, string, string, string];
  const running: { server?: ChildProcess } = {};
  const end = async (): Promise<void> => {
    const { server } = running;
    delete running.server;
    if (server) await endProcessGroup(server);
  };
  const stop = async (): Promise<void> => {
    await end();
    await rm(rootFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  try {
    for (const path of [join(userDataFolder, 'User'), extensionsFolder, homeFolder, tempFolder]) {
      await mkdir(path, { recursive: true });
    }
    const settings = { ...QUIET_SETTINGS, ...options.userSettings };
    await writeFile(join(userDataFolder, 'User/settings.json'), JSON.stringify(settings, null, 2));
    const env = serverEnvironment(options.env, { homeFolder, tempFolder });
    const builtin = options.withoutBuiltin
      ? await linkBuiltins(options.entry, folder('builtin'), options.withoutBuiltin)
      : [];
    const args = [options.entry, '--user-data-dir', userDataFolder, '--extensions-dir', extensionsFolder];
    for (const vsix of options.vsix ?? []) await installExtension([...args, '--install-extension', vsix], env);
    const trust = options.workspaceTrust ? [] : ['--disable-workspace-trust'];
    const quiet = [
      '--auth',
      'none',
      '--disable-telemetry',
      '--disable-update-check',
      '--disable-getting-started-override',
    ];
    const started = await startServer([...args, ...quiet, ...trust, ...builtin], env, options.port, running);
    return {
      ...started,
      rootFolder,
      userDataFolder,
      homeFolder,
      tempFolder,
      urlOf: (workspace, payload) => {
        const query = new URLSearchParams({
          [workspace.endsWith('.code-workspace') ? 'workspace' : 'folder']: workspace,
        });
        if (payload) query.set('payload', JSON.stringify(payload));
        return `${started.origin}/?${query}`;
      },
      end,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A folder with links to all extensions of VS Code's own but one; the arguments that make it the one that is read. */
async function linkBuiltins(entry: string, folder: string, without: string): Promise<string[]> {
  const own = join(dirname(entry), '../../lib/vscode/extensions');
  await mkdir(folder);
  for (const name of await readdir(own)) if (name !== without) await symlink(join(own, name), join(folder, name));
  return ['--builtin-extensions-dir', folder];
}

function serverEnvironment(
  extra: Record<string, string> | undefined,
  { homeFolder, tempFolder }: { homeFolder: string; tempFolder: string },
): NodeJS.ProcessEnv {
  // Inside a VS Code terminal these would make code-server talk to that editor instead of starting.
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|CODE_SERVER_|XDG_)|^NODE_OPTIONS$/.test(name),
  );
  const own = { HOME: homeFolder, TMPDIR: tempFolder, XDG_RUNTIME_DIR: tempFolder };
  return { ...Object.fromEntries(inherited), ...own, ...extra };
}

function installExtension(args: string[], env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: START_TIMEOUT_MS });
    const output = collectOutput(child);
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`Installing the extension failed (exit code ${code}):\n${output()}`));
    });
  });
}

function startServer(
  args: string[],
  env: NodeJS.ProcessEnv,
  port: number | undefined,
  running: { server?: ChildProcess },
): Promise<Pick<CodeServer, 'origin' | 'output'>> {
  return new Promise((resolve, reject) => {
    // A group of its own, so that the processes it starts end with it.
    const bound = [...args, '--bind-addr', `127.0.0.1:${port ?? 0}`];
    const child = spawn(process.execPath, bound, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    running.server = child;
    const output = collectOutput(child);
    const fail = (why: string): void => reject(new Error(`code-server ${why}:\n${output()}`));
    const timer = setTimeout(() => fail('did not start in time'), START_TIMEOUT_MS);
    child.on('error', reject);
    child.on('exit', (code) => {
      clearTimeout(timer);
      fail(`ended (exit code ${code})`);
    });
    child.stdout?.on('data', () => {
      const origin = /HTTP server listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(output())?.[1];
      if (!origin) return;
      clearTimeout(timer);
      resolve({ origin, output });
    });
  });
}

function collectOutput(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text = (text + chunk).slice(-20_000);
    });
  }
  return () => text;
}

async function endProcessGroup(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  const ended =
    child.exitCode !== null || child.signalCode !== null
      ? Promise.resolve()
      : new Promise<void>((resolve) => child.once('exit', () => resolve()));
  signalGroup(pid, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
  // Extension hosts wait for a browser to come back; nobody will.
  signalGroup(pid, 'SIGKILL');
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // already gone
  }
}
