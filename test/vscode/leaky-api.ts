import { randomBytes } from 'node:crypto';
import { jsonReply } from '../lab/apps/echo.ts';
import type { LabRoute } from '../lab/loopback-server.ts';
import type { Canary } from './canary-search.ts';

/** An API that gives away what it was sent, and secrets of its own. */
export interface LeakyApi {
  route: LabRoute;
  /** Its own secrets. */
  canaries: Canary[];
  /** Of those, the one that stands in every body under a harmless name. */
  noteInBody: string;
}

/** `/leak?status=401`: everything that arrived comes back, in body and headers. */
export function createLeakyApi(): LeakyApi {
  const secret = () => randomBytes(24).toString('hex');
  const own = { note: secret(), client_secret: secret(), password: `${secret()}/+"=` };
  const inHeaders = { cookie: secret(), custom: secret(), description: secret() };
  return {
    noteInBody: own.note,
    canaries: Object.entries({ ...own, ...inHeaders }).map(([name, text]) => ({
      name: `${name} of the API`,
      text,
      marks: [text],
    })),
    async route({ url, method, headers, headerLines, readBody }) {
      if (url.pathname !== '/leak') return undefined;
      const received = { method, url: url.href, headerLines, body: (await readBody()).toString('utf8') };
      const texts = { encoded: Buffer.from(JSON.stringify(received)).toString('base64'), asText: received.url };
      return jsonReply(
        Number(url.searchParams.get('status') ?? 200),
        { received, ...texts, ...own },
        {
          'X-Echo': headerLines.map(([name, value]) => `${name}: ${value}`).join('; '),
          'X-Echo-Authorization': headers.authorization ?? 'none',
          'X-Echo-Url': url.href,
          'X-Custom': inHeaders.custom,
          'Set-Cookie': `session=${inHeaders.cookie}; HttpOnly`,
          'WWW-Authenticate': `Bearer error="invalid_token", error_description="The key is ${inHeaders.description}"`,
        },
      );
    },
  };
}
