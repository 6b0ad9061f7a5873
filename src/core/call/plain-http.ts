/** The host that a URL would be sent to over plain http, readable on the way; undefined for https and for this machine. */
export function plainHttpHost(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, hostname } = new URL(url);
  const isLoopback = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
  return protocol === 'http:' && !isLoopback ? hostname : undefined;
}
