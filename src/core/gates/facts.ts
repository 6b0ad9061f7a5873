import type { ApiProfile } from '../entra/api-profile.ts';
import type { KeySource } from '../entra/metadata.ts';
import type { EffectivePolicy } from '../policy/effective-policy.ts';

/** Where a fact came from. */
export type FactSource = 'setting' | 'file' | 'probe' | 'arm' | 'response' | 'user' | 'default';

/** Something known about the target. Absent means unknown, never a guess. `readAtMs`: milliseconds since the epoch. */
export interface Fact<T> {
  value: T;
  source: FactSource;
  readAtMs: number;
}

export type TargetKind =
  | 'functions'
  | 'appService'
  | 'staticWebApp'
  | 'logicApp'
  | 'apim'
  | 'keyVault'
  | 'arm'
  | 'graph'
  | 'storage'
  | 'dataPlane'
  | 'tokenEndpoint'
  | 'other';

export type AuthLevel = 'anonymous' | 'function' | 'admin';

/**
 * What is known of the target, fact by fact. A member that is absent is unknown: a gate then judges `unknown`, and says
 * as findings what would refuse if it were there.
 */
export interface TargetFacts {
  kind?: Fact<TargetKind>;
  /** What API Management stands in front of. */
  behind?: Fact<TargetKind>;
  /** A firewall or reverse proxy in front of all else; `none`: it is known that there is none. */
  edge?: Fact<'frontDoor' | 'applicationGateway' | 'other' | 'none'>;
  authLevel?: Fact<AuthLevel>;
  /** Under which names the gateway looks for a subscription key. */
  subscriptionKey?: Fact<{ header?: string; query?: string }>;
  /** Whether the API can be called without a subscription key. */
  subscriptionRequired?: Fact<boolean>;
  /** Policies of API Management that apply to the operation, in the order they run. */
  policy?: Fact<EffectivePolicy>;
  /** Operations the gateway's API has: template with `{parameters}`, relative to the API's own address. */
  operations?: Fact<readonly { method: string; template: string }[]>;
  easyAuth?: Fact<EasyAuthFacts>;
  /** Rules for the caller's address; an empty list admits everybody. */
  accessRestrictions?: Fact<readonly AccessRestriction[]>;
  clientCertificate?: Fact<'required' | 'optional' | 'ignored'>;
  /** Origins App Service's own CORS admits; `*` is all; an empty list: switched off. */
  cors?: Fact<{ origins: readonly string[]; credentials?: boolean }>;
  stopped?: Fact<boolean>;
  /** A static web app is linked to this app and keeps its authentication. */
  staticWebApp?: Fact<boolean>;
  logicApp?: Fact<LogicAppFacts>;
  vault?: Fact<VaultFacts>;
  /** What API Management gives the backend as its own credential. */
  backendCredential?: Fact<'none' | 'managedIdentity' | 'key' | 'basic' | 'certificate'>;
}

/**
 * App Service authentication, by authsettingsV2 (`isWhole`: what is absent has its default) or by what a challenge gave
 * away (then an absent member is unknown).
 */
export interface EasyAuthFacts {
  isWhole?: true;
  /** `platform.enabled`. */
  enabled?: boolean;
  /** `globalValidation.requireAuthentication`. */
  requireAuthentication?: boolean;
  /** `globalValidation.unauthenticatedClientAction`. */
  unauthenticatedAction?: 'redirectToLoginPage' | 'allowAnonymous' | 'return401' | 'return403' | 'return404';
  /** `globalValidation.excludedPaths`. */
  excludedPaths?: readonly string[];
  /** Names under `identityProviders` that are enabled: `azureActiveDirectory`, `azureStaticWebApps`, … */
  providers?: readonly string[];
  /** Of the Entra provider: `registration.clientId`, always an allowed audience. */
  clientId?: string;
  /** Tenant GUID of `registration.openIdIssuer`, or of the challenge. */
  tenant?: string;
  /** `registration.openIdIssuer` as written. */
  issuer?: string;
  /** `validation.allowedAudiences`. */
  allowedAudiences?: readonly string[];
  /** `validation.defaultAuthorizationPolicy.allowedApplications`; absent though `isWhole`: the default, the app itself only. */
  allowedApplications?: readonly string[];
  /** Object ids of `validation.defaultAuthorizationPolicy.allowedPrincipals.identities`. */
  allowedIdentities?: readonly string[];
  /** Object ids of `validation.defaultAuthorizationPolicy.allowedPrincipals.groups`. */
  allowedGroups?: readonly string[];
}

/** One rule of an access restriction. Lower `priority` first; `address` is a CIDR range, a service tag or a subnet id. */
export interface AccessRestriction {
  address: string;
  action: 'allow' | 'deny';
  priority?: number;
  name?: string;
}

export interface LogicAppFacts {
  /** Whether the trigger can be called with its signed URL. */
  sas?: boolean;
  /** Authorization policies of the trigger: a token has to have every claim of one of them. */
  policies?: readonly { name: string; claims: Readonly<Record<string, string>> }[];
}

export interface VaultFacts {
  tenant?: string;
  /** The audience its challenge or its message names: `https://vault.azure.net`. */
  resource?: string;
  /** Authority of the challenge: a proposal of the server's. */
  authority?: string;
  permissions?: 'rbac' | 'accessPolicy';
  publicAccess?: boolean;
}

/** What is known about the target of a call. */
export interface Knowledge {
  /** The API profile the user wrote. */
  profile?: Fact<ApiProfile>;
  /** Metadata and keys by metadata URL, or why they could not be read. */
  keySources: Readonly<Record<string, KeySource>>;
  target?: TargetFacts;
}
