import assert from 'node:assert/strict';
import { globalAgent } from 'node:https';
import { after, before, describe, it } from 'node:test';
import type { SignInStep, TokenRequest } from '../../../src/auth/token-source.ts';
import { createTokenSource } from '../../../src/auth/token-sources.ts';
import type { Authority } from '../../../src/core/entra/authority.ts';
import { type HostileAuthority, startHostileAuthority } from './hostile-authority.ts';
import { MemorySecretStore } from './secret-store.ts';

let hostile: HostileAuthority;
before(async () => {
  hostile = await startHostileAuthority('https://127.0.0.1:1/token');
  globalAgent.options.ca = hostile.caPem;
});
after(async () => {
  globalAgent.destroy();
  await hostile.stop();
});

/** Cancelled as soon as anything is shown. */
async function ask(deviceCode: object, ofUser: readonly Authority[] = []) {
  hostile.deviceCode = { user_code: 'REALCODE1', device_code: 'd', expires_in: 900, interval: 1, ...deviceCode };
  const steps: SignInStep[] = [];
  const stop = new AbortController();
  const source = createTokenSource({
    secrets: new MemorySecretStore(),
    openBrowser: () => Promise.resolve(true),
    userAuthorities: () => ofUser,
  });
  const { authority } = hostile;
  const client = { isCustomAuthority: true, clientId: '94f2db06-317c-4ea5-98f9-a01b2c3d4e5f', scopes: ['api://x/y'] };
  const request: TokenRequest = { signIn: 'deviceCode', authority, ...client };
  const result = await source.signIn(request, stop.signal, (step) => {
    steps.push(step);
    stop.abort();
  });
  source.dispose();
  return { steps, failure: result.ok ? undefined : result.failure };
}

describe('a device code of a custom authority', () => {
  it('leads nobody to another page than its own, and is not shown then', async () => {
    const pages = ['https://microsoft.com/devicelogin', 'https://login.microsoftonline.com/common/oauth2/deviceauth'];
    const others = ['https://aka.ms/devicelogin', 'https://other.example/enter', 'http://127.0.0.1/enter', 'no url'];
    for (const page of [...pages, ...others]) {
      const { steps, failure } = await ask({
        verification_uri: page,
        message: 'Go to https://microsoft.com/devicelogin',
      });
      assert.deepEqual(steps, [], page);
      assert.equal(failure?.reason, 'codePageElsewhere', page);
    }
  });

  it('is shown with a page of its own', async () => {
    const page = `https://${hostile.host}/enter`;
    const { steps } = await ask({ verification_uri: page });
    const [step] = steps;
    assert.ok(step?.step === 'deviceCode');
    assert.deepEqual(step.page, { url: page, host: hostile.host, kind: 'own' });
  });

  it('may have a page where the user’s own settings name one, but none of Microsoft’s', async () => {
    const named = (base: string): Authority => ({ kind: 'oidc', base });
    const { steps } = await ask({ verification_uri: 'https://pages.example/enter' }, [
      named('https://pages.example/t'),
    ]);
    assert.ok(steps[0]?.step === 'deviceCode' && steps[0].page.kind === 'ofUser');
    const ofMicrosoft = [named('https://login.microsoftonline.com/common'), named('https://microsoft.com/x')];
    for (const page of ['https://login.microsoftonline.com/device', 'https://microsoft.com/devicelogin'])
      assert.deepEqual((await ask({ verification_uri: page }, ofMicrosoft)).steps, [], page);
  });

  it('is a word or two: no address and no sentence', async () => {
    const page = `https://${hostile.host}/enter`;
    const odd = [
      '',
      'x'.repeat(25),
      'go to microsoft.com',
      'https://aka.ms/devicelogin',
      'A\nB',
      'A\u202eB',
      'code: 1',
    ];
    for (const code of odd) {
      const { steps } = await ask({ verification_uri: page, user_code: code });
      assert.deepEqual(steps, [], code);
    }
  });
});
