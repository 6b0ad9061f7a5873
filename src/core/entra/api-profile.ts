import type { Authority, TokenVersion } from './authority.ts';
import type { Identity } from './identity.ts';

/** Where a profile was written. What a workspace brings is a proposal: its authority is asked about first. */
export type ProfileOrigin = 'user' | 'workspace' | 'folder';

/** One alternative of what an API accepts: every scope and every role listed must be in the token. */
export interface AcceptedPermissions {
  scopes: string[];
  roles: string[];
}

/** Libraries that validate tokens, by the names a profile gives them. `aspnetcore`: Microsoft.IdentityModel as it comes. */
export const VALIDATORS = ['aspnetcore', 'identity-web', 'jose', 'jsonwebtoken', 'pyjwt'] as const;

export type ValidatorId = (typeof VALIDATORS)[number];

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
  /** The library that validates its tokens. */
  validator?: ValidatorId;
  /** Tolerance of the API's validator on times, in seconds. */
  clockSkewSec?: number;
  /** `why401.clockSkewSec`: the tolerance to judge with where profile and validator say none, in seconds. */
  usualClockSkew?: { seconds: number; origin: ProfileOrigin };
  /** Ways to get a token for it, by name. */
  identities?: Readonly<Record<string, Identity>>;
  /** Where it is called: https, or http; no trailing slash. */
  baseUrl?: string;
  /** Only these origins may receive its tokens and keys. Default: that of `baseUrl`. */
  origins?: string[];
  target?: ProfileTarget;
  /** What API Management stands in front of. */
  behind?: ProfileTarget;
  authLevel?: 'anonymous' | 'function' | 'admin';
  /** Names under which the gateway looks for a subscription key. */
  subscriptionKey?: { header?: string; query?: string };
  /** Path of a file with the API's policy, relative to the workspace folder. */
  policy?: string;
  /** Path of a file with the app's authsettingsV2, relative to the workspace folder. */
  easyAuth?: string;
  /** Of origin `folder`: URI of that folder. */
  folder?: string;
  operations?: Operation[];
  /** Other extensions may ask VS Code for tokens of its users. Only the user's own settings can say so. */
  isShared?: true;
}

/** `auto` is the same as not given: told by the answers. */
export type ProfileTarget = 'functions' | 'appService' | 'apim' | 'keyVault' | 'arm' | 'graph' | 'other';

/** Something callable. */
export interface Operation {
  name: string;
  method: string;
  /** Added to `baseUrl`; begins with a slash. */
  path: string;
  headers?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string>>;
  body?: string;
  authLevel?: 'anonymous' | 'function' | 'admin';
  accepts?: AcceptedPermissions[];
  /** In place of the profile's own. */
  policy?: string;
  easyAuth?: string;
}

/** The origins that may receive this profile's tokens and keys. */
export function originsOf({ origins, baseUrl }: ApiProfile): string[] {
  if (origins) return origins.map((origin) => new URL(origin).origin);
  return baseUrl === undefined ? [] : [new URL(baseUrl).origin];
}

/** https hosts (with port, where not 443) that the profile itself names for keys and metadata. */
export function hostsNamedBy(profile: ApiProfile): string[] {
  const { authority } = profile;
  const urls = [authority.kind === 'entra' ? authority.loginBase : authority.base];
  if (authority.metadata !== undefined) urls.push(authority.metadata);
  return [...new Set(urls.map((url) => new URL(url).host))];
}
