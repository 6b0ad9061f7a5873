import type { LabReply } from '../loopback-server.ts';
import { answerCors } from './cors.ts';
import { type GatewayCall, type GatewayRefusal, headerOf, withHeader, withoutHeader } from './gateway-call.ts';
import { filterAddress } from './ip-filter.ts';
import { type CountingWorld, holdQuota, limitRate } from './limits.ts';
import type { PolicyElement } from './policy-document.ts';
import { type TokenPolicyWorld, validateAzureAdToken, validateJwt } from './validate-token.ts';

/** What policies are enforced with. */
export interface PolicyWorld extends TokenPolicyWorld, CountingWorld {
  /** A token of the gateway's managed identity for a resource. */
  tokenFor: (resource: string) => Promise<string>;
}

/** The call as the next policy sees it, a refusal, or an answer that is no refusal: to a preflight. */
export type PolicyOutcome = { call: GatewayCall } | { refusal: GatewayRefusal } | { reply: LabReply };

/** Applies one policy of an inbound section. Throws for one the lab does not know. */
export async function applyPolicy(
  policy: PolicyElement,
  call: GatewayCall,
  world: PolicyWorld,
): Promise<PolicyOutcome> {
  switch (policy.name) {
    case 'base':
      return { call };
    case 'cors':
      return answerCors(policy, call) ?? { call };
    case 'validate-jwt':
      return refusedOr(call, validateJwt(policy, call, world));
    case 'validate-azure-ad-token':
      return refusedOr(call, validateAzureAdToken(policy, call, world));
    case 'ip-filter':
      return refusedOr(call, filterAddress(policy, call));
    case 'rate-limit':
      return refusedOr(call, limitRate(policy, call, world));
    case 'quota':
      return refusedOr(call, holdQuota(policy, call, world));
    case 'check-header':
      return refusedOr(call, checkHeader(policy, call));
    case 'set-header':
      return { call: setHeader(policy, call) };
    case 'set-query-parameter':
      return { call: setQueryParameter(policy, call) };
    case 'authentication-managed-identity':
      return { call: await authenticate(policy, call, world) };
    default:
      throw new Error(`The lab's gateway has no policy ${policy.name}.`);
  }
}

function refusedOr(call: GatewayCall, refusal: GatewayRefusal | undefined): PolicyOutcome {
  return refusal ? { refusal } : { call };
}

/** `override` replaces, `skip` keeps the caller's, `append` adds, `delete` removes. */
function setHeader({ attributes, children }: PolicyElement, call: GatewayCall): GatewayCall {
  const { name = '', 'exists-action': existsAction = 'override' } = attributes;
  const value = children.map(({ text }) => text).join(',');
  if (existsAction === 'skip' && headerOf(call, name) !== undefined) return call;
  if (existsAction === 'delete') return withoutHeader(call, name);
  if (existsAction !== 'append') return withHeader(call, name, value);
  return { ...call, headerLines: [...call.headerLines, [name, value] as const] };
}

function setQueryParameter({ attributes, children }: PolicyElement, call: GatewayCall): GatewayCall {
  const url = new URL(call.url);
  url.searchParams.set(attributes.name ?? '', children.map(({ text }) => text).join(','));
  return { ...call, url };
}

/** Without a variable to put it in, the token overwrites what the caller sent. */
async function authenticate(
  { attributes }: PolicyElement,
  call: GatewayCall,
  { tokenFor }: PolicyWorld,
): Promise<GatewayCall> {
  const token = await tokenFor(attributes.resource ?? '');
  const isKept = attributes['output-token-variable-name'] !== undefined;
  return isKept ? call : withHeader(call, 'Authorization', `Bearer ${token}`);
}

function checkHeader({ attributes, children }: PolicyElement, call: GatewayCall): GatewayRefusal | undefined {
  const { name = '', 'ignore-case': ignoresCase = 'false' } = attributes;
  const value = headerOf(call, name);
  const comparable = (text: string) => (ignoresCase === 'true' ? text.toLowerCase() : text);
  const allowed = children.map(({ text }) => comparable(text));
  if (value !== undefined && (allowed.length === 0 || allowed.includes(comparable(value)))) return undefined;
  return {
    status: Number(attributes['failed-check-httpcode']),
    message: attributes['failed-check-error-message'] ?? '',
    source: 'check-header',
    reason: value === undefined ? 'HeaderNotFound' : 'HeaderValueNotAllowed',
    detail:
      value === undefined
        ? `Header ${name} was not found in the request. Access denied.`
        : `Header ${name} value of ${value} is not allowed. Access denied.`,
  };
}
