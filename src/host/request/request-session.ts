import { AppError, Cancelled } from '../../core/app-error.ts';
import type { Call } from '../../core/call/call.ts';
import { hasTypedCredential } from '../../core/call/credentials-of-request.ts';
import type { Exchange } from '../../core/call/exchange.ts';
import { maskKnown } from '../../core/call/mask-text.ts';
import { plainHttpHost } from '../../core/call/plain-http.ts';
import type { ApiProfile, Operation } from '../../core/entra/api-profile.ts';
import type { KeyStore } from '../../core/entra/key-store.ts';
import type { TargetFacts } from '../../core/gates/facts.ts';
import { readToken } from '../../core/token/read-token.ts';
import { type Diagnosis, explain } from '../../core/why/explain.ts';
import { proveAgainstPolicy } from '../../core/why/policy-proof.ts';
import { type TokenProof, verifyToken } from '../../core/why/validate.ts';
import { writeExplanation } from '../../core/why/write-explanation.ts';
import { type SendResult, secretValues, sendRequest } from '../../net/sender.ts';
import type { Progress, RequestForm, RequestResult } from '../../protocol/request-view.ts';
import type { Bindings } from '../binding.ts';
import type { HostTrust } from '../host-trust.ts';
import { listIdentities, type NamedIdentity } from '../identities.ts';
import { plainHost } from '../plain-text.ts';
import { plainWindow } from '../plain-window.ts';
import type { SignInFlow, TokenWish } from '../sign-in/sign-in-flow.ts';
import type { AudienceConsents } from './audience-consents.ts';
import { originOf } from './form-origin.ts';
import { isIdempotent, isRefusedAsExpired, withFirstTry } from './fresh-retry.ts';
import { anonymousForm, draftRequest, keyNamesOf } from './request-draft.ts';
import { resultOf, type StayedBehind, stayedBehindNote } from './request-result.ts';
import type { SentTokens } from './sent-tokens.ts';
import type { StoredKeys } from './stored-keys.ts';
import { readTargetFiles } from './target-files.ts';
import type { TargetKnowledge } from './target-knowledge.ts';
import { requireTokenDestination, tokenFor } from './token-destination.ts';

export interface SendServices {
  signIn: SignInFlow;
  keys: StoredKeys;
  bindings: Bindings;
  audiences: AudienceConsents;
  keyStore: KeyStore;
  hostTrust: HostTrust;
  tokensSent: SentTokens;
  targets: TargetKnowledge;
}

export interface SendJob {
  form: RequestForm;
  profile?: ApiProfile;
  operation?: Operation;
  signal: AbortSignal;
  onProgress: (progress: Progress | undefined) => void;
  /** What the token must bring this time: what a claims challenge demands, or that it is a fresh one. */
  wish?: TokenWish;
  /** In place of the form's: what a fix or a challenge asks for. */
  identity?: NamedIdentity;
  /** What a fix that calls another address has left of the form. */
  stayedBehind?: StayedBehind;
}

/** What came of a call: what the view shows, and the whole body for an editor. */
export interface Sent {
  result: RequestResult;
  last: Exchange;
  /** What of the request the answer may echo and must not show. */
  secrets: readonly string[];
  /** Present when the call was refused. */
  diagnosis?: Diagnosis;
}

const SEND_ANYWAY = 'Send Anyway';

/**
 * Gets the credentials the form asks for, sends, and explains a refusal; a missing key is told before anybody is asked to
 * sign in. Where the token has expired, the call is sent once more with a fresh one, if that can be had without asking.
 * Throws {@link Cancelled} when the user backs out.
 */
export async function sendAndExplain(services: SendServices, job: SendJob): Promise<Sent> {
  const { form, signal } = job;
  const key = await keyFor(services, form);
  const identity = job.identity ?? (form.authorize.token === 'identity' ? identityOf(form) : undefined);
  const token = await tokenFor(services, job, identity, key);
  const first = await sendWith(services, job, { token, key });
  if (!identity || token === undefined || !isRefusedAsExpired(token, first.diagnosis, Date.now())) return first;
  if (!(await mayRepeat(form.method))) return first;
  const fresh = await services.signIn.refreshSilently(identity, signal);
  if (fresh === undefined || fresh === token) return first;
  await requireTokenDestination(services, fresh, originOf(form.url), identity);
  const second = await sendWith(services, job, { token: fresh, key });
  return { ...second, result: withFirstTry(first.result, second.result) };
}

/** One request without token, key or typed headers, to see what the target says of itself. Nothing of it is believed yet. */
export async function probeTarget(services: SendServices, job: SendJob): Promise<Sent> {
  const form = anonymousForm(job.form.url, job.profile);
  const request = draftRequest(form, job.profile, undefined, undefined);
  const sent = await sendRequest(request, { signal: job.signal });
  const diagnosis = await explainSent(services, { ...job, form }, sent, undefined);
  const result = resultOf(sent, diagnosis && writeExplanation(diagnosis), []);
  return {
    result: { ...result, notes: ['Asked once, without token or key.', ...result.notes] },
    last: sent.exchanges.at(-1) ?? {},
    secrets: [],
    ...(diagnosis ? { diagnosis } : {}),
  };
}

interface Credentials {
  token: string | undefined;
  key: string | undefined;
}

async function sendWith(services: SendServices, job: SendJob, { token, key }: Credentials): Promise<Sent> {
  const { form, profile, signal, onProgress } = job;
  const isAuthorised = token !== undefined || key !== undefined;
  if (isAuthorised || hasTypedCredential(form, keyNamesOf(profile))) await confirmPlainHttp(form.url);
  onProgress(undefined);
  const request = draftRequest(form, profile, token, key);
  const secrets = secretValues(request);
  const sent = await sendRequest(request, { signal });
  const diagnosis = await explainSent(services, job, withoutEchoes(sent, secrets), token);
  services.targets.remember(diagnosis?.exchange.call?.url ?? form.url, diagnosis?.knowledge.target);
  const explanation = diagnosis && writeExplanation(diagnosis);
  const result = resultOf(sent, explanation, secrets);
  const notes = job.stayedBehind ? [stayedBehindNote(job.stayedBehind, 'Moved'), ...result.notes] : result.notes;
  return {
    result: { ...result, notes },
    last: sent.exchanges.at(-1) ?? {},
    secrets,
    ...(diagnosis ? { diagnosis } : {}),
  };
}

/** What is explained is shown, copied and given to tools: an answer's words, but none of our secrets among them. */
function withoutEchoes(sent: SendResult, secrets: readonly string[]): SendResult {
  return { ...sent, exchanges: sent.exchanges.map((exchange) => maskEchoes(exchange, secrets)) };
}

function maskEchoes(exchange: Exchange, secrets: readonly string[]): Exchange {
  const { response } = exchange;
  if (response?.body?.text === undefined) return exchange;
  return {
    ...exchange,
    response: { ...response, body: { ...response.body, text: maskKnown(response.body.text, secrets) } },
  };
}

/** The key the form asks for; throws where none is stored. */
async function keyFor({ keys }: SendServices, { url, authorize }: RequestForm): Promise<string | undefined> {
  const key = await keys.key(originOf(url), authorize.key);
  if (authorize.key !== 'none' && key === undefined) {
    throw new AppError('noSecret', 'No key is stored for this origin: enter it first, or choose “No key”.');
  }
  return key;
}

function identityOf({ authorize }: RequestForm): NamedIdentity {
  const identity = listIdentities().find(({ id }) => id === authorize.identity);
  if (!identity) throw new AppError('noSecret', 'Choose an identity to get a token with.');
  return identity;
}

async function confirmPlainHttp(url: string): Promise<void> {
  const host = plainHttpHost(url);
  if (host === undefined) return;
  await confirm(
    `Send a credential to ${plainHost(host)} without encryption?`,
    'The address is plain http: everybody on the way can read the token or key.',
  );
}

async function confirm(question: string, detail: string): Promise<void> {
  if (!(await ask(question, detail, SEND_ANYWAY))) throw new Cancelled();
}

async function mayRepeat(method: string): Promise<boolean> {
  if (isIdempotent(method)) return true;
  return ask(
    `Send ${method} again with a fresh token?`,
    'The token had expired, and the call was refused. If the API did its work before it refused, it would be done twice.',
    'Send Again',
  );
}

async function ask(question: string, detail: string, yes: string): Promise<boolean> {
  return (await plainWindow.showWarningMessage(question, { modal: true, detail }, yes)) === yes;
}

async function explainSent(
  services: SendServices,
  job: SendJob,
  sent: SendResult,
  token: string | undefined,
): Promise<Diagnosis | undefined> {
  const nowMs = Date.now();
  const { targets, tokensSent } = services;
  const { facts } = await readTargetFiles(job.profile, job.operation);
  const [first] = sent.exchanges;
  const knowledgeNow = () => targets.of(job, first?.call, facts, nowMs);
  // Keys are read only where there is something to explain.
  if (!explain(sent.exchanges, knowledgeNow(), nowMs).isRefusal) return undefined;
  const proof = await proofOf(services, job, token, facts);
  targets.rememberKeys(proof.keySources);
  if (token !== undefined && job.form.authorize.identity) {
    tokensSent.remember(job.identity?.id ?? job.form.authorize.identity, token, proof.signatures);
  }
  const exchanges = sent.exchanges.map((exchange) => withSignatures(exchange, proof));
  const diagnosis = explain(exchanges, knowledgeNow(), nowMs);
  return diagnosis;
}

async function proofOf(
  { keyStore, hostTrust }: SendServices,
  { profile, operation, signal }: SendJob,
  token: string | undefined,
  { policy }: TargetFacts,
): Promise<TokenProof> {
  if (token === undefined || !profile) return { keySources: {}, signatures: {} };
  const reading = readToken(token);
  const byProfile = await verifyToken(
    { raw: token, profile, keyStore, mayFetch: hostTrust.guardFor(profile), signal },
    reading,
  );
  if (!policy) return byProfile;
  const mayFetch = hostTrust.guardFor(profile, operation?.policy ?? profile.policy);
  const byPolicy = await proveAgainstPolicy(reading, policy.value, { keyStore, mayFetch, signal });
  return {
    keySources: { ...byPolicy.keySources, ...byProfile.keySources },
    signatures: { ...byPolicy.signatures, ...byProfile.signatures },
  };
}

function withSignatures(exchange: Exchange, { signatures }: TokenProof): Exchange {
  const { call } = exchange;
  if (call?.authorization.type !== 'bearer') return exchange;
  const authorization: Call['authorization'] = {
    ...call.authorization,
    bearer: { ...call.authorization.bearer, signatures },
  };
  return { ...exchange, call: { ...call, authorization } };
}
