import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { SignInFailure, TokenRequest, TokenResult } from '../../../src/auth/token-source.ts';
import { diagnoseSignIn } from '../../../src/core/entra/aadsts.ts';
import type { FailureConcern, IdentityFacts } from '../../../src/core/entra/sign-in-diagnosis.ts';
import { createClientCertificate, writeClientCertificate } from '../../lab/client-certificate.ts';
import type { LabApp } from '../../lab/entra-tenant.ts';
import type { ClientRegistration, ResourceRegistration } from '../../lab/sign-in/registrations.ts';
import { createSecret, findClient } from '../../lab/sign-in/registrations.ts';
import { aadstsFault, type ScriptedOutcome } from '../../lab/sign-in/sign-in.ts';
import { isListening } from './scripted-browser.ts';
import { failureIn, type SignInWorld, startSignInWorld, tokenIn } from './sign-in-world.ts';

/** MSAL as it is, every way to sign in, and everything that can go wrong at the lab's tenant. */

/** In no catalogue. */
const UNKNOWN = 'AADSTS999123';

type Window = ReturnType<SignInWorld['openWindow']>;
type Code = `AADSTS${number}`;

interface Row {
  name: string;
  request?: () => TokenRequest;
  /** `silent`: signed in first, then asked for a fresh token without the user. Default: the user is asked. */
  how?: 'silent' | 'exchange';
  /** What goes wrong: set up before the call that fails. */
  arrange: (window: Window) => void;
  options?: Parameters<SignInWorld['openWindow']>[0];
  /** Ends the sign-in once its page is there, or its code is shown. */
  isCancelled?: true;
  kind: SignInFailure['kind'];
  code?: Code;
  /** What the doctor says it is about. Default: with a code, anything known. */
  concerns?: FailureConcern;
}

let world: SignInWorld;
let folder: string;
let certificatePath: string;
before(async () => {
  world = await startSignInWorld();
  folder = await mkdtemp(join(tmpdir(), 'why401-failures-'));
  certificatePath = await writeClientCertificate(folder, await createClientCertificate());
});
const undo: (() => void)[] = [];
afterEach(() => {
  for (const step of undo.splice(0).reverse()) step();
  world.reset();
  world.signIn.policies = [];
  Object.assign(world.signIn.deviceCodes, { intervalSec: 5, lifetimeSec: 900 });
});
after(async () => {
  await world.stop();
  await rm(folder, { recursive: true });
});

const asking = (changes: Partial<TokenRequest> = {}) => ({ ...world.request, ...changes }) as TokenRequest;
const byDevice = (changes: Partial<TokenRequest> = {}) => asking({ signIn: 'deviceCode', ...changes } as object);
const asJob = (changes: Partial<TokenRequest> = {}) =>
  asking({
    ...{ signIn: 'clientSecret', clientId: world.lab.apps.nightlyJob.id, scopes: ['api://orders/.default'] },
    ...changes,
  } as TokenRequest);
const withCertificate = () => asJob({ signIn: 'clientCertificate', certificatePath } as Partial<TokenRequest>);
const onBehalf = (changes: Partial<TokenRequest> = {}) =>
  asking({
    ...{ signIn: 'onBehalfOf', clientId: world.lab.apps.ordersApi.id, from: world.request, audiences: [] },
    ...{ scopes: ['api://invoices/Invoices.Read'], ...changes },
  } as TokenRequest);
const elsewhere = (tenant: string) => ({ authority: `${world.lab.origin}/${tenant}` });

const script = (outcome: ScriptedOutcome) => () => world.signIn.next(outcome);
/** Every time: a connection that was kept and is gone is tried once more. */
const cutAt = (endpoint: string) => () =>
  world.lab.faults.script({ path: `/*/oauth2/v2.0/${endpoint}`, action: { do: 'destroy' } });
const atToken = (error: Code, more: object = {}) => script({ at: 'token', error, ...more });
const atPage = (error: Code, more: object = {}) => script({ error, ...more });

function client(app: () => LabApp, change: Partial<ClientRegistration>) {
  return () => replace(findClient(world.signIn.registrations, app().id), change);
}

/** Its redirect URIs, moved to another platform. */
function onPlatform(platform: 'webRedirectUris' | 'spaRedirectUris') {
  return () => {
    const registration = findClient(world.signIn.registrations, web().id);
    replace(registration, { redirectUris: [], [platform]: registration?.redirectUris ?? [] });
  };
}

function api(app: () => LabApp, change: Partial<ResourceRegistration>) {
  return () => {
    const { resources } = world.signIn.registrations;
    replace(
      resources.find((one) => one.app.id === app().id),
      change,
    );
  };
}

/** For one row. */
function replace<T extends object>(registration: T | undefined, change: Partial<T>): void {
  assert.ok(registration);
  const kept = { ...registration };
  undo.push(() => {
    for (const key of Object.keys(registration)) delete registration[key as keyof T];
    Object.assign(registration, kept);
  });
  Object.assign(registration, change);
}

const web = () => world.lab.apps.ordersWeb;
const job = () => world.lab.apps.nightlyJob;
const orders = () => world.lab.apps.ordersApi;

/** Answers the device page for who waits; without an account, declines. */
function person(isAllowed: boolean): void {
  const { deviceCodes } = world.signIn;
  const [waiting] = deviceCodes.pending.slice(-1);
  const [account] = world.lab.tenants[0] ? world.signIn.accountsOf(world.lab.tenants[0]) : [];
  assert.ok(waiting && account);
  if (isAllowed) deviceCodes.approve(waiting, account);
  else deviceCodes.decline(waiting);
}

let answerDevice: (() => void) | undefined;
const approves = (then: () => void) => () => {
  answerDevice = () => person(true);
  then();
};

/** The lab says "pending" for longer than it said the code was good for. */
function waitsLong(): void {
  Object.assign(world.signIn.deviceCodes, { intervalSec: 0.05, lifetimeSec: 0.2 });
  for (let poll = 0; poll < 50; poll++) {
    world.signIn.next({ at: 'token', error: 'AADSTS70016', oauthError: 'authorization_pending' });
  }
}

// biome-ignore format: one row a line reads as the table it is
const ROWS: readonly Row[] = [
  // The browser, refused at the page
  { name: 'Cancel at the page', arrange: ({ browser }) => { browser.chooses = undefined; }, kind: 'refused', code: 'AADSTS65004', concerns: 'consent' },
  { name: 'not assigned', arrange: client(web, { assignedUsers: [] }), kind: 'refused', code: 'AADSTS50105', concerns: 'assignment' },
  { name: 'no consent', request: () => asking({ scopes: ['api://payroll/Payroll.Read'] }), arrange: () => undefined, kind: 'refused', code: 'AADSTS65001', concerns: 'consent' },
  { name: 'consent of an administrator', request: () => asking({ scopes: ['api://orders/Orders.Write'] }), arrange: api(orders, { adminScopes: ['Orders.Write'] }), kind: 'refused', code: 'AADSTS90094', concerns: 'consent' },
  { name: 'an API that is not there', request: () => asking({ scopes: ['api://nowhere/X'] }), arrange: () => undefined, kind: 'refused', code: 'AADSTS500011', concerns: 'scope' },
  { name: 'a scope the API has not', request: () => asking({ scopes: ['api://orders/Orders.Destroy'] }), arrange: () => undefined, kind: 'refused', code: 'AADSTS650053', concerns: 'scope' },
  { name: 'two APIs', request: () => asking({ scopes: ['api://orders/Orders.Read', 'api://stock/Stock.Read'] }), arrange: () => undefined, kind: 'refused', code: 'AADSTS28000', concerns: 'scope' },
  { name: 'a token for itself', request: () => asking({ clientId: orders().id }), arrange: () => undefined, kind: 'refused', code: 'AADSTS90009', concerns: 'scope' },
  { name: 'a stranger', request: () => asking({ ...elsewhere('fabrikam.onmicrosoft.com'), scopes: ['api://invoices/Invoices.Read'] }), arrange: () => { const [megan] = world.lab.tenants[0]?.users ?? []; if (megan) world.signIn.next({ as: megan }); }, kind: 'refused', code: 'AADSTS50020', concerns: 'account' },
  { name: 'blocked by Conditional Access', arrange: () => { world.signIn.policies = [{ id: 'p', demands: 'nobody' }]; }, kind: 'refused', code: 'AADSTS53003', concerns: 'policy' },
  { name: 'a device that is not compliant', arrange: () => { world.signIn.policies = [{ id: 'p', demands: 'compliantDevice' }]; }, kind: 'refused', code: 'AADSTS53000', concerns: 'policy' },
  { name: 'scope invalid', arrange: atPage('AADSTS70011'), kind: 'refused', code: 'AADSTS70011', concerns: 'scope' },
  { name: 'a client of Microsoft’s', arrange: atPage('AADSTS65002'), kind: 'refused', code: 'AADSTS65002', concerns: 'client' },
  { name: 'API permission missing', arrange: atPage('AADSTS650057'), kind: 'refused', code: 'AADSTS650057', concerns: 'scope' },
  { name: 'another account', arrange: atPage('AADSTS16000'), kind: 'refused', code: 'AADSTS16000', concerns: 'account' },
  { name: 'a code nobody knows', arrange: atPage('AADSTS999123', { oauthError: 'server_error' }), kind: 'refused', code: 'AADSTS999123', concerns: 'service' },
  // Entra keeps these on its own page: the client hears nothing, and the user comes back and cancels.
  { name: 'redirect URI not registered', arrange: client(web, { redirectUris: [] }), isCancelled: true, kind: 'cancelled' },
  { name: 'an unknown client', request: () => asking({ clientId: '00000000-1111-4222-8333-444444444444' }), arrange: () => undefined, isCancelled: true, kind: 'cancelled' },
  { name: 'the page never answers, cancelled', arrange: ({ browser }) => { browser.chooses = 'leaves'; }, isCancelled: true, kind: 'cancelled' },
  { name: 'the page never answers, too late', arrange: ({ browser }) => { browser.chooses = 'leaves'; }, options: { signInTimeoutMs: 300 }, kind: 'timeout' },
  { name: 'the browser is not opened', arrange: () => undefined, options: { openBrowser: () => Promise.resolve(false) }, kind: 'cancelled' },
  // The browser, refused when the code is redeemed
  { name: 'platform Web', arrange: onPlatform('webRedirectUris'), kind: 'refused', code: 'AADSTS7000218', concerns: 'redirect' },
  { name: 'platform Single-page application', arrange: onPlatform('spaRedirectUris'), kind: 'refused', code: 'AADSTS9002327', concerns: 'redirect' },
  { name: 'cross-origin', arrange: atToken('AADSTS9002326'), kind: 'refused', code: 'AADSTS9002326', concerns: 'redirect' },
  { name: 'code expired', arrange: atToken('AADSTS70008'), kind: 'refused', code: 'AADSTS70008', concerns: 'session' },
  { name: 'PKCE does not fit', arrange: atToken('AADSTS501481'), kind: 'refused', code: 'AADSTS501481', concerns: 'request' },
  { name: 'application disabled', arrange: atToken('AADSTS7000112'), kind: 'refused', code: 'AADSTS7000112', concerns: 'client' },
  { name: 'a passing trouble of the service', arrange: atToken('AADSTS90033', { status: 503 }), kind: 'refused', code: 'AADSTS90033', concerns: 'service' },
  { name: 'too many requests', arrange: atToken('AADSTS90055', { status: 429, retryAfterSec: 3 }), kind: 'refused', code: 'AADSTS90055', concerns: 'service' },
  { name: 'cut while the code is redeemed', arrange: cutAt('token'), kind: 'network' },
  { name: 'no answer while the code is redeemed', arrange: script({ at: 'token', hang: true }), options: { requestTimeoutMs: 300 }, kind: 'network' },
  { name: 'no answer while the code is redeemed, cancelled', arrange: script({ at: 'token', hang: true }), isCancelled: true, kind: 'cancelled' },
  { name: 'a page instead of an answer', arrange: () => world.lab.faults.script({ path: '/*/oauth2/v2.0/token', action: { do: 'html', html: '<p>Log in to the network</p>' } }), kind: 'network' },
  // Discovery
  { name: 'no such tenant', request: () => asking(elsewhere('nowhere.onmicrosoft.com')), arrange: () => undefined, kind: 'refused', code: 'AADSTS90002', concerns: 'tenant' },
  { name: 'a captive portal', arrange: () => world.lab.faults.script({ path: '/*/openid-configuration', action: { do: 'html', html: '<p>Welcome</p>' } }), kind: 'network' },
  { name: 'an AADSTS answer to discovery', arrange: () => world.lab.faults.script({ path: '/*/openid-configuration', action: aadstsFault({ error: 'AADSTS90033', status: 503 }, world.lab.origin) }), kind: 'refused', code: 'AADSTS90033', concerns: 'service' },
  // Silently
  { name: 'revoked', how: 'silent', arrange: () => world.signIn.grants.revoke(), kind: 'interactionRequired', code: 'AADSTS50173', concerns: 'session' },
  { name: 'unused for long', how: 'silent', arrange: atToken('AADSTS700082', { suberror: 'bad_token' }), kind: 'interactionRequired', code: 'AADSTS700082', concerns: 'session' },
  { name: 'sign-in frequency', how: 'silent', arrange: atToken('AADSTS70043'), kind: 'interactionRequired', code: 'AADSTS70043', concerns: 'session' },
  { name: 'a second factor', how: 'silent', arrange: () => { world.signIn.policies = [{ id: 'p', demands: 'mfa' }]; }, kind: 'interactionRequired', code: 'AADSTS50076', concerns: 'policy' },
  { name: 'registration for a second factor', how: 'silent', arrange: () => { world.signIn.policies = [{ id: 'p', demands: 'mfaRegistration' }]; }, kind: 'interactionRequired', code: 'AADSTS50079', concerns: 'policy' },
  { name: 'blocked, where asking is no use', how: 'silent', arrange: () => { world.signIn.policies = [{ id: 'p', demands: 'nobody' }]; }, kind: 'refused', code: 'AADSTS53003', concerns: 'policy' },
  { name: 'no longer assigned', how: 'silent', arrange: client(web, { assignedUsers: [] }), kind: 'interactionRequired', code: 'AADSTS50105', concerns: 'assignment' },
  { name: 'cut', how: 'silent', arrange: cutAt('token'), kind: 'network' },
  { name: 'throttled', how: 'silent', arrange: atToken('AADSTS90055', { status: 429 }), kind: 'refused', code: 'AADSTS90055', concerns: 'service' },
  // Device code
  { name: 'declined', request: byDevice, arrange: () => { answerDevice = () => person(false); }, kind: 'refused', code: 'AADSTS65004', concerns: 'consent' },
  { name: 'a managed device', request: byDevice, arrange: approves(() => { world.signIn.policies = [{ id: 'p', demands: 'compliantDevice', onlyDeviceCode: true }]; }), kind: 'refused', code: 'AADSTS530003', concerns: 'policy' },
  { name: 'blocked', request: byDevice, arrange: approves(() => { world.signIn.policies = [{ id: 'p', demands: 'nobody', onlyDeviceCode: true }]; }), kind: 'refused', code: 'AADSTS53003', concerns: 'policy' },
  { name: 'public flows not allowed', request: byDevice, arrange: approves(client(web, { allowsPublicFlows: false })), kind: 'refused', code: 'AADSTS7000218', concerns: 'client' },
  { name: 'the code has expired', request: byDevice, arrange: approves(atToken('AADSTS70019', { oauthError: 'expired_token' })), kind: 'refused', code: 'AADSTS70019', concerns: 'session' },
  { name: 'no code is given', request: byDevice, arrange: script({ at: 'devicecode', error: 'AADSTS70011' }), kind: 'refused', code: 'AADSTS70011', concerns: 'scope' },
  { name: 'an unknown client', request: () => byDevice({ clientId: '00000000-1111-4222-8333-444444444444' }), arrange: () => undefined, kind: 'refused', code: 'AADSTS700016', concerns: 'client' },
  { name: 'no code, cut', request: byDevice, arrange: cutAt('devicecode'), kind: 'network' },
  { name: 'nobody enters it, cancelled', request: byDevice, arrange: () => undefined, isCancelled: true, kind: 'cancelled' },
  { name: 'nobody enters it, too late', request: byDevice, arrange: waitsLong, kind: 'timeout' },
  // As an application
  { name: 'wrong secret', request: asJob, arrange: () => Object.assign(world.signIn.deviceCodes, { intervalSec: 0.05, lifetimeSec: 0.2 }), options: { askSecret: () => Promise.resolve('wrong') }, kind: 'refused', code: 'AADSTS7000215', concerns: 'credential' },
  { name: 'expired secret', request: asJob, arrange: () => undefined, options: { askSecret: () => Promise.resolve(expiredSecret()) }, kind: 'refused', code: 'AADSTS7000222', concerns: 'credential' },
  { name: 'a scope instead of .default', request: () => asJob({ scopes: ['api://orders/Orders.Read'] }), arrange: () => undefined, kind: 'refused', code: 'AADSTS1002012', concerns: 'scope' },
  { name: 'an API that is not there, as itself', request: () => asJob({ scopes: ['api://nowhere/.default'] }), arrange: () => undefined, kind: 'refused', code: 'AADSTS500011', concerns: 'scope' },
  { name: 'no role, where assignment is required', request: () => asJob({ scopes: ['api://stock/.default'] }), arrange: api(() => world.lab.apps.stockApi, { assignmentRequired: true }), kind: 'refused', code: 'AADSTS501051', concerns: 'assignment' },
  { name: 'another tenant', request: () => asJob(elsewhere('fabrikam.onmicrosoft.com')), arrange: () => undefined, kind: 'refused', code: 'AADSTS700016', concerns: 'client' },
  { name: 'a tenant has to be named', request: () => asJob(elsewhere('common')), arrange: () => undefined, kind: 'other', concerns: 'tenant' },
  { name: 'nobody gives the secret', request: asJob, arrange: () => undefined, options: { askSecret: () => Promise.resolve(undefined) }, kind: 'notReady' },
  { name: 'certificate not registered', request: withCertificate, arrange: client(job, { certificates: [] }), kind: 'refused', code: 'AADSTS700027', concerns: 'credential' },
  { name: 'assertion out of time', request: withCertificate, arrange: atToken('AADSTS700024'), kind: 'refused', code: 'AADSTS700024', concerns: 'credential' },
  { name: 'cut, as itself', request: withCertificate, arrange: cutAt('token'), kind: 'network' },
  // On behalf of
  { name: 'consent of the API in between', how: 'exchange', request: () => onBehalf({ scopes: ['api://payroll/Payroll.Read'] }), arrange: () => undefined, kind: 'refused', code: 'AADSTS65001', concerns: 'consent' },
  { name: 'a second factor for the API behind', how: 'exchange', request: onBehalf, arrange: () => { world.signIn.policies = [{ id: 'p', demands: 'mfa', resource: world.lab.apps.invoicesApi }]; }, kind: 'refused', code: 'AADSTS50076', concerns: 'policy' },
  { name: 'audience of the assertion', how: 'exchange', request: onBehalf, arrange: atToken('AADSTS500131'), kind: 'refused', code: 'AADSTS500131', concerns: 'assertion' },
  { name: 'signature of the assertion', how: 'exchange', request: onBehalf, arrange: atToken('AADSTS50013'), kind: 'refused', code: 'AADSTS50013', concerns: 'assertion' },
  { name: 'an ID token', how: 'exchange', request: onBehalf, arrange: atToken('AADSTS240002'), kind: 'refused', code: 'AADSTS240002', concerns: 'assertion' },
  { name: 'for itself', how: 'exchange', request: () => onBehalf({ scopes: ['api://orders/Orders.Read'] }), arrange: () => undefined, kind: 'refused', code: 'AADSTS90009', concerns: 'scope' },
  { name: 'secret of another', how: 'exchange', request: onBehalf, arrange: () => undefined, options: { askSecret: () => Promise.resolve('wrong') }, kind: 'refused', code: 'AADSTS7000215', concerns: 'credential' },
  { name: 'cut in the exchange', how: 'exchange', request: onBehalf, arrange: cutAt('token'), kind: 'network' },
];

function expiredSecret(): string {
  const expired = createSecret(1);
  findClient(world.signIn.registrations, job().id)?.secrets.push(expired);
  return expired.value;
}

describe('sign-ins that fail', () => {
  it('are at least 40', () => assert.ok(ROWS.length >= 40));

  for (const row of ROWS) {
    const { name, how, code, kind, concerns } = row;
    it(`${code ?? kind}: ${name}${how === undefined ? '' : ` (${how})`}`, async () => {
      const request = row.request?.() ?? world.request;
      const open = openPorts();
      const { window, failure } = await fail(row, request);
      assert.deepEqual([failure.kind, failure.code], [kind, code]);
      const said = diagnoseSignIn(failure, factsOf(request));
      assert.equal(said.isKnown, code !== undefined && code !== UNKNOWN);
      assert.equal(said.concerns, concerns ?? 'unknown', failure.detail);
      for (const text of [said.cause, said.action, said.where.portal, said.serverText]) assert.match(text, /\S{3}/);
      if (window.browser.opened.length > 0) assert.equal(await isListening(window.browser.port), false);
      // A port that no longer listens is closed as soon as its connections are.
      while (openPorts() !== open) await new Promise((resolve) => setTimeout(resolve, 5));
    });
  }
});

async function fail(row: Row, request: TokenRequest): Promise<{ window: Window; failure: SignInFailure }> {
  answerDevice = undefined;
  const secretFor = ({ clientId }: { clientId: string }) =>
    Promise.resolve(findClient(world.signIn.registrations, clientId)?.secrets[0]?.value);
  const window = world.openWindow({ askSecret: secretFor, ...row.options });
  if (row.how !== undefined) tokenIn(await window.source.signIn(world.request));
  row.arrange(window);
  const cancel = new AbortController();
  if (row.how === 'silent') {
    const silent = { ...request, forceRefresh: true };
    return { window, failure: failureIn(await window.source.acquireSilently(silent)) };
  }
  const call = window.source.signIn(request, cancel.signal, ({ step }) => {
    if (step !== 'deviceCode') return;
    answerDevice?.();
    if (row.isCancelled) cancel.abort();
  });
  if (row.isCancelled) void window.browser.pageIsOpen.then(() => window.browser.done).then(() => cancelSoon(cancel));
  if (row.isCancelled) void tokenAsked(call).then(() => cancel.abort());
  return { window, failure: failureIn(await call) };
}

/** The page has been walked to its end, and nobody will answer. */
function cancelSoon(cancel: AbortController): void {
  setImmediate(() => cancel.abort());
}

/** Resolves when the request to the token endpoint has arrived, or the call is over. */
async function tokenAsked(call: Promise<TokenResult>): Promise<void> {
  let isOver = false;
  void call.finally(() => {
    isOver = true;
  });
  while (!isOver && world.lab.requests.count('/*/oauth2/v2.0/token') === 0) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function openPorts(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length;
}

function factsOf({ signIn, clientId, authority, scopes }: TokenRequest): IdentityFacts {
  const { origin, pathname } = new URL(authority);
  return { signIn, clientId, tenant: pathname.slice(1), loginBase: origin, scopes };
}
