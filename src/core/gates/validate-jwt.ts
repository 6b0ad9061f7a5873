import { type FoundCode, findErrorCodes } from '../call/error-codes.ts';
import { bearerCheck } from './bearer-check.ts';
import { meaningOfCode } from './code-causes.ts';
import type { Candidate, Confidence, Evidence, Gate, Recognising, Recognition } from './gate.ts';
import {
  NOT_RECOGNISED,
  narrowCauses,
  openJudgement,
  presenceCause,
  readEnvelope,
  surenessOfPresence,
  tokenCandidates,
  weaker,
} from './recognition.ts';

/** What the documentation's own example of validate-jwt answers with. */
const DOCUMENTED_MESSAGE = 'Unauthorized. Access token is missing or invalid.';

/** The validate-jwt policy of API Management. Its text is not read yet, so it is judged as the profile's validator. */
export const validateJwt: Gate = {
  id: 'validateJwt',
  judge: (step, call, knowledge, nowMs) =>
    openJudgement(call, bearerCheck.judge(step, call, knowledge, nowMs).findings),
  recognise(seen) {
    const { exchange, knowledge } = seen;
    const code = findErrorCodes(exchange).find(
      (found) => found.family === 'apim' && meaningOfCode(found)?.gate === 'validateJwt',
    );
    if (code) return recogniseReason(seen, code);
    const { status } = exchange.response ?? {};
    const message = readEnvelope(exchange)?.message;
    if (status !== 401 || message === undefined) return NOT_RECOGNISED;
    if (message === DOCUMENTED_MESSAGE)
      return openRecognition(seen, 'likely', [{ id: 'policyMessage', value: message }]);
    if (knowledge.target?.kind?.value !== 'apim') return NOT_RECOGNISED;
    return openRecognition(seen, 'possible', [{ id: 'gatewayEnvelope', value: message.slice(0, 200) }]);
  },
};

function recogniseReason(seen: Recognising, found: FoundCode): Recognition {
  const { exchange, tokenFindings } = seen;
  const evidence: Evidence[] = [{ id: 'jwtMessage', value: found.code }];
  const surest = surenessOf(seen, found);
  if (found.code === 'JwtInvalid') return openRecognition(seen, surest, evidence);
  const allowed = meaningOfCode(found)?.causes ?? [];
  const presence = presenceCause(exchange.call);
  const isPresence = allowed.includes('missing-token');
  const causes = isPresence && presence ? [presence.cause] : narrowCauses(allowed, tokenFindings);
  const isDecided = causes.length === 1 && (allowed.length === 1 || (isPresence && presence !== undefined));
  const more = isPresence && presence ? [presence.evidence] : [];
  const presenceSureness = isPresence ? surenessOfPresence(exchange.call) : 'certain';
  const candidates = causes.map(
    (cause, position): Candidate => ({
      cause,
      confidence: isDecided ? weaker(surest, presenceSureness) : position === 0 ? weaker('likely', surest) : 'possible',
      evidence: [...evidence, ...more],
    }),
  );
  return { confidence: surest, candidates, facts: {} };
}

/**
 * A sentence or a word can be anybody's: only the header of the documented on-error section, or a message of the
 * catalogue in the gateway's envelope from what is known to be API Management, is the gateway's own.
 */
function surenessOf({ exchange, knowledge }: Recognising, { where, message }: FoundCode): Confidence {
  if (where === 'header') return 'certain';
  const isGateway = knowledge.target?.kind?.value === 'apim' && readEnvelope(exchange) !== undefined;
  return isGateway && message !== undefined ? 'certain' : 'likely';
}

function openRecognition(seen: Recognising, confidence: Confidence, evidence: Evidence[]): Recognition {
  const candidates = tokenCandidates(seen.exchange.call, seen.tokenFindings, evidence);
  return { confidence, candidates, facts: {} };
}
