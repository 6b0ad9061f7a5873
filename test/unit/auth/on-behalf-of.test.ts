import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { TokenRequest } from '../../../src/auth/token-source.ts';
import { payloadOf } from '../lab/lab-client.ts';
import { failureIn, type SignInWorld, startSignInWorld, tokenIn } from './sign-in-world.ts';

const TOKEN_PATH = '/*/oauth2/v2.0/token';

let world: SignInWorld;

before(async () => {
  world = await startSignInWorld();
});
afterEach(() => world.reset());
after(() => world.stop());

/** As the Orders API, from a token that people get for it, for the Invoices API behind it. */
function behalf(changes: Partial<Extract<TokenRequest, { signIn: 'onBehalfOf' }>> = {}): TokenRequest {
  return {
    ...{ authority: world.request.authority, isCustomAuthority: true, clientId: world.lab.apps.ordersApi.id },
    ...{ scopes: ['api://invoices/Invoices.Read'], signIn: 'onBehalfOf', from: world.request, audiences: [] },
    ...changes,
  };
}

function openWindow(options: Parameters<SignInWorld['openWindow']>[0] = {}) {
  const secret = world.signIn.secretOf(world.lab.apps.ordersApi);
  return world.openWindow({ askSecret: () => Promise.resolve(secret), ...options });
}

function exchanges(): number {
  return world.lab.requests.count(TOKEN_PATH);
}

describe('on behalf of a user', () => {
  it('gives a token for the API behind, with the user’s own beside it', async () => {
    const { source, browser } = openWindow();
    const token = tokenIn(await source.signIn(behalf()));
    const [megan] = world.lab.tenants[0]?.users ?? [];
    const { aud, oid } = payloadOf(token.accessToken);
    assert.deepEqual([aud, oid], [world.lab.apps.invoicesApi.id, megan?.id]);
    assert.equal(payloadOf(token.assertion?.accessToken ?? '').aud, world.lab.apps.ordersApi.id);
    assert.equal(browser.opened.length, 1);
    world.lab.requests.clear();
    assert.deepEqual(tokenIn(await source.acquireSilently(behalf())), token);
    assert.equal(exchanges(), 0);
  });

  it('keeps nothing of what comes of it but the secret', async () => {
    const { source, secrets } = openWindow();
    const token = tokenIn(await source.signIn(behalf()));
    const stored = JSON.stringify([...secrets.values]);
    assert.ok(!stored.includes(token.accessToken.slice(-40)));
    assert.equal(secrets.values.size, 2);
    const [held] = (await source.held(behalf())).tokens;
    assert.equal(held?.kind, 'onBehalfOf');
    const other = openWindow({ secrets }).source;
    world.lab.requests.clear();
    tokenIn(await other.acquireSilently(behalf()));
    assert.equal(exchanges(), 1);
  });

  it('works where client and API are one registration, with v2 and with v1 tokens', async () => {
    for (const [app, scope] of [
      [world.lab.apps.ordersApi, 'Orders.Read'],
      [world.lab.apps.stockApi, 'Stock.Read'],
    ] as const) {
      // An application asks for a token for itself by its id only: AADSTS90009.
      const from = { ...world.request, clientId: app.id, scopes: [`${app.id}/${scope}`] };
      const secret = world.signIn.secretOf(app);
      const { source } = openWindow({ askSecret: () => Promise.resolve(secret) });
      const token = tokenIn(await source.signIn(behalf({ clientId: app.id, from, audiences: [app.appIdUri] })));
      assert.equal(payloadOf(token.accessToken).aud, world.lab.apps.invoicesApi.id);
      assert.equal(payloadOf(token.assertion?.accessToken ?? '').ver, app === world.lab.apps.stockApi ? '1.0' : '2.0');
    }
  });

  it('exchanges anew when the user’s token is another', async () => {
    const { source } = openWindow();
    const first = tokenIn(await source.signIn(behalf()));
    const second = tokenIn(await source.acquireSilently(behalf({ forceRefresh: true })));
    assert.notEqual(second.assertion?.accessToken, first.assertion?.accessToken);
    assert.notEqual(second.accessToken, first.accessToken);
  });

  it('needs a sign-in first, and a secret', async () => {
    const { source } = openWindow({ askSecret: () => Promise.resolve(undefined) });
    assert.equal(failureIn(await source.acquireSilently(behalf())).kind, 'interactionRequired');
    assert.equal(failureIn(await source.signIn(behalf())).reason, 'secretNotGiven');
    assert.equal(failureIn(await source.acquireSilently(behalf())).kind, 'interactionRequired');
  });

  it('gives the words of a refusal', async () => {
    const { source } = openWindow();
    const noConsent = behalf({ scopes: ['api://payroll/Payroll.Read'] });
    const failure = failureIn(await source.signIn(noConsent));
    assert.deepEqual([failure.kind, failure.code], ['refused', 'AADSTS65001']);
    assert.match(failure.detail, /^AADSTS65001/);
  });

  it('hands on what the API behind demands of the user, who meets it by signing in', async () => {
    const { source, browser } = openWindow();
    tokenIn(await source.signIn(behalf()));
    const claims = JSON.stringify({ access_token: { acrs: { essential: true, value: 'c1' } } });
    const failure = failureIn(await source.acquireSilently(behalf({ claims })));
    assert.deepEqual([failure.kind, failure.code], ['interactionRequired', 'AADSTS50076']);
    assert.ok(failure.claims?.includes('c1'));
    const token = tokenIn(await source.signIn(behalf({ claims: failure.claims ?? '' })));
    assert.equal(browser.opened.length, 2);
    assert.deepEqual(payloadOf(token.assertion?.accessToken ?? '').acrs, ['c1']);
  });

  it('does not ask the user for what signing in would not mend', async () => {
    const { source } = openWindow();
    tokenIn(await source.signIn(behalf()));
    for (const body of [
      { error: 'AADSTS65001' },
      { error: 'AADSTS53003', suberror: 'message_only', claims: '{}' },
    ] as const) {
      world.signIn.next({ at: 'token', ...body });
      const scopes = ['api://stock/Stock.Read'];
      assert.equal(failureIn(await source.acquireSilently(behalf({ scopes }))).kind, 'refused');
    }
  });

  it('ends when cancelled, and when the network goes away', async () => {
    const { source } = openWindow();
    tokenIn(await source.signIn(behalf()));
    tokenIn(await source.acquireSilently(world.request));
    const scopes = ['api://stock/Stock.Read'];
    const cancel = new AbortController();
    world.lab.requests.clear();
    world.signIn.next({ at: 'token', hang: true });
    const call = source.acquireSilently(behalf({ scopes }), cancel.signal);
    while (exchanges() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    cancel.abort();
    assert.equal(failureIn(await call).kind, 'cancelled');
    world.signIn.next({ at: 'token', close: true });
    world.signIn.next({ at: 'token', close: true });
    assert.equal(failureIn(await source.acquireSilently(behalf({ scopes }))).kind, 'network');
  });
});

describe('before anything is sent', () => {
  const cases: [name: string, from: () => Partial<TokenRequest>, reason: string][] = [
    ['a token for Graph', () => ({ scopes: ['https://graph.microsoft.com/User.Read'] }), 'assertionKind'],
    ['a token for another API', () => ({ scopes: ['api://invoices/Invoices.Read'] }), 'assertionAudience'],
  ];
  for (const [name, from, reason] of cases) {
    it(`${name} is refused`, async () => {
      const asked: unknown[] = [];
      const { source } = openWindow({
        askSecret: (question) => {
          asked.push(question);
          return Promise.resolve('x');
        },
      });
      const request = { ...world.request, ...from() } as TokenRequest;
      tokenIn(await source.signIn(request));
      world.lab.requests.clear();
      assert.equal(failureIn(await source.acquireSilently(behalf({ from: request }))).reason, reason);
      assert.equal(failureIn(await source.signIn(behalf({ from: request }))).reason, reason);
      assert.equal(exchanges(), 0);
      assert.deepEqual(asked, []);
    });
  }

  it('a pasted token is judged, too', async () => {
    const { mint, apps } = world.lab;
    const job = { client: apps.nightlyJob, api: apps.ordersApi, roles: ['Orders.Read.All'] };
    const pasted: [token: string, reason: string][] = [
      [await mint.accessTokenV2({ issuedSecAgo: 9_000 }), 'assertionExpired'],
      [await mint.idToken({ client: apps.ordersApi }), 'assertionKind'],
      [await mint.appOnlyToken(job), 'assertionKind'],
      ['no-token-at-all', 'assertionUnreadable'],
    ];
    const { authority } = world.request;
    for (const [token, reason] of pasted) {
      const { source } = openWindow({ askToken: () => Promise.resolve(token) });
      const from: TokenRequest = {
        ...{ authority, isCustomAuthority: true, clientId: '', scopes: [] },
        ...{ signIn: 'pasted', purpose: 'a', label: 'a', goesTo: { api: [], exchange: [] } },
      };
      world.lab.requests.clear();
      assert.equal(failureIn(await source.signIn(behalf({ from }))).reason, reason);
      assert.equal(exchanges(), 0);
    }
  });
});
