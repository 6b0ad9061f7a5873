import type { Exchange } from '../../call/exchange.ts';
import type { Knowledge, TargetKind } from '../facts.ts';

/** A Microsoft service that answers in its own name. */
export type ServiceId = 'keyVault' | 'resourceManager' | 'graph' | 'dataPlane' | 'tokenEndpoint' | 'logicApp';
export type ServiceCloud = 'public' | 'usgov' | 'china';

/** Whether the call went to the service itself. `other`: elsewhere, so an answer of the service's was passed on. */
export type Origin = 'own' | 'unknown' | 'other';

const HOSTS: Record<ServiceId, RegExp> = {
  keyVault: /\.(?:vault|managedhsm)\.(?:azure\.net|azure\.cn|usgovcloudapi\.net)$/,
  resourceManager: /^(?:[a-z0-9-]+\.)?management\.(?:azure\.com|usgovcloudapi\.net|chinacloudapi\.cn)$/,
  graph: /^(?:(?:dod-)?graph\.microsoft\.(?:com|us)|microsoftgraph\.chinacloudapi\.cn|graph\.windows\.net)$/,
  dataPlane:
    /\.(?:(?:blob|dfs|queue|table|file)\.core\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)|servicebus\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)|openai\.azure\.com|cognitiveservices\.azure\.com|azconfig\.io|batch\.azure\.com|documents\.azure\.com|search\.windows\.net)$/,
  tokenEndpoint: /^(?:login|sts)\.[a-z.-]+$|\.(?:b2clogin|ciamlogin)\.com$/,
  logicApp: /\.logic\.azure\.(?:com|us|cn)$/,
};

const KINDS: Record<ServiceId, readonly TargetKind[]> = {
  keyVault: ['keyVault'],
  resourceManager: ['arm'],
  graph: ['graph'],
  dataPlane: ['storage', 'dataPlane'],
  tokenEndpoint: ['tokenEndpoint'],
  logicApp: ['logicApp'],
};

/** Hosts of API Management and App Service: no service answers there in its own name. */
const HOSTS_OF_APPS = /\.(?:azure-api\.net|azurewebsites\.net|azurestaticapps\.net)$/;

/**
 * Where the answer to a call came from, seen from a service. What the user or a setting says of the target counts too,
 * unless the host is one that only somebody else has.
 */
export function originOf({ call }: Exchange, { target }: Knowledge, service: ServiceId): Origin {
  const host = call !== undefined && URL.canParse(call.url) ? new URL(call.url).hostname : undefined;
  const kind = target?.kind;
  const isSaid = kind !== undefined && KINDS[service].includes(kind.value);
  if (host === undefined) return isSaid ? 'own' : 'unknown';
  if (HOSTS[service].test(host)) return 'own';
  const isOfAnother = HOSTS_OF_APPS.test(host) || Object.values(HOSTS).some((pattern) => pattern.test(host));
  return isSaid && !isOfAnother ? 'own' : 'other';
}

/** True for a host that only this service has. */
export function isHostOf(host: string, service: ServiceId): boolean {
  return HOSTS[service].test(host);
}

/**
 * The cloud a service's address or audience belongs to, by its domain: `https://vault.usgovcloudapi.net`. Undefined for
 * a domain that is no Azure cloud's, and for what is no address. Source: authentication-national-cloud.
 */
export function cloudOfAddress(address: string): ServiceCloud | undefined {
  if (!URL.canParse(address)) return undefined;
  const { hostname } = new URL(address);
  if (/(?:^|\.)(?:usgovcloudapi\.net|microsoft\.us|microsoftonline\.us|azure\.us)$/.test(hostname)) return 'usgov';
  if (/(?:^|\.)(?:chinacloudapi\.cn|azure\.cn|microsoftonline\.cn)$/.test(hostname)) return 'china';
  const isPublic =
    /(?:^|\.)(?:azure\.com|azure\.net|windows\.net|microsoft\.com|microsoftonline\.com|azure-api\.net)$/.test(hostname);
  return isPublic ? 'public' : undefined;
}

/** True when both are of an Azure cloud, and not of the same one. */
export function areOfTwoClouds(one: string, other: string): boolean {
  const clouds = [cloudOfAddress(one), cloudOfAddress(other)];
  return clouds.every((cloud) => cloud !== undefined) && clouds[0] !== clouds[1];
}
