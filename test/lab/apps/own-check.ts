import type { LabReply, LabRoute } from '../loopback-server.ts';
import { echoReply, jsonReply } from './echo.ts';
import { bearerOf, type CheckToken, type TokenRules } from './token-authority.ts';

/** An app that checks its tokens itself and says no in its own words, without a challenge. */
export function ownCheckApp(checkToken: CheckToken, rules: TokenRules, scope: string): LabRoute {
  return (request) => {
    const token = bearerOf(request.headers.authorization);
    if (token === undefined) return refusal(401, 'no_token');
    const verdict = checkToken(token, rules);
    if (!verdict.accepted) return refusal(401, 'token_rejected');
    const scopes = String(verdict.claims.scp ?? '').split(' ');
    return scopes.includes(scope) ? echoReply(request, { app: 'own-check' }) : refusal(403, 'not_allowed');
  };
}

function refusal(status: number, reason: string): LabReply {
  return jsonReply(status, { ok: false, reason });
}
