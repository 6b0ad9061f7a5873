import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { WholeRequest } from '../../../../src/core/call/request-pieces.ts';
import { audiencesOfToken } from '../../../../src/core/call/token-destination.ts';
import { typedTokens } from '../../../../src/core/call/typed-tokens.ts';
import { signToken } from '../token/sign-token.ts';

const NAMES = { headers: [], queryParameters: [] };
const URL_OF_API = 'https://api.contoso.example/orders';
const token = await signToken({ aud: 'https://graph.example', name: 'ü' });
const other = await signToken({ aud: 'api://orders' });

const base64 = (text: string) => Buffer.from(text).toString('base64');
const base64url = (text: string) => Buffer.from(text).toString('base64url');
const hex = (text: string) => Buffer.from(text).toString('hex');
const escapedAs = (before: string, after: string) => (text: string) =>
  [...text]
    .map(
      (one) =>
        `${before}${one
          .charCodeAt(0)
          .toString(16)
          .padStart(before === '\\u' ? 4 : 2, '0')}${after}`,
    )
    .join('');
const escaped = escapedAs('%', '');
const partsOf = (text: string) => {
  const [header, payload, signature] = text.split('.');
  return { protected: header, payload, signature };
};

const WRAPPINGS: [name: string, wrap: (text: string) => string][] = [
  ['alone', (text) => text],
  ['behind Bearer', (text) => `Bearer ${text}`],
  ['in quotes', (text) => `"${text}"`],
  ['as a password in Basic', (text) => `Basic ${base64(`user:${text}`)}`],
  ['as a user in Basic', (text) => `Basic ${base64(`${text}:x-oauth`)}`],
  ['as user:token', (text) => `user:${text}`],
  ['with dots in percent signs', (text) => text.replaceAll('.', '%2E')],
  ['in percent signs', escaped],
  ['in percent signs twice', (text) => encodeURIComponent(escaped(text))],
  ['in base64', base64],
  ['in base64url', base64url],
  ['in base64 over lines', (text) => base64(text).replace(/(.{76})/g, '$1\r\n')],
  ['in base64 twice', (text) => base64(base64(text))],
  ['in base64 in percent signs', (text) => encodeURIComponent(base64(`Bearer ${text}`))],
  ['in percent signs in base64', (text) => base64(escaped(text))],
  ['behind a name of a protocol', (text) => `base64url.bearer.authorization.k8s.io.${base64url(text)}`],
  ['behind a resource', (text) => `aad#/subscriptions/x#${text}`],
  ['in JSON', (text) => JSON.stringify({ a: [{ token: text }] })],
  ['in JSON in JSON', (text) => JSON.stringify({ a: JSON.stringify({ b: text }) })],
  ['in a form', (text) => `a=1&token=${encodeURIComponent(text)}`],
  ['in an address', (text) => `https://x.example/?token=${encodeURIComponent(text)}`],
];

/** Its receiver may still read the token out of these, though it does not stand there as one. */
const JOINED: [name: string, wrap: (text: string) => string][] = [
  ['right behind Bearer', (text) => `Bearer${text}`],
  ...[...'.-_~x0'].map((sign): [string, (text: string) => string] => [
    `right behind another and ${sign}`,
    (text) => `Bearer ${other}${sign}${text}`,
  ]),
  ['with more behind it', (text) => `${text}.x.y`],
  ['with a broken header', (text) => `eyK${text.slice(3)}`],
  ...['a', 'ab', 'abc', 'token_'].map((word): [string, (text: string) => string] => [
    `in base64 right behind ${word}`,
    (text) => word + base64(text),
  ]),
  ['in base64 of UTF-16', (text) => Buffer.from(text, 'utf16le').toString('base64')],
  ['in hexadecimal', hex],
  ['in hexadecimal in capitals', (text) => hex(text).toUpperCase()],
  ['in hexadecimal out of step', (text) => `f${hex(text)}`],
  ['in base64 in hexadecimal', (text) => hex(base64(text))],
  ['in references of XML', (text) => `<a b="c">${escapedAs('&#x', ';')(text)}</a>`],
  ['in an attribute of XML', (text) => `<a b="${text.replaceAll('.', '&#46;')}"/>`],
  ['in escapes of a script', (text) => `const a = '${escapedAs('\\x', '')(text)}'`],
  ['in escapes of JSON in lines', (text) => `{"a":1}\n{"b":"${escapedAs('\\u', '')(text)}"}`],
  ['in parts', (text) => JSON.stringify(partsOf(text))],
  [
    'in parts, with several signatures',
    (text) => {
      const { payload, ...signature } = partsOf(text);
      return JSON.stringify({ payload, signatures: [signature] });
    },
  ],
];

const PLACES: [name: string, place: (text: string) => WholeRequest][] = [
  ['Authorization', (value) => ({ url: URL_OF_API, headers: [{ name: 'Authorization', value }] })],
  ['any header', (value) => ({ url: URL_OF_API, headers: [{ name: 'X-Note', value }] })],
  ['a cookie', (value) => ({ url: URL_OF_API, headers: [{ name: 'Cookie', value: `a=1; s=${value}` }] })],
  ['the path', (value) => ({ url: `${URL_OF_API}/${encodeURIComponent(value)}`, headers: [] })],
  ['the query', (value) => ({ url: `${URL_OF_API}?x=${encodeURIComponent(value)}`, headers: [] })],
  ['the user info', (value) => ({ url: `https://me:${encodeURIComponent(value)}@api.contoso.example`, headers: [] })],
  ['the body', (body) => ({ url: URL_OF_API, headers: [], body })],
  ['a field of a form', (value) => ({ url: URL_OF_API, headers: [], body: `x=${encodeURIComponent(value)}` })],
  ['a field of JSON', (value) => ({ url: URL_OF_API, headers: [], body: JSON.stringify({ x: value }) })],
];

describe('tokens that are typed', () => {
  for (const [place, put] of PLACES)
    for (const [wrapping, wrap] of WRAPPINGS)
      it(`are found in ${place}, ${wrapping}`, () => {
        const found = typedTokens(put(wrap(token)), NAMES);
        assert.ok(found.includes(token), JSON.stringify(found));
      });

  for (const [place, put] of PLACES)
    for (const [wrapping, wrap] of JOINED)
      it(`are told by their audience in ${place}, ${wrapping}`, () => {
        const audiences = typedTokens(put(wrap(token)), NAMES).flatMap(audiencesOfToken);
        assert.ok(audiences.includes('https://graph.example'), JSON.stringify(audiences));
      });

  it('are found as the name of a header', () => {
    assert.deepEqual(typedTokens({ url: URL_OF_API, headers: [{ name: token, value: 'x' }] }, NAMES), [token]);
  });

  it('are found where nobody can read whom they are for', async () => {
    const encrypted = `${base64url('{"alg":"dir","enc":"A256GCM"}')}..aaaa.bbbb.cccc`;
    for (const one of [encrypted, await signToken({ sub: 'x' }), await signToken({ aud: [] })])
      assert.deepEqual(typedTokens({ url: URL_OF_API, headers: [{ name: 'X', value: one }] }, NAMES), [one]);
  });

  it('are none in a request that brings none', () => {
    const body = JSON.stringify({
      image: base64('x'.repeat(5_000)),
      note: 'eyJ is how one begins',
      principal: base64(JSON.stringify({ auth_typ: 'aad', claims: [{ typ: 'aud', val: 'api://orders' }] })),
      session: `${base64url('{"user":1}')}.ZxY1aQ.${base64url('signature')}`,
    });
    assert.deepEqual(typedTokens({ url: URL_OF_API, headers: [{ name: 'Accept', value: '*/*' }], body }, NAMES), []);
  });
});

describe('an assertion', () => {
  const LOGIN = 'https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token';
  const body = `grant_type=x&assertion=${token}&client_%61ssertion=${token}&subject_token=${token}`;
  for (const url of [
    LOGIN,
    LOGIN.replace('v2.0/', ''),
    'https://login.microsoftonline.us/contoso.example/oauth2/v2.0/token?x=1',
  ])
    it(`may go to a token endpoint of Microsoft’s: ${url}`, () => {
      assert.deepEqual(typedTokens({ url, headers: [], body }, NAMES), []);
      assert.deepEqual(typedTokens({ url, headers: [], body: `${body}&x=${other}` }, NAMES), [other]);
      assert.deepEqual(typedTokens({ url, headers: [{ name: 'X', value: token }], body }, NAMES), [token]);
      assert.deepEqual(typedTokens({ url, headers: [], body: JSON.stringify({ assertion: token }) }, NAMES), [token]);
    });

  for (const url of [
    'https://login.evil.example/contoso.example/oauth2/v2.0/token',
    LOGIN.replace('https', 'http'),
    LOGIN.replace('.com', '.com:8443'),
    LOGIN.replace('.com', '.com.evil.example'),
    LOGIN.replace('login.', 'evil.'),
    LOGIN.replace('/token', '/authorize'),
    'https://contoso.ciamlogin.com/contoso.example/oauth2/v2.0/token',
    'https://contoso.b2clogin.com/contoso.example/B2C_1A_x/oauth2/v2.0/token',
    'nowhere',
  ])
    it(`is judged like any token elsewhere: ${url}`, () =>
      assert.deepEqual(typedTokens({ url, headers: [], body }, NAMES), [token]));
});

describe('hostile requests', () => {
  const SIZE = 100_000;
  for (const shape of [
    'a',
    'eyJ',
    'ZXlK',
    '%25',
    '%65',
    'eyJ.',
    'a\n',
    '{"a":',
    'a=b&',
    '/',
    'A'.repeat(39).concat('.'),
    'V',
    '65',
    '&#x65;',
    'eyJhdWQiOiJ4In0.',
  ])
    it(`are read in a moment: ${JSON.stringify(shape)}`, { timeout: 2_000 }, () => {
      const value = shape.repeat(SIZE / shape.length);
      typedTokens({ url: URL_OF_API, headers: [{ name: 'X', value }], body: value }, NAMES);
    });
});
