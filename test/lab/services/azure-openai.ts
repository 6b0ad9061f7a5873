import { jsonReply } from '../apps/echo.ts';
import { bearerOf, type CheckToken } from '../apps/token-authority.ts';
import { SERVICES } from '../entra-tenant.ts';
import type { LabRoute } from '../loopback-server.ts';
import { judgeServiceToken } from './service-token.ts';

/** An Azure OpenAI resource. Members may be changed while it runs. */
export interface AzureOpenAi {
  key: string;
  /** Object ids with Cognitive Services OpenAI User. */
  users: string[];
}

/** Its data plane: a key of its own, or a token and a role; without the role a 401 and not a 403. */
export function azureOpenAiRoute(resource: AzureOpenAi, world: { checkToken: CheckToken; origin: string }): LabRoute {
  return ({ headers }) => {
    const ok = jsonReply(200, { choices: [{ message: { role: 'assistant', content: 'tea' } }] });
    const refuse = (code: string, message: string) => jsonReply(401, { error: { code, message } });
    const token = bearerOf(headers.authorization);
    if (token === undefined) {
      if (headers['api-key'] === resource.key) return ok;
      return refuse(
        '401',
        'Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.',
      );
    }
    const { fault, claims } = judgeServiceToken(token, { audiences: [SERVICES.cognitiveServices.appIdUri] }, world);
    if (fault)
      return refuse(
        '401',
        'Unauthorized. Access token is missing, invalid, audience is incorrect (https://cognitiveservices.azure.com), or have expired.',
      );
    if (resource.users.includes(String(claims.oid))) return ok;
    return refuse('PermissionDenied', 'Principal does not have access to API/Operation.');
  };
}
