import type { Exchange, RequestFault, SendFailure, SendFailureKind } from '../../core/call/exchange.ts';
import { findHeader } from '../../core/call/exchange.ts';
import { maskKnown } from '../../core/call/mask-text.ts';
import { prettyBody } from '../../core/call/pretty-body.ts';
import { describeStatus } from '../../core/call/status-words.ts';
import type { Explanation } from '../../core/why/explanation.ts';
import type { SendResult } from '../../net/sender.ts';
import type { RequestResult } from '../../protocol/request-view.ts';
import { tokensInResponse } from './response-tokens.ts';

const LONGEST_PREVIEW = 64 * 1024;

const FAILURES: Record<SendFailureKind, string> = {
  dns: 'The host name was not found. Check it for a typing error, and the network.',
  refused: 'Nothing listens there. Check host and port, and whether the API runs.',
  reset: 'The connection was closed before an answer came.',
  tls: 'The certificate was not accepted. It must be valid for this host and issued by an authority this machine trusts.',
  timeout: 'No answer came in time.',
  cancelled: 'You cancelled the call.',
  tooManyRedirects: 'The server redirects again and again.',
  notSent: 'The request cannot be sent as it is.',
  protocol: 'The answer is no HTTP.',
};

const FAULTS: Record<RequestFault, string> = {
  ERR_INVALID_METHOD: 'This method cannot be sent.',
  ERR_INVALID_URL: 'The URL is incomplete, or a line break or another invisible character stands in it.',
  ERR_INVALID_PROTOCOL: 'The URL must begin with https:// or http://.',
  ERR_URL_USERINFO: 'A user name or password stands in the URL. Send it in an Authorization header instead.',
  ERR_INVALID_HEADER_NAME: 'A header’s name is empty, or holds a character that no header name may have.',
  ERR_INVALID_HEADER_VALUE:
    'A header’s value holds a line break or a character that cannot be sent, or Host is given twice.',
  ERR_CREDENTIAL_ORIGIN:
    'The request carries a credential, and its Host header names another host than its URL: that host would get the credential. Remove the Host header, or the credential.',
};

function wasSent({ failure }: Exchange): boolean {
  return failure?.kind !== 'notSent';
}

function wordsOf({ kind, detail }: SendFailure): string {
  return kind === 'notSent' && Object.hasOwn(FAULTS, detail) ? FAULTS[detail as RequestFault] : FAILURES[kind];
}

const NOT_FOLLOWED: Record<NonNullable<SendResult['notFollowed']>['reason'], string> = {
  httpsToHttp: 'it leads from https to plain http, and the request carries a credential',
  credentialInAddress: 'a credential of this request stands in its address',
  credentialInBody: 'the request’s body holds a credential',
  conditionStays: 'the condition of the request (If-…) cannot go along, and without it the write could overwrite',
};

/** Credentials that did not go along from one origin to another. */
export interface StayedBehind {
  from: string;
  to: string;
  names: readonly string[];
}

/** For a redirect, and for a button that calls another address. */
export function stayedBehindNote({ from, to, names }: StayedBehind, how: 'Redirected' | 'Moved'): string {
  return `${how} from ${from} to ${to}: ${names.join(', ')} stayed behind.`;
}

/** What the view shows of a call. The sender has masked the request; an answer may echo a secret, so it is masked here. */
export function resultOf(
  sent: SendResult,
  explanation: Explanation | undefined,
  secrets: readonly string[],
): RequestResult {
  const last: Exchange = sent.exchanges.at(-1) ?? {};
  const { response, timing, failure } = last;
  const body = response?.body;
  const tokens = tokensInResponse(response);
  const contentType = findHeader(response?.headers ?? [], 'content-type')?.value ?? '';
  return {
    ...(response?.status === undefined
      ? {}
      : { status: { code: response.status, words: phraseOf(response.status, response.statusText) } }),
    ...(failure ? { failure: { ...failure, text: wordsOf(failure) } } : {}),
    ...(timing ? { timing } : {}),
    ...(body ? { bytes: body.bytes } : {}),
    headers: (response?.headers ?? []).map(({ name, value }) => ({ name, value })),
    ...(body?.text ? { bodyPreview: previewOf(body.text, contentType, secrets) } : {}),
    ...(body && body.text === undefined && body.bytes > 0
      ? { bodyNote: `Binary: ${body.bytes} bytes${contentType ? ` of ${contentType}` : ''}.` }
      : {}),
    sent: sent.exchanges.filter(wasSent).map(({ call, response: answer }) => ({
      line: `${call?.method ?? ''} ${call?.url ?? ''}`,
      headers: (call?.headers ?? []).map((header) => ({ ...header })),
      ...(call?.body === undefined ? {} : { body: call.body }),
      ...(answer?.status === undefined
        ? {}
        : { answer: `${answer.status} ${phraseOf(answer.status, answer.statusText)}`.trim() }),
    })),
    ...(tokens.length > 0 ? { tokens: tokens.map(({ where, title }) => ({ where, title })) } : {}),
    notes: notesOf(sent),
    ...(explanation ? { explanation } : {}),
  };
}

function previewOf(
  text: string,
  contentType: string,
  secrets: readonly string[],
): NonNullable<RequestResult['bodyPreview']> {
  // Before the cut: what is left of a secret at the end would not be found any more.
  return prettyBody(maskKnown(text, secrets), contentType, LONGEST_PREVIEW);
}

/** `Unauthorized`: what it means is for the explanation. */
function phraseOf(status: number, statusText: string | undefined): string {
  const [phrase = ''] = describeStatus(status, statusText).split(':', 1);
  return phrase.replace(/^\d+ ?/, '');
}

function notesOf({ droppedCredentials, notFollowed, ignoredHeaders, exchanges }: SendResult): string[] {
  const body = exchanges.at(-1)?.response?.body;
  return [
    ...droppedCredentials.map((dropped) => stayedBehindNote(dropped, 'Redirected')),
    ...(notFollowed
      ? [`The redirect to ${notFollowed.to || 'another origin'} was not followed: ${NOT_FOLLOWED[notFollowed.reason]}.`]
      : []),
    ...(ignoredHeaders.length > 0
      ? [`Not sent as given, since the connection decides them: ${ignoredHeaders.join(', ')}.`]
      : []),
    ...(body && !body.isComplete
      ? [`Only the first part of the answer is kept; its whole size is ${body.bytes} bytes.`]
      : []),
  ];
}
