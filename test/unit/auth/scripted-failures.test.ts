import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { TokenRequest } from '../../../src/auth/token-source.ts';
import { isListening } from './scripted-browser.ts';
import { failureIn, type SignInWorld, startSignInWorld, tokenIn } from './sign-in-world.ts';

type Place = 'authorize' | 'token' | 'devicecode';

/** Refusals of each way, by where they are given; AADSTS numbers. */
const REFUSALS: [way: 'browser' | 'deviceCode' | 'clientSecret' | 'onBehalfOf', at: Place, numbers: number[]][] = [
  ['browser', 'authorize', [65001, 65002, 70011, 500011, 650057, 700016, 50105, 50020, 53003, 53000, 50194, 65004]],
  ['browser', 'token', [7000218, 9002326, 9002327, 50076, 50079, 54005, 70008, 50058, 530003, 90033, 900144]],
  ['deviceCode', 'devicecode', [7000218, 700016, 530034, 90002, 90055]],
  ['deviceCode', 'token', [53003, 50105, 70019, 65001]],
  ['clientSecret', 'token', [7000215, 7000222, 700016, 500011, 501051, 90002, 1002012]],
  ['onBehalfOf', 'token', [500131, 50013, 240002, 65001, 50076, 53003, 50027]],
];

let world: SignInWorld;

before(async () => {
  world = await startSignInWorld();
});
afterEach(() => world.reset());
after(() => world.stop());

function requestFor(way: (typeof REFUSALS)[number][0]): TokenRequest {
  const { nightlyJob, ordersApi } = world.lab.apps;
  switch (way) {
    case 'clientSecret':
      return { ...world.request, signIn: way, clientId: nightlyJob.id, scopes: ['api://orders/.default'] };
    case 'onBehalfOf': {
      const scopes = ['api://invoices/Invoices.Read'];
      return { ...world.request, signIn: way, clientId: ordersApi.id, scopes, from: world.request, audiences: [] };
    }
    case 'browser':
      return world.request;
    case 'deviceCode':
      return { ...world.request, signIn: way };
  }
}

for (const [way, at, numbers] of REFUSALS) {
  describe(`${way}, refused at ${at}`, () => {
    for (const number of numbers) {
      it(`AADSTS${number} comes out as what it is, and nothing stays open`, async () => {
        const app = way === 'clientSecret' ? world.lab.apps.nightlyJob : world.lab.apps.ordersApi;
        const { source, browser } = world.openWindow({
          askSecret: () => Promise.resolve(world.signIn.secretOf(app)),
          ...(at === 'authorize' ? { chooses: undefined } : {}),
        });
        if (way === 'onBehalfOf') tokenIn(await source.signIn(world.request));
        world.signIn.next({ at, error: `AADSTS${number}` });
        const failure = failureIn(await source.signIn(requestFor(way)));
        assert.deepEqual([failure.kind, failure.code], ['refused', `AADSTS${number}`]);
        assert.match(failure.detail, new RegExp(`^AADSTS${number}`));
        if (browser.opened.length > 0) assert.equal(await isListening(browser.port), false);
        await browser.done;
        // The next call is none the worse for it.
        if (way !== 'deviceCode' && at !== 'authorize') tokenIn(await source.signIn(requestFor(way)));
      });
    }
  });
}

it('are at least forty', () => assert.ok(REFUSALS.flatMap(([, , numbers]) => numbers).length >= 40));
