import { effectivePolicyOf } from '../../../../../src/core/policy/effective-policy.ts';
import { readPolicy } from '../../../../../src/core/policy/read-policy.ts';
import * as at from '../../entra-fixture.ts';
import {
  answerOf,
  callOf,
  errorBody,
  known,
  type Scene,
  scene,
  serviceClaims,
} from '../cause-fixtures/fixture-parts.ts';
import { ANOTHER_CALLER } from '../cause-fixtures/service-fixtures.ts';

const GATEWAY = 'https://contoso.azure-api.net/orders';
const MESSAGE = 'Unauthorized. Access token is missing or invalid.';

function atGateway(headers: Record<string, string>, claims: object | undefined, told: object): Scene {
  const sent = callOf(GATEWAY, { headers, ...(claims ? { claims } : {}) });
  return scene(
    sent,
    { ...answerOf(401, { statusCode: 401, message: MESSAGE }), ...told },
    { target: { kind: known('apim') } },
  );
}

const TOKEN_POLICY = `<policies><inbound>
  <validate-jwt header-name="Authorization"><openid-config url="${at.V2_METADATA_URL}" /></validate-jwt>
</inbound></policies>`;

/** Observations that no cause's own scene makes, beside those of the fixtures. */
export const TOLD_SCENES: readonly Scene[] = [
  ANOTHER_CALLER,
  atGateway({ Authorization: 'Token north' }, undefined, {}),
  atGateway({ 'X-Authentication': 'Bearer north' }, undefined, {}),
  atGateway({}, at.v2Claims(), {}),
  atGateway({}, at.v2Claims(), { trace: 'validate-jwt (7 ms): JWT Validation Failed: Claim value mismatch.' }),
  {
    ...atGateway({}, at.v2Claims(), {
      trace:
        "validate-jwt (7 ms): JWT Validation Failed: IDX10214: Audience validation failed. Audiences: 'api://north'.",
    }),
    target: { kind: known('apim'), policy: known(effectivePolicyOf(readPolicy(TOKEN_POLICY))) },
  },
  scene(
    callOf(GATEWAY),
    { ...answerOf(403), trace: 'forward-request (9 ms): Response status code: 403' },
    { target: { kind: known('apim') } },
  ),
  scene(
    callOf('https://contoso.azurewebsites.net/runtime/webhooks/eventgrid'),
    answerOf(401, '', { 'Content-Length': '0' }),
    { target: { kind: known('functions') } },
  ),
  scene(
    callOf('https://graph.microsoft.com/v1.0/sites', {
      claims: serviceClaims('https://graph.microsoft.com', { scp: 'Files.Read' }),
    }),
    answerOf(
      403,
      errorBody(
        'Forbidden',
        "Missing scope permissions on the request. API requires one of 'Sites.Read.All, Sites.ReadWrite.All'.",
      ),
    ),
  ),
  scene(
    callOf('https://management.azure.com/subscriptions/s', {
      claims: serviceClaims('https://management.azure.com/', { oid: undefined }),
    }),
    answerOf(
      401,
      errorBody(
        'InvalidAuthenticationToken',
        "The received access token is not valid: at least one of the claims 'puid' or 'altsecid' or 'oid' should be present.",
      ),
    ),
  ),
  scene(
    callOf('https://graph.microsoft.com/v1.0/users', {
      claims: at.v2Claims({ aud: 'https://graph.microsoft.com', exp: at.NOW_SEC + 3600 }),
    }),
    answerOf(401, errorBody('InvalidAuthenticationToken'), { Date: 'Sat, 21 Nov 2026 14:00:00 GMT' }),
  ),
];
