import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readChallenges } from '../../../../src/core/call/www-authenticate.ts';

function read(...values: string[]) {
  const headers = values.map((value) => ({ name: 'WWW-Authenticate', value }));
  return readChallenges(headers).map(({ scheme, parameters, token68 }) => {
    return token68 === undefined ? [scheme, { ...parameters }] : [scheme, { ...parameters }, token68];
  });
}

test('API Management’s subscription key, commas without spaces', () => {
  assert.deepEqual(read('AzureApiManagementKey realm="https://h/fn",name="Ocp-Apim-Subscription-Key",type="header"'), [
    ['AzureApiManagementKey', { realm: 'https://h/fn', name: 'Ocp-Apim-Subscription-Key', type: 'header' }],
  ]);
});

test('App Service authentication divides parameters by spaces', () => {
  const uri = 'https://login.windows.net/t/oauth2/authorize';
  assert.deepEqual(read(`Bearer realm="h" authorization_uri="${uri}" resource_id="api"`), [
    ['Bearer', { realm: 'h', authorization_uri: uri, resource_id: 'api' }],
  ]);
});

test('several challenges, in one header and in several', () => {
  assert.deepEqual(
    read('HMAC-SHA256, Bearer error="invalid_token", error_description="a, b"', 'Negotiate', 'NTLM, Basic realm=x'),
    [
      ['HMAC-SHA256', {}],
      ['Bearer', { error: 'invalid_token', error_description: 'a, b' }],
      ['Negotiate', {}],
      ['NTLM', {}],
      ['Basic', { realm: 'x' }],
    ],
  );
  assert.deepEqual(read('Negotiate YII+/a==, Bearer'), [
    ['Negotiate', {}, 'YII+/a=='],
    ['Bearer', {}],
  ]);
});

test('quoted pairs, spaces around the sign, names in any case, unquoted addresses', () => {
  assert.deepEqual(read('Bearer Realm = "a \\"b\\" \\\\", authorization=https://login/t?x=1, scope=""'), [
    ['Bearer', { realm: 'a "b" \\', authorization: 'https://login/t?x=1', scope: '' }],
  ]);
});

test('of a repeated parameter the first counts; names of Object’s prototype are ordinary', () => {
  const [challenge] = readChallenges([
    { name: 'www-authenticate', value: 'Bearer a=1, A=2, __proto__="x", constructor=y' },
  ]);
  assert.equal(challenge?.parameters.a, '1');
  assert.equal(challenge?.parameters.constructor, 'y');
  assert.equal(Object.getPrototypeOf(challenge?.parameters), null);
  assert.equal(challenge?.parameters.toString, undefined);
});

test('broken text gives what can be read', () => {
  assert.deepEqual(read('Bearer error="never closed, realm=x'), [['Bearer', { error: 'never closed, realm=x' }]]);
  assert.deepEqual(read('realm="x"'), [['', { realm: 'x' }]]);
  assert.deepEqual(read('', ' ,,; '), []);
  assert.deepEqual(read('="a" (Basic) <b>'), [
    ['a', {}],
    ['Basic', {}],
    ['b', {}],
  ]);
});

test('raw is the challenge’s own part', () => {
  const raws = readChallenges([{ name: 'WWW-Authenticate', value: 'Basic realm="a, b" , Bearer x=y' }]).map(
    ({ raw }) => raw,
  );
  assert.deepEqual(raws, ['Basic realm="a, b"', 'Bearer x=y']);
});

test('what is well-formed is read back', () => {
  const token = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,12}$/);
  const challenge = fc.record({
    scheme: token,
    parameters: fc.uniqueArray(fc.tuple(token, fc.string()), {
      minLength: 1,
      maxLength: 5,
      selector: ([name]) => name.toLowerCase(),
    }),
  });
  fc.assert(
    fc.property(fc.array(challenge, { maxLength: 4 }), fc.constantFrom(', ', ',', ' '), (challenges, separator) => {
      const text = challenges
        .map(({ scheme, parameters }) => {
          const written = parameters.map(([name, value]) => `${name}="${value.replaceAll(/["\\]/g, '\\$&')}"`);
          return `${scheme} ${written.join(separator)}`;
        })
        .join(', ');
      const expected = challenges.map(({ scheme, parameters }) => {
        return [scheme, Object.fromEntries(parameters.map(([name, value]) => [name.toLowerCase(), value]))];
      });
      assert.deepEqual(read(text), expected);
    }),
  );
});

test('any text is read without an exception, and long ones in bounded time', { timeout: 10_000 }, () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('"', '=', ',', 'Bearer ', '\\', 'a="'))), (pieces) => {
      assert.ok(readChallenges([{ name: 'WWW-Authenticate', value: pieces.join('') }]).length <= 32);
    }),
  );
  for (const piece of ['a ', 'a=', '"', 'a="\\', '=', 'Bearer a==,', '(']) {
    assert.ok(readChallenges([{ name: 'WWW-Authenticate', value: piece.repeat(500_000) }]).length <= 32);
  }
});
