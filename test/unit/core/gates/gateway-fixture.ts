import type { Authorization, Call, Header } from '../../../../src/core/call/call.ts';
import type { Exchange } from '../../../../src/core/call/exchange.ts';
import type { KeySource } from '../../../../src/core/entra/metadata.ts';
import type { SignatureFinding } from '../../../../src/core/entra/signature.ts';
import { GATES, gateOf } from '../../../../src/core/gates/all-gates.ts';
import type { Fact, Knowledge, TargetFacts } from '../../../../src/core/gates/facts.ts';
import type { Recognition } from '../../../../src/core/gates/gate.ts';
import type { Judgement } from '../../../../src/core/gates/judgement.ts';
import type { GateId } from '../../../../src/core/gates/step.ts';
import { effectivePolicyOf } from '../../../../src/core/policy/effective-policy.ts';
import { readPolicy } from '../../../../src/core/policy/read-policy.ts';
import * as at from '../entra-fixture.ts';

export const V2_CONFIG = `${at.LOGIN}/${at.TENANT}/v2.0/.well-known/openid-configuration`;
export const V1_CONFIG = `${at.LOGIN}/${at.TENANT}/.well-known/openid-configuration`;

/** A whole token by its claims, whose signature was verified with `state` by the keys of `urls`. */
export function bearer(
  claims: Record<string, unknown>,
  header: Record<string, unknown> = {},
  state: SignatureFinding['state'] = 'valid',
  urls: readonly string[] = [V2_CONFIG],
): Authorization {
  const raw = at.encodeToken({ alg: 'RS256', kid: at.KID, typ: 'JWT', ...header }, claims, 'c2lnbmF0dXJl');
  const token = { header: { alg: 'RS256', kid: at.KID, typ: 'JWT', ...header }, payload: claims } as never;
  const signatures = Object.fromEntries(urls.map((url) => [url, { state }]));
  return { type: 'bearer', bearer: { raw, token, partial: false, signatures } };
}

export function callWith(authorization: Authorization, headers: Record<string, string> = {}, method = 'GET'): Call {
  const url = 'https://contoso.azure-api.net/orders/1';
  const all: Header[] = Object.entries({ Host: 'contoso.azure-api.net', ...headers }).map(([name, value]) => ({
    name,
    value,
  }));
  return { method, url, headers: all, authorization: { ...authorization, setBy: 'caller' } };
}

export function fact<T>(value: T): Fact<T> {
  return { value, source: 'file', readAtMs: at.NOW_MS };
}

/** What is known of a gateway with this policy text. */
export function knowing(policy?: string, more: TargetFacts = {}): Knowledge {
  const keys: KeySource = {
    ok: true,
    metadataUrl: V2_CONFIG,
    issuer: at.V2_ISSUER,
    jwksUri: 'https://keys',
    keys: [],
    readAtMs: at.NOW_MS,
  };
  return {
    keySources: { [V2_CONFIG]: keys },
    target: {
      kind: fact('apim'),
      ...(policy === undefined ? {} : { policy: fact(effectivePolicyOf(readPolicy(policy))) }),
      ...more,
    },
  };
}

/** Judges the policy of this name in the text, the first one; the call comes as the policies before leave it. */
export function judge(policy: string, call: Call, gate: GateId, name: string): Judgement {
  const knowledge = knowing(policy);
  let forwarded = call;
  for (const statement of knowledge.target?.policy?.value.inbound ?? []) {
    const isOwn = statement.name === name;
    const step = { gate: isOwn ? gate : ('policyTransform' as const), hop: 'gateway', statement } as const;
    const judgement = gateOf(step.gate)?.judge(step, forwarded, knowledge, at.NOW_MS);
    if (!judgement) break;
    if (isOwn) return judgement;
    forwarded = judgement.forwards;
  }
  throw new Error(`no ${name} in the policy`);
}

/** `refuses token-expired`, `passes`, `unknown audience-…`: verdict and findings. */
export function shown({ verdict, findings }: Judgement): string {
  return [verdict, ...findings.map(({ cause }) => cause)].join(' ');
}

export function answerOf(
  status: number,
  body: string | undefined,
  headers: Record<string, string> = {},
  trace?: string,
): NonNullable<Exchange['response']> {
  return {
    status,
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
    headersComplete: true,
    body: body === undefined ? { bytes: 0, isComplete: true } : { text: body, bytes: body.length, isComplete: true },
    ...(trace === undefined ? {} : { trace }),
  };
}

export function envelope(statusCode: number, message: string): string {
  return JSON.stringify({ statusCode, message });
}

export function recognise(gate: GateId, exchange: Exchange, knowledge: Knowledge): Recognition {
  const found = GATES.find(({ id }) => id === gate);
  if (!found) throw new Error(`no gate ${gate}`);
  return found.recognise({ exchange, tokenFindings: [], knowledge, nowMs: at.NOW_MS });
}

/** `certain token-expired, likely …`: candidates; empty when nothing was recognised. */
export function candidates({ candidates: list }: Recognition): string {
  return list.map(({ confidence, cause }) => `${confidence} ${cause}`).join(', ');
}
