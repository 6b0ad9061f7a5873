import assert from 'node:assert/strict';
import { request } from 'node:http';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { listenForRedirect, type RedirectListener } from '../../../src/auth/redirect-listener.ts';
import { isListening } from './scripted-browser.ts';

const STATE = 'the-state';
let listener: RedirectListener;

beforeEach(async () => {
  listener = await listenForRedirect(STATE, '/');
});
afterEach(() => listener.close());

interface Reply {
  status: number;
  headers: Record<string, unknown>;
  text: string;
}

function send(method: string, path: string, body = '', host = '127.0.0.1'): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const options = { host, port: listener.port, path, method, agent: false };
    const outgoing = request(options, async (response) => {
      let text = '';
      for await (const chunk of response.setEncoding('utf8')) text += chunk;
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

describe('the browser that comes back', () => {
  it('is heard as a form or in the address, and gets a page that can do nothing', async () => {
    const reply = await send('POST', '/', form({ code: 'c', state: STATE, client_info: 'i' }));
    assert.deepEqual(await listener.answer, { code: 'c', state: STATE, client_info: 'i' });
    assert.equal(reply.status, 200);
    assert.match(String(reply.headers['content-security-policy']), /^default-src 'none';/);
    assert.equal(reply.headers['cache-control'], 'no-store');
    assert.doesNotMatch(reply.text, /<script|the-state/);
    await listener.close();
    listener = await listenForRedirect(STATE, '/');
    await send('GET', `/?${form({ error: 'access_denied', state: STATE })}`);
    assert.deepEqual(await listener.answer, { error: 'access_denied', state: STATE });
  });

  it('may take localhost for either address', async (test) => {
    const reply = await send('GET', `/?${form({ code: 'c', state: STATE })}`, '', '::1').catch(() => undefined);
    if (!reply) return test.skip('no IPv6 here');
    assert.equal((await listener.answer).code, 'c');
  });

  it('is the only one heard: whoever does not know the state settles nothing', async () => {
    const foreign: [method: string, path: string, body: string, status: number][] = [
      ['GET', '/', '', 400],
      ['GET', '/favicon.ico', '', 404],
      ['PUT', '/', form({ code: 'x', state: STATE }), 405],
      ['GET', `/other?${form({ code: 'x', state: STATE })}`, '', 404],
      ['GET', `/?${form({ code: 'x' })}`, '', 400],
      ['GET', `/?${form({ code: 'x', state: 'guess' })}`, '', 400],
      ['POST', '/', `${form({ code: 'x', state: STATE })}&state=guess`, 400],
      ['POST', '/', form({ error: 'access_denied', state: '' }), 400],
      ['POST', '/', `${form({ code: 'x', state: STATE, iss: 'one' })}&iss=other`, 400],
      ['GET', `/?${form({ code: 'x', state: STATE })}&code=y`, '', 400],
    ];
    for (const [method, path, body, status] of foreign) {
      assert.equal((await send(method, path, body)).status, status, `${method} ${path}`);
    }
    await send('POST', '/', form({ code: 'mine', state: STATE }));
    assert.equal((await listener.answer).code, 'mine');
  });

  it('is heard at its own path alone, letter by letter', async () => {
    await listener.close();
    const path = '/why401/idp.example:8443/realms/Contoso';
    listener = await listenForRedirect(STATE, path);
    const answer = form({ code: 'x', state: STATE });
    const others = [
      '/',
      '//',
      path.toLowerCase(),
      `${path}/`,
      `/${path}`,
      `${path}x`,
      `${path}/..`,
      `/x/..${path}`,
      '/why401',
    ];
    const more = [
      path.replace(':', '%3A'),
      path.replace('C', '%43'),
      `http://localhost${path}`,
      `/${path.slice(1).replaceAll('/', '%2F')}`,
    ];
    for (const other of [...others, ...more]) {
      assert.equal((await send('GET', `${other}?${answer}`)).status, 404, other);
      assert.equal((await send('POST', other, answer)).status, 404, other);
    }
    assert.equal((await send('POST', path, form({ code: 'mine', state: STATE }))).status, 200);
    assert.equal((await listener.answer).code, 'mine');
  });

  it('asks for this machine by name', async () => {
    const options = {
      host: '127.0.0.1',
      port: listener.port,
      path: `/?${form({ code: 'x', state: STATE })}`,
      agent: false,
    };
    const status = (host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const outgoing = request({ ...options, headers: { Host: host } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        outgoing.once('error', reject).end();
      });
    assert.equal(await status(`rebound.example:${listener.port}`), 400);
    assert.equal(await status(`localhost.evil.example`), 400);
    assert.equal(await status('localhost:1234'), 200);
  });

  it('cannot send without end', async () => {
    const outcome = await send('POST', '/', `code=${'x'.repeat(1_000_000)}&state=${STATE}`).catch(() => 'cut');
    if (typeof outcome !== 'string') assert.equal(outcome.status, 413);
    await send('POST', '/', form({ code: 'mine', state: STATE }));
    assert.equal((await listener.answer).code, 'mine');
  });
});

it('closes its port, and a connection that is open', async () => {
  const hanging = request({ host: '127.0.0.1', port: listener.port, path: '/', method: 'POST' });
  const isCut = new Promise((resolve) => hanging.once('error', resolve));
  hanging.write('code=');
  await new Promise((resolve) => hanging.once('socket', (socket) => socket.once('connect', resolve)));
  await listener.close();
  await listener.close();
  await isCut;
  assert.equal(await isListening(listener.port), false);
});
