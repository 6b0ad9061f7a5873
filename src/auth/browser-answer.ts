import { request } from 'node:http';
import { createServer } from 'node:net';

/**
 * Ends a sign-in that waits for the browser: gives MSAL's listener the answer of a user who backed out. It is the only
 * way to make it close its port. Resolves when answered, or when nobody listens any more.
 */
export function answerWithCancel(authorizeUrl: string): Promise<void> {
  const { port, state } = redirectOf(authorizeUrl);
  const body = new URLSearchParams({ error: 'user_canceled', state }).toString();
  return new Promise((resolve) => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body) };
    // By address: `localhost` may be ::1 first, where MSAL does not listen. Without an agent, so no socket stays open.
    const options = { host: '127.0.0.1', port, path: '/', method: 'POST', headers, agent: false };
    const outgoing = request(options, (response) => response.resume().on('close', () => resolve()));
    outgoing.on('error', () => resolve());
    outgoing.end(body);
  });
}

/**
 * Whether another program answers where the browser will be sent: MSAL listens on 127.0.0.1 only, while a browser may
 * take `localhost` for ::1.
 */
export function isAnsweredElsewhere(authorizeUrl: string): Promise<boolean> {
  const { port } = redirectOf(authorizeUrl);
  return new Promise((resolve) => {
    const probe = createServer();
    // Only a taken port counts: a machine without IPv6 fails in other ways.
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'EADDRINUSE'));
    probe.listen({ port, host: '::1', ipv6Only: true }, () => probe.close(() => resolve(false)));
  });
}

function redirectOf(authorizeUrl: string): { port: number; state: string } {
  const { searchParams } = new URL(authorizeUrl);
  const redirectUri = searchParams.get('redirect_uri') ?? '';
  return {
    port: URL.canParse(redirectUri) ? Number(new URL(redirectUri).port) : 0,
    state: searchParams.get('state') ?? '',
  };
}
