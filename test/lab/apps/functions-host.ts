import type { LabReply, LabRequest, LabRoute } from '../loopback-server.ts';
import { echoReply, emptyReply, jsonReply } from './echo.ts';
import { type AuthLevel, type FunctionKeys, levelOf, opens, presentedKey } from './function-keys.ts';
import { matchRoute } from './route-template.ts';

/** One HTTP-triggered function. */
export interface HttpFunction {
  name: string;
  /** ASP.NET Core template. Default: the name. */
  route?: string;
  /** Default: all. */
  methods?: readonly string[];
  authLevel: AuthLevel;
  disabled?: boolean;
  /** Default: an echo of what arrived. */
  handle?: (request: LabRequest) => LabReply | Promise<LabReply>;
}

/** A function app as its host sees it. Members may be changed while it runs. */
export interface FunctionApp {
  name: string;
  functions: HttpFunction[];
  keys: FunctionKeys;
  /** `extensions.http.routePrefix` of host.json. Default: `api`. */
  routePrefix?: string;
  /** Default: true. */
  isRunning?: boolean;
  /** For how long its host goes by the keys it read, before a key it does not know makes it read again. Default: 0. */
  keysAreKeptSec?: number;
}

/** Statuses, headers and bodies of the Azure Functions host (v4): `FunctionInvocationMiddleware` and its neighbours. */
export function functionsHost(site: FunctionApp, now: () => number = Date.now): LabRoute {
  const read = { keys: structuredClone(site.keys), atMs: Number.NEGATIVE_INFINITY };
  return (request) => {
    if (now() >= read.atMs + (site.keysAreKeptSec ?? 0) * 1000) {
      read.keys = structuredClone(site.keys);
      read.atMs = now();
    }
    const app = { ...site, keys: read.keys };
    if (app.isRunning === false) return plainReply(503, 'Function host is not running.');
    const [first = '', ...rest] = request.url.pathname.slice(1).split('/');
    if (first === '') return homepage(request);
    if (first === 'admin') return answerAdmin(app, request);
    if (first === 'runtime' && rest[0] === 'webhooks') return answerWebhook(app, rest[1] ?? '', request);
    return invoke(app, request);
  };
}

// The method is a constraint of the route: a wrong one is no route at all, 404 and not 405.
function invoke(app: FunctionApp, request: LabRequest): LabReply | Promise<LabReply> {
  const found = findFunction(app, request);
  if (!found) return emptyReply(404);
  const { called, parameters } = found;
  const level = levelOf(app.keys, presentedKey(request), called.name);
  // `UnauthorizedResult`: no body and no challenge.
  if (!opens(level, called.authLevel)) return emptyReply(401);
  if (called.disabled && level !== 'master') return emptyReply(404);
  return called.handle?.(request) ?? echoReply(request, { app: app.name, function: called.name, parameters });
}

function findFunction(app: FunctionApp, { method, url }: LabRequest) {
  const prefix = app.routePrefix ?? 'api';
  for (const called of app.functions) {
    const template = [prefix, called.route || called.name].filter(Boolean).join('/');
    const parameters = matchRoute(template, url.pathname);
    if (parameters && (called.methods?.includes(method) ?? true)) return { called, parameters };
  }
  return undefined;
}

function answerAdmin(app: FunctionApp, request: LabRequest): LabReply {
  if (levelOf(app.keys, presentedKey(request)) !== 'master') return emptyReply(401);
  if (request.url.pathname === '/admin/host/status') return jsonReply(200, { id: app.name, state: 'Running' });
  return emptyReply(404);
}

/** Unknown key: 401. The system key of another extension: 403. */
function answerWebhook(app: FunctionApp, extension: string, request: LabRequest): LabReply | Promise<LabReply> {
  const key = presentedKey(request);
  const level = levelOf(app.keys, key);
  if (level !== 'system' && level !== 'master') return emptyReply(401);
  if (level === 'system' && app.keys.system[extension] !== key) return emptyReply(403);
  return echoReply(request, { app: app.name, extension });
}

function homepage({ method }: LabRequest): LabReply {
  if (method !== 'GET') return emptyReply(404);
  const body =
    '<!DOCTYPE html><html><head><title>Your Functions 4.0 app is up and running</title></head><body></body></html>';
  return { status: 200, headers: { 'Content-Type': 'text/html' }, body };
}

function plainReply(status: number, body: string): LabReply {
  return { status, headers: { 'Content-Type': 'text/plain' }, body };
}
