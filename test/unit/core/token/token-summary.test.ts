import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { titleOfKind } from '../../../../src/core/token/kind-text.ts';
import { readToken } from '../../../../src/core/token/read-token.ts';
import { nameKind } from '../../../../src/core/token/token-kind.ts';
import { summarizeToken, type TokenSummary } from '../../../../src/core/token/token-summary.ts';
import { base64url, signToken } from './sign-token.ts';

const tid = '11111111-2222-4333-8444-555555555555';
const claims = {
  iss: `https://login.microsoftonline.com/${tid}/v2.0`,
  aud: 'https://graph.microsoft.com',
  tid,
  ver: '2.0',
  azp: 'c',
  scp: 'User.Read  Mail.Read',
  roles: ['Admin'],
  nbf: 1_800_000_000,
  exp: 1_800_004_500,
};

function summaryOf(payload: object): TokenSummary {
  return summarizeToken(readToken(`${base64url('{"alg":"RS256"}')}.${base64url(JSON.stringify(payload))}.AAAA`));
}

describe('summarizeToken', () => {
  test('says kind, issuer, audience by name, times and scopes', async () => {
    const reading = readToken(await signToken(claims));
    assert.deepEqual(summarizeToken(reading), {
      kind: 'microsoftApiToken',
      title: titleOfKind(nameKind(reading)),
      issuer: { text: claims.iss },
      audiences: [{ text: claims.aud, name: 'Microsoft Graph' }],
      notBeforeSec: claims.nbf,
      expiresAtSec: claims.exp,
      permissions: { claim: 'scp', items: ['User.Read', 'Mail.Read'], more: 0 },
    });
  });

  test('roles where there are no scopes, and nothing where there are neither', () => {
    const { scp, ...app } = claims;
    assert.deepEqual(summaryOf(app).permissions, { claim: 'roles', items: ['Admin'], more: 0 });
    assert.deepEqual(summaryOf({ ...app, scope: 'a' }).permissions, { claim: 'scope', items: ['a'], more: 0 });
    assert.equal(summaryOf({ scp: ' ', roles: [] }).permissions, undefined);
    assert.equal(summaryOf({ scp: 5, roles: 'Admin Owner' }).permissions?.items[0], 'Admin Owner');
  });

  test('leaves out what is missing or of another type', () => {
    assert.deepEqual(summaryOf({ iss: 5, aud: 5, exp: 'soon', nbf: null }), {
      kind: 'otherJwt',
      title: summaryOf({}).title,
      audiences: [],
    });
    const { kind, title, ...rest } = summarizeToken(readToken('hello'));
    assert.equal(kind, 'unreadable');
    assert.ok(title);
    assert.deepEqual(rest, { audiences: [] });
  });

  test('is bounded, whatever the token holds', () => {
    const long = 'x'.repeat(1000);
    const many = summaryOf({ iss: long, aud: Array(1000).fill(long), scp: `${long} `.repeat(100) });
    assert.ok(JSON.stringify(many).length < 4000);
    assert.deepEqual([many.audiences.length, many.permissions?.items.length, many.permissions?.more], [8, 8, 92]);
    const name = fc.constantFrom('iss', 'aud', 'scp', 'scope', 'roles', 'exp', 'nbf', 'tid', 'ver', 'azp');
    fc.assert(
      fc.property(fc.dictionary(name, fc.jsonValue()), (payload) => {
        const { expiresAtSec, notBeforeSec } = summaryOf(payload);
        assert.ok([expiresAtSec, notBeforeSec].every((time) => time === undefined || Number.isFinite(time)));
      }),
    );
  });
});
