import { randomUUID } from 'node:crypto';
import { issuerV2, TENANT_TEMPLATE } from '../entra-discovery.ts';
import { type EntraFailure, failureBody } from '../entra-reply.ts';
import { unknownTenantReply } from '../entra-server.ts';
import { type LabApp, type LabTenant, type LabUser, resolveTenantName, type TenantName } from '../entra-tenant.ts';
import type { LabReply, LabRequest, LabRoute, Misbehaviour } from '../loopback-server.ts';
import { type AuthorizeRequest, faultOf, readAuthorizeRequest } from './authorize-request.ts';
import { clientInfoOf } from './client-info.ts';
import { satisfiedAtPage } from './conditional-access.ts';
import { refusalFor } from './earned-token.ts';
import { FAILURES } from './failures.ts';
import { accountPage, consentPage, failurePage, formPostPage, signedOutPage } from './pages.ts';
import {
  type Account,
  accountIn,
  accountsAt,
  type Consent,
  homeOf,
  type ResourceRegistration,
} from './registrations.ts';
import { identifiersOf, isFailure, resolveScope } from './requested-access.ts';
import { failureOf, type SignIn } from './sign-in.ts';

/** A sign-in whose page is open; with an account, that person is asked to consent. */
interface Flow {
  asked: AuthorizeRequest;
  account?: Account;
}

/** Sign-ins whose page is open; older ones are forgotten. */
const KEPT_FLOWS = 50;

/** `/{tenant}/oauth2/v2.0/authorize` and `/logout`, and the page in between. */
export function authorizeRoute(origin: string, signIn: SignIn): LabRoute {
  const flows = new Map<string, Flow>();

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
    return 'error' in scripted ? refuse(asked, failureOf(scripted)) : admitPerson(asked, scripted.as);
  }

  function askForAccount(asked: AuthorizeRequest): LabReply {
    return accountPage({
      action: '/common/login',
      flow: open({ asked }),
      clientName: asked.client.app.name,
      scope: asked.scope,
      accounts: accountsFor(asked),
    });
  }

  function open(flow: Flow): string {
    const id = randomUUID();
    const [oldest] = flows.keys();
    if (flows.size >= KEPT_FLOWS && oldest !== undefined) flows.delete(oldest);
    flows.set(id, flow);
    return id;
  }

  async function choose(request: LabRequest): Promise<LabReply> {
    const form = await formOf(request);
    const flow = form.get('flow') ?? '';
    const { asked, account } = flows.get(flow) ?? {};
    // Once per page: pressing Back and choosing again starts over, as it does with Entra.
    flows.delete(flow);
    const failure = FAILURES.noSession();
    if (!asked) return failurePage(failure, failureBody(failure, origin));
    if (account) return form.get('consent') === 'accept' ? accept(asked, account) : refuse(asked, FAILURES.cancelled());
    const chosen = accountsFor(asked).find(({ user }) => user.id === form.get('account'));
    return chosen ? admit(asked, chosen) : refuse(asked, FAILURES.cancelled());
  }

  function accept(asked: AuthorizeRequest, account: Account): LabReply {
    const { registrations } = signIn;
    const everything = {
      ...registrations,
      consents: registrations.resources.map((resource) => consentOf(asked, resource)),
    };
    const access = resolveScope({ registrations: everything, ...askedOf(asked, account) }, asked.scope);
    if (isFailure(access)) return refuse(asked, access);
    registrations.consents.push({ client: asked.client.app, resource: access.resource.app, scopes: access.scopes });
    return admit(asked, account);
  }

  function admitPerson(asked: AuthorizeRequest, user: LabUser): LabReply {
    const home = homeOf(user);
    const tenant = asked.tenantName.kind === 'tenant' ? asked.tenantName.tenant : home.tenant;
    const account = accountIn(signIn.registrations, tenant, user);
    return account
      ? admit(asked, account)
      : refuse(asked, FAILURES.userOfOtherTenant(user, home.tenant, tenant, asked.client));
  }

  function admit(asked: AuthorizeRequest, account: Account): LabReply {
    const { client, redirectUri, codeChallenge, nonce, platform, contexts } = asked;
    const access = resolveScope({ registrations: signIn.registrations, ...askedOf(asked, account) }, asked.scope);
    if (isFailure(access)) return access.code === 65001 ? askForConsent(asked, account) : refuse(asked, access);
    const satisfied = satisfiedAtPage(signIn.policies, contexts);
    const refusal = refusalFor({ signIn, contexts, client }, { account, satisfied }, access);
    if (refusal) return refuse(asked, refusal);
    const code = signIn.grants.issueCode({
      ...{ account, client, access, redirectUri, codeChallenge, platform, satisfied },
      ...(nonce === undefined ? {} : { nonce }),
    });
    return answerClient(asked, account.tenant, {
      code,
      ...(asked.wantsClientInfo ? { client_info: clientInfoOf(account) } : {}),
      session_state: randomUUID(),
    });
  }

  function askForConsent(asked: AuthorizeRequest, account: Account): LabReply {
    const isAsked = signIn.registrations.resources.some(
      ({ asksForConsent, app }) => asksForConsent === true && namesIt(asked.scope, app),
    );
    if (!isAsked) return refuse(asked, { ...FAILURES.noConsent(asked.client), error: 'consent_required' });
    const { name } = asked.client.app;
    return consentPage({
      action: '/common/login',
      flow: open({ asked, account }),
      clientName: name,
      scope: asked.scope,
    });
  }

  function accountsFor({ tenantName, loginHint }: AuthorizeRequest): Account[] {
    const accounts = accountsAt(signIn.registrations, tenantName);
    const isHinted = ({ user }: Account) => user.userName === loginHint;
    return [...accounts.filter(isHinted), ...accounts.filter((account) => !isHinted(account))];
  }

  function refuse(asked: AuthorizeRequest, failure: EntraFailure): LabReply {
    const body = failureBody(failure, origin, asked.correlationId);
    return answerClient(asked, tenantOf(asked), {
      error: body.error,
      ...(failure.code === FAILURES.cancelled().code ? { error_subcode: 'cancel' } : {}),
      error_description: body.error_description,
      error_uri: body.error_uri,
      ...(body.suberror === undefined ? {} : { suberror: body.suberror }),
      ...(body.claims === undefined ? {} : { claims: body.claims }),
    });
  }

  function answerClient(
    asked: AuthorizeRequest,
    tenant: LabTenant | undefined,
    members: Record<string, string>,
  ): LabReply {
    const { isSent, other } = signIn.issuerParameter;
    const iss = other ?? issuerV2(origin, tenant?.id ?? TENANT_TEMPLATE);
    return answerTo(asked, isSent ? { ...members, iss } : members);
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

function answerTo(asked: AuthorizeRequest, members: Record<string, string>): LabReply {
  const answer = asked.state === undefined ? members : { ...members, state: asked.state };
  if (asked.responseMode === 'form_post') return formPostPage(asked.redirectUri, answer);
  const location = new URL(asked.redirectUri);
  const text = new URLSearchParams(answer).toString();
  if (asked.responseMode === 'query') location.search = text;
  else location.hash = text;
  return redirectTo(location);
}

/** As the metadata names it; `common` and `organizations` have no issuer of their own. */
function tenantOf({ tenantName }: AuthorizeRequest): LabTenant | undefined {
  return tenantName.kind === 'tenant' ? tenantName.tenant : undefined;
}

function askedOf({ client }: AuthorizeRequest, { tenant }: Account) {
  return { client, tenant };
}

function consentOf({ client }: AuthorizeRequest, { app, scopes, adminScopes = [] }: ResourceRegistration): Consent {
  return { client: client.app, resource: app, scopes: scopes.filter((scope) => !adminScopes.includes(scope)) };
}

function namesIt(scope: string, app: LabApp): boolean {
  return identifiersOf(app).some((identifier) => scope.toLowerCase().includes(`${identifier}/`));
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
