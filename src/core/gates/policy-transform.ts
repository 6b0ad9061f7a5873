import { readAuthorization } from '../call/authorization.ts';
import type { Authorization, Call, Header } from '../call/call.ts';
import type { EffectivePolicy, PolicyStatement } from '../policy/effective-policy.ts';
import type { ExistsAction, TransformingPolicy } from '../policy/named-policy.ts';
import { allLiterals, literalOf } from '../policy/policy-value.ts';
import type { Gate } from './gate.ts';
import type { Judgement } from './judgement.ts';
import { headerOf, NOT_RECOGNISED, openJudgement, passing } from './recognition.ts';

/** Stands for a value a policy computes. */
const COMPUTED = '***';

/**
 * A policy that changes the call and never refuses it: `set-header`, `authentication-managed-identity` and their kin (apim.md
 * §3). What a broader scope, a fragment or a policy not read here does is unknown.
 */
export const policyTransform: Gate = {
  id: 'policyTransform',
  judge: ({ statement }, call) => (statement ? judgeStatement(statement, call) : openJudgement(call)),
  recognise: () => NOT_RECOGNISED,
};

/** The call as it reaches a policy, and the policy before it that replaced its Authorization. */
export function callAt(
  statement: PolicyStatement,
  { inbound, backend = [] }: EffectivePolicy,
  call: Call,
): { call: Call; replacedBy?: PolicyStatement } {
  let forwarded = call;
  let replacedBy: PolicyStatement | undefined;
  for (const before of [...inbound, ...backend]) {
    if (before === statement) break;
    const next = judgeStatement(before, forwarded).forwards;
    if (next.authorization !== forwarded.authorization) replacedBy = before;
    forwarded = next;
  }
  return { call: forwarded, ...(replacedBy ? { replacedBy } : {}) };
}

function judgeStatement({ policy, isConditional, isUnsound }: PolicyStatement, call: Call): Judgement {
  switch (policy.type) {
    case 'broader':
    case 'fragment':
    case 'other':
      return openJudgement(call);
    case 'token':
    case 'ipFilter':
    case 'rateLimit':
    case 'quota':
    case 'checkHeader':
    case 'cors':
    case 'returnResponse':
    case 'mockResponse':
      return passing(call);
    default: {
      const changed = changeCall(policy, call);
      if (changed === call) return passing(call);
      return isConditional || isUnsound ? openJudgement(perhaps(call, changed)) : passing(changed);
    }
  }
}

/** The call when it is not known whether the policy ran: what it would replace is unknown. */
function perhaps(call: Call, changed: Call): Call {
  if (changed.authorization === call.authorization) return call;
  return { ...call, authorization: { type: 'unknown', why: 'policy', setBy: 'step' } };
}

function changeCall(policy: TransformingPolicy, call: Call): Call {
  switch (policy.type) {
    case 'setHeader':
      return setHeader(policy, call);
    case 'setQuery':
      return setQuery(policy, call);
    case 'managedIdentity':
      return policy.outputVariable ? call : withAuthorization(call, { type: 'unknown', why: 'managedIdentity' });
    case 'basicCredential':
      return withAuthorization(call, { type: 'other', scheme: 'Basic' });
    case 'certificateCredential':
      return { ...call, clientCertificate: 'sent' };
    default:
      return call;
  }
}

function withAuthorization(call: Call, authorization: Authorization): Call {
  const headers = call.headers.filter(({ name }) => name.toLowerCase() !== 'authorization');
  const written: Header[] =
    authorization.type === 'none' ? [] : [{ name: 'Authorization', value: COMPUTED, masked: true }];
  return { ...call, headers: [...headers, ...written], authorization: { ...authorization, setBy: 'step' } };
}

function setHeader(policy: Extract<TransformingPolicy, { type: 'setHeader' }>, call: Call): Call {
  const name = literalOf(policy.header);
  const action = literalOf(policy.existsAction);
  if (name === undefined) return call;
  const isAuthorization = name.toLowerCase() === 'authorization';
  const isThere = isAuthorization ? call.authorization.type !== 'none' : headerOf(call, name) !== undefined;
  if (action === 'skip' && isThere) return call;
  if (isAuthorization) return setAuthorization(policy, call, action, isThere);
  const others = action === 'append' ? call.headers : call.headers.filter((header) => !isNamed(header, name));
  const value = allLiterals(policy.values)?.join(',');
  const written: Header = value === undefined ? { name, value: COMPUTED, masked: true } : { name, value };
  return { ...call, headers: action === 'delete' ? others : [...others, written] };
}

function isNamed(header: Header, name: string): boolean {
  return header.name.toLowerCase() === name.toLowerCase();
}

function setAuthorization(
  policy: Extract<TransformingPolicy, { type: 'setHeader' }>,
  call: Call,
  action: ExistsAction | undefined,
  isThere: boolean,
): Call {
  if (action === 'delete') return withAuthorization(call, { type: 'none' });
  if (action === 'append' && isThere) {
    return withAuthorization(call, { type: 'other', scheme: 'Bearer', fault: 'severalValues' });
  }
  const [value] = allLiterals(policy.values) ?? [];
  if (value === undefined || action === undefined) return withAuthorization(call, { type: 'unknown', why: 'policy' });
  const { setBy: _setBy, ...authorization } = readAuthorization([{ name: 'Authorization', value }]);
  return withAuthorization(call, authorization);
}

function setQuery(policy: Extract<TransformingPolicy, { type: 'setQuery' }>, call: Call): Call {
  const name = literalOf(policy.parameter);
  const action = literalOf(policy.existsAction);
  if (name === undefined || action === undefined || !URL.canParse(call.url)) return call;
  const url = new URL(call.url);
  if (action === 'skip' && url.searchParams.has(name)) return call;
  if (action !== 'append') url.searchParams.delete(name);
  if (action !== 'delete') url.searchParams.append(name, allLiterals(policy.values)?.join(',') ?? COMPUTED);
  return { ...call, url: url.href };
}
