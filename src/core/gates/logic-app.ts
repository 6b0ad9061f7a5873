import type { Call } from '../call/call.ts';
import { findErrorCodes } from '../call/error-codes.ts';
import { ownMember } from '../own-member.ts';
import { readStrings } from './bearer/token-under-check.ts';
import type { CauseId } from './cause-id.ts';
import type { Evidence } from './evidence.ts';
import type { LogicAppFacts } from './facts.ts';
import type { Gate } from './gate.ts';
import type { Finding } from './judgement.ts';
import { NOT_RECOGNISED, openJudgement, passing, queryValue, refusing } from './recognition.ts';
import { recognised, surenessOf } from './services/service-error.ts';
import { originOf } from './services/service-hosts.ts';
import { claimsOf } from './services/service-token.ts';

/** Codes of the Request trigger; nobody else has them, and a gateway passes them on unchanged. */
const CODES: Readonly<Record<string, CauseId>> = {
  DirectApiRequestHasMoreThanOneAuthorization: 'logic-app-two-credentials',
  DirectApiAuthorizationRequired: 'logic-app-sas-missing',
  MisMatchingOAuthClaims: 'logic-app-claims-mismatch',
};

/** The Request trigger of a Logic App: its signed address, or a token one of its policies accepts, and never both. */
export const logicApp: Gate = {
  id: 'logicApp',
  judge(_step, call, { target }) {
    const isSigned = queryValue(call, 'sig') !== undefined;
    const hasToken = call.authorization.type !== 'none';
    if (isSigned && hasToken) return refusing(call, { cause: 'logic-app-two-credentials' });
    if (isSigned) return openJudgement(call);
    if (!hasToken) return refusing(call, { cause: 'logic-app-sas-missing' });
    return judgeToken(call, target?.logicApp?.value.policies);
  },
  recognise({ exchange, knowledge }) {
    const found = findErrorCodes(exchange).find(({ code }) => ownMember(CODES, code) !== undefined);
    const cause = found && ownMember(CODES, found.code);
    if (!found || cause === undefined) return NOT_RECOGNISED;
    const confidence =
      found.where === 'errorCode' ? surenessOf(originOf(exchange, knowledge, 'logicApp'), true) : 'likely';
    const evidence: Evidence[] = [
      { id: confidence === 'certain' ? 'documentedCode' : 'codeInText', value: found.code },
    ];
    return recognised(confidence, cause, evidence, [], found.where === 'errorCode' ? 'certain' : 'likely');
  },
};

/** Every claim of one policy has to be the token's, letter by letter. */
function judgeToken(call: Call, policies: LogicAppFacts['policies']) {
  const claims = claimsOf(call);
  if (!policies || !claims)
    return openJudgement(call, [], [policies ? { fact: 'token' } : { fact: 'target', member: 'logicApp' }]);
  const fits = policies.some((policy) =>
    Object.entries(policy.claims).every(([name, value]) => readStrings(ownMember(claims, name))?.includes(value)),
  );
  if (fits) return passing(call);
  const finding: Finding = {
    cause: 'logic-app-claims-mismatch',
    seen: String(claims.aud ?? ''),
    expected: audiencesOf(policies),
  };
  return refusing(call, finding);
}

function audiencesOf(policies: NonNullable<LogicAppFacts['policies']>): string[] {
  return policies.flatMap(({ claims }) => (claims.aud === undefined ? [] : [claims.aud]));
}
