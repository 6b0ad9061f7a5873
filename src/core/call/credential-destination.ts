import type { Header } from './call.ts';
import { isSecretHeader, isSecretParameter } from './secret-names.ts';

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
