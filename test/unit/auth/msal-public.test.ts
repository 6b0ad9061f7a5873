import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, afterEach, before, describe, it } from 'node:test';
import { credentialKey } from '../../../src/auth/credential-key.ts';
import type { TokenRequest, TokenSource } from '../../../src/auth/token-source.ts';
import type { LabUser } from '../../lab/entra-tenant.ts';
import { payloadOf } from '../lab/lab-client.ts';
import { isListening } from './scripted-browser.ts';
import { MemorySecretStore } from './secret-store.ts';
import { failureIn, type SignInWorld, startSignInWorld, tokenIn } from './sign-in-world.ts';

const TOKEN_PATH = '/*/oauth2/v2.0/token';

let world: SignInWorld;
let request: SignInWorld['request'];
let megan: LabUser;
let alex: LabUser;

before(async () => {
  world = await startSignInWorld();
  request = world.request;
  const [contoso] = world.lab.tenants;
  assert.ok(contoso);
  [megan, alex] = contoso.users;
});
afterEach(() => world.reset());
after(() => world.stop());

function tokenRequests(): number {
  return world.lab.requests.count(TOKEN_PATH);
}

describe('signing in', () => {
  it('gives a token of the API for who chose, asks which account, and closes its port', async () => {
    const { source, browser } = world.openWindow();
    const token = tokenIn(await source.signIn(request));
    const payload = payloadOf(token.accessToken);
    assert.equal(payload.aud, world.lab.apps.ordersApi.id);
    assert.equal(payload.oid, megan.id);
    assert.equal(token.account, megan.userName);
    // MSAL counts from when the answer arrived.
    assert.ok(Math.abs(token.expiresAtSec - Number(payload.exp)) < 60);
    const asked = browser.opened[0]?.searchParams;
    assert.equal(asked?.get('prompt'), 'select_account');
    assert.equal(asked?.get('code_challenge_method'), 'S256');
    assert.equal(asked?.get('response_mode'), 'form_post');
    assert.equal(await isListening(browser.port), false);
    await browser.done;
    assert.equal(browser.error, undefined);
  });

  it('shows a page that holds nothing of the sign-in', async () => {
    const { source, browser } = world.openWindow();
    tokenIn(await source.signIn(request));
    await browser.done;
    const [page = ''] = browser.shown;
    assert.match(page, /^<!DOCTYPE html>\n<html lang="en">/);
    assert.doesNotMatch(page, /<script|megan|https?:/i);
  });

  it('names the user it is given instead of asking', async () => {
    const { source, browser } = world.openWindow();
    tokenIn(await source.signIn({ ...request, loginHint: alex.userName }));
    assert.equal(browser.opened[0]?.searchParams.get('login_hint'), alex.userName);
    assert.equal(browser.opened[0]?.searchParams.get('prompt'), null);
  });

  it('passes claims on', async () => {
    const { source, browser } = world.openWindow();
    const claims = JSON.stringify({ access_token: { acrs: { essential: true, value: 'c1' } } });
    tokenIn(await source.signIn({ ...request, claims }));
    const sent = JSON.parse(browser.opened[0]?.searchParams.get('claims') ?? '{}') as typeof claims & {
      access_token: object;
    };
    assert.deepEqual(sent.access_token, { acrs: { essential: true, value: 'c1' } });
  });

  it('stores under origin, tenant and client id', async () => {
    const { source, secrets } = world.openWindow();
    tokenIn(await source.signIn(request));
    assert.deepEqual(
      [...secrets.values.keys()],
      [`msal:${world.lab.origin}/contoso.onmicrosoft.com|${request.clientId}`],
    );
  });
});

describe('after signing in', () => {
  it('gives the token from the cache, in this window and another, without a request', async () => {
    const { source, secrets } = world.openWindow();
    const token = tokenIn(await source.signIn(request));
    world.lab.requests.clear();
    assert.deepEqual(tokenIn(await source.acquireSilently(request)), token);
    assert.deepEqual(tokenIn(await world.openWindow({ secrets }).source.acquireSilently(request)), token);
    assert.equal(tokenRequests(), 0);
    assert.equal(secrets.calls.store, 1);
  });

  it('refreshes a token that is about to expire, once for calls at the same time, and stores it', async () => {
    const { source, secrets } = world.openWindow();
    world.signIn.accessTokenLifetimeSec = 60;
    const token = tokenIn(await source.signIn(request));
    world.signIn.accessTokenLifetimeSec = undefined;
    world.lab.requests.clear();
    const calls = [1, 2, 3].map(() => source.acquireSilently(request));
    const tokens = (await Promise.all(calls)).map((result) => tokenIn(result).accessToken);
    assert.equal(new Set(tokens).size, 1);
    assert.notEqual(tokens[0], token.accessToken);
    assert.equal(tokenRequests(), 1);
    assert.equal(tokenIn(await world.openWindow({ secrets }).source.acquireSilently(request)).accessToken, tokens[0]);
  });

  it('gets tokens of another API with the refresh token', async () => {
    const { source } = world.openWindow();
    tokenIn(await source.signIn(request));
    const other = tokenIn(await source.acquireSilently({ ...request, scopes: ['api://invoices/Invoices.Read'] }));
    assert.equal(payloadOf(other.accessToken).aud, world.lab.apps.invoicesApi.id);
  });

  it('asks anew when claims are demanded', async () => {
    const { source } = world.openWindow();
    const token = tokenIn(await source.signIn(request));
    const claims = JSON.stringify({ access_token: { xms_cc: { values: ['cp1'] } } });
    const fresh = tokenIn(await source.acquireSilently({ ...request, claims }));
    assert.notEqual(fresh.accessToken, token.accessToken);
    assert.deepEqual(payloadOf(fresh.accessToken).xms_cc, ['cp1']);
  });

  it('prefers the account that signed in last, and lists it first', async () => {
    const { source, browser } = world.openWindow();
    tokenIn(await source.signIn(request));
    browser.chooses = alex;
    tokenIn(await source.signIn(request));
    assert.deepEqual(await namesIn(source, request), [alex.userName, megan.userName]);
    assert.equal(tokenIn(await source.acquireSilently(request)).account, alex.userName);
    browser.chooses = megan;
    tokenIn(await source.signIn(request));
    assert.equal(tokenIn(await source.acquireSilently(request)).account, megan.userName);
  });

  it('forgets on signing out, in every window', async () => {
    const { source, secrets } = world.openWindow();
    const other = world.openWindow({ secrets }).source;
    tokenIn(await source.signIn(request));
    tokenIn(await other.acquireSilently(request));
    await source.signOut(request);
    assert.equal(secrets.values.size, 0);
    for (const window of [source, other]) {
      assert.deepEqual(await namesIn(window, request), []);
      assert.equal(failureIn(await window.acquireSilently(request)).kind, 'interactionRequired');
    }
  });

  it('keeps other clients and tenants apart', async () => {
    const { source } = world.openWindow();
    tokenIn(await source.signIn(request));
    const otherClient = { ...request, clientId: world.lab.apps.practiceClient.id };
    const otherTenant = { ...request, authority: `${world.lab.origin}/fabrikam.onmicrosoft.com` };
    for (const other of [otherClient, otherTenant]) {
      assert.deepEqual(await namesIn(source, other), []);
      assert.equal(failureIn(await source.acquireSilently(other)).kind, 'interactionRequired');
    }
  });
});

describe('backing out leaves no port open', () => {
  it('before the call', async () => {
    const { source, browser } = world.openWindow();
    assert.equal(failureIn(await source.signIn(request, AbortSignal.abort())).kind, 'cancelled');
    assert.equal(browser.opened.length, 0);
  });

  it('while the metadata is read', async () => {
    const { source, browser } = world.openWindow();
    const cancel = new AbortController();
    const fault = world.lab.faults.script({
      path: '/*/v2.0/.well-known/openid-configuration',
      action: { do: 'silent' },
    });
    const signIn = source.signIn(request, cancel.signal);
    await until(() => fault.hits > 0);
    cancel.abort();
    assert.equal(failureIn(await signIn).kind, 'cancelled');
    assert.equal(browser.opened.length, 0);
  });

  it('before the browser has opened', async () => {
    const cancel = new AbortController();
    let url = '';
    const { source } = world.openWindow({
      openBrowser: (opened) => {
        url = opened;
        cancel.abort();
        return new Promise(() => undefined);
      },
    });
    assert.equal(failureIn(await source.signIn(request, cancel.signal)).kind, 'cancelled');
    assert.equal(await isListening(portOf(url)), false);
  });

  it('while the page is open', async () => {
    const { source, browser } = world.openWindow({ chooses: 'leaves' });
    const cancel = new AbortController();
    const signIn = source.signIn(request, cancel.signal);
    await until(() => browser.opened.length > 0);
    await browser.pageIsOpen;
    assert.equal(await isListening(browser.port), true);
    cancel.abort();
    assert.equal(failureIn(await signIn).kind, 'cancelled');
    assert.equal(await isListening(browser.port), false);
  });

  it('while the code is redeemed', async () => {
    const { source, browser, secrets } = world.openWindow();
    const cancel = new AbortController();
    world.signIn.next({ at: 'token', hang: true });
    const signIn = source.signIn(request, cancel.signal);
    await until(() => tokenRequests() > 0);
    cancel.abort();
    assert.equal(failureIn(await signIn).kind, 'cancelled');
    assert.equal(await isListening(browser.port), false);
    assert.equal(secrets.values.size, 0);
  });

  it('when the browser is not opened', async () => {
    let url = '';
    const { source } = world.openWindow({
      openBrowser: (opened) => {
        url = opened;
        return Promise.resolve(false);
      },
    });
    assert.equal(failureIn(await source.signIn(request)).kind, 'cancelled');
    assert.equal(await isListening(portOf(url)), false);
  });

  it('when opening the browser fails', async () => {
    let url = '';
    const { source } = world.openWindow({
      openBrowser: (opened) => {
        url = opened;
        return Promise.reject(new Error(`cannot open ${opened}`));
      },
    });
    const failure = failureIn(await source.signIn(request));
    assert.equal(failure.kind, 'other');
    assert.doesNotMatch(failure.detail, /state|code_challenge/);
    assert.equal(await isListening(portOf(url)), false);
  });

  it('when time is up', async () => {
    const { source, browser } = world.openWindow({ chooses: 'leaves', signInTimeoutMs: 500 });
    assert.equal(failureIn(await source.signIn(request)).kind, 'timeout');
    assert.equal(await isListening(browser.port), false);
  });

  it('of a silent call, which ends too', async () => {
    const { source } = world.openWindow();
    world.signIn.accessTokenLifetimeSec = 60;
    tokenIn(await source.signIn(request));
    world.lab.requests.clear();
    world.signIn.next({ at: 'token', hang: true });
    const cancel = new AbortController();
    const call = source.acquireSilently(request, cancel.signal);
    await until(() => tokenRequests() > 0);
    cancel.abort();
    assert.equal(failureIn(await call).kind, 'cancelled');
    tokenIn(await source.acquireSilently(request));
  });

  it('and a page nobody answers holds up neither a silent call nor the next sign-in', async () => {
    const { source, browser } = world.openWindow();
    tokenIn(await source.signIn(request));
    browser.chooses = 'leaves';
    const cancel = new AbortController();
    const abandoned = source.signIn(request, cancel.signal);
    await until(() => browser.opened.length === 2);
    tokenIn(await source.acquireSilently(request));
    browser.chooses = alex;
    assert.equal(tokenIn(await source.signIn(request)).account, alex.userName);
    cancel.abort();
    assert.equal(failureIn(await abandoned).kind, 'cancelled');
  });
});

describe('refusals', () => {
  it('says that Cancel was pressed on the page', async () => {
    const { source, browser } = world.openWindow({ chooses: undefined });
    const failure = failureIn(await source.signIn(request));
    assert.equal(failure.kind, 'refused');
    assert.equal(failure.code, 'AADSTS65004');
    assert.equal(failure.oauthError, 'access_denied');
    await browser.done;
    assert.match(browser.shown[0] ?? '', /^<!DOCTYPE html>/);
    assert.equal(await isListening(browser.port), false);
  });

  for (const [code, oauthError] of [
    ['AADSTS50011', 'invalid_request'],
    ['AADSTS65001', 'consent_required'],
    ['AADSTS50105', 'interaction_required'],
  ] as const) {
    for (const at of ['authorize', 'token'] as const) {
      it(`gives ${code} of ${at}`, async () => {
        const { source, browser } = world.openWindow();
        world.signIn.next({ at, error: code, oauthError });
        if (at === 'authorize') browser.chooses = undefined;
        const failure = failureIn(await source.signIn(request));
        assert.equal(failure.kind, 'refused');
        assert.equal(failure.code, code);
        assert.equal(failure.oauthError, oauthError);
        assert.match(failure.detail, new RegExp(`^${code}: .+`));
        assert.doesNotMatch(failure.detail, /Trace ID|Error\(s\)/);
      });
    }
  }

  it('gives the code of a tenant that does not exist, which MSAL swallows', async () => {
    const { source } = world.openWindow();
    const failure = failureIn(await source.signIn({ ...request, authority: `${world.lab.origin}/nobody.example` }));
    assert.equal(failure.kind, 'refused');
    assert.equal(failure.code, 'AADSTS90002');
  });

  const silent: [name: string, body: object, kind: string, code: string][] = [
    ['a grant that has expired', { error: 'AADSTS70008', oauthError: 'invalid_grant' }, 'interactionRequired', '70008'],
    ['a second factor', { error: 'AADSTS50076', claims: '{"a":1}' }, 'interactionRequired', '50076'],
    ['a policy nobody can answer', { error: 'AADSTS53003', suberror: 'message_only' }, 'refused', '53003'],
    ['a passing problem', { error: 'AADSTS90033' }, 'refused', '90033'],
  ];
  for (const [name, body, kind, code] of silent) {
    it(`tells silently: ${name}`, async () => {
      const { source } = world.openWindow();
      world.signIn.accessTokenLifetimeSec = 60;
      tokenIn(await source.signIn(request));
      world.signIn.next({ at: 'token', ...body } as Parameters<typeof world.signIn.next>[0]);
      const failure = failureIn(await source.acquireSilently(request));
      assert.equal(failure.kind, kind);
      assert.equal(failure.code, `AADSTS${code}`);
      assert.equal(failure.claims, 'claims' in body ? body.claims : undefined);
    });
  }

  it('wants a sign-in for an API without consent', async () => {
    const { source } = world.openWindow();
    tokenIn(await source.signIn(request));
    const failure = failureIn(await source.acquireSilently({ ...request, scopes: ['api://payroll/Payroll.Read'] }));
    assert.equal(failure.kind, 'interactionRequired');
    assert.equal(failure.code, 'AADSTS65001');
  });

  it('throws a bad refresh token away for good', async () => {
    const { source, secrets } = world.openWindow();
    world.signIn.accessTokenLifetimeSec = 60;
    tokenIn(await source.signIn(request));
    world.signIn.grants.revoke();
    world.lab.requests.clear();
    assert.equal(failureIn(await source.acquireSilently(request)).code, 'AADSTS50173');
    assert.equal(failureIn(await source.acquireSilently(request)).kind, 'interactionRequired');
    const other = world.openWindow({ secrets }).source;
    assert.equal(failureIn(await other.acquireSilently(request)).kind, 'interactionRequired');
    assert.equal(tokenRequests(), 1);
    assert.deepEqual(await namesIn(other, request), [megan.userName]);
  });
});

describe('the network', () => {
  it('lost between redirect and token is told as such, and the port is closed', async () => {
    const { source, browser } = world.openWindow();
    // Twice: a connection that was idle before is tried once more.
    world.signIn.next({ at: 'token', close: true });
    world.signIn.next({ at: 'token', close: true });
    const failure = failureIn(await source.signIn(request));
    assert.equal(failure.kind, 'network');
    assert.equal(failure.detail, 'ECONNRESET');
    assert.equal(await isListening(browser.port), false);
  });

  it('that does not answer in time is told as such', async () => {
    const { source } = world.openWindow({ requestTimeoutMs: 300 });
    world.signIn.next({ at: 'token', hang: true });
    assert.equal(failureIn(await source.signIn(request)).kind, 'network');
  });

  it('that shows a page of its own, or sends elsewhere, is told as such', async () => {
    for (const action of [
      { do: 'html', html: '<h1>Hotel Wi-Fi</h1>' },
      { do: 'reply', status: 307, headers: { Location: 'https://127.0.0.9/' } },
    ] as const) {
      const { source } = world.openWindow();
      world.lab.faults.script({ path: TOKEN_PATH, times: 1, action });
      assert.equal(failureIn(await source.signIn(request)).kind, 'network');
    }
  });

  it('that is not there is told with the system’s code', async () => {
    const { source } = world.openWindow();
    const failure = failureIn(await source.signIn({ ...request, authority: 'https://127.0.0.1:9/contoso' }));
    assert.deepEqual(failure, { kind: 'network', detail: 'ECONNREFUSED' });
  });

  it('is never asked on a host that only the metadata names', async () => {
    const foreign: string[] = [];
    const spy = createServer((socket) => {
      foreign.push('connected');
      socket.destroy();
    });
    await new Promise<void>((resolve) => spy.listen(0, '127.0.0.1', resolve));
    const elsewhere = `https://127.0.0.1:${(spy.address() as { port: number }).port}`;
    try {
      for (const endpoint of ['token_endpoint', 'authorization_endpoint']) {
        const { source, browser } = world.openWindow();
        const base = `${world.lab.origin}/contoso.onmicrosoft.com`;
        const metadata = {
          issuer: `${base}/v2.0`,
          authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
          token_endpoint: `${base}/oauth2/v2.0/token`,
          jwks_uri: `${base}/discovery/v2.0/keys`,
          [endpoint]: `${elsewhere}/taken`,
        };
        const path = '/*/v2.0/.well-known/openid-configuration';
        world.lab.faults.script({ path, times: 1, action: { do: 'reply', body: metadata } });
        const failure = failureIn(await source.signIn(request));
        assert.equal(failure.kind, 'other');
        if (endpoint === 'authorization_endpoint') assert.equal(browser.opened.length, 0);
      }
      assert.deepEqual(foreign, []);
    } finally {
      await new Promise((resolve) => spy.close(resolve));
    }
  });

  it('is not asked whether to trust an authority nobody vouched for', async () => {
    const { source, browser } = world.openWindow();
    const failure = failureIn(await source.signIn({ ...request, isCustomAuthority: false }));
    assert.equal(failure.kind, 'other');
    assert.match(failure.detail, /login\.microsoftonline\.com/);
    assert.equal(browser.opened.length, 0);
  });
});

describe('the port', () => {
  it('that is taken is replaced by a free one', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { port: number };
    try {
      const { source, browser } = world.openWindow({ preferredPort: port });
      tokenIn(await source.signIn(request));
      assert.notEqual(browser.port, port);
    } finally {
      await new Promise((resolve) => taken.close(resolve));
    }
  });

  it('that another program answers on ::1 is not used', async (test) => {
    const other = createServer();
    const isUp = await new Promise<boolean>((resolve) => {
      other.once('error', () => resolve(false));
      other.listen({ port: 0, host: '::1', ipv6Only: true }, () => resolve(true));
    });
    if (!isUp) return test.skip('no IPv6 here');
    const { port } = other.address() as { port: number };
    try {
      const { source, browser } = world.openWindow({ preferredPort: port });
      tokenIn(await source.signIn(request));
      assert.notEqual(browser.port, port);
      assert.equal(await isListening(port), false);
    } finally {
      await new Promise((resolve) => other.close(resolve));
    }
  });
});

describe('two windows', () => {
  for (const announces of [true, false]) {
    describe(announces ? 'that hear of each other' : 'that are late to hear of each other', () => {
      function openWindows() {
        const secrets = new MemorySecretStore();
        secrets.announces = announces;
        const one = world.openWindow({ secrets, chooses: megan });
        const two = world.openWindow({ secrets, chooses: alex });
        return { one, two, secrets };
      }

      it('lose neither of two sign-ins at the same time', async () => {
        const { one, two, secrets } = openWindows();
        await Promise.all([namesIn(one.source, request), namesIn(two.source, request)]);
        await Promise.all([one, two].map(async ({ source }) => tokenIn(await source.signIn(request))));
        const third = world.openWindow({ secrets }).source;
        assert.deepEqual((await namesIn(third, request)).sort(), [alex.userName, megan.userName]);
      });

      it('do not lose a sign-in to a refresh', async () => {
        const { one, two, secrets } = openWindows();
        world.signIn.accessTokenLifetimeSec = 60;
        tokenIn(await one.source.signIn(request));
        tokenIn(await one.source.acquireSilently(request));
        tokenIn(await two.source.signIn(request));
        tokenIn(await one.source.acquireSilently(request));
        const third = world.openWindow({ secrets }).source;
        assert.deepEqual(await namesIn(third, request), [alex.userName, megan.userName]);
      });

      it('do not bring back what one has signed out', async () => {
        const { one, two, secrets } = openWindows();
        world.signIn.accessTokenLifetimeSec = 60;
        tokenIn(await one.source.signIn(request));
        tokenIn(await one.source.acquireSilently(request));
        await two.source.signOut(request);
        await one.source.acquireSilently(request);
        const third = world.openWindow({ secrets }).source;
        assert.deepEqual(await namesIn(third, request), []);
        assert.doesNotMatch(secrets.values.get(credentialKey(request)) ?? '', /RefreshToken":\{"/);
      });
    });
  }
});

describe('a secret store in trouble', () => {
  it('that holds nonsense is overwritten, and reported once', async () => {
    for (const nonsense of ['not json', '[]', '{"Account":{"a":1}}', '{"Account":[]}', 'null', '']) {
      const secrets = new MemorySecretStore();
      secrets.values.set(credentialKey(request), nonsense);
      const { source, problems } = world.openWindow({ secrets });
      assert.deepEqual(await namesIn(source, request), []);
      tokenIn(await source.signIn(request));
      tokenIn(await source.acquireSilently(request));
      assert.deepEqual(problems, ['corrupt']);
      tokenIn(await world.openWindow({ secrets }).source.acquireSilently(request));
    }
  });

  it('that fails lets people sign in and go on in memory, and is reported once', async () => {
    const secrets = new MemorySecretStore();
    secrets.failing.add('get').add('store');
    const { source, problems } = world.openWindow({ secrets });
    const token = tokenIn(await source.signIn(request));
    assert.deepEqual(tokenIn(await source.acquireSilently(request)), token);
    world.signIn.accessTokenLifetimeSec = 60;
    tokenIn(await source.signIn(request));
    tokenIn(await source.acquireSilently(request));
    assert.deepEqual(problems.sort(), ['notWritten', 'unreadable']);
  });

  it('that fails does not stop anybody from forgetting what is in memory', async () => {
    const secrets = new MemorySecretStore();
    secrets.failing.add('store');
    const { source } = world.openWindow({ secrets });
    tokenIn(await source.signIn(request));
    assert.equal((await namesIn(source, request)).length, 1);
    await source.forgetAll();
    assert.deepEqual(await namesIn(source, request), []);
  });

  it('that works again gets what was kept in memory', async () => {
    const secrets = new MemorySecretStore();
    secrets.failing.add('store');
    const { source, browser } = world.openWindow({ secrets });
    tokenIn(await source.signIn(request));
    assert.equal(secrets.values.size, 0);
    secrets.failing.clear();
    browser.chooses = alex;
    tokenIn(await source.signIn(request));
    const other = world.openWindow({ secrets }).source;
    assert.deepEqual(await namesIn(other, request), [alex.userName, megan.userName]);
  });

  it('that cannot delete makes signing out fail, and this window forgets all the same', async () => {
    const { source, secrets } = world.openWindow();
    tokenIn(await source.signIn(request));
    secrets.failing.add('delete');
    await assert.rejects(source.signOut(request), { code: 'secretsUnavailable' });
    assert.deepEqual(await namesIn(source, request), []);
  });

  it('that never answers keeps no port open when the sign-in is cancelled', async () => {
    const { source, secrets, browser } = world.openWindow({ secretsTimeoutMs: 1_000 });
    const cancel = new AbortController();
    let portWasOpen: Promise<boolean> | undefined;
    secrets.beforeStore = () => {
      portWasOpen = isListening(browser.port).finally(() => cancel.abort());
      return new Promise(() => undefined);
    };
    await source.signIn(request, cancel.signal);
    assert.equal(await portWasOpen, true);
    assert.equal(await isListening(browser.port), false);
  });

  it('that never answers counts as failing', async () => {
    const { source, secrets, problems } = world.openWindow({ secretsTimeoutMs: 100 });
    secrets.beforeStore = () => new Promise(() => undefined);
    const token = tokenIn(await source.signIn(request));
    assert.deepEqual(tokenIn(await source.acquireSilently(request)), token);
    assert.deepEqual(problems, ['notWritten']);
  });
});

describe('secrets', () => {
  it('stand in no failure and no log, even when the server echoes them', async () => {
    const sent: string[] = [];
    const route = async (incoming: Parameters<(typeof world.lab.routes)[number]>[0]) => {
      if (!incoming.url.pathname.endsWith('/token')) return undefined;
      const body = (await incoming.readBody()).toString();
      const form = new URLSearchParams(body);
      sent.push(...['code', 'code_verifier', 'refresh_token'].flatMap((name) => form.get(name) ?? []));
      const description = `AADSTS70000: ${decodeURIComponent(body)} ${sent.at(-1)} Trace ID: x`;
      const reply = { error: 'invalid_grant', error_description: description, error_codes: [70000] };
      return { status: 400, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(reply) };
    };
    const { source, log } = world.openWindow();
    world.signIn.accessTokenLifetimeSec = 60;
    const { accessToken } = tokenIn(await source.signIn(request));
    world.lab.routes.unshift(route);
    try {
      const failures = [await source.signIn(request), await source.acquireSilently(request)].map(failureIn);
      assert.deepEqual(
        failures.map(({ kind, code }) => `${kind} ${code}`),
        ['refused AADSTS70000', 'interactionRequired AADSTS70000'],
      );
      assert.equal(sent.length, 3);
      const told = JSON.stringify([failures, log]);
      for (const secret of [...sent, accessToken]) {
        for (let start = 0; start + 24 <= secret.length; start += 12) {
          assert.ok(!told.includes(secret.slice(start, start + 24)), `leaked: ${told}`);
        }
      }
    } finally {
      world.lab.routes.splice(world.lab.routes.indexOf(route), 1);
    }
  });
});

it('stops listening to the secret store when disposed', () => {
  const { source, secrets } = world.openWindow();
  assert.equal(secrets.listenerCount, 1);
  source.dispose();
  assert.equal(secrets.listenerCount, 0);
});

async function namesIn({ held }: Pick<TokenSource, 'held'>, of: TokenRequest): Promise<string[]> {
  return (await held(of)).accounts.map(({ userName }) => userName);
}

function portOf(authorizeUrl: string): number {
  return Number(new URL(new URL(authorizeUrl).searchParams.get('redirect_uri') ?? '').port);
}

/** Waits for something the lab or browser does; bounded by the test's own limit. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
