import { readAuthorization } from '../../../../src/core/call/authorization.ts';
import type { Call, Header } from '../../../../src/core/call/call.ts';
import type { CallResponse, Exchange } from '../../../../src/core/call/exchange.ts';
import { readEasyAuthSettings } from '../../../../src/core/gates/easy-auth/easy-auth-settings.ts';
import type { Fact, Knowledge, TargetFacts, TargetKind } from '../../../../src/core/gates/facts.ts';
import { effectivePolicyOf } from '../../../../src/core/policy/effective-policy.ts';
import { readPolicy } from '../../../../src/core/policy/read-policy.ts';
import { knowledgeOf } from '../../../../src/core/why/knowledge.ts';
import * as at from '../entra-fixture.ts';
import type { Chance } from '../random.ts';

const STATUSES = [0, 100, 200, 204, 301, 302, 307, 400, 401, 401, 401, 403, 403, 404, 407, 429, 500, 503, 999, -1];
const WORDS = [
  ...['AADSTS50013', 'IDX10214: x', 'AKV10022: Invalid audience. Expected a, found: b.', 'IDW10201', 'TokenExpired'],
  ...['Access denied due to missing subscription key.', 'JWT not present.', 'ForbiddenByRbac', 'insufficient_claims'],
  ...['You do not have permission to view this directory or page.', 'Ip Forbidden', 'AuthorizationFailed', 'api://x'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', '\0', '\ud800', '\u202e', 'é'.repeat(50), '"', '\\'],
  ...['{"error":', '[[[[', '<Error><Code>', '<center>nginx', 'x'.repeat(3000), ',,,,', '===', '%2e%zz', '\r\n', ''],
];
const HEADERS = [
  ...['WWW-Authenticate', 'www-authenticate', 'Location', 'ErrorReason', 'ErrorSource', 'x-ms-error-code', 'Server'],
  ...['Content-Length', 'Date', 'Retry-After', 'x-ms-middleware-request-id', 'x-azure-ref', 'x-ms-forbidden-ip'],
  ...['Set-Cookie', '', '__proto__', 'constructor', 'x-ms-keyvault-network-info', 'Access-Control-Allow-Origin'],
];
const CHALLENGES = [
  'Bearer realm="a" authorization_uri="https://login.windows.net/x" resource_id="y"',
  `Bearer authorization_uri="https://login.windows.net/${at.TENANT}/oauth2/authorize" resource_id="${at.API_ID}"`,
  'Bearer error="insufficient_claims", claims="eyJhIjoxfQ=="',
  'Bearer error="insufficient_claims", claims="%%%"',
  'AzureApiManagementKey realm="x",name="__proto__",type="query"',
  'Bearer authorization="https://", resource="vault.azure.net"',
  'Basic realm="',
  'Bearer "',
  '=',
  `Bearer ${'a="b", '.repeat(200)}`,
];
const URLS = [
  ...['https://a.azure-api.net/x', 'https://a.azurewebsites.net/api/x?code=1', 'https://v.vault.azure.net/secrets/a'],
  ...['https://management.azure.com/subscriptions/1', 'https://graph.microsoft.com/v1.0/me', 'https://[::1]:8/x', ''],
  ...['https://a.blob.core.windows.net/c/b', 'https://login.microsoftonline.com/t/oauth2/v2.0/token', 'x', '://', '/a'],
  ...['https://a.azurestaticapps.net/.auth/login/aad', 'https://p.logic.azure.com/workflows/1?sig=2', 'javascript:1'],
];
const KINDS: readonly (TargetKind | undefined)[] = [
  ...([undefined, 'functions', 'appService', 'staticWebApp', 'logicApp', 'apim', 'keyVault', 'arm', 'graph'] as const),
  ...(['storage', 'dataPlane', 'tokenEndpoint', 'other'] as const),
];
const POLICIES = [
  '<policies><inbound><validate-jwt header-name="Authorization"><audiences><audience>a</audience></audiences></validate-jwt></inbound></policies>',
  '<validate-azure-ad-token tenant-id="@(1)"><client-application-ids><application-id>x</application-id></client-application-ids>',
  '<inbound><cors><allowed-origins><origin>*</origin></allowed-origins></cors><ip-filter action="allow"><address>x</address>',
  '<policies><inbound><authentication-managed-identity resource="x" /><check-header name="a"/>',
  '<<<<',
  '',
];
const CLAIMS: readonly unknown[] = [
  ...['x', '', 'https://graph.microsoft.com', at.API_ID, at.TENANT, 1, -1, 1e308, null, true, [], {}, [null, 1], ['a']],
  ...[
    { groups: 'x' },
    'api://',
    'https://sts.windows.net//',
    at.V2_ISSUER,
    '2.0',
    at.NOW_SEC - 9000,
    at.NOW_SEC + 9000,
  ],
];
const CLAIM_NAMES = [
  ...['aud', 'iss', 'tid', 'ver', 'exp', 'nbf', 'iat', 'scp', 'roles', 'azp', 'appid', 'oid', 'sub', 'idtyp', 'groups'],
  ...['_claim_names', 'nonce', '__proto__', 'wids', 'xms_cc'],
];

/** An exchange nobody's server sent, with whatever may be known of its target. */
export function hostileExchange(chance: Chance): { exchanges: Exchange[]; knowledge: Knowledge } {
  const exchanges = Array.from({ length: 1 + chance.below(2) }, () => oneExchange(chance));
  const { call } = exchanges.at(-1) ?? {};
  const profile =
    chance.below(2) === 0 ? undefined : { ...at.PROFILE, target: chance.pick(['apim', 'functions'] as const) };
  const known = knowledgeOf(profile, undefined, {}, call, at.NOW_MS);
  return { exchanges, knowledge: { ...known, target: { ...known.target, ...hostileFacts(chance) } } };
}

function oneExchange(chance: Chance): Exchange {
  return {
    ...(chance.below(8) > 0 ? { call: hostileCall(chance) } : {}),
    ...(chance.below(8) > 0 ? { response: hostileResponse(chance) } : {}),
    ...(chance.below(6) === 0 ? { text: textOf(chance) } : {}),
  };
}

function hostileCall(chance: Chance): Call {
  const headers: Header[] = Array.from({ length: chance.below(4) }, () => ({
    name: chance.pick([
      'Authorization',
      'x-functions-key',
      'Ocp-Apim-Subscription-Key',
      'Cookie',
      'Origin',
      'Host',
      '__proto__',
    ]),
    value: chance.pick([...WORDS, 'Bearer x', 'Bearer a.b.c', 'Basic eA==', 'AppServiceAuthSession=1']),
  }));
  const written = readAuthorization(headers);
  const bearer = {
    token: { header: hostileClaims(chance), payload: hostileClaims(chance) },
    partial: chance.below(2) === 0,
    signatures: {},
  };
  return {
    method: chance.pick(['GET', 'POST', 'OPTIONS', 'HEAD', '', 'x y']),
    url: chance.pick(URLS),
    headers,
    ...(chance.below(3) === 0 ? { body: textOf(chance) } : {}),
    authorization: chance.below(2) === 0 ? written : { type: 'bearer', bearer, setBy: 'caller' },
    ...(chance.below(4) === 0 ? { bodyToken: bearer } : {}),
  };
}

function hostileClaims(chance: Chance): never {
  const claims = Array.from({ length: chance.below(8) }, () => [chance.pick(CLAIM_NAMES), chance.pick(CLAIMS)]);
  return JSON.parse(JSON.stringify(Object.fromEntries(claims))) as never;
}

function hostileResponse(chance: Chance): CallResponse {
  const headers = Array.from({ length: chance.below(5) }, () => ({
    name: chance.pick(HEADERS),
    value: chance.pick([...WORDS, ...CHALLENGES, ...CHALLENGES]),
  }));
  const text = textOf(chance);
  return {
    ...(chance.below(10) > 0 ? { status: chance.pick(STATUSES) } : {}),
    headers,
    headersComplete: chance.below(2) === 0,
    ...(chance.below(4) > 0 ? { body: { text, bytes: text.length, isComplete: true } } : {}),
    ...(chance.below(6) === 0 ? { trace: textOf(chance) } : {}),
  };
}

function textOf(chance: Chance): string {
  const word = () => chance.pick(WORDS);
  switch (chance.below(6)) {
    case 0:
      return JSON.stringify({ error: { code: word(), message: word(), innererror: { code: word() } } });
    case 1:
      return JSON.stringify({ statusCode: chance.pick(STATUSES), message: word() });
    case 2:
      return JSON.stringify({ error: word(), error_description: word(), error_codes: [50013, 'x', null, 7000215] });
    case 3:
      return JSON.stringify({ errors: [{ extensions: { code: word() } }, null, 1], [word()]: { [word()]: [] } });
    case 4:
      return word() + word() + word();
    default:
      return '';
  }
}

function hostileFacts(chance: Chance): TargetFacts {
  const fact = <T>(value: T): Fact<T> => ({ value, source: 'setting', readAtMs: at.NOW_MS });
  const kind = chance.pick(KINDS);
  const settings = { platform: chance.pick(CLAIMS), globalValidation: { excludedPaths: chance.pick(CLAIMS) } };
  return {
    ...(kind ? { kind: fact(kind) } : {}),
    ...(chance.below(3) === 0 ? { policy: fact(effectivePolicyOf(readPolicy(chance.pick(POLICIES)))) } : {}),
    ...(chance.below(3) === 0 ? { easyAuth: fact(readEasyAuthSettings(settings)) } : {}),
    ...(chance.below(6) === 0
      ? { accessRestrictions: fact([{ address: chance.pick(WORDS), action: 'deny' as const }]) }
      : {}),
    ...(chance.below(6) === 0 ? { operations: fact([{ method: 'GET', template: chance.pick(WORDS) }]) } : {}),
    ...(chance.below(6) === 0
      ? { logicApp: fact({ policies: [{ name: 'p', claims: { iss: chance.pick(WORDS) } }] }) }
      : {}),
    ...(chance.below(6) === 0 ? { authLevel: fact('function' as const) } : {}),
  };
}
