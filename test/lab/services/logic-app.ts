import { randomBytes } from 'node:crypto';
import { echoReply, jsonReply } from '../apps/echo.ts';
import { bearerOf, type CheckToken } from '../apps/token-authority.ts';
import type { LabReply, LabRoute } from '../loopback-server.ts';

/** A workflow's HTTP trigger. Members may be changed while it runs. */
export interface LogicApp {
  /** `sig` of its callback address. */
  signature: string;
  /** The claims of its authorization policy; tokens are refused without one. */
  policy?: { issuer: string; audience: string };
  /** Where the keys of the policy's issuer are. */
  metadataUrl: string;
}

export function createLogicApp(metadataUrl: string, policy: NonNullable<LogicApp['policy']>): LogicApp {
  return { signature: randomBytes(32).toString('base64url'), metadataUrl, policy };
}

/** A trigger takes a signed address or a token that its policy fits, and never both. */
export function logicAppRoute(app: LogicApp, { checkToken }: { checkToken: CheckToken }): LabRoute {
  return (request) => {
    const { url, headers } = request;
    const signature = url.searchParams.get('sig');
    const scheme = /^\S+/.exec(headers.authorization ?? '')?.[0];
    if (signature !== null && scheme !== undefined) {
      return refuse(
        401,
        'DirectApiRequestHasMoreThanOneAuthorization',
        `The request has both SAS authentication scheme and '${scheme}' authorization scheme. Only one scheme should be used.`,
      );
    }
    if (signature !== null) {
      if (signature === app.signature) return echoReply(request, { app: 'workflow' });
      return refuse(401, 'AuthorizationFailed', 'The authentication credentials are not valid.');
    }
    const token = bearerOf(headers.authorization);
    if (token === undefined) {
      return refuse(
        401,
        'DirectApiAuthorizationRequired',
        'The request must be authenticated only by Shared Access scheme.',
      );
    }
    const verdict = checkToken(token, {
      metadataUrls: [app.metadataUrl],
      ...(app.policy ? { issuers: [app.policy.issuer], audiences: [app.policy.audience] } : {}),
      clockSkewSec: 300,
    });
    if (app.policy && verdict.accepted) return echoReply(request, { app: 'workflow' });
    return refuse(
      403,
      'MisMatchingOAuthClaims',
      'One or more claims either missing or does not match with the open authentication access control policy.',
    );
  };
}

function refuse(status: number, code: string, message: string): LabReply {
  return jsonReply(status, { error: { code, message } });
}
