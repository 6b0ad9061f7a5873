import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { CONTOSO } from '../../lab/entra-tenant.ts';
import { type Lab, startLab } from '../../lab/lab.ts';
import { get } from './lab-client.ts';

const KEYS = `/${CONTOSO.id}/discovery/v2.0/keys`;
const METADATA = `/${CONTOSO.id}/v2.0/.well-known/openid-configuration`;

let lab: Lab;
before(async () => {
  lab = await startLab();
});
afterEach(() => {
  lab.faults.clear();
  lab.requests.clear();
});
after(() => lab.stop());

test('a reply replaces the real answer: status, headers, body', async () => {
  lab.faults.script({
    path: KEYS,
    action: { do: 'reply', status: 503, headers: { 'Retry-After': '7' }, body: { error: 'busy' } },
  });
  const answer = await get(lab, KEYS);
  assert.equal(answer.status, 503);
  assert.equal(answer.headers['retry-after'], '7');
  assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8');
  assert.deepEqual(JSON.parse(answer.text), { error: 'busy' });
  assert.equal((await get(lab, METADATA)).status, 200);
});

test('a reply may be a redirect, raw text, or nothing', async () => {
  const location = 'https://login.example.org/';
  lab.faults.script({ path: KEYS, action: { do: 'reply', status: 302, headers: { location } } });
  lab.faults.script({ path: METADATA, action: { do: 'reply', body: '{"issuer": ' } });
  assert.deepEqual([(await get(lab, KEYS)).status, (await get(lab, KEYS)).headers.location], [302, location]);
  assert.equal((await get(lab, METADATA)).text, '{"issuer": ');
});

test('HTML where JSON was expected', async () => {
  lab.faults.script({ path: KEYS, action: { do: 'html', html: '<h1>Sign in to the network</h1>' } });
  const answer = await get(lab, KEYS);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers['content-type'], 'text/html; charset=utf-8');
  assert.match(answer.text, /^<h1>/);
});

test('destroy cuts the connection before the answer, truncate in the middle of it', async () => {
  lab.faults.script({ path: KEYS, times: 1, action: { do: 'destroy' } });
  await assert.rejects(get(lab, KEYS), { code: 'ECONNRESET' });
  lab.faults.script({ path: KEYS, times: 1, action: { do: 'truncate', body: '{"keys":[', promisedBytes: 5000 } });
  await assert.rejects(get(lab, KEYS), { code: 'ECONNRESET' });
  assert.equal((await get(lab, KEYS)).status, 200);
});

test('a counted fault is spent, counts its hits, and can be taken back', async () => {
  const action = { do: 'reply', status: 500 } as const;
  const counted = lab.faults.script({ path: KEYS, times: 2, action });
  const statuses = [(await get(lab, KEYS)).status, (await get(lab, KEYS)).status, (await get(lab, KEYS)).status];
  assert.deepEqual(statuses, [500, 500, 200]);
  assert.equal(counted.hits, 2);

  const lasting = lab.faults.script({ path: KEYS, action });
  assert.equal((await get(lab, KEYS)).status, 500);
  lasting.remove();
  assert.equal((await get(lab, KEYS)).status, 200);
});

test('paths by wildcard and expression, any case; by method; the newest fault strikes', async () => {
  const statusFor = (status: number) => ({ do: 'reply', status }) as const;
  lab.faults.script({ path: '*/keys', action: statusFor(501) });
  lab.faults.script({ path: /openid-configuration$/g, action: statusFor(502) });
  lab.faults.script({ path: KEYS, method: 'POST', action: statusFor(503) });
  assert.equal((await get(lab, KEYS.toUpperCase())).status, 501);
  assert.equal((await get(lab, METADATA)).status, 502);
  assert.equal((await get(lab, METADATA)).status, 502);
  assert.equal((await get(lab, KEYS, 'POST')).status, 503);
  lab.faults.script({ path: KEYS, action: statusFor(504) });
  assert.equal((await get(lab, KEYS)).status, 504);
});

test('proceed with a delay gives the real answer', async () => {
  const late = lab.faults.script({ path: KEYS, delayMs: 20, action: { do: 'proceed' } });
  assert.equal((await get(lab, KEYS)).status, 200);
  assert.equal(late.hits, 1);
});

test('the log counts what arrived, answered or not', async () => {
  lab.faults.script({ path: KEYS, times: 1, action: { do: 'destroy' } });
  await assert.rejects(get(lab, KEYS));
  await get(lab, `${KEYS}?appid=x`);
  await get(lab, METADATA);
  assert.equal(lab.requests.count(KEYS), 2);
  assert.equal(lab.requests.count('*'), 3);
  assert.deepEqual(
    lab.requests.all.map(({ method, path, query }) => [method, path, query]),
    [
      ['GET', KEYS, ''],
      ['GET', KEYS, '?appid=x'],
      ['GET', METADATA, ''],
    ],
  );
});
