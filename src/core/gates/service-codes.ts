import { type FoundCode, findErrorCodes } from '../call/error-codes.ts';
import type { Exchange } from '../call/exchange.ts';
import { meaningOfCode } from './code-causes.ts';
import type { Candidate, Confidence, Evidence, Gate, GateId, Recognition } from './gate.ts';
import { NOT_RECOGNISED, openJudgement } from './recognition.ts';

export const keyVault = serviceGate('keyVault');
export const resourceManager = serviceGate('resourceManager');
export const graph = serviceGate('graph');

/** A Microsoft service, by the codes of its error bodies. */
function serviceGate(id: GateId): Gate {
  return {
    id,
    judge: (_step, call) => openJudgement(call),
    recognise: ({ exchange }) =>
      recogniseCodes(
        findErrorCodes(exchange).filter(
          (found) => (found.family === 'akv' || found.family === 'errorCode') && meaningOfCode(found)?.gate === id,
        ),
        isFrom(exchange, SERVICES),
      ),
  };
}

const SERVICES = /\.(vault\.azure\.(net|cn)|vault\.usgovcloudapi\.net)$|(^|\.)(management|graph)\.[a-z.]+$/;

/** False when the call is known to have gone to another host, which then passed the code on. */
export function isFrom({ call }: Exchange, hosts: RegExp): boolean {
  return call === undefined || !URL.canParse(call.url) || hosts.test(new URL(call.url).hostname);
}

/** What a documented code says, `certain` at its documented place from its own host. */
export function recogniseCodes([found, ...others]: readonly FoundCode[], isOwnHost: boolean): Recognition {
  const meaning = found && meaningOfCode(found);
  if (!found || !meaning) return others.length > 0 ? recogniseCodes(others, isOwnHost) : NOT_RECOGNISED;
  const isAtItsPlace = isOwnHost && (found.where === 'oauthError' || found.where === 'errorCode');
  const evidence: Evidence[] = [
    {
      id: isAtItsPlace ? 'documentedCode' : 'codeInText',
      value: found.code,
      ...(found.oauthError ? { other: found.oauthError } : {}),
    },
  ];
  const confidence: Confidence = isAtItsPlace ? 'certain' : 'likely';
  const isOnlyCause = meaning.causes.length === 1;
  const candidates = meaning.causes.map(
    (cause, position): Candidate => ({
      cause,
      confidence: isOnlyCause ? confidence : position === 0 ? 'likely' : 'possible',
      evidence,
    }),
  );
  return { confidence, candidates, facts: {} };
}
