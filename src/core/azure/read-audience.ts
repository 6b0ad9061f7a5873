import type { AzureCloud } from './service.ts';
import { type AzureServiceId, SERVICES, serviceOfApp, servicesOfAudience } from './service-table.ts';

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

/** An application id, in lower case. */
export const GUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const APP_ID = new RegExp(`^(?:api://)?(${GUID})$`);
/** A name, a URN, or `scheme://host:port/path` with nothing in it that is read in two ways. */
const PLAIN = /^(?:[\w.-]+|urn(?::[\w.-]+)+|[a-z][a-z0-9+.-]*:\/\/[\w.-]+(?::\d{1,5})?(?:\/[\w.~-]+)*)$/;

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

/** The service that an audience means, by application id or by an address of the table; undefined for any other. */
export function knownAudience({ text, appId }: ReadAudience): MicrosoftAudience | undefined {
  const service = appId === text ? serviceOfApp(appId) : undefined;
  if (service !== undefined) return { name: SERVICES[service].name, service, clouds: [] };
  const places = servicesOfAudience(text);
  const [first] = places;
  return first && { name: first.service.name, service: first.id, clouds: places.map(({ cloud }) => cloud) };
}

function withoutSlashes(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === '/') end--;
  return text.slice(0, end);
}
