import { type AppServiceSite, appServiceFront, openSite } from './apps/app-service.ts';
import { AuthSessions } from './apps/auth-session.ts';
import { type AuthSettingsV2, createdAuthSettings } from './apps/auth-settings.ts';
import { easyAuth } from './apps/easy-auth.ts';
import { echoReply } from './apps/echo.ts';
import { type FunctionApp, functionsHost } from './apps/functions-host.ts';
import { oddAnswers } from './apps/odd-answers.ts';
import { ownCheckApp } from './apps/own-check.ts';
import {
  easyAuthFunctionApp,
  linkedFunctionApp,
  ordersFunctionApp,
  ordersTokenRules,
  practiceAuthSettings,
} from './apps/practice-apps.ts';
import { stepUpApp } from './apps/step-up.ts';
import { strangersApp } from './apps/strangers.ts';
import { tokenCheckerFor } from './apps/token-authority.ts';
import { practiceValidators, type ValidatorSettings, validatorsApp } from './apps/validators.ts';
import type { ServerCertificate } from './certificate-authority.ts';
import { type FrontDoor, frontDoorRoute, practiceFrontDoor } from './edge/front-door.ts';
import { type StaticWebApp, staticWebAppRoute } from './edge/static-web-app.ts';
import { issuerV2 } from './entra-discovery.ts';
import type { EntraKeys } from './entra-server.ts';
import { APPS, CONTOSO } from './entra-tenant.ts';
import { type GatewayConfiguration, type GatewayError, gatewayRoute } from './gateway/gateway.ts';
import { practiceGateway } from './gateway/practice-apis.ts';
import { type LabRoute, type LoopbackServer, startLoopbackServer } from './loopback-server.ts';
import { createLogicApp, type LogicApp, logicAppRoute } from './services/logic-app.ts';
import { type MicrosoftServices, microsoftServices } from './services/microsoft-services.ts';
import type { TokenMint } from './token-mint.ts';

/** An app of the lab: where it is, what arrived, what shall go wrong. */
export type AppServer = Omit<LoopbackServer, 'stop'>;

/**
 * What is called with the tokens of the lab. Each app has an origin of its own. Lists and settings may be changed in
 * place while it runs.
 */
export interface PracticeWorld {
  /** A function app with keys, and no token asked for. */
  functions: AppServer & { app: FunctionApp; site: AppServiceSite };
  /** A function app behind Easy Auth. */
  easyAuth: AppServer & { app: FunctionApp; site: AppServiceSite; settings: AuthSettingsV2 };
  /** An API Management in front of the two, of `world.ownCheck` and of the Logic App. */
  gateway: AppServer & GatewayConfiguration & { errors: GatewayError[] };
  /** An edge with a firewall in front of the gateway. */
  frontDoor: AppServer & { edge: FrontDoor };
  /** A Static Web App and the function app it is linked to. */
  staticWebApp: AppServer & { app: StaticWebApp; linked: AppServer & { app: FunctionApp; settings: AuthSettingsV2 } };
  /** A workflow with an HTTP trigger. */
  logicApp: AppServer & { app: LogicApp };
  /** Key Vault, Resource Manager, Graph, Storage and Azure OpenAI. */
  services: { [S in keyof MicrosoftServices]: AppServer & { settings: MicrosoftServices[S] } };
  world: {
    /** Checks v2 tokens for the Orders API itself, and answers 401 and 403 in its own words. */
    ownCheck: AppServer;
    /** `/aspnet`, `/jose`, `/pyjwt` and others: the same check, in the words of the usual libraries. */
    validators: AppServer & { settings: ValidatorSettings };
    /** Wants the authentication context `c1` in tokens for the Orders API, and challenges for it. */
    stepUp: AppServer;
    /** `/nestjs`, `/spring`, `/nginx`, `/kong`, `/aws`, `/aws-http`, `/express`: the 401s of others. */
    strangers: AppServer;
    /** Big, binary, slow, silent, broken and redirecting answers. */
    oddities: AppServer;
    /** The same over HTTPS, under the lab's CA. */
    secureOddities: AppServer;
    /** Redirects everything to the same path of `ownCheck`, another origin. */
    moved: AppServer;
    /** An echo on another origin, where redirects lead. */
    elsewhere: AppServer;
  };
}

export interface PracticeWorldOptions {
  /** Origin of the lab's login host. */
  origin: string;
  keys: EntraKeys;
  mint: TokenMint;
  now: () => number;
  certificate: ServerCertificate;
}

/** One address for all: it exists on every system, and each app has its own port. */
const HOST = '127.0.0.1';

/** Starts every app; `stop` closes those that run. Rejects when one cannot start, and leaves none running. */
export async function startPracticeWorld(
  options: PracticeWorldOptions,
): Promise<PracticeWorld & { stop(): Promise<void> }> {
  const { certificate } = options;
  const servers: LoopbackServer[] = [];
  const stop = async () => void (await Promise.all(servers.map((server) => server.stop())));
  const start = async (route: LabRoute, secured?: ServerCertificate): Promise<LoopbackServer> => {
    const server = await startLoopbackServer({ host: HOST, ...(secured ? { certificate: secured } : {}) });
    server.routes.push(route);
    servers.push(server);
    return server;
  };
  try {
    return { ...(await startApps(options, start, certificate)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Start = (route: LabRoute, secured?: ServerCertificate) => Promise<LoopbackServer>;

async function startApps(
  { origin, keys, mint, now }: PracticeWorldOptions,
  start: Start,
  certificate: ServerCertificate,
): Promise<PracticeWorld> {
  const checkToken = tokenCheckerFor(origin, keys, now);
  const rules = ordersTokenRules(origin);
  const guard = { checkToken, origin, now };
  const guarded = async (app: FunctionApp, settings: AuthSettingsV2) => {
    const site = openSite();
    const world = { settings, site, checkToken, sessions: new AuthSessions(now) };
    return { ...(await start(appServiceFront(site, easyAuth(world, functionsHost(app, now))))), app, site, settings };
  };

  const app = ordersFunctionApp();
  const site = openSite();
  const functions = { ...(await start(appServiceFront(site, functionsHost(app, now)))), app, site };
  const behindEasyAuth = await guarded(easyAuthFunctionApp(), practiceAuthSettings(origin));
  const linked = await guarded(linkedFunctionApp(), linkedAuthSettings(origin));
  const swa = { backendUrl: linked.origin, protectedPaths: ['/api/admin'] };
  const ownCheck = await start(ownCheckApp(checkToken, rules, 'Orders.Read'));
  const elsewhere = await start((request) => echoReply(request));
  const workflow = createLogicApp(rules.metadataUrls[0] ?? '', {
    issuer: issuerV2(origin, CONTOSO.id),
    audience: APPS.ordersApi.id,
  });
  const logicApp = { ...(await start(logicAppRoute(workflow, guard))), app: workflow };

  const errors: GatewayError[] = [];
  const configuration = practiceGateway(origin, {
    functions: functions.origin,
    functionsKey: app.keys.host.default ?? '',
    easyAuth: behindEasyAuth.origin,
    ownCheck: ownCheck.origin,
    logicApp: logicApp.origin,
    logicAppSignature: workflow.signature,
  });
  const tokenFor = (resource: string) => mint.managedIdentityToken(resource);
  const gateway = {
    ...(await start(gatewayRoute(configuration, { ...guard, tokenFor }, errors))),
    ...configuration,
    errors,
  };
  const edge = practiceFrontDoor(gateway.origin);
  const validators = practiceValidators();
  return {
    functions,
    easyAuth: behindEasyAuth,
    gateway,
    frontDoor: { ...(await start(frontDoorRoute(edge))), edge },
    staticWebApp: { ...(await start(staticWebAppRoute(swa))), app: swa, linked },
    logicApp,
    services: await startServices(guard, start),
    world: {
      ownCheck,
      validators: { ...(await start(validatorsApp(validators, checkToken, rules))), settings: validators },
      stepUp: await start(stepUpApp(checkToken, rules, 'c1', origin)),
      strangers: await start(strangersApp(checkToken, rules)),
      oddities: await start(oddAnswers(elsewhere.origin)),
      secureOddities: await start(oddAnswers(elsewhere.origin), certificate),
      moved: await start(({ url }) => movedTo(`${ownCheck.origin}${url.pathname}${url.search}`)),
      elsewhere,
    },
  };
}

async function startServices(
  guard: Parameters<typeof microsoftServices>[0],
  start: Start,
): Promise<PracticeWorld['services']> {
  const { settings, routes } = microsoftServices(guard);
  const started = Object.entries(routes).map(async ([name, route]) => [
    name,
    { ...(await start(route)), settings: settings[name as keyof MicrosoftServices] },
  ]);
  return Object.fromEntries(await Promise.all(started)) as PracticeWorld['services'];
}

function linkedAuthSettings(origin: string): AuthSettingsV2 {
  const settings = createdAuthSettings(issuerV2(origin, CONTOSO.id), APPS.ordersEasyAuth.id);
  settings.identityProviders.azureStaticWebApps = { enabled: true, registration: { clientId: 'orders-swa' } };
  return settings;
}

function movedTo(location: string) {
  return { status: 307, headers: { Location: location }, body: '' };
}
