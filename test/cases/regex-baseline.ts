import type { DiagnosisCase } from './diagnosis-case.ts';

/** What people do without an engine: the first expression that fits the text of the answer. Ids of the catalogue. */
const PATTERNS: readonly (readonly [pattern: RegExp, cause: string])[] = [
  [/AADSTS7000215/, 'aadsts-7000215-invalid-secret'],
  [/AADSTS7000222/, 'aadsts-7000222-secret-expired'],
  [/AADSTS700027/, 'aadsts-700027-certificate-not-registered'],
  [/AADSTS700024/, 'aadsts-700024-assertion-time-range'],
  [/AADSTS(?:700213|70021|7002138)/, 'aadsts-700213-federated-credential-mismatch'],
  [/AADSTS(?:7000218|9002326|700025|70002|90023)/, 'aadsts-client-type-mismatch'],
  [/AADSTS(?:70011|1002012|28000)/, 'aadsts-70011-invalid-scope'],
  [/AADSTS500011/, 'aadsts-500011-resource-not-found'],
  [/AADSTS700016/, 'aadsts-700016-app-not-found'],
  [/AADSTS90009/, 'aadsts-90009-self-token-needs-guid'],
  [/AADSTS50(?:105|1051)/, 'aadsts-50105-not-assigned'],
  [/AADSTS50020/, 'aadsts-50020-user-not-in-tenant'],
  [/AADSTS(?:700082|70043|50173|70008)/, 'refresh-token-expired'],
  [/AADSTS500131/, 'obo-assertion-wrong-audience'],
  [/AADSTS50013/, 'obo-assertion-signature-invalid'],
  [/AADSTS(?:240002|90083|50027)/, 'obo-assertion-wrong-token-type'],
  [/AADSTS(?:530\d\d|50076|50079|50158)/, 'conditional-access'],
  [/AADSTS(?:65001|90094)/, 'consent-required'],
  [/Identity not found/, 'managed-identity-not-found'],
  [/missing subscription key/, 'apim-subscription-key-missing'],
  [/invalid subscription key/, 'apim-subscription-key-invalid'],
  [/insufficient_claims/, 'cae-claims-challenge'],
  [/AKV10000/, 'missing-token'],
  [/AKV10022/, 'keyvault-wrong-resource'],
  [/AKV10032/, 'keyvault-issuer-wrong-tenant'],
  [/ForbiddenByRbac/, 'keyvault-rbac-missing'],
  [/ForbiddenBy(?:Firewall|Connection)/, 'keyvault-network-blocked'],
  [/does not have \w+ \w+ permission/, 'keyvault-access-policy-missing'],
  [/on-behalf-of/, 'keyvault-compound-identity-required'],
  [/InvalidAuthenticationTokenTenant/, 'arm-wrong-tenant'],
  [/InvalidAuthenticationTokenAudience/, 'arm-wrong-audience'],
  [/LinkedAuthorizationFailed/, 'arm-linked-scope-missing'],
  [/AuthorizationFailed/, 'arm-rbac-missing'],
  [/AuthorizationPermissionMismatch/, 'data-plane-role-missing'],
  [/Authorization_RequestDenied/, 'scope-missing'],
  [/IDX10223|expired/i, 'token-expired'],
  [/IDX10222|not yet valid/i, 'token-not-yet-valid'],
  [/IDX1050[13]|key was not found/, 'signing-key-not-found'],
  [/IDX1051[16]|signature is invalid/, 'signature-tampered'],
  [/IDX10214|audience/i, 'aud-mismatch'],
  [/IDX10205|issuer/i, 'issuer-wrong-tenant'],
  [/Ip Forbidden/, 'ip-restriction-blocked'],
  [/do not have permission to view this directory/, 'missing-token'],
];

/** The causes whose expressions fit, best first; then what an empty answer with and without a token is usually blamed on. */
export function guessByPattern({ request, response }: DiagnosisCase): string[] {
  const text = JSON.stringify([response?.headers ?? {}, response?.body ?? '', response?.trace ?? '']);
  const found = PATTERNS.filter(([pattern]) => pattern.test(text)).map(([, cause]) => cause);
  const carriesToken = Object.keys(request?.headers ?? {}).some((name) => name.toLowerCase() === 'authorization');
  const usual = response?.status === 403 ? 'role-missing' : carriesToken ? 'token-expired' : 'missing-token';
  return [...new Set([...found, usual])];
}
