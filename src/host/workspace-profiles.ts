import * as vscode from 'vscode';
import type { ApiProfile } from '../core/entra/api-profile.ts';
import { nameApart } from './profile-labels.ts';
import { readProfileSettings } from './profile-settings.ts';

/** Every API profile of the window: where several folders are open, each may bring its own. No two have the same name. */
export function listProfiles(): ApiProfile[] {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ name, uri }) => ({
    folder: name,
    profiles: readProfileSettings(uri).profiles.filter(({ origin }) => origin === 'folder'),
  }));
  return nameApart(readProfileSettings(undefined).profiles, folders);
}
