import { ownMember } from '../../own-member.ts';
import { isGuid } from '../../token/issuer-shape.ts';
import type { EasyAuthFacts } from '../facts.ts';

const ACTIONS: Readonly<Record<string, NonNullable<EasyAuthFacts['unauthenticatedAction']>>> = {
  redirecttologinpage: 'redirectToLoginPage',
  allowanonymous: 'allowAnonymous',
  return401: 'return401',
  return403: 'return403',
  return404: 'return404',
};
const TENANT = /^https:\/\/[^/]+\/([0-9a-f-]{36})(?:\/|$)/i;
const MOST_ENTRIES = 500;

/**
 * authsettingsV2 of an app, as Resource Manager, a template or a file gives them (with or without `properties`), or a few
 * of its members by themselves. Members of another type than documented are left out; nothing throws. `isWhole` only
 * where platform and globalValidation are both there: then what is absent has its default. Source: functions-easyauth.md §4.
 */
export function readEasyAuthSettings(value: unknown): EasyAuthFacts {
  const outer = objectOf(value);
  const settings = objectOf(outer.properties ?? outer);
  const platform = objectOf(settings.platform);
  const validation = objectOf(settings.globalValidation);
  const providers = objectOf(settings.identityProviders);
  const isWhole = settings.platform !== undefined && settings.globalValidation !== undefined;
  const entra = objectOf(providers.azureActiveDirectory);
  const enabled = providerNames(providers);
  return defined<EasyAuthFacts>({
    isWhole: isWhole ? true : undefined,
    enabled: booleanOf(platform.enabled) ?? booleanOf(settings.enabled),
    requireAuthentication: booleanOf(validation.requireAuthentication) ?? booleanOf(settings.requireAuthentication),
    unauthenticatedAction: actionOf(validation.unauthenticatedClientAction ?? settings.unauthenticatedClientAction),
    excludedPaths: textsOf(validation.excludedPaths ?? settings.excludedPaths),
    providers: enabled.length > 0 ? enabled : undefined,
    ...entraFacts(entra),
    ...classicFacts(settings),
  });
}

function entraFacts(entra: Readonly<Record<string, unknown>>): Partial<Record<keyof EasyAuthFacts, unknown>> {
  const registration = objectOf(entra.registration);
  const validation = objectOf(entra.validation);
  const policy = objectOf(validation.defaultAuthorizationPolicy);
  const principals = objectOf(policy.allowedPrincipals);
  const issuer = textOf(registration.openIdIssuer);
  return {
    clientId: textOf(registration.clientId),
    issuer,
    tenant: tenantOfIssuer(issuer),
    allowedAudiences: textsOf(validation.allowedAudiences),
    allowedApplications: textsOf(policy.allowedApplications),
    allowedIdentities: textsOf(principals.identities),
    allowedGroups: textsOf(principals.groups),
  };
}

/** `aadClaimsAuthorization` of the first version of the settings: a text of JSON. An empty list admits nobody. */
function classicFacts(settings: Readonly<Record<string, unknown>>): Partial<Record<keyof EasyAuthFacts, unknown>> {
  const text = textOf(settings.aadClaimsAuthorization);
  if (text === undefined) return {};
  const claims = objectOf(jsonOf(text));
  const applications = textsOf(claims.allowed_client_applications);
  const groups = textsOf(claims.allowed_groups);
  return {
    ...(applications ? { allowedApplications: applications } : {}),
    ...(groups ? { allowedGroups: groups } : {}),
  };
}

function providerNames(providers: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(providers).flatMap(([name, settings]) =>
    objectOf(settings).enabled === false || typeof settings !== 'object' ? [] : [name],
  );
}

function actionOf(value: unknown): EasyAuthFacts['unauthenticatedAction'] {
  return typeof value === 'string' ? ownMember(ACTIONS, value.toLowerCase()) : undefined;
}

function tenantOfIssuer(issuer: string | undefined): string | undefined {
  const id = TENANT.exec(issuer ?? '')?.[1] ?? '';
  return isGuid(id) ? id.toLowerCase() : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function booleanOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function textsOf(value: unknown): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.filter((entry): entry is string => typeof entry === 'string').slice(0, MOST_ENTRIES);
}

function defined<T>(members: Partial<Record<keyof T, unknown>>): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}
