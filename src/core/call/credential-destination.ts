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

/** Name of the Microsoft API a token is for, by its `aud`; undefined for another API's, and for text that is no token. */
export function microsoftApiOfToken(raw: string): string | undefined {
  const aud = readToken(raw).payload?.aud;
  return (Array.isArray(aud) ? aud : [aud])
    .map((one) => (typeof one === 'string' ? microsoftApiOf(one) : undefined))
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
