import { type EntraFailure, failureReply, secretReply } from '../entra-reply.ts';
import { unknownTenantReply } from '../entra-server.ts';
import { resolveTenantName } from '../entra-tenant.ts';
import type { LabReply, LabRequest, LabRoute, Misbehaviour } from '../loopback-server.ts';
import { satisfiedAtPage } from './conditional-access.ts';
import { FAILURES } from './failures.ts';
import { deviceAccountPage, deviceCodePage, deviceDonePage } from './pages.ts';
import { accountsAt, findClient } from './registrations.ts';
import { failureOf, type SignIn } from './sign-in.ts';

const PAGE = '/common/oauth2/deviceauth';

/** `/{tenant}/oauth2/v2.0/devicecode` (RFC 8628 §3.1), and the page where people enter the code. */
export function deviceRoute(origin: string, signIn: SignIn): LabRoute {
  async function issue(tenantText: string, request: LabRequest): Promise<LabReply | Misbehaviour> {
    const refuse = (failure: EntraFailure) => failureReply(failure, origin);
    if (request.method !== 'POST') return refuse(FAILURES.onlyPost());
    const scripted = signIn.take('devicecode');
    if (scripted && 'hang' in scripted) return { do: 'silent' };
    if (scripted && 'close' in scripted) return { do: 'destroy' };
    if (scripted && 'error' in scripted) return refuse(failureOf(scripted));

    const tenantName = resolveTenantName(tenantText);
    if (!tenantName) return unknownTenantReply(tenantText, origin);
    const form = new URLSearchParams((await request.readBody()).toString('utf8'));
    const missing = ['client_id', 'scope'].find((name) => !form.get(name));
    if (missing) return refuse(FAILURES.parameterMissing(missing));
    const client = findClient(signIn.registrations, form.get('client_id') ?? '');
    const isThere = tenantName.kind !== 'tenant' || client?.tenants.includes(tenantName.tenant);
    if (!client || !isThere) return refuse(FAILURES.unknownClient(form.get('client_id') ?? '', tenantText));

    const { deviceCodes } = signIn;
    const { userCode, deviceCode } = deviceCodes.issue(tenantName, client, form.get('scope') ?? '');
    const page = `${origin}${PAGE}`;
    return secretReply({
      user_code: userCode,
      device_code: deviceCode,
      verification_uri: page,
      expires_in: deviceCodes.lifetimeSec,
      interval: deviceCodes.intervalSec,
      message: `To sign in, use a web browser to open the page ${page} and enter the code ${userCode} to authenticate.`,
    });
  }

  async function answerPage(request: LabRequest): Promise<LabReply> {
    if (request.method !== 'POST') return deviceCodePage(PAGE, false);
    const form = new URLSearchParams((await request.readBody()).toString('utf8'));
    const waiting = signIn.deviceCodes.find(form.get('user_code') ?? form.get('flow') ?? '');
    if (!waiting) return deviceCodePage(PAGE, true);
    const accounts = accountsAt(signIn.registrations, waiting.tenantName);
    if (!form.has('flow')) {
      const { client, scope, userCode } = waiting;
      return deviceAccountPage({ action: PAGE, flow: userCode, clientName: client.app.name, scope, accounts });
    }
    const account = accounts.find(({ user }) => user.id === form.get('account'));
    if (account) signIn.deviceCodes.approve(waiting, account, satisfiedAtPage(signIn.policies, []));
    else signIn.deviceCodes.decline(waiting);
    return deviceDonePage(account !== undefined);
  }

  return (request) => {
    const [, tenantText = '', ...rest] = request.url.pathname.split('/');
    const endpoint = rest.join('/').toLowerCase();
    if (endpoint === 'oauth2/deviceauth') return answerPage(request);
    return endpoint === 'oauth2/v2.0/devicecode' ? issue(tenantText, request) : undefined;
  };
}
