import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findOwnScope } from '../../../../src/core/why/own-scope.ts';
import * as at from '../entra-fixture.ts';

const identityFor = (...scopes: string[]) => ({ me: { signIn: 'browser' as const, clientId: at.CLIENT_ID, scopes } });

test('an identity’s scope of the API, best one that is accepted; never one of another API', () => {
  const asking = (...scopes: string[]) => findOwnScope({ ...at.PROFILE, identities: identityFor(...scopes) });
  assert.equal(asking('openid', 'User.Read', `${at.API_ID}/Orders.Write`), `${at.API_ID}/Orders.Write`);
  assert.equal(asking('api://orders/.default', 'api://orders/Orders.Read'), 'api://orders/Orders.Read');
  assert.equal(asking('https://graph.microsoft.com/.default', 'User.Read', ''), 'api://orders/Orders.Read');
});

test('else the App ID URI with an accepted scope; nothing is made up where it is not known', () => {
  assert.equal(findOwnScope({ ...at.PROFILE, accepts: [{ scopes: [], roles: ['r'] }] }), 'api://orders/.default');
  const { appIdUri: _, ...unnamed } = at.PROFILE;
  assert.equal(findOwnScope(unnamed), undefined);
  assert.equal(findOwnScope(undefined), undefined);
});
