import assert from 'node:assert/strict';
import { test } from 'node:test';
import { credentialsOfRequest, secretsIn } from '../../../src/core/call/credentials-of-request.ts';
import { explain } from '../../../src/core/why/explain.ts';
import { knowledgeOf } from '../../../src/core/why/knowledge.ts';
import { writeReport } from '../../../src/core/why/report/report-text.ts';
import { writeExplanation } from '../../../src/core/why/write-explanation.ts';
import { nextHop } from '../../../src/net/redirect.ts';
import { findRequestFault, type Hop } from '../../../src/net/send-request.ts';
import { secretValues, sendRequest } from '../../../src/net/sender.ts';
import {
  ADDRESS_ENCODINGS,
  crossing,
  harmlessRequests,
  holds,
  NAMES,
  ORIGIN,
  type PlacedCredential,
  placedCredentials,
} from '../core/call/credential-places.ts';
import { serve } from './loopback.ts';

const ELSEWHERE = 'https://elsewhere.example';
const REDIRECTS = [301, 302, 303, 307, 308];
const CREDENTIALS = { ...NAMES, origin: ORIGIN };

const placed = await placedCredentials();

function hopOf({ request }: Pick<PlacedCredential, 'request'>, method = 'POST'): Hop {
  return { method, ...request };
}

/** As the sender knows them, once for all redirects of a call. */
function secretsOf(hop: Hop): string[] {
  return secretsIn(credentialsOfRequest(hop, NAMES), 'possible');
}

function follow(hop: Hop, status: number, location: string, secrets = secretsOf(hop)) {
  const head = { status, headers: [{ name: 'Location', value: location }] };
  return nextHop(hop, head, { ...CREDENTIALS, secrets });
}

test('no credential crosses to another origin with a redirect', (t) => {
  let count = 0;
  for (const one of placed) {
    const hop = hopOf(one);
    const secrets = secretsOf(hop);
    for (const status of REDIRECTS) {
      const redirect = follow(hop, status, `${ELSEWHERE}/x?keep=1`, secrets);
      assert.ok(redirect);
      const crosses = redirect.kind === 'follow' ? redirect.hop : undefined;
      assert.ok(!holds(JSON.stringify(crosses ?? ''), one.secret), `${status} ${one.name}: ${JSON.stringify(crosses)}`);
      if (one.part === 'body') assert.equal(redirect.kind, status < 304 ? 'follow' : 'stay');
      else assert.equal(redirect.kind, 'follow', one.name);
      count += 1;
    }
  }
  t.diagnostic(`${count} redirects`);
});

test('no credential crosses in the address of a redirect, however it is written there', (t) => {
  let count = 0;
  for (const [index, one] of placed.entries()) {
    const [, encode] = ADDRESS_ENCODINGS[index % ADDRESS_ENCODINGS.length] ?? [];
    const written = encode?.(one.secret) ?? '';
    const hop = hopOf(one);
    const secrets = secretsOf(hop);
    for (const location of [
      `${ELSEWHERE}/${written}/x`,
      `${ELSEWHERE}/?a=%zz&t=${written}&keep=1`,
      `${ELSEWHERE}/?${written}=1`,
      `${ELSEWHERE}/x#${written}`,
      `https://${written.replaceAll(/[^\w-]/g, '-')}.elsewhere.example/`,
    ]) {
      const redirect = follow(hop, 302, location, secrets);
      const crosses = JSON.stringify(redirect?.kind === 'follow' ? redirect.hop : '');
      assert.ok(!holds(crosses, one.secret), `${one.name}: ${location} ${crosses}`);
      if (redirect?.kind === 'stay') assert.ok(!holds(redirect.to, one.secret), redirect.to);
      count += 1;
    }
  }
  t.diagnostic(`${count} redirects`);
});

test('what is no credential crosses unchanged, but for headers nobody knows', () => {
  for (const request of harmlessRequests()) {
    for (const status of [307, 308]) {
      const redirect = follow(hopOf({ request }), status, `${ELSEWHERE}${request.url.slice(ORIGIN.length)}`);
      const headers = crossing(request.headers);
      assert.deepEqual(redirect?.kind === 'follow' && { ...redirect.hop, dropped: redirect.dropped }, {
        ...hopOf({ request }),
        headers,
        url: new URL(`${ELSEWHERE}${request.url.slice(ORIGIN.length)}`).href,
        dropped: request.headers.filter((header) => !headers.includes(header)).map(({ name }) => name),
      });
    }
  }
});

test('within its origin a redirect keeps everything', () => {
  for (const one of placed.filter(({ part }) => part !== 'userInfo')) {
    const redirect = follow(hopOf(one), 307, '/y');
    assert.ok(redirect?.kind === 'follow');
    assert.deepEqual([redirect.hop.headers, redirect.hop.body], [one.request.headers, one.request.body], one.name);
  }
});

test('a credential is not sent beside a Host of another name', () => {
  for (const { name, request, part, certainty } of placed) {
    const withHost = {
      ...hopOf({ request }),
      headers: [...request.headers, { name: 'hOsT', value: 'elsewhere.example' }],
    };
    const code = findRequestFault(withHost, CREDENTIALS);
    if (part === 'userInfo') assert.equal(code, 'ERR_URL_USERINFO');
    else if (part !== 'fragment' && certainty !== 'possible') assert.equal(code, 'ERR_CREDENTIAL_ORIGIN', name);
  }
  for (const request of harmlessRequests()) {
    const headers = [...request.headers, { name: 'Host', value: 'elsewhere.example' }];
    assert.equal(findRequestFault({ ...hopOf({ request }), headers }, CREDENTIALS), undefined, JSON.stringify(request));
  }
  for (const [url, value, isOwn] of [
    ['https://api.contoso.com/', 'API.contoso.com:443', true],
    ['https://api.contoso.com:443/', 'api.contoso.com', true],
    ['http://api.contoso.com/', 'api.contoso.com:80', true],
    ['https://api.contoso.com:8443/', 'api.contoso.com:8443', true],
    ['https://api.contoso.com/', 'api.contoso.com:80', false],
    ['http://api.contoso.com/', 'api.contoso.com:443', false],
    ['https://api.contoso.com:8443/', 'api.contoso.com', false],
    ['https://api.contoso.com/', 'me@api.contoso.com', false],
    ['https://api.contoso.com/', 'api.contoso.com/x', false],
    ['https://api.contoso.com/', '', false],
  ] as const) {
    const headers = [
      { name: 'Host', value },
      { name: 'Authorization', value: 'Bearer a' },
    ];
    const fault = findRequestFault(hopOf({ request: { url, headers } }), { ...NAMES, origin: new URL(url).origin });
    assert.equal(fault === undefined, isOwn, `${url} ${value}`);
  }
  const own = { name: 'Host', value: new URL(ORIGIN).host };
  const authorized = {
    ...hopOf({ request: { url: ORIGIN, headers: [own, { name: 'Authorization', value: 'Bearer a' }] } }),
  };
  assert.equal(findRequestFault(authorized, CREDENTIALS), undefined);
});

test('what an echo must not show is every credential that is one for certain', () => {
  for (const { name, request, secret, certainty } of placed) {
    if (certainty !== 'certain') continue;
    const secrets = secretValues({ method: 'POST', ...request, credentials: CREDENTIALS });
    assert.ok(secrets.includes(secret), `${name}: ${secrets.join(' | ')}`);
  }
});

test('an answer that echoes the request shows none of them in headers and status, and a report of it nowhere', async (t) => {
  const some = placed.filter(
    ({ part, certainty }, index) => index % 9 === 0 && part !== 'userInfo' && certainty === 'certain',
  );
  const echoed = { text: '', secret: '' };
  const origin = await serve(t, (_incoming, response) => {
    const { text, secret } = echoed;
    const headers = {
      'X-Echo': text,
      Location: `/?back=${encodeURIComponent(secret)}`,
      'WWW-Authenticate': 'Bearer error="invalid_token"',
    };
    response
      .writeHead(401, `No ${secret}`, headers)
      .end(JSON.stringify({ error: { code: secret, message: `${secret} is no good` } }));
  });
  for (const { name, request, secret } of some) {
    echoed.text = JSON.stringify(request).replaceAll(/[^\x20-\x7e]/g, '');
    echoed.secret = secret;
    const url = request.url.replace(ORIGIN, origin);
    const { exchanges } = await sendRequest({ ...request, url, method: 'POST', credentials: { ...NAMES, origin } });
    const [{ call, response } = {}] = exchanges;
    assert.equal(response?.status, 401);
    const shown = JSON.stringify([call, response.statusText, response.headers]);
    assert.ok(!shown.includes(secret), `${name}: ${shown}`);
    const diagnosis = explain(exchanges, knowledgeOf(undefined, undefined, {}, call, Date.now()), Date.now());
    const report = writeReport(diagnosis, writeExplanation(diagnosis));
    assert.ok(report.includes('why401') && !report.includes(secret), `${name}: ${report}`);
  }
  t.diagnostic(`${some.length} echoes`);
});
