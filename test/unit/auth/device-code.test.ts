import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { SignInStep, TokenRequest } from '../../../src/auth/token-source.ts';
import { payloadOf } from '../lab/lab-client.ts';
import { failureIn, type SignInWorld, startSignInWorld, tokenIn } from './sign-in-world.ts';

const CODE_PATH = '/*/oauth2/v2.0/devicecode';
const TOKEN_PATH = '/*/oauth2/v2.0/token';

type Code = Extract<SignInStep, { step: 'deviceCode' }>;

let world: SignInWorld;
let request: TokenRequest;

before(async () => {
  world = await startSignInWorld();
  request = { ...world.request, signIn: 'deviceCode' };
});
afterEach(() => {
  world.reset();
  Object.assign(world.signIn.deviceCodes, { intervalSec: 5, lifetimeSec: 900 });
});
after(() => world.stop());

/** A person with the code before them. */
function person(decide: (code: Code) => void) {
  const codes: Code[] = [];
  return {
    codes,
    onStep(step: SignInStep) {
      assert.equal(step.step, 'deviceCode');
      codes.push(step as Code);
      decide(step as Code);
    },
  };
}

const waits = () => person(() => undefined);
const approves = () => person(({ userCode }) => approve(userCode));

function approve(userCode: string): void {
  const { deviceCodes } = world.signIn;
  const waiting = deviceCodes.find(userCode);
  const [contoso] = world.lab.tenants;
  const [account] = contoso ? world.signIn.accountsOf(contoso) : [];
  assert.ok(waiting && account);
  deviceCodes.approve(waiting, account);
}

describe('signing in with a device code', () => {
  it('shows the code once, and gives the token of who entered it; silently from then on', async () => {
    const { source, secrets } = world.openWindow();
    const { codes, onStep } = approves();
    const beforeSec = Date.now() / 1000;
    const token = tokenIn(await source.signIn(request, undefined, onStep));
    assert.equal(payloadOf(token.accessToken).aud, world.lab.apps.ordersApi.id);
    assert.equal(codes.length, 1);
    const [code] = codes;
    assert.ok(code);
    assert.deepEqual([code.page.kind, new URL(code.page.url).origin], ['own', world.lab.origin]);
    assert.ok(Math.abs(code.expiresAtSec - beforeSec - 900) < 60);
    world.lab.requests.clear();
    const other = world.openWindow({ secrets }).source;
    assert.equal(tokenIn(await other.acquireSilently(request)).accessToken, token.accessToken);
    // The browser's sign-ins and these are of one client.
    assert.equal(tokenIn(await other.acquireSilently(world.request)).accessToken, token.accessToken);
    assert.equal(world.lab.requests.count(TOKEN_PATH), 0);
  });

  it('goes on asking, slower when told so', async () => {
    world.signIn.deviceCodes.intervalSec = 0.01;
    const { source } = world.openWindow();
    const person = waits();
    const signIn = source.signIn(request, undefined, person.onStep);
    await until(() => world.lab.requests.count(TOKEN_PATH) >= 3);
    approve(person.codes[0]?.userCode ?? '');
    tokenIn(await signIn);
  });

  it('that is declined says so', async () => {
    const { source } = world.openWindow();
    const declines = person(({ userCode }) => {
      const waiting = world.signIn.deviceCodes.find(userCode);
      if (waiting) world.signIn.deviceCodes.decline(waiting);
    });
    const failure = failureIn(await source.signIn(request, undefined, declines.onStep));
    assert.equal(failure.kind, 'refused');
    assert.equal(failure.oauthError, 'authorization_declined');
  });

  it('that is declined by a server without codes of its own says so, too', async () => {
    const { source } = world.openWindow();
    const action = { do: 'reply', status: 400, body: { error: 'authorization_declined' } } as const;
    world.lab.faults.script({ path: TOKEN_PATH, times: 1, action });
    const failure = failureIn(await source.signIn(request, undefined, waits().onStep));
    assert.deepEqual(failure, {
      kind: 'refused',
      oauthError: 'authorization_declined',
      detail: 'authorization_declined',
    });
  });

  it('that nobody enters in time ends', async () => {
    Object.assign(world.signIn.deviceCodes, { intervalSec: 0.2, lifetimeSec: 1 });
    const { source } = world.openWindow();
    const failure = failureIn(await source.signIn(request, undefined, waits().onStep));
    // The server may say so first.
    assert.ok(failure.kind === 'timeout' || failure.oauthError === 'expired_token', JSON.stringify(failure));
  });

  it('ends at once when cancelled, however long the interval', async () => {
    world.signIn.deviceCodes.intervalSec = 500;
    const { source, secrets } = world.openWindow();
    const cancel = new AbortController();
    const signIn = source.signIn(request, cancel.signal, waits().onStep);
    await until(() => world.lab.requests.count(TOKEN_PATH) > 0);
    cancel.abort();
    assert.equal(failureIn(await signIn).kind, 'cancelled');
    assert.equal(secrets.values.size, 0);
    assert.equal(failureIn(await source.signIn(request, AbortSignal.abort())).kind, 'cancelled');
  });

  it('shows no code when none is given, and keeps the words of the server', async () => {
    for (const code of ['AADSTS7000218', 'AADSTS530034', 'AADSTS700016'] as const) {
      const { source } = world.openWindow();
      const { codes, onStep } = waits();
      world.signIn.next({ at: 'devicecode', error: code });
      const failure = failureIn(await source.signIn(request, undefined, onStep));
      assert.equal(failure.kind, 'refused');
      assert.equal(failure.code, code);
      assert.match(failure.detail, new RegExp(`^${code}`));
      assert.match(failure.correlationId ?? '', /^[0-9a-f-]{36}$/);
      assert.deepEqual(codes, []);
    }
  });

  it('keeps the words of a refusal after the code', async () => {
    const { source } = world.openWindow();
    world.signIn.next({ at: 'token', error: 'AADSTS53003', suberror: 'message_only' });
    const failure = failureIn(await source.signIn(request, undefined, waits().onStep));
    assert.equal(failure.kind, 'refused');
    assert.equal(failure.code, 'AADSTS53003');
  });

  it('sends nobody to a page without encryption', async () => {
    const body = { user_code: 'A', device_code: 'B', verification_uri: 'http://evil.example', expires_in: 9 };
    world.lab.faults.script({ path: CODE_PATH, times: 1, action: { do: 'reply', body } });
    const { codes, onStep } = waits();
    const { source } = world.openWindow();
    assert.equal(failureIn(await source.signIn(request, undefined, onStep)).reason, 'codePageElsewhere');
    assert.deepEqual(codes, []);
  });

  it('slows down when told to instead of giving up', async () => {
    world.signIn.deviceCodes.intervalSec = 0.01;
    const { source } = world.openWindow();
    const action = { do: 'reply', status: 400, body: { error: 'slow_down' } } as const;
    world.lab.faults.script({ path: TOKEN_PATH, times: 1, action });
    const { codes, onStep } = waits();
    const signIn = source.signIn(request, undefined, onStep);
    await until(() => codes.length > 0);
    approve(codes[0]?.userCode ?? '');
    tokenIn(await signIn);
  });

  for (const at of ['devicecode', 'token'] as const) {
    it(`says that the network went away at ${at}`, async () => {
      const { source } = world.openWindow();
      world.signIn.next({ at, close: true });
      world.signIn.next({ at, close: true });
      const failure = failureIn(await source.signIn(request, undefined, waits().onStep));
      assert.deepEqual([failure.kind, failure.detail], ['network', 'ECONNRESET']);
    });

    it(`does not wait for ever for ${at}`, async () => {
      const { source } = world.openWindow({ requestTimeoutMs: 300 });
      world.signIn.next({ at, hang: true });
      assert.equal(failureIn(await source.signIn(request, undefined, waits().onStep)).kind, 'network');
    });
  }
});

/** Waits for something the lab does; bounded by the test's own limit. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
