import { randomBytes } from 'node:crypto';
import { emptyReply } from '../apps/echo.ts';
import { forward } from '../gateway/forward.ts';
import { withHeader } from '../gateway/gateway-call.ts';
import type { LabRoute } from '../loopback-server.ts';

/** A Static Web App with a linked function app. Members may be changed while it runs. */
export interface StaticWebApp {
  /** Of the linked app. */
  backendUrl: string;
  /** `routes[].allowedRoles` of staticwebapp.config.json is `authenticated` for these paths. */
  protectedPaths: string[];
}

/** Passes `/api` on to the linked app, with a token of its own where the caller's stood. */
export function staticWebAppRoute(app: StaticWebApp): LabRoute {
  const token = randomBytes(24).toString('base64url');
  return async (request) => {
    const { url, headers, headerLines, method } = request;
    if (!url.pathname.startsWith('/api/')) return emptyReply(404);
    const isSignedIn = /StaticWebAppsAuthCookie=/.test(headers.cookie ?? '');
    if (app.protectedPaths.includes(url.pathname) && !isSignedIn) return emptyReply(401);
    const call = { method, url, headerLines, address: request.address, apiId: 'swa' };
    const marked = withHeader(withHeader(call, 'Authorization', `Bearer ${token}`), 'x-ms-auth-token', token);
    const target = new URL(`${app.backendUrl}${url.pathname}${url.search}`);
    return forward(marked, target, await request.readBody(), request.signal);
  };
}
