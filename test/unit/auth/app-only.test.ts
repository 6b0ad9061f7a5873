import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { SecretQuestion } from '../../../src/auth/client-proof.ts';
import type { TokenRequest } from '../../../src/auth/token-source.ts';
import {
  type ClientCertificate,
  createClientCertificate,
  writeClientCertificate,
} from '../../lab/client-certificate.ts';
import { payloadOf } from '../lab/lab-client.ts';
import { failureIn, type SignInWorld, startSignInWorld, tokenIn } from './sign-in-world.ts';

const TOKEN_PATH = '/*/oauth2/v2.0/token';

let world: SignInWorld;
let request: TokenRequest;
let secret: string;

before(async () => {
  world = await startSignInWorld();
  const { nightlyJob } = world.lab.apps;
  secret = world.signIn.secretOf(nightlyJob);
  request = { ...world.request, signIn: 'clientSecret', clientId: nightlyJob.id, scopes: ['api://orders/.default'] };
});
afterEach(() => world.reset());
after(() => world.stop());

function tokenRequests(): number {
  return world.lab.requests.count(TOKEN_PATH);
}

/** A window whose user answers with these secrets, one after the other. */
function openWindow(answers: (string | undefined)[], options: Parameters<SignInWorld['openWindow']>[0] = {}) {
  const questions: SecretQuestion[] = [];
  const askSecret = (question: SecretQuestion) => {
    questions.push(question);
    return Promise.resolve(answers.shift());
  };
  return { ...world.openWindow({ askSecret, ...options }), questions };
}

describe('an application with a secret', () => {
  it('is asked for it once, and never again, in no window', async () => {
    const { source, secrets, questions } = openWindow([` ${secret}\n`]);
    assert.equal(failureIn(await source.acquireSilently(request)).kind, 'interactionRequired');
    assert.equal(tokenRequests(), 0);
    const token = tokenIn(await source.signIn(request));
    const payload = payloadOf(token.accessToken);
    assert.deepEqual([payload.roles, payload.scp, token.account], [['Orders.Read.All'], undefined, '']);
    const { authority, clientId } = request;
    assert.deepEqual(questions, [{ authority, clientId, isRejected: false }]);
    assert.deepEqual(tokenIn(await source.acquireSilently(request)), token);
    assert.equal(tokenRequests(), 1);
    const other = openWindow([], { secrets });
    tokenIn(await other.source.acquireSilently(request));
    assert.equal(other.questions.length, 0);
  });

  it('has it kept by token endpoint, tenant and client', async () => {
    const { source, secrets } = openWindow([secret]);
    tokenIn(await source.signIn(request));
    assert.deepEqual(
      [...secrets.values],
      [[`secret:${world.lab.origin}/contoso.onmicrosoft.com|${request.clientId}`, secret]],
    );
    const elsewhere = { ...request, authority: `${world.lab.origin}/fabrikam.onmicrosoft.com` };
    assert.equal(failureIn(await source.acquireSilently(elsewhere)).kind, 'interactionRequired');
  });

  it('is asked again, and told so, when it was wrong; a wrong one is not kept', async () => {
    const { source, secrets, questions } = openWindow(['wrong', secret]);
    const failure = failureIn(await source.signIn(request));
    assert.deepEqual([failure.kind, failure.code], ['refused', 'AADSTS7000215']);
    assert.equal(secrets.values.size, 0);
    tokenIn(await source.signIn(request));
    assert.deepEqual(
      questions.map(({ isRejected }) => isRejected),
      [false, true],
    );
  });

  it('loses one that is no longer taken', async () => {
    const { source, secrets } = openWindow([secret, undefined]);
    tokenIn(await source.signIn(request));
    world.signIn.next({ at: 'token', error: 'AADSTS7000222' });
    const failure = failureIn(await source.acquireSilently({ ...request, forceRefresh: true }));
    assert.deepEqual([failure.kind, failure.code], ['refused', 'AADSTS7000222']);
    assert.equal(secrets.values.size, 0);
    const again = failureIn(await source.acquireSilently({ ...request, forceRefresh: true }));
    assert.equal(again.kind, 'interactionRequired');
  });

  it('keeps one that was right although something else was refused', async () => {
    const { source, secrets } = openWindow([secret]);
    world.signIn.next({ at: 'token', error: 'AADSTS500011' });
    assert.equal(failureIn(await source.signIn(request)).code, 'AADSTS500011');
    assert.equal(secrets.values.size, 1);
  });

  it('does not keep one of which the server never said anything', async () => {
    const { source, secrets } = openWindow([secret]);
    world.signIn.next({ at: 'token', close: true });
    world.signIn.next({ at: 'token', close: true });
    assert.equal(failureIn(await source.signIn(request)).kind, 'network');
    assert.equal(secrets.values.size, 0);
  });

  it('sends nothing when none is given', async () => {
    for (const answer of [undefined, '', '  ']) {
      const { source } = openWindow([answer]);
      assert.equal(failureIn(await source.signIn(request)).reason, 'secretNotGiven');
    }
    assert.equal(tokenRequests(), 0);
  });

  it('goes on in memory when the keyring is locked', async () => {
    const { source, secrets, problems } = openWindow([secret]);
    secrets.failing.add('get').add('store');
    tokenIn(await source.signIn(request));
    tokenIn(await source.acquireSilently({ ...request, forceRefresh: true }));
    assert.deepEqual(problems, ['notWritten']);
  });

  it('ends when cancelled: while asked, and while the server thinks', async () => {
    const cancel = new AbortController();
    const asked = openWindow([], { askSecret: () => new Promise(() => cancel.abort()) });
    assert.equal(failureIn(await asked.source.signIn(request, cancel.signal)).kind, 'cancelled');

    const { source } = openWindow([secret]);
    const later = new AbortController();
    world.signIn.next({ at: 'token', hang: true });
    const call = source.signIn(request, later.signal);
    while (tokenRequests() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    later.abort();
    assert.equal(failureIn(await call).kind, 'cancelled');
  });

  it('waits no longer than it may', async () => {
    const { source } = openWindow([secret], { requestTimeoutMs: 300 });
    world.signIn.next({ at: 'token', hang: true });
    assert.equal(failureIn(await source.signIn(request)).kind, 'network');
  });

  it('gets a fresh token when asked to, for claims too', async () => {
    const { source } = openWindow([secret]);
    const first = tokenIn(await source.signIn(request));
    const forced = tokenIn(await source.acquireSilently({ ...request, forceRefresh: true }));
    const claims = JSON.stringify({ access_token: { xms_cc: { values: ['cp1'] } } });
    const claimed = tokenIn(await source.acquireSilently({ ...request, claims }));
    assert.equal(new Set([first, forced, claimed].map(({ accessToken }) => accessToken)).size, 3);
  });

  it('tells what it holds without a secret, and forgets it all', async () => {
    const { source, secrets } = openWindow([secret]);
    const { accessToken, expiresAtSec } = tokenIn(await source.signIn(request));
    const held = await source.held(request);
    assert.deepEqual(held, {
      accounts: [],
      tokens: [
        { kind: 'appOnly', scopes: request.scopes, expiresAtSec },
        { kind: 'secret', scopes: [] },
      ],
    });
    assert.ok(!JSON.stringify(held).includes(accessToken.slice(-24)));
    await source.signOut(request);
    assert.deepEqual(await source.held(request), { accounts: [], tokens: [] });
    assert.equal(secrets.values.size, 0);
  });
});

describe('an application with a certificate', () => {
  let folder: string;
  let path: string;
  let certificate: ClientCertificate;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'why401-certificate-'));
    certificate = await createClientCertificate();
    path = await writeClientCertificate(folder, certificate);
    world.signIn.registerCertificate(world.lab.apps.nightlyJob, certificate.certPem);
  });
  after(() => rm(folder, { recursive: true }));

  const withFile = (certificatePath: string): TokenRequest => ({
    ...request,
    signIn: 'clientCertificate',
    certificatePath,
  });

  it('gets its token without being asked anything', async () => {
    const { source, secrets, log } = openWindow([]);
    const payload = payloadOf(tokenIn(await source.acquireSilently(withFile(path))).accessToken);
    assert.deepEqual(payload.roles, ['Orders.Read.All']);
    assert.equal(secrets.values.size, 0);
    assert.ok(log.some((line) => line.includes('with a certificate')));
  });

  it('that is not registered is refused with the server’s code', async () => {
    const stranger = await createClientCertificate();
    const file = join(folder, 'stranger.pem');
    await writeFile(file, stranger.certPem + stranger.keyPem);
    const failure = failureIn(await openWindow([]).source.acquireSilently(withFile(file)));
    assert.deepEqual([failure.kind, failure.code], ['refused', 'AADSTS700027']);
  });

  it('that cannot be used is told before anything is sent', async () => {
    const other = await createClientCertificate();
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const ecKey = privateKey.export({ type: 'pkcs8', format: 'pem' });
    const files: [name: string, text: string, reason: string][] = [
      ['only.pem', certificate.certPem, 'certificateWithoutKey'],
      ['key.pem', certificate.keyPem, 'certificateWithoutKey'],
      ['empty.pem', '', 'certificateWithoutKey'],
      ['broken.pem', `${certificate.certPem.slice(0, 200)}\n${certificate.keyPem}`, 'certificateWithoutKey'],
      ['mixed.pem', certificate.certPem + other.keyPem, 'certificateKeyMismatch'],
      ['ec.pem', certificate.certPem + ecKey, 'certificateKeyKind'],
      ['large.pem', 'x'.repeat(2_000_000), 'certificateNotReadable'],
    ];
    world.lab.requests.clear();
    const { source } = openWindow([]);
    for (const [name, text, reason] of files) {
      const file = join(folder, name);
      await writeFile(file, text);
      assert.equal(failureIn(await source.acquireSilently(withFile(file))).reason, reason, name);
    }
    for (const absent of [join(folder, 'absent.pem'), 'relative.pem', folder]) {
      const failure = failureIn(await source.acquireSilently(withFile(absent)));
      assert.equal(failure.reason, 'certificateNotReadable');
      assert.ok(!failure.detail.includes('BEGIN'));
    }
    assert.equal(tokenRequests(), 0);
  });

  it('that is out of its time is told before anything is sent', async () => {
    const { readClientCertificate } = await import('../../../src/auth/client-certificate.ts');
    await assert.rejects(readClientCertificate(path, Date.now() + 365 * 86_400_000), { reason: 'certificateExpired' });
    await assert.rejects(readClientCertificate(path, Date.now() - 365 * 86_400_000), { reason: 'certificateExpired' });
  });
});
