import * as vscode from 'vscode';
import { SETTINGS, SETTINGS_SECTION } from '../../contract.ts';

export type RedirectSetting = 'auto' | 'localhost' | 'deviceCode';

export function redirectSetting(): RedirectSetting {
  return vscode.workspace.getConfiguration(SETTINGS_SECTION).get<RedirectSetting>(SETTINGS.redirect, 'auto');
}

/** Where the browser is sent back to after a sign-in: `http://localhost:<port>`, to which the authority’s path is added. */
export class LocalRedirect {
  #isAllowedOnce = false;

  /** The next sign-in goes by localhost, whatever VS Code makes of the address: the user knows that it leads here. */
  allowOnce(): void {
    this.#isAllowedOnce = true;
  }

  /** Undefined when VS Code runs elsewhere and forwards no port under that name. */
  async uriFor(port: number): Promise<string | undefined> {
    const local = `http://localhost:${port}`;
    const isAllowed = this.#isAllowedOnce;
    this.#isAllowedOnce = false;
    if (isAllowed || redirectSetting() === 'localhost' || vscode.env.remoteName === undefined) return local;
    const external = await vscode.env.asExternalUri(vscode.Uri.parse(local, true));
    return /^http:\/\/localhost:\d+\/?$/.exec(external.toString(true))
      ? external.toString(true).replace(/\/$/, '')
      : undefined;
  }
}
