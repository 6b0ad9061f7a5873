import { serviceIdAt } from '../azure/service-table.ts';
import { findErrorCodes } from '../call/error-codes.ts';
import type { CallResponse } from '../call/exchange.ts';
import { type Challenge, readChallenges } from '../call/www-authenticate.ts';
import type { ValidatorId } from '../entra/api-profile.ts';
import type { JsonObject } from '../token/token.ts';
import { microsoftApiOf } from '../token/well-known-apps.ts';
import { libraryWordsIn } from './app/library-words.ts';
import { strangerOf } from './app/strangers.ts';
import { bearerCheck } from './bearer-check.ts';
import type { CauseId } from './cause-id.ts';
import { meaningOfCode } from './code-causes.ts';
import type { Candidate, Evidence } from './evidence.ts';
import type { TargetKind } from './facts.ts';
import { functionsKey } from './functions-key.ts';
import type { Gate, Recognising, Recognition } from './gate.ts';
import { graphqlAuthCode } from './graphql-error.ts';
import { causeInMessage } from './idx-message.ts';
import type { Judgement } from './judgement.ts';
import { NOT_RECOGNISED, narrowCauses, tokenCandidates, weaker } from './recognition.ts';
import { claimsCandidate } from './services/claims-challenge.ts';

/** What says that the validator looked at the audience. */
const ABOUT_AUDIENCE: readonly CauseId[] = ['aud-mismatch', 'aud-clientid-vs-appiduri', 'aud-is-graph'];

/** What ASP.NET Core's JwtBearer writes into `error_description`. Others may write the same: never certain. */
const DESCRIPTIONS: readonly (readonly [pattern: RegExp, causes: readonly CauseId[]])[] = [
  [/^The token (?:expired at |is expired)/, ['token-expired']],
  [/^The token (?:is not valid (?:before|yet)|has no expiration)/, ['token-not-yet-valid']],
  [/^The token lifetime is invalid/, ['token-expired', 'token-not-yet-valid']],
  [/^The audiences? (?:'.*' )?(?:is|are) invalid/, [...ABOUT_AUDIENCE, 'id-token-instead-of-access-token']],
  [/^The issuer (?:'.*' )?is invalid/, ['issuer-v1-v2-mismatch', 'issuer-wrong-tenant', 'issuer-not-accepted']],
  [/^The signature key was not found/, ['signing-key-not-found']],
  [/^The signature is invalid/, ['graph-nonce-token', 'signature-tampered', 'algorithm-not-accepted']],
];

/** The app's own check, or whatever else stands where nothing of Azure's is known. */
export const app: Gate = {
  id: 'app',
  judge: (step, call, knowledge, nowMs): Judgement => ({
    ...bearerCheck.judge(step, call, knowledge, nowMs),
    // What the profile says is the API's validator; whether its code asks for more is not known.
    verdict: 'unknown',
  }),
  recognise(seen) {
    const { response } = seen.exchange;
    const graphql = graphqlAuthCode(seen.exchange);
    if (graphql && response?.status !== 401) return recogniseGraphql(graphql);
    const claims = claimsCandidate(response);
    if (claims) return { confidence: 'likely', candidates: [claims], facts: {} };
    const byCode = recogniseCode(seen);
    if (byCode) return byCode;
    if (response?.status !== 401 && response?.status !== 403) return NOT_RECOGNISED;
    const challenge = readChallenges(response.headers).find(({ scheme }) => /^Bearer$/i.test(scheme));
    return (
      recogniseDescription(seen, challenge) ??
      recogniseScope(seen, challenge) ??
      recogniseWords(seen) ??
      recogniseItself(seen, response)
    );
  },
};

function recogniseGraphql(code: string): Recognition {
  const evidence: Evidence[] = [{ id: 'graphqlCode', value: code }];
  return {
    confidence: 'likely',
    candidates: [{ cause: 'graphql-auth-error', confidence: 'likely', evidence }],
    facts: {},
  };
}

/** A library's own words say which check failed; which of its causes it was, the token alone can tell. */
function recogniseWords({ exchange, tokenFindings }: Recognising): Recognition | undefined {
  const found = libraryWordsIn(exchange);
  if (!found) return undefined;
  const isShown = tokenFindings.some(({ cause }) => found.causes.includes(cause));
  const confidence = isShown || found.causes.length === 1 ? 'likely' : 'possible';
  const evidence: Evidence[] = [{ id: 'serviceMessage', value: found.words }];
  const candidates = rank(narrowCauses(found.causes, tokenFindings), evidence).map(
    (candidate): Candidate => ({ ...candidate, confidence: weaker(candidate.confidence, confidence) }),
  );
  const itself: Candidate = { cause: 'app-unspecified', confidence: 'possible', evidence };
  return { confidence, candidates: [...candidates, itself], facts: {} };
}

function recogniseCode(seen: Recognising): Recognition | undefined {
  const { exchange, tokenFindings } = seen;
  const found = findErrorCodes(exchange).find(({ family }) => family === 'idx' || family === 'idw');
  const named = (found && meaningOfCode(found)?.causes) ?? [];
  const causes = narrowCauses(exactFirst(withCollision(named, seen), causeInMessage(toldBy(exchange))), tokenFindings);
  if (!found || causes.length === 0) return undefined;
  const evidence: Evidence[] = [{ id: 'codeInText', value: found.code }];
  return { confidence: 'likely', candidates: rank(causes, evidence), facts: {} };
}

/** What a message gives away by the values it quotes comes before what its code allows. */
function exactFirst(causes: readonly CauseId[], exact: CauseId | undefined): readonly CauseId[] {
  const isAboutFunctions = causes[0] === 'functions-bearer-scheme-collision';
  if (exact === undefined || !causes.includes(exact) || isAboutFunctions) return causes;
  return [exact, ...causes.filter((cause) => cause !== exact)];
}

function toldBy({ response, text }: Recognising['exchange']): string {
  return [response?.trace, text, response?.body?.text].find((told) => told && /\bIDX\d{5}\b/.test(told)) ?? '';
}

function recogniseDescription(seen: Recognising, challenge: Challenge | undefined): Recognition | undefined {
  const description = challenge?.parameters.error_description ?? '';
  const named = DESCRIPTIONS.find(([pattern]) => pattern.test(description))?.[1];
  if (!named) return undefined;
  const refused = /'([^']{1,300})'/.exec(description)?.[1] ?? '';
  const exact = microsoftApiOf(refused) === 'Microsoft Graph' ? 'aud-is-graph' : undefined;
  const causes = narrowCauses(exactFirst(withCollision(named, seen), exact), seen.tokenFindings);
  const evidence: Evidence[] = [{ id: 'bearerChallenge', value: description.slice(0, 200) }];
  return { confidence: 'likely', candidates: rank(causes, evidence), facts: {} };
}

/**
 * In a Function App the host runs a scheme called Bearer of its own, which looks at the audience of every token
 * (functions-easyauth.md §1): first where nothing says that the audience is wrong.
 */
function withCollision(causes: readonly CauseId[], { knowledge, exchange }: Recognising): readonly CauseId[] {
  if (!causes.some((cause) => ABOUT_AUDIENCE.includes(cause))) return causes;
  const { kind, authLevel } = knowledge.target ?? {};
  const url = exchange.call?.url ?? '';
  const isFunctions = kind?.value === 'functions' || authLevel || isFunctionUrl(url);
  const rest = causes.filter((cause) => cause !== 'functions-bearer-scheme-collision');
  return isFunctions ? ['functions-bearer-scheme-collision', ...rest] : [...rest, 'functions-bearer-scheme-collision'];
}

function isFunctionUrl(url: string): boolean {
  return serviceIdAt(url) === 'appService' && new URL(url).pathname.startsWith('/api/');
}

/** `insufficient_scope` (RFC 6750 §3.1): the token is good, and grants too little. */
function recogniseScope(
  { exchange, tokenFindings }: Recognising,
  challenge: Challenge | undefined,
): Recognition | undefined {
  if (challenge?.parameters.error !== 'insufficient_scope') return undefined;
  const payload = payloadOf(exchange);
  const isApp = payload !== undefined && payload.scp === undefined && payload.scope === undefined;
  const order: readonly CauseId[] = isApp ? ['role-missing', 'scope-missing'] : ['scope-missing', 'role-missing'];
  const evidence: Evidence[] = [{ id: 'bearerChallenge', value: 'insufficient_scope' }];
  return { confidence: 'likely', candidates: rank(narrowCauses(order, tokenFindings), evidence), facts: {} };
}

function recogniseItself(seen: Recognising, response: CallResponse): Recognition {
  const { exchange, tokenFindings, knowledge } = seen;
  const stranger = strangerOf(response);
  const evidence: Evidence[] = stranger
    ? [{ id: 'appSignature', value: stranger }]
    : [{ id: 'noPlatformSignature' }, { id: 'statusIs', value: String(response.status) }];
  const itself: Candidate = { cause: 'app-unspecified', confidence: stranger ? 'likely' : 'possible', evidence };
  // A stranger's answer is the app's own; what the profile says of its validator still tells why.
  const isDescribed = knowledge.profile?.value.audiences !== undefined || knowledge.profile?.value.appId !== undefined;
  const comesFirst = !stranger || isDescribed;
  // A host that wants a key refuses with the same bare 401 as code that wants a token.
  const mayWantKey = tokenFindings.length === 0 && functionsKey.recognise(seen).confidence !== undefined;
  const byToken = tokenCandidates(exchange.call, tokenFindings, evidence.slice(0, 1)).map(
    (candidate): Candidate => ({
      ...candidate,
      confidence: comesFirst && !mayWantKey ? candidate.confidence : 'possible',
    }),
  );
  const byCode = stranger ? [] : inCode(seen, response);
  const candidates = comesFirst ? [...byToken, ...byCode, itself] : [itself, ...byToken];
  return { confidence: stranger ? 'likely' : 'possible', candidates, facts: {} };
}

const RENAMES_CLAIMS: readonly (ValidatorId | undefined)[] = [undefined, 'aspnetcore', 'identity-web'];

/** What an app's code makes of a token that has no fault of its own: it reads another claim, or none at all. */
function inCode({ exchange, tokenFindings, knowledge }: Recognising, { status }: CallResponse): Candidate[] {
  const payload = payloadOf(exchange);
  if (!payload || tokenFindings.length > 0 || isMicrosoftService(knowledge)) return [];
  if (status === 403 && hasGroupsOverage(payload)) {
    return [
      { cause: 'groups-overage', confidence: 'likely', evidence: [{ id: 'claimsInToken', value: '_claim_names' }] },
    ];
  }
  const { accepts, validator } = knowledge.profile?.value ?? {};
  // Claims are renamed on their way in by .NET only.
  if (!accepts || (status === 403 && !RENAMES_CLAIMS.includes(validator))) return [];
  const cause = status === 403 ? 'claim-mapping-mismatch' : 'app-pipeline-misconfigured';
  return [{ cause, confidence: 'possible', evidence: [{ id: 'tokenPasses' }] }];
}

/** Services of Microsoft's own run nobody's code. */
function isMicrosoftService({ target }: Recognising['knowledge']): boolean {
  const services: readonly TargetKind[] = ['keyVault', 'arm', 'graph', 'storage', 'dataPlane', 'tokenEndpoint'];
  return target?.kind !== undefined && services.includes(target.kind.value);
}

/** More groups than a token holds: a link instead of the list (entra-tokens.md, groups). */
function hasGroupsOverage({ _claim_names: names, hasgroups, groups }: JsonObject): boolean {
  if (groups !== undefined) return false;
  return (
    hasgroups === true || (typeof names === 'object' && names !== null && !Array.isArray(names) && 'groups' in names)
  );
}

function payloadOf({ call }: Recognising['exchange']): JsonObject | undefined {
  return call?.authorization.type === 'bearer' ? call.authorization.bearer.token?.payload : undefined;
}

function rank(causes: readonly CauseId[], evidence: Evidence[]): Candidate[] {
  return causes.map((cause, position) => ({
    cause,
    confidence: position === 0 ? 'likely' : 'possible',
    evidence,
  }));
}
