import { type CallResponse, findHeader } from '../call/exchange.ts';
import { readChallenges } from '../call/www-authenticate.ts';
import { isGuid } from '../token/issuer-shape.ts';
import { bearerCheck } from './bearer-check.ts';
import type { Candidate, Evidence, Gate, Recognising, Recognition } from './gate.ts';
import {
  NOT_RECOGNISED,
  openJudgement,
  presenceCause,
  responseFact,
  surenessOfPresence,
  tokenCandidates,
} from './recognition.ts';

const REFUSAL_PAGE = 'You do not have permission to view this directory or page.';

/** App Service authentication ("Easy Auth"). Its settings are not read yet: judged as the profile's validator. */
export const easyAuth: Gate = {
  id: 'easyAuth',
  judge: (step, call, knowledge, nowMs) =>
    openJudgement(call, bearerCheck.judge(step, call, knowledge, nowMs).findings),
  recognise(seen) {
    const { response } = seen.exchange;
    if (!response) return NOT_RECOGNISED;
    if (response.status === 401) return recogniseUnauthorized(seen, response);
    if (response.status === 403) return recogniseForbidden(seen, response);
    return recogniseRedirect(response);
  },
};

/** `authorization_uri` and `resource_id`, divided by blanks: nobody else challenges so (functions-easyauth.md §5). */
function recogniseUnauthorized(seen: Recognising, response: CallResponse): Recognition {
  const challenge = readChallenges(response.headers).find(
    ({ parameters, raw }) => isGuid(parameters.resource_id ?? '') && parameters.authorization_uri && !raw.includes(','),
  );
  if (challenge) {
    const clientId = challenge.parameters.resource_id ?? '';
    const tenant = tenantOf(challenge.parameters.authorization_uri ?? '');
    const evidence: Evidence[] = [{ id: 'easyAuthChallenge', value: clientId }];
    const facts = { easyAuth: responseFact({ clientId, ...(tenant ? { tenant } : {}) }, seen.nowMs) };
    return { confidence: 'certain', candidates: candidatesFor(seen, clientId, evidence), facts };
  }
  if (response.body?.text?.trim() === REFUSAL_PAGE) {
    const candidates = tokenCandidates(seen.exchange.call, seen.tokenFindings, [{ id: 'easyAuthPage' }]);
    return { confidence: 'likely', candidates, facts: {} };
  }
  return NOT_RECOGNISED;
}

/** The client id is always allowed as audience; every other must be listed. */
function candidatesFor({ exchange, tokenFindings }: Recognising, clientId: string, evidence: Evidence[]): Candidate[] {
  const presence = presenceCause(exchange.call);
  if (presence) {
    const confidence = surenessOfPresence(exchange.call);
    return [{ cause: presence.cause, confidence, evidence: [...evidence, presence.evidence] }];
  }
  const audience = audienceOf(exchange.call?.authorization);
  const others = tokenCandidates(exchange.call, tokenFindings, evidence);
  if (audience === undefined || audience.toLowerCase() === clientId.toLowerCase()) return others;
  const isKnownOtherwise = others.some(
    ({ cause }) => cause.startsWith('aud-') || cause === 'graph-nonce-token' || cause === 'token-expired',
  );
  if (isKnownOtherwise) return others;
  const seen: Evidence = { id: 'audienceIsNotTheClientId', value: audience, other: clientId };
  return [{ cause: 'easyauth-audience-not-allowed', confidence: 'possible', evidence: [...evidence, seen] }, ...others];
}

function recogniseForbidden({ exchange, tokenFindings }: Recognising, response: CallResponse): Recognition {
  const hasToken = exchange.call?.authorization.type === 'bearer';
  if (!findHeader(response.headers, 'x-ms-middleware-request-id') || !hasToken || tokenFindings.length > 0)
    return NOT_RECOGNISED;
  const evidence: Evidence[] = [{ id: 'easyAuthMiddleware' }];
  const candidate: Candidate = { cause: 'easyauth-client-not-allowed', confidence: 'possible', evidence };
  return { confidence: 'possible', candidates: [candidate], facts: {} };
}

function recogniseRedirect({ status = 0, headers }: CallResponse): Recognition {
  const location = findHeader(headers, 'location')?.value ?? '';
  if (status < 300 || status > 399 || !/\/\.auth\/login\//.test(location)) return NOT_RECOGNISED;
  const evidence: Evidence[] = [{ id: 'loginRedirect', value: '/.auth/login/' }];
  return {
    confidence: 'likely',
    candidates: [{ cause: 'easyauth-login-redirect', confidence: 'likely', evidence }],
    facts: {},
  };
}

function tenantOf(authorizationUri: string): string | undefined {
  if (!URL.canParse(authorizationUri)) return undefined;
  const tenant = new URL(authorizationUri).pathname.split('/')[1] ?? '';
  return isGuid(tenant) ? tenant : undefined;
}

function audienceOf(
  authorization: NonNullable<Recognising['exchange']['call']>['authorization'] | undefined,
): string | undefined {
  const aud = authorization?.type === 'bearer' ? authorization.bearer.token?.payload.aud : undefined;
  return typeof aud === 'string' ? aud : undefined;
}
