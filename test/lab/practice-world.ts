import { type EasyAuthSettings, easyAuth } from './apps/easy-auth.ts';
import { echoReply } from './apps/echo.ts';
import { type FunctionApp, functionsHost } from './apps/functions-host.ts';
import { oddAnswers } from './apps/odd-answers.ts';
import { ownCheckApp } from './apps/own-check.ts';
import { easyAuthFunctionApp, ordersFunctionApp, ordersTokenRules, practiceEasyAuth } from './apps/practice-apps.ts';
import { stepUpApp } from './apps/step-up.ts';
import { strangersApp } from './apps/strangers.ts';
import { tokenCheckerFor } from './apps/token-authority.ts';
import type { ServerCertificate } from './certificate-authority.ts';
import type { EntraKeys } from './entra-server.ts';
import { type GatewayConfiguration, type GatewayError, gatewayRoute } from './gateway/gateway.ts';
import { practiceGateway } from './gateway/practice-apis.ts';
import { type LabRoute, type LoopbackServer, startLoopbackServer } from './loopback-server.ts';

/** An app of the lab: where it is, what arrived, what shall go wrong. */
export type AppServer = Omit<LoopbackServer, 'stop'>;

/**
 * What is called with the tokens of the lab. Each app has an origin of its own. Lists and settings may be changed in
 * place while it runs.
 */
export interface PracticeWorld {
  /** A function app with keys, and no token asked for. */
  functions: AppServer & { app: FunctionApp };
  /** A function app behind Easy Auth. */
  easyAuth: AppServer & { app: FunctionApp; settings: EasyAuthSettings };
  /** An API Management in front of the two and of `world.ownCheck`. */
  gateway: AppServer & GatewayConfiguration & { errors: GatewayError[] };
  world: {
    /** Checks v2 tokens for the Orders API itself, and answers 401 and 403 in its own words. */
    ownCheck: AppServer;
    /** Wants the authentication context `c1` in tokens for the Orders API, and challenges for it. */
    stepUp: AppServer;
    /** `/nestjs`, `/spring`, `/nginx`, `/kong`, `/aws`, `/aws-http`, `/express`: the 401s of others. */
    strangers: AppServer;
    /** Big, binary, slow, silent, broken and redirecting answers. */
    oddities: AppServer;
    /** The same over HTTPS, under the lab's CA. */
    secureOddities: AppServer;
    /** An echo on another origin, where redirects lead. */
    elsewhere: AppServer;
  };
}

export interface PracticeWorldOptions {
  /** Origin of the lab's login host. */
  origin: string;
  keys: EntraKeys;
  now: () => number;
  certificate: ServerCertificate;
}

/** One address for all: it exists on every system, and each app has its own port. */
const HOST = '127.0.0.1';

/** Starts every app; `stop` closes those that run. Rejects when one cannot start, and leaves none running. */
export async function startPracticeWorld(
  options: PracticeWorldOptions,
): Promise<PracticeWorld & { stop(): Promise<void> }> {
  const { origin, keys, now, certificate } = options;
  const servers: LoopbackServer[] = [];
  const stop = async () => void (await Promise.all(servers.map((server) => server.stop())));
  const start = async (route: LabRoute, secured?: ServerCertificate): Promise<LoopbackServer> => {
    const server = await startLoopbackServer({ host: HOST, ...(secured ? { certificate: secured } : {}) });
    server.routes.push(route);
    servers.push(server);
    return server;
  };

  try {
    const checkToken = tokenCheckerFor(origin, keys, now);
    const rules = ordersTokenRules(origin);
    const app = ordersFunctionApp();
    const functions = { ...(await start(functionsHost(app))), app };
    const settings = practiceEasyAuth(origin);
    const guarded = easyAuthFunctionApp();
    const behindEasyAuth = await start(easyAuth(settings, checkToken, functionsHost(guarded)));
    const ownCheck = await start(ownCheckApp(checkToken, rules, 'Orders.Read'));
    const stepUp = await start(stepUpApp(checkToken, rules, 'c1', origin));
    const strangers = await start(strangersApp(checkToken, rules));
    const elsewhere = await start((request) => echoReply(request));
    const oddities = await start(oddAnswers(elsewhere.origin));
    const secureOddities = await start(oddAnswers(elsewhere.origin), certificate);

    const errors: GatewayError[] = [];
    const configuration = practiceGateway(origin, {
      functions: functions.origin,
      functionsKey: app.keys.host.default ?? '',
      easyAuth: behindEasyAuth.origin,
      ownCheck: ownCheck.origin,
    });
    const gateway = await start(gatewayRoute(configuration, { checkToken, now }, errors));
    return {
      functions,
      easyAuth: { ...behindEasyAuth, app: guarded, settings },
      gateway: { ...gateway, ...configuration, errors },
      world: { ownCheck, stepUp, strangers, oddities, secureOddities, elsewhere },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
