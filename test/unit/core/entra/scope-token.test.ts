import assert from 'node:assert/strict';
import { test } from 'node:test';
import { followChallenge } from '../../../../src/core/entra/followed-challenge.ts';
import { scopesOf } from '../../../../src/core/entra/identity.ts';
import { parseApiProfile } from '../../../../src/core/entra/parse-api-profile.ts';
import { readProposal } from '../../../../src/core/entra/proposed-sign-in.ts';
import { identityOf } from '../../../../src/host/sign-in/set-up-state.ts';
import { API_ID, CLIENT_ID, TENANT } from '../entra-fixture.ts';

const API = 'api://orders';

/** RFC 6749 §3.3: %x21 / %x23-5B / %x5D-7E. */
function isOfScope(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code === 0x21 || (code >= 0x23 && code <= 0x5b) || (code >= 0x5d && code <= 0x7e);
}

/** Every character up to U+3000, what is unseen or turns text around beyond, halves of pairs, and a few from other planes. */
function* characters(): Generator<string> {
  for (let code = 0; code <= 0x30_00; code++) yield String.fromCodePoint(code);
  for (const code of [0xd8_00, 0xdf_ff, 0xfe_00, 0xfe_ff, 0xff_0f, 0xff_fc, 0x1_d4_9c, 0x1_f6_00, 0xe_00_20, 0xe_01_00])
    yield String.fromCodePoint(code);
}

type Written = { scopes: string[] } | { scope: string };

function scopesRead(written: Written): readonly string[] | string {
  const it =
    'scope' in written ? { signIn: 'onBehalfOf', from: 'me', ...written } : { clientId: CLIENT_ID, ...written };
  const identities = { me: { clientId: CLIENT_ID, scopes: [API] }, it };
  const parsed = parseApiProfile('orders', { tenant: TENANT, appId: API_ID, identities }, 'workspace');
  if (parsed.ok) return scopesOf(parsed.profile.identities?.it as never);
  return parsed.faults.map(({ path }) => path).join();
}

test('a text of a setting is split at spaces, however many', () => {
  for (const gap of [1, 2, 58, 5000]) {
    const text = `openid${' '.repeat(gap)}${API}/Read`;
    assert.deepEqual(scopesRead({ scopes: [text] }), ['openid', `${API}/Read`]);
    assert.deepEqual(scopesRead({ scopes: [` ${text} `, `${API}/Write`] }), ['openid', `${API}/Read`, `${API}/Write`]);
    assert.deepEqual(scopesRead({ scope: text }), ['openid', `${API}/Read`]);
  }
  for (const empty of ['', ' ', '   ']) {
    assert.equal(scopesRead({ scopes: [empty] }), 'orders.identities.it.scopes.0');
    assert.equal(scopesRead({ scope: empty }), 'orders.identities.it.scope');
  }
});

test('a character that no scope has is a fault, wherever it stands', (t) => {
  let tried = 0;
  for (const character of characters()) {
    if (character === ' ') continue;
    for (const text of [
      `${API}/R${character}d`,
      `${character}${API}/Read`,
      `${API}/Read${character}`,
      `${API}/R ${character}`,
    ]) {
      const [inList, inText] = [scopesRead({ scopes: [API, text] }), scopesRead({ scope: text })];
      const name = `U+${character.codePointAt(0)?.toString(16)}`;
      if (isOfScope(character)) {
        assert.deepEqual(inList, [API, ...text.split(' ')], name);
        assert.deepEqual(inText, text.split(' '), name);
      } else {
        assert.equal(inList, 'orders.identities.it.scopes.1', name);
        assert.equal(inText, 'orders.identities.it.scope', name);
      }
      tried += 2;
    }
  }
  t.diagnostic(`${tried} scopes tried`);
});

test('a proposal and the guide’s field with such a character make no sign-in', (t) => {
  let tried = 0;
  for (const character of characters()) {
    const isFine = character === ' ' || isOfScope(character);
    const scope = `${API}/R${character}d`;
    const fields = { api: 'orders', way: 'vscode' as const, scope, clientId: '' };
    assert.equal(readProposal({ scopes: [scope] }) !== undefined, isFine);
    assert.equal(identityOf(fields) !== undefined, isFine);
    const isOfTenant = /[a-z0-9.-]/i.test(character);
    assert.equal(readProposal({ tenant: `con${character}toso.example` }) !== undefined, isOfTenant);
    tried += 3;
  }
  assert.deepEqual(readProposal({ scopes: ['a  b', 'c'] })?.scopes, ['a', 'b', 'c']);
  t.diagnostic(`${tried} proposals tried`);
});

test('a challenge that names such a character is not followed', (t) => {
  let tried = 0;
  for (const character of characters()) {
    if (isOfScope(character)) continue;
    for (const resource of [`https://vault.azure.net${character}`, `https://vault.azure.net/${character}x`]) {
      const url = 'https://orders.vault.azure.net/secrets/a';
      const followed = followChallenge({ url, authority: `https://login.microsoftonline.com/${TENANT}`, resource }, []);
      assert.equal(followed.ok, false, `U+${character.codePointAt(0)?.toString(16)}`);
      tried++;
    }
  }
  t.diagnostic(`${tried} challenges tried`);
});
