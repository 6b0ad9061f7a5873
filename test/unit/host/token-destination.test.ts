import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { RequestForm } from '../../../src/protocol/request-view.ts';
import { MemorySecretStore } from '../auth/secret-store.ts';
import { CLIENT_ID, encodeToken } from '../core/entra-fixture.ts';
import { standInForState, standInForWindow } from './asked-window.ts';

const window = standInForWindow();
const { AudienceConsents } = await import('../../../src/host/request/audience-consents.ts');
const { Bindings } = await import('../../../src/host/binding.ts');
const { HostTrust } = await import('../../../src/host/host-trust.ts');
const { listIdentities } = await import('../../../src/host/identities.ts');
const { EMPTY_FORM } = await import('../../../src/host/request/request-draft.ts');
const { SentTokens } = await import('../../../src/host/request/sent-tokens.ts');
const { StoredKeys } = await import('../../../src/host/request/stored-keys.ts');
const { tokenFor } = await import('../../../src/host/request/token-destination.ts');

const ORIGIN = 'https://orders.example';
const tokenOf = (payload: Record<string, unknown>) => encodeToken({ alg: 'RS256' }, payload, 'x');
const forOrders = tokenOf({ aud: 'api://orders' });
const forPayroll = tokenOf({ aud: 'api://payroll' });
const forGraph = tokenOf({ aud: 'https://graph.microsoft.com' });
const encrypted = `${Buffer.from('{"alg":"dir","enc":"A256GCM"}').toString('base64url')}..aaaa.bbbb.cccc`;
const orders = {
  ...{ tenant: 'contoso.com', baseUrl: ORIGIN, appIdUri: 'api://orders' },
  identities: { me: { clientId: CLIENT_ID, scopes: ['api://orders/Read'] }, mine: { signIn: 'pasted' } },
};

type Services = Parameters<typeof tokenFor>[0];

function openWindow({ signedIn = '', pasted }: { signedIn?: string; pasted?: string } = {}): Services {
  const keys = new StoredKeys(new MemorySecretStore());
  keys.pasteToken(ORIGIN, pasted);
  return {
    keys,
    bindings: new Bindings(standInForState()),
    audiences: new AudienceConsents(standInForState()),
    hostTrust: new HostTrust(standInForState()),
    tokensSent: new SentTokens(),
    signIn: { tokenFor: async () => ({ accessToken: signedIn }) },
  } as unknown as Services;
}

const typed = (value: string): Partial<RequestForm> => ({ headers: [{ name: 'Authorization', value }] });
const withToken = (token: RequestForm['authorize']['token']): Partial<RequestForm> => ({
  authorize: { ...EMPTY_FORM.authorize, token },
});

function get(services: Services, form: Partial<RequestForm>, as?: string, key?: string): Promise<string | undefined> {
  const job = {
    form: { ...EMPTY_FORM, url: `${ORIGIN}/x`, ...form },
    signal: AbortSignal.any([]),
    onProgress: () => {},
  };
  const identity = listIdentities().find(({ name }) => name === as);
  return tokenFor(services, job, identity, key);
}

const questions = () => window.asked.map(({ question }) => question.split(' to https')[0]);
const ANOTHER = 'Send a token for another API';
const UNREADABLE = 'Send a token that nobody can read';

beforeEach(() => {
  window.asked.length = 0;
  window.answer = ([first]) => first;
  window.apis = { user: {}, workspace: {} };
});

describe('a token that is pasted or typed', () => {
  const givenTo: [name: string, give: (token: string) => Promise<unknown>][] = [
    ['pasted', (pasted) => get(openWindow({ pasted }), withToken('pasted'))],
    ['typed', (token) => get(openWindow(), typed(`Bearer ${token}`))],
    ['pasted for a profile', (signedIn) => get(openWindow({ signedIn }), withToken('identity'), 'mine')],
  ];
  for (const [name, give] of givenTo) {
    const asked = async (token: string) => {
      await give(token);
      return questions().filter((question) => question !== 'Send tokens to this address?');
    };

    it(`is for the user’s own API where the user’s settings say so: ${name}`, async () => {
      window.apis.user = { orders };
      assert.deepEqual(await asked(forOrders), []);
      assert.deepEqual(await asked(forPayroll), [ANOTHER]);
    });

    it(`is not for the user’s own API because a workspace says so: ${name}`, async () => {
      window.apis.workspace = { orders };
      assert.deepEqual(await asked(forOrders), [ANOTHER]);
    });

    it(`is asked about where nobody can read whom it is for: ${name}`, async () => {
      window.apis.user = { orders };
      for (const token of [encrypted, tokenOf({ sub: 'x' }), tokenOf({ aud: [] })]) {
        assert.deepEqual(await asked(token), [UNREADABLE]);
        window.asked.length = 0;
      }
    });

    it(`for Microsoft is refused: ${name}`, async () => {
      window.apis.user = { orders };
      await assert.rejects(give(forGraph), { code: 'badSettings', message: /Microsoft Graph/ });
    });
  }

  it('is asked about where it is no JWT, once it is known to be a token', async () => {
    await get(openWindow({ pasted: 'opaque-0123456789' }), withToken('pasted'));
    assert.deepEqual(questions(), [UNREADABLE]);
    await get(openWindow(), typed('Bearer opaque-0123456789'));
    assert.equal(window.asked.length, 1);
  });

  it('is judged whole: several in one', async () => {
    for (const pasted of [`${forOrders}.${forGraph}`, `${forGraph}.x.y`])
      await assert.rejects(get(openWindow({ pasted }), withToken('pasted')), { code: 'badSettings' });
  });
});

describe('what is judged', () => {
  it('is the request that is sent: with the key', async () => {
    for (const key of ['subscriptionHeader', 'subscriptionQuery'] as const) {
      const authorize = { ...EMPTY_FORM.authorize, key };
      await assert.rejects(get(openWindow(), { authorize }, undefined, forGraph), { code: 'badSettings' });
    }
  });

  it('is the request that is sent: without a typed header that gives way', async () => {
    window.apis.user = { orders };
    const form = { ...typed(`Bearer ${forGraph}`), ...withToken('identity') };
    assert.equal(await get(openWindow({ signedIn: forOrders }), form, 'me'), forOrders);
  });

  it('is a token that is missing, before any question', async () => {
    const form = { ...typed(`Bearer ${forPayroll}`), ...withToken('pasted') };
    await assert.rejects(get(openWindow(), { ...form, headers: [{ name: 'X', value: forPayroll }] }), {
      code: 'noSecret',
    });
    window.apis.user = { orders: { ...orders, baseUrl: 'https://elsewhere.example' } };
    await assert.rejects(get(openWindow(), typed(`Bearer ${forPayroll}`), 'me'), { code: 'badSettings' });
    assert.deepEqual(window.asked, []);
  });
});

describe('a token that an identity asks for', () => {
  it('is for its profile’s own API, a workspace’s too: the binding asks', async () => {
    window.apis.workspace = { orders };
    assert.equal(await get(openWindow({ signedIn: forOrders }), withToken('identity'), 'me'), forOrders);
    assert.deepEqual(questions(), ['Send tokens to this address?']);
  });

  it('goes where nobody can read it', async () => {
    window.apis.workspace = { orders };
    await get(openWindow({ signedIn: encrypted }), withToken('identity'), 'me');
    assert.deepEqual(questions(), ['Send tokens to this address?']);
  });

  it('is asked about where only a server proposed its scope', async () => {
    window.apis.user = { orders };
    const [me] = listIdentities();
    assert.ok(me?.identity.signIn === 'browser');
    const identity = { ...me.identity, scopes: ['api://payroll/.default'] };
    const varied = { ...me, identity, profile: { ...me.profile, identities: { me: identity } } };
    const form = { ...EMPTY_FORM, url: `${ORIGIN}/x`, ...withToken('identity') };
    const job = { form, signal: AbortSignal.any([]), onProgress: () => {} };
    await tokenFor(openWindow({ signedIn: forPayroll }), job, varied);
    assert.deepEqual(questions(), [ANOTHER, 'Send tokens to this address?']);
  });

  it('asks nothing where the question about it could not show all its scopes', async () => {
    window.apis.user = { orders };
    const [me] = listIdentities();
    assert.ok(me?.identity.signIn === 'browser');
    const scopes = Array.from({ length: 40 }, (_, index) => `api://a${index}/Read`);
    const identity = { ...me.identity, scopes };
    const varied = { ...me, identity, profile: { ...me.profile, identities: { me: identity } } };
    const form = { ...EMPTY_FORM, url: `${ORIGIN}/x`, ...withToken('identity') };
    const job = { form, signal: AbortSignal.any([]), onProgress: () => {} };
    await assert.rejects(tokenFor(openWindow(), job, varied), { code: 'badSettings' });
    assert.deepEqual(window.asked, []);
  });
});
