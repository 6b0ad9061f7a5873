import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import { type CodeServer, startCodeServer } from './code-server.ts';
import { type HostProbe, openHostProbe, packHostProbe } from './host-probe.ts';
import { launchSurely } from './launch-surely.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

export const EXTENSION_ID = 'why401.why401';

export interface RealVsCodeOptions {
  /** Absolute path of the folder to open, or of a `.code-workspace` file. */
  workspaceFolder: string;
  userSettings?: Record<string, unknown>;
  /** For server and extension host, such as `NODE_EXTRA_CA_CERTS`. */
  env?: Record<string, string>;
  /** `off` (default): everything is trusted. `untrusted`: the folder opens restricted, without being asked. */
  trust?: 'off' | 'untrusted';
  /** Further VSIX files beside ours. */
  vsix?: string[];
  /** Folder name of an extension of VS Code's own that is left out. */
  withoutBuiltin?: string;
}

/** A real VS Code with our VSIX, in a real browser, with folders of its own. */
export interface RealVsCode extends Workbench {
  server: CodeServer;
  probe: HostProbe;
  /** The browser's profile on disk, below the server's root folder. */
  profileFolder: string;
  /** All text VS Code logged, by file. */
  logs(): Promise<{ path: string; text: string }[]>;
  /** Closes the browser and ends the server, and leaves their files, to be searched; `stop` removes them. */
  end(): Promise<void>;
  stop(): Promise<void>;
}

/** VS Code's own questions and messages, which are no business of ours: whom to trust, and that a port is forwarded. */
const QUIET_SETTINGS = { 'security.workspace.trust.startupPrompt': 'never', 'remote.autoForwardPorts': false };
/** For a page that loads beside an extension host that starts. */
const START_MS = 120_000;
const VIEWPORT = { width: 1280, height: 800 };

/** `npm test` passes on what it installed; see test/run/test.mjs. */
function fromTestRun(name: 'WHY401_CODE_SERVER' | 'WHY401_CHROMIUM' | 'WHY401_VSIX'): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run these tests with npm test -- vscode`);
  return value;
}

export async function startRealVsCode(options: RealVsCodeOptions): Promise<RealVsCode> {
  const cleanups: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  };
  try {
    const probe = await openHostProbe();
    cleanups.push(() => probe.close());
    const packed = await packHostProbe();
    cleanups.push(() => packed.remove());
    const server = await startCodeServer({
      entry: fromTestRun('WHY401_CODE_SERVER'),
      vsix: [fromTestRun('WHY401_VSIX'), packed.vsix, ...(options.vsix ?? [])],
      userSettings: { ...QUIET_SETTINGS, ...options.userSettings },
      env: { ...options.env, ...probe.env },
      workspaceTrust: options.trust === 'untrusted',
      ...(options.withoutBuiltin === undefined ? {} : { withoutBuiltin: options.withoutBuiltin }),
    });
    cleanups.push(() => server.stop());
    const profileFolder = join(server.rootFolder, 'profile');
    const context = await launchBrowser(server, profileFolder);
    cleanups.push(() => context.close());
    const page = context.pages()[0] ?? (await context.newPage());
    const workbench = openWorkbench(page, probe, EXTENSION_ID);
    page.setDefaultNavigationTimeout(START_MS);
    await page.goto(server.urlOf(options.workspaceFolder));
    await page.locator('.monaco-workbench').waitFor({ timeout: START_MS });
    await probe.connected();
    const end = async (): Promise<void> => {
      await context.close();
      await server.end();
    };
    return { ...workbench, server, probe, profileFolder, logs: () => readLogs(server), end, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function launchBrowser(server: CodeServer, profileFolder: string): Promise<BrowserContext> {
  const { executablePath, args, env } = JSON.parse(fromTestRun('WHY401_CHROMIUM')) as {
    executablePath: string;
    args: string[];
    env: Record<string, string>;
  };
  await mkdir(profileFolder, { recursive: true });
  const context = await launchSurely(() =>
    chromium.launchPersistentContext(profileFolder, {
      executablePath,
      args,
      // Its files stay below the server's root folder: the canary search finds them, and they go with it.
      env: { ...definedOnly(process.env), ...env, HOME: server.homeFolder, TMPDIR: server.tempFolder },
      viewport: VIEWPORT,
      reducedMotion: 'reduce',
    }),
  );
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.origin });
  return context;
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

async function readLogs(server: CodeServer): Promise<{ path: string; text: string }[]> {
  const folder = join(server.userDataFolder, 'logs');
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.log'));
  return Promise.all(names.map(async (path) => ({ path, text: await readFile(join(folder, path), 'utf8') })));
}
