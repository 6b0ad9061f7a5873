import { type FoundCode, findErrorCodes } from '../call/error-codes.ts';
import { findHeader } from '../call/exchange.ts';
import { ownMember } from '../own-member.ts';
import type { PolicyStatement } from '../policy/effective-policy.ts';
import { readGatewayTrace, refusalIn, type TraceEntry } from '../policy/gateway-trace.ts';
import type { CauseId } from './cause-id.ts';
import { meaningOfCode } from './code-causes.ts';
import type { Confidence, Evidence } from './evidence.ts';
import type { Recognising, Recognition } from './gate.ts';
import { NOT_RECOGNISED, readEnvelope } from './recognition.ts';
import type { GateId } from './step.ts';

/** What the trace of an answer says of who ended the call; undefined without a trace. */
export function refusalInTrace({ exchange }: Recognising): TraceEntry | undefined {
  const told = exchange.response?.trace ?? exchange.text;
  return told === undefined ? undefined : refusalIn(readGatewayTrace(told));
}

/**
 * A sentence or a word can be anybody's: only the headers of the documented on-error section, or a message of the
 * catalogue in the gateway's envelope from what is known to be API Management, is the gateway's own. One of those headers
 * alone may be anybody's, too.
 */
export function surenessOfReason({ exchange, knowledge }: Recognising, found: FoundCode): Confidence {
  const { status, headers = [] } = exchange.response ?? {};
  const isGateway = knowledge.target?.kind?.value === 'apim';
  if (found.where === 'header') {
    const isDocumentedPair = findHeader(headers, 'ErrorSource') !== undefined;
    return isGateway || isDocumentedPair ? 'certain' : 'likely';
  }
  const isEnveloped = status !== undefined && readEnvelope(exchange)?.statusCode === status;
  const isFitting = (ownMember(FIXED_STATUSES, found.code) ?? status) === status;
  return isGateway && isEnveloped && isFitting && found.message !== undefined ? 'certain' : 'likely';
}

/** A trace is the gateway's own document; a line that looks like one of it may be of anybody's log. */
export function surenessOfTrace({ knowledge }: Recognising, { section }: TraceEntry): Confidence {
  return section !== undefined || knowledge.target?.kind?.value === 'apim' ? 'certain' : 'likely';
}

/** What no policy can answer otherwise (apim.md §4). */
const FIXED_STATUSES: Readonly<Record<string, number>> = {
  OperationNotFound: 404,
  RateLimitExceeded: 429,
  QuotaExceeded: 403,
};

/** Recognises a gate whose refusals have one cause: by a trace, a LastError reason, or the gateway's message. */
export function recogniseReason(
  gate: GateId,
  cause: CauseId,
  sources: readonly string[],
  seen: Recognising,
): Recognition {
  const entry = refusalInTrace(seen);
  if (entry && sources.includes(entry.source)) {
    const evidence: Evidence = { id: 'traceSays', value: entry.message.slice(0, 300), other: entry.source };
    const confidence = surenessOfTrace(seen, entry);
    return { confidence, candidates: [{ cause, confidence, evidence: [evidence] }], facts: {} };
  }
  const code = findErrorCodes(seen.exchange).find(
    (found) => found.family === 'apim' && meaningOfCode(found)?.gate === gate,
  );
  if (!code) return NOT_RECOGNISED;
  const confidence = surenessOfReason(seen, code);
  const evidence: Evidence = { id: 'keyMessage', value: code.code };
  return { confidence, candidates: [{ cause, confidence, evidence: [evidence] }], facts: {} };
}

/** The statements of a policy in the known text, by name. */
export function statementsOf({ knowledge }: Recognising, ...names: string[]): PolicyStatement[] {
  return (knowledge.target?.policy?.value.inbound ?? []).filter(({ name }) => names.includes(name));
}
