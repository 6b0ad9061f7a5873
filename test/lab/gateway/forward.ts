import { type IncomingMessage, request as sendRequest } from 'node:http';
import type { LabReply } from '../loopback-server.ts';
import type { GatewayCall } from './gateway-call.ts';

/** What is sent on: the edge forwards as well. */
type ForwardedCall = Pick<GatewayCall, 'method' | 'url' | 'headerLines'>;

// RFC 9110 §7.6.1: they belong to one connection.
const OF_THE_CONNECTION = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Sends a call on, and hands its answer through as it comes: status, headers and body. Rejects without an answer. */
export async function forward(call: ForwardedCall, target: URL, body: Buffer, signal: AbortSignal): Promise<LabReply> {
  const response = await send(call, target, body, signal);
  const headers = Object.entries(response.headersDistinct)
    .filter(([name]) => !OF_THE_CONNECTION.has(name))
    .map(([name, values = []]) => [name, values.length === 1 ? (values[0] ?? '') : values] as const);
  return { status: response.statusCode ?? 502, headers: Object.fromEntries(headers), body: response };
}

function send(call: ForwardedCall, target: URL, body: Buffer, signal: AbortSignal): Promise<IncomingMessage> {
  const kept = call.headerLines.filter(
    ([name]) => !OF_THE_CONNECTION.has(name.toLowerCase()) && !['host', 'content-length'].includes(name.toLowerCase()),
  );
  const lines = [...kept, ['Host', target.host], ['X-Forwarded-Host', call.url.host]];
  const length = body.length > 0 || call.method === 'POST' ? [['Content-Length', String(body.length)]] : [];
  return new Promise((resolve, reject) => {
    const outgoing = sendRequest(target, {
      method: call.method,
      headers: [...lines, ...length].flat(),
      agent: false,
      signal,
    });
    outgoing.once('response', resolve);
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}
