import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findHeader } from '../../../../src/core/call/exchange.ts';
import { GREATEST_PASTED_LENGTH, readExchangeText } from '../../../../src/core/call/http-text.ts';
import { cpuMs } from '../../cpu-time.ts';

function only(text: string) {
  const exchanges = readExchangeText(text);
  assert.equal(exchanges.length, 1, JSON.stringify(exchanges));
  const [exchange] = exchanges;
  assert.ok(exchange);
  return exchange;
}

const RESPONSE = [
  'HTTP/1.1 401 Unauthorized',
  'Content-Type: application/json',
  'WWW-Authenticate: Bearer realm="h"',
  '',
  '{ "statusCode": 401, "message": "JWT not present." }',
];

for (const [name, text] of [
  ['line feeds', RESPONSE.join('\n')],
  ['carriage returns', RESPONSE.join('\r\n')],
  ['a margin', RESPONSE.map((line) => (line === '' ? '' : `    ${line}`)).join('\n')],
  ['a byte order mark', `\ufeff${RESPONSE.join('\n')}\n\n`],
  ['a code fence', `\`\`\`http\n${RESPONSE.join('\n')}\n\`\`\`\n`],
  ['colours of a terminal', RESPONSE.join('\n').replace('Content-Type', '\u001b[1mContent-Type\u001b[0m')],
] as const) {
  test(`a raw response with ${name}`, () => {
    const { call, response, text: rest } = only(text);
    assert.equal(call, undefined);
    assert.equal(rest, undefined);
    assert.deepEqual([response?.status, response?.statusText, response?.headersComplete], [401, 'Unauthorized', true]);
    assert.deepEqual(response?.headers, [
      { name: 'Content-Type', value: 'application/json' },
      { name: 'WWW-Authenticate', value: 'Bearer realm="h"' },
    ]);
    assert.deepEqual(response?.body, { text: RESPONSE[4], bytes: 52, isComplete: true });
  });
}

test('headers are complete only when the text shows it', () => {
  const complete = (text: string) => only(text).response?.headersComplete;
  assert.equal(complete('HTTP/2 401\nserver: x\ndate: y'), false);
  assert.equal(complete('HTTP/2 401\nserver: x\ndate: y\n'), false);
  assert.equal(complete('HTTP/2 401\n\n'), false);
  assert.equal(complete('HTTP/2 401\nserver: x\n\n'), true);
  assert.equal(complete('HTTP/2 401\nserver: x\ncontent-length: 0'), true);
});

test('an empty body is known to be empty only when nothing says otherwise', () => {
  const body = (headers: string) => only(`HTTP/1.1 401 Unauthorized\n${headers}`).response?.body;
  assert.deepEqual(body('Server: Kestrel\n\n'), { text: '', bytes: 0, isComplete: true });
  assert.deepEqual(body('Content-Length: 0'), { text: '', bytes: 0, isComplete: true });
  assert.deepEqual(body('Content-Length: 58\n\n'), { text: '', bytes: 58, isComplete: false });
  assert.deepEqual(body('Transfer-Encoding: chunked\n\n'), { text: '', bytes: 0, isComplete: false });
  assert.equal(body('Server: Kestrel'), undefined);
});

test('a request and its response, as REST Client and Postman write them', () => {
  const { call, response } = only(
    `POST https://h.azurewebsites.net/api/x HTTP/1.1\nContent-Type: application/json\n\n{"a":1}\n\n${RESPONSE.join('\n')}`,
  );
  assert.deepEqual([call?.method, call?.url, call?.body], ['POST', 'https://h.azurewebsites.net/api/x', '{"a":1}']);
  assert.equal(call?.authorization.type, 'none');
  assert.equal(response?.status, 401);
});

test('a request whose headers may go on does not prove that there was no token', () => {
  const { call } = only('GET /x HTTP/1.1\nHost: h');
  assert.deepEqual(call?.authorization, { type: 'unknown', why: 'notShown', setBy: 'caller' });
  assert.equal(call?.url, 'https://h/x');
});

test('several exchanges in order; interim answers and a proxy’s consent are none', () => {
  const text = [
    'HTTP/1.1 200 Connection established\n\nHTTP/1.1 100 Continue\n\nHTTP/1.1 302 Found\nLocation: /y\nContent-Length: 0\n',
    RESPONSE.join('\n'),
    'GET https://h/second\n\nHTTP/1.1 200 OK\nA: b\n\nfine',
  ].join('\n');
  const exchanges = readExchangeText(text);
  assert.deepEqual(
    exchanges.map(({ call, response }) => [call?.url, response?.status]),
    [
      [undefined, 302],
      [undefined, 401],
      ['https://h/second', 200],
    ],
  );
});

const CURL = `$ curl -v https://contoso.azure-api.net/orders
* Host contoso.azure-api.net:443 was resolved.
* Connected to contoso.azure-api.net (10.0.0.1) port 443
* ALPN: curl offers h2,http/1.1
{ [5 bytes data]
* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384
> GET /orders HTTP/2
> Host: contoso.azure-api.net
> User-Agent: curl/8.5.0
> Accept: */*
>
< HTTP/2 401
< content-length: 52
< content-type: application/json
<
{ "statusCode": 401, "message": "JWT not present." }* Connection #0 to host contoso.azure-api.net left intact
`;

test('curl -v: call, complete headers and the body without curl’s note', () => {
  const { call, response, text } = only(CURL);
  assert.equal(text, undefined);
  assert.deepEqual([call?.method, call?.url], ['GET', 'https://contoso.azure-api.net/orders']);
  assert.deepEqual(
    call?.headers.map(({ name }) => name),
    ['Host', 'User-Agent', 'Accept'],
  );
  assert.equal(call?.authorization.type, 'none');
  assert.deepEqual([response?.status, response?.headersComplete], [401, true]);
  assert.deepEqual(response?.body, { text: RESPONSE[4], bytes: 52, isComplete: true });
});

test('curl -v says whether it spoke TLS, and a redirect makes two exchanges', () => {
  const hop = (path: string, status: string) =>
    `* Connected to localhost (127.0.0.1) port 7071\n> GET ${path} HTTP/1.1\n> Host: localhost:7071\n>\n< HTTP/1.1 ${status}\n< Location: /b\n<\n`;
  assert.deepEqual(
    readExchangeText(hop('/a', '302 Found') + hop('/b', '401 Unauthorized')).map(({ call, response }) => [
      call?.url,
      response?.status,
    ]),
    [
      ['http://localhost:7071/a', 302],
      ['http://localhost:7071/b', 401],
    ],
  );
});

test('curl’s failures are failures', () => {
  const failure = (line: string) => only(`> GET / HTTP/1.1\n> Host: h\n>\n${line}`).failure;
  assert.deepEqual(failure('curl: (52) Empty reply from server'), { kind: 'reset', detail: 'curl 52' });
  assert.deepEqual(failure('curl: (28) Operation timed out after 1000 milliseconds'), {
    kind: 'timeout',
    detail: 'curl 28',
  });
});

test('a failure of curl without its notes is one, with the call of its command', () => {
  const line = 'curl: (6) Could not resolve host: api.contoso.test';
  assert.deepEqual(only(line), { failure: { kind: 'dns', detail: 'curl 6' }, text: line });
  const { call, failure } = only(`$ curl https://api.contoso.test/x\n${line}`);
  assert.deepEqual([call?.url, failure?.kind], ['https://api.contoso.test/x', 'dns']);
});

/** As `curl --help all` of curl 7.88.1 lists them: options that take a value, but for the address. */
const CURL_WITH_VALUE = (
  'abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout ' +
  'connect-to continue-at cookie cookie-jar create-file-mode crlfile curves data data-ascii data-binary ' +
  'data-raw data-urlencode delegation dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header ' +
  'egd-file engine etag-compare etag-save expect100-timeout form form-string ftp-account ' +
  'ftp-alternative-to-user ftp-method ftp-port ftp-ssl-ccc-mode happy-eyeballs-timeout-ms header hostpubmd5 ' +
  'hostpubsha256 hsts interface json keepalive-time key key-type krb libcurl limit-rate local-port ' +
  'login-options mail-auth mail-from mail-rcpt max-filesize max-redirs max-time netrc-file noproxy ' +
  'oauth2-bearer output output-dir parallel-max pass pinnedpubkey preproxy proto proto-default proto-redir ' +
  'proxy proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile proxy-header ' +
  'proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers ' +
  'proxy-tlsauthtype proxy-tlspassword proxy-tlsuser proxy-user proxy1.0 pubkey quote random-file range rate ' +
  'referer request request-target resolve retry retry-delay retry-max-time sasl-authzid service-name socks4 ' +
  'socks4a socks5 socks5-gssapi-service socks5-hostname speed-limit speed-time stderr telnet-option ' +
  'tftp-blksize time-cond tls-max tls13-ciphers tlsauthtype tlspassword tlsuser trace trace-ascii unix-socket ' +
  'upload-file user user-agent write-out'
).split(' ');

/** And those that take none. */
const CURL_FLAGS = (
  'anyauth append basic cert-status compressed compressed-ssh create-dirs crlf digest disable disable-eprt ' +
  'disable-epsv disallow-username-in-url doh-cert-status doh-insecure fail fail-early fail-with-body ' +
  'false-start form-escape ftp-create-dirs ftp-pasv ftp-pret ftp-skip-pasv-ip ftp-ssl-ccc ftp-ssl-control get ' +
  'globoff haproxy-protocol head http0.9 http1.0 http1.1 http2 http2-prior-knowledge http3 http3-only ' +
  'ignore-content-length include insecure ipv4 ipv6 junk-session-cookies list-only location location-trusted ' +
  'mail-rcpt-allowfails manual metalink negotiate netrc netrc-optional no-alpn no-buffer no-clobber ' +
  'no-keepalive no-npn no-progress-meter no-sessionid ntlm ntlm-wb parallel parallel-immediate path-as-is ' +
  'post301 post302 post303 progress-bar proxy-anyauth proxy-basic proxy-digest proxy-insecure proxy-negotiate ' +
  'proxy-ntlm proxy-ssl-allow-beast proxy-ssl-auto-client-cert proxy-tlsv1 proxytunnel raw remote-header-name ' +
  'remote-name remote-name-all remote-time remove-on-error retry-all-errors retry-connrefused sasl-ir ' +
  'show-error silent socks5-basic socks5-gssapi socks5-gssapi-nec ssl ssl-allow-beast ssl-auto-client-cert ' +
  'ssl-no-revoke ssl-reqd ssl-revoke-best-effort sslv2 sslv3 styled-output suppress-connect-headers ' +
  'tcp-fastopen tcp-nodelay tftp-no-options tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 tr-encoding trace-time ' +
  'use-ascii verbose version xattr'
).split(' ');

/** The address of the call that these options and this address make. */
function addressOf(options: string): string | undefined {
  return only(`curl ${options} https://api.contoso.test/x\ncurl: (6) Could not resolve host: api.contoso.test`).call
    ?.url;
}

test('what follows an option of curl is not taken for the address, however the option is written', (t) => {
  const letters = [...'ACDEFHKPQTUXYbcdemortuwxyz'];
  const written = [
    ...CURL_WITH_VALUE.map((name) => `--${name} bob:Summer2026`),
    ...CURL_FLAGS.map((name) => `--${name}`),
    ...letters.flatMap((letter) => [
      `-${letter} bob:Summer2026`,
      `-s${letter} bob:Summer2026`,
      `-${letter}bob:Summer2026`,
    ]),
    ...['--proxy-u bob:Summer2026', '--tlspass Summer2026', '--max-t 5', '--expand-header a:b', '--variable a=b'],
    ...['-sSLkv', '-x http://bob:Summer2026@proxy:80 --proxy-user bob:Summer2026', '--ip-tos CS0'],
  ];
  for (const options of written) assert.equal(addressOf(options), 'https://api.contoso.test/x', options);
  t.diagnostic(`${written.length} options`);
});

test('letters of curl joined in one word mean what they mean apart', () => {
  const { call } = only(
    'curl -sSLiXPUT -uada:pw -sd "a=1" -H"Accept: x" https://h/x --next -d b=2 https://other/\ncurl: (6) x',
  );
  assert.deepEqual([call?.method, call?.url, call?.body], ['PUT', 'https://h/x', 'a=1']);
  assert.deepEqual(
    call?.headers.map(({ name }) => name),
    ['Authorization', 'Accept'],
  );
});

test('curl -i: the command gives what the output leaves out', () => {
  const { call, response, text } = only(
    `me@host:~$ curl -si -X PUT \\\n  -H 'Accept: x' -H "Authorization: Bearer <token>" -d '{"a":1}' 'https://h/api?x=1' | cat\n${RESPONSE.join('\n')}`,
  );
  assert.equal(text, undefined);
  assert.deepEqual([call?.method, call?.url, call?.body], ['PUT', 'https://h/api?x=1', '{"a":1}']);
  assert.deepEqual(call?.authorization, { type: 'unknown', why: 'placeholder', setBy: 'caller' });
  assert.equal(response?.status, 401);
});

for (const [name, text] of [
  [
    'with values on lines of their own',
    'Response Headers\ncontent-length\n0\nwww-authenticate\nBearer realm="h"\nserver\nKestrel',
  ],
  ['with colons', 'content-length: 0\nwww-authenticate: Bearer realm="h"\nserver: Kestrel'],
  [
    'with colons and values on the next line',
    'content-length:\n0\nwww-authenticate:\nBearer realm="h"\nserver:\nKestrel',
  ],
  ['of Postman', 'Content-Length: "0"\nWWW-Authenticate: \'Bearer realm="h"\',\nServer: "Kestrel"'],
] as const) {
  test(`copied response headers ${name}`, () => {
    const { response, call } = only(text);
    assert.equal(call, undefined);
    assert.equal(response?.status, undefined);
    assert.equal(response?.headersComplete, true);
    assert.deepEqual(
      ['content-length', 'www-authenticate', 'server'].map(
        (header) => findHeader(response?.headers ?? [], header)?.value,
      ),
      ['0', 'Bearer realm="h"', 'Kestrel'],
    );
  });
}

test('a browser’s whole headers view', () => {
  const { call, response } = only(
    [
      'General\nRequest URL: https://h/x?a=1\nRequest Method: POST\nStatus Code: 403 Forbidden\nRemote Address: 1.2.3.4:443',
      'Response Headers\nserver: Kestrel\ndate: now\nRequest Headers\n:authority: h\n:path: /x\naccept: */*\norigin: https://app',
    ].join('\n'),
  );
  assert.deepEqual([call?.method, call?.url], ['POST', 'https://h/x?a=1']);
  assert.deepEqual(
    call?.headers.map(({ name }) => name),
    ['accept', 'origin'],
  );
  assert.equal(call?.authorization.type, 'unknown');
  assert.deepEqual([response?.status, response?.statusText, response?.headersComplete], [403, 'Forbidden', false]);
});

test('an error’s JSON alone, or after a few words', () => {
  const apim = only('{"statusCode":401,"message":"Invalid JWT."}');
  assert.equal(apim.response?.status, 401);
  const arm = only('Response: {"error":{"code":"AuthorizationFailed","message":"no"}} (see log)');
  assert.equal(arm.response?.status, undefined);
  assert.equal(arm.response?.headersComplete, false);
  assert.equal(arm.response?.body?.text, '{"error":{"code":"AuthorizationFailed","message":"no"}}');
  assert.match(arm.text ?? '', /see log/);
});

test('anything else is text', () => {
  for (const text of [
    '2026-01-01T00:00:00 [Warning] JWT validation failed: IDX10214: Audience validation failed.',
    'System.Exception: IDW10201: Neither scope nor roles claim was found in the bearer token.\n   at A.B(C c): line 3',
    'GET the book: now',
    'a { b } c',
    '[1, 2]',
  ]) {
    assert.deepEqual(readExchangeText(text), [{ text }]);
  }
  assert.deepEqual(readExchangeText(' \n\t'), []);
});

test('words before a response stay as text', () => {
  const { text, response } = only(`I call my API and get AADSTS50013:\n\n${RESPONSE.join('\n')}`);
  assert.match(text ?? '', /AADSTS50013/);
  assert.equal(response?.status, 401);
});

const fragment = fc.oneof(
  fc.string(),
  fc.constantFrom(
    'HTTP/1.1 401 X',
    '> GET / HTTP/1.1',
    '>',
    '< HTTP/2 200',
    '<',
    '* x',
    '{',
    '}',
    '"',
    "'",
    '\\',
    ':',
    '',
  ),
  fc.constantFrom(
    'curl -H "',
    "curl -d '",
    'Request Headers',
    'Authorization: Bearer',
    'Cookie:',
    'a: b',
    'General',
    '{"error":',
  ),
);

test('any text is read without an exception, into something with a place in it', () => {
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 12 }), (lines) => {
      const text = lines.join('\n');
      const exchanges = readExchangeText(text);
      assert.equal(exchanges.length === 0, text.replace(/^[\ufeff\u200b-\u200d\u2060]+/, '').trim() === '');
      for (const exchange of exchanges) {
        assert.ok(exchange.call ?? exchange.response ?? exchange.failure ?? exchange.text, JSON.stringify(text));
      }
    }),
    { numRuns: 1_000 },
  );
});

test('1 MB of hostile text is read in bounded time', { timeout: 30_000 }, () => {
  const pieces = [
    ...[
      'ey-',
      'eyJhbGciOi.',
      'client_secret="',
      'code=',
      '?code=&',
      'Bearer ',
      'a:\n',
      '{"error":',
      '\\"',
      "curl '",
      'Cookie: ;',
    ],
    ...[
      '> GET / HTTP/1.1\n',
      '< HTTP/1.1 401 U\n<\n',
      'HTTP/1.1 401 U\nA: b\n\nx\n',
      '://a@',
      'a=',
      ' -u ',
      'authorization\n',
      '[',
    ],
    ...['\\', 'Authorization: ', '=', 'access_token:"\\', 'a \t', 'Bearer\t', 'AzFu-', 'x.', '-u\n'],
  ];
  for (const piece of pieces) {
    const text = piece.repeat(Math.ceil(GREATEST_PASTED_LENGTH / piece.length));
    const startedAt = cpuMs();
    assert.ok(readExchangeText(text).length > 0);
    const tookMs = cpuMs() - startedAt;
    assert.ok(tookMs < 2_000, `${JSON.stringify(piece)}: ${tookMs} ms`);
  }
});
