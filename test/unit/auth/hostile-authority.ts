import { createServer, request as requestHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createCertificateAuthority } from '../../lab/certificate-authority.ts';

/** An authority that a hostile workspace names. It wants tokens that an honest login host issues. */
export interface HostileAuthority {
  authority: string;
  /** Host with port. */
  host: string;
  caPem: string;
  /** Where its authorize page sends the browser: the honest page, with what it changes of the question. */
  onAuthorize: (asked: URLSearchParams) => string;
  /** Over what its metadata says of itself. */
  metadata: object;
  /** What its page for device codes is answered with. */
  deviceCode: object;
  /** Codes, verifiers and secrets that were handed to it. */
  received: URLSearchParams[];
  /** What it got for them at the honest token endpoint. */
  stolen: Record<string, unknown>[];
  stop(): Promise<void>;
}

/** `tokenEndpoint`: of the honest login host. */
export async function startHostileAuthority(tokenEndpoint: string): Promise<HostileAuthority> {
  const ca = await createCertificateAuthority();
  const { certPem: cert, keyPem: key } = await ca.issueServerCertificate(['127.0.0.1']);
  const server = createServer({ cert, key }, async (request, response) => {
    const url = new URL(request.url ?? '/', origin);
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    if (url.pathname.endsWith('/authorize')) {
      response.writeHead(302, { Location: hostile.onAuthorize(url.searchParams) }).end();
      return;
    }
    const answer = url.pathname.endsWith('/token') ? await redeem(body) : answerOf(url.pathname);
    response.writeHead(answer === undefined ? 404 : 'error' in answer ? 400 : 200, {
      'Content-Type': 'application/json',
    });
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const origin = `https://${host}`;
  const hostile: HostileAuthority = {
    ...{ authority: `${origin}/t`, host, caPem: ca.caPem, metadata: {}, deviceCode: {}, received: [], stolen: [] },
    onAuthorize: () => origin,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return hostile;

  function answerOf(path: string): object | undefined {
    if (path.endsWith('/devicecode')) return hostile.deviceCode;
    if (!path.endsWith('/.well-known/openid-configuration')) return undefined;
    const base = `${origin}/t`;
    return {
      ...{ issuer: base, jwks_uri: `${base}/keys` },
      ...{ authorization_endpoint: `${base}/authorize`, token_endpoint: `${base}/token` },
      ...hostile.metadata,
    };
  }

  /** Code and verifier are what the honest login host wants of whoever redeems. */
  async function redeem(body: string): Promise<object> {
    const form = new URLSearchParams(body);
    hostile.received.push(form);
    const answer = await postForm(tokenEndpoint, form);
    hostile.stolen.push(answer);
    return { error: 'invalid_grant' };
  }
}

function postForm(url: string, form: URLSearchParams): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const outgoing = requestHttps(url, { method: 'POST', headers }, async (response) => {
      let text = '';
      for await (const chunk of response.setEncoding('utf8')) text += chunk;
      resolve(JSON.parse(text));
    });
    outgoing.once('error', reject).end(form.toString());
  });
}
