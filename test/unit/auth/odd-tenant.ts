import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createCertificateAuthority } from '../../lab/certificate-authority.ts';

/** A tenant that keeps to the RFCs and MSAL's needs and else to nothing: see {@link startOddTenant}. */
export interface OddTenant {
  authority: string;
  caPem: string;
  /** Grants it was asked for, in order. */
  grants: string[];
  /** The next answer of its token endpoint, instead of tokens. */
  refuseWith: object | undefined;
  stop(): Promise<void>;
}

export const ODD_SECRET = 'odd secret & more';

/**
 * Unlike the practice tenant wherever a server may be: named by a word, another host name, comes back by a redirect with
 * the code in the address, opaque access tokens, no client_info, no correlation ids, times as text, no polling interval,
 * errors without numbers, and no refresh token for device codes.
 */
export async function startOddTenant(): Promise<OddTenant> {
  const ca = await createCertificateAuthority();
  const { certPem: cert, keyPem: key } = await ca.issueServerCertificate(['localhost', '127.0.0.1']);
  const codes = new Map<string, string>();
  let polls = 0;
  const tenant: OddTenant = { authority: '', caPem: ca.caPem, grants: [], refuseWith: undefined, stop };
  const server = createServer({ cert, key }, (request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `https://localhost:${(server.address() as AddressInfo).port}`;
  tenant.authority = `${origin}/acme`;
  return tenant;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', origin);
    if (url.pathname.endsWith('/.well-known/openid-configuration')) return json(response, 200, metadata());
    if (url.pathname === '/acme/login') return comeBack(url.searchParams, response);
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const form = new URLSearchParams(body);
    // MSAL makes this address of that of the token endpoint, whatever the metadata says.
    if (url.pathname === '/acme/devicecodes') return json(response, 200, deviceCode());
    if (url.pathname === '/acme/tokens') return json(response, ...tokens(form));
    response.writeHead(404).end();
  }

  function metadata(): object {
    return {
      issuer: `${origin}/acme/v2.0`,
      authorization_endpoint: `${origin}/acme/login`,
      token_endpoint: `${origin}/acme/tokens`,
      device_authorization_endpoint: `${origin}/acme/devicecodes`,
      jwks_uri: `${origin}/acme/keys`,
    };
  }

  function comeBack(asked: URLSearchParams, response: ServerResponse): void {
    const code = randomBytes(8).toString('hex');
    codes.set(code, asked.get('code_challenge') ?? '');
    const location = new URL(asked.get('redirect_uri') ?? '');
    location.search = new URLSearchParams({ state: asked.get('state') ?? '', code }).toString();
    response.writeHead(303, { Location: location.href }).end();
  }

  function deviceCode(): object {
    polls = 0;
    const verification_uri = `${origin}/acme/enter`;
    return { device_code: randomBytes(20).toString('hex'), user_code: 'ABC', verification_uri, expires_in: '600' };
  }

  function tokens(form: URLSearchParams): [status: number, body: object] {
    const grant = form.get('grant_type') ?? '';
    tenant.grants.push(grant);
    if (tenant.refuseWith) return [400, tenant.refuseWith];
    if (grant === 'client_credentials') {
      const isRight = form.get('client_secret') === ODD_SECRET;
      return isRight ? [200, accessToken()] : [401, { error: 'invalid_client' }];
    }
    if (form.has('device_code')) {
      return polls++ === 0 ? [400, { error: 'authorization_pending' }] : [200, withIdToken()];
    }
    if (grant === 'refresh_token') return [200, withIdToken()];
    const challenge = codes.get(form.get('code') ?? '');
    const shown = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (challenge !== shown) return [400, { error: 'invalid_grant' }];
    return [200, { ...withIdToken(), refresh_token: randomBytes(8).toString('hex') }];
  }

  function accessToken(): object {
    return { access_token: randomBytes(20).toString('hex'), token_type: 'bearer', expires_in: '3600' };
  }

  function withIdToken(): object {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { iss: `${origin}/acme/v2.0`, sub: 'someone', aud: 'odd-client', preferred_username: 'some@one' };
    return { ...accessToken(), id_token: `${part({ alg: 'ES256' })}.${part(claims)}.c2ln` };
  }

  async function stop(): Promise<void> {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
