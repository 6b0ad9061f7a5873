import type { LabReply } from '../loopback-server.ts';
import type { GatewayRefusal } from './gateway-call.ts';
import type { PolicyElement } from './policy-document.ts';

/** What an `on-error` section makes of the gateway's refusal: `set-header`, `set-status` and `set-body`. */
export function runOnError(section: readonly PolicyElement[], refusal: GatewayRefusal, reply: LabReply): LabReply {
  let { status, body } = reply;
  const headers = { ...reply.headers };
  for (const { name, attributes, text, children } of section) {
    if (name === 'set-header') headers[attributes.name ?? ''] = written(children[0]?.text ?? '', refusal);
    if (name === 'set-status') status = Number(attributes.code);
    if (name === 'set-body') body = written(text, refusal);
  }
  return { ...reply, status, headers, body };
}

/** Of all expressions only `@(context.LastError.…)`, the ones of the documentation's example. */
function written(text: string, { message, source, reason, detail }: GatewayRefusal): string {
  const member = /^@\(context\.LastError\.(\w+)\)$/.exec(text)?.[1];
  if (member === undefined) return text;
  const members: Record<string, string> = {
    Source: source,
    Reason: reason,
    Message: detail ?? message,
    Scope: 'api',
    Section: 'inbound',
    Path: source,
  };
  return members[member] ?? '';
}
