import { randomUUID } from 'node:crypto';
import { type EntraFailure, failureBody } from '../entra-reply.ts';
import { unknownTenantReply } from '../entra-server.ts';
import { type LabUser, resolveTenantName, TENANTS, type TenantName } from '../entra-tenant.ts';
import type { LabReply, LabRequest, LabRoute, Misbehaviour } from '../loopback-server.ts';
import { type AuthorizeRequest, faultOf, readAuthorizeRequest } from './authorize-request.ts';
import { clientInfoOf } from './client-info.ts';
import { FAILURES } from './failures.ts';
import { type Account, accountPage, failurePage, formPostPage, signedOutPage } from './pages.ts';
import { isFailure, resolveScope } from './requested-access.ts';
import { failureOf, type SignIn } from './sign-in.ts';

/** Sign-ins whose page is open; older ones are forgotten. */
const KEPT_FLOWS = 50;

/** `/{tenant}/oauth2/v2.0/authorize` and `/logout`, and the page in between. */
export function authorizeRoute(origin: string, signIn: SignIn): LabRoute {
  const flows = new Map<string, AuthorizeRequest>();

  async function start(tenantName: TenantName, request: LabRequest): Promise<LabReply | Misbehaviour> {
    const parameters = request.method === 'POST' ? await formOf(request) : request.url.searchParams;
    const asked = readAuthorizeRequest(signIn.registrations, tenantName, parameters);
    if (isFailure(asked)) return failurePage(asked, failureBody(asked, origin));
    const fault = faultOf(asked);
    if (fault) return refuse(asked, fault);

    const scripted = signIn.take('authorize');
    if (!scripted) return askForAccount(asked);
    if ('hang' in scripted) return { do: 'silent' };
    if ('close' in scripted) return { do: 'destroy' };
    return 'error' in scripted ? refuse(asked, failureOf(scripted)) : admit(asked, accountOf(scripted.as));
  }

  function askForAccount(asked: AuthorizeRequest): LabReply {
    const flow = randomUUID();
    const [oldest] = flows.keys();
    if (flows.size >= KEPT_FLOWS && oldest !== undefined) flows.delete(oldest);
    flows.set(flow, asked);
    return accountPage({
      action: '/common/login',
      flow,
      clientName: asked.client.app.name,
      scope: asked.scope,
      accounts: accountsFor(asked),
    });
  }

  async function choose(request: LabRequest): Promise<LabReply> {
    const form = await formOf(request);
    const flow = form.get('flow') ?? '';
    const asked = flows.get(flow);
    // Once per page: pressing Back and choosing again starts over, as it does with Entra.
    flows.delete(flow);
    const failure = FAILURES.noSession();
    if (!asked) return failurePage(failure, failureBody(failure, origin));
    const account = accountsFor(asked).find(({ user }) => user.id === form.get('account'));
    return account ? admit(asked, account) : refuse(asked, FAILURES.cancelled());
  }

  function admit(asked: AuthorizeRequest, { tenant, user }: Account): LabReply {
    const { client, redirectUri, codeChallenge, nonce } = asked;
    const access = resolveScope({ registrations: signIn.registrations, client, tenant }, asked.scope);
    if (isFailure(access))
      return refuse(asked, access.code === 65001 ? { ...access, error: 'consent_required' } : access);
    const code = signIn.grants.issueCode({
      ...{ tenant, user, client, access, redirectUri, codeChallenge },
      ...(nonce === undefined ? {} : { nonce }),
    });
    return answerClient(asked, {
      code,
      ...(asked.wantsClientInfo ? { client_info: clientInfoOf(user, tenant) } : {}),
      session_state: randomUUID(),
    });
  }

  function refuse(asked: AuthorizeRequest, failure: EntraFailure): LabReply {
    const body = failureBody(failure, origin, asked.correlationId);
    return answerClient(asked, {
      error: body.error,
      ...(failure.code === FAILURES.cancelled().code ? { error_subcode: 'cancel' } : {}),
      error_description: body.error_description,
      error_uri: body.error_uri,
      ...(body.suberror === undefined ? {} : { suberror: body.suberror }),
      ...(body.claims === undefined ? {} : { claims: body.claims }),
    });
  }

  return (request) => {
    const { method, url } = request;
    const [, tenantText = '', ...rest] = url.pathname.split('/');
    const endpoint = rest.join('/').toLowerCase();
    if (endpoint === 'login' && method === 'POST') return choose(request);
    if (endpoint === 'oauth2/v2.0/logout' && method === 'GET') return signOut(url);
    if (endpoint !== 'oauth2/v2.0/authorize' || (method !== 'GET' && method !== 'POST')) return undefined;
    const tenantName = resolveTenantName(tenantText);
    return tenantName ? start(tenantName, request) : unknownTenantReply(tenantText, origin);
  };
}

function answerClient(asked: AuthorizeRequest, members: Record<string, string>): LabReply {
  const answer = asked.state === undefined ? members : { ...members, state: asked.state };
  if (asked.responseMode === 'form_post') return formPostPage(asked.redirectUri, answer);
  const location = new URL(asked.redirectUri);
  const text = new URLSearchParams(answer).toString();
  if (asked.responseMode === 'query') location.search = text;
  else location.hash = text;
  return redirectTo(location);
}

/** The people who may sign in there; whom the client names comes first. */
function accountsFor({ tenantName, loginHint }: AuthorizeRequest): Account[] {
  const tenants = tenantName.kind === 'tenant' ? [tenantName.tenant] : TENANTS;
  const accounts = tenants.flatMap((tenant) => tenant.users.map((user) => ({ tenant, user })));
  const isHinted = ({ user }: Account) => user.userName === loginHint;
  return [...accounts.filter(isHinted), ...accounts.filter((account) => !isHinted(account))];
}

function accountOf(user: LabUser): Account {
  const tenant = TENANTS.find(({ users }) => users.some(({ id }) => id === user.id));
  if (!tenant) throw new Error(`${user.userName} is in no tenant of the lab.`);
  return { tenant, user };
}

function signOut(url: URL): LabReply {
  const target = url.searchParams.get('post_logout_redirect_uri') ?? '';
  const isOwn = URL.canParse(target) && new URL(target).hostname === 'localhost';
  return isOwn ? redirectTo(new URL(target)) : signedOutPage();
}

function redirectTo(location: URL): LabReply {
  return { status: 302, headers: { Location: location.href, 'Cache-Control': 'no-store, no-cache' }, body: '' };
}

async function formOf(request: LabRequest): Promise<URLSearchParams> {
  return new URLSearchParams((await request.readBody()).toString('utf8'));
}
