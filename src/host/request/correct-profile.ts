import * as vscode from 'vscode';
import { SETTINGS, SETTINGS_SECTION } from '../../contract.ts';
import { AppError, Cancelled } from '../../core/app-error.ts';
import type { ApiProfile, ProfileOrigin } from '../../core/entra/api-profile.ts';
import type { CorrectProfile } from '../../core/why/explanation.ts';
import { describeOrigin } from '../../core/why/origin-text.ts';
import type { Fact } from '../facts.ts';
import { agreesTo, type Question } from '../question.ts';

const TARGETS: Record<ProfileOrigin, vscode.ConfigurationTarget> = {
  user: vscode.ConfigurationTarget.Global,
  workspace: vscode.ConfigurationTarget.Workspace,
  folder: vscode.ConfigurationTarget.WorkspaceFolder,
};
const CHANGE: Question = { title: 'Change this API profile?', advice: [], yes: 'Change' };

/** Writes one member of a profile where the profile stands, after showing what is there and what will be. */
export async function correctProfile(
  profile: ApiProfile | undefined,
  { member, value }: CorrectProfile,
): Promise<void> {
  if (!profile?.name) throw new AppError('badSettings', 'No API profile is for this address.', { actions: ['addApi'] });
  const configuration = vscode.workspace.getConfiguration(
    SETTINGS_SECTION,
    profile.folder === undefined ? null : vscode.Uri.parse(profile.folder),
  );
  const entries = entriesOf(configuration, profile.origin);
  const key = keyOf(entries, profile.name);
  if (key === undefined)
    throw new AppError('badSettings', 'The profile is no longer in the settings.', { actions: ['openSettings'] });
  const entry = entries[key] as Record<string, unknown>;
  const facts: Fact[] = [
    { label: 'API profile', values: [profile.name] },
    { label: 'Where', values: [profile.origin], show: () => [describeOrigin(profile.origin)] },
    { label: 'Setting', values: [member] },
    { label: 'Now', values: written(entry[member]) },
    { label: 'Then', values: written(value) },
  ];
  if (!(await agreesTo(CHANGE, facts))) throw new Cancelled();
  try {
    await configuration.update(
      SETTINGS.apis,
      { ...entries, [key]: { ...entry, [member]: value } },
      TARGETS[profile.origin],
    );
  } catch (cause) {
    throw new AppError(
      'settingsNotWritten',
      'The settings file could not be written: close or mend it, then try again.',
      {
        cause,
        actions: ['openSettings'],
      },
    );
  }
}

function entriesOf(configuration: vscode.WorkspaceConfiguration, origin: ProfileOrigin): Record<string, unknown> {
  const inspected = configuration.inspect<Record<string, unknown>>(SETTINGS.apis);
  const values = {
    user: inspected?.globalValue,
    workspace: inspected?.workspaceValue,
    folder: inspected?.workspaceFolderValue,
  };
  return values[origin] ?? {};
}

/** Where several folders have a profile of this name, it is shown with the folder’s name behind it. */
function keyOf(entries: Record<string, unknown>, name: string): string | undefined {
  return [name, name.replace(/ \([^()]*\)$/, '')].find((key) => Object.hasOwn(entries, key));
}

function written(value: unknown): string[] {
  return value === undefined ? [] : [JSON.stringify(value)];
}
