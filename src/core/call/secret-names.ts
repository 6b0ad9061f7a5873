/** Names under which a credential travels: what stands under them is masked wherever a call is shown. */

const SECRET_HEADERS = new Set([
  ...['authorization', 'proxy-authorization', 'cookie', 'set-cookie', 'x-functions-key', 'ocp-apim-subscription-key'],
  ...[
    'api-key',
    'x-api-key',
    'apikey',
    'subscription-key',
    'x-zumo-auth',
    'x-ms-site-token',
    'apim-debug-authorization',
  ],
  ...['x-ms-authorization-auxiliary', 'x-ms-token-aad-access-token', 'x-ms-token-aad-id-token', 'x-auth-token'],
  ...['x-ms-token-aad-refresh-token', 'x-access-token', 'x-csrf-token', 'x-xsrf-token', 'x-ms-client-principal'],
  ...['x-forwarded-access-token', 'x-amz-security-token', 'x-identity-header', 'aeg-sas-key', 'aeg-sas-token'],
  ...['x-goog-api-key', 'x-arr-clientcert', 'x-client-secret'],
]);

/** Also inside URLs and form bodies. `code` is a Functions key there or an OAuth code; in JSON it is an error's name. */
const SECRET_PARAMETERS = new Set([
  ...['code', 'subscription-key', 'ocp-apim-subscription-key', 'x-functions-key', 'sig', 'key', 'api-key', 'api_key'],
  ...['apikey', 'x-api-key', 'token', 'sas'],
]);

/** Secret under this name everywhere: in URLs, forms, JSON and connection strings. */
export const SECRET_FIELDS: readonly string[] = [
  ...['client_secret', 'clientsecret', 'client_assertion', 'refresh_token', 'refreshtoken', 'access_token'],
  ...['accesstoken', 'id_token', 'idtoken', 'assertion', 'code_verifier', 'device_code', 'password', 'passwd', 'pwd'],
  ...['authenticationtoken', 'accountkey', 'sharedaccesskey', 'sharedaccesssignature', 'secret', 'subscription-key'],
  ...['ocp-apim-subscription-key', 'x-functions-key', 'api-key', 'x-api-key', 'apikey', 'api_key', 'masterkey'],
  ...['subscriptionkey', 'functionkey', 'functionskey', 'primarykey', 'secondarykey', 'x-zumo-auth', 'x-ms-site-token'],
  ...['x-ms-client-principal', 'x-ms-token-aad-access-token', 'x-ms-token-aad-id-token', 'session_token'],
  ...['x-ms-token-aad-refresh-token', 'apim-debug-authorization', 'x-auth-token', 'x-access-token'],
];

/** API Management lets an API rename its key header to anything: most such names end like this. */
const SECRET_ENDING = /(?:key|secret|token|password|signature)$/;

const secretFields = new Set(SECRET_FIELDS);

/** True for a header whose value is a credential, whatever it is; without regard to case. */
export function isSecretHeader(name: string): boolean {
  const wanted = name.toLowerCase();
  return SECRET_HEADERS.has(wanted) || secretFields.has(wanted) || SECRET_ENDING.test(wanted);
}

/** True for a query or form parameter whose value is a credential; without regard to case. */
export function isSecretParameter(name: string): boolean {
  const wanted = name.toLowerCase();
  return SECRET_PARAMETERS.has(wanted) || secretFields.has(wanted);
}
