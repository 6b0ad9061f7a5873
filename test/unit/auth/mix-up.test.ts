import assert from 'node:assert/strict';
import { globalAgent } from 'node:https';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { NOT_SIGNED_IN_PAGE, SIGNED_IN_PAGE } from '../../../src/auth/sign-in-pages.ts';
import type { SignInFailure, TokenRequest } from '../../../src/auth/token-source.ts';
import { APPS, CONTOSO } from '../../lab/entra-tenant.ts';
import { type ClientRegistration, findClient } from '../../lab/sign-in/registrations.ts';
import { type HostileAuthority, startHostileAuthority } from './hostile-authority.ts';
import { failureIn, type SignInWorld, startSignInWorld, tokenIn } from './sign-in-world.ts';

/** The mix-up attack (RFC 9700 §4.4) with MSAL as it is: a custom authority leads the browser to an honest login host. */

const AUTHORIZE = '/oauth2/v2.0/authorize';
const ORDERS = 'api://orders/Orders.Read openid profile offline_access';

let world: SignInWorld;
let hostile: HostileAuthority;
let honest: string;
let client: ClientRegistration;

before(async () => {
  world = await startSignInWorld();
  honest = `${world.lab.origin}/${CONTOSO.domain}`;
});
beforeEach(async () => {
  hostile = await startHostileAuthority(`${honest}/oauth2/v2.0/token`);
  globalAgent.options.ca = [world.lab.caPem, hostile.caPem];
  globalAgent.destroy();
  const registered = findClient(world.signIn.registrations, APPS.ordersWeb.id);
  assert.ok(registered);
  client = registered;
  // A tenant of Microsoft's: the client has the address that any tool's client has, and no other.
  client.redirectUris = ['http://localhost'];
});
afterEach(async () => {
  world.reset();
  await hostile.stop();
});
after(() => world.stop());

const request = (changes: object = {}) =>
  ({
    ...{ signIn: 'browser', authority: hostile.authority, isCustomAuthority: true },
    ...{ clientId: APPS.ordersWeb.id, scopes: ['api://x/y'], ...changes },
  }) as TokenRequest;

/** Megan signs in, as she does every day; whatever does not come back is cancelled. */
async function attack(asked = request()): Promise<{ failure: SignInFailure; shown: string[] }> {
  const { source, browser } = world.openWindow();
  const cancel = new AbortController();
  const signIn = source.signIn(asked, cancel.signal);
  let isOver = false;
  void signIn.then(() => {
    isOver = true;
  });
  while (!isOver && browser.opened.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await browser.done;
  // What came back is worked on to its end; what did not never comes.
  if (!browser.shown.some((page) => page === SIGNED_IN_PAGE || page === NOT_SIGNED_IN_PAGE)) cancel.abort();
  return { failure: failureIn(await signIn), shown: browser.shown };
}

function assertNothingStolen(): void {
  assert.deepEqual(
    hostile.stolen.filter((answer) => 'access_token' in answer || 'refresh_token' in answer),
    [],
  );
  assert.deepEqual(hostile.received, [], 'a code left for the hostile authority');
}

/** To the honest page, with everything kept but what is changed. */
function leadsOn(change: (asked: URLSearchParams) => void = () => undefined, path = AUTHORIZE): void {
  hostile.onAuthorize = (asked) => {
    const question = new URLSearchParams(asked);
    question.set('scope', ORDERS);
    change(question);
    return `${honest}${path}?${question}`;
  };
}

const portOf = (asked: URLSearchParams) => new URL(asked.get('redirect_uri') ?? '').port;

describe('a custom authority that leads the browser to an honest login host', () => {
  // biome-ignore format: a table
  const variants: [what: string, change: (asked: URLSearchParams) => void, asked?: () => TokenRequest][] = [
    ['keeps everything', () => undefined],
    ['asks for Graph', (asked) => asked.set('scope', 'https://graph.microsoft.com/User.Read offline_access')],
    ['asks as another client', (asked) => asked.set('client_id', APPS.ordersWeb.id), () => request({ clientId: APPS.practiceClient.id })],
    ['asks as the API itself', (asked) => asked.set('client_id', APPS.ordersApi.id)],
    ['takes the path off', (asked) => asked.set('redirect_uri', `http://localhost:${portOf(asked)}`)],
    ['takes the path off but a slash', (asked) => asked.set('redirect_uri', `http://localhost:${portOf(asked)}/`)],
    ['goes up from the path', (asked) => asked.set('redirect_uri', `${asked.get('redirect_uri')}/../../..`)],
    ['hides the path in a query', (asked) => asked.set('redirect_uri', `http://localhost:${portOf(asked)}/?/${asked.get('redirect_uri')}`)],
    ['answers in the address', (asked) => asked.set('response_mode', 'query')],
    ['answers in the address, without the path', (asked) => { asked.set('response_mode', 'query'); asked.set('redirect_uri', `http://localhost:${portOf(asked)}`); }],
    ['answers in the fragment', (asked) => asked.set('response_mode', 'fragment')],
    ['comes back by the name of the address', (asked) => asked.set('redirect_uri', (asked.get('redirect_uri') ?? '').replace('localhost', '127.0.0.1'))],
    ['takes the path of an honest authority', (asked) => asked.set('redirect_uri', `http://localhost:${portOf(asked)}/why401/${new URL(honest).host}/${CONTOSO.domain}`)],
    ['makes the challenge its own', (asked) => asked.set('code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')],
  ];
  for (const [what, change, asked] of variants) {
    it(`gets nothing when it ${what}`, async () => {
      leadsOn(change);
      await attack(asked?.());
      assertNothingStolen();
    });
  }

  it('gets nothing from a client with several redirect addresses, those of other authorities among them', async () => {
    const others = ['/callback', '/why401', '/why401/', '/why401/idp.example/realms/a', `/why401/${hostile.host}x/t`];
    client.redirectUris = ['http://localhost', ...others.map((path) => `http://localhost${path}`)];
    client.webRedirectUris = [`http://localhost/why401/${hostile.host}`];
    client.spaRedirectUris = [`http://localhost/why401/${hostile.host}/T`];
    for (const path of ['/', ...others]) {
      leadsOn((asked) => asked.set('redirect_uri', `http://localhost:${portOf(asked)}${path}`));
      await attack();
      assertNothingStolen();
    }
    leadsOn();
    await attack();
    assertNothingStolen();
  });

  it('gets nothing at the tenant’s other pages, or by way of an error', async () => {
    for (const error of ['AADSTS50105', 'AADSTS65001'] as const) {
      leadsOn((asked) => asked.set('redirect_uri', `http://localhost:${portOf(asked)}`));
      world.signIn.next({ error });
      const { failure } = await attack();
      assert.equal(failure.kind, 'cancelled');
      assertNothingStolen();
    }
  });

  it('shows its browser that nobody is there for an answer without the path', async () => {
    leadsOn((asked) => asked.set('redirect_uri', `http://localhost:${portOf(asked)}`));
    const { shown } = await attack();
    assert.deepEqual(shown, ['']);
    assertNothingStolen();
  });

  it('gets nothing when its metadata names one honest endpoint beside its own', async () => {
    const names = ['authorization_endpoint', 'token_endpoint', 'device_authorization_endpoint'];
    for (const name of names) {
      hostile.metadata = { [name]: `${honest}/oauth2/v2.0/authorize` };
      for (const signIn of ['browser', 'deviceCode'] as const) {
        const { failure } = await attack(request({ signIn }));
        assert.equal(failure.kind, 'other');
        assert.ok(failure.detail.includes(new URL(honest).host), failure.detail);
        assertNothingStolen();
      }
    }
  });
});

describe('what is left over', () => {
  const acceptsAnything = () => {
    client.redirectUris = [`http://localhost/why401/${hostile.host}/t`];
  };

  it('is a server that takes any path and does not say who it is: the attack itself is real', async () => {
    acceptsAnything();
    leadsOn();
    await attack();
    const [answer] = hostile.stolen;
    assert.ok(answer && 'access_token' in answer && 'refresh_token' in answer);
  });

  it('is nothing where that server says who it is', async () => {
    acceptsAnything();
    leadsOn();
    world.signIn.issuerParameter = { isSent: true, isPromised: false };
    assert.equal((await attack()).failure.reason, 'otherIssuer');
    assertNothingStolen();
    world.signIn.next({ error: 'AADSTS50105' });
    assert.equal((await attack()).failure.reason, 'otherIssuer');
    assertNothingStolen();
  });

  it('is nothing where the hostile authority promises to say who it is, or calls itself by the other’s name', async () => {
    acceptsAnything();
    leadsOn();
    hostile.metadata = { authorization_response_iss_parameter_supported: true };
    assert.equal((await attack()).failure.reason, 'issuerMissing');
    hostile.metadata = { issuer: `${world.lab.origin}/${CONTOSO.id}/v2.0` };
    world.signIn.issuerParameter = { isSent: true, isPromised: false };
    await attack();
    assertNothingStolen();
  });
});

describe('an honest custom authority', () => {
  const own = () => ({ ...world.request, authority: honest }) as TokenRequest;
  beforeEach(() => {
    client.redirectUris = [`http://localhost/why401/${new URL(honest).host}/${CONTOSO.domain}`];
  });

  // biome-ignore format: a table
  const answers: [isSent: boolean, isPromised: boolean, other: string | undefined, reason: SignInFailure['reason']][] = [
    [false, false, undefined, undefined],
    [true, false, undefined, undefined],
    [true, true, undefined, undefined],
    [false, true, undefined, 'issuerMissing'],
    [true, false, 'https://evil.example', 'otherIssuer'],
    [true, true, 'https://evil.example', 'otherIssuer'],
    [true, true, '', 'otherIssuer'],
  ];
  for (const [isSent, isPromised, other, reason] of answers) {
    for (const isRefused of [false, true]) {
      it(`${reason ?? 'is heard'}: iss ${isSent ? (other ?? 'its own') : 'not sent'}, ${isPromised ? '' : 'not '}promised, ${isRefused ? 'error' : 'code'}`, async () => {
        world.signIn.issuerParameter = { isSent, isPromised, ...(other === undefined ? {} : { other }) };
        if (isRefused) world.signIn.next({ error: 'AADSTS50105' });
        const { source } = world.openWindow();
        const result = await source.signIn(own());
        if (reason !== undefined) assert.equal(failureIn(result).reason, reason);
        else if (isRefused) assert.equal(failureIn(result).code, 'AADSTS50105');
        else tokenIn(result);
        assert.equal(world.lab.requests.count('/*/oauth2/v2.0/token'), reason === undefined && !isRefused ? 1 : 0);
      });
    }
  }

  it('signs people in by its own path, and by no bare address', async () => {
    const { source, browser } = world.openWindow();
    tokenIn(await source.signIn(own()));
    const redirect = new URL(browser.opened[0]?.searchParams.get('redirect_uri') ?? '');
    assert.equal(redirect.pathname, `/why401/${new URL(honest).host}/${CONTOSO.domain}`);
  });

  it('is asked in the letter case of its path, in which MSAL does not ask', async () => {
    const { source } = world.openWindow({ askSecret: () => Promise.resolve(world.signIn.secretOf(APPS.nightlyJob)) });
    const authority = `${world.lab.origin}/ConToso.onMicrosoft.com`;
    const job = { clientId: APPS.nightlyJob.id, scopes: ['api://orders/.default'] };
    tokenIn(await source.signIn({ ...own(), ...job, authority, signIn: 'clientSecret' } as TokenRequest));
    assert.equal(world.lab.requests.count(/^\/ConToso\.onMicrosoft\.com\/v2\.0\/\.well-known/), 1);
  });

  it('has its path also where another address leads here', async () => {
    const { source, browser } = world.openWindow({
      redirectUriFor: (port) => Promise.resolve(`http://localhost:${port}`),
    });
    tokenIn(await source.signIn(own()));
    assert.match(browser.opened[0]?.searchParams.get('redirect_uri') ?? '', /^http:\/\/localhost:\d+\/why401\//);
  });
});
