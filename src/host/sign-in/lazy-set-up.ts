import * as vscode from 'vscode';
import { SETTINGS, SETTINGS_SECTION } from '../../contract.ts';
import { AppError, Cancelled } from '../../core/app-error.ts';
import type { ApiProfile } from '../../core/entra/api-profile.ts';
import type { Log } from '../log.ts';
import { runnerWith } from '../run.ts';
import type { TokenPanel } from '../views/token-panel.ts';
import { listProfiles } from '../workspace-profiles.ts';
import type { SetUpPanel, SetUpServices } from './set-up-panel.ts';
import type { SignInFlow } from './sign-in-flow.ts';
import { troubleOf } from './sign-in-trouble.ts';

/** The guide to a first sign-in, whose bundle few need. */
export class LazySetUp implements vscode.Disposable {
  readonly #services: SetUpServices;
  #panel: SetUpPanel | undefined;

  constructor(extensionUri: vscode.Uri, flow: SignInFlow, tokenPanel: TokenPanel, log: Log) {
    this.#services = {
      extensionUri,
      listProfiles,
      signIn: async (identity, signal, onProgress) => {
        try {
          const result = await flow.signIn(identity, { signal, onProgress: ({ text }) => onProgress(text) });
          if (result.ok) return { token: result.token };
          return result.failure.kind === 'cancelled'
            ? undefined
            : { trouble: await troubleOf(result.failure, identity) };
        } catch (error) {
          if (error instanceof Cancelled) return undefined;
          throw error;
        }
      },
      save: saveIdentity,
      decode: (raw) => tokenPanel.show({ raws: [raw] }),
      run: runnerWith(log),
    };
  }

  async show(): Promise<void> {
    const { SetUpPanel } = await import('./set-up-panel.ts');
    this.#panel ??= new SetUpPanel(this.#services);
    this.#panel.show();
  }

  refresh(): void {
    this.#panel?.refresh();
  }

  dispose(): void {
    this.#panel?.dispose();
  }
}

/** Into the settings that hold its profile. */
async function saveIdentity(profile: ApiProfile, name: string, identity: Record<string, unknown>): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(SETTINGS_SECTION);
  const { globalValue, workspaceValue } = configuration.inspect<Record<string, object>>(SETTINGS.apis) ?? {};
  const [entries, target] =
    profile.origin === 'user'
      ? [globalValue, vscode.ConfigurationTarget.Global]
      : [workspaceValue, vscode.ConfigurationTarget.Workspace];
  const entry = profile.name === undefined ? undefined : entries?.[profile.name];
  if (!entry || profile.name === undefined) {
    throw new AppError(
      'settingsNotWritten',
      'This profile stands in a folder’s own settings: add the identity there.',
      {
        actions: ['openSettings'],
      },
    );
  }
  if (profile.origin !== 'user' && identity.signIn === 'azureCli') {
    throw new AppError(
      'settingsNotWritten',
      'Azure CLI may be named in user settings only: copy the profile there first.',
      { actions: ['openSettings'] },
    );
  }
  const known = 'identities' in entry && typeof entry.identities === 'object' ? entry.identities : {};
  const changed = { ...entry, identities: { ...known, [freeName(known, name)]: identity } };
  await configuration.update(SETTINGS.apis, { ...entries, [profile.name]: changed }, target);
}

function freeName(known: object | null, name: string): string {
  const taken = new Set(Object.keys(known ?? {}));
  let free = name;
  for (let number = 2; taken.has(free); number += 1) free = `${name}${number}`;
  return free;
}
