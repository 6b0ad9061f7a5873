import { type FoundCode, findErrorCodes } from '../../call/error-codes.ts';
import type { Exchange } from '../../call/exchange.ts';
import type { CauseId } from '../cause-id.ts';
import type { Candidate, Confidence, Evidence } from '../evidence.ts';
import type { Recognising, Recognition } from '../gate.ts';
import type { Finding } from '../judgement.ts';
import { evidenceOfFinding, presenceCause } from '../recognition.ts';
import type { Origin } from './service-hosts.ts';

/** The `error` object a Microsoft service answered with. The message is the server's words. */
export interface ServiceError {
  code: string;
  innerCode?: string;
  message: string;
  /** Not answered but told: in an SDK's exception, in a command's output, in a log. */
  isTold?: true;
}

/** Undefined when the answer has no code at the documented place, and no text tells one. */
export function readServiceError(exchange: Exchange): ServiceError | undefined {
  const found = findErrorCodes(exchange).find(({ family, where }) => family === 'errorCode' && where === 'errorCode');
  if (!found) return toldError(`${exchange.text ?? ''}\n${exchange.response?.trace ?? ''}`);
  const { code, message = '', innerCode } = found;
  return { code, message, ...(innerCode === undefined ? {} : { innerCode }) };
}

/** Words that are nobody else's; those that could be are read only where an SDK or the CLI puts a code. */
const TOLD =
  /\b(?:ForbiddenBy(?:Rbac|Policy|Firewall|Connection)|InvalidAuthenticationToken(?:Tenant|Audience)|ExpiredAuthenticationToken|Linked(?:AuthorizationFailed|AccessCheckFailed)|Authorization_(?:RequestDenied|IdentityNotFound)|AuthorizationPermissionMismatch)\b|(?<=\(|Code: |"code": ")AuthorizationFailed\b/;
const LONGEST_TOLD = 2_000;

function toldError(text: string): ServiceError | undefined {
  const code = TOLD.exec(text)?.[0];
  if (code === undefined) return undefined;
  const message = text.trim().slice(0, LONGEST_TOLD);
  const isInner = code.startsWith('ForbiddenBy');
  return { ...(isInner ? { code: 'Forbidden', innerCode: code } : { code }), message, isTold: true };
}

/** A numbered code (AKV, IDX, AADSTS) of an answer, at its best place. */
export function findNumbered(exchange: Exchange, family: FoundCode['family']): FoundCode | undefined {
  return findErrorCodes(exchange).find((found) => found.family === family);
}

/**
 * How sure a code makes that the service refused. A code that only this service has counts without knowing the host;
 * from another host, or told in a text, it was passed on, and may be of another call.
 */
export function surenessOf(origin: Origin, isDistinctive: boolean, error?: ServiceError): Confidence {
  if (error?.isTold) return 'likely';
  return origin === 'own' || (origin === 'unknown' && isDistinctive) ? 'certain' : 'likely';
}

/** The error code as evidence; `documentedCode` only where it stands at its documented place. */
export function evidenceOfCode({ code, innerCode }: ServiceError, confidence: Confidence): Evidence {
  const value = innerCode === undefined ? code : `${code}/${innerCode}`;
  return { id: confidence === 'certain' ? 'documentedCode' : 'codeInText', value };
}

/** A recognition with one cause, and what else it may be. */
export function recognised(
  confidence: Confidence,
  cause: CauseId,
  evidence: Evidence[],
  alternatives: readonly CauseId[] = [],
  sureness = confidence,
): Recognition {
  const others = alternatives.map((other): Candidate => ({ cause: other, confidence: 'possible', evidence }));
  return { confidence, candidates: [{ cause, confidence: sureness, evidence }, ...others], facts: {} };
}

/**
 * The causes of a refusal that says no more than "not with this credential": what is missing, else what the token shows.
 * One fault seen in the token, at a service that looks for it, is the cause; where it shows none, `untold` are possible.
 */
export function recogniseByCredential(
  { exchange }: Recognising,
  faults: readonly Finding[],
  confidence: Confidence,
  evidence: Evidence[],
  untold: readonly CauseId[] = [],
): Recognition {
  const presence = presenceCause(exchange.call);
  if (presence) return recognised(confidence, presence.cause, [...evidence, presence.evidence], [], 'likely');
  const candidates = faults.map(
    (fault, index): Candidate => ({
      cause: fault.cause,
      confidence: index > 0 ? 'possible' : faults.length === 1 ? confidence : 'likely',
      evidence: [...evidence, evidenceOfFinding(fault)],
    }),
  );
  const guesses = untold.map((cause): Candidate => ({ cause, confidence: 'possible', evidence }));
  return { confidence, candidates: candidates.length > 0 ? candidates : guesses, facts: {} };
}
