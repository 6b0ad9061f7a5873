import type { Call, Header } from '../call/call.ts';
import { type CallResponse, type Exchange, findHeader } from '../call/exchange.ts';
import { utcText } from '../token/time.ts';
import type { CauseId } from './cause-id.ts';
import type { Candidate, Confidence, Evidence } from './evidence.ts';
import type { Fact } from './facts.ts';
import type { Recognition } from './gate.ts';
import type { Finding, Judgement, Need } from './judgement.ts';

/** Nothing in the answer is this gate's. */
export const NOT_RECOGNISED: Recognition = { candidates: [], facts: {} };

/** A judgement that says nothing for certain, with what would refuse if the gate were set up so. */
export function openJudgement(call: Call, findings: Finding[] = [], needs: Need[] = []): Judgement {
  return { verdict: 'unknown', checks: [], findings, needs, forwards: call };
}

export function passing(call: Call): Judgement {
  return { verdict: 'passes', checks: [], findings: [], needs: [], forwards: call };
}

export function refusing(call: Call, finding: Finding): Judgement {
  return { verdict: 'refuses', checks: [], findings: [finding], needs: [], forwards: call };
}

export function responseFact<T>(value: T, nowMs: number): Fact<T> {
  return { value, source: 'response', readAtMs: nowMs };
}

/** The credential of a call, as causes of presence: undefined when a bearer token is there or the call is not known. */
export function presenceCause(call: Call | undefined): { cause: CauseId; evidence: Evidence } | undefined {
  switch (call?.authorization.type) {
    case 'none':
      return isPreflight(call)
        ? {
            cause: 'cors-preflight-unauthenticated',
            evidence: { id: 'preflight', value: headerOf(call, 'origin')?.value ?? '' },
          }
        : absenceIn(call);
    case 'other':
      return {
        cause: 'bearer-prefix-missing',
        evidence: { id: 'authorizationScheme', value: call.authorization.scheme },
      };
    case 'bearer':
      return isEmptyBearer(call)
        ? { cause: 'missing-token', evidence: { id: 'authorizationScheme', value: 'Bearer' } }
        : undefined;
    default:
      return undefined;
  }
}

/** No Authorization header: the token may stand under a name that nobody looks at (`Authentication`, `Authorisation`). */
function absenceIn({ headers }: Call): { cause: CauseId; evidence: Evidence } {
  const elsewhere = headers.find(({ name, value }) => /^Bearer\s+\S/i.test(value) && !/^proxy-/i.test(name));
  return elsewhere
    ? { cause: 'bearer-prefix-missing', evidence: { id: 'bearerElsewhere', value: elsewhere.name.slice(0, 80) } }
    : { cause: 'missing-token', evidence: { id: 'noAuthorization' } };
}

/** A scheme with nothing behind it: a variable that was empty. */
function isEmptyBearer({ authorization }: Call): boolean {
  return authorization.type === 'bearer' && authorization.bearer.raw === '';
}

/**
 * Causes of a refusal by whoever validated the token: what is wrong with its presence first, then what the profile's
 * validator would refuse it for. What rests on a profile is at most `likely`.
 */
export function tokenCandidates(
  call: Call | undefined,
  findings: readonly Finding[],
  evidence: Evidence[],
): Candidate[] {
  const presence = presenceCause(call);
  if (presence) return [{ cause: presence.cause, confidence: 'likely', evidence: [...evidence, presence.evidence] }];
  return findings.map((finding, position) => ({
    cause: finding.cause,
    confidence: position === 0 ? 'likely' : 'possible',
    evidence: [...evidence, evidenceOfFinding(finding)],
  }));
}

export function evidenceOfFinding({ check, seen, expected }: Finding): Evidence {
  const other = expected && [...new Set(expected)].join(', ');
  const isTime = check === 'expiry' || check === 'notBefore';
  return {
    id: 'tokenFinding',
    value: (isTime && seen !== undefined ? utcText(seen) : undefined) ?? seen ?? '',
    ...(other ? { other } : {}),
  };
}

/** Of the causes a code allows, those the token itself shows, the worst first; all of them when it shows none. */
export function narrowCauses(causes: readonly CauseId[], findings: readonly Finding[]): CauseId[] {
  const shown = findings.flatMap(({ cause }) => (causes.includes(cause) ? [cause] : []));
  return shown.length > 0 ? [...new Set(shown)] : [...causes];
}

export function weaker(a: Confidence, b: Confidence): Confidence {
  const order: readonly Confidence[] = ['certain', 'likely', 'possible'];
  return order.indexOf(a) > order.indexOf(b) ? a : b;
}

/** `{ "statusCode": 401, "message": "…" }` and nothing more: the envelope of API Management, and NestJS's default too. */
export function readEnvelope({ response }: Exchange): { statusCode: number; message: string } | undefined {
  const text = response?.body?.text;
  if (!text || text.length > 10_000) return undefined;
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== 'object' || json === null || !('statusCode' in json) || !('message' in json)) return undefined;
    const { statusCode, message } = json;
    if (Object.keys(json).length !== 2) return undefined;
    return typeof statusCode === 'number' && typeof message === 'string' ? { statusCode, message } : undefined;
  } catch {
    return undefined;
  }
}

/** True when the answer is known to have no body: not merely that none was shown. */
export function hasEmptyBody({ body, headers, headersComplete }: CallResponse): boolean {
  if (body) return body.bytes === 0;
  return headersComplete && findHeader(headers, 'content-length')?.value === '0';
}

/**
 * How sure it is that a credential was not sent because it is not seen: a browser's preflight never carries one, a pasted
 * command may keep it elsewhere, a session cookie stands in for it, and a relative address hides its host.
 */
export function surenessOfPresence(call: Call | undefined): Confidence {
  if (!call || !URL.canParse(call.url) || isEmptyBearer(call)) return 'likely';
  const hasSession = hasAppServiceSession(call);
  const isWhole = headerOf(call, 'host') !== undefined;
  return isPreflight(call) || hasSession || headerOf(call, 'cookie')?.masked || !isWhole ? 'likely' : 'certain';
}

/** A session of App Service authentication: its own header, or its cookie (functions-easyauth.md §6). */
export function hasAppServiceSession(call: Call): boolean {
  return (
    headerOf(call, 'x-zumo-auth') !== undefined || /AppServiceAuthSession/i.test(headerOf(call, 'cookie')?.value ?? '')
  );
}

/** What a browser asks before the call it means (Fetch standard): it never carries a credential. */
export function isPreflight(call: Call): boolean {
  return call.method === 'OPTIONS' && headerOf(call, 'access-control-request-method') !== undefined;
}

/** A query parameter of the call's URL, without regard to case of the name. */
export function queryValue({ url }: Call, name: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const wanted = name.toLowerCase();
  return [...new URL(url).searchParams].find(([parameter]) => parameter.toLowerCase() === wanted)?.[1];
}

export function headerOf({ headers }: Call, name: string): Header | undefined {
  return findHeader(headers, name);
}
