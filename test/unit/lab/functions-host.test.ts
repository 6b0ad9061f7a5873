import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { functionsHost } from '../../lab/apps/functions-host.ts';
import { ordersFunctionApp } from '../../lab/apps/practice-apps.ts';
import { matchRoute } from '../../lab/apps/route-template.ts';
import { type Lab, startLab } from '../../lab/lab.ts';
import { startLoopbackServer } from '../../lab/loopback-server.ts';
import type { Answer } from './lab-client.ts';
import { type Sending, send } from './sign-in-client.ts';

let lab: Lab;
before(async () => {
  lab = await startLab();
});
after(() => lab.stop());

function call(path: string, key?: string, sending: Sending = {}): Promise<Answer> {
  const headers = { ...(key === undefined ? {} : { 'x-functions-key': key }), ...sending.headers };
  return send(lab, `${lab.functions.origin}${path}`, { ...sending, headers });
}

async function statusOf(path: string, key?: string, sending?: Sending): Promise<number> {
  return (await call(path, key, sending)).status;
}

function headersBesideTime({ headers }: Answer): string[] {
  return Object.keys(headers).filter((name) => !['date', 'connection', 'keep-alive'].includes(name));
}

test('each auth level takes the keys the real host takes', async () => {
  const { keys } = lab.functions.app;
  const presented = {
    none: undefined,
    wrong: 'wrong',
    own: keys.functions.ListOrders?.default,
    ofOther: keys.functions.Ping?.default,
    host: keys.host.default,
    system: keys.system.eventgrid_extension,
    master: keys.master,
  };
  const statuses = async (path: string, method: string) =>
    Object.fromEntries(
      await Promise.all(
        Object.entries(presented).map(async ([name, key]) => [name, await statusOf(path, key, { method })] as const),
      ),
    );
  const all = (status: number) => Object.fromEntries(Object.keys(presented).map((name) => [name, status]));
  assert.deepEqual(await statuses('/api/ping', 'GET'), all(200));
  assert.deepEqual(await statuses('/api/orders', 'GET'), { ...all(401), own: 200, host: 200, master: 200 });
  assert.deepEqual(await statuses('/api/rebuild', 'POST'), { ...all(401), master: 200 });
});

test('a refused key is an empty 401 without a challenge', async () => {
  const answer = await call('/api/orders');
  assert.deepEqual([answer.status, answer.text], [401, '']);
  assert.deepEqual(headersBesideTime(answer), ['content-length']);
});

test('the header wins over ?code=, even when it is wrong', async () => {
  const key = encodeURIComponent(lab.functions.app.keys.host.default ?? '');
  assert.equal(await statusOf(`/api/orders?code=${key}`), 200);
  assert.equal(await statusOf(`/api/orders?code=${key}`, 'wrong'), 401);
  assert.equal(await statusOf(`/api/orders?code=${key}`, ''), 401);
  assert.equal(await statusOf('/api/orders?code=wrong', lab.functions.app.keys.host.default), 200);
});

test('a rotated key opens, the old one no longer does', async () => {
  const { host } = lab.functions.app.keys;
  const old = host.default ?? '';
  host.default = 'rotated';
  assert.deepEqual([await statusOf('/api/orders', old), await statusOf('/api/orders', 'rotated')], [401, 200]);
  host.default = old;
});

test('no route, a wrong method and a disabled function are an empty 404, never 405', async () => {
  const { master, host } = lab.functions.app.keys;
  assert.equal(await statusOf('/api/nothing', master), 404);
  assert.equal(await statusOf('/orders', master), 404);
  const wrongMethod = await call('/api/orders', master, { method: 'DELETE' });
  assert.deepEqual([wrongMethod.status, wrongMethod.text], [404, '']);
  assert.equal(await statusOf('/api/orders/abc', master), 404);
  assert.equal(await statusOf('/api/legacy'), 401);
  assert.equal(await statusOf('/api/legacy', host.default), 404);
  assert.equal(await statusOf('/api/legacy', master), 200);
});

test('a bearer token opens no function', async () => {
  const headers = { Authorization: `Bearer ${await lab.mint.accessTokenV2()}` };
  assert.equal(await statusOf('/api/orders', undefined, { headers }), 401);
});

test('webhooks tell an unknown key from that of another extension', async () => {
  const { system, host, master } = lab.functions.app.keys;
  const path = '/runtime/webhooks/eventgrid_extension';
  assert.equal(await statusOf(path), 401);
  assert.equal(await statusOf(path, host.default), 401);
  assert.equal(await statusOf(path, system.durabletask_extension), 403);
  assert.equal(await statusOf(path, system.eventgrid_extension), 200);
  assert.equal(await statusOf(path, master), 200);
});

test('admin routes want the master key, the home page none', async () => {
  const { host, master } = lab.functions.app.keys;
  assert.equal(await statusOf('/admin/host/status', host.default), 401);
  assert.equal(await statusOf('/admin/host/status', master), 200);
  assert.equal((await call('/')).headers['content-type'], 'text/html');
});

test('a host that does not run says so', async () => {
  lab.functions.app.isRunning = false;
  const answer = await call('/api/ping');
  lab.functions.app.isRunning = true;
  assert.deepEqual([answer.status, answer.text], [503, 'Function host is not running.']);
});

test('success echoes what arrived', async () => {
  const key = lab.functions.app.keys.functions.CreateOrder?.default;
  const headers = { 'X-Marked': ['one', 'two'], 'Content-Type': 'application/json' };
  const { text } = await call('/api/orders?page=2', key, { method: 'POST', headers, body: '{"tea":1}' });
  const { function: name, received } = JSON.parse(text) as { function: string; received: Record<string, unknown> };
  assert.equal(name, 'CreateOrder');
  assert.deepEqual([received.method, received.path, received.query], ['POST', '/api/orders', '?page=2']);
  assert.deepEqual([received.body, received.bodyBytes], ['{"tea":1}', 9]);
  assert.deepEqual(
    (received.headerLines as [string, string][]).filter(([line]) => line === 'X-Marked'),
    [
      ['X-Marked', 'one'],
      ['X-Marked', 'two'],
    ],
  );
});

test('keys are new in every lab', async () => {
  const other = await startLab();
  await other.stop();
  assert.notEqual(other.functions.app.keys.master, lab.functions.app.keys.master);
  assert.match(lab.functions.app.keys.master, /^[\w-]{40}AzFu[\w-]{8}==$/);
});

test('route templates: constraints, optional and catch-all parameters', () => {
  assert.deepEqual(matchRoute('api/{kind:alpha}/{id:int?}', '/API/tea/7'), { kind: 'tea', id: '7' });
  assert.deepEqual(matchRoute('api/{kind:alpha}/{id:int?}', '/api/tea'), { kind: 'tea', id: '' });
  assert.equal(matchRoute('api/{kind:alpha}/{id:int?}', '/api/tea/x'), undefined);
  assert.deepEqual(matchRoute('files/{*rest}', '/files/a/b.txt'), { rest: 'a/b.txt' });
  assert.equal(matchRoute('a.b', '/axb'), undefined);
});

test('a rotated key works after a minute, when the host has read its keys again', async () => {
  const app = ordersFunctionApp();
  app.keysAreKeptSec = 60;
  let clockMs = 0;
  const server = await startLoopbackServer({ host: '127.0.0.1' });
  server.routes.push(functionsHost(app, () => clockMs));
  const statusWith = async (key = '') =>
    (await send(lab, `${server.origin}/api/orders`, { headers: { 'x-functions-key': key } })).status;
  const old = app.keys.host.default;
  assert.equal(await statusWith(old), 200);
  app.keys.host.default = 'a new one';
  assert.deepEqual([await statusWith('a new one'), await statusWith(old)], [401, 200]);
  clockMs += 60_000;
  assert.deepEqual([await statusWith('a new one'), await statusWith(old)], [200, 401]);
  await server.stop();
});
