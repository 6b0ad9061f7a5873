import { FIRST_PARTY_APPS, isFirstPartyApp } from './first-party-apps.ts';
import { cloudOfDomain } from './microsoft-domains.ts';
import type { AzureCloud } from './service.ts';
import { type AzureServiceId, SERVICES, serviceAtHost, serviceOfApp, servicesOfAudience } from './service-table.ts';

/** An audience, or the resource of a scope, as it is compared. */
export interface ReadAudience {
  /** In lower case, without `spn:` in front, a port 443, a dot behind the host or slashes at the end. */
  text: string;
  /** Written as App ID URIs and ids are. What is not may be read in another way by somebody else. */
  isPlain: boolean;
  /** The application id that it is, alone or behind `api://`. */
  appId?: string;
  /** Of an address. */
  host?: string;
}

const GUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const APP_ID = new RegExp(`^(?:api://)?(${GUID})$`);
const ANY_GUID = new RegExp(`(?<![0-9a-f])${GUID}(?![0-9a-f])`, 'g');
/** A name, a URN, or `scheme://host:port/path` with nothing in it that is read in two ways. */
const PLAIN = /^(?:[\w.-]+|urn(?::[\w.-]+)+|[a-z][a-z0-9+.-]*:\/\/[\w.-]+(?::\d{1,5})?(?:\/[\w.~-]+)*)$/;

/** What tokens that sign in at Entra are for: federated credentials of applications, and of users. */
const SIGN_IN_AUDIENCES = ['azureadtokenexchange', 'urn:federation:microsoftonline'];

/** Characters of an App ID URI, at most: what is longer is judged by its beginning, is nobody's own, and never remembered. */
export const LONGEST_AUDIENCE = 2_048;

/** Reads an audience as Entra compares them, and keeps whether that was sure. */
export function readAudience(audience: string): ReadAudience {
  const text = withoutSlashes(audience.toLowerCase().replace(/^spn:/, '')).replace(
    /^(https:\/\/[^/:]+?)\.?(?::443)?(?=\/|$)/,
    '$1',
  );
  const appId = APP_ID.exec(text)?.[1];
  const host = /^https?:\/\/([\w.-]+)(?=\/|$)/.exec(text)?.[1];
  return {
    text,
    isPlain: audience.length <= LONGEST_AUDIENCE && PLAIN.test(text) && !text.includes('..'),
    ...(appId === undefined ? {} : { appId }),
    ...(host === undefined ? {} : { host }),
  };
}

/** An audience of Microsoft's own. */
export interface MicrosoftAudience {
  /** For a user: the service's name, else the address or id. */
  name: string;
  service?: AzureServiceId;
  /** Clouds whose services have it. Empty: it names none. */
  clouds: readonly AzureCloud[];
  /** Of one resource alone: the host that it names. */
  ownHost?: string;
}

/**
 * The audience, when it is one of Microsoft's: a row of the table by id or address, an address below Microsoft's domains
 * that is no customer's, a first-party application. What cannot be read surely is Microsoft's as soon as such a name or
 * id stands anywhere in it. Undefined for any other: a customer's own, or one that nobody knows.
 */
export function microsoftAudience(audience: string): MicrosoftAudience | undefined {
  const read = readAudience(audience);
  return knownAudience(read) ?? mentionOf(audience.slice(0, LONGEST_AUDIENCE), read);
}

/** The service that an audience means, by application id or by an address of the table; undefined for any other. */
export function knownAudience({ text, appId }: ReadAudience): MicrosoftAudience | undefined {
  const service = appId === text ? serviceOfApp(appId) : undefined;
  if (service !== undefined) return { name: SERVICES[service].name, service, clouds: [] };
  const places = servicesOfAudience(text);
  const [first] = places;
  return first && { name: first.service.name, service: first.id, clouds: places.map(({ cloud }) => cloud) };
}

function mentionOf(audience: string, { text, host, isPlain }: ReadAudience): MicrosoftAudience | undefined {
  const decoded = decodedText(audience);
  const id = (decoded.match(ANY_GUID) ?? []).find((guid) => serviceOfApp(guid) !== undefined || isFirstPartyApp(guid));
  if (id !== undefined) return ofApp(id);
  if (SIGN_IN_AUDIENCES.some((name) => decoded.includes(name))) return { name: 'Microsoft Entra', clouds: [] };
  if (isPlain && host !== undefined && isMicrosoftHost(host)) return ofHost(host);
  const mentioned = hostsIn(decoded).find(isMicrosoftHost);
  return mentioned === undefined ? undefined : { name: isPlain ? text : mentioned, clouds: [] };
}

function ofApp(id: string): MicrosoftAudience {
  const service = serviceOfApp(id);
  const name =
    service === undefined ? (FIRST_PARTY_APPS[id] ?? `Microsoft's application ${id}`) : SERVICES[service].name;
  return { name, clouds: [], ...(service === undefined ? {} : { service }) };
}

function ofHost(host: string): MicrosoftAudience {
  const placed = serviceAtHost(host);
  return { name: placed ? `${placed.service.name} at ${host}` : host, clouds: [], ownHost: host };
}

/** Below Microsoft's domains, and not where its customers answer. */
function isMicrosoftHost(host: string): boolean {
  const placed = serviceAtHost(host);
  if (placed) return placed.service.listeners !== 'customers';
  return cloudOfDomain(host) !== undefined;
}

/** Whatever looks like a host name in a text. */
function hostsIn(text: string): string[] {
  return text.match(/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?/g) ?? [];
}

/** As the most lenient reader would see it: percent signs decoded, wide letters narrow, invisible ones gone. */
function decodedText(text: string): string {
  let decoded = text;
  for (let round = 0; round < 3; round++)
    decoded = decoded.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return decoded
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/[。｡]/g, '.')
    .toLowerCase();
}

function withoutSlashes(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === '/') end--;
  return text.slice(0, end);
}

/** `home`: the service alone answers. `shared`: the service's own host, below which its customers answer too. */
export type Home = 'home' | 'shared' | 'away';

/**
 * Whether an origin is where tokens for this audience belong: the service itself, over https at its usual port, in a
 * cloud of the audience; or the very host that the audience names. `cloud`: the one whose Entra issued the token, where
 * that is known; it counts where the audience names none.
 */
export function homeOf(audience: MicrosoftAudience, origin: string, cloud?: string): Home {
  const { protocol, hostname, port } = new URL(origin);
  if (protocol !== 'https:' || port !== '') return 'away';
  if (audience.ownHost !== undefined) return isHostOf(audience.ownHost, hostname) ? 'home' : 'away';
  const placed = serviceAtHost(hostname);
  if (!placed || audience.service === undefined) return 'away';
  const takes: readonly string[] = [placed.id, ...(placed.service.alsoTakes ?? [])];
  const clouds: readonly string[] =
    audience.clouds.length > 0 ? audience.clouds : cloud === undefined ? [placed.cloud] : [cloud];
  if (!takes.includes(audience.service) || !clouds.includes(placed.cloud)) return 'away';
  return HOMES[placed.service.listeners];
}

const HOMES = { microsoft: 'home', mixed: 'shared', customers: 'away' } as const;

/** The host itself, or the one at which the same organisation's Dataverse has its Web API: `contoso.api.crm4.…`. */
function isHostOf(ownHost: string, hostname: string): boolean {
  if (hostname === ownHost) return true;
  return (
    serviceAtHost(ownHost)?.id === 'dataverse' && hostname === ownHost.replace(/^([\w-]+)\.(?=crm\d*\.)/, '$1.api.')
  );
}
