import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { TokenRequest } from '../../../src/auth/token-source.ts';
import type { LabTenant, LabUser } from '../../lab/entra-tenant.ts';
import { payloadOf } from '../lab/lab-client.ts';
import { failureIn, type SignInWorld, startSignInWorld, tokenIn } from './sign-in-world.ts';

let world: SignInWorld;
let request: SignInWorld['request'];
let contoso: LabTenant;
let fabrikam: LabTenant;
let megan: LabUser;
let alex: LabUser;

before(async () => {
  world = await startSignInWorld();
  request = world.request;
  const [first, second] = world.lab.tenants;
  assert.ok(first && second);
  [contoso, fabrikam] = [first, second];
  [megan, alex] = contoso.users;
});
afterEach(() => world.reset());
after(() => world.stop());

/** A person as a tenant knows them: a guest has another id there, by which the page lists them. */
function userIn(tenant: LabTenant, { userName }: LabUser): LabUser {
  const account = world.signIn.accountsOf(tenant).find(({ user }) => user.userName === userName);
  assert.ok(account);
  return account.user;
}

/** The Invoices API, which both tenants have. */
function inTenant(tenant: string): TokenRequest {
  return { ...request, authority: `${world.lab.origin}/${tenant}`, scopes: ['api://invoices/Invoices.Read'] };
}

describe('several accounts', () => {
  it('each get their own token, by their id', async () => {
    const { source, browser } = world.openWindow();
    tokenIn(await source.signIn(request));
    browser.chooses = alex;
    tokenIn(await source.signIn(request));
    const { accounts, tokens } = await source.held(request);
    assert.deepEqual(
      accounts.map(({ userName, tenantId, homeTenantId }) => [userName, tenantId, homeTenantId]),
      [alex, megan].map(({ userName }) => [userName, contoso.id, contoso.id]),
    );
    for (const { id, userName } of accounts) {
      const token = tokenIn(await source.acquireSilently({ ...request, accountId: id }));
      assert.deepEqual([token.account, token.accountId, token.tenantId], [userName, id, contoso.id]);
    }
    assert.deepEqual(tokens.map(({ kind }) => kind).sort(), ['access', 'access', 'refresh', 'refresh']);
    assert.equal(failureIn(await source.acquireSilently({ ...request, accountId: 'x' })).kind, 'interactionRequired');
  });

  it('are signed out one by one, in every window', async () => {
    const { source, browser, secrets } = world.openWindow();
    tokenIn(await source.signIn(request));
    browser.chooses = alex;
    tokenIn(await source.signIn(request));
    const other = world.openWindow({ secrets }).source;
    const [last] = (await other.held(request)).accounts;
    await source.signOut(request, last?.id);
    for (const window of [source, other]) {
      const { accounts, tokens } = await window.held(request);
      assert.deepEqual(
        accounts.map(({ userName }) => userName),
        [megan.userName],
      );
      assert.equal(tokens.length, 2);
      assert.equal(tokenIn(await window.acquireSilently(request)).account, megan.userName);
    }
  });
});

describe('a guest', () => {
  it('gets a token of the tenant they are a guest in', async () => {
    for (const tenant of [fabrikam.id, fabrikam.domain]) {
      const { source } = world.openWindow({ chooses: userIn(fabrikam, alex) });
      const token = tokenIn(await source.signIn(inTenant(tenant)));
      const silent = tokenIn(await source.acquireSilently({ ...inTenant(tenant), forceRefresh: true }));
      for (const { accessToken, tenantId } of [token, silent]) {
        const { tid, oid } = payloadOf(accessToken);
        assert.deepEqual([tid, tenantId], [fabrikam.id, fabrikam.id]);
        assert.notEqual(oid, alex.id);
      }
      const [account] = (await source.held(inTenant(tenant))).accounts;
      assert.deepEqual([account?.tenantId, account?.homeTenantId], [fabrikam.id, contoso.id]);
    }
  });

  it('gets one of home from home, with both in one window', async () => {
    const { source, browser } = world.openWindow({ chooses: alex });
    tokenIn(await source.signIn(inTenant(contoso.id)));
    browser.chooses = userIn(fabrikam, alex);
    tokenIn(await source.signIn(inTenant(fabrikam.id)));
    for (const { id } of [contoso, fabrikam]) {
      for (const forceRefresh of [false, true]) {
        const { accessToken } = tokenIn(await source.acquireSilently({ ...inTenant(id), forceRefresh }));
        assert.equal(payloadOf(accessToken).tid, id);
      }
    }
  });

  it('is told when the server answers with a token of another tenant', async () => {
    const { source } = world.openWindow({ chooses: userIn(fabrikam, alex) });
    world.signIn.addedClaims = () => ({ tid: contoso.id });
    const failure = failureIn(await source.signIn(inTenant(fabrikam.id)));
    world.signIn.addedClaims = () => ({});
    assert.equal(failure.reason, 'otherTenant');
  });
});

describe('what is held', () => {
  it('is told without tokens, and when it changes', async () => {
    const { source, secrets } = world.openWindow();
    const other = world.openWindow({ secrets }).source;
    let heard = 0;
    const subscription = other.onDidChange(() => {
      heard += 1;
    });
    const { accessToken } = tokenIn(await source.signIn(request));
    assert.ok(heard > 0);
    const held = await other.held(request);
    assert.ok(held.tokens.some(({ kind, scopes }) => kind === 'access' && scopes.includes('api://orders/Orders.Read')));
    const text = JSON.stringify(held);
    assert.ok(!text.includes(accessToken.slice(-40)));
    for (const value of secrets.values.values()) {
      const { RefreshToken } = JSON.parse(value) as { RefreshToken: Record<string, { secret: string }> };
      for (const { secret } of Object.values(RefreshToken)) assert.ok(!text.includes(secret));
    }
    subscription.dispose();
    const before = heard;
    await source.signOut(request);
    assert.equal(heard, before);
  });

  it('is forgotten all at once, which is told', async () => {
    const secret = world.signIn.secretOf(world.lab.apps.nightlyJob);
    const { source, secrets } = world.openWindow({ askSecret: () => Promise.resolve(secret) });
    const job: TokenRequest = {
      ...request,
      ...{ signIn: 'clientSecret', clientId: world.lab.apps.nightlyJob.id, scopes: ['api://orders/.default'] },
    };
    tokenIn(await source.signIn(request));
    tokenIn(await source.signIn(job));
    secrets.values.set('key:functions|https://x', 'another’s');
    // A window that has not looked at anything yet.
    const fresh = world.openWindow({ secrets }).source;
    assert.deepEqual(await fresh.forgetAll(), [
      {
        authority: request.authority,
        clientId: request.clientId,
        accounts: [megan.userName],
        kinds: ['access', 'refresh'],
      },
      { authority: job.authority, clientId: job.clientId, accounts: [], kinds: ['secret'] },
    ]);
    assert.deepEqual([...secrets.values.keys()], ['key:functions|https://x']);
    assert.deepEqual(await source.forgetAll(), [
      { authority: job.authority, clientId: job.clientId, accounts: [], kinds: ['appOnly'] },
    ]);
    assert.equal(failureIn(await source.acquireSilently(request)).kind, 'interactionRequired');
    assert.equal(failureIn(await source.acquireSilently(job)).kind, 'interactionRequired');
  });
});

describe('where the browser comes back to', () => {
  it('is what VS Code makes of this machine’s port', async () => {
    const ports: number[] = [];
    const { source, browser } = world.openWindow({
      redirectUriFor: (port) => {
        ports.push(port);
        return Promise.resolve(`http://localhost:${port}`);
      },
    });
    tokenIn(await source.signIn(request));
    assert.deepEqual(ports, [browser.port]);
  });

  it('must be a bare localhost: otherwise no browser is opened, and no port stays open', async () => {
    for (const uri of [undefined, 'https://x.github.dev', 'http://localhost:1/path', 'http://127.0.0.1:5']) {
      const { source, browser } = world.openWindow({ redirectUriFor: () => Promise.resolve(uri) });
      assert.equal(failureIn(await source.signIn(request)).reason, 'noLocalRedirect');
      assert.equal(browser.opened.length, 0);
    }
  });
});

it('a refresh token that was refused for good is not sent again, though the server did not call it bad', async () => {
  const { source } = world.openWindow();
  world.signIn.accessTokenLifetimeSec = 60;
  tokenIn(await source.signIn(request));
  world.signIn.next({ at: 'token', error: 'AADSTS700082', oauthError: 'invalid_grant' });
  assert.equal(failureIn(await source.acquireSilently(request)).code, 'AADSTS700082');
  world.lab.requests.clear();
  assert.equal(failureIn(await source.acquireSilently(request)).kind, 'interactionRequired');
  assert.equal(world.lab.requests.count('/*/oauth2/v2.0/token'), 0);
  assert.equal((await source.held(request)).accounts.length, 1);
});

it('each request and answer is logged, with what identifies it and nothing that is secret', async () => {
  const issued: string[] = [];
  world.signIn.onIssued = ({ accessToken, refreshToken }) => issued.push(accessToken, refreshToken ?? '');
  const { source, log } = world.openWindow();
  tokenIn(await source.signIn(request));
  world.signIn.next({ at: 'token', error: 'AADSTS50076' });
  await source.acquireSilently({ ...request, forceRefresh: true });
  world.signIn.onIssued = undefined;
  const text = log.join('\n');
  for (const part of [
    `→ POST ${world.lab.origin}/contoso.onmicrosoft.com/oauth2/v2.0/token grant_type=authorization_code`,
    `client_id=${request.clientId}`,
    'scope=api://orders/Orders.Read',
    '← 200 ',
    '← 400 error=',
    'AADSTS50076',
  ]) {
    assert.ok(text.includes(part), `${part} in\n${text}`);
  }
  assert.match(text, /correlation_id=[0-9a-f-]{36}/);
  for (const secret of issued.filter(Boolean)) assert.ok(!text.includes(secret.slice(-24)));
});
