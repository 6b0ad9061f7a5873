import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readAuthorization } from '../../../../src/core/call/authorization.ts';
import { signToken } from '../token/sign-token.ts';

const token = await signToken({ aud: 'x' });
const read = (...values: string[]) => readAuthorization(values.map((value) => ({ name: 'authorization', value })));

test('no header, or an empty one, is none', () => {
  assert.deepEqual(readAuthorization([{ name: 'Accept', value: 'Bearer x' }]), { type: 'none', setBy: 'caller' });
  assert.deepEqual(read('  '), { type: 'none', setBy: 'caller' });
});

test('a bearer token is there as sent, whatever it is', () => {
  for (const [value, raw] of [
    [`Bearer ${token}`, token],
    [`bearer  ${token} `, token],
    ['Bearer opaque-123456', 'opaque-123456'],
    [`Bearer "${token}"`, `"${token}"`],
    ['Bearer', ''],
  ] as const) {
    const authorization = read(value);
    assert.equal(authorization.type === 'bearer' && authorization.bearer.raw, raw);
  }
});

for (const [value, scheme, fault] of [
  [token, '', 'noScheme'],
  ['AbCdEf0123456789', '', 'noScheme'],
  [`Bearer${token}`, 'Bearer', 'noSpace'],
  [`Bearer: ${token}`, 'Bearer', 'noSpace'],
  [`Bearer Bearer ${token}`, 'Bearer', 'schemeTwice'],
  [`Bearer ${token}, Bearer ${token}`, 'Bearer', 'severalValues'],
  ['Basic dXNlcjpwYXNz', 'Basic', undefined],
  [`Token ${token}`, 'Token', undefined],
  ['SharedAccessSignature sr=x&sig=y', 'SharedAccessSignature', undefined],
] as const) {
  test(`“${value.slice(0, 20)}” is ${scheme || 'no scheme'}, ${fault ?? 'another scheme'}`, () => {
    assert.deepEqual(
      read(value),
      fault ? { type: 'other', scheme, fault, setBy: 'caller' } : { type: 'other', scheme, setBy: 'caller' },
    );
  });
}

test('two headers are a fault', () => {
  const authorization = read(`Bearer ${token}`, `Bearer ${token}`);
  assert.equal(authorization.type === 'other' && authorization.fault, 'severalHeaders');
});

test('a value left out is unknown, not a malformed token', () => {
  for (const value of [
    ...[
      'Bearer <token>',
      'Bearer {{ordersToken}}',
      'Bearer ***',
      'Bearer eyJ0eXAi...',
      'Bearer $TOKEN',
      '***',
      '{{auth}}',
    ],
    ...['Bearer [REDACTED]', 'Bearer eyJhbG…', '<redacted>', 'Bearer YOUR_ACCESS_TOKEN', 'Bearer ••••Xy'],
  ]) {
    const authorization = read(value);
    assert.equal(authorization.type === 'unknown' && authorization.why, 'placeholder', value);
  }
  const masked = readAuthorization([{ name: 'Authorization', value: 'Bearer abcdef', masked: true }]);
  assert.equal(masked.type === 'unknown' && masked.why, 'masked');
});

test('the scheme never holds a part of a secret', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z0-9_~.-]{8,60}$/), (secret) => {
      for (const value of [secret, `${secret} ${secret}`, `Bearer ${secret}`, `Bearer:${secret}`]) {
        const authorization = read(value);
        assert.ok(!(authorization.type === 'other' && authorization.scheme.includes(secret)));
      }
    }),
  );
});
