import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { privacyOf } from '../../../../src/core/token/claim-privacy.ts';
import { HEADER_ROWS, PAYLOAD_ROWS } from '../../../../src/core/token/claim-rows.ts';
import { readToken } from '../../../../src/core/token/read-token.ts';
import { redactToken } from '../../../../src/core/token/redact-token.ts';
import type { JsonObject } from '../../../../src/core/token/token.ts';
import { base64url, encryptToken, signToken } from './sign-token.ts';

const tid = '11111111-2222-4333-8444-555555555555';
const client = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';
const shown = {
  iss: `https://login.microsoftonline.com/${tid}/v2.0`,
  tid,
  ver: '2.0',
  aud: '99999999-2222-4333-8444-555555555555',
  azp: client,
  azpacr: '0',
  scp: 'Orders.Read',
  roles: ['Admin'],
  iat: 1_800_000_000,
  exp: 1_800_004_500,
  _claim_names: { groups: 'src1' },
};
const hidden = {
  name: 'Ada Example',
  preferred_username: 'ada@example.com',
  upn: 'ada@example.com',
  email: 'ada@example.com',
  given_name: 'Ada',
  family_name: 'Example',
  oid: 'secret-oid',
  sub: 'secret-sub',
  ipaddr: '203.0.113.9',
  puid: 'secret-puid',
  groups: ['secret-group'],
  uti: 'secret-uti',
  aio: 'secret-aio',
  nonce: 'secret-nonce',
  address: { street: 'secret-street' },
  employee: 'secret-employee',
  xms_mirid: '/subscriptions/secret-subscription/resourcegroups/g',
  _claim_sources: { src1: { endpoint: 'https://graph.windows.net/secret-endpoint' } },
};

function claimsOf(text: string): { header?: JsonObject; payload?: JsonObject } {
  return JSON.parse(text.slice(text.indexOf('\n') + 1)) as { header?: JsonObject; payload?: JsonObject };
}

function redactPayload(payload: object, header: object = { alg: 'RS256' }, signature = 'AAAA'): string {
  return redactToken(
    readToken(`${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(payload))}.${signature}`),
  );
}

/** The first run of 24 characters two texts share. */
function sharedRun(text: string, raw: string): string | undefined {
  for (let at = 0; at + 24 <= raw.length; at++) {
    if (text.includes(raw.slice(at, at + 24))) return raw.slice(at, at + 24);
  }
  return undefined;
}

describe('redactToken', () => {
  test('shows issuer, application, permissions and times, and hides the person', async () => {
    const raw = await signToken({ ...shown, ...hidden }, { kid: 'key-1', jwk: { kid: 'secret-key' } });
    const text = redactToken(readToken(raw));
    const { header, payload } = claimsOf(text);
    const { jwk, ...header_ } = header ?? {};
    assert.deepEqual(header_, { typ: 'JWT', alg: 'RS256', kid: 'key-1' });
    assert.notEqual(jwk, undefined);
    for (const [name, value] of Object.entries(shown)) assert.deepEqual(payload?.[name], value, name);
    for (const name of Object.keys(hidden)) assert.match(String(payload?.[name]), /^•••• \(/, name);
    assert.doesNotMatch(text, /secret|Ada|ada@|203\.0/);
    assert.equal(sharedRun(text, raw), undefined);
  });

  test('begins with one line of kind, audience and expiry', () => {
    const [line] = redactPayload(shown).split('\n');
    assert.match(line ?? '', /^eyJ…\[Access token v2, .*\]$/);
    assert.ok(line?.includes(shown.aud) && line.includes('2027-01-15T09:15:00Z'), line);
    const hostile = redactPayload({ aud: 'a\n\u202e]b\u2028', exp: 1e300 }).split('\n')[0];
    assert.match(hostile ?? '', /^eyJ…\[.*\]$/);
    assert.doesNotMatch(hostile ?? '', /[\u202e\u2028]/);
    assert.match(redactPayload({ aud: ['ada@example.com', 'b'], exp: 'soon' }), /^eyJ…\[.*\]\n/);
    assert.doesNotMatch(redactPayload({ aud: ['ada@example.com', 'b'] }), /ada@/);
  });

  test('of an unreadable token only the line, of an encrypted one the header', async () => {
    for (const raw of ['', 'kQ7~correct-horse-battery-staple-1', 'eyJhb*.eyJhb*.x']) {
      const text = redactToken(readToken(raw));
      assert.match(text, /^eyJ…\[[^\n]*\]$/);
      assert.ok(raw === '' || !text.includes(raw.slice(0, 6)));
    }
    const encrypted = claimsOf(redactToken(readToken(await encryptToken('x'))));
    assert.deepEqual(encrypted, { header: { alg: 'RSA-OAEP-256', enc: 'A256GCM' } });
  });

  test('every claim of the table is decided', () => {
    for (const [name] of PAYLOAD_ROWS.flatMap(([, rows]) => rows)) {
      assert.notEqual(privacyOf('payload', name), 'unknown', name);
    }
    for (const [name] of HEADER_ROWS) assert.notEqual(privacyOf('header', name), 'unknown', name);
    for (const name of ['made-up', 'extension_Shoe', 'extn.shoe', 'constructor', '']) {
      assert.equal(privacyOf('payload', name), 'unknown');
    }
  });

  test('a person or a token in a claim that has no place for it is hidden', async () => {
    const inner = await signToken({ mark: 'nothing the other token holds' }, { alg: 'EdDSA' });
    const text = redactPayload({
      iss: inner,
      aud: `x ${inner}`,
      roles: ['ada@example.com', inner],
      scp: { 'ada@example.com': 1 },
      wids: [{ deep: 'secret' }],
      'ada@example.com': 1,
    });
    assert.doesNotMatch(text, /ada@|secret/);
    assert.equal(sharedRun(text, inner), undefined);
  });

  test('bounds what one claim takes', () => {
    const roles = Array.from({ length: 5000 }, (_, index) => `Role ${index}`);
    const text = redactPayload({ iss: 'i'.repeat(50_000), roles, ['n'.repeat(50_000)]: 1 });
    assert.ok(text.length < 3000, String(text.length));
    assert.match(text, /4950 more/);
  });

  test('repeats no run of the token, whatever the claims hold', () => {
    const head = { alg: 'RS256', kid: 'k'.repeat(40) };
    const headText = base64url(JSON.stringify(head));
    const signature = base64url(new Uint8Array(256).map((_, index) => (index * 37) % 251));
    const source = fc.constantFrom(headText, signature, `${headText}.x`, signature.slice(30));
    const piece = fc
      .tuple(source, fc.nat(40), fc.integer({ min: 24, max: 90 }), fc.constantFrom('', 'ab', '"', ' ', 'https://x/'))
      .map(([text, start, length, before]) => before + text.slice(start, start + length));
    const name = fc.constantFrom('iss', 'aud', 'roles', 'scp', 'kid', 'made-up', 'tid');
    const claims = fc.dictionary(fc.oneof(name, piece), fc.oneof(piece, fc.array(piece), fc.jsonValue()));
    fc.assert(
      fc.property(claims, (payload) => {
        const raw = `${headText}.${base64url(JSON.stringify(payload))}.${signature}`;
        assert.equal(sharedRun(redactToken(readToken(raw)), raw), undefined);
      }),
      { numRuns: 300 },
    );
  });
});
