import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clientSecretKey } from '../../../src/auth/client-secrets.ts';
import { credentialKey } from '../../../src/auth/credential-key.ts';
import { emptyTokenCache, writeTokenCache } from '../../../src/auth/token-cache-text.ts';
import type { TokenRequest } from '../../../src/auth/token-source.ts';
import { createTokenSource } from '../../../src/auth/token-sources.ts';
import { MemorySecretStore } from './secret-store.ts';

const CLIENT = '94f2db06-317c-4ea5-98f9-a01b2c3d4e5f';

const requestAt = (authority: string, signIn: 'browser' | 'clientSecret' = 'browser'): TokenRequest => ({
  ...{ signIn, authority, isCustomAuthority: true, clientId: CLIENT, scopes: ['api://orders/Read'] },
});

/** As it was stored before letter case counted. */
function storedBefore(oldAuthority: string): MemorySecretStore {
  const secrets = new MemorySecretStore();
  const { origin, pathname } = new URL(oldAuthority);
  const old = `${origin}|${pathname.replace(/^\/|\/$/g, '').toLowerCase()}|${CLIENT}`;
  const cache = emptyTokenCache();
  cache.maps.Account.a = { home_account_id: 'a.b', username: 'megan@contoso.com', realm: 'r', environment: 'e' };
  secrets.values.set(`msal:${old}`, writeTokenCache(cache));
  secrets.values.set(`secret:${old}`, 'the secret');
  return secrets;
}

function openWindow(secrets: MemorySecretStore) {
  const told: string[] = [];
  const source = createTokenSource({
    secrets,
    openBrowser: () => Promise.resolve(false),
    report: (problem) => told.push(problem),
  });
  return { source, told };
}

const CALLS = ['acquireSilently', 'signIn', 'held', 'signOut'] as const;

describe('what is stored under keys without letter case', () => {
  it('moves where the authority has no capitals: nobody is asked again', async () => {
    for (const authority of [
      'https://idp.example/realms/contoso',
      'https://idp.example:8443/a|b',
      'https://idp.example/x/',
    ]) {
      const secrets = storedBefore(authority);
      const { source, told } = openWindow(secrets);
      assert.deepEqual(
        (await source.held(requestAt(authority))).accounts.map(({ userName }) => userName),
        ['megan@contoso.com'],
      );
      assert.deepEqual(
        (await source.held(requestAt(authority, 'clientSecret'))).tokens.map(({ kind }) => kind),
        ['secret'],
      );
      const request = requestAt(authority);
      assert.deepEqual([...secrets.values.keys()].sort(), [credentialKey(request), clientSecretKey(request)].sort());
      assert.deepEqual(told, []);
    }
  });

  it('is removed, and said once, where it may be of another realm: by whichever call comes first', async () => {
    for (const authority of [
      'https://idp.example/realms/Contoso',
      'https://idp.example/t?p=A',
      'https://idp.example/%C3%A9',
    ]) {
      for (const first of CALLS) {
        const secrets = storedBefore(authority);
        const { source, told } = openWindow(secrets);
        await source[first](requestAt(authority));
        assert.deepEqual([...secrets.values.keys()], [], `${authority} ${first}`);
        for (const call of CALLS) await source[call](requestAt(authority, 'clientSecret'));
        assert.deepEqual(told, ['askedAgain']);
        const next = openWindow(secrets);
        await next.source.held(requestAt(authority));
        assert.deepEqual(next.told, []);
      }
    }
  });

  it('goes to nobody in capitals, and what is new of a realm without is not touched by one with', async () => {
    const [lower, upper] = [
      requestAt('https://idp.example/realms/contoso'),
      requestAt('https://idp.example/realms/Contoso'),
    ];
    const secrets = storedBefore(lower.authority);
    const { source, told } = openWindow(secrets);
    assert.equal((await source.held(lower)).accounts.length, 1);
    assert.equal((await source.held(upper)).accounts.length, 0);
    assert.equal((await openWindow(secrets).source.held(upper)).accounts.length, 0);
    assert.equal((await openWindow(secrets).source.held(lower)).accounts.length, 1);
    assert.deepEqual(told, []);
  });

  it('is not moved over what was stored since', async () => {
    const request = requestAt('https://idp.example/realms/contoso', 'clientSecret');
    const secrets = storedBefore(request.authority);
    secrets.values.set(clientSecretKey(request), 'a newer one');
    await openWindow(secrets).source.held(request);
    assert.equal(secrets.values.get(clientSecretKey(request)), 'a newer one');
  });

  it('stays where it is at Microsoft’s hosts, and is not looked for', async () => {
    for (const authority of ['https://login.microsoftonline.com/Contoso.com', 'https://contoso.b2clogin.com/T/B2C_1']) {
      const secrets = storedBefore(authority);
      const keys = [...secrets.values.keys()];
      const { source, told } = openWindow(secrets);
      assert.equal((await source.held(requestAt(authority))).accounts.length, 1);
      assert.deepEqual([[...secrets.values.keys()], told], [keys, []]);
    }
  });

  it('is kept by a store that does not answer, and found by the next window', async () => {
    const request = requestAt('https://idp.example/realms/contoso');
    for (const fault of ['get', 'store', 'delete'] as const) {
      const secrets = storedBefore(request.authority);
      secrets.failing.add(fault);
      await openWindow(secrets).source.held(request);
      secrets.failing.clear();
      assert.equal((await openWindow(secrets).source.held(request)).accounts.length, 1, fault);
    }
  });

  it('is forgotten with everything else, whoever it was of', async () => {
    const secrets = storedBefore('https://idp.example/realms/Contoso');
    const forgotten = await openWindow(secrets).source.forgetAll();
    assert.deepEqual([...secrets.values.keys()], []);
    assert.ok(forgotten.every(({ authority }) => authority === 'https://idp.example/realms/contoso'));
    assert.equal(forgotten.length, 2);
  });
});
