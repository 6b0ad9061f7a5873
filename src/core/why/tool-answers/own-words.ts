import { isLoginHost } from '../../azure/login-hosts.ts';
import { isLastErrorReason } from '../../call/apim-messages.ts';
import { isKnownScheme } from '../../call/scheme-names.ts';
import { OAUTH_ERROR_TEXTS } from '../../entra/oauth-error-texts.ts';
import { OPENID_SCOPES } from '../../entra/scope-resource.ts';
import { STRANGERS } from '../../gates/app/strangers.ts';
import { meaningOfCode } from '../../gates/code-causes.ts';
import { isPolicyName } from '../../policy/named-policy.ts';
import { isDocumentedClaim } from '../../token/claims.ts';
import { microsoftApiOf, wellKnownAppName } from '../../token/well-known-apps.ts';
import { wellKnownTenantName } from '../../token/well-known-tenants.ts';
import { type ClosedWord, inOurWords } from './closed-word.ts';

const LONGEST = 100;
const NUMBER = /^-?\d{1,16}(?:\.\d{1,6})?$/;
const MOMENT = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z| UTC)$/;
const NUMBERED_CODE = /^(?:AADSTS\d{4,7}|(?:AKV|IDX|IDW)\d{5})$/;

/** Compared without regard to letter case, and told as they stand here. */
const WRITTEN = new Map(
  (
    'Authorization Proxy-Authorization WWW-Authenticate Ocp-Apim-Subscription-Key subscription-key x-functions-key ' +
    'x-api-key api-key X-ZUMO-AUTH Cookie Origin Host User-Agent Content-Type x-ms-version Access-Control-Request-Method ' +
    'Access-Control-Request-Headers Basic Bearer Digest DPoP PoP Negotiate NTLM SharedKey SharedKeyLite ' +
    'SharedAccessSignature AzureApiManagementKey GET POST PUT PATCH DELETE HEAD OPTIONS'
  )
    .split(' ')
    .map((word) => [word.toLowerCase(), word]),
);

/** Compared exactly. */
const WORDS: ReadonlySet<string> = new Set([
  ...['code', 'query', 'header', 'anonymous', 'function', 'admin', 'master', 'system', 'none', 'v1', 'v2'],
  ...['managedIdentity', 'key', 'basic', 'certificate'],
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'HS256', 'HS384', 'HS512'],
  ...['EdDSA', 'JWT', 'at+jwt', 'app', 'user', '.default', 'user_impersonation', 'access_as_user', ...OPENID_SCOPES],
  ...Object.keys(OAUTH_ERROR_TEXTS),
  ...['invalid_token', 'insufficient_scope', 'insufficient_claims', 'insufficient_user_authentication'],
  ...['UNAUTHENTICATED', 'UNAUTHORIZED', 'FORBIDDEN', 'AUTH_NOT_AUTHENTICATED', 'AUTH_NOT_AUTHORIZED'],
  ...['Unauthorized', 'Forbidden', 'AccessDenied', 'AuthenticationFailed', 'AuthenticationFailedMissingToken'],
  ...['InvalidAuthenticationToken', 'Authorization_RequestDenied', 'NoPermissionsInAccessToken', 'ErrorAccessDenied'],
  ...['ErrorInvalidUser', 'ExtensionError', 'InsufficientAccountPermissions', 'PermissionDenied'],
  ...['AuthorizationFailure', 'NetworkAclsValidationFailure', 'AuthenticationTypeDisabled'],
  ...['NoAuthenticationInformation', 'KeyBasedAuthenticationNotPermitted'],
  ...['Front Door', 'Application Gateway', ...STRANGERS],
  ...['/.auth/login/', 'clientCertEnabled', 'azureStaticWebApps', 'Site Disabled', 'Ip Forbidden'],
]);

/** The word, where it is one of our own lists: names of protocols and of Azure, documented codes, ids everybody knows. */
export function ownWord(text: string): ClosedWord | undefined {
  if (text.length > LONGEST) return undefined;
  const written = WRITTEN.get(text.toLowerCase());
  if (written !== undefined) return inOurWords(written);
  if (isKnownScheme(text)) return inOurWords(text.toLowerCase());
  if (wellKnownAppName(text) !== undefined || wellKnownTenantName(text) !== undefined)
    return inOurWords(text.toLowerCase());
  return isListed(text) || isKnownAddress(text) ? inOurWords(text) : undefined;
}

/** A number, or a moment as we write it. */
export function numberWord(text: string): ClosedWord | undefined {
  return NUMBER.test(text) || MOMENT.test(text) ? inOurWords(text) : undefined;
}

function isListed(text: string): boolean {
  return (
    WORDS.has(text) ||
    NUMBERED_CODE.test(text) ||
    isLastErrorReason(text) ||
    isPolicyName(text) ||
    isDocumentedClaim(text) ||
    meaningOfCode({ family: 'errorCode', code: text, where: 'errorCode' }) !== undefined
  );
}

/** Of a Microsoft API or a login host, with no path but one of the protocols. */
function isKnownAddress(text: string): boolean {
  const [, host = '', path = ''] = /^https:\/\/([a-z0-9.-]{1,80})(\/.*)?$/.exec(text) ?? [];
  if (isLoginHost(host)) return /^(?:\/(?:common|organizations|consumers))?(?:\/v2\.0)?\/?$/.test(path);
  return microsoftApiOf(`https://${host}`) !== undefined && /^\/{0,2}(?:\.default)?$/.test(path);
}
