import { findErrorCodes } from '../call/error-codes.ts';
import { findHeader } from '../call/exchange.ts';
import { readChallenges } from '../call/www-authenticate.ts';
import type { PolicyStatement } from '../policy/effective-policy.ts';
import { backendStatusIn, readGatewayTrace } from '../policy/gateway-trace.ts';
import { literalOf } from '../policy/policy-value.ts';
import type { CauseId } from './cause-id.ts';
import type { Candidate, Evidence } from './evidence.ts';
import type { Gate, Recognising, Recognition } from './gate.ts';
import { refusalInTrace } from './gateway-reason.ts';
import { NOT_RECOGNISED, openJudgement, readEnvelope } from './recognition.ts';

/**
 * What the gateway sends its backend as its own credential. It refuses nothing; but when the gateway let a call pass and
 * the backend refuses, the fault may lie here: no credential, or one the backend does not take.
 */
export const backendCredential: Gate = {
  id: 'backendCredential',
  judge: (_step, call) => openJudgement(call),
  recognise: recogniseBackendRefusal,
};

function recogniseBackendRefusal(seen: Recognising): Recognition {
  const { exchange, knowledge } = seen;
  const { response, call } = exchange;
  const status = response?.status;
  if (knowledge.target?.kind?.value !== 'apim' || (status !== 401 && status !== 403)) return NOT_RECOGNISED;
  const told = response?.trace ?? exchange.text;
  const backendStatus = told === undefined ? undefined : backendStatusIn(readGatewayTrace(told));
  const isGateways = isAnswerOfGateway(seen);
  const isBackends = backendStatus === 401 || backendStatus === 403;
  if (!isBackends && isGateways) return NOT_RECOGNISED;
  const credential = credentialSent(seen);
  const cause: CauseId = credential ? 'apim-backend-credential-wrong' : 'apim-backend-credential-missing';
  const evidence: Evidence[] = [
    isBackends ? { id: 'backendAnswered', value: String(backendStatus) } : { id: 'notTheGateways' },
    ...(credential ? [{ id: 'credentialOfGateway', value: credential } as const] : []),
  ];
  const isCallersToken = call?.authorization.type === 'bearer' || call?.authorization.type === 'unknown';
  const asksForToken = readChallenges(response?.headers ?? []).some(({ scheme }) => /^Bearer$/i.test(scheme));
  const isOpen = isCallersToken || (asksForToken && !isBackends);
  const confidence = isOpen && !credential ? 'possible' : 'likely';
  const own: Candidate = { cause, confidence, evidence };
  return { confidence, candidates: [own], facts: {} };
}

/** The envelope, the key challenge, a documented reason: or a trace that names a policy. */
function isAnswerOfGateway(seen: Recognising): boolean {
  const { exchange } = seen;
  const headers = exchange.response?.headers ?? [];
  return (
    readEnvelope(exchange) !== undefined ||
    readChallenges(headers).some(({ scheme }) => /^AzureApiManagementKey$/i.test(scheme)) ||
    findHeader(headers, 'ErrorSource') !== undefined ||
    findErrorCodes(exchange).some(({ family }) => family === 'apim') ||
    refusalInTrace(seen) !== undefined
  );
}

/** What a policy that surely runs, or a known setting, sends in the gateway's own name. */
function credentialSent({ knowledge }: Recognising): string | undefined {
  const { policy, backendCredential: known } = knowledge.target ?? {};
  if (known && known.value !== 'none') return known.value;
  const statements = [...(policy?.value.inbound ?? []), ...(policy?.value.backend ?? [])];
  return statements.find(isCredential)?.name;
}

function isCredential({ policy, isConditional }: PolicyStatement): boolean {
  if (isConditional) return false;
  switch (policy.type) {
    case 'managedIdentity':
      return policy.outputVariable === undefined;
    case 'basicCredential':
    case 'certificateCredential':
      return true;
    case 'setHeader':
      return (
        /^(authorization|x-functions-key)$/i.test(literalOf(policy.header) ?? '') &&
        literalOf(policy.existsAction) !== 'delete'
      );
    case 'setQuery':
      return literalOf(policy.parameter)?.toLowerCase() === 'code';
    default:
      return false;
  }
}
