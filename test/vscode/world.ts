import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Lab, startLab } from '../lab/lab.ts';
import { type RealVsCode, type RealVsCodeOptions, startRealVsCode } from './real-vscode.ts';

/** A lab, and a real VS Code that trusts its certificate, on a workspace made for the test. */
export interface World {
  lab: Lab;
  /** A second Entra of which no setting speaks at the start. VS Code trusts its certificate too. */
  otherLab: Lab;
  vscode: RealVsCode;
  /** The workspace; what the test wrote beside it goes with it. */
  folder: string;
  stop(): Promise<void>;
}

export interface WorldPlan extends Pick<RealVsCodeOptions, 'trust' | 'env'> {
  userSettings?: Record<string, unknown>;
  /** Path below the workspace → its content as JSON. */
  files?: Record<string, unknown>;
  /** What is opened, below the workspace: a folder or a `.code-workspace` file. Default: the workspace folder. */
  open?: string;
}

export async function startWorld(planFor: (lab: Lab) => WorldPlan): Promise<World> {
  const root = await mkdtemp(join(tmpdir(), 'why401-world-'));
  const [lab, otherLab] = await Promise.all([startLab(), startLab()]);
  const stopRest = async (): Promise<void> => {
    await Promise.all([lab.stop(), otherLab.stop()]);
    await rm(root, { recursive: true, force: true });
  };
  try {
    const { userSettings = {}, files = {}, open = '', env: added, ...options } = planFor(lab);
    const folder = join(root, 'workspace');
    await mkdir(folder);
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), JSON.stringify(content, undefined, 2));
    }
    const caFile = join(root, 'authorities.pem');
    await writeFile(caFile, lab.caPem + otherLab.caPem);
    const env = { NODE_EXTRA_CA_CERTS: caFile, ...added };
    const vscode = await startRealVsCode({ workspaceFolder: join(folder, open), userSettings, env, ...options });
    const stop = async (): Promise<void> => {
      await vscode.stop();
      await stopRest();
    };
    return { lab, otherLab, vscode, folder, stop };
  } catch (error) {
    await stopRest();
    throw error;
  }
}

export const SETTINGS_FILE = '.vscode/settings.json';
