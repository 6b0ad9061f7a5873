import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Held, HeldToken } from '../../../src/auth/token-source.ts';
import type { Identity } from '../../../src/core/entra/identity.ts';
import { currentToken, heldFor, nameHeld, shortScopes, timeLeft } from '../../../src/host/sign-in/held-words.ts';

const NOW_SEC = 1_800_000_000;
const ORDERS: Identity = { signIn: 'browser', clientId: 'c', scopes: ['api://orders/Orders.Read'] };
const megan = { id: 'megan', userName: 'megan@contoso.example', tenantId: 't', homeTenantId: 't' };
const alex = { ...megan, id: 'alex', userName: 'alex@contoso.example' };

function access(scope: string, accountId: string, leftSec: number): HeldToken {
  return { kind: 'access', scopes: [scope, 'openid'], accountId, expiresAtSec: NOW_SEC + leftSec };
}

const refresh: HeldToken = { kind: 'refresh', scopes: [], accountId: 'megan' };
const held: Held = {
  accounts: [megan, alex],
  tokens: [
    access('api://orders/Orders.Read', 'megan', 600),
    access('api://orders/Orders.Write', 'megan', 900),
    access('api://invoices/Invoices.Read', 'megan', 3600),
    access('api://orders/Orders.Read', 'alex', 7200),
    refresh,
  ],
};

test('an identity shows the tokens of its own API, and what serves all of them', () => {
  const { tokens } = heldFor(ORDERS, held);
  assert.deepEqual(
    tokens.map(({ scopes: [first] }) => first),
    ['api://orders/Orders.Read', 'api://orders/Orders.Write', 'api://orders/Orders.Read', undefined],
  );
  assert.deepEqual(heldFor({ signIn: 'pasted' }, held).tokens, held.tokens);
  const slash: Identity = { ...ORDERS, scopes: ['API://Orders//.default'] };
  assert.equal(heldFor(slash, held).tokens.length, 4);
});

test('the current token is one that can be sent, of the account that signed in last, good longest', () => {
  assert.equal(currentToken(heldFor(ORDERS, held))?.expiresAtSec, NOW_SEC + 900);
  assert.equal(currentToken({ accounts: [megan], tokens: [refresh] }), undefined);
  const appOnly: HeldToken = { kind: 'appOnly', scopes: [], expiresAtSec: NOW_SEC };
  assert.equal(currentToken({ accounts: [], tokens: [{ kind: 'secret', scopes: [] }, appOnly] }), appOnly);
});

test('who is signed in has a name, an application and a pasted token too', () => {
  assert.equal(nameHeld(held), megan.userName);
  assert.equal(nameHeld({ accounts: [], tokens: [{ kind: 'secret', scopes: [] }] }), 'application');
  assert.equal(nameHeld({ accounts: [], tokens: [{ kind: 'pasted', scopes: [] }] }), 'pasted');
  assert.equal(nameHeld({ accounts: [], tokens: [] }), undefined);
});

test('scopes are short, and OpenID’s own say nothing', () => {
  assert.equal(
    shortScopes({ scopes: ['api://orders/Orders.Read', 'openid', 'PROFILE', 'User.Read'] }),
    'Orders.Read, User.Read',
  );
});

test('the time left changes once a minute, and every second at the end', () => {
  const words = (leftSec: number) => timeLeft(NOW_SEC + leftSec, NOW_SEC * 1000);
  assert.equal(words(3119), words(3060));
  assert.notEqual(words(3060), words(3059));
  assert.notEqual(words(100), words(99));
  assert.notEqual(words(0), words(1));
  assert.equal(words(-1), words(-59));
});
