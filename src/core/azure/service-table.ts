import { AI_SERVICES } from './ai-services.ts';
import { BUSINESS_SERVICES } from './business-services.ts';
import { DATA_SERVICES } from './data-services.ts';
import { endingsOf } from './host-endings.ts';
import { HOSTING_SERVICES } from './hosting-services.ts';
import { MANAGEMENT_SERVICES } from './management-services.ts';
import { MESSAGING_SERVICES } from './messaging-services.ts';
import { cloudOfDomain } from './microsoft-domains.ts';
import type { AzureCloud, AzureService, ServicePlace } from './service.ts';

const TABLE = {
  ...MANAGEMENT_SERVICES,
  ...DATA_SERVICES,
  ...MESSAGING_SERVICES,
  ...AI_SERVICES,
  ...HOSTING_SERVICES,
  ...BUSINESS_SERVICES,
};

export type AzureServiceId = keyof typeof TABLE;

/** Every service of Microsoft's that this product knows, with its hosts and audiences in each cloud: the one table. */
export const SERVICES: Readonly<Record<AzureServiceId, AzureService>> = TABLE;

export const SERVICE_IDS = Object.keys(TABLE) as AzureServiceId[];

/** A service in one of its clouds. */
export interface PlacedService {
  id: AzureServiceId;
  service: AzureService;
  cloud: AzureCloud;
  /** The clouds whose Entra issues tokens for it. */
  signsInAt: readonly AzureCloud[];
}

const PLACES: readonly (PlacedService & { place: ServicePlace })[] = SERVICE_IDS.flatMap((id) =>
  Object.entries(SERVICES[id].places).map(([cloud, place]) => ({
    ...{ id, service: SERVICES[id], place },
    cloud: cloud as AzureCloud,
    signsInAt: [cloud as AzureCloud, ...(place.signsInAt ?? [])],
  })),
);

/** By host, or by what stands behind the `*.` or `?.`. */
const HOSTS = new Map<string, PlacedService>();
const ENDINGS = new Map<string, PlacedService>();
const PARENTS = new Map<string, PlacedService>();
for (const { place, ...placed } of PLACES)
  for (const host of place.hosts) {
    if (host.startsWith('*.')) ENDINGS.set(host.slice(2), placed);
    else if (host.startsWith('?.')) PARENTS.set(host.slice(2), placed);
    else HOSTS.set(host, placed);
  }

/**
 * The service a host name, in lower case, is of, by the most exact row. Undefined where no service of the table is: also
 * for the bare end of a pattern (`vault.azure.net`), which is nobody's host.
 */
export function serviceAtHost(hostname: string): PlacedService | undefined {
  const below = endingsOf(hostname).find((ending) => ending !== hostname && ENDINGS.has(ending));
  const parent = hostname.slice(hostname.indexOf('.') + 1);
  return HOSTS.get(hostname) ?? PARENTS.get(parent) ?? ENDINGS.get(below ?? '');
}

/** The id of the service at an address; undefined for another address, and for what is no address. */
export function serviceIdAt(url: string | undefined): AzureServiceId | undefined {
  return url !== undefined && URL.canParse(url) ? serviceAtHost(new URL(url).hostname)?.id : undefined;
}

const AUDIENCES: ReadonlyMap<string, readonly PlacedService[]> = groupAudiences();

function groupAudiences(): Map<string, PlacedService[]> {
  const groups = new Map<string, PlacedService[]>();
  for (const { place, ...placed } of PLACES)
    for (const audience of place.audiences) {
      const name = audience.replace(/\/$/, '');
      groups.set(name, [...(groups.get(name) ?? []), placed]);
    }
  return groups;
}

/** Where this resource is an audience, by its address in lower case without a slash at the end: one service, its clouds. */
export function servicesOfAudience(resource: string): readonly PlacedService[] {
  return AUDIENCES.get(resource) ?? [];
}

const ID_BY_APP: ReadonlyMap<string, AzureServiceId> = new Map(
  SERVICE_IDS.flatMap((id) => (SERVICES[id].appIds ?? []).map((appId) => [appId, id])),
);

/** The service whose application id, in lower case, this is. */
export function serviceOfApp(appId: string): AzureServiceId | undefined {
  return ID_BY_APP.get(appId);
}

/**
 * The resources to ask for tokens of a service in a cloud, the usual one first. Only what a source has settled: an
 * unconfirmed one is no advice and refuses nobody. Empty where none is known.
 */
export function audiencesOf(id: AzureServiceId, cloud: AzureCloud): readonly string[] {
  const { audiences = [], unconfirmed = [] } = SERVICES[id].places[cloud] ?? {};
  return audiences.filter((audience) => !unconfirmed.includes(audience));
}

/**
 * The Azure cloud an address is of, by its service, else its domain: `https://vault.usgovcloudapi.net`. Undefined for a
 * domain that is no Azure cloud's, and for what is no address. Source: authentication-national-cloud.
 */
export function cloudOfAddress(address: string): AzureCloud | undefined {
  if (!URL.canParse(address)) return undefined;
  const { hostname } = new URL(address);
  const cloud = serviceAtHost(hostname)?.cloud ?? cloudOfDomain(hostname);
  return cloud === 'closed' ? undefined : cloud;
}
