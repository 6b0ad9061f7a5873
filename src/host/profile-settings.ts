import * as vscode from 'vscode';
import { SETTINGS, SETTINGS_SECTION } from '../contract.ts';
import type { ApiProfile, ProfileOrigin } from '../core/entra/api-profile.ts';
import {
  parseApiProfile,
  parseClockSkew,
  parseTenantProfile,
  type SettingFault,
} from '../core/entra/parse-api-profile.ts';

export interface ProfileSettings {
  /** From `why401.apis`; a nearer scope's profile replaces the whole profile of that name. */
  profiles: ApiProfile[];
  /** From `why401.tenant` and `why401.cloud`. */
  tenantProfile?: ApiProfile;
  /** Paths are full: `why401.apis.orders-dev.appId`. */
  faults: SettingFault[];
}

const SCOPES = ['user', 'workspace', 'folder'] as const;

/**
 * Reads the settings scope by scope, since VS Code would merge the objects of all scopes. `resource` is the document
 * the token came from: in a multi-root workspace only its own folder's profiles count.
 */
export function readProfileSettings(resource: vscode.Uri | undefined): ProfileSettings {
  const configuration = vscode.workspace.getConfiguration(SETTINGS_SECTION, resource ?? null);
  const settings: ProfileSettings = { profiles: [], faults: [] };
  for (const [name, { value, origin }] of nearestEntries(configuration, settings.faults)) {
    const parsed = parseApiProfile(name, value, origin);
    if (parsed.ok) settings.profiles.push(withFolder(parsed.profile, resource));
    else settings.faults.push(...parsed.faults.map((fault) => qualify(fault, `${SETTINGS.apis}.`)));
  }
  const tenant = nearestValue(configuration, SETTINGS.tenant);
  if (tenant && tenant.value !== '') {
    const cloud = nearestValue(configuration, SETTINGS.cloud);
    const origin = fartherFromUser(tenant.origin, cloud?.origin ?? 'user');
    const parsed = parseTenantProfile(tenant.value, cloud?.value ?? 'public', origin);
    if (parsed.ok) settings.tenantProfile = parsed.profile;
    else settings.faults.push(...parsed.faults.map((fault) => qualify(fault, '')));
  }
  const nearestSkew = nearestValue(configuration, SETTINGS.clockSkew);
  const skew = parseClockSkew(nearestSkew?.value);
  if (!skew.ok) settings.faults.push(qualify({ path: SETTINGS.clockSkew, text: skew.text }, ''));
  if (!nearestSkew || !skew.ok || skew.seconds === undefined) return settings;
  return withUsualSkew(settings, { seconds: skew.seconds, origin: nearestSkew.origin });
}

/** Files that a folder's profile names are in that folder. */
function withFolder(profile: ApiProfile, resource: vscode.Uri | undefined): ApiProfile {
  const folder = profile.origin === 'folder' && resource ? vscode.workspace.getWorkspaceFolder(resource) : undefined;
  return folder ? { ...profile, folder: folder.uri.toString() } : profile;
}

function withUsualSkew(
  { profiles, tenantProfile, faults }: ProfileSettings,
  usualClockSkew: NonNullable<ApiProfile['usualClockSkew']>,
): ProfileSettings {
  return {
    profiles: profiles.map((profile) => ({ ...profile, usualClockSkew })),
    ...(tenantProfile ? { tenantProfile: { ...tenantProfile, usualClockSkew } } : {}),
    faults,
  };
}

interface Scoped<T> {
  value: T;
  origin: ProfileOrigin;
}

function nearestEntries(
  configuration: vscode.WorkspaceConfiguration,
  faults: SettingFault[],
): Map<string, Scoped<unknown>> {
  const entries = new Map<string, Scoped<unknown>>();
  for (const { value, origin } of valuesByScope(configuration, SETTINGS.apis)) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      faults.push({ path: `${SETTINGS_SECTION}.${SETTINGS.apis}`, text: 'must be an object of API profiles by name' });
      continue;
    }
    for (const [name, entry] of Object.entries(value)) entries.set(name, { value: entry, origin });
  }
  return entries;
}

function nearestValue(configuration: vscode.WorkspaceConfiguration, setting: string): Scoped<unknown> | undefined {
  return valuesByScope(configuration, setting).at(-1);
}

function valuesByScope(configuration: vscode.WorkspaceConfiguration, setting: string): Scoped<unknown>[] {
  const inspected = configuration.inspect<unknown>(setting);
  // Where one folder is the whole workspace, VS Code gives its settings for both scopes.
  const ofFolder = vscode.workspace.workspaceFile ? inspected?.workspaceFolderValue : undefined;
  const values = [inspected?.globalValue, inspected?.workspaceValue, ofFolder];
  return SCOPES.flatMap((origin, position) => {
    const value = values[position];
    return value === undefined ? [] : [{ value, origin }];
  });
}

function fartherFromUser(a: ProfileOrigin, b: ProfileOrigin): ProfileOrigin {
  return SCOPES.indexOf(a) > SCOPES.indexOf(b) ? a : b;
}

function qualify({ path, text }: SettingFault, prefix: string): SettingFault {
  return { path: `${SETTINGS_SECTION}.${prefix}${path}`, text };
}
