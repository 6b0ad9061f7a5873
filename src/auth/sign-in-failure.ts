import { aadstsCodeIn } from '../core/entra/aadsts-code.ts';
import type { MsalNetwork } from './msal-network.ts';
import { NotReady, notReady } from './not-ready.ts';
import { plainDetail } from './plain-detail.ts';
import type { SignInFailure } from './token-source.ts';

/** What is known about a call that failed, besides the error. */
export interface FailedCall {
  network: Pick<MsalNetwork, 'trouble' | 'failedReply' | 'maskSecrets'>;
  /** Set when this side ended it. */
  stopped?: 'cancelled' | 'timeout';
  /** True when the user was asked: then asking again is no advice. */
  isInteractive: boolean;
}

/** Thrown by our own code inside a call of MSAL. */
export class SignInStopped extends Error {
  readonly kind: SignInFailure['kind'];
  constructor(kind: SignInFailure['kind'], detail: string) {
    super(detail);
    this.name = 'SignInStopped';
    this.kind = kind;
  }
}

/** MSAL's errors, told by their members: two bundles would make `instanceof` false. */
interface MsalError {
  name: string;
  errorCode: string;
  subError: string;
  errorMessage: string;
  errorNo: string;
  claims: string;
}

/** Sub-errors and codes that no sign-in can mend: asking again would go round in circles. */
const MESSAGE_ONLY = 'message_only';
const INTERACTION_ERRORS = new Set([
  'invalid_grant',
  'interaction_required',
  'login_required',
  'consent_required',
  'bad_token',
  'no_tokens_found',
  'no_account_found',
  'no_account_in_silent_request',
  'refresh_token_expired',
]);

/** The failure of a call that asked no login host: the user backed out, or something on this side is not as it must be. */
export function failureHere(error: unknown, signal: AbortSignal): { ok: false; failure: SignInFailure } {
  const network = { trouble: undefined, failedReply: undefined, maskSecrets: (text: string) => text };
  const stopped = signal.aborted ? ({ stopped: 'cancelled' } as const) : {};
  return { ok: false, failure: signInFailureOf(error, { network, isInteractive: true, ...stopped }) };
}

/** Puts any error of a call into one of the kinds. `detail` is free of secrets, on one line, and may be the server's words. */
export function signInFailureOf(error: unknown, call: FailedCall): SignInFailure {
  if (call.stopped === 'cancelled') return { kind: 'cancelled', detail: 'cancelled' };
  if (call.stopped === 'timeout') return { kind: 'timeout', detail: 'nobody signed in within the time allowed' };
  if (error instanceof NotReady) return notReady(error.reason, error.seen).failure;
  const { maskSecrets } = call.network;
  if (error instanceof SignInStopped) return { kind: error.kind, detail: plainDetail(error.message, maskSecrets) };
  const msal = readMsalError(error);
  // The last answer was that the code is still waited for.
  if (msal.errorCode === 'device_code_expired') return { kind: 'timeout', detail: 'the code was not entered in time' };
  const ownFailure = failureOfNetwork(msal, call);
  if (ownFailure) return ownFailure;
  const said = { ...factsOf(msal), ...correlationOf(call) };
  const detail = plainDetail(messageOf(msal), maskSecrets);
  if (msal.errorCode === 'user_canceled') return { kind: 'cancelled', detail: 'cancelled' };
  return { kind: kindOf(msal, call, said.code !== undefined), ...said, detail };
}

function kindOf(msal: MsalError, { isInteractive }: FailedCall, hasCode: boolean): SignInFailure['kind'] {
  const asksForUser = msal.name === 'InteractionRequiredAuthError' || INTERACTION_ERRORS.has(msal.errorCode);
  if (asksForUser && !isInteractive && msal.subError !== MESSAGE_ONLY) return 'interactionRequired';
  const isOfServer = msal.name === 'ServerError' || asksForUser || hasCode;
  return isOfServer ? 'refused' : 'other';
}

/** No answer at all, or a discovery that failed: MSAL says of both only that it failed. */
function failureOfNetwork(msal: MsalError, call: FailedCall): SignInFailure | undefined {
  const { trouble, failedReply } = call.network;
  if (trouble) {
    if (trouble.kind === 'foreignHost') {
      return { kind: 'other', detail: `the authority leads to another host, ${trouble.detail}, which was not asked` };
    }
    // A login host that does not answer in time is no user who was too slow.
    const kind = trouble.kind === 'cancelled' ? 'cancelled' : 'network';
    return { kind, detail: trouble.detail || trouble.kind };
  }
  if (failedReply && !isAnswerOfServer(msal)) {
    const { error, error_description: description, error_codes: codes } = failedReply.body;
    const word = typeof error === 'string' ? oauthWord(error) : '';
    const code = aadstsCodeIn(JSON.stringify({ error_description: description, error_codes: codes }));
    return {
      kind: code || word ? 'refused' : 'network',
      ...(code ? { code } : {}),
      ...(word ? { oauthError: word } : {}),
      ...correlationOf(call),
      detail: messageFor(typeof description === 'string' ? description : word || `HTTP ${failedReply.status}`, call),
    };
  }
  return undefined;
}

function isAnswerOfServer({ name }: MsalError): boolean {
  return name === 'ServerError' || name === 'InteractionRequiredAuthError';
}

function factsOf(msal: MsalError): Pick<SignInFailure, 'code' | 'oauthError' | 'suberror' | 'claims'> {
  // When MSAL throttles, it puts the numbers themselves where the OAuth error stands.
  const throttled = /^\d{4,7}\b/.exec(msal.errorCode)?.[0];
  const number = /^\d{4,7}$/.test(msal.errorNo) ? msal.errorNo : throttled;
  const code = number ? `AADSTS${number}` : aadstsCodeIn(msal.errorMessage);
  const oauthError = throttled || !isAnswerOfServer(msal) ? '' : oauthWord(msal.errorCode);
  const suberror = oauthWord(msal.subError);
  return {
    ...(code ? { code } : {}),
    ...(oauthError ? { oauthError } : {}),
    ...(suberror ? { suberror } : {}),
    ...(msal.claims ? { claims: msal.claims } : {}),
  };
}

/** Errors of OAuth are words of these characters (RFC 6749, appendix A.7, without spaces and punctuation). */
function oauthWord(text: string): string {
  return /^[A-Za-z0-9_.-]{1,60}$/.test(text) ? text : '';
}

function correlationOf({ network }: FailedCall): Pick<SignInFailure, 'correlationId'> {
  const id = network.failedReply?.body.correlation_id;
  return typeof id === 'string' && /^[0-9a-f-]{36}$/i.test(id) ? { correlationId: id } : {};
}

/** MSAL wraps the server's text as `Error(s): … - Timestamp: … - Description: …`; trace ids end it. */
function messageOf({ errorMessage, errorCode }: MsalError): string {
  const description = /(?:^|\s)Description: ([\s\S]*)$/.exec(errorMessage)?.[1] ?? errorMessage;
  return withoutTrace(description) || errorCode || 'unknown error';
}

function withoutTrace(description: string): string {
  const [said = ''] = description.split('Trace ID: ', 1);
  return said.trim();
}

function messageFor(description: string, { network }: FailedCall): string {
  return plainDetail(withoutTrace(description), network.maskSecrets);
}

function readMsalError(error: unknown): MsalError {
  const message = textMember(error, 'errorMessage');
  return {
    name: textMember(error, 'name'),
    errorCode: textMember(error, 'errorCode'),
    subError: textMember(error, 'subError'),
    errorMessage: message || (textMember(error, 'errorCode') ? '' : textMember(error, 'name')),
    errorNo: textMember(error, 'errorNo'),
    claims: textMember(error, 'claims'),
  };
}

function textMember(value: unknown, member: string): string {
  if (typeof value !== 'object' || value === null) return '';
  const found = (value as Record<string, unknown>)[member];
  return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
}
