import { issuerV2 } from '../entra-discovery.ts';
import { APPS, CONTOSO } from '../entra-tenant.ts';
import { type AuthSettingsV2, createdAuthSettings } from './auth-settings.ts';
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

/** A function app linked to a Static Web App: the platform in front asks nothing of its own. */
export function linkedFunctionApp(): FunctionApp {
  const functions: HttpFunction[] = [{ name: 'ListOrders', route: 'orders', methods: ['GET'], authLevel: 'anonymous' }];
  return { name: 'orders-linked', functions, keys: createFunctionKeys(functions.map(({ name }) => name)) };
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
export function practiceAuthSettings(origin: string): AuthSettingsV2 {
  const { id, appIdUri } = APPS.ordersEasyAuth;
  const settings = createdAuthSettings(issuerV2(origin, CONTOSO.id), id);
  const { validation } = settings.identityProviders.azureActiveDirectory;
  validation.allowedAudiences = [appIdUri];
  validation.defaultAuthorizationPolicy.allowedApplications = [APPS.ordersWeb.id];
  return settings;
}

/** v2 tokens of Contoso for the Orders API. */
export function ordersTokenRules(origin: string): TokenRules {
  return {
    metadataUrls: [`${issuerV2(origin, CONTOSO.id)}/.well-known/openid-configuration`],
    audiences: [APPS.ordersApi.id],
    clockSkewSec: 0,
  };
}
