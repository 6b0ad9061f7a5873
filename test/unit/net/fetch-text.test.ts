import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { createFetchText } from '../../../src/net/fetch-text.ts';
import { createCertificateAuthority } from '../../lab/certificate-authority.ts';

const authority = await createCertificateAuthority();
const certificate = await authority.issueServerCertificate(['127.0.0.1']);
setDefaultCACertificates([...getCACertificates('default'), authority.caPem]);
const fetchText = createFetchText();

async function withServer(listener: RequestListener, use: (url: string) => Promise<void>): Promise<void> {
  const server = createServer({ cert: certificate.certPem, key: certificate.keyPem }, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await use(`https://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

test('a text is returned with status and content type', () =>
  withServer(
    (_request, response) => response.writeHead(418, { 'content-type': 'text/x' }).end('Zoë'),
    async (url) => {
      assert.deepEqual(await fetchText(url), {
        ok: true,
        response: { status: 418, contentType: 'text/x', text: 'Zoë' },
      });
    },
  ));

test('redirects are not followed', async () => {
  const paths: string[] = [];
  await withServer(
    (request, response) => {
      paths.push(request.url ?? '');
      response.writeHead(302, { location: '/elsewhere' }).end();
    },
    async (url) => {
      const result = await fetchText(url);
      assert.equal(result.ok ? '' : result.failure, 'redirect');
    },
  );
  assert.deepEqual(paths, ['/']);
});

test('more than 1 MB is not read to its end', () =>
  withServer(
    (_request, response) => {
      const chunk = 'x'.repeat(64 * 1024);
      const pump = () => {
        while (response.write(chunk));
        response.once('drain', pump);
      };
      pump();
    },
    async (url) => {
      const result = await fetchText(url);
      assert.equal(result.ok ? '' : result.failure, 'tooLarge');
    },
  ));

test('a host that refuses is unreachable, with the system’s code', async () => {
  let closed = '';
  await withServer(
    () => undefined,
    async (url) => {
      closed = url;
    },
  );
  assert.deepEqual(await fetchText(closed), { ok: false, failure: 'unreachable', detail: 'ECONNREFUSED' });
});

test('a cancelled call is aborted', async () => {
  const controller = new AbortController();
  let sawClose: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => {
    sawClose = resolve;
  });
  await withServer(
    (request) => {
      request.socket.once('close', () => sawClose());
      controller.abort();
    },
    async (url) => {
      const result = await fetchText(url, controller.signal);
      assert.equal(result.ok ? '' : result.failure, 'cancelled');
      await closed;
    },
  );
});

test('a host that does not answer times out', () =>
  withServer(
    () => undefined,
    async (url) => {
      assert.deepEqual(await createFetchText(50)(url), { ok: false, failure: 'timeout', detail: '50 ms' });
    },
  ));

test('plain http is not spoken', async () => {
  const result = await fetchText('http://127.0.0.1:9/');
  assert.equal(result.ok ? '' : result.failure, 'unreachable');
});
