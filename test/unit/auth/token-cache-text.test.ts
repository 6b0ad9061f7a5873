import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import {
  accountsIn,
  addSignIn,
  emptyTokenCache,
  mergeChanges,
  nameOfAccount,
  readTokenCache,
  type TokenCacheText,
  writeTokenCache,
} from '../../../src/auth/token-cache-text.ts';

/** A cache in which each person named has an account, a refresh token and an access token of the given age. */
function cacheOf(people: Record<string, string>, lastAccount?: string): TokenCacheText {
  const { maps } = emptyTokenCache();
  for (const [id, secret] of Object.entries(people)) {
    maps.Account[id] = { home_account_id: id, username: `${id}@contoso.example` };
    maps.RefreshToken[`${id}-rt`] = { home_account_id: id, secret: `rt ${secret}` };
    maps.AccessToken[`${id}-at`] = { home_account_id: id, secret: `at ${secret}` };
  }
  return { maps, ...(lastAccount === undefined ? {} : { lastAccount }) };
}

function without(cache: TokenCacheText, map: keyof TokenCacheText['maps'], key: string): TokenCacheText {
  const { [key]: _, ...rest } = cache.maps[map];
  return { ...cache, maps: { ...cache.maps, [map]: rest } };
}

test('an account is named by its user name, else the person, else its id', () => {
  const localAccountId = 'id';
  assert.equal(
    nameOfAccount({ username: 'megan@contoso.example', name: 'Megan', localAccountId }),
    'megan@contoso.example',
  );
  assert.equal(nameOfAccount({ username: '', name: 'Megan', localAccountId }), 'Megan');
  assert.equal(nameOfAccount({ username: '', name: '', localAccountId }), localAccountId);
});

describe('merging what two windows changed', () => {
  const base = cacheOf({ a: '1', b: '1' }, 'a');

  it('keeps both changes', () => {
    const merged = mergeChanges(base, cacheOf({ a: '2', b: '1' }), cacheOf({ a: '1', b: '2', c: '1' }, 'c'));
    assert.deepEqual(merged, cacheOf({ a: '2', b: '2', c: '1' }, 'c'));
  });

  it('keeps a removal that the other did not touch', () => {
    const merged = mergeChanges(base, without(base, 'RefreshToken', 'a-rt'), base);
    assert.deepEqual(merged, without(base, 'RefreshToken', 'a-rt'));
  });

  it('keeps a token that the other window renewed when this one throws the old one away', () => {
    const renewed = cacheOf({ a: '2', b: '1' });
    const merged = mergeChanges(base, without(base, 'RefreshToken', 'a-rt'), renewed);
    assert.deepEqual(merged.maps.RefreshToken['a-rt'], { home_account_id: 'a', secret: 'rt 2' });
  });

  it('keeps a token renewed here when the other threw the old one away', () => {
    const merged = mergeChanges(base, cacheOf({ a: '2', b: '1' }), without(base, 'RefreshToken', 'a-rt'));
    assert.deepEqual(merged.maps.RefreshToken['a-rt'], { home_account_id: 'a', secret: 'rt 2' });
  });

  it('leaves nothing of an account that was signed out elsewhere', () => {
    const merged = mergeChanges(base, cacheOf({ a: '2', b: '1' }), cacheOf({ b: '1' }));
    assert.deepEqual(merged, cacheOf({ b: '1' }));
  });

  it('changes nothing when nothing changed here', () => {
    const stored = cacheOf({ c: '1' }, 'c');
    assert.deepEqual(mergeChanges(base, base, stored), stored);
  });
});

describe('adding a sign-in', () => {
  it('puts it first and keeps the others', () => {
    const added = addSignIn(cacheOf({ b: '1' }), cacheOf({ a: '1' }, 'a'));
    assert.deepEqual(added, cacheOf({ a: '1', b: '1' }, 'b'));
    assert.deepEqual(
      accountsIn(added).map(({ homeAccountId }) => homeAccountId),
      ['b', 'a'],
    );
  });

  it('drops older access tokens of the same account only', () => {
    const stored = cacheOf({ a: '1', b: '1' });
    stored.maps.AccessToken['a-other'] = { home_account_id: 'a', secret: 'at 0' };
    assert.deepEqual(addSignIn(cacheOf({ a: '2' }), stored), cacheOf({ a: '2', b: '1' }, 'a'));
  });
});

describe('the stored text', () => {
  it('comes back as it was', () => {
    const cache = cacheOf({ a: '1' }, 'a');
    assert.deepEqual(readTokenCache(writeTokenCache(cache)), cache);
  });

  for (const text of [
    '',
    'null',
    '[]',
    '7',
    '{"Account":[]}',
    '{"RefreshToken":{"x":1}}',
    '{"Account":{"x":null}}',
    '{',
  ]) {
    it(`is none: ${text}`, () => assert.equal(readTokenCache(text), undefined));
  }
});
