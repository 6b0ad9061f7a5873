import type { Call } from '../call/call.ts';
import type { CauseId } from '../gates/cause-id.ts';
import type { EasyAuthFacts, Fact, Knowledge, TargetFacts } from '../gates/facts.ts';
import { DEFAULT_KEY_NAMES } from '../gates/subscription-key.ts';
import type { EffectivePolicy } from '../policy/effective-policy.ts';
import type { JsonObject } from '../token/token.ts';
import type { ExplainedFix } from './explanation.ts';
import { goodPayload, inVersion, payloadOf, renewed, type TokenBase, withToken } from './hypothetical-token.ts';

/** Call and knowledge as they are once a fix was made. */
export interface Changed {
  call: Call;
  knowledge: Knowledge;
}

/** Causes that a token of the right API, tenant and permission ends. */
const ENDED_BY_A_GOOD_TOKEN: readonly CauseId[] = [
  ...(['missing-token', 'bearer-prefix-missing', 'token-malformed', 'id-token-instead-of-access-token'] as const),
  ...(['aud-is-graph', 'aud-mismatch', 'graph-nonce-token', 'issuer-wrong-tenant', 'issuer-not-accepted'] as const),
  ...(['signature-tampered', 'scope-missing', 'role-missing', 'app-only-vs-delegated-mismatch'] as const),
  ...(['easyauth-audience-not-allowed', 'signing-key-not-found'] as const),
];

/**
 * What a fix of the catalogue changes, applied to call or knowledge. Undefined for one whose effect cannot be judged here:
 * it is outside, or what it would come to is not known.
 */
export function applyFix(
  cause: CauseId,
  { kind, value }: Pick<ExplainedFix, 'kind' | 'value'>,
  base: TokenBase,
): Changed | undefined {
  if (kind === 'target' || kind === 'weakens') return changeTarget(cause, kind, value, base);
  const call = changeCall(cause, base);
  return call && { call, knowledge: base.knowledge };
}

function changeCall(cause: CauseId, base: TokenBase): Call | undefined {
  const { call, nowMs } = base;
  const own = payloadOf(call);
  if (cause === 'token-expired') return own && withToken(base, renewed(own, nowMs), headerNonce(call));
  if (cause === 'function-key-missing' || cause === 'function-key-wrong') return withKey(call, 'x-functions-key');
  if (cause.startsWith('apim-subscription-key-')) return withKey(call, keyHeader(base.knowledge));
  if (!ENDED_BY_A_GOOD_TOKEN.includes(cause)) return undefined;
  const good = goodPayload(base);
  return good && withToken(base, good);
}

/** A fresh Graph token is a Graph token still. */
function headerNonce({ authorization }: Call): JsonObject {
  const nonce = authorization.type === 'bearer' ? authorization.bearer.token?.header.nonce : undefined;
  return nonce === undefined ? {} : { nonce };
}

function keyHeader({ profile, target }: Knowledge): string {
  return target?.subscriptionKey?.value.header ?? profile?.value.subscriptionKey?.header ?? DEFAULT_KEY_NAMES.header;
}

function withKey(call: Call, name: string): Call {
  const others = call.headers.filter((header) => header.name.toLowerCase() !== name.toLowerCase());
  return { ...call, headers: [...others, { name, value: '', masked: true, assumed: true }] };
}

function changeTarget(
  cause: CauseId,
  kind: 'target' | 'weakens',
  value: string | undefined,
  base: TokenBase,
): Changed | undefined {
  const { call, knowledge } = base;
  const own = payloadOf(call);
  const { target = {} } = knowledge;
  switch (cause) {
    case 'issuer-v1-v2-mismatch': {
      const version = /"requestedAccessTokenVersion": ([12])/.exec(value ?? '')?.[1];
      const payload = version === undefined ? undefined : inVersion(base, version === '2' ? 2 : 1);
      return payload && { call: withToken(base, payload), knowledge };
    }
    case 'function-key-missing':
      return kind === 'weakens' ? withFacts(base, { authLevel: set(target.authLevel, 'anonymous') }) : undefined;
    case 'apim-subscription-key-missing':
      return kind === 'weakens'
        ? withFacts(base, { subscriptionRequired: set(target.subscriptionRequired, false) })
        : undefined;
    case 'easyauth-audience-not-allowed':
      return typeof own?.aud === 'string' ? withEasyAuth(base, allowAudience(own.aud)) : undefined;
    case 'easyauth-client-not-allowed': {
      const client = own?.azp ?? own?.appid;
      return typeof client === 'string' ? withEasyAuth(base, allowClient(client)) : undefined;
    }
    case 'app-stopped-or-quota':
      return target.stopped ? withFacts(base, { stopped: set(target.stopped, false) }) : undefined;
    case 'apim-policy-overwrites-authorization':
      return target.policy
        ? withFacts(base, { policy: set(target.policy, validateFirst(target.policy.value)) })
        : undefined;
    default:
      return undefined;
  }
}

function withFacts({ call, knowledge }: TokenBase, facts: TargetFacts): Changed {
  return { call, knowledge: { ...knowledge, target: { ...knowledge.target, ...facts } } };
}

function set<T>(known: Fact<T> | undefined, value: T): Fact<T> {
  return { value, source: known?.source ?? 'user', readAtMs: known?.readAtMs ?? 0 };
}

function withEasyAuth(base: TokenBase, change: (settings: EasyAuthFacts) => EasyAuthFacts): Changed | undefined {
  const known = base.knowledge.target?.easyAuth;
  return known && withFacts(base, { easyAuth: set(known, change(known.value)) });
}

function allowAudience(audience: string): (settings: EasyAuthFacts) => EasyAuthFacts {
  return (settings) => ({ ...settings, allowedAudiences: [...(settings.allowedAudiences ?? []), audience] });
}

function allowClient(client: string): (settings: EasyAuthFacts) => EasyAuthFacts {
  return (settings) => ({ ...settings, allowedApplications: [...(settings.allowedApplications ?? []), client] });
}

/** Who validates tokens comes before who replaces them; everything else keeps its order. */
function validateFirst(policy: EffectivePolicy): EffectivePolicy {
  const validates = ({ policy: { type } }: EffectivePolicy['inbound'][number]) => type === 'token';
  const inbound = [...policy.inbound.filter(validates), ...policy.inbound.filter((one) => !validates(one))];
  return { ...policy, inbound };
}
