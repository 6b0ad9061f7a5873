import type { LabReply } from '../loopback-server.ts';
import { type GatewayCall, headerOf } from './gateway-call.ts';
import { listOf, type PolicyElement } from './policy-document.ts';

/**
 * `cors`: answers a preflight itself. What matches no origin gets an empty 200, the preflight always and a GET or HEAD
 * unless `terminate-unmatched-request` is false; undefined lets the call go on.
 */
export function answerCors(policy: PolicyElement, call: GatewayCall): { reply: LabReply } | undefined {
  const origin = headerOf(call, 'Origin');
  if (origin === undefined) return undefined;
  const origins = listOf(policy, 'allowed-origins') ?? [];
  const isAllowed = origins.includes('*') || origins.includes(origin);
  const isPreflight = call.method === 'OPTIONS' && headerOf(call, 'Access-Control-Request-Method') !== undefined;
  if (isPreflight) return { reply: emptyOk(isAllowed ? grantsOf(policy, origin) : {}) };
  if (isAllowed || !['GET', 'HEAD'].includes(call.method)) return undefined;
  return policy.attributes['terminate-unmatched-request'] === 'false' ? undefined : { reply: emptyOk({}) };
}

function grantsOf(policy: PolicyElement, origin: string): Record<string, string> {
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Methods': (listOf(policy, 'allowed-methods') ?? ['GET', 'POST']).join(','),
    'Access-Control-Allow-Headers': (listOf(policy, 'allowed-headers') ?? []).join(','),
  };
}

function emptyOk(headers: Record<string, string>): LabReply {
  return { status: 200, headers, body: '' };
}
