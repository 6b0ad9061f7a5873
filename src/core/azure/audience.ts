import { firstPartyAppName, isFirstPartyApp } from './first-party-apps.ts';
import { cloudOfDomain, isApiAmongCustomers } from './microsoft-domains.ts';
import {
  GUID,
  knownAudience,
  LONGEST_AUDIENCE,
  type MicrosoftAudience,
  type ReadAudience,
  readAudience,
} from './read-audience.ts';
import { type PlacedService, serviceAtHost, serviceOfApp } from './service-table.ts';

const ANY_GUID = new RegExp(`(?<![0-9a-f])${GUID}(?![0-9a-f])`, 'g');
/** `api://host/id`: an application behind a host, as Teams asks for it. */
const APP_BEHIND_HOST = new RegExp(`^api://([\\w.-]+)/${GUID}$`);

/** What tokens that sign in at Entra are for: federated credentials of applications, and of users. */
const SIGN_IN_AUDIENCES = ['azureadtokenexchange', 'urn:federation:microsoftonline'];

/** App ID URIs of first-party APIs that name no host of Microsoft's (SPN). */
const NAMED_WITHOUT_HOST = ['ms-device-service', 'legacystorageprod', 'legacystoragegov', 'seal-sni'];

/**
 * The audience, when it is one of Microsoft's: a row of the table by id or address, an address below Microsoft's domains
 * that is no customer's, a first-party application. What cannot be read surely is Microsoft's as soon as such a name or
 * id stands anywhere in it. Undefined for any other: a customer's own, or one that nobody knows.
 */
export function microsoftAudience(audience: string): MicrosoftAudience | undefined {
  const read = readAudience(audience);
  return knownAudience(read) ?? mentionOf(audience.slice(0, LONGEST_AUDIENCE), read);
}

function mentionOf(audience: string, { text, host, isPlain }: ReadAudience): MicrosoftAudience | undefined {
  const decoded = decodedText(audience);
  const id = (decoded.match(ANY_GUID) ?? []).find(isFirstPartyApp);
  if (id !== undefined) return ofApp(id);
  if (SIGN_IN_AUDIENCES.some((name) => decoded.includes(name))) return { name: 'Microsoft Entra', clouds: [] };
  if (NAMED_WITHOUT_HOST.some((name) => decoded.includes(name))) return { name: text, clouds: [] };
  if (isPlain && isAppOfSite(text)) return undefined;
  if (isPlain && host !== undefined && isMicrosoftHost(host)) return ofHost(host);
  const mentioned = hostsIn(decoded).find(isMicrosoftHost);
  return mentioned === undefined ? undefined : { name: isPlain ? text : mentioned, clouds: [] };
}

function ofApp(id: string): MicrosoftAudience {
  const service = serviceOfApp(id);
  return { name: firstPartyAppName(id) ?? id, clouds: [], ...(service === undefined ? {} : { service }) };
}

function ofHost(host: string): MicrosoftAudience {
  if (isApiAmongCustomers(host)) return { name: host, clouds: [] };
  const placed = serviceAtHost(host);
  return { name: placed ? `${placed.service.name} at ${host}` : host, clouds: [], ownHost: host };
}

/**
 * True for `api://contoso.sharepoint.com/{id}`: an application of the tenant's own that runs in its SharePoint or Teams
 * (https://learn.microsoft.com/microsoftteams/platform/tabs/how-to/authentication/tab-sso-register-aad). Other hosts of
 * Microsoft's stand in such names of first-party APIs, with ids that no list has (SPN): `api://vivasales.dynamics.com/…`.
 */
function isAppOfSite(text: string): boolean {
  const host = APP_BEHIND_HOST.exec(text)?.[1];
  return host !== undefined && serviceAtHost(host)?.id === 'sharePoint';
}

/** Below Microsoft's domains, and not where its customers answer. */
function isMicrosoftHost(host: string): boolean {
  if (isApiAmongCustomers(host)) return true;
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

/** `home`: the service alone answers. `shared`: the service's own host, below which its customers answer too. */
export type Home = 'home' | 'shared' | 'away';

/**
 * Whether an origin is where tokens for this audience belong: the service itself, over https at its usual port, in a
 * cloud of the audience and of the token; or the very host that the audience names. `issuedIn`: the clouds whose Entra may
 * have issued the token, where that is known.
 */
export function homeOf(audience: MicrosoftAudience, origin: string, issuedIn?: readonly string[]): Home {
  const { protocol, hostname, port } = new URL(origin);
  if (protocol !== 'https:' || port !== '') return 'away';
  if (audience.ownHost !== undefined) return isHostOf(audience.ownHost, hostname) ? 'home' : 'away';
  const placed = serviceAtHost(hostname);
  if (!placed || audience.service === undefined) return 'away';
  const takes: readonly string[] = [placed.id, ...(placed.service.alsoTakes ?? [])];
  if (!takes.includes(audience.service) || !isInCloud(placed, audience, issuedIn)) return 'away';
  return HOMES[placed.service.listeners];
}

/** An audience that is the same in several clouds tells nothing of where a token may go: who issued it does. */
function isInCloud({ cloud, signsInAt }: PlacedService, { clouds }: MicrosoftAudience, issuedIn?: readonly string[]) {
  const isOfAudience = clouds.length === 0 || clouds.includes(cloud);
  return isOfAudience && (issuedIn === undefined || signsInAt.some((one) => issuedIn.includes(one)));
}

const HOMES = { microsoft: 'home', mixed: 'shared', customers: 'away' } as const;

/** The host itself, or another at which the service answers for the same resource: `contoso.api.crm4.…` for `contoso.crm4.…`. */
function isHostOf(ownHost: string, hostname: string): boolean {
  if (hostname === ownHost) return true;
  const placed = serviceAtHost(hostname);
  const isSameService = placed?.id !== undefined && placed.id === serviceAtHost(ownHost)?.id;
  const further = isSameService ? (placed.service.furtherHosts ?? []) : [];
  return further.some(([part, instead]) => part.test(hostname) && hostname.replace(part, instead) === ownHost);
}
