import * as v from 'valibot';
import { isGuid } from '../token/issuer-shape.ts';
import { withoutEnd } from '../without-end.ts';
import {
  type AcceptedPermissions,
  type ApiProfile,
  type Operation,
  type ProfileOrigin,
  VALIDATORS,
} from './api-profile.ts';
import { type Authority, authorityOfUrl, isTenantName, normaliseTenant } from './authority.ts';
import { CLOUD_IDS, type Cloud, cloudOf, cloudOfHost } from './clouds.ts';
import type { Identity } from './identity.ts';
import { identityShape, readIdentity, type WrittenIdentity } from './parse-identity.ts';

/** A fault in a setting: where (`orders-dev.tokenVersions.0`) and what to do about it. Holds no value of the setting. */
export interface SettingFault {
  path: string;
  text: string;
}

export type ParsedProfile = { ok: true; profile: ApiProfile } | { ok: false; faults: SettingFault[] };

const TEXT = 'must be a text';
const NOT_A_GUID = 'must be a GUID such as 00000000-0000-0000-0000-000000000000';
const NOT_EMPTY = 'must not be empty; leave it out when it is not known';

const text = v.pipe(v.string(TEXT), v.trim(), v.minLength(1, NOT_EMPTY));
const texts = v.array(text, 'must be a list of texts');
const scopes = v.array(
  v.pipe(
    text,
    v.check(
      (scope) => !scope.includes('://'),
      'must be the short name as in scp, such as Orders.Read, without api://…/',
    ),
  ),
  'must be a list of texts',
);
const ALTERNATIVE = 'must be an object with "scopes", "roles" or both';
const guid = v.pipe(text, v.check(isGuid, NOT_A_GUID));
const guids = v.array(guid, 'must be a list of GUIDs');
const httpsUrl = v.pipe(
  text,
  v.check(isHttps, 'must be an https URL without user name, password or fragment'),
  v.transform((url) => withoutEnd(url, '/')),
);
const tenant = v.pipe(
  text,
  v.check(
    isTenantName,
    'must be a GUID, a domain such as contoso.onmicrosoft.com, or organizations, common, consumers',
  ),
);
const cloud = v.pipe(
  text,
  v.check(
    (value) => cloudOf(value) !== undefined || isLoginBase(value),
    `must be one of ${CLOUD_IDS.join(', ')}, or the https login base of another Entra, without a path`,
  ),
);
const tokenVersions = v.array(v.picklist([1, 2] as const, 'must be 1 or 2'), 'must be a list such as [2]');
const accepts = v.array(
  v.pipe(
    v.strictObject({ scopes: v.optional(scopes), roles: v.optional(texts) }, ALTERNATIVE),
    v.check(({ scopes: wanted, roles }) => wanted !== undefined || roles !== undefined, ALTERNATIVE),
    v.check(asksForSomething, 'must name a scope or a role: an empty list grants nothing'),
  ),
  'must be a list such as [{ "scopes": ["Orders.Read"] }]',
);
const clockSkewSec = v.pipe(
  v.number('must be a number of seconds'),
  v.minValue(0, 'must not be negative'),
  v.maxValue(86_400, 'must not be more than a day'),
);

const validator = v.picklist([...VALIDATORS, 'unknown'] as const, `must be ${VALIDATORS.join(', ')} or unknown`);

const webUrl = v.pipe(
  text,
  v.check(isWebUrl, 'must be an http or https URL without user name, password, query or fragment'),
  v.transform((url) => withoutEnd(url, '/')),
);
const target = v.picklist(
  ['auto', 'functions', 'appService', 'apim', 'keyVault', 'arm', 'graph', 'other'] as const,
  'must be auto, functions, appService, apim, keyVault, arm, graph or other',
);
const authLevel = v.picklist(['anonymous', 'function', 'admin'] as const, 'must be anonymous, function or admin');
const headerName = v.pipe(
  text,
  v.regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'must be the name of a header'),
  v.check(
    (name) => !/^(host|authorization|cookie|content-length)$/i.test(name),
    'must not be a header with a meaning of its own',
  ),
);
const filePath = v.pipe(
  text,
  v.check(isInsideFolder, 'must be the path of a file in the workspace folder, such as policies/orders.xml'),
);
const textByName = v.record(v.string(), v.string(TEXT), 'must be an object of texts by name');
const operation = v.strictObject(
  {
    name: text,
    method: v.pipe(text, v.toUpperCase(), v.regex(/^[A-Z]+$/, 'must be a method such as GET')),
    path: v.pipe(text, v.startsWith('/', 'must begin with /')),
    headers: v.optional(textByName),
    query: v.optional(textByName),
    body: v.optional(v.string(TEXT)),
    authLevel: v.optional(authLevel),
    accepts: v.optional(accepts),
    policy: v.optional(filePath),
    easyAuth: v.optional(filePath),
  },
  'must be an object with "name", "method" and "path"',
);

const profileShape = v.strictObject(
  {
    tenant: v.optional(tenant),
    cloud: v.optional(cloud),
    authority: v.optional(httpsUrl),
    metadata: v.optional(httpsUrl),
    issuers: v.optional(texts),
    allowedTenants: v.optional(guids),
    tokenVersions: v.optional(tokenVersions),
    appId: v.optional(guid),
    appIdUri: v.optional(text),
    audiences: v.optional(texts),
    accepts: v.optional(accepts),
    allowedClients: v.optional(texts),
    validator: v.optional(validator),
    clockSkewSec: v.optional(clockSkewSec),
    identities: v.optional(v.record(v.string(), identityShape, 'must be an object of identities by name')),
    baseUrl: v.optional(webUrl),
    origins: v.optional(v.array(webUrl, 'must be a list of origins such as https://contoso.azure-api.net')),
    target: v.optional(target),
    behind: v.optional(target),
    authLevel: v.optional(authLevel),
    subscriptionKey: v.optional(
      v.strictObject(
        { header: v.optional(headerName), query: v.optional(text) },
        'must be an object with "header", "query" or both',
      ),
    ),
    operations: v.optional(v.array(operation, 'must be a list of operations')),
    policy: v.optional(filePath),
    easyAuth: v.optional(filePath),
    shareWithOtherExtensions: v.optional(v.boolean('must be true or false')),
  },
  'is not a member of an API profile; see the help of why401.apis for the names',
);

/**
 * Reads one entry of `why401.apis`. All faults are reported, each with its path; a profile with a fault is not used,
 * since half a profile would judge by half the rules. An empty list says as little as an absent one: unknown.
 */
export function parseApiProfile(name: string, value: unknown, origin: ProfileOrigin): ParsedProfile {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, faults: [{ path: name, text: 'must be an object' }] };
  }
  if (/\p{Cc}/u.test(name))
    return { ok: false, faults: [{ path: 'a profile', text: 'must not have control characters in its name' }] };
  const parsed = v.safeParse(profileShape, value);
  if (!parsed.success) return { ok: false, faults: parsed.issues.map((issue) => faultOf(name, issue)) };
  const settings = parsed.output;
  const authority = chooseAuthority(settings);
  if (typeof authority === 'string') return { ok: false, faults: [{ path: name, text: authority }] };
  const faults = authority.kind === 'entra' ? findClientFaults(name, settings.allowedClients ?? []) : [];
  const identities = readIdentities(settings.identities, { origin, authority, appId: settings.appId }, (fault) =>
    faults.push({ ...fault, path: `${name}.identities.${fault.path}` }),
  );
  if (settings.shareWithOtherExtensions && origin !== 'user') {
    faults.push({ path: `${name}.shareWithOtherExtensions`, text: 'may stand in your user settings only' });
  }
  if (faults.length > 0) return { ok: false, faults };
  return {
    ok: true,
    profile: {
      name,
      origin,
      authority,
      ...given('issuers', settings.issuers),
      ...given('allowedTenants', settings.allowedTenants),
      ...given('tokenVersions', settings.tokenVersions),
      ...given('appId', settings.appId),
      ...given('appIdUri', settings.appIdUri),
      ...given('audiences', settings.audiences),
      ...given('accepts', settings.accepts?.map(alternativeOf)),
      ...given('allowedClients', settings.allowedClients),
      ...given('validator', settings.validator === 'unknown' ? undefined : settings.validator),
      ...given('clockSkewSec', settings.clockSkewSec),
      ...given('identities', identities),
      ...given('baseUrl', settings.baseUrl),
      ...given('origins', settings.origins),
      ...given('target', settings.target === 'auto' ? undefined : settings.target),
      ...given('behind', settings.behind === 'auto' ? undefined : settings.behind),
      ...given('authLevel', settings.authLevel),
      ...given('subscriptionKey', settings.subscriptionKey && defined(settings.subscriptionKey)),
      ...given('policy', settings.policy),
      ...given('easyAuth', settings.easyAuth),
      ...given('operations', settings.operations?.map(operationOf)),
      ...(settings.shareWithOtherExtensions ? { isShared: true as const } : {}),
    },
  };
}

/** The profile that `why401.tenant` and `why401.cloud` alone amount to. */
export function parseTenantProfile(
  tenantSetting: unknown,
  cloudSetting: unknown,
  origin: ProfileOrigin,
): ParsedProfile {
  const faults: SettingFault[] = [];
  for (const [path, schema, value] of [
    ['tenant', tenant, tenantSetting],
    ['cloud', cloud, cloudSetting],
  ] as const) {
    const parsed = v.safeParse(schema, value);
    if (!parsed.success) faults.push({ path, text: parsed.issues[0].message });
  }
  if (faults.length > 0) return { ok: false, faults };
  const authority = entraAuthority(String(tenantSetting).trim(), String(cloudSetting).trim());
  return { ok: true, profile: { origin, authority } };
}

/** Reads `why401.clockSkewSec`: seconds, or null for "not known". */
export function parseClockSkew(value: unknown): { ok: true; seconds?: number } | { ok: false; text: string } {
  if (value === null || value === undefined) return { ok: true };
  const parsed = v.safeParse(clockSkewSec, value);
  return parsed.success ? { ok: true, seconds: parsed.output } : { ok: false, text: parsed.issues[0].message };
}

function readIdentities(
  written: Readonly<Record<string, WrittenIdentity>> | undefined,
  profile: Parameters<typeof readIdentity>[1],
  report: (fault: SettingFault) => void,
): Record<string, Identity> | undefined {
  if (!written) return undefined;
  const entries = Object.entries(written).flatMap(([name, entry]) => {
    const outcome = readIdentity(entry, profile, written);
    if (outcome.ok) return [[name, outcome.identity] as const];
    report({ path: `${name}.${outcome.path}`, text: outcome.text });
    return [];
  });
  return Object.fromEntries(entries);
}

/** Entra's clients are GUIDs; another issuer may name them as it likes. */
function findClientFaults(name: string, clients: readonly string[]): SettingFault[] {
  return clients.flatMap((client, position) =>
    isGuid(client) ? [] : [{ path: `${name}.allowedClients.${position}`, text: NOT_A_GUID }],
  );
}

interface AuthoritySettings {
  tenant?: string | undefined;
  cloud?: string | undefined;
  authority?: string | undefined;
  metadata?: string | undefined;
}

function chooseAuthority(settings: AuthoritySettings): Authority | string {
  if (settings.authority !== undefined) {
    if (settings.tenant !== undefined || settings.cloud !== undefined) {
      return 'says who issues the tokens twice: give either "authority", or "tenant" with "cloud"';
    }
    return authorityOfUrl(settings.authority, settings.metadata);
  }
  if (settings.tenant === undefined) return 'does not say who issues the tokens: give "tenant" or "authority"';
  return entraAuthority(settings.tenant, settings.cloud ?? 'public', settings.metadata);
}

function entraAuthority(tenantName: string, cloudSetting: string, metadata?: string): Authority {
  const known = cloudOfSetting(cloudSetting);
  return {
    kind: 'entra',
    tenant: normaliseTenant(tenantName),
    ...(known
      ? { loginBase: `https://${known.loginHost}`, cloud: known.id }
      : { loginBase: new URL(cloudSetting).origin }),
    ...(metadata === undefined ? {} : { metadata }),
  };
}

/** A cloud by its id, or by one of its login hosts however that is written: the same cloud in either way. */
function cloudOfSetting(setting: string): Cloud | undefined {
  return cloudOf(setting) ?? cloudOfHost(withoutEnd(new URL(setting).host, '.'));
}

type WrittenAlternative = { scopes?: string[] | undefined; roles?: string[] | undefined };

function alternativeOf({ scopes = [], roles = [] }: WrittenAlternative): AcceptedPermissions {
  return { scopes, roles };
}

/** One that names neither list has a fault of its own. */
function asksForSomething({ scopes, roles }: WrittenAlternative): boolean {
  return (scopes ?? roles) === undefined || [scopes, roles].some((names) => names !== undefined && names.length > 0);
}

function operationOf({ accepts: alternatives, ...settings }: v.InferOutput<typeof operation>): Operation {
  const accepted = alternatives?.map(alternativeOf);
  return { ...defined(settings), ...given('accepts', accepted) };
}

/** Without the members that are undefined. */
function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as never;
}

function given<K extends string, T>(name: K, value: T | undefined): { [key in K]?: T } {
  const isUnknown = value === undefined || (Array.isArray(value) && value.length === 0);
  return (isUnknown ? {} : { [name]: value }) as { [key in K]?: T };
}

function faultOf(name: string, issue: v.BaseIssue<unknown>): SettingFault {
  return { path: [name, v.getDotPath(issue)].filter(Boolean).join('.'), text: issue.message };
}

function isHttps(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password, hash } = new URL(value);
  return protocol === 'https:' && username === '' && password === '' && hash === '';
}

/** Relative, with slashes, and not out of the folder again: a workspace may not have other files read. */
function isInsideFolder(path: string): boolean {
  return !/^[/\\~]|^[A-Za-z][A-Za-z0-9+.-]*:|\\/.test(path) && !path.split('/').includes('..');
}

function isWebUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password, search, hash } = new URL(value);
  return /^https?:$/.test(protocol) && username + password + search + hash === '';
}

function isLoginBase(value: string): boolean {
  if (!isHttps(value)) return false;
  const { pathname, search } = new URL(value);
  return pathname === '/' && search === '';
}
