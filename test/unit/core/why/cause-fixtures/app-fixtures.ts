import type { ApiProfile } from '../../../../../src/core/entra/api-profile.ts';
import type { CauseId } from '../../../../../src/core/gates/cause-id.ts';
import type { EasyAuthFacts } from '../../../../../src/core/gates/facts.ts';
import { effectivePolicyOf } from '../../../../../src/core/policy/effective-policy.ts';
import { readPolicy } from '../../../../../src/core/policy/read-policy.ts';
import * as at from '../../entra-fixture.ts';
import { answerOf, type CauseFixture, callOf, known, type Scene, scene } from './fixture-parts.ts';
import { PLATFORM_FIXTURES } from './platform-fixtures.ts';
import { SERVICE_FIXTURES } from './service-fixtures.ts';

const API = 'https://api.example/orders';
const GRAPH = '00000003-0000-0000-c000-000000000000';
const PROFILE: ApiProfile = { ...at.PROFILE, target: 'other' };
/** The version of tokens does not decide. */
const EITHER: ApiProfile = { ...PROFILE, tokenVersions: [1, 2], audiences: [at.API_ID] };

/** A token that the API's validator refused with a description, as ASP.NET Core writes it. */
function described(description: string, claims: object, { header = {}, profile = PROFILE } = {}): Scene {
  const challenge = { 'WWW-Authenticate': `Bearer error="invalid_token", error_description="${description}"` };
  return scene(callOf(API, { claims, header }), answerOf(401, '', challenge), { profile });
}

/** A token that the API's code refused without a word. */
function silent(status: number, claims: object, parts: { header?: object; challenge?: string } = {}): Scene {
  const headers = parts.challenge ? { 'WWW-Authenticate': parts.challenge } : {};
  return scene(
    callOf(API, { claims, header: parts.header ?? {} }),
    answerOf(status, 'no', headers as Record<string, string>),
    {
      profile: PROFILE,
    },
  );
}

const expired = described('The token expired at 1', at.v2Claims({ iat: 1, nbf: 1, exp: at.NOW_SEC - 7200 }));
const future = { iat: at.NOW_SEC + 7200, nbf: at.NOW_SEC + 7200, exp: at.NOW_SEC + 9000 };
const notYet = described('The token is not valid before 1', at.v2Claims(future));
const graphClaims = at.v1Claims({ aud: GRAPH, scp: 'User.Read' });
const nonce = described('The signature is invalid', graphClaims, { header: { nonce: 'n' } });
const tamperedCall = callOf(API, { claims: at.v2Claims() });
const invalid = { [at.V1_METADATA_URL]: { state: 'invalid' }, [at.V2_METADATA_URL]: { state: 'invalid' } } as const;
const tampered: Scene = {
  profile: PROFILE,
  exchanges: described('The signature is invalid', at.v2Claims()).exchanges.map((exchange) => ({
    ...exchange,
    call:
      tamperedCall.authorization.type === 'bearer'
        ? {
            ...tamperedCall,
            authorization: {
              ...tamperedCall.authorization,
              bearer: { ...tamperedCall.authorization.bearer, signatures: invalid },
            },
          }
        : tamperedCall,
  })),
};
const noKey = described('The signature key was not found', at.v2Claims(), { header: { kid: 'other' } });
const toGraph = described('The audience is invalid', at.v2Claims({ aud: 'https://graph.microsoft.com' }));
const toAnother = described('The audience is invalid', at.v2Claims({ aud: at.OTHER_TENANT }));
const spelt = described('The audience is invalid', at.v1Claims({ aud: `api://${at.API_ID}` }), { profile: EITHER });
const otherVersion = described('The issuer is invalid', at.v1Claims({ aud: at.API_ID }));
const otherTenant = at.v2Claims({ iss: `${at.LOGIN}/${at.OTHER_TENANT}/v2.0`, tid: at.OTHER_TENANT });
const wrongTenant = described('The issuer is invalid', otherTenant);
const stranger = described(
  'The issuer is invalid',
  at.v2Claims({ iss: 'https://contoso.eu.auth0.com/', tid: undefined }),
);
const idToken = at.v2Claims({
  aud: at.CLIENT_ID,
  azp: undefined,
  azpacr: undefined,
  scp: undefined,
  nonce: 'n',
  name: 'A',
});
const scope = silent(403, at.v2Claims({ scp: 'Other' }), { challenge: 'Bearer error="insufficient_scope"' });
const role = silent(403, at.v2Claims({ scp: undefined, idtyp: 'app', roles: ['Other'] }), {
  challenge: 'Bearer error="insufficient_scope"',
});
const log = (text: string) => scene(callOf(API, { claims: at.v2Claims() }), { ...answerOf(401), trace: text });

const APP = 'https://contoso.azurewebsites.net/api/orders';
const MIDDLEWARE = { 'x-ms-middleware-request-id': 'r' };
const settings = (facts: EasyAuthFacts) => ({
  kind: known('appService' as const),
  easyAuth: known<EasyAuthFacts>({ isWhole: true, enabled: true, clientId: at.API_ID, tenant: at.TENANT, ...facts }),
});
const clientRefused = scene(callOf(APP, { claims: at.v2Claims() }), answerOf(403, '', MIDDLEWARE), {
  target: settings({ allowedApplications: [at.OTHER_TENANT] }),
});
const session = { Cookie: 'AppServiceAuthSession=s', Origin: 'https://evil.example' };
const posted = (claims: object, header: object): Scene =>
  scene(
    callOf('https://contoso.azurewebsites.net/.auth/login/aad', {
      method: 'POST',
      bodyToken: { token: { header, payload: claims } as never, partial: false, signatures: {} },
    }),
    answerOf(401, 'no'),
  );

const GATEWAY = 'https://contoso.azure-api.net/orders';
const POLICY = `<policies><inbound>
  <authentication-managed-identity resource="api://backend" />
  <validate-jwt header-name="Authorization" failed-validation-error-message="No.">
    <openid-config url="${at.V2_METADATA_URL}" /><audiences><audience>${at.API_ID}</audience></audiences>
  </validate-jwt>
</inbound></policies>`;
const policy = known(effectivePolicyOf(readPolicy(POLICY)));
const overwritten = scene(
  callOf(GATEWAY, { claims: at.v2Claims() }),
  answerOf(401, { statusCode: 401, message: 'No.' }),
  {
    target: { kind: known('apim'), policy },
  },
);
const bare401 = answerOf(401, '', { 'Content-Length': '0' });
const behind = (credential: 'none' | 'key'): Scene =>
  scene(callOf(GATEWAY), bare401, {
    target: {
      ...{ kind: known('apim'), behind: known('functions'), authLevel: known('function') },
      backendCredential: known(credential),
    },
  });
const { positive: keyMissing } = PLATFORM_FIXTURES['apim-subscription-key-missing'];
const { positive: wrongKey } = PLATFORM_FIXTURES['function-key-wrong'];
const { positive: noToken } = PLATFORM_FIXTURES['missing-token'];
const onFunctions = (sent: Scene): Scene => ({
  ...sent,
  target: { kind: known('functions'), authLevel: known('anonymous') },
});

/** Causes that the token, the API's own code or its settings have. */
export const APP_FIXTURES = {
  'token-expired': { positive: expired, lookAlike: notYet, instead: 'token-not-yet-valid' },
  'token-not-yet-valid': { positive: notYet, lookAlike: expired, instead: 'token-expired' },
  'signature-tampered': { positive: tampered, lookAlike: nonce, instead: 'graph-nonce-token' },
  'signing-key-not-found': { positive: noKey, lookAlike: nonce, instead: 'graph-nonce-token' },
  'graph-nonce-token': { positive: nonce, lookAlike: tampered, instead: 'signature-tampered' },
  'aud-is-graph': { positive: toGraph, lookAlike: toAnother, instead: 'aud-mismatch' },
  'aud-mismatch': { positive: toAnother, lookAlike: spelt, instead: 'aud-clientid-vs-appiduri' },
  'aud-clientid-vs-appiduri': { positive: spelt, lookAlike: toAnother, instead: 'aud-mismatch' },
  'issuer-v1-v2-mismatch': { positive: otherVersion, lookAlike: wrongTenant, instead: 'issuer-wrong-tenant' },
  'issuer-wrong-tenant': { positive: wrongTenant, lookAlike: otherVersion, instead: 'issuer-v1-v2-mismatch' },
  'issuer-not-accepted': { positive: stranger, lookAlike: wrongTenant, instead: 'issuer-wrong-tenant' },
  'id-token-instead-of-access-token': {
    positive: described('The audience is invalid', idToken),
    lookAlike: toAnother,
    instead: 'aud-mismatch',
  },
  'algorithm-not-accepted': {
    positive: silent(401, at.v2Claims(), { header: { alg: 'none' } }),
    lookAlike: expired,
    instead: 'token-expired',
  },
  'client-not-allowed': {
    positive: silent(403, at.v2Claims({ azp: at.OTHER_TENANT })),
    lookAlike: scope,
    instead: 'scope-missing',
  },
  'scope-missing': { positive: scope, lookAlike: role, instead: 'role-missing' },
  'role-missing': { positive: role, lookAlike: scope, instead: 'scope-missing' },
  'permission-propagation-delay': {
    positive: SERVICE_FIXTURES['arm-rbac-missing'].positive,
    isAmong: true,
    lookAlike: SERVICE_FIXTURES['arm-wrong-tenant'].positive,
    instead: 'arm-wrong-tenant',
  },
  'groups-overage': {
    positive: silent(403, at.v2Claims({ _claim_names: { groups: 'src1' } })),
    lookAlike: scope,
    instead: 'scope-missing',
  },
  'claim-mapping-mismatch': {
    positive: silent(403, at.v2Claims()),
    lookAlike: role,
    instead: 'role-missing',
  },
  'app-pipeline-misconfigured': {
    positive: silent(401, at.v2Claims()),
    lookAlike: expired,
    instead: 'token-expired',
  },
  'graphql-auth-error': {
    positive: scene(
      callOf(API, { method: 'POST', claims: at.v2Claims() }),
      answerOf(200, { errors: [{ message: 'no', extensions: { code: 'UNAUTHENTICATED' } }], data: null }),
    ),
    lookAlike: scope,
    instead: 'scope-missing',
  },
  'app-unspecified': {
    positive: scene(callOf(API), answerOf(401, { message: 'Unauthorized' }, { Server: 'kong/3.4.2' })),
    lookAlike: noToken,
    instead: 'missing-token',
  },
  'validator-keys-unreachable': {
    positive: log('IDX20803: Unable to obtain configuration from the metadata address.'),
    lookAlike: noKey,
    instead: 'signing-key-not-found',
  },
  'apim-policy-overwrites-authorization': {
    positive: overwritten,
    lookAlike: toAnother,
    instead: 'aud-mismatch',
  },
  'apim-backend-credential-missing': {
    positive: behind('none'),
    lookAlike: behind('key'),
    instead: 'apim-backend-credential-wrong',
  },
  'apim-backend-credential-wrong': {
    positive: behind('key'),
    lookAlike: behind('none'),
    instead: 'apim-backend-credential-missing',
  },
  'apim-cors-origin-not-allowed': {
    positive: scene(
      callOf(GATEWAY, { headers: { Origin: 'https://app.contoso.com' } }),
      answerOf(200, '', { 'Content-Length': '0' }),
      {
        target: { kind: known('apim') },
      },
    ),
    lookAlike: PLATFORM_FIXTURES['cors-preflight-unauthenticated'].positive,
    instead: 'cors-preflight-unauthenticated',
  },
  'apim-operation-not-found': {
    positive: scene(callOf(GATEWAY), answerOf(404, { statusCode: 404, message: 'Resource not found' }), {
      target: { kind: known('apim') },
    }),
    lookAlike: keyMissing,
    instead: 'apim-subscription-key-missing',
  },
  'function-authlevel-needs-master-key': {
    positive: { ...wrongKey, target: { kind: known('functions'), authLevel: known('admin') } },
    lookAlike: wrongKey,
    instead: 'function-key-wrong',
  },
  'functions-bearer-scheme-collision': {
    positive: onFunctions(described('The audience is invalid', at.v2Claims())),
    lookAlike: onFunctions(toAnother),
    instead: 'aud-mismatch',
  },
  'easyauth-client-not-allowed': { positive: clientRefused, lookAlike: scope, instead: 'scope-missing' },
  'easyauth-oidc-bearer-unsupported': {
    positive: scene(
      callOf(APP, { claims: at.v2Claims() }),
      answerOf(401, 'no', { 'WWW-Authenticate': 'Bearer realm="contoso"' }),
      {
        target: {
          kind: known('appService'),
          easyAuth: known<EasyAuthFacts>({
            isWhole: true,
            enabled: true,
            requireAuthentication: true,
            providers: ['customOpenIdConnectProviders'],
          }),
        },
      },
    ),
    lookAlike: PLATFORM_FIXTURES['easyauth-audience-not-allowed'].positive,
    instead: 'easyauth-audience-not-allowed',
  },
  'easyauth-session-invalid': {
    positive: scene(callOf(APP, { headers: { 'X-ZUMO-AUTH': 's' } }), noToken.exchanges[0]?.response ?? bare401),
    lookAlike: noToken,
    instead: 'missing-token',
  },
  'easyauth-client-flow-refused': {
    positive: posted(at.v2Claims({ aud: at.OTHER_TENANT }), {}),
    lookAlike: posted(graphClaims, { nonce: 'n' }),
    instead: 'graph-nonce-token',
  },
  'easyauth-csrf-refused': {
    positive: scene(callOf(APP, { method: 'POST', headers: session }), answerOf(403, '', MIDDLEWARE)),
    lookAlike: clientRefused,
    instead: 'easyauth-client-not-allowed',
  },
} satisfies Partial<Record<CauseId, CauseFixture>>;
