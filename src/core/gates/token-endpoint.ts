import { type FoundCode, findErrorCodes } from '../call/error-codes.ts';
import { meaningOfCode } from './code-causes.ts';
import type { Candidate, Confidence, Evidence, Gate, Recognition } from './gate.ts';
import { NOT_RECOGNISED, openJudgement } from './recognition.ts';

/** Entra's token endpoint: an AADSTS number beside the OAuth error is its own word; quoted elsewhere it was passed on. */
export const tokenEndpoint: Gate = {
  id: 'tokenEndpoint',
  judge: (_step, call) => openJudgement(call),
  recognise: ({ exchange }) => recogniseCodes(findErrorCodes(exchange).filter(({ family }) => family === 'aadsts')),
};

/** A Microsoft service such as Key Vault or Resource Manager, by the codes of its error bodies. */
export const service: Gate = {
  id: 'service',
  judge: (_step, call) => openJudgement(call),
  recognise: ({ exchange }) =>
    recogniseCodes(findErrorCodes(exchange).filter(({ family }) => family === 'akv' || family === 'errorCode')),
};

function recogniseCodes([found, ...others]: readonly FoundCode[]): Recognition {
  const meaning = found && meaningOfCode(found);
  if (!found || !meaning) return others.length > 0 ? recogniseCodes(others) : NOT_RECOGNISED;
  const isAtItsPlace = found.where === 'oauthError' || found.where === 'errorCode';
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
