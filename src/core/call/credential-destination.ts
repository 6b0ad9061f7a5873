import { ownMember } from '../own-member.ts';
import { readToken } from '../token/read-token.ts';
import { microsoftApiOf } from '../token/well-known-apps.ts';
import type { Header } from './call.ts';
import { isSecretHeader, isSecretParameter } from './secret-names.ts';

/** Hosts of the services themselves; `*.azure.com` and `*.windows.net` hold everybody's machines and stores too. */
const MICROSOFT_API_HOSTS: readonly RegExp[] = [
  /^graph\.microsoft\.(com|us)$/,
  /^management\.(azure\.com|usgovcloudapi\.net|chinacloudapi\.cn)$/,
  /^[a-z0-9-]+\.vault\.(azure\.(net|cn)|usgovcloudapi\.net)$/,
];

/** True for the origin of Microsoft Graph, Resource Manager or a Key Vault, in any cloud: what first-party tokens are for. */
export function isMicrosoftApiHost(origin: string): boolean {
  const { hostname } = new URL(origin);
  return MICROSOFT_API_HOSTS.some((host) => host.test(hostname));
}

/** Domains in which only Microsoft names services and its customers' stores: nobody's own API is called by an address there. */
const SERVICE_DOMAINS: readonly string[] = [
  ...['azure.net', 'azure.com', 'windows.net', 'azure.cn', 'usgovcloudapi.net', 'chinacloudapi.cn'],
  ...[
    'microsoft.com',
    'microsoft.us',
    'office.com',
    'office365.com',
    'office365.us',
    'sharepoint.com',
    'sharepoint.us',
  ],
  ...['dynamics.com', 'powerbi.com', 'visualstudio.com', 'loganalytics.io', 'applicationinsights.io', 'azconfig.io'],
];

/** Services whose hosts have another domain than the name their tokens are asked for by. */
const HOST_DOMAINS: Readonly<Record<string, string>> = {
  'servicebus.azure.net': 'servicebus.windows.net',
  'cosmos.azure.com': 'documents.azure.com',
  'search.azure.com': 'search.windows.net',
  'batch.core.windows.net': 'batch.azure.com',
  'appconfig.azure.com': 'azconfig.io',
};

/**
 * Host of the Microsoft service that one of these audiences (or resources of scopes) names by its address, such as a storage
 * account, unless `origin` is of that service: the very host, or one below it. Machines of customers are no services.
 */
export function foreignServiceIn(audiences: readonly string[], origin: string): string | undefined {
  const below = `.${new URL(origin).hostname}`;
  return audiences.map(hostIn).find((host) => {
    if (!isServiceHost(host) || below.endsWith(`.${host}`)) return false;
    const domain = ownMember(HOST_DOMAINS, host);
    return domain === undefined || !below.endsWith(`.${domain}`);
  });
}

function hostIn(audience: string): string {
  const address = audience.replace(/^spn:/i, '');
  return /^https?:/i.test(address) && URL.canParse(address) ? new URL(address).hostname : '';
}

function isServiceHost(host: string): boolean {
  return !host.split('.').includes('cloudapp') && SERVICE_DOMAINS.some((domain) => `.${host}`.endsWith(`.${domain}`));
}

/** The audiences that a token names; none of a text that is no token. */
export function audiencesOfToken(raw: string): string[] {
  const aud = readToken(raw).payload?.aud;
  return (Array.isArray(aud) ? aud : [aud]).filter((one) => typeof one === 'string');
}

/** Name of the Microsoft API a token is for, by its `aud`; undefined for another API's, and for text that is no token. */
export function microsoftApiOfToken(raw: string): string | undefined {
  return audiencesOfToken(raw)
    .map(microsoftApiOf)
    .find((api) => api !== undefined);
}

/** True when a request brings a credential by itself: in a header or parameter of a name that stands for secrets. */
export function hasTypedCredential({ headers, url }: { headers: readonly Header[]; url: string }): boolean {
  const parameters = URL.canParse(url) ? [...new URL(url).searchParams.keys()] : [];
  return headers.some(({ name }) => isSecretHeader(name)) || parameters.some(isSecretParameter);
}

/** The host that a URL would be sent to over plain http, readable on the way; undefined for https and for this machine. */
export function plainHttpHost(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, hostname } = new URL(url);
  const isLoopback = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
  return protocol === 'http:' && !isLoopback ? hostname : undefined;
}
