import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { MemoryTokens } from '../../../src/auth/memory-tokens.ts';
import type { TokenRequest } from '../../../src/auth/token-source.ts';
import { VSCODE_CLIENT_ID } from '../../../src/core/entra/identity.ts';
import { failureIn, tokenIn } from './sign-in-world.ts';
import { vscodeStub } from './vscode-stub.ts';

const { createVsCodeAccount } = await import('../../../src/auth/vscode-account.ts');

const CLIENT = '94f2db06-317c-4ea5-98f9-a01b2c3d4e5f';
const scopes = ['api://orders/Orders.Read'];
const request: TokenRequest = {
  signIn: 'vscode',
  authority: 'https://login.microsoftonline.com/contoso.com',
  isCustomAuthority: false,
  cloud: 'public',
  clientId: CLIENT,
  scopes,
};
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const accessToken = `${part({ alg: 'RS256' })}.${part({ exp: 1_900_000_000, tid: 'tenant' })}.${part({})}`;
const session = { id: 's', accessToken, account: { id: 'home.tenant', label: 'megan@contoso.com' }, scopes };

beforeEach(() => {
  Object.assign(vscodeStub, { asked: [], settings: {}, listeners: [], answer: () => Promise.resolve(session) });
});

describe('the account of VS Code', () => {
  it('is asked with client and tenant, silently first', async () => {
    const memory = new MemoryTokens();
    const account = createVsCodeAccount(memory);
    const token = tokenIn(await account.acquireSilently(request));
    const { label: userName, id: accountId } = session.account;
    const expected = { accessToken, account: userName, accountId, expiresAtSec: 1_900_000_000, tenantId: 'tenant' };
    assert.deepEqual(token, expected);
    tokenIn(await account.signIn(request));
    const asked = [...scopes, `VSCODE_CLIENT_ID:${CLIENT}`, 'VSCODE_TENANT:contoso.com'];
    assert.deepEqual(vscodeStub.asked, [
      { provider: 'microsoft', scopes: asked, options: { silent: true } },
      { provider: 'microsoft', scopes: asked, options: { createIfNone: true, clearSessionPreference: true } },
    ]);
    assert.equal(memory.held(request).length, 1);
  });

  it('is of VS Code’s own client where none is named', async () => {
    tokenIn(await createVsCodeAccount(new MemoryTokens()).acquireSilently({ ...request, clientId: VSCODE_CLIENT_ID }));
    assert.deepEqual(vscodeStub.asked[0]?.scopes, [...scopes, 'VSCODE_TENANT:contoso.com']);
  });

  it('is not asked with a scope that VS Code would take for a client or tenant', async () => {
    for (const scope of ['VSCODE_TENANT:evil.example', 'openid VSCODE_CLIENT_ID:x']) {
      const hostile: TokenRequest = { ...request, scopes: [scope, ...scopes] };
      assert.equal(failureIn(await createVsCodeAccount(new MemoryTokens()).signIn(hostile)).reason, 'notAScope');
    }
    assert.deepEqual(vscodeStub.asked, []);
  });

  it('hands what a challenge demands on as a challenge', async () => {
    const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
    tokenIn(await createVsCodeAccount(new MemoryTokens()).signIn({ ...request, claims }));
    const asked = vscodeStub.asked[0]?.scopes as { wwwAuthenticate: string; fallbackScopes: string[] };
    const value = /claims="([^"]+)"/.exec(asked.wwwAuthenticate)?.[1] ?? '';
    assert.equal(Buffer.from(value, 'base64').toString(), claims);
    assert.ok(asked.fallbackScopes.includes(`VSCODE_CLIENT_ID:${CLIENT}`));
  });

  it('of another cloud is that of the cloud VS Code is set up for', async () => {
    const account = createVsCodeAccount(new MemoryTokens());
    const authority = 'https://login.microsoftonline.us/contoso.us';
    const usgov: TokenRequest = { ...request, cloud: 'usgov', authority };
    assert.equal(failureIn(await account.acquireSilently(usgov)).reason, 'vscodeCloud');
    vscodeStub.settings = { environment: 'ChinaCloud' };
    assert.equal(failureIn(await account.acquireSilently(usgov)).reason, 'vscodeCloud');
    vscodeStub.settings = { environment: 'USGovernment' };
    tokenIn(await account.acquireSilently(usgov));
    const { cloud, ...custom } = { ...request, authority: 'https://127.0.0.2:8443/contoso.com' };
    vscodeStub.settings = { environment: 'custom', customEnvironment: { activeDirectoryEndpointUrl: 'https://x' } };
    assert.equal(failureIn(await account.acquireSilently(custom)).reason, 'vscodeCloud');
    const customEnvironment = { activeDirectoryEndpointUrl: 'https://127.0.0.2:8443/' };
    vscodeStub.settings = { environment: 'custom', customEnvironment };
    tokenIn(await account.acquireSilently(custom));
    assert.deepEqual([...new Set(vscodeStub.asked.map(({ provider }) => provider))], ['microsoft-sovereign-cloud']);
  });

  it('that was signed out in VS Code is no longer held', async () => {
    const memory = new MemoryTokens();
    tokenIn(await createVsCodeAccount(memory).signIn(request));
    await vscodeStub.announce('microsoft');
    assert.equal(memory.held(request).length, 1);
    vscodeStub.answer = () => Promise.resolve(undefined);
    await vscodeStub.announce('github');
    assert.equal(memory.held(request).length, 1);
    await vscodeStub.announce('microsoft');
    assert.deepEqual(memory.held(request), []);
  });

  it('that is not there, refused or backed out of is told as such', async () => {
    const account = createVsCodeAccount(new MemoryTokens());
    vscodeStub.answer = () => Promise.resolve(undefined);
    assert.equal(failureIn(await account.acquireSilently(request)).kind, 'interactionRequired');
    vscodeStub.answer = () => Promise.reject(new Error('User did not consent to login. Cancelled'));
    assert.equal(failureIn(await account.signIn(request)).kind, 'cancelled');
    vscodeStub.answer = () => Promise.reject(new Error('AADSTS65001: no consent'));
    const failure = failureIn(await account.signIn(request));
    assert.deepEqual([failure.kind, failure.code], ['refused', 'AADSTS65001']);
    const cancel = new AbortController();
    vscodeStub.answer = () => new Promise(() => cancel.abort());
    assert.equal(failureIn(await account.signIn(request, cancel.signal)).kind, 'cancelled');
  });
});
