import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { connect as connectTls } from 'node:tls';
import { createCertificateAuthority } from '../../lab/certificate-authority.ts';
import { CONTOSO } from '../../lab/entra-tenant.ts';
import { startLab } from '../../lab/lab.ts';
import { startLoopbackServer } from '../../lab/loopback-server.ts';
import { get, getJson, headerOf, type Jwks } from './lab-client.ts';

const KEYS = `/${CONTOSO.id}/discovery/v2.0/keys`;

test('is trusted by its own CA only, under its address and as localhost', async () => {
  const lab = await startLab();
  try {
    assert.match(lab.origin, /^https:\/\/127\.0\.0\.[12]:\d+$/);
    assert.equal((await get(lab, KEYS)).status, 200);
    await assert.rejects(get({ origin: lab.origin, caPem: '' }, KEYS), /certificate|self.signed|issuer/i);
    const other = await createCertificateAuthority();
    await assert.rejects(get({ origin: lab.origin, caPem: other.caPem }, KEYS), /certificate|signature|issuer/i);

    const { hostname, port } = new URL(lab.origin);
    const socket = connectTls({ host: hostname, port: Number(port), servername: 'localhost', ca: lab.caPem });
    await once(socket, 'secureConnect');
    assert.ok(socket.authorized);
    socket.destroy();
  } finally {
    await lab.stop();
  }
});

test('listens on a given host and port, and rejects when the port is taken', async () => {
  const first = await startLoopbackServer({ host: '127.0.0.1' });
  const port = Number(new URL(first.origin).port);
  try {
    await assert.rejects(startLab({ host: '127.0.0.1', port }), { code: 'EADDRINUSE' });
  } finally {
    await first.stop();
  }
  const lab = await startLab({ host: '127.0.0.1', port });
  await lab.stop();
  assert.equal(lab.origin, `https://127.0.0.1:${port}`);
});

test('advertises another origin when asked to', async () => {
  const lab = await startLab({ advertisedOrigin: 'https://login.lab.example' });
  await lab.stop();
  assert.equal(lab.origin, 'https://login.lab.example');
  assert.equal(lab.generic.issuer, 'https://login.lab.example/issuer');
});

test('keys rotate, hide, come back and go while it runs', async () => {
  const lab = await startLab();
  const published = async () => (await getJson<Jwks>(lab, KEYS)).keys.map((key) => key.kid);
  try {
    const before = await published();
    assert.equal(before.length, 2);

    const rotated = await lab.rotateKeys();
    assert.equal(headerOf(await lab.mint.accessTokenV2()).kid, rotated.kid);
    assert.deepEqual(await published(), [...before, rotated.kid]);

    lab.keys.shared.hide(rotated.kid);
    assert.equal(headerOf(await lab.mint.accessTokenV2()).kid, rotated.kid);
    assert.deepEqual(await published(), before);
    lab.keys.shared.show(rotated.kid);
    assert.deepEqual(await published(), [...before, rotated.kid]);

    lab.keys.shared.remove(before[0] ?? '');
    assert.deepEqual(await published(), [before[1], rotated.kid]);

    const only = await lab.rotateKeys({ dropOld: true });
    assert.deepEqual(await published(), [only.kid]);
  } finally {
    await lab.stop();
  }
});

test('stop leaves no port, connection, timer or unanswered request behind', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const timersBefore = timers();
  const lab = await startLab();
  const { hostname, port } = new URL(lab.origin);
  lab.faults.script({ path: KEYS, times: 1, action: { do: 'silent' } });
  lab.faults.script({ path: '/late', delayMs: 600_000, action: { do: 'proceed' } });
  const arrived = async (path: string) => {
    while (lab.requests.count(path) === 0) await new Promise((resolve) => setImmediate(resolve));
  };
  const unanswered = assert.rejects(get(lab, KEYS));
  const delayed = assert.rejects(get(lab, '/late'));
  const halfOpen = connect(Number(port), hostname);
  await Promise.all([arrived(KEYS), arrived('/late'), once(halfOpen, 'connect')]);

  const closed = once(halfOpen, 'close');
  await Promise.all([lab.stop(), lab.stop()]);
  await Promise.all([unanswered, delayed, closed]);
  const [refusal] = (await once(connect(Number(port), hostname), 'error')) as [NodeJS.ErrnoException];
  assert.equal(refusal.code, 'ECONNREFUSED');
  assert.equal(timers(), timersBefore);
});
