import assert from 'node:assert/strict';
import { type IncomingMessage, request } from 'node:http';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { BIG_BODY_BYTES } from '../../lab/apps/odd-answers.ts';
import { STRANGERS } from '../../lab/apps/strangers.ts';
import { type Lab, startLab } from '../../lab/lab.ts';
import type { Answer } from './lab-client.ts';
import { send } from './sign-in-client.ts';

let lab: Lab;
let token: string;
before(async () => {
  lab = await startLab();
  token = await lab.mint.accessTokenV2();
});
after(() => lab.stop());

function odd(path: string): Promise<Answer> {
  return send(lab, `${lab.world.oddities.origin}${path}`);
}

function open(path: string, signal?: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const url = `${lab.world.oddities.origin}${path}`;
    request(url, { agent: false, ...(signal ? { signal } : {}) }, resolve)
      .on('error', reject)
      .end();
  });
}

async function bytesOf(path: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of await open(path)) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

test('an app of its own refuses in its own words: 401 without a challenge, 403 without the scope', async () => {
  const call = (authorization?: string) =>
    send(lab, `${lab.world.ownCheck.origin}/orders`, {
      headers: authorization === undefined ? {} : { Authorization: authorization },
    });
  const bare = await call();
  assert.deepEqual([bare.status, bare.text], [401, '{"ok":false,"reason":"no_token"}']);
  assert.equal(bare.headers['www-authenticate'], undefined);
  assert.equal((await call('Bearer rubbish')).text, '{"ok":false,"reason":"token_rejected"}');
  assert.equal((await call(token)).status, 401);
  assert.equal((await call(`Bearer ${await lab.mint.graphToken()}`)).status, 401);
  assert.equal((await call(`Bearer ${await lab.mint.accessTokenV2({ scopes: ['Orders.Ping'] })}`)).status, 403);
  assert.equal((await call(`bearer ${token}`)).status, 200);
});

test('each stranger refuses as itself and lets a right token in', async () => {
  const seen: Record<string, unknown> = {};
  for (const stranger of STRANGERS) {
    const url = `${lab.world.strangers.origin}/${stranger}/orders`;
    assert.equal((await send(lab, url, { headers: { Authorization: `Bearer ${token}` } })).status, 200, stranger);
    const none = await send(lab, url);
    const bad = await send(lab, url, { headers: { Authorization: 'Bearer rubbish' } });
    assert.deepEqual([none.status, bad.status], [401, 401], stranger);
    seen[stranger] = none.headers['www-authenticate'] ?? none.text.slice(0, 50);
  }
  assert.deepEqual(seen, {
    nestjs: '{"statusCode":401,"message":"Unauthorized"}',
    spring: 'Bearer realm="orders"',
    nginx: 'Basic realm="Restricted"',
    kong: 'Key realm="kong"',
    aws: '{"message":"Unauthorized"}',
    'aws-http': 'Bearer',
    express: 'Unauthorized',
  });
  assert.equal((await send(lab, `${lab.world.strangers.origin}/azure`)).status, 404);
});

test('20 MB, with and without a promised length', async () => {
  assert.equal((await bytesOf('/big')).length, BIG_BODY_BYTES);
  const sized = await open('/big-sized');
  assert.equal(sized.headers['content-length'], String(BIG_BODY_BYTES));
  sized.destroy();
});

test('binary, zipped, other charsets, broken and empty', async () => {
  assert.deepEqual([...(await bytesOf('/binary')).subarray(254, 258)], [254, 255, 0, 1]);
  assert.equal(gunzipSync(await bytesOf('/gzip')).toString(), '{"zipped":true}');
  assert.equal((await bytesOf('/latin1')).toString('latin1'), 'größer');
  assert.equal((await odd('/empty')).status, 204);
  assert.equal((await odd('/status/418')).status, 418);
  const types = await Promise.all(
    ['/json', '/xml', '/html', '/text', '/broken-json'].map(async (path) => (await odd(path)).headers['content-type']),
  );
  assert.deepEqual(types, [
    'application/json; charset=utf-8',
    'application/xml',
    'text/html; charset=utf-8',
    'text/plain; charset=utf-8',
    'application/json',
  ]);
  assert.deepEqual((await odd('/cookies')).headers['set-cookie'], ['session=one; HttpOnly', 'theme=dark']);
});

test('resets, breaks off, never answers', async () => {
  await assert.rejects(odd('/reset'), { code: 'ECONNRESET' });
  await assert.rejects(odd('/truncated'), { code: 'ECONNRESET' });
  const leaving = new AbortController();
  const silent = assert.rejects(open('/silent', leaving.signal), { name: 'AbortError' });
  while (lab.world.oddities.requests.count('/silent') === 0) await new Promise((resolve) => setImmediate(resolve));
  leaving.abort();
  await silent;
});

test('slow answers come piece by piece, and stop when the client leaves', async () => {
  assert.equal((await bytesOf('/slow?pieces=3&ms=1')).toString(), 'piece 1\npiece 2\npiece 3\n');
  assert.equal((await odd('/late?ms=1')).status, 200);
  const leaving = new AbortController();
  const response = await open('/slow?pieces=1000&ms=600000', leaving.signal);
  const [first] = await response.take(1).toArray();
  assert.equal(String(first), 'piece 1\n');
  leaving.abort();
});

test('a bare 401, and one with any challenge', async () => {
  assert.equal((await odd('/refused')).headers['www-authenticate'], undefined);
  const challenge = 'Bearer resource_id="https://graph.microsoft.com"';
  const answer = await odd(`/refused?challenge=${encodeURIComponent(challenge)}`);
  assert.deepEqual([answer.status, answer.headers['www-authenticate']], [401, challenge]);
});

test('redirects within and to another origin, which keeps what it was sent', async () => {
  const same = await odd('/redirect/same');
  assert.deepEqual([same.status, same.headers.location], [302, '/echo']);
  const other = await odd('/redirect/other?status=307');
  assert.deepEqual([other.status, other.headers.location], [307, `${lab.world.elsewhere.origin}/echo`]);
  assert.notEqual(new URL(lab.world.elsewhere.origin).port, new URL(lab.world.oddities.origin).port);
  await send(lab, String(other.headers.location), { headers: { Authorization: 'Bearer x' } });
  assert.equal(lab.world.elsewhere.requests.all.at(-1)?.headers.authorization, 'Bearer x');
});

test('the same over HTTPS under the lab’s CA only', async () => {
  const url = `${lab.world.secureOddities.origin}/json`;
  assert.equal((await send(lab, url)).status, 200);
  await assert.rejects(send({ caPem: '' }, url), /certificate|self.signed|issuer/i);
});

test('every app has an origin and a log of its own, and stops with the lab', async () => {
  const other = await startLab();
  const { functions, easyAuth, gateway, frontDoor, staticWebApp, logicApp, services, world } = other;
  const single = [functions, easyAuth, gateway, frontDoor, staticWebApp, staticWebApp.linked, logicApp];
  const apps = [...single, ...Object.values(services), ...Object.values(world)];
  const origins = apps.map(({ origin }) => origin);
  assert.equal(new Set(origins).size, apps.length);
  for (const origin of origins) await send(other, `${origin}/echo`);
  // What arrives at one that passes on arrives elsewhere too.
  assert.ok(apps.every(({ requests }) => requests.count('/echo') >= 1));
  await other.stop();
  for (const origin of origins) await assert.rejects(send(other, `${origin}/echo`), { code: 'ECONNREFUSED' });
});

test('stopping cuts what is under way: a silent backend, a slow body, a late answer, a hanging sign-in', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const timersBefore = timers();
  const other = await startLab();
  const { functions, gateway, world } = other;
  functions.faults.script({ path: '*', action: { do: 'silent' } });
  other.signIn.next({ at: 'token', hang: true });
  const tokenPath = `/${other.tenants[0]?.id}/oauth2/v2.0/token`;
  const underWay = [
    send(other, `${gateway.origin}/open/orders`),
    send(other, `${world.oddities.origin}/slow?pieces=1000&ms=600000`),
    send(other, `${world.oddities.origin}/late?ms=600000`),
    send(other, `${other.origin}${tokenPath}`, { method: 'POST' }),
  ].map((sending) => assert.rejects(sending));
  const arrived = () =>
    functions.requests.count('*') + world.oddities.requests.count('*') + other.requests.count(tokenPath) === 4;
  while (!arrived()) await new Promise((resolve) => setImmediate(resolve));
  await other.stop();
  await Promise.all(underWay);
  assert.equal(timers(), timersBefore);
});
