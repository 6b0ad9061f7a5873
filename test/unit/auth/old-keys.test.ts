import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clientSecretKey } from '../../../src/auth/client-secrets.ts';
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
  it('goes to nobody, whoever asks, and that is said once: by whichever call comes first', async () => {
    for (const authority of [
      'https://idp.example/realms/Contoso',
      'https://idp.example/realms/contoso',
      'https://idp.example:8443/a|b',
      'https://idp.example/t?p=A',
      'https://idp.example/%C3%A9',
      'https://idp.example/x/',
      'https://idp.example/123',
      'https://idp.example',
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

  it('is no sign-in and no secret of the realm that asks, written as it was stored or not', async () => {
    for (const [owner, asker] of [
      ['https://idp.example/realms/Contoso', 'https://idp.example/realms/contoso'],
      ['https://idp.example/realms/contoso', 'https://idp.example/realms/Contoso'],
      ['https://idp.example/1?p=A', 'https://idp.example/1'],
    ] as const) {
      const secrets = storedBefore(owner);
      const { source } = openWindow(secrets);
      assert.deepEqual((await source.held(requestAt(asker))).accounts, []);
      assert.deepEqual((await source.held(requestAt(asker, 'clientSecret'))).tokens, []);
      assert.deepEqual([...secrets.values.keys()], []);
    }
  });

  it('leaves alone what was stored since', async () => {
    const request = requestAt('https://idp.example/realms/contoso', 'clientSecret');
    const secrets = storedBefore(request.authority);
    secrets.values.set(clientSecretKey(request), 'a newer one');
    await openWindow(secrets).source.held(request);
    assert.deepEqual([...secrets.values], [[clientSecretKey(request), 'a newer one']]);
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

  it('is removed in the next window where the store does not answer', async () => {
    const request = requestAt('https://idp.example/realms/contoso');
    for (const fault of ['get', 'delete'] as const) {
      const secrets = storedBefore(request.authority);
      secrets.failing.add(fault);
      await openWindow(secrets).source.held(request);
      secrets.failing.clear();
      const { source, told } = openWindow(secrets);
      assert.deepEqual([(await source.held(request)).accounts, told], [[], ['askedAgain']], fault);
      assert.deepEqual([...secrets.values.keys()], []);
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
