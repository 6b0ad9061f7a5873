import type { Subscription } from './subscriptions.ts';

/** A call on its way through the gateway: policies hand on another one, none is changed. */
export interface GatewayCall {
  method: string;
  url: URL;
  headerLines: readonly (readonly [name: string, value: string])[];
  /** The caller's, without a port. */
  address: string;
  /** The API it was matched to. */
  apiId: string;
  /** Whose key was used, if any. */
  subscription?: Subscription;
}

/** Why the gateway refused, with `context.LastError` as its documentation names it. */
export interface GatewayRefusal {
  status: number;
  message: string;
  headers?: Readonly<Record<string, string>>;
  source: string;
  reason: string;
  /** LastError.Message, when it says more than the caller is told. */
  detail?: string;
}

export function headerOf({ headerLines }: Pick<GatewayCall, 'headerLines'>, name: string): string | undefined {
  return headerLines.find(([candidate]) => candidate.toLowerCase() === name.toLowerCase())?.[1];
}

export function withHeader(call: GatewayCall, name: string, value: string): GatewayCall {
  return { ...call, headerLines: [...withoutHeader(call, name).headerLines, [name, value] as const] };
}

export function withoutHeader(call: GatewayCall, name: string): GatewayCall {
  return {
    ...call,
    headerLines: call.headerLines.filter(([candidate]) => candidate.toLowerCase() !== name.toLowerCase()),
  };
}
