/** Schemes of IANA's registry of HTTP authentication schemes, and those Azure and its neighbours use. Lower case. */
const SCHEMES = new Set([
  ...['basic', 'bearer', 'concealed', 'digest', 'dpop', 'gnap', 'hoba', 'mutual', 'negotiate', 'oauth', 'ntlm'],
  ...['privatetoken', 'scram-sha-1', 'scram-sha-256', 'vapid', 'pop', 'mtls_pop', 'mac', 'hawk', 'signature'],
  ...['sharedkey', 'sharedkeylite', 'sharedaccesssignature', 'hmac-sha256', 'hmac-sha384', 'hmac-sha512'],
  ...['aws4-hmac-sha256', 'aws', 'apikey', 'api-key', 'key', 'token', 'jwt', 'azureapimanagementkey', 'passport1.4'],
  ...['msauth1.0', 'wrap', 'googlelogin', 'genie-key', 'kerberos', 'type'],
]);

/** True for a known name of an authentication scheme, without regard to case: safe to show, never part of a secret. */
export function isKnownScheme(word: string): boolean {
  return SCHEMES.has(word.toLowerCase());
}
