import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { PublicClientApplication } from '@azure/msal-node';
import { APPS, CONTOSO } from '../../lab/entra-tenant.ts';
import { type Lab, startLab } from '../../lab/lab.ts';
import { payloadOf } from './lab-client.ts';
import { labNetwork } from './msal-network.ts';
import { accountsOn, askToken, formOf, send, sendForm } from './sign-in-client.ts';

const SCOPE = 'api://orders/Orders.Read openid profile offline_access';
const [MEGAN] = CONTOSO.users;

let clockMs = Date.now();
let lab: Lab;
before(async () => {
  lab = await startLab({ now: () => clockMs });
  lab.signIn.deviceCodes.intervalSec = 0;
});
afterEach(() => {
  clockMs = Date.now();
  lab.signIn.clear();
  lab.signIn.policies = [];
});
after(() => lab.stop());

interface DeviceAnswer {
  user_code: string;
  device_code: string;
  verification_uri: string;
  expires_in: number;
  interval: number;
}

async function start(): Promise<DeviceAnswer> {
  const form = { client_id: APPS.ordersWeb.id, scope: SCOPE };
  const { status, text } = await sendForm(lab, `${lab.origin}/${CONTOSO.id}/oauth2/v2.0/devicecode`, form);
  assert.equal(status, 200);
  return JSON.parse(text) as DeviceAnswer;
}

async function poll(deviceCode: string, grantType = 'urn:ietf:params:oauth:grant-type:device_code') {
  const form = { client_id: APPS.ordersWeb.id, grant_type: grantType, device_code: deviceCode };
  const { status, body } = await askToken(lab, form);
  return { status, body, fault: [body.error, ...(body.error_codes ?? [])] };
}

/** Enters the code and presses a button; without an account, Cancel. */
async function enter({ user_code, verification_uri }: DeviceAnswer, account = ''): Promise<string> {
  assert.match((await send(lab, verification_uri)).text, /name="user_code"/);
  const page = await sendForm(lab, verification_uri, { user_code });
  assert.ok(accountsOn(page.text).includes(MEGAN.id));
  const { action, fields } = formOf(page.text);
  return (await sendForm(lab, new URL(action, lab.origin), { ...fields, account })).text;
}

test('a code waits, is entered, and earns tokens once, by either name of the grant', async () => {
  const device = await start();
  assert.match(device.user_code, /^[A-Z2-9]{9}$/);
  assert.deepEqual([device.expires_in, device.interval], [900, 0]);
  for (const grantType of ['device_code', 'urn:ietf:params:oauth:grant-type:device_code']) {
    assert.deepEqual((await poll(device.device_code, grantType)).fault, ['authorization_pending', 70016]);
  }
  assert.match(await enter(device, MEGAN.id), /You are signed in/);
  const { status, body } = await poll(device.device_code, 'device_code');
  assert.equal(status, 200);
  const claims = payloadOf(String(body.access_token));
  assert.deepEqual([claims.scp, claims.oid], ['Orders.Read', MEGAN.id]);
  assert.equal(typeof body.refresh_token, 'string');
  assert.deepEqual((await poll(device.device_code)).fault, ['bad_verification_code', 70018]);
});

test('declined, expired, unknown; a wrong code is asked for again', async () => {
  const declined = await start();
  assert.match(await enter(declined), /declined/);
  assert.deepEqual((await poll(declined.device_code)).fault, ['authorization_declined', 65004]);
  const late = await start();
  clockMs += 900_000;
  assert.deepEqual((await poll(late.device_code)).fault, ['expired_token', 70019]);
  assert.deepEqual((await poll('guessed')).fault, ['bad_verification_code', 70018]);
  const { text } = await sendForm(lab, declined.verification_uri, { user_code: 'WRONG' });
  assert.match(text, /not valid/);
});

test('slow_down and failures of /devicecode can be scripted', async () => {
  const device = await start();
  lab.signIn.next({ at: 'token', error: 'AADSTS70016', oauthError: 'slow_down' });
  assert.deepEqual((await poll(device.device_code)).fault, ['slow_down', 70016]);
  lab.signIn.next({ at: 'devicecode', error: 'AADSTS90055', status: 429, retryAfterSec: 7 });
  const form = { client_id: APPS.ordersWeb.id, scope: SCOPE };
  const answer = await sendForm(lab, `${lab.origin}/${CONTOSO.id}/oauth2/v2.0/devicecode`, form);
  assert.deepEqual([answer.status, answer.headers['retry-after']], [429, '7']);
});

test('a client that may not use public flows is asked for its secret', async () => {
  const form = { client_id: APPS.nightlyJob.id, scope: SCOPE };
  const { text } = await sendForm(lab, `${lab.origin}/${CONTOSO.id}/oauth2/v2.0/devicecode`, form);
  const { device_code } = JSON.parse(text) as DeviceAnswer;
  const { body } = await askToken(lab, { client_id: form.client_id, grant_type: 'device_code', device_code });
  assert.deepEqual([body.error, body.error_codes], ['invalid_client', [7000218]]);
});

test('Conditional Access lets no device code through where it wants a managed device', async () => {
  lab.signIn.policies = [{ id: 'p1', demands: 'compliantDevice', onlyDeviceCode: true }];
  const device = await start();
  await enter(device, MEGAN.id);
  assert.deepEqual((await poll(device.device_code)).fault, ['invalid_grant', 530003]);
});

test('MSAL signs in by device code', async () => {
  const client = new PublicClientApplication({
    auth: {
      clientId: APPS.ordersWeb.id,
      authority: `${lab.origin}/${CONTOSO.id}`,
      knownAuthorities: [new URL(lab.origin).host],
    },
    system: { networkClient: labNetwork(lab) },
  });
  const result = await client.acquireTokenByDeviceCode({
    scopes: ['api://orders/Orders.Read'],
    deviceCodeCallback: ({ userCode }) => {
      const waiting = lab.signIn.deviceCodes.find(userCode.toLowerCase());
      const [account] = lab.signIn.accountsOf(CONTOSO);
      assert.ok(waiting && account);
      lab.signIn.deviceCodes.approve(waiting, account);
    },
  });
  assert.equal(result?.account?.username, MEGAN.userName);
});
