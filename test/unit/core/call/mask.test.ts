import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readExchangeText } from '../../../../src/core/call/http-text.ts';
import { maskHeader, maskUrl } from '../../../../src/core/call/mask-exchange.ts';
import { isBlank, isPlaceholder, maskSecret } from '../../../../src/core/call/mask-secret.ts';
import { maskText } from '../../../../src/core/call/mask-text.ts';
import { signToken } from '../token/sign-token.ts';

/** Letters and digits as keys, tokens and secrets are made of. */
const secret = fc.stringMatching(/^[A-Za-z0-9_~-]{17,90}$/).filter((text) => !isBlank(text));
const plainText = fc.string({ maxLength: 60 }).map((text) => text.replaceAll(/[\r\n"'\\&]/g, ' '));

/** Every place a secret travels in, as text that people paste. */
const PLACES: Readonly<Record<string, (secret: string) => string>> = {
  bearer: (value) =>
    `GET /x HTTP/1.1\nHost: h\nAuthorization: Bearer ${value}\n\nHTTP/1.1 401 Unauthorized\nA: b\n\nno`,
  noScheme: (value) => `GET /x HTTP/1.1\nHost: h\nAuthorization: ${value}\n\n`,
  unknownScheme: (value) => `GET https://h/x\nAuthorization: ${value} ${value}\n\n`,
  basic: (value) => `curl -v https://h/\n> GET / HTTP/1.1\n> Host: h\n> authorization: basic ${value}\n>\n`,
  functionsKey: (value) => `> GET /api HTTP/1.1\n> Host: h\n> x-functions-key: ${value}\n>\n< HTTP/1.1 401 No\n<\n`,
  subscriptionKey: (value) => `GET https://h/x\nOcp-Apim-Subscription-Key: ${value}\n\nHTTP/1.1 401\nA: b\n\n`,
  renamedKey: (value) => `GET https://h/x\nX-Gateway-Key: ${value}\n\n`,
  cookie: (value) => `GET https://h/x\nCookie: a=1; b=${value}\n\n`,
  setCookie: (value) => `HTTP/1.1 200 OK\nSet-Cookie: s=${value}; Path=/\n\n`,
  code: (value) => `GET https://h/api/x?a=1&code=${value}&b=2 HTTP/1.1\n\n`,
  codeInLine: (value) => `> GET /api/x?code=${value} HTTP/1.1\n> Host: h\n>\n< HTTP/1.1 401 U\n<\n`,
  queryKey: (value) => `Request URL: https://h/x?subscription-key=${value}\nStatus Code: 401\nServer: x\nDate: y`,
  sas: (value) => `HTTP/1.1 302 Found\nLocation: https://b/x?sv=1&sig=${value}\n\n`,
  form: (value) => `POST https://h/token\n\ngrant_type=x&client_secret=${value}&b=1\n\nHTTP/1.1 400 Bad\nA: b\n\n{}`,
  json: (value) => `{"error":"x","client_secret":"${value}","refresh_token": "${value}"}`,
  escapedJson: (value) => `{"error":"x","message":"{\\"access_token\\":\\"${value}\\"}"}`,
  log: (value) => `12:00 token request failed client_secret=${value}; AADSTS7000215: Invalid`,
  connection: (value) => `Endpoint=sb://x/;SharedAccessKeyName=n;SharedAccessKey=${value}=`,
  logBearer: (value) => `sent Authorization: Bearer ${value} and got IDX10214`,
  curlHeader: (value) => `curl -H 'x-functions-key: ${value}' "https://h/x"`,
  curlUser: (value) => `curl -u me:${value} https://h/x`,
  curlUrl: (value) => `curl -i 'https://h/x?code=${value}'\nHTTP/1.1 401 U\nA: b\n\n`,
  curlBroken: (value) => `curl -u me:${value}`,
  devtools: (value) => `Request Headers\nauthorization\nBearer ${value}\naccept\n*/*`,
  userInfo: (value) => `GET https://me:${value}@h/x\n\n`,
  h2Note: (value) => `* [HTTP/2] [1] [authorization: Bearer ${value}]\n> GET / HTTP/2\n> Host: h\n>\n< HTTP/2 401\n<\n`,
};

for (const [place, write] of Object.entries(PLACES)) {
  test(`a secret in ${place} does not survive reading`, () => {
    fc.assert(
      fc.property(secret, plainText, plainText, (value, before, after) => {
        for (const text of [write(value), `${before}\n${write(value)}`, `${write(value)}\n${after}`]) {
          assert.ok(!JSON.stringify(readExchangeText(text)).includes(value), text);
        }
      }),
      { numRuns: 40 },
    );
  });
}

test('of a token the decoded claims stay, and no part of its text', async () => {
  const token = await signToken({ aud: 'api://orders', exp: 1 });
  for (const write of Object.values(PLACES)) {
    const shown = JSON.stringify(readExchangeText(write(token)));
    for (const part of token.split('.')) assert.ok(!shown.includes(part), shown);
  }
  const [exchange] = readExchangeText(PLACES.bearer?.(token) ?? '');
  const authorization = exchange?.call?.authorization;
  assert.equal(authorization?.type, 'bearer');
  assert.ok(authorization?.type === 'bearer');
  assert.deepEqual(authorization.bearer.token?.payload, { aud: 'api://orders', exp: 1 });
  assert.equal(authorization.bearer.raw, undefined);
  assert.equal(authorization.bearer.partial, false);
});

test('a token wrapped over lines is masked to its end', async () => {
  const token = await signToken({ aud: 'api://orders', scp: 'Orders.Read Orders.Write', name: 'Somebody' });
  const wrapped = token.match(/.{1,40}/g)?.join('\n') ?? '';
  const shown = maskText(`the token\n${wrapped}\nwas refused: IDX10214`);
  for (const line of wrapped.split('\n')) assert.ok(!shown.includes(line), shown);
  assert.match(shown, /^the token\n••••..\nwas refused: IDX10214$/);
});

test('what a token was wrong with is kept without its text', () => {
  const authorization = readExchangeText('GET https://h/\nAuthorization: Bearer not-a-token-at-all\n\n')[0]?.call
    ?.authorization;
  assert.ok(authorization?.type === 'bearer');
  assert.equal(authorization.bearer.token, undefined);
  assert.deepEqual(authorization.bearer.problems, [{ id: 'notAToken', severity: 'error', part: 'token' }]);
});

test('a known secret is masked in every way it can be written', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 5, maxLength: 40, unit: 'binary' }), (value) => {
      const known = { secrets: [value] };
      const inForm = new URLSearchParams({ x: value }).toString();
      const texts = [value, `<${value}>`, JSON.stringify({ value }), inForm];
      for (const text of texts) {
        const escaped = [value, JSON.stringify(value).slice(1, -1), inForm.slice(2)];
        for (const way of escaped) assert.ok(!maskText(text, known).includes(way) || '••••'.includes(way));
      }
    }),
  );
});

test('codes, ids, addresses and sentences are not masked', () => {
  for (const text of [
    'AADSTS7000215: Invalid client secret provided. Ensure the secret being sent is the client secret value. Trace ID: 11111111-aaaa-4bbb-8ccc-000000000001',
    '{"error":{"code":"AuthorizationFailed","message":"does not have authorization to perform action \'Microsoft.X/y/read\' over scope \'/subscriptions/11111111-aaaa-4bbb-8ccc-000000000001/resourceGroups/rg\'"}}',
    "AADSTS7000218: The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    '{"error_uri":"https://login.microsoftonline.com/error?code=7000215"}',
    "IDX10503: Signature validation failed. kid: 'CtTuhMJmD5M7DLdzD2v2x3QKSRY'. Number of keys: 7",
    '{ "statusCode": 401, "message": "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API." }',
    'Bearer error="invalid_token", error_description="The audience is invalid"',
    'Bearer authorization_uri="https://login.windows.net/x/oauth2/authorize" resource_id="y"',
    'x-ms-keyvault-network-info: conn_type=Ipv4;addr=20.1.2.3;act_addr_fam=InterNetwork;',
  ]) {
    assert.equal(maskText(text), text);
  }
});

test('the claims of a challenge are no secret', () => {
  const claims = Buffer.from(
    JSON.stringify({ access_token: { nbf: { essential: true, value: '1700000000' } } }),
  ).toString('base64');
  const header = { name: 'WWW-Authenticate', value: `Bearer error="insufficient_claims", claims="${claims}"` };
  assert.deepEqual(maskHeader(header), header);
});

test('placeholders stay, marked as not known; an empty key stays empty and known', () => {
  assert.deepEqual(maskHeader({ name: 'x-functions-key', value: '{{key}}' }), {
    name: 'x-functions-key',
    value: '{{key}}',
    masked: true,
  });
  assert.deepEqual(maskHeader({ name: 'x-functions-key', value: '' }), { name: 'x-functions-key', value: '' });
  assert.deepEqual(maskHeader({ name: 'Accept', value: 'x' }), { name: 'Accept', value: 'x' });
  for (const text of ['<token>', '{{token}}', '***', '"<access token>"', '[REDACTED]', 'xxxx', '…'])
    assert.ok(isBlank(text), text);
  for (const text of ['$TOKEN', 'eyJ0eXAi...', '%TOKEN%', '$(az account get-access-token)', 'YOUR_TOKEN']) {
    assert.ok(isPlaceholder(text) && !isBlank(text), text);
  }
});

test('a mask shows two characters of a long secret and nothing of a short one', () => {
  assert.equal(maskSecret('a'.repeat(16)), '••••');
  assert.equal(maskSecret(`${'a'.repeat(15)}xy`), '••••xy');
  assert.equal(maskSecret(maskSecret(`${'a'.repeat(15)}xy`)), '••••xy');
});

test('a URL keeps its form', () => {
  assert.equal(maskUrl('https://h/a?x=1&Code=abc%3D&y#f'), 'https://h/a?x=1&Code=••••&y#f');
  assert.equal(maskUrl('https://h/a?renamed=abc', { parameters: ['Renamed'] }), 'https://h/a?renamed=••••');
  assert.equal(maskUrl('/relative?subscription-key='), '/relative?subscription-key=');
  assert.equal(maskUrl('not a url'), 'not a url');
});
