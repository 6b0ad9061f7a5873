import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { APPS, CONTOSO, FABRIKAM } from '../../lab/entra-tenant.ts';
import { type Lab, startLab } from '../../lab/lab.ts';
import { accountsOn, authorizeUrl, choose, formOf, REDIRECT_URI, send, signInByPage } from './sign-in-client.ts';

let lab: Lab;
before(async () => {
  lab = await startLab();
});
afterEach(() => lab.signIn.clear());
after(() => lab.stop());

const [MEGAN, ALEX] = CONTOSO.users;

/** What the redirect URI is told when the request is refused without a page. */
async function refusal(parameters: Record<string, string>): Promise<Record<string, string>> {
  return formOf((await send(lab, authorizeUrl(lab, parameters))).text).fields;
}

/** The code on a page the browser stops at. */
async function stopCode(parameters: Record<string, string>, tenant?: string): Promise<string | undefined> {
  const { text } = await send(lab, authorizeUrl(lab, parameters, tenant));
  assert.doesNotMatch(text, /<form/);
  return /id="exceptionMessage">AADSTS(\d+)/.exec(text)?.[1];
}

test('the page offers the two accounts of the tenant and a way out, and says what it is', async () => {
  const page = await send(lab, authorizeUrl(lab));
  assert.equal(page.status, 200);
  assert.equal(page.headers['content-type'], 'text/html; charset=utf-8');
  assert.deepEqual(accountsOn(page.text), [MEGAN.id, ALEX.id]);
  assert.match(page.text, /<html lang="en">/);
  assert.match(page.text, /practice tenant/);
  assert.match(page.text, /<button name="account" value="">Cancel<\/button>/);
  assert.match(String(page.headers['content-security-policy']), /default-src 'none'/);
});

test('organizations offers the accounts of every tenant, the hinted one first', async () => {
  const [priya] = FABRIKAM.users;
  const page = await send(lab, authorizeUrl(lab, { login_hint: priya.userName }, 'organizations'));
  assert.equal(accountsOn(page.text).length, 4);
  assert.equal(accountsOn(page.text)[0], priya.id);
});

test('answers by a form that posts itself to the redirect URI, state passed back', async () => {
  const page = await send(lab, authorizeUrl(lab));
  const answer = await choose(lab, page, MEGAN.id);
  const { action, fields } = formOf(answer.text);
  assert.equal(action, REDIRECT_URI);
  assert.equal(fields.state, 'state & "more"');
  assert.ok(fields.code);
  const clientInfo: unknown = JSON.parse(Buffer.from(fields.client_info ?? '', 'base64url').toString());
  assert.deepEqual(clientInfo, { uid: MEGAN.id, utid: CONTOSO.id });
  const nonce = /<script nonce="([^"]+)">document\.forms\[0\]\.submit/.exec(answer.text)?.[1] ?? '';
  assert.ok(nonce && String(answer.headers['content-security-policy']).includes(`script-src 'nonce-${nonce}'`));
});

test('answers in the query or the fragment when asked to', async () => {
  for (const [mode, part] of [
    ['query', 'search'],
    ['fragment', 'hash'],
  ] as const) {
    const page = await send(lab, authorizeUrl(lab, { response_mode: mode }));
    const { status, headers } = await choose(lab, page, MEGAN.id);
    const location = new URL(String(headers.location));
    const answer = new URLSearchParams(location[part].slice(1));
    assert.equal(status, 302);
    assert.equal(location.origin, REDIRECT_URI);
    assert.ok(answer.get('code'));
    assert.equal(answer.get('state'), 'state & "more"');
  }
});

test('a page is good for one choice, and only for an account it offers', async () => {
  const page = await send(lab, authorizeUrl(lab));
  assert.equal(formOf((await choose(lab, page, FABRIKAM.users[0].id)).text).fields.error, 'access_denied');
  assert.match((await choose(lab, page, MEGAN.id)).text, /AADSTS50058/);
});

test('Cancel is access_denied', async () => {
  const { fields } = formOf((await choose(lab, await send(lab, authorizeUrl(lab)))).text);
  assert.equal(fields.error, 'access_denied');
  assert.equal(fields.error_subcode, 'cancel');
  assert.match(fields.error_description ?? '', /^AADSTS65004: .* Trace ID: \S+ Correlation ID: \S+ Timestamp: /);
});

test('what cannot be sent back stops in the browser: client, redirect URI, response mode', async () => {
  const unknown = 'ffffffff-0000-4000-8000-000000000000';
  assert.equal(await stopCode({ client_id: '' }), '900144');
  assert.equal(await stopCode({ client_id: unknown }), '700016');
  assert.equal(await stopCode({ client_id: APPS.practiceClient.id }, FABRIKAM.id), '700016');
  assert.equal(await stopCode({ client_id: APPS.practiceClient.id }, 'common'), '50194');
  assert.equal(await stopCode({}, 'consumers'), '9002332');
  assert.equal(await stopCode({ redirect_uri: '' }), '900144');
  for (const uri of ['http://127.0.0.1:53123', 'https://localhost:53123', 'http://localhost:53123/x', 'nonsense']) {
    assert.equal(await stopCode({ redirect_uri: uri }), '50011', uri);
  }
  assert.equal(await stopCode({ response_mode: 'web_message' }), '70007');
});

test('faults of the request are sent back before anybody is asked', async () => {
  assert.match((await refusal({ response_type: 'token' })).error_description ?? '', /^AADSTS70005:/);
  assert.match((await refusal({ code_challenge: '' })).error_description ?? '', /^AADSTS9002325:/);
  assert.match((await refusal({ code_challenge_method: 'plain' })).error_description ?? '', /^AADSTS501491:/);
  assert.match((await refusal({ code_challenge: 'short' })).error_description ?? '', /^AADSTS501491:/);
  const silent = await refusal({ prompt: 'none', 'client-request-id': 'my-correlation-id' });
  assert.equal(silent.error, 'login_required');
  assert.match(silent.error_description ?? '', /Correlation ID: my-correlation-id /);
});

test('scopes: unknown resource, unknown scope, no consent, two resources, none', async () => {
  const outcomes: Record<string, [error: string, code: number]> = {
    'api://nobody/Orders.Read': ['invalid_resource', 500011],
    'api://orders/Orders.Delete': ['invalid_client', 650053],
    'api://orders/Orders.Write': ['consent_required', 65001],
    'api://payroll/.default': ['consent_required', 65001],
    'Mail.Read': ['consent_required', 65001],
    'api://orders/Orders.Read api://stock/Stock.Read': ['invalid_scope', 28000],
    ' ': ['invalid_scope', 70011],
  };
  for (const [scope, [error, code]] of Object.entries(outcomes)) {
    const answer = await signInByPage(lab, { scope });
    assert.equal(answer.error, error, scope);
    assert.match(answer.error_description ?? '', new RegExp(`^AADSTS${code}: `), scope);
    assert.equal(answer.code, undefined);
  }
});

test('an API without a service principal in the tenant is an unknown resource there', async () => {
  lab.signIn.next({ as: FABRIKAM.users[0] });
  const { fields } = formOf((await send(lab, authorizeUrl(lab, {}, FABRIKAM.id))).text);
  assert.match(fields.error_description ?? '', /^AADSTS500011: .*api:\/\/orders .*Fabrikam/);
});

test('a scripted outcome strikes once: refused, cut, hanging, signed in without a page', async () => {
  lab.signIn.next({ error: 'access_denied' });
  lab.signIn.next({ error: 'AADSTS53003', suberror: 'message_only', claims: '{"access_token":{}}' });
  lab.signIn.next({ error: 'AADSTS999999', oauthError: 'server_error' });
  lab.signIn.next({ close: true });
  assert.equal((await refusal({})).error, 'access_denied');
  const blocked = await refusal({});
  assert.deepEqual([blocked.suberror, blocked.claims], ['message_only', '{"access_token":{}}']);
  assert.match(blocked.error_description ?? '', /^AADSTS53003:/);
  assert.equal((await refusal({})).error, 'server_error');
  await assert.rejects(send(lab, authorizeUrl(lab)), { code: 'ECONNRESET' });

  lab.signIn.next({ hang: true });
  const leaving = new AbortController();
  const hanging = assert.rejects(send(lab, authorizeUrl(lab), { signal: leaving.signal }), { name: 'AbortError' });
  const before = lab.requests.count('*/authorize');
  while (lab.requests.count('*/authorize') === before) await new Promise((resolve) => setImmediate(resolve));
  leaving.abort();
  await hanging;

  lab.signIn.next({ as: ALEX });
  assert.ok((await refusal({})).code);
  assert.equal(accountsOn((await send(lab, authorizeUrl(lab))).text).length, 2);
});

test('an unknown tenant is AADSTS90002; logging out ends on a page or at the redirect', async () => {
  const { status, text } = await send(lab, authorizeUrl(lab, {}, 'nobody.onmicrosoft.com'));
  assert.equal(status, 400);
  assert.deepEqual((JSON.parse(text) as { error_codes: number[] }).error_codes, [90002]);

  const logout = `${lab.origin}/${CONTOSO.id}/oauth2/v2.0/logout`;
  assert.match((await send(lab, logout)).text, /signed out/);
  const back = await send(lab, `${logout}?post_logout_redirect_uri=${encodeURIComponent('http://localhost:1/')}`);
  assert.equal(back.headers.location, 'http://localhost:1/');
  assert.equal((await send(lab, `${logout}?post_logout_redirect_uri=https://elsewhere.example/`)).status, 200);
});

test('hostile text in a request is text on the page', async () => {
  const hostile = '"><script>alert(1)</script>';
  const page = await send(lab, authorizeUrl(lab, { scope: hostile, state: hostile }));
  assert.doesNotMatch(page.text, /<script>alert/);
  const answer = await choose(lab, page);
  assert.doesNotMatch(answer.text, /<script>alert/);
  assert.equal(formOf(answer.text).fields.state, hostile);
});
