import * as vscode from 'vscode';
import type { ApiProfile, Operation } from '../../core/entra/api-profile.ts';
import { readEasyAuthSettings } from '../../core/gates/easy-auth/easy-auth-settings.ts';
import type { Fact, TargetFacts } from '../../core/gates/facts.ts';
import { effectivePolicyOf } from '../../core/policy/effective-policy.ts';
import { readPolicy } from '../../core/policy/read-policy.ts';

import { isReallyIn } from '../../net/real-folder.ts';

const LARGEST_FILE = 1024 * 1024;

/** What the files that a profile names say of its target, and what is wrong with them. */
export interface TargetFiles {
  facts: TargetFacts;
  /** One sentence each, for under the form. */
  notes: string[];
  /** Where the policy stands; absent without one that can be read. */
  policy?: vscode.Uri;
}

/** Reads them anew: people change them between two calls. Nothing is read in a workspace that is not trusted. */
export async function readTargetFiles(
  profile: ApiProfile | undefined,
  operation: Operation | undefined,
): Promise<TargetFiles> {
  const read: TargetFiles = { facts: {}, notes: [] };
  if (!profile || !vscode.workspace.isTrusted) return read;
  const policyPath = operation?.policy ?? profile.policy;
  const settingsPath = operation?.easyAuth ?? profile.easyAuth;
  if (policyPath !== undefined) await readPolicyFile(policyPath, profile, read);
  if (settingsPath !== undefined) await readSettingsFile(settingsPath, profile, read);
  return read;
}

async function readPolicyFile(path: string, profile: ApiProfile, read: TargetFiles): Promise<void> {
  const file = await readFile(path, profile);
  if (typeof file === 'string') {
    read.notes.push(file);
    return;
  }
  const document = readPolicy(file.text);
  read.policy = file.uri;
  read.facts.policy = factOf(effectivePolicyOf(document));
  const [problem] = document.problems;
  if (problem)
    read.notes.push(
      `${path}, line ${problem.line}, cannot be deployed as it is: what is around it is read as far as it goes.`,
    );
}

async function readSettingsFile(path: string, profile: ApiProfile, read: TargetFiles): Promise<void> {
  const file = await readFile(path, profile);
  const value = typeof file === 'string' ? undefined : parseJson(file.text);
  if (value === undefined) {
    read.notes.push(typeof file === 'string' ? file : `${path} is no JSON: what App Service asks is not known.`);
    return;
  }
  read.facts.easyAuth = factOf(readEasyAuthSettings(value));
}

/** The file in the profile's own folder, else in the first that has it; or why it cannot be read. */
async function readFile(path: string, { folder }: ApiProfile): Promise<{ uri: vscode.Uri; text: string } | string> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(
    ({ uri }) => folder === undefined || uri.toString() === folder,
  );
  for (const { uri } of folders) {
    const file = vscode.Uri.joinPath(uri, path);
    const size = await sizeOf(file);
    if (size === undefined) continue;
    // A link may lead to any file of the user's.
    if (uri.scheme === 'file' && !(await isReallyIn(uri.fsPath, file.fsPath))) {
      return `${path} leads out of the workspace folder and was not read.`;
    }
    if (size > LARGEST_FILE) return `${path} is larger than 1 MB and was not read.`;
    return { uri: file, text: new TextDecoder().decode(await vscode.workspace.fs.readFile(file)) };
  }
  return folders.length === 0
    ? `${path} is not read: no folder is open that could hold it.`
    : `${path} is not in this workspace: what it would say is not known.`;
}

async function sizeOf(file: vscode.Uri): Promise<number | undefined> {
  try {
    const { type, size } = await vscode.workspace.fs.stat(file);
    return type & vscode.FileType.File ? size : undefined;
  } catch {
    return undefined;
  }
}

function factOf<T>(value: T): Fact<T> {
  return { value, source: 'file', readAtMs: Date.now() };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
