import { findErrorCodes } from '../call/error-codes.ts';
import { type CallResponse, findHeader } from '../call/exchange.ts';
import { readChallenges } from '../call/www-authenticate.ts';
import { bearerCheck } from './bearer-check.ts';
import { meaningOfCode } from './code-causes.ts';
import type { Candidate, CauseId, Evidence, Gate, Recognising, Recognition } from './gate.ts';
import { NOT_RECOGNISED, narrowCauses, openJudgement, tokenCandidates } from './recognition.ts';
import { claimsCandidate } from './services/claims-challenge.ts';

/** What ASP.NET Core's JwtBearer writes into `error_description`. Others may write the same: never certain. */
const DESCRIPTIONS: readonly (readonly [pattern: RegExp, causes: readonly CauseId[]])[] = [
  [/^The token expired at /, ['token-expired']],
  [/^The token is not valid before /, ['token-not-yet-valid']],
  [
    /^The audience '.*' is invalid/,
    ['aud-mismatch', 'aud-clientid-vs-appiduri', 'aud-is-graph', 'functions-bearer-scheme-collision'],
  ],
  [/^The issuer '.*' is invalid/, ['issuer-v1-v2-mismatch', 'issuer-wrong-tenant', 'issuer-not-accepted']],
  [/^The signature key was not found/, ['signing-key-not-found']],
  [/^The signature is invalid/, ['graph-nonce-token', 'signature-tampered']],
];

/** Frameworks and proxies by what only they say; they are not Azure's, and no platform is blamed for them. */
const SIGNATURES: readonly (readonly [name: string, isIt: (response: CallResponse) => boolean])[] = [
  [
    'Kong',
    (response) =>
      headerHas(response, 'server', /kong/i) || findHeader(response.headers, 'x-kong-response-latency') !== undefined,
  ],
  [
    'AWS',
    (response) =>
      ['x-amzn-errortype', 'x-amzn-requestid', 'x-amz-apigw-id'].some((name) => findHeader(response.headers, name)),
  ],
  ['nginx', (response) => /<center>nginx/.test(response.body?.text ?? '')],
  [
    'Spring',
    (response) => /"timestamp"\s*:/.test(response.body?.text ?? '') && /"path"\s*:/.test(response.body?.text ?? ''),
  ],
  [
    'NestJS',
    (response) =>
      /^\{"(message":"Unauthorized","statusCode":401|statusCode":401,"message":"Unauthorized")/.test(
        response.body?.text ?? '',
      ),
  ],
];

/** The app's own check, or whatever else stands where nothing of Azure's is known. */
export const app: Gate = {
  id: 'app',
  judge: (step, call, knowledge, nowMs) =>
    openJudgement(call, bearerCheck.judge(step, call, knowledge, nowMs).findings),
  recognise(seen) {
    const { response } = seen.exchange;
    const claims = claimsCandidate(response);
    if (claims) return { confidence: 'likely', candidates: [claims], facts: {} };
    const byCode = recogniseCode(seen);
    if (byCode) return byCode;
    if (response?.status !== 401 && response?.status !== 403) return NOT_RECOGNISED;
    return recogniseDescription(seen, response) ?? recogniseItself(seen, response);
  },
};

function recogniseCode({ exchange, tokenFindings }: Recognising): Recognition | undefined {
  const found = findErrorCodes(exchange).find(({ family }) => family === 'idx' || family === 'idw');
  const causes = narrowCauses((found && meaningOfCode(found)?.causes) ?? [], tokenFindings);
  if (!found || causes.length === 0) return undefined;
  const evidence: Evidence[] = [{ id: 'codeInText', value: found.code }];
  return { confidence: 'likely', candidates: rank(causes, evidence), facts: {} };
}

function recogniseDescription({ tokenFindings }: Recognising, { headers }: CallResponse): Recognition | undefined {
  const challenge = readChallenges(headers).find(({ scheme }) => /^Bearer$/i.test(scheme));
  const description = challenge?.parameters.error_description ?? '';
  const causes = DESCRIPTIONS.find(([pattern]) => pattern.test(description))?.[1];
  if (!causes) return undefined;
  const evidence: Evidence[] = [{ id: 'bearerChallenge', value: description.slice(0, 200) }];
  return { confidence: 'likely', candidates: rank(narrowCauses(causes, tokenFindings), evidence), facts: {} };
}

function recogniseItself({ exchange, tokenFindings }: Recognising, response: CallResponse): Recognition {
  const signature = SIGNATURES.find(([, isIt]) => isIt(response))?.[0];
  const evidence: Evidence[] = signature
    ? [{ id: 'appSignature', value: signature }]
    : [{ id: 'noPlatformSignature' }, { id: 'statusIs', value: String(response.status) }];
  const itself: Candidate = { cause: 'app-unspecified', confidence: signature ? 'likely' : 'possible', evidence };
  const byToken = tokenCandidates(exchange.call, tokenFindings, evidence.slice(0, 1)).map(
    (candidate): Candidate => ({
      ...candidate,
      confidence: signature ? 'possible' : candidate.confidence,
    }),
  );
  const candidates = signature ? [itself, ...byToken] : [...byToken, itself];
  return { confidence: signature ? 'likely' : 'possible', candidates, facts: {} };
}

function rank(causes: readonly CauseId[], evidence: Evidence[]): Candidate[] {
  return causes.map((cause, position) => ({
    cause,
    confidence: causes.length === 1 || position === 0 ? 'likely' : 'possible',
    evidence,
  }));
}

function headerHas({ headers }: CallResponse, name: string, pattern: RegExp): boolean {
  return pattern.test(findHeader(headers, name)?.value ?? '');
}
