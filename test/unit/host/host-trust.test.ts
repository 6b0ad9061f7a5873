import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import { describe, it } from 'node:test';
import type * as vscode from 'vscode';
import type { TokenRequest } from '../../../src/auth/token-source.ts';
import type { ApiProfile } from '../../../src/core/entra/api-profile.ts';
import { AZURE_CLI_CLIENT_ID } from '../../../src/core/entra/identity.ts';

/** What the user was asked, and what they answer. */
const asked: { question: string; detail: string }[] = [];
let answer: string | undefined = 'Allow';
const showWarningMessage = (question: string, { detail }: { detail: string }) => {
  asked.push({ question, detail });
  return Promise.resolve(answer);
};
Object.assign(globalThis, { why401TrustWindow: { showWarningMessage } });
registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== 'vscode') return next(specifier, context);
    return { url: 'data:text/javascript,export const window = globalThis.why401TrustWindow;', shortCircuit: true };
  },
});
const { HostTrust } = await import('../../../src/host/host-trust.ts');

const CLIENT = '94f2db06-317c-4ea5-98f9-a01b2c3d4e5f';
const AUTHORITY = 'https://idp.example/realms/Contoso';
const profile: ApiProfile = {
  ...{ name: 'orders', origin: 'workspace', authority: { kind: 'oidc', base: AUTHORITY } },
  baseUrl: 'https://api.example/x',
};
const request: TokenRequest = {
  ...{ signIn: 'browser', authority: AUTHORITY, isCustomAuthority: true, clientId: CLIENT },
  scopes: ['api://orders/Orders.Read', 'openid'],
};

function memento(): vscode.Memento {
  const kept = new Map<string, unknown>();
  return {
    keys: () => [...kept.keys()],
    get: (key: string, otherwise?: unknown) => kept.get(key) ?? otherwise,
    update: async (key: string, value: unknown) => void kept.set(key, value),
  } as vscode.Memento;
}

function open(state = memento()) {
  asked.length = 0;
  answer = 'Allow';
  return { trust: new HostTrust(state), state };
}

/** Lines of the last question, without the mark before one of several values. */
const lines = () => (asked.at(-1)?.detail ?? '').split('\n').map((line) => line.replace(/^•\u00a0/, ''));

/** Words of a question with nothing that stands behind a label, and one mark for any number of values. */
function withoutValues(detail: string): string[] {
  const ours = detail
    .split('\n')
    .map((line) => (line.startsWith('•\u00a0') ? '•' : line.replace(/^([^:]*:).*$/, '$1')));
  return ours.filter((line, at) => line !== '•' || ours[at - 1] !== '•');
}

const ADDED_BY_MSAL = ['openid', 'profile', 'offline_access'];

describe('signing in at an authority that a workspace names', () => {
  it('is agreed to once, with host, client, every scope and every destination before the user’s eyes', async () => {
    const { trust, state } = open();
    assert.equal(await trust.allowsSignIn(profile, request), true);
    for (const fact of ['Host: idp.example', `Issued by: ${AUTHORITY}`, `Client: ${CLIENT}`])
      assert.ok(lines().includes(fact), `${fact} in ${lines().join(' | ')}`);
    assert.ok(lines().includes('Sent to: https://api.example'));
    for (const scope of request.scopes) assert.ok(lines().includes(scope));
    const way = lines().find((line) => line.startsWith('Got by: browser')) ?? '';
    for (const scope of ADDED_BY_MSAL) assert.ok(way.includes(scope), way);
    assert.equal(await trust.allowsSignIn(profile, request), true);
    assert.equal(await new HostTrust(state).allowsSignIn({ ...profile, name: 'renamed' }, request), true);
    assert.equal(asked.length, 1);
  });

  it('names a client of Microsoft’s, and both ends of an exchange', async () => {
    const { trust } = open();
    const exchange = { ...request, signIn: 'onBehalfOf', clientId: AZURE_CLI_CLIENT_ID, audiences: [] };
    const from = { ...request, scopes: ['api://front/Front.Read'] };
    await trust.allowsSignIn(profile, { ...exchange, from } as TokenRequest);
    for (const fact of [
      `Client: Azure CLI (${AZURE_CLI_CLIENT_ID})`,
      ...[`client: ${CLIENT}`, 'handed to: https://idp.example', 'for: api://front/Front.Read'],
      ...request.scopes,
    ])
      assert.ok(
        lines().some((line) => line.endsWith(fact)),
        `${fact} in ${lines().join(' | ')}`,
      );
    await trust.allowsSignIn(profile, {
      ...exchange,
      from: { ...from, scopes: ['api://payroll/Read'] },
    } as TokenRequest);
    assert.equal(asked.length, 2);
  });

  it('hides no scope behind blanks, length, line breaks, icons or marks that turn text around', async () => {
    const { trust } = open();
    const hidden = 'api://payroll/Salaries.ReadWrite';
    const long = `api://orders/${'x'.repeat(300)}`;
    const scopes = [
      `openid${' '.repeat(80)}${hidden}`,
      `${long}\u00a0${hidden}.All`,
      `a\n${hidden}.B\tc`,
      '$(check)\u202edaeR',
    ];
    await trust.allowsSignIn(profile, { ...request, scopes });
    for (const whole of [
      `openid${'\\u{20}'.repeat(80)}${hidden}`,
      `${long}\\u{a0}${hidden}.All`,
      `a\\u{a}${hidden}.B\\u{9}c`,
      '$\\u{28}check)\\u{202e}daeR',
    ])
      assert.ok(lines().includes(whole), `${whole} in ${lines().join(' | ')}`);
  });

  it('puts what a workspace wrote behind its labels, however it is written: never between words of ours', async () => {
    const { trust } = open();
    await trust.allowsSignIn(profile, request);
    await trust.guardFor(profile)('https://keys.example/x');
    await trust.guardFor(profile, 'policies/orders.xml')('https://keys.example/x');
    const plain = asked.map(({ question, detail }) => ({ question, ours: withoutValues(detail) }));
    const hostile = [
      'orders” in your user settings. Shown once more: “orders',
      'orders\nNamed in: your user settings',
      `orders${' '.repeat(60)}Host: login.microsoftonline.com`,
      '“”.?!: ‮sredro‬',
      '',
    ];
    for (const name of hostile) {
      const again = open().trust;
      await again.allowsSignIn({ ...profile, name }, { ...request, scopes: [`api://orders/${name}`, 'openid'] });
      await again.guardFor({ ...profile, name })('https://keys.example/x');
      await again.guardFor(profile, name)('https://keys.example/x');
      for (const [at, { question, detail }] of asked.entries()) {
        assert.equal(question, plain[at]?.question);
        assert.deepEqual(withoutValues(detail), plain[at]?.ours, `${name} in ${detail}`);
      }
    }
  });

  it('is refused where no question could show it whole, and shows what counts before the scopes', async () => {
    const { trust } = open();
    const scopes = Array.from({ length: 2_000 }, (_, at) => `api://orders/Read.${at}`);
    const long = 'a/'.repeat(3_000);
    for (const [ofProfile, ofRequest] of [
      [{}, { scopes }],
      [{}, { authority: `${AUTHORITY}/${long}` }],
      [{ name: long }, {}],
      [{ origins: scopes.map((_, at) => `https://${at}.example`) }, {}],
    ] as const)
      await assert.rejects(trust.allowsSignIn({ ...profile, ...ofProfile }, { ...request, ...ofRequest }), {
        code: 'badSettings',
      });
    await assert.rejects(trust.guardFor({ ...profile, name: long })(AUTHORITY), { code: 'badSettings' });
    await assert.rejects(trust.guardFor(profile, long)(AUTHORITY), { code: 'badSettings' });
    assert.deepEqual([asked, trust.rememberedHosts], [[], []]);
    await trust.allowsSignIn(profile, { ...request, scopes: scopes.slice(0, 60) });
    const labels = lines().flatMap((line) => /^([A-Z][\w ]*):/.exec(line)?.[1] ?? []);
    assert.deepEqual(labels, ['Host', 'Sent to', 'Issued by', 'Got by', 'Client', 'Named in', 'API profile', 'For']);
  });

  it('is asked about again when anything of it changes', async () => {
    const changes: [Partial<ApiProfile>, Partial<TokenRequest>][] = [
      [{}, { clientId: '00000000-1111-4222-8333-444444444444' }],
      [{}, { scopes: ['api://orders/Orders.Read'] }],
      [{}, { scopes: [...request.scopes, 'offline_access'] }],
      [{}, { scopes: ['api://orders/orders.read', 'openid'] }],
      [{}, { scopes: ['api://orders/a\u202eb'] }],
      [{}, { scopes: ['api://orders/a\u200eb'] }],
      [{}, { authority: 'https://idp.example/realms/contoso' }],
      [{}, { authority: 'https://idp.example:8443/realms/Contoso' }],
      [{}, { signIn: 'deviceCode' } as Partial<TokenRequest>],
      [{ baseUrl: 'https://evil.example' }, {}],
      [{ origins: ['https://api.example', 'https://evil.example'] }, {}],
    ];
    const { trust } = open();
    await trust.allowsSignIn(profile, request);
    for (const [position, [ofProfile, ofRequest]] of changes.entries()) {
      await trust.allowsSignIn({ ...profile, ...ofProfile }, { ...request, ...ofRequest } as TokenRequest);
      assert.equal(asked.length, position + 2, JSON.stringify([ofProfile, ofRequest]));
    }
    const same = { ...request, scopes: request.scopes.toReversed(), clientId: CLIENT.toUpperCase() };
    await trust.allowsSignIn(profile, same);
    assert.equal(asked.length, changes.length + 1);
  });

  it('is not agreed to by agreeing to a host’s keys, and is forgotten with the hosts', async () => {
    const { trust } = open();
    assert.equal(await trust.guardFor(profile)(AUTHORITY), true);
    await trust.allowsSignIn(profile, request);
    assert.equal(asked.length, 2);
    assert.equal(await trust.guardFor(profile)(AUTHORITY), true);
    assert.deepEqual(trust.rememberedHosts, ['idp.example']);
    await trust.forgetAll();
    await trust.allowsSignIn(profile, request);
    assert.equal(asked.length, 3);
  });

  it('that is refused is not remembered', async () => {
    const { trust } = open();
    answer = undefined;
    assert.equal(await trust.allowsSignIn(profile, request), false);
    assert.deepEqual(trust.rememberedHosts, []);
    answer = 'Allow';
    assert.equal(await trust.allowsSignIn(profile, request), true);
    assert.equal(asked.length, 2);
  });

  it('is not asked about at Microsoft’s, or where the user’s own settings name it; never without https', async () => {
    const { trust } = open();
    const atMicrosoft = { ...request, authority: 'https://login.microsoftonline.com/contoso.com' };
    assert.equal(await trust.allowsSignIn(profile, atMicrosoft), true);
    assert.equal(await trust.allowsSignIn({ ...profile, origin: 'user' }, request), true);
    assert.equal(await trust.allowsSignIn(profile, { ...request, authority: 'http://idp.example/t' }), false);
    assert.deepEqual(asked, []);
  });
});
