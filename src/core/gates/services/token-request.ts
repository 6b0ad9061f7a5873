import type { BearerToken, Call } from '../../call/call.ts';
import { asJsonObject } from './json-body.ts';

/**
 * A parameter of a request for a token: of its form, of its query, or of a body shown as JSON. Undefined when it is not
 * there, or masked.
 */
export function formValue(call: Call | undefined, name: string): string | undefined {
  if (!call) return undefined;
  const inQuery = URL.canParse(call.url) ? new URL(call.url).searchParams.get(name) : null;
  const value = inQuery ?? valueInBody(call.body, name);
  return value === undefined || value === '' || /[<*{]/.test(value) ? undefined : value;
}

function valueInBody(body: string | undefined, name: string): string | undefined {
  if (body === undefined || body.length > 64 * 1024) return undefined;
  const json = asJsonObject(body);
  if (json) return typeof json[name] === 'string' ? json[name] : undefined;
  return new URLSearchParams(body).get(name) ?? undefined;
}

/** The token an on-behalf-of request exchanges. */
export function assertionOf(call: Call | undefined): BearerToken | undefined {
  return call?.bodyToken;
}
