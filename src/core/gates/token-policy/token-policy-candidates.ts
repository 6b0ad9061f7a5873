import type { Call } from '../../call/call.ts';
import { findHeader } from '../../call/exchange.ts';
import type { PolicyStatement } from '../../policy/effective-policy.ts';
import { byDefault } from '../../policy/policy-value.ts';
import type { TokenPolicy } from '../../policy/token-policy.ts';
import type { CauseId } from '../cause-id.ts';
import type { Candidate, Confidence, Evidence } from '../evidence.ts';
import type { Recognising } from '../gate.ts';
import { refusedIn } from '../idx-message.ts';
import type { Finding, Judgement } from '../judgement.ts';
import { callAt } from '../policy-transform.ts';
import { evidenceOfFinding, presenceCause, surenessOfPresence, tokenCandidates, weaker } from '../recognition.ts';
import { judgeTokenPolicy } from './judge-token-policy.ts';
import type { Sign } from './recognise-token-policy.ts';

/** A validate-jwt with nothing but its defaults. */
const BARE_POLICY: TokenPolicy = {
  type: 'token',
  policy: 'validate-jwt',
  token: { from: 'header', name: byDefault('Authorization') },
  failedStatus: byDefault(401),
  requireExpirationTime: byDefault(true),
  requireSignedTokens: byDefault(true),
  clockSkewSec: byDefault(0),
  openIdUrls: [],
  signingKeys: 0,
  decryptionKeys: 0,
  requiredClaims: [],
  lines: {},
  unknownParts: [],
};
const BARE: PolicyStatement = { name: 'validate-jwt', policy: BARE_POLICY, line: 1, column: 1 };

/** Two names of one mistake: which check of the two met it, only a code says. */
const GRAPH: readonly CauseId[] = ['aud-is-graph', 'graph-nonce-token'];
const PRESENCE: readonly CauseId[] = ['missing-token', 'bearer-prefix-missing'];

/** The causes of a token policy's refusal: what the answer says, then what the policy's text or the profile says. */
export function candidatesOf(sign: Sign, seen: Recognising): Candidate[] {
  const { exchange, tokenFindings } = seen;
  const preflight = presenceCause(exchange.call);
  if (preflight?.cause === 'cors-preflight-unauthenticated') {
    return [{ cause: preflight.cause, confidence: weaker('likely', sign.confidence), evidence: [preflight.evidence] }];
  }
  const view = viewOf(sign.statement, seen);
  if (view?.replacedBy) return replacedCandidates(sign, view, view.replacedBy);
  const judged = view?.judged;
  const isDecided = judged?.verdict === 'refuses';
  const findings = isDecided ? judged.findings : [...(judged?.findings ?? []), ...tokenFindings];
  const usual = judged ? [] : usualFindings(seen);
  const stranger = sign.message === undefined ? undefined : anotherToken(sign.message, exchange.call);
  if (stranger) return strangerCandidates(sign, stranger);
  if (sign.allowed)
    return allowedCandidates(
      sign,
      sign.allowed,
      [...findings, ...usual.filter(isAboutTheToken)],
      isDecided,
      exchange.call,
    );
  if (!judged) return tokenCandidates(exchange.call, [...tokenFindings, ...usual], sign.evidence);
  if (isDecided) return decidedCandidates(sign, findings, exchange.call);
  if (findings.length === 0) return signatureCandidates(sign);
  const first = judged.findings.length > 0 ? weaker('likely', sign.confidence) : 'possible';
  return findings.map((finding, position) => candidate(sign, finding, position === 0 ? first : 'possible'));
}

function isAboutTheToken({ cause }: Finding): boolean {
  return !PRESENCE.includes(cause);
}

/** What a policy that says nothing would refuse: it tolerates no second on times (apim.md §1). */
function usualFindings(seen: Recognising): Finding[] {
  const { exchange, knowledge, nowMs, tokenFindings } = seen;
  if (!exchange.call) return [];
  const answeredMs = answeredAt(seen) ?? nowMs;
  const { findings } = judgeTokenPolicy(BARE, BARE_POLICY, exchange.call, knowledge, answeredMs);
  return findings.filter(({ cause }) => !tokenFindings.some((known) => known.cause === cause));
}

interface PolicyView {
  judged: Judgement;
  /** The policy before it that replaced the caller's Authorization. */
  replacedBy?: PolicyStatement;
  /** What it would have said to the call as the caller sent it. */
  judgedAsSent: Judgement;
}

/** That it answered shows that it ran, conditional or not. */
function viewOf(statement: PolicyStatement | undefined, seen: Recognising): PolicyView | undefined {
  const { exchange, knowledge, nowMs } = seen;
  const effective = knowledge.target?.policy?.value;
  if (statement?.policy.type !== 'token' || !exchange.call || !effective) return undefined;
  const { isConditional: _isConditional, ...run } = statement;
  const { policy } = statement;
  const at = callAt(statement, effective, exchange.call);
  const answeredMs = answeredAt(seen) ?? nowMs;
  return {
    judged: judgeTokenPolicy(run, policy, at.call, knowledge, answeredMs),
    judgedAsSent: judgeTokenPolicy(run, policy, exchange.call, knowledge, answeredMs),
    ...(at.replacedBy ? { replacedBy: at.replacedBy } : {}),
  };
}

/** When the server says it answered: by its clock it judged the token, and the answer may be an old one. */
function answeredAt({ exchange }: Recognising): number | undefined {
  const date = Date.parse(findHeader(exchange.response?.headers ?? [], 'date')?.value ?? '');
  return Number.isNaN(date) ? undefined : date;
}

function replacedCandidates(sign: Sign, view: PolicyView, replacedBy: PolicyStatement): Candidate[] {
  const isFit = view.judgedAsSent.verdict !== 'refuses';
  const isSure = isFit && !replacedBy.isConditional && !replacedBy.isUnsound;
  const evidence: Evidence[] = [
    ...sign.evidence,
    { id: 'authorizationReplaced', value: replacedBy.name, other: String(replacedBy.line) },
  ];
  const replaced: Candidate = {
    cause: 'apim-policy-overwrites-authorization',
    confidence: isSure ? sign.confidence : weaker('likely', sign.confidence),
    evidence,
    faultAt: 'policyTransform',
  };
  return [replaced, ...view.judgedAsSent.findings.map((finding) => candidate(sign, finding, 'possible'))];
}

/** The message quotes an issuer or audience the caller's token does not have: another token was validated. */
function anotherToken(message: string, call: Call | undefined): Evidence | undefined {
  const refused = refusedIn(message);
  const bearer = call?.authorization.type === 'bearer' ? call.authorization.bearer : undefined;
  const value = refused && bearer?.token?.payload[refused.claim];
  if (!refused || value === undefined || value === null) return undefined;
  const own = Array.isArray(value) ? value.map(String) : [String(value)];
  return own.includes(refused.value) ? undefined : { id: 'anotherToken', value: refused.value, other: own.join(', ') };
}

function strangerCandidates(sign: Sign, evidence: Evidence): Candidate[] {
  const replaced: Candidate = {
    cause: 'apim-policy-overwrites-authorization',
    confidence: 'likely',
    evidence: [...sign.evidence, evidence],
    faultAt: 'policyTransform',
  };
  const told = (sign.allowed ?? []).map(
    (cause): Candidate => ({ cause, confidence: 'possible', evidence: sign.evidence }),
  );
  return [replaced, ...told];
}

/** A documented code leaves these causes: the one that policy or token show, else all. */
function allowedCandidates(
  sign: Sign,
  allowed: readonly CauseId[],
  findings: readonly Finding[],
  isDecided: boolean,
  call: Call | undefined,
): Candidate[] {
  const shown = findings.filter(({ cause }) => allowed.includes(cause));
  const presence = allowed.some((cause) => PRESENCE.includes(cause)) ? presenceCause(call) : undefined;
  if (shown.length === 0 && presence) {
    const confidence = weaker(sign.confidence, surenessOfPresence(call));
    return [{ cause: presence.cause, confidence, evidence: [...sign.evidence, presence.evidence] }];
  }
  if (shown.length === 0) {
    return inOrder(allowed, call).map((cause, position) => ({
      cause,
      confidence:
        allowed.length === 1 ? sign.confidence : position === 0 ? weaker('likely', sign.confidence) : 'possible',
      evidence: sign.evidence,
    }));
  }
  const isOne = allowed.length === 1 || isDecided || shown.every(({ cause }) => GRAPH.includes(cause));
  return shown.map((finding, position) => {
    const sure = isOne ? sureOf(finding, sign.confidence, call) : weaker('likely', sign.confidence);
    return candidate(sign, finding, position === 0 ? sure : 'possible');
  });
}

function inOrder(allowed: readonly CauseId[], call: Call | undefined): readonly CauseId[] {
  // The header is there, and no token was found in it.
  if (call && allowed.includes('bearer-prefix-missing')) return [...allowed].sort();
  const token = call?.authorization.type === 'bearer' ? call.authorization.bearer.token : undefined;
  const isNoGraphToken = token !== undefined && token.header.nonce === undefined;
  return isNoGraphToken && allowed.length > 1 ? allowed.filter((cause) => !GRAPH.includes(cause)) : allowed;
}

/** What a token for another API, or an ID token, lacks besides. */
const FOLLOWING: readonly CauseId[] = [
  ...(['apim-required-claim-mismatch', 'issuer-v1-v2-mismatch', 'aud-mismatch', 'aud-is-graph'] as const),
];
const ROOTS: readonly CauseId[] = ['aud-is-graph', 'aud-mismatch', 'id-token-instead-of-access-token'];

/** True when one fault is there, or the others follow from the first: which of several the policy met, it does not say. */
function isOneFault([first, ...others]: readonly Finding[]): boolean {
  if (others.length === 0) return true;
  return first !== undefined && ROOTS.includes(first.cause) && others.every(({ cause }) => FOLLOWING.includes(cause));
}

/** The policy's text refuses this call: every finding is a fault, the first explains the others. */
function decidedCandidates(sign: Sign, findings: readonly Finding[], call: Call | undefined): Candidate[] {
  const isTwin = isGraphTokenWithNonce(call) && findings.some(({ cause }) => GRAPH.includes(cause));
  return findings.map((finding, position) => {
    const sure =
      isTwin || !isOneFault(findings) ? weaker('likely', sign.confidence) : sureOf(finding, sign.confidence, call);
    return candidate(sign, finding, position === 0 ? sure : weaker('likely', sign.confidence));
  });
}

function sureOf({ cause }: Finding, confidence: Confidence, call: Call | undefined): Confidence {
  return PRESENCE.includes(cause) ? weaker(confidence, surenessOfPresence(call)) : confidence;
}

function isGraphTokenWithNonce(call: Call | undefined): boolean {
  const bearer = call?.authorization.type === 'bearer' ? call.authorization.bearer : undefined;
  return bearer?.token?.header.nonce !== undefined;
}

/** Nothing in the policy's text explains it, so far as it can be checked: its keys are left. */
function signatureCandidates(sign: Sign): Candidate[] {
  const causes: readonly CauseId[] = ['signing-key-not-found', 'signature-tampered'];
  return causes.map((cause) => ({ cause, confidence: 'possible', evidence: sign.evidence }));
}

function candidate(sign: Sign, finding: Finding, confidence: Confidence): Candidate {
  return { cause: finding.cause, confidence, evidence: [...sign.evidence, evidenceOfFinding(finding)] };
}
