import type { Call } from '../../../../../src/core/call/call.ts';
import type { Exchange } from '../../../../../src/core/call/exchange.ts';
import type { ApiProfile } from '../../../../../src/core/entra/api-profile.ts';
import { metadataUrl } from '../../../../../src/core/entra/authority.ts';
import { KeyStore } from '../../../../../src/core/entra/key-store.ts';
import type { KeySource } from '../../../../../src/core/entra/metadata.ts';
import { parseApiProfile } from '../../../../../src/core/entra/parse-api-profile.ts';
import { verifySignature } from '../../../../../src/core/entra/signature.ts';
import type { Knowledge } from '../../../../../src/core/gates/facts.ts';
import type { FetchText } from '../../../../../src/core/ports.ts';
import { readToken } from '../../../../../src/core/token/read-token.ts';
import { knowledgeOf } from '../../../../../src/core/why/knowledge.ts';
import { sendRequest } from '../../../../../src/net/sender.ts';
import type { Lab } from '../../../../lab/lab.ts';
import { get } from '../../../lab/lab-client.ts';
import { type Draft, factsOf, type PassingCall } from './passing-call.ts';

const SECRET = /^(authorization|cookie|ocp-apim-subscription-key|x-api-key|x-functions-key|x-zumo-auth)$/i;

/** A call that was really sent, with what its token's signature is worth. */
export interface SentCall {
  exchanges: Exchange[];
  status: number | undefined;
}

/** Sends over loopback with the product's sender, and verifies the token as the host does. */
export async function sendDraft(draft: Draft, keys: Readonly<Record<string, KeySource>>): Promise<SentCall> {
  const { token, headers, url } = draft;
  const all = { ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }), ...headers };
  const secretNames = Object.keys(all).filter((name) => SECRET.test(name));
  const { exchanges } = await sendRequest({
    method: draft.method,
    url,
    headers: Object.entries(all).map(([name, value]) => ({
      name,
      value,
      ...(secretNames.includes(name) ? { secret: true as const } : {}),
    })),
    ...(draft.body === undefined ? {} : { body: draft.body }),
    credentials: { headers: secretNames, queryParameters: ['code', 'sig'], origin: new URL(url).origin },
  });
  const signatures = token === undefined ? {} : await verify(token, keys);
  const signed = exchanges.map((exchange) => ({
    ...exchange,
    ...(exchange.call ? { call: withSignatures(exchange.call, signatures) } : {}),
  }));
  return { exchanges: signed, status: signed.at(-1)?.response?.status };
}

function withSignatures(call: Call, signatures: Awaited<ReturnType<typeof verify>>): Call {
  if (call.authorization.type !== 'bearer') return call;
  const { authorization } = call;
  return { ...call, authorization: { ...authorization, bearer: { ...authorization.bearer, signatures } } };
}

async function verify(token: string, keys: Readonly<Record<string, KeySource>>) {
  const { header } = readToken(token);
  const found = Object.entries(keys).map(async ([url, source]) =>
    header && source.ok ? ([[url, await verifySignature(token, header, source.keys)]] as const) : [],
  );
  return Object.fromEntries((await Promise.all(found)).flat());
}

/** Metadata and keys of both versions of the profile's authority. */
export async function readKeys(lab: Lab, { authority }: ApiProfile): Promise<Record<string, KeySource>> {
  const store = new KeyStore(fetchFrom(lab), Date.now);
  const urls = ([1, 2] as const).map((version) => metadataUrl(authority, version));
  const read = urls.map(async (url) => {
    const source = await store.read({ metadataUrl: url, mayFetch: async () => true });
    return [url, source] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}

function fetchFrom(lab: Lab): FetchText {
  return async (url) => {
    const { status, text, headers } = await get(lab, url.slice(lab.origin.length));
    return { ok: true, response: { status, text, contentType: headers['content-type'] ?? '' } };
  };
}

export function profileOf(lab: Lab, base: PassingCall): ApiProfile {
  const parsed = parseApiProfile('orders', base.profile(lab), 'user');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.profile;
}

/** Everything: the profile, the keys, and every fact of the target as it is now. */
export function fullKnowledge(
  lab: Lab,
  base: PassingCall,
  keys: Readonly<Record<string, KeySource>>,
  call: Call | undefined,
): Knowledge {
  const nowMs = Date.now();
  const known = knowledgeOf(profileOf(lab, base), undefined, keys, call, nowMs);
  return { ...known, target: { ...known.target, ...factsOf(base.facts(lab), nowMs) } };
}

/** The same exchanges, as if the call had gone to this host of Azure's. */
export function asSentTo(exchanges: readonly Exchange[], azureHost: string | undefined): readonly Exchange[] {
  if (azureHost === undefined) return exchanges;
  return exchanges.map((exchange) =>
    exchange.call ? { ...exchange, call: callTo(exchange.call, azureHost) } : exchange,
  );
}

function callTo(call: Call, host: string): Call {
  const url = new URL(call.url);
  const headers = call.headers.map((header) =>
    header.name.toLowerCase() === 'host' ? { ...header, value: host } : header,
  );
  return { ...call, headers, url: `https://${host}${url.pathname}${url.search}` };
}

/** Nothing but the call and its answer. */
export function noKnowledge(call: Call | undefined): Knowledge {
  return knowledgeOf(undefined, undefined, {}, call, Date.now());
}
