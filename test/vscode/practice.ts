import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Lab, startLab } from '../lab/lab.ts';
import { practiceSettings } from '../lab/practice-workspace.ts';
import { type RealVsCode, type RealVsCodeOptions, startRealVsCode } from './real-vscode.ts';

/** A lab and a real VS Code that trusts its certificate; an empty folder, and the lab's profiles in the user's settings. */
export interface Practice {
  lab: Lab;
  vscode: RealVsCode;
  /** The folder that is open. */
  folder: string;
  stop(): Promise<void>;
}

export async function startPractice(
  options: Partial<RealVsCodeOptions> = {},
  settingsFor: (lab: Lab) => Record<string, unknown> = practiceSettings,
): Promise<Practice> {
  const folder = await mkdtemp(join(tmpdir(), 'why401-practice-'));
  const lab = await startLab();
  const removeAll = async () => {
    await lab.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const caFile = await lab.writeCaFile(folder);
    const workspaceFolder = join(folder, 'workspace');
    await mkdir(workspaceFolder);
    const vscode = await startRealVsCode({
      workspaceFolder,
      ...options,
      userSettings: { ...settingsFor(lab), ...options.userSettings },
      env: { NODE_EXTRA_CA_CERTS: caFile, ...options.env },
    });
    const stop = async () => {
      await vscode.stop();
      await removeAll();
    };
    return { lab, vscode, folder: workspaceFolder, stop };
  } catch (error) {
    await removeAll();
    throw error;
  }
}
