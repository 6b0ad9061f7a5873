import { findErrorCodes } from '../../call/error-codes.ts';
import { findHeader } from '../../call/exchange.ts';
import type { PolicyStatement } from '../../policy/effective-policy.ts';
import { literalOf } from '../../policy/policy-value.ts';
import type { TokenPolicy } from '../../policy/token-policy.ts';
import type { CauseId } from '../cause-id.ts';
import { meaningOfCode } from '../code-causes.ts';
import type { Confidence, Evidence } from '../evidence.ts';
import type { Recognising, Recognition } from '../gate.ts';
import { refusalInTrace, surenessOfReason, surenessOfTrace } from '../gateway-reason.ts';
import { causeInMessage, causeOfClaimMessage } from '../idx-message.ts';
import { NOT_RECOGNISED, readEnvelope } from '../recognition.ts';
import { candidatesOf } from './token-policy-candidates.ts';

/** What the documentation's own example of validate-jwt answers with. */
const DOCUMENTED_MESSAGE = 'Unauthorized. Access token is missing or invalid.';

const TWINS = ['validate-jwt', 'validate-azure-ad-token'];

/** What says that a token policy answered, and what it says of the cause. */
export interface Sign {
  confidence: Confidence;
  evidence: Evidence[];
  /** Causes a documented code leaves; absent when the answer names none. */
  allowed?: readonly CauseId[];
  /** The message of the library that validated, where the answer tells it. */
  message?: string;
  /** The policy's own text, when it is known which. */
  statement?: PolicyStatement;
}

/**
 * Recognises the answer of one of the two token policies: by a trace, by the headers of a documented on-error section, by
 * the message and status the policy itself sets, by the gateway's own messages, by the documentation's example.
 */
export function recogniseTokenPolicy(name: TokenPolicy['policy'], seen: Recognising): Recognition {
  const sign = findSign(name, seen);
  if (!sign) return NOT_RECOGNISED;
  return { confidence: sign.confidence, candidates: candidatesOf(sign, seen), facts: {} };
}

function findSign(name: TokenPolicy['policy'], seen: Recognising): Sign | undefined {
  if (isAnothers(name, seen)) return undefined;
  const own = ownStatement(name, seen);
  const sign = signInTrace(name, seen) ?? signInHeaders(name, seen) ?? own.sign ?? signInWords(name, seen);
  return sign && { ...sign, ...(own.statement ? { statement: own.statement } : {}) };
}

/** A trace or an `ErrorSource` names another policy. */
function isAnothers(name: TokenPolicy['policy'], seen: Recognising): boolean {
  const named = [refusalInTrace(seen)?.source, errorSourceOf(seen)];
  return named.some((source) => source !== undefined && source !== name);
}

function errorSourceOf({ exchange }: Recognising): string | undefined {
  return findHeader(exchange.response?.headers ?? [], 'ErrorSource')
    ?.value.trim()
    .toLowerCase();
}

/** A trace names the policy that refused, and why. */
function signInTrace(name: TokenPolicy['policy'], seen: Recognising): Sign | undefined {
  const entry = refusalInTrace(seen);
  if (entry?.source !== name) return undefined;
  const allowed = causesIn(entry.message, audienceSent(seen));
  return {
    confidence: surenessOfTrace(seen, entry),
    evidence: [{ id: 'traceSays', value: entry.message.slice(0, 300), other: entry.source }],
    message: entry.message,
    ...(allowed ? { allowed } : {}),
  };
}

function causesIn(text: string, audience: string | undefined): readonly CauseId[] | undefined {
  const exact = causeInMessage(text) ?? causeOfClaimMessage(text, audience);
  if (exact) return [exact];
  const causes = findErrorCodes({ text }).flatMap((code) => meaningOfCode(code)?.causes ?? []);
  return causes.length > 0 ? [...new Set(causes)] : undefined;
}

function audienceSent({ exchange }: Recognising): string | undefined {
  const authorization = exchange.call?.authorization;
  const aud = authorization?.type === 'bearer' ? authorization.bearer.token?.payload.aud : undefined;
  return typeof aud === 'string' ? aud : undefined;
}

/** `ErrorSource` and `ErrorReason`, the names the error-handling documentation uses. */
function signInHeaders(name: TokenPolicy['policy'], seen: Recognising): Sign | undefined {
  const { exchange } = seen;
  const headers = exchange.response?.headers ?? [];
  const code = findErrorCodes(exchange).find(({ family, where }) => family === 'apim' && where === 'header');
  if (!code || meaningOfCode(code)?.gate !== 'validateJwt') return undefined;
  if ((errorSourceOf(seen) ?? 'validate-jwt') !== name) return undefined;
  const message = findHeader(headers, 'ErrorMessage')?.value ?? '';
  const allowed = causesIn(message, audienceSent(seen)) ?? meaningOfCode(code)?.causes ?? [];
  return {
    confidence: surenessOfReason(seen, code),
    evidence: [{ id: 'jwtMessage', value: code.code }],
    message,
    ...(allowed.length > 0 ? { allowed } : {}),
  };
}

/** The policy whose own status and message the answer has; the only one of its name where none has its own message. */
function ownStatement(
  name: TokenPolicy['policy'],
  { exchange, knowledge }: Recognising,
): { statement?: PolicyStatement; sign?: Sign } {
  const statements = (knowledge.target?.policy?.value.inbound ?? []).filter((statement) => statement.name === name);
  const envelope = readEnvelope(exchange);
  const status = exchange.response?.status;
  const matching = statements.filter(({ policy }) => {
    if (policy.type !== 'token') return false;
    const ownStatus = literalOf(policy.failedStatus);
    const ownMessage = literalOf(policy.failedMessage);
    return ownMessage !== undefined && envelope?.message === ownMessage && (ownStatus ?? status) === status;
  });
  const [only] = matching.length > 0 ? matching : statements;
  if (!only || (matching.length === 0 && statements.length > 1)) return {};
  if (matching.length === 0) return { statement: only };
  const message: Evidence = { id: 'ownPolicyMessage', value: envelope?.message ?? '', other: String(only.line) };
  const isUnique = matching.length === 1 && !only.isUnsound;
  return { statement: only, sign: { confidence: isUnique ? 'certain' : 'likely', evidence: [message] } };
}

/** The gateway's own words: a sentence can be anybody's, so it counts for more in its envelope from API Management. */
function signInWords(name: TokenPolicy['policy'], seen: Recognising): Sign | undefined {
  const { exchange, knowledge } = seen;
  const { target } = knowledge;
  const policy = target?.policy?.value;
  const isThere = policy?.inbound.some((statement) => statement.name === name);
  const isTwinThere = policy?.inbound.some((statement) => TWINS.includes(statement.name));
  // Both answer alike: where the text is known, the one that stands in it; else the older and more frequent one.
  if (!isThere && (name === 'validate-azure-ad-token' || isTwinThere)) return undefined;
  const message = readEnvelope(exchange)?.message;
  const isGateway = target?.kind?.value === 'apim' && message !== undefined;
  const code = findErrorCodes(exchange).find(
    (found) => found.family === 'apim' && meaningOfCode(found)?.gate === 'validateJwt',
  );
  if (code) {
    const told = code.message === undefined ? undefined : causesIn(code.message, audienceSent(seen));
    const allowed = told ?? meaningOfCode(code)?.causes ?? [];
    const confidence = surenessOfReason(seen, code);
    return {
      confidence,
      evidence: [{ id: 'jwtMessage', value: code.code }],
      ...(allowed.length > 0 ? { allowed } : {}),
    };
  }
  if (exchange.response?.status !== 401 || message === undefined) return undefined;
  if (message === DOCUMENTED_MESSAGE)
    return { confidence: 'likely', evidence: [{ id: 'policyMessage', value: message }] };
  const isKeyMessage = findErrorCodes(exchange).some(({ family }) => family === 'apim');
  if (!isGateway || isKeyMessage) return undefined;
  return { confidence: 'possible', evidence: [{ id: 'gatewayEnvelope', value: message.slice(0, 200) }] };
}
