/** True for a host name, as `URL` gives it, that is this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

/** The host that a URL would be sent to over plain http, readable on the way; undefined for https and for this machine. */
export function plainHttpHost(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !isLoopback(hostname) ? hostname : undefined;
}
