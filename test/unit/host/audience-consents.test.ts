import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { standInForState, standInForWindow } from './asked-window.ts';

const window = standInForWindow();
const { AudienceConsents } = await import('../../../src/host/request/audience-consents.ts');
const { Bindings } = await import('../../../src/host/binding.ts');

const AUDIENCE = 'api://payroll';
const ORIGIN = 'https://api.example';
const asking = { audience: AUDIENCE, origin: ORIGIN, because: 'unknown' } as const;

beforeEach(() => {
  window.asked.length = 0;
  window.answer = ([first]) => first;
});

describe('a token for an API that no profile names', () => {
  it('is asked about once for each audience and origin, and again when forgotten', async () => {
    const state = standInForState();
    const consents = new AudienceConsents(state);
    const asks = [asking, { ...asking, audience: 'api://orders' }, { ...asking, origin: 'https://other.example' }];
    for (const ask of [...asks, ...asks]) assert.equal(await consents.confirm(ask), true);
    assert.equal(window.asked.length, asks.length);
    assert.equal(await consents.forgetAll(), asks.length);
    await new AudienceConsents(state).confirm(asking);
    assert.equal(window.asked.length, asks.length + 1);
  });

  it('is not sent where the user does not say so, and asked about again', async () => {
    const consents = new AudienceConsents(standInForState());
    window.answer = () => undefined;
    for (const _ of [1, 2]) assert.equal(await consents.confirm(asking), false);
    assert.equal(window.asked.length, 2);
  });

  const SPELLED = [
    'urn:orders',
    'my api',
    'api://orders%2f',
    'api://payroll\u202e/x',
    'api://οrders',
    '\ud800',
    'api://A',
  ];
  for (const audience of [...SPELLED, 'x'.repeat(2_048)])
    it(`is asked about once for exactly one audience: ${JSON.stringify(audience.slice(0, 20))}`, async () => {
      const consents = new AudienceConsents(standInForState());
      for (const _ of [1, 2]) await consents.confirm({ ...asking, audience });
      assert.equal(window.asked.length, 1);
      assert.match(window.asked[0]?.detail ?? '', /^[\x20-\x7e]+$/m);
      for (const other of [
        audience.toUpperCase().concat('/'),
        `spn:${audience}`,
        `${audience}\u200b`,
        ` ${audience}`,
      ]) {
        window.asked.length = 0;
        await consents.confirm({ ...asking, audience: other });
        assert.equal(window.asked.length, 1, other);
      }
    });

  it('is asked about each time where its audience is not shown whole', async () => {
    const consents = new AudienceConsents(standInForState());
    for (const _ of [1, 2]) await consents.confirm({ ...asking, audience: 'x'.repeat(2_049) });
    assert.equal(window.asked.length, 2);
  });

  it('is asked about by itself where others than its service listen', async () => {
    const consents = new AudienceConsents(standInForState());
    for (const because of ['unknown', 'listeners', 'unknown', 'listeners'] as const)
      await consents.confirm({ ...asking, because });
    assert.equal(window.asked.length, 2);
    assert.notEqual(window.asked[0]?.question, window.asked[1]?.question);
    assert.equal(await consents.forgetAll(), 2);
  });

  it('is asked about by itself, once for each origin, where nobody can read whom it is for', async () => {
    const consents = new AudienceConsents(standInForState());
    const unreadable = { ...asking, audience: '', because: 'unreadable' } as const;
    const asks = [{ ...asking, audience: '' }, unreadable, { ...unreadable, origin: 'https://other.example' }];
    for (const ask of [...asks, ...asks]) assert.equal(await consents.confirm(ask), true);
    assert.equal(window.asked.length, asks.length);
    assert.match(window.asked[1]?.question ?? '', /that nobody can read to https:\/\/api\.example/);
    assert.doesNotMatch(window.asked[1]?.detail ?? '', /Audience:/);
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
      await new AudienceConsents(state).confirm(asking);
    }
    assert.equal(window.asked.length, 2);
    assert.equal(await new Bindings(state).forgetAll(), 1);
    assert.equal(await new AudienceConsents(state).forgetAll(), 1);
  });
});
