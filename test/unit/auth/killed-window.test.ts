import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { createTokenSource } from '../../../src/auth/token-sources.ts';
import type { LabUser } from '../../lab/entra-tenant.ts';
import { FileSecretStore } from './file-secret-store.ts';
import type { DoomedWork } from './killed-window.ts';
import { ScriptedBrowser } from './scripted-browser.ts';
import { type SignInWorld, startSignInWorld, tokenIn } from './sign-in-world.ts';

const WINDOW = join(fileURLToPath(import.meta.url), '../killed-window.ts');
const KILLS = 50;
/** After the tokens are on their way, the store is written: the end comes so many milliseconds later, or at once. */
const LAST_MS = 25;

let world: SignInWorld;
let folder: string;
let storePath: string;
/** As one file it starts several times as fast. */
let windowFile: string;

before(async () => {
  world = await startSignInWorld();
  folder = await mkdtemp(join(tmpdir(), 'why401-killed-'));
  storePath = join(folder, 'secrets.json');
  windowFile = join(folder, 'window.cjs');
  await build({ entryPoints: [WINDOW], outfile: windowFile, bundle: true, platform: 'node', format: 'cjs' });
});
after(async () => {
  await world.stop();
  await rm(folder, { recursive: true });
});

/** Where the window dies: when the server gets this request, or after it has answered with tokens. */
type Moment = { path: RegExp } | { afterTokensMs: number };

function momentOf(round: number): Moment {
  const paths = [/openid-configuration$/, /\/authorize$/, /\/login$/, /\/token$/];
  const path = paths[round % 6];
  return path ? { path } : { afterTokensMs: round % LAST_MS };
}

async function killDuring(work: DoomedWork, moment: Moment): Promise<void> {
  const child = fork(windowFile, { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const strike = () => child.kill('SIGKILL');
  const route = ({ url }: { url: URL }) => {
    if ('path' in moment && moment.path.test(url.pathname)) strike();
    return undefined;
  };
  world.lab.routes.unshift(route);
  world.signIn.onIssued = () => {
    if ('afterTokensMs' in moment) setTimeout(strike, moment.afterTokensMs);
  };
  await sent(child, work);
  await ended;
  world.signIn.onIssued = undefined;
  world.lab.routes.splice(world.lab.routes.indexOf(route), 1);
}

function sent(child: ChildProcess, work: DoomedWork): Promise<void> {
  return new Promise((resolve, reject) => child.send(work, (error) => (error ? reject(error) : resolve())));
}

/** A window that starts after it all. */
function openWindow(user?: LabUser) {
  const secrets = new FileSecretStore(storePath);
  return createTokenSource({ secrets, openBrowser: new ScriptedBrowser(user).open });
}

it(`a window killed ${KILLS} times in a sign-in or refresh leaves every account as it was, or newer`, async () => {
  const { request, lab } = world;
  const people = lab.tenants[0]?.users;
  assert.ok(people);
  for (const user of people) tokenIn(await openWindow(user).signIn(request));
  const names = people.map(({ userName }) => userName).sort();

  for (let round = 0; round < KILLS; round++) {
    const user = people[round % 2];
    assert.ok(user);
    // What lies before the token endpoint is of a sign-in alone.
    const signsIn = round % 6 < 3 || round % 4 === 0 ? { signsIn: user } : {};
    await killDuring({ storePath, caPem: lab.caPem, request, ...signsIn }, momentOf(round));
    const source = openWindow();
    const { accounts } = await source.held(request);
    assert.deepEqual(accounts.map(({ userName }) => userName).sort(), names, `after ${round}`);
    const token = tokenIn(
      await source.acquireSilently({ ...request, ...(accounts[1] ? { accountId: accounts[1].id } : {}) }),
    );
    assert.equal(token.account, accounts[1]?.userName);
  }
  for (const { id } of (await openWindow().held(request)).accounts) {
    tokenIn(await openWindow().acquireSilently({ ...request, accountId: id, forceRefresh: true }));
  }
});
