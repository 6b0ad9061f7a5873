import assert from 'node:assert/strict';
import { get as getHttp } from 'node:http';
import { get as getHttps, globalAgent } from 'node:https';
import { after, afterEach, before, describe, it } from 'node:test';
import type { TokenRequest } from '../../../src/auth/token-source.ts';
import { createTokenSource } from '../../../src/auth/token-sources.ts';
import { ODD_SECRET, type OddTenant, startOddTenant } from './odd-tenant.ts';
import { MemorySecretStore } from './secret-store.ts';
import { failureIn, tokenIn } from './sign-in-world.ts';

let tenant: OddTenant;
let request: TokenRequest;

before(async () => {
  tenant = await startOddTenant();
  globalAgent.options.ca = tenant.caPem;
  const { authority } = tenant;
  request = { signIn: 'browser', authority, isCustomAuthority: true, clientId: 'odd-client', scopes: ['things.read'] };
});
afterEach(() => {
  tenant.refuseWith = undefined;
  tenant.grants.length = 0;
});
after(async () => {
  globalAgent.destroy();
  await tenant.stop();
});

function openWindow(secrets = new MemorySecretStore()) {
  return createTokenSource({
    secrets,
    openBrowser: (url) => visit(url).then(() => true),
    askSecret: () => Promise.resolve(ODD_SECRET),
  });
}

/** As a browser: follows one redirect, which leads back here. */
async function visit(url: string): Promise<void> {
  const location = await new Promise<string>((resolve, reject) => {
    getHttps(url, (response) => resolve(response.resume().headers.location ?? '')).once('error', reject);
  });
  getHttp(location, { agent: false }, (response) => response.resume());
}

describe('a tenant quite unlike Entra', () => {
  it('signs people in by the browser, then silently, in another window too', async () => {
    const secrets = new MemorySecretStore();
    const source = openWindow(secrets);
    const token = tokenIn(await source.signIn(request));
    assert.deepEqual([token.account, token.tenantId], ['some@one', undefined]);
    assert.equal(tokenIn(await source.acquireSilently(request)).accessToken, token.accessToken);
    const other = openWindow(secrets);
    const fresh = tokenIn(await other.acquireSilently({ ...request, forceRefresh: true }));
    assert.notEqual(fresh.accessToken, token.accessToken);
    assert.deepEqual(tenant.grants, ['authorization_code', 'refresh_token']);
    const { accounts } = await other.held(request);
    assert.deepEqual(
      accounts.map(({ userName }) => userName),
      ['some@one'],
    );
  });

  it('signs people in with a code, without an interval, and is done when the token is', async () => {
    const codes: string[] = [];
    const source = openWindow();
    const token = tokenIn(
      await source.signIn({ ...request, signIn: 'deviceCode' } as TokenRequest, undefined, (step) => {
        if (step.step === 'deviceCode') codes.push(step.userCode);
      }),
    );
    assert.deepEqual(codes, ['ABC']);
    assert.equal(token.account, 'some@one');
    const again = failureIn(await source.acquireSilently({ ...request, forceRefresh: true }));
    assert.equal(again.kind, 'interactionRequired');
  });

  it('gives applications their tokens', async () => {
    const token = tokenIn(await openWindow().signIn({ ...request, signIn: 'clientSecret' } as TokenRequest));
    assert.equal(token.account, '');
  });

  it('that refuses a secret in words is asked about it again', async () => {
    const answers = ['wrong', ODD_SECRET];
    const rejected: boolean[] = [];
    const source = createTokenSource({
      secrets: new MemorySecretStore(),
      openBrowser: () => Promise.resolve(false),
      askSecret: ({ isRejected }) => {
        rejected.push(isRejected);
        return Promise.resolve(answers.shift());
      },
    });
    const job = { ...request, signIn: 'clientSecret' } as TokenRequest;
    assert.equal(failureIn(await source.signIn(job)).oauthError, 'invalid_client');
    tokenIn(await source.signIn(job));
    assert.deepEqual(rejected, [false, true]);
  });

  it('refuses without a number, in its own words or none', async () => {
    const source = openWindow();
    for (const [refusal, detail] of [
      [{ error: 'access_denied' }, /./],
      [{ error: 'access_denied', error_description: 'Not on Sundays.' }, /Not on Sundays\./],
    ] as const) {
      tenant.refuseWith = refusal;
      for (const signIn of ['browser', 'clientSecret', 'deviceCode'] as const) {
        const failure = failureIn(await source.signIn({ ...request, signIn } as TokenRequest));
        assert.deepEqual([failure.kind, failure.code, failure.oauthError], ['refused', undefined, 'access_denied']);
        assert.match(failure.detail, detail);
      }
    }
  });
});
