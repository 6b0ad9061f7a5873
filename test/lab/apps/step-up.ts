import type { LabRoute } from '../loopback-server.ts';
import { contextChallenge } from '../sign-in/claims-request.ts';
import { echoReply, jsonReply } from './echo.ts';
import { bearerOf, type CheckToken, type TokenRules } from './token-authority.ts';

/**
 * An API that wants an authentication context in the token, and says so by a claims challenge. Source: Microsoft,
 * identity-platform/claims-challenge.
 */
export function stepUpApp(checkToken: CheckToken, rules: TokenRules, context: string, loginOrigin: string): LabRoute {
  return (request) => {
    const token = bearerOf(request.headers.authorization);
    const verdict = token === undefined ? undefined : checkToken(token, rules);
    if (!verdict?.accepted) return challenge('error="invalid_token"');
    const { acrs } = verdict.claims;
    if (Array.isArray(acrs) && acrs.includes(context)) return echoReply(request, { app: 'step-up' });
    const claims = Buffer.from(contextChallenge(context)).toString('base64');
    return challenge(`error="insufficient_claims", claims="${claims}"`);
  };

  function challenge(reason: string) {
    const authorizationUri = `${loginOrigin}/common/oauth2/v2.0/authorize`;
    const header = `Bearer realm="", authorization_uri="${authorizationUri}", ${reason}`;
    return jsonReply(401, { ok: false }, { 'WWW-Authenticate': header });
  }
}
