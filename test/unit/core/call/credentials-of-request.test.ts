import assert from 'node:assert/strict';
import { test } from 'node:test';
import { secretFinder } from '../../../../src/core/call/carried-secret.ts';
import {
  credentialsOfRequest,
  hasTypedCredential,
  secretsIn,
  secretsToMask,
} from '../../../../src/core/call/credentials-of-request.ts';
import { anonymousUrl, leaveCredentials } from '../../../../src/core/call/leaving-origin.ts';
import { maskCall } from '../../../../src/core/call/mask-exchange.ts';
import { holdsOpaque } from '../../../../src/core/call/opaque-value.ts';
import { decodePercent } from '../../../../src/core/call/percent-decoding.ts';
import type { WholeRequest } from '../../../../src/core/call/request-pieces.ts';
import { cpuMs } from '../../cpu-time.ts';
import { Chance } from '../random.ts';
import {
  ADDRESS_ENCODINGS,
  harmlessRequests,
  holds,
  likelyHeaders,
  NAMES,
  ORIGIN,
  OWN_HEADERS,
  placedCredentials,
} from './credential-places.ts';

const placed = await placedCredentials();
const harmless = harmlessRequests();

function writtenOut({ url, headers, body = '' }: WholeRequest): string {
  return [url, ...headers.map(({ name, value }) => `${name}: ${value}`), body].join('\n');
}

test('every credential in every place is found, as surely as it can be, and known elsewhere by its secret', (t) => {
  for (const { name, request, secret, certainty, part } of placed) {
    const found = credentialsOfRequest(request, NAMES).filter((one) => one.part === part);
    const sure = found.map((one) => one.certainty);
    const isFound = sure.includes(certainty) || sure.includes('certain');
    assert.ok(isFound, `${name}: ${JSON.stringify(request)}`);
    const finds = secretFinder(secretsIn(found, certainty));
    assert.ok(finds(`https://h.example/${encodeURIComponent(secret)}`), `${name}: ${JSON.stringify(found)}`);
  }
  t.diagnostic(`${placed.length} requests with a credential`);
});

test('a request that brings none is left alone by everybody who asks', (t) => {
  for (const request of harmless) {
    const text = JSON.stringify(request);
    assert.deepEqual(credentialsOfRequest(request, NAMES), [], text);
    assert.ok(!hasTypedCredential(request, NAMES));
    assert.ok(!leaveCredentials(request, NAMES).bodyStays);
    assert.equal(anonymousUrl(request.url, NAMES), request.url);
    assert.deepEqual(secretsToMask(request, NAMES), []);
  }
  t.diagnostic(`${harmless.length} requests without one`);
});

test('only what may be data, and what is not sent, is not asked about', () => {
  for (const { name, request, certainty, part } of placed) {
    const isAsked = part !== 'fragment' && certainty !== 'possible';
    assert.equal(hasTypedCredential(request, NAMES) || !isAsked, true, name);
  }
});

test('what leaves for another origin holds none of them', () => {
  for (const { name, request, secret, part } of placed) {
    const { headers, bodyStays } = leaveCredentials(request, NAMES);
    if (part === 'body') assert.ok(bodyStays, name);
    if (part === 'header') assert.ok(!holds(JSON.stringify(headers), secret), name);
  }
});

test('a header whose name speaks of credentials brings one, unless its value is a word', () => {
  for (const header of likelyHeaders()) {
    const request = { url: ORIGIN, headers: [header] };
    assert.ok(hasTypedCredential(request), JSON.stringify(header));
    for (const value of ['', 'none', 'Expired.', 'not needed', '{{value}}']) {
      assert.ok(!hasTypedCredential({ url: ORIGIN, headers: [{ ...header, value }] }), `${header.name}: ${value}`);
    }
  }
});

const bringing = (query: string) => ({ url: `${ORIGIN}/x?${query}`, headers: [] });
const holding = (body: string) => ({ url: `${ORIGIN}/x`, headers: [], body });

test('a parameter whose name speaks of credentials brings one, in an address and in a form, unless its value is a word', () => {
  for (const name of ['session_id', 'sid', 'session', 'credentials', 'otp', 'licence', 'x-pass', 'userSession']) {
    for (const value of ['Summer2026!x', '3f2504e0-4f89-41d3-9a0c-0305e82c3301', 's3cr3t']) {
      const pair = `${name}=${encodeURIComponent(value)}`;
      assert.ok(hasTypedCredential(bringing(`a=1&${pair}`)), pair);
      assert.ok(hasTypedCredential(holding(`a=1&${pair}`)), pair);
      assert.ok(leaveCredentials(holding(`a=1&${pair}`), NAMES).bodyStays, pair);
    }
    if (name === 'x-pass') continue;
    for (const value of ['', 'morning', 'none', '{{value}}']) {
      assert.ok(!hasTypedCredential(bringing(`${name}=${value}`)), `${name}=${value}`);
    }
  }
});

test('a body with a password under any name a password has stays, and one with words, numbers and ids does not', () => {
  const doubtful = ['credential', 'pat', 'key', 'token', 'auth', 'sessionId', 'code', 'connectionString', 'jwt', 'mac'];
  const named = ['pass', 'smtpPass', 'pw', 'password_confirmation', 'client_secret_prod', 'apiKeyV2', 'userpass'];
  for (const name of [...doubtful, ...named]) {
    for (const value of ['Summer2026!x', 'hunter2#Q', 'Zm9v+bar9']) {
      for (const body of [JSON.stringify({ a: 1, [name]: value }), JSON.stringify({ a: [{ [name]: value }] })]) {
        assert.ok(leaveCredentials(holding(body), NAMES).bodyStays, body);
        assert.equal(hasTypedCredential(holding(body), NAMES), named.includes(name), body);
      }
    }
  }
  for (const body of [
    ...['{"key":"name","code":"Conflict","token":"next","auth":"basic"}', '{"key":"createdAt:desc","default":"en-US"}'],
    ...['{"errorCode":"AADSTS50126","code":"ERR_42","ticket":"INC-12345","productCode":"ABC-123-XL"}'],
    ...['{"pass":true,"smokePass":12}', '{"pass":"fail"}', '{"busPass":"A12-b!3"}', '{"login":"ada@example.com"}'],
    ...['{"token":42,"key":"2026-11-30T10:11:12Z","code":"3.2.1"}', '{"response":"Done! 42 items, 3 left?"}'],
    ...['{"sessionId":"11111111-aaaa-4bbb-8ccc-000000000001","key":"orders/42","auth":"https://h.example/a1"}'],
  ]) {
    assert.deepEqual(leaveCredentials(holding(body), NAMES).bodyStays, false, body);
    assert.ok(!hasTypedCredential(holding(body), NAMES), body);
  }
});

test('nobody is asked about a word of many meanings with a short word or number, and it stays and is masked all the same', () => {
  for (const pair of ['code=EUR', 'code=42', 'token=1', 'key=name', 'auth=basic', 'signature=none', 'ticket=12345']) {
    const request = bringing(pair);
    assert.ok(!hasTypedCredential(request, NAMES), pair);
    assert.equal(credentialsOfRequest(request, NAMES)[0]?.certainty, 'certain', pair);
    assert.equal(anonymousUrl(request.url, NAMES), `${ORIGIN}/x`);
  }
  for (const pair of [
    'code=abc123',
    'code=123456',
    'key=hunter',
    'token=a1',
    'sub=ab',
    'sig=abc',
    'password=a',
    'pass=ab',
  ]) {
    assert.ok(hasTypedCredential(bringing(pair), NAMES), pair);
  }
});

test('words with the letters of a key, and ids that begin with their time, are no credentials', () => {
  for (const query of [
    ...['monkey=1&turkey=2&hockey=3', 'whiskey=single-malt', 'id=507f1f77bcf86cd799439011'],
    ...['errorCode=AADSTS50126&countryCode=NL2&productCode=ABC-123', 'login=ada@example.com', 'access=read-2'],
    ...['orderId=01ARZ3NDEKTSV4RRFFQ69G5FAV', 'user_id=507f1f77bcf86cd799439011'],
  ]) {
    assert.deepEqual(credentialsOfRequest(bringing(query), NAMES), [], query);
  }
  for (const query of [
    'q=507f1f77bcf86cd799439011',
    'sid=507f1f77bcf86cd799439011',
    'id=0af7651916cd43dd8448eb211c80319c',
  ]) {
    assert.ok(hasTypedCredential(bringing(query), NAMES), query);
  }
});

test('only headers of a closed list leave for another origin, without what looks random', (t) => {
  const typed = [...likelyHeaders(), ...OWN_HEADERS];
  for (const header of typed) {
    const left = leaveCredentials({ url: ORIGIN, headers: [header] }, NAMES);
    assert.deepEqual([left.headers, left.stayed], [[], [header.name]], JSON.stringify(header));
  }
  const harmlessHeaders = [
    { name: 'Accept', value: 'application/json, text/plain;q=0.5, */*' },
    { name: ' content-type ', value: 'application/vnd.contoso.orders.v2+json; charset=utf-8' },
    { name: 'User-Agent', value: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)' },
    { name: 'traceparent', value: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
    { name: 'X-Request-Id', value: '0af7651916cd43dd8448eb211c80319c' },
    { name: 'x-ms-version', value: '2023-11-03' },
    { name: 'If-None-Match', value: '"v1"' },
    { name: 'Sec-Fetch-Mode', value: 'cors' },
  ];
  assert.deepEqual(leaveCredentials({ url: ORIGIN, headers: harmlessHeaders }, NAMES).headers, harmlessHeaders);
  for (const name of ['Accept', 'User-Agent', 'If-Match', 'Prefer', 'Via', 'Sec-Ch-Ua']) {
    for (const value of ['0af7651916cd43dd8448eb211c80319c', 'Basic dXNlcjpwYXNz', 'short-key']) {
      const { headers } = leaveCredentials({ url: ORIGIN, headers: [{ name, value }] }, NAMES, ['short-key']);
      assert.deepEqual(headers, [], `${name}: ${value}`);
    }
  }
  t.diagnostic(`${typed.length} headers`);
});

const BOUNDARY = '----WebKitFormBoundary7MA4YWxkTrZu0gW';
const PARTS = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--${BOUNDARY}--\r\n`;

/** By their own grammar random, and needed where the request goes on. */
const GRAMMATICAL: readonly [name: string, value: string, body?: string][] = [
  ['If-Match', '"0x8DC1234567890AB"'],
  ['If-Match', '"6a00f7f2-0000-0d00-0000-65a1b2c30000", W/"AAAAAAAAB9E="'],
  ['if-none-match', 'W/"33a64df551425fcc55e4d42a148795d9f25f89d4"'],
  ['If-Range', '"33a64df551425fcc55e4d42a148795d9f25f89d4"'],
  ['Content-Type', `multipart/form-data; boundary=${BOUNDARY}`, PARTS],
  ['Content-Type', `multipart/form-data; boundary="${BOUNDARY}"`, PARTS],
  ['Content-MD5', 'Q2hlY2sgSW50ZWdyaXR5IQ==', 'x'],
  ['Content-Digest', 'sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:', 'x'],
  ['Digest', 'SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=', 'x'],
  ['Accept', 'application/json;odata=nometadata;streaming=true;IEEE754Compatible=true, text/plain;q=0.5'],
];

test('what a header has random by its own grammar goes along, and no secret in it', () => {
  for (const [name, value, body] of GRAMMATICAL) {
    const request = { url: ORIGIN, headers: [{ name, value }], ...(body === undefined ? {} : { body }) };
    assert.deepEqual(leaveCredentials(request, NAMES).headers, request.headers, `${name}: ${value}`);
    const secret = value.match(/[\w+/=-]{16,}/g)?.at(-1) ?? '';
    const left = leaveCredentials(request, NAMES, [secret]);
    assert.deepEqual(left.headers, [], `${name}: ${secret}`);
    const typed = { url: `${ORIGIN}/?api_key=${encodeURIComponent(secret)}`, headers: request.headers };
    assert.deepEqual(leaveCredentials(typed, NAMES).headers, [], `${name}: ${secret}`);
  }
  const KEY = '0af7651916cd43dd8448eb211c80319c';
  for (const [name, value] of [
    ['If-Match', KEY],
    ['If-Match', `"a", ${KEY}`],
    ['If-None-Match', `"${'aB3'.repeat(40)}"`],
    ['Content-Type', `multipart/form-data; boundary=${KEY}`],
    ['Content-Type', `text/plain; ${KEY}`],
    ['Content-Type', `text/plain; ${KEY}=a`],
    ['Accept', `application/${KEY}`],
    ['Accept', `text/plain;v=${KEY}`],
    ['Content-MD5', KEY],
    ['Content-MD5', 'Q2hlY2sgSW50ZWdyaXR5IQ=='],
    ['Content-Digest', `key=:${KEY}:`],
    ['User-Agent', `"${KEY}"`],
  ] as const) {
    assert.deepEqual(
      leaveCredentials({ url: ORIGIN, headers: [{ name, value }] }, NAMES).headers,
      [],
      `${name}: ${value}`,
    );
  }
});

test('an anonymous address has no parameter of a name that credentials have', () => {
  for (const name of ['otp', 'session', 'sessionId', 'access', 'credential', 'otc', 'pin', 'my_ticket', 's%65ssion']) {
    assert.equal(anonymousUrl(`${ORIGIN}/x?a=1&${name}=4815&b=2`, NAMES), `${ORIGIN}/x?a=1&b=2`, name);
  }
});

test('an anonymous address holds none of them', () => {
  for (const { name, request, secret, part } of placed) {
    if (part === 'header' || part === 'body') continue;
    const url = anonymousUrl(request.url, NAMES);
    assert.ok(!holds(url, secret), `${name}: ${url}`);
    assert.ok(url.startsWith(`${ORIGIN}/`), url);
  }
});

test('an anonymous address keeps everything else as written', () => {
  for (const [url, anonymous] of [
    ['https://h.example', 'https://h.example'],
    ['https://h.example/a%zz/b?x=%&y=1%2B1', 'https://h.example/a%zz/b?x=%&y=1%2B1'],
    ['https://me:pw@h.example:8443/a?top=1&code=k&b=+c#x', 'https://h.example:8443/a?top=1&b=+c'],
    ['https://a@b@h.example/?code=k', 'https://h.example/'],
    ['https:\\\\me:pw@h.example\\a', 'https:\\\\h.example/a'],
    ['http:me:pw@h.example/a', 'http:h.example/a'],
    ['http:///me:pw@h.example/a', 'http:///h.example/a'],
    ['nowhere', 'nowhere'],
  ] as const) {
    assert.equal(anonymousUrl(url, NAMES), anonymous);
  }
});

test('what is one for certain is masked wherever a call shows it', () => {
  for (const { name, request, secret, certainty } of placed) {
    if (certainty !== 'certain') continue;
    const headers = request.headers.map((header) => ({ ...header }));
    const call = { ...request, method: 'POST', headers, authorization: { type: 'none', setBy: 'caller' } } as const;
    const { url, headers: shown, body } = maskCall(call, { secrets: secretsToMask(request, NAMES) });
    const text = writtenOut({ url, headers: shown, ...(body === undefined ? {} : { body }) });
    const isWord = !/\d/.test(secret);
    assert.ok(isWord || !text.includes(secret), `${name}: ${text}`);
  }
});

test('ids of traces, of content and GUIDs are shown', () => {
  for (const { url, headers } of harmless) {
    const call = { method: 'GET', url, headers: headers.map((header) => ({ ...header })) };
    const masked = maskCall({ ...call, authorization: { type: 'none', setBy: 'caller' } });
    const isNamedLikeAKey = headers.some(({ name }) => name === 'Idempotency-Key');
    if (!isNamedLikeAKey && !/==?$|sha256/i.test(headers[0]?.value ?? '')) {
      assert.deepEqual(
        masked.headers.map(({ value }) => value),
        headers.map(({ value }) => value),
      );
    }
  }
});

test('a secret is found in an address however it is written there, and nothing else is taken for it', (t) => {
  let count = 0;
  const secrets = [...new Set(placed.map(({ secret }) => secret))];
  for (const secret of secrets) {
    const finds = secretFinder([secret]);
    for (const [name, encode] of ADDRESS_ENCODINGS) {
      for (const write of [
        (text: string) => `https://h.example/${text}/x`,
        (text: string) => `https://h.example/?a=%zz&b=${text}&c=1`,
      ]) {
        assert.ok(finds(write(encode(secret))), `${name}: ${secret}`);
        count += 1;
      }
    }
    assert.ok(!finds('https://h.example/orders/42?page=2&b=%zz'));
    for (const other of secrets) {
      if (!other.includes(secret) && !holds(other, secret))
        assert.ok(!finds(`https://h.example/${other}`), `${secret} in ${other}`);
    }
  }
  t.diagnostic(`${count} addresses`);
});

test('a cookie that is a word or a language is not looked for in addresses', () => {
  const found = credentialsOfRequest({
    url: ORIGIN,
    headers: [{ name: 'Cookie', value: 'lang=en-US; theme=darkness; n=12345678' }],
  });
  assert.deepEqual(secretsIn(found, 'possible'), []);
  assert.equal(found[0]?.certainty, 'certain');
});

test('a placeholder stays behind and is looked for nowhere', () => {
  const found = credentialsOfRequest({ url: ORIGIN, headers: [{ name: 'api-key', value: '{{key}}' }] });
  assert.deepEqual([found.length, secretsIn(found, 'possible')], [1, []]);
});

test('every hexadecimal and nearly every other random key of 20 bytes or more looks opaque', () => {
  const chance = new Chance(7);
  const bytes = (length: number) => Buffer.from(Array.from({ length }, () => chance.below(256)));
  const share = (encoding: 'hex' | 'base64' | 'base64url', length: number) =>
    Array.from({ length: 1000 }, () => holdsOpaque(bytes(length).toString(encoding))).filter(Boolean).length / 1000;
  for (const length of [20, 24, 32, 64]) {
    assert.equal(share('hex', length), 1);
    for (const encoding of ['base64', 'base64url'] as const)
      assert.ok(share(encoding, length) > 0.95, `${encoding} ${length}`);
  }
});

test('what is malformed keeps nothing else from being decoded', () => {
  for (const [text, decoded] of [
    ['%6b%65y%', 'key%'],
    ['%zz%6bey%E0%A4%A', '%zzkey\ufffd%A'],
    ['%ff%6b%65%79', '\ufffdkey'],
    ['%u006bey', 'key'],
    ['%256bey', '%6bey'],
    ['plain+text', 'plain+text'],
  ] as const) {
    assert.equal(decodePercent(text), decoded);
  }
});

const LENGTH = 250_000;
const times = (text: string) => text.repeat(Math.ceil(LENGTH / text.length)).slice(0, LENGTH);
const HOSTILE: readonly [name: string, text: string][] = [
  ...[
    'a',
    '=',
    '&',
    '&a=',
    ';',
    '"',
    "'",
    '\\',
    '\\"',
    '%',
    '%2',
    '%25',
    '%u',
    '<',
    '<a',
    '<a ',
    '<a b="',
    '</a>',
    '--',
    ' ',
  ],
  ...[
    '[',
    '{',
    '{"a":',
    '":"',
    '"a":"\\"',
    'Bearer ',
    'Basic a',
    'eyJ',
    'eyJhIjoxfQ.',
    '://',
    'http://',
    '@',
    ':',
    '/',
    '?',
    '#',
  ],
  ...[
    '\r\n',
    '\r\n\r\n',
    '--b\r\n\r\n',
    'name="',
    'password=',
    'password: ',
    '"password":"a1b2c3d4",',
    'x y',
    '0123456789abcdef',
    'aB3',
  ],
].map((shape) => [shape, times(shape)]);

test('hostile text is read in bounded work, wherever it stands', (t) => {
  let count = 0;
  for (const [shape, text] of HOSTILE) {
    for (const request of [
      { url: `${ORIGIN}/${text}`, headers: [] },
      { url: `${ORIGIN}/?${text}`, headers: [] },
      { url: ORIGIN, headers: [{ name: 'X-A', value: text }] },
      { url: ORIGIN, headers: [{ name: 'Cookie', value: text }] },
      { url: ORIGIN, headers: [], body: text },
      { url: ORIGIN, headers: [], body: `{"a":"${text}` },
      { url: ORIGIN, headers: [], body: `<a>${text}` },
    ]) {
      const startedAtMs = cpuMs();
      leaveCredentials(request, NAMES);
      assert.ok(cpuMs() - startedAtMs < 2_000, `watchdog: ${JSON.stringify(shape)}`);
      count += 1;
    }
  }
  t.diagnostic(`${count} hostile requests`);
});
