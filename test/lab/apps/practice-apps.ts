import { issuerV2 } from '../entra-discovery.ts';
import { APPS, CONTOSO } from '../entra-tenant.ts';
import type { EasyAuthSettings } from './easy-auth.ts';
import { createFunctionKeys } from './function-keys.ts';
import type { FunctionApp, HttpFunction } from './functions-host.ts';
import type { TokenRules } from './token-authority.ts';

/** A function app with keys: one function per `authLevel` and then some. */
export function ordersFunctionApp(): FunctionApp {
  const functions: HttpFunction[] = [
    { name: 'ListOrders', route: 'orders', methods: ['GET'], authLevel: 'function' },
    { name: 'CreateOrder', route: 'orders', methods: ['POST'], authLevel: 'function' },
    { name: 'GetOrder', route: 'orders/{id:int}', methods: ['GET'], authLevel: 'function' },
    { name: 'Ping', route: 'ping', methods: ['GET'], authLevel: 'anonymous' },
    { name: 'Rebuild', route: 'rebuild', methods: ['POST'], authLevel: 'admin' },
    { name: 'Legacy', route: 'legacy', authLevel: 'function', disabled: true },
  ];
  const keys = createFunctionKeys(
    functions.map(({ name }) => name),
    ['eventgrid_extension', 'durabletask_extension'],
  );
  return { name: 'orders', functions, keys };
}

/** A function app behind Easy Auth: one function anonymous, one that wants a key as well. */
export function easyAuthFunctionApp(): FunctionApp {
  const functions: HttpFunction[] = [
    { name: 'ListOrders', route: 'orders', methods: ['GET', 'POST'], authLevel: 'anonymous' },
    { name: 'Export', route: 'export', methods: ['GET'], authLevel: 'function' },
  ];
  return { name: 'orders-easyauth', functions, keys: createFunctionKeys(functions.map(({ name }) => name)) };
}

/** As App Service makes them for a single-tenant registration, with the portal's client added. */
export function practiceEasyAuth(origin: string): EasyAuthSettings {
  return {
    enabled: true,
    platform: 'linux',
    unauthenticatedClientAction: 'Return401',
    excludedPaths: [],
    openIdIssuer: issuerV2(origin, CONTOSO.id),
    clientId: APPS.ordersEasyAuth.id,
    allowedAudiences: [APPS.ordersEasyAuth.appIdUri],
    allowedApplications: [APPS.ordersWeb.id],
    allowedIdentities: [],
  };
}

/** v2 tokens of Contoso for the Orders API. */
export function ordersTokenRules(origin: string): TokenRules {
  return {
    metadataUrls: [`${issuerV2(origin, CONTOSO.id)}/.well-known/openid-configuration`],
    audiences: [APPS.ordersApi.id],
    clockSkewSec: 0,
  };
}
