import type { Authority, TokenVersion } from './authority.ts';

/** Where a profile was written. What a workspace brings is a proposal: its authority is asked about first. */
export type ProfileOrigin = 'user' | 'workspace' | 'folder';

/** One alternative of what an API accepts: every scope and every role listed must be in the token. */
export interface AcceptedPermissions {
  scopes: string[];
  roles: string[];
}

/** An API the user works with. An absent member is unknown, never "anything goes". */
export interface ApiProfile {
  /** Absent when only `why401.tenant` is set. */
  name?: string;
  origin: ProfileOrigin;
  authority: Authority;
  /** Exact issuers, instead of what the metadata says. */
  issuers?: string[];
  /** Tenant GUIDs a multi-tenant API accepts. */
  allowedTenants?: string[];
  tokenVersions?: TokenVersion[];
  /** The API's own application id (GUID). */
  appId?: string;
  appIdUri?: string;
  /** Exact audiences, instead of what follows from `appId`, `appIdUri` and `tokenVersions`. */
  audiences?: string[];
  /** Any one of these is enough. */
  accepts?: AcceptedPermissions[];
  /** Application ids of the clients that may call. */
  allowedClients?: string[];
  /** Tolerance of the API's validator on times, in seconds. */
  clockSkewSec?: number;
}

/** https hosts (with port, where not 443) that the profile itself names for keys and metadata. */
export function hostsNamedBy(profile: ApiProfile): string[] {
  const { authority } = profile;
  const urls = [authority.kind === 'entra' ? authority.loginBase : authority.base];
  if (authority.metadata !== undefined) urls.push(authority.metadata);
  return [...new Set(urls.map((url) => new URL(url).host))];
}
