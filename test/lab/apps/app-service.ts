import type { LabReply, LabRequest, LabRoute } from '../loopback-server.ts';

/** A site as its front end sees it, with the names of Resource Manager. Members may be changed while it runs. */
export interface AppServiceSite {
  /** Which front end answers: they word a 401 differently. */
  os: 'linux' | 'windows';
  state: 'Running' | 'Stopped';
  clientCertEnabled: boolean;
  siteConfig: {
    /** Addresses that are let in; any when empty. */
    ipSecurityRestrictions: { ipAddress: string; action: 'Allow' }[];
    /** With an origin listed the platform answers preflights itself. */
    cors: { allowedOrigins: string[] };
  };
}

/** A site nothing is set up at: everybody gets through. */
export function openSite(): AppServiceSite {
  return {
    os: 'linux',
    state: 'Running',
    clientCertEnabled: false,
    siteConfig: { ipSecurityRestrictions: [], cors: { allowedOrigins: [] } },
  };
}

/** What App Service looks at before it asks who calls: is the site running, may this address, certificate, origin. */
export function appServiceFront(site: AppServiceSite, app: LabRoute): LabRoute {
  return async (request) => {
    const refusal = refuse(site, request);
    if (refusal) return refusal;
    const { origin } = request.headers;
    const isListed = origin !== undefined && allows(site, origin);
    if (isPreflight(site, request)) return { status: 200, headers: isListed ? grantsOf(request) : {}, body: '' };
    const outcome = await app(request);
    if (!isListed || !outcome || 'do' in outcome) return outcome;
    return { ...outcome, headers: { ...outcome.headers, 'Access-Control-Allow-Origin': origin } };
  };
}

function refuse(site: AppServiceSite, { address, hasClientCertificate }: LabRequest): LabReply | undefined {
  const { ipSecurityRestrictions: restrictions } = site.siteConfig;
  if (site.state === 'Stopped') {
    return page('Site Disabled', 'Error 403 - This web app is stopped.', {
      text: 'The web app you have attempted to reach is currently stopped and does not accept any requests.',
    });
  }
  if (restrictions.length > 0 && !restrictions.some(({ ipAddress }) => ipAddress === address)) {
    return page('Ip Forbidden', 'Error 403 - Forbidden', {
      text: 'The web app you have attempted to reach has blocked your access.',
      headers: { 'x-ms-forbidden-ip': address },
    });
  }
  if (!site.clientCertEnabled || hasClientCertificate) return undefined;
  // What this page says is not documented.
  const body = 'You do not have permission to view this directory or page.';
  return { status: 403, headers: { 'Content-Type': 'text/html' }, body };
}

function page(
  statusText: string,
  title: string,
  { text, headers = {} }: { text: string; headers?: Record<string, string> },
): LabReply {
  const body = `<!DOCTYPE html><html><head><title>Web App - Unavailable</title></head><body><h1>${title}</h1><p>${text}</p></body></html>`;
  return { status: 403, statusText, headers: { 'Content-Type': 'text/html', ...headers }, body };
}

function isPreflight({ siteConfig }: AppServiceSite, { method, headers }: LabRequest): boolean {
  const asks = method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
  return asks && siteConfig.cors.allowedOrigins.length > 0;
}

function allows({ siteConfig }: AppServiceSite, origin: string): boolean {
  const { allowedOrigins } = siteConfig.cors;
  return allowedOrigins.includes('*') || allowedOrigins.includes(origin);
}

function grantsOf({ headers }: LabRequest): Record<string, string> {
  return {
    'Access-Control-Allow-Origin': headers.origin ?? '',
    'Access-Control-Allow-Methods': headers['access-control-request-method'] ?? '',
    'Access-Control-Allow-Headers': headers['access-control-request-headers'] ?? '',
  };
}
