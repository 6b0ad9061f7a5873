import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { standInForState, standInForWindow } from './asked-window.ts';

const window = standInForWindow();
const { AudienceConsents } = await import('../../../src/host/request/audience-consents.ts');
const { Bindings } = await import('../../../src/host/binding.ts');

const AUDIENCE = 'api://payroll';
const ORIGIN = 'https://api.example';

beforeEach(() => {
  window.asked.length = 0;
  window.answer = ([first]) => first;
});

describe('a token for an API that no profile names', () => {
  it('is asked about once for each audience and origin, and again when forgotten', async () => {
    const state = standInForState();
    const consents = new AudienceConsents(state);
    const asks = [
      { audience: AUDIENCE, origin: ORIGIN },
      { audience: 'api://orders', origin: ORIGIN },
      { audience: AUDIENCE, origin: 'https://other.example' },
    ];
    for (const ask of [...asks, ...asks]) assert.equal(await consents.confirm(ask), true);
    assert.equal(window.asked.length, asks.length);
    assert.equal(await consents.forgetAll(), asks.length);
    await new AudienceConsents(state).confirm({ audience: AUDIENCE, origin: ORIGIN });
    assert.equal(window.asked.length, asks.length + 1);
  });

  it('is not sent where the user does not say so, and asked about again', async () => {
    const consents = new AudienceConsents(standInForState());
    window.answer = () => undefined;
    for (const _ of [1, 2]) assert.equal(await consents.confirm({ audience: AUDIENCE, origin: ORIGIN }), false);
    assert.equal(window.asked.length, 2);
  });

  it('is asked about each time where its audience is not read surely or not shown whole', async () => {
    const consents = new AudienceConsents(standInForState());
    for (const audience of [`api://${'x'.repeat(3_000)}`, 'api://payroll\u202e/x']) {
      window.asked.length = 0;
      for (const _ of [1, 2]) await consents.confirm({ audience, origin: ORIGIN });
      assert.equal(window.asked.length, 2);
      assert.doesNotMatch(window.asked[0]?.detail ?? '', /\u202e/);
    }
  });

  it('is remembered beside bindings, and neither touches the other', async () => {
    const state = standInForState();
    const request = {
      signIn: 'browser',
      isCustomAuthority: false,
      clientId: '94f2db06-317c-4ea5-98f9-a01b2c3d4e5f',
      authority: 'https://login.microsoftonline.com/contoso.example',
      scopes: ['api://orders/.default'],
    } as const;
    for (const _ of [1, 2]) {
      await new Bindings(state).confirm({ request, origin: ORIGIN });
      await new AudienceConsents(state).confirm({ audience: AUDIENCE, origin: ORIGIN });
    }
    assert.equal(window.asked.length, 2);
    assert.equal(await new Bindings(state).forgetAll(), 1);
    assert.equal(await new AudienceConsents(state).forgetAll(), 1);
  });
});
