import * as vscode from 'vscode';
import { SETTINGS, SETTINGS_SECTION } from '../../contract.ts';
import type { Authority } from '../../core/entra/authority.ts';
import { parseApiProfile, parseTenantProfile } from '../../core/entra/parse-api-profile.ts';

/** The authorities that the user's own settings name, also where a workspace has another profile of the same name. */
export function userAuthorities(): Authority[] {
  const configuration = vscode.workspace.getConfiguration(SETTINGS_SECTION);
  const ofUser = (setting: string): unknown => configuration.inspect<unknown>(setting)?.globalValue;
  const apis = Object.entries(ofUser(SETTINGS.apis) ?? {});
  const parsed = apis.map(([name, entry]) => parseApiProfile(name, entry, 'user'));
  parsed.push(parseTenantProfile(ofUser(SETTINGS.tenant) ?? '', ofUser(SETTINGS.cloud) ?? 'public', 'user'));
  return parsed.flatMap((one) => (one.ok ? [one.profile.authority] : []));
}
