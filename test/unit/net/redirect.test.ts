import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextHop } from '../../../src/net/redirect.ts';
import type { Hop } from '../../../src/net/send-request.ts';

const SECRET = 'k3y-of-the-caller';
const CREDENTIALS = { headers: ['X-Key'], queryParameters: ['code'], origin: 'https://api', secrets: [SECRET] };

function follow(status: number, location: string, changes: Partial<Hop> = {}) {
  const hop: Hop = { method: 'GET', url: 'https://api/x', headers: [{ name: 'Host', value: 'api' }], ...changes };
  return nextHop(hop, { status, headers: [{ name: 'Location', value: location }] }, CREDENTIALS);
}

for (const [method, status, expected] of [
  ['GET', 301, 'GET'],
  ['HEAD', 303, 'HEAD'],
  ['POST', 301, 'GET'],
  ['POST', 302, 'GET'],
  ['POST', 303, 'GET'],
  ['PUT', 302, 'PUT'],
  ['PUT', 303, 'GET'],
  ['DELETE', 303, 'GET'],
  ['POST', 307, 'POST'],
  ['PATCH', 308, 'PATCH'],
] as const) {
  test(`${method} after ${status} is ${expected}`, () => {
    const headers = [
      { name: 'Content-Type', value: 'a/b' },
      { name: 'Content-Length', value: '1' },
    ];
    const redirect = follow(status, '/y', { method, body: 'b', headers });
    assert.ok(redirect?.kind === 'follow');
    assert.equal(redirect.hop.method, expected);
    const keepsBody = method === expected;
    assert.equal(redirect.hop.body, keepsBody ? 'b' : undefined);
    assert.equal(redirect.hop.headers.length, keepsBody ? 2 : 0);
  });
}

test('what is no redirect to http or https is none', () => {
  for (const [status, location] of [
    [300, '/y'],
    [304, '/y'],
    [200, '/y'],
    [302, 'javascript:alert(1)'],
    [302, 'file:///etc/passwd'],
    [302, 'https://user:pass@other/'],
    [302, 'http://['],
  ] as const) {
    assert.equal(follow(status, location), undefined, location);
  }
  assert.equal(
    nextHop({ method: 'GET', url: 'https://api/', headers: [] }, { status: 302, headers: [] }, CREDENTIALS),
    undefined,
  );
});

test('scheme, host and port make the origin', () => {
  const headers = [{ name: 'X-Key', value: SECRET }];
  for (const location of ['https://api:444/x', 'https://api.evil/x', '//other/x']) {
    const redirect = follow(302, location, { headers });
    assert.ok(redirect?.kind === 'follow');
    assert.deepEqual([redirect.dropped, redirect.hop.headers], [['X-Key'], []]);
  }
  for (const location of ['/y', 'https://api:443/x', 'HTTPS://API/x']) {
    const redirect = follow(302, location, { headers });
    assert.deepEqual(redirect?.kind === 'follow' && redirect.hop.headers, headers);
  }
});

test('from https to http a call with a credential is not followed, one without is', () => {
  const stays = { kind: 'stay', from: 'https://api', to: 'http://api', reason: 'httpsToHttp' };
  assert.deepEqual(follow(302, 'http://api/x', { headers: [{ name: 'X-Key', value: SECRET }] }), stays);
  assert.deepEqual(follow(302, 'http://api/x', { headers: [{ name: 'Authorization', value: 'Basic YTpi' }] }), stays);
  assert.deepEqual(follow(302, 'http://api/x', { url: `https://api/x?code=${SECRET}` }), stays);
  assert.equal(follow(302, 'http://api/x')?.kind, 'follow');
});

test('a secret in a host name, an encoded path or a renamed parameter does not leave', () => {
  for (const location of [
    `https://${SECRET}.evil/`,
    `https://evil/${SECRET.replaceAll('-', '%2D')}`,
    `https://evil/#/${SECRET}`,
  ]) {
    const redirect = follow(302, location);
    if (redirect?.kind === 'follow') assert.ok(!redirect.hop.url.includes(SECRET));
    else assert.equal(redirect?.kind === 'stay' && redirect.reason, 'credentialInAddress');
  }
  const renamed = follow(302, `https://evil/?a=1&other=${SECRET}`);
  assert.ok(renamed?.kind === 'follow');
  assert.deepEqual([renamed.hop.url, renamed.dropped], ['https://evil/?a=1', ['other']]);
});

test('a header marked secret is a credential, whatever its name and value', () => {
  const redirect = follow(302, 'https://other/', { headers: [{ name: 'X-Any', value: 'a', secret: true }] });
  assert.deepEqual(redirect?.kind === 'follow' && [redirect.dropped, redirect.hop.headers], [['X-Any'], []]);
});

test('a write goes on with its condition, or not at all', () => {
  const withCondition = (method: string, value: string) =>
    follow(307, 'https://other/', { method, headers: [{ name: 'If-Match', value }], body: 'b' });
  const goesOn = withCondition('PUT', '"0x8DC1234567890AB"');
  assert.deepEqual(goesOn?.kind === 'follow' && goesOn.hop.headers, [
    { name: 'If-Match', value: '"0x8DC1234567890AB"' },
  ]);
  for (const method of ['PUT', 'PATCH', 'DELETE', 'POST']) {
    for (const value of [`"${SECRET}"`, '0af7651916cd43dd8448eb211c80319c']) {
      const stays = withCondition(method, value);
      assert.deepEqual(stays?.kind === 'stay' && [stays.reason, stays.to], ['conditionStays', 'https://other']);
    }
  }
  const read = withCondition('GET', `"${SECRET}"`);
  assert.deepEqual(read?.kind === 'follow' && [read.dropped, read.hop.headers], [['If-Match'], []]);
});

test('Host follows the origin', () => {
  const redirect = follow(302, 'https://other:8443/');
  assert.deepEqual(redirect?.kind === 'follow' && redirect.hop.headers, [{ name: 'Host', value: 'other:8443' }]);
});
