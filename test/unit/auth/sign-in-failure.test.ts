import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { NotReady } from '../../../src/auth/not-ready.ts';
import { type FailedCall, signInFailureOf } from '../../../src/auth/sign-in-failure.ts';
import type { SignInFailure } from '../../../src/auth/token-source.ts';

const network: FailedCall['network'] = { trouble: undefined, failedReply: undefined, maskSecrets: (text) => text };
const silent: FailedCall = { network, isInteractive: false };
const interactive: FailedCall = { network, isInteractive: true };

describe('kinds of failure', () => {
  const cases: [name: string, error: unknown, call: FailedCall, expected: Partial<SignInFailure>][] = [
    [
      'no local redirect',
      new NotReady('noLocalRedirect'),
      interactive,
      { kind: 'notReady', reason: 'noLocalRedirect' },
    ],
    [
      'code not entered',
      { name: 'ClientAuthError', errorCode: 'device_code_expired' },
      interactive,
      { kind: 'timeout' },
    ],
    ['cancelled in the page', { name: 'ServerError', errorCode: 'user_canceled' }, interactive, { kind: 'cancelled' }],
    ['throttled', { name: 'ServerError', errorCode: '90033 1' }, silent, { kind: 'refused', code: 'AADSTS90033' }],
    ['grant', { name: 'ServerError', errorCode: 'invalid_grant' }, silent, { kind: 'interactionRequired' }],
    ['grant, asked', { name: 'ServerError', errorCode: 'invalid_grant' }, interactive, { kind: 'refused' }],
    [
      'configuration',
      { name: 'ClientConfigurationError', errorCode: 'authority_uri_insecure' },
      silent,
      { kind: 'other' },
    ],
    ['bug', new TypeError('x'), silent, { kind: 'other', detail: 'TypeError' }],
    ['nothing', undefined, silent, { kind: 'other' }],
    ['no object', 'x', silent, { kind: 'other' }],
  ];
  for (const [name, error, call, expected] of cases) {
    it(name, () => assert.partialDeepStrictEqual(signInFailureOf(error, call), expected));
  }

  it('a stop on this side wins over what it led to', () => {
    const error = { name: 'ServerError', errorCode: 'user_canceled' };
    assert.equal(signInFailureOf(error, { ...interactive, stopped: 'timeout' }).kind, 'timeout');
  });
});

describe('the detail', () => {
  function detailOf(errorMessage: string): string {
    return signInFailureOf({ name: 'ServerError', errorCode: 'invalid_request', errorMessage }, interactive).detail;
  }

  it('is the server’s sentence, without its envelope', () => {
    const message =
      'Error(s): 50011 - Timestamp: 2026 - Description: AADSTS50011: Wrong.\r\nTrace ID: a Correlation ID: b';
    assert.equal(detailOf(message), 'AADSTS50011: Wrong.');
  });

  it('keeps the GUIDs of App ID URIs and masks what looks like a secret', () => {
    const secret = randomBytes(40).toString('base64url');
    const uri = 'api://5e1f7c2a-94b3-4d68-a0c5-3b7e9d1f2a86/Orders.Read';
    const detail = detailOf(`AADSTS500011: ${uri} ${secret}`);
    assert.ok(detail.includes(uri));
    assert.ok(!detail.includes(secret.slice(8)));
  });

  it('is one line, of bounded length, without marks that turn text around', () => {
    const detail = detailOf(`a\n\u202eb\u0000c${' word'.repeat(1000)}`);
    assert.match(detail, /^a b c word/);
    assert.ok(detail.length <= 401);
  });
});
