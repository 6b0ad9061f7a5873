import type { Evidence, EvidenceId } from '../gates/gate.ts';

/** The wording of every observation, once. `value` and `other` are untrusted text. */
const EVIDENCE_TEXTS: Record<EvidenceId, (value: string, other: string) => string> = {
  noAuthorization: () => 'The call has no Authorization header.',
  authorizationScheme: (value) =>
    value ? `The Authorization header says ${value}.` : 'The Authorization header names no scheme.',
  documentedCode: (value, other) =>
    `The answer carries ${value}${other ? ` with ${other}` : ''}, at its documented place.`,
  codeInText: (value) => `The text carries ${value}; it may have been passed on.`,
  keyChallenge: (value) =>
    `The answer demands a subscription key${value ? ` in ${value}` : ''} (AzureApiManagementKey).`,
  keyMessage: (value) => `The message is API Management’s own (${value}).`,
  keySent: (value) => `A key was sent in ${value}.`,
  noKeySent: (value) => `Nothing was sent in ${value}.`,
  keyUnderOtherName: (value, other) => `A key was sent in ${value}; the API looks at ${other}.`,
  jwtMessage: (value) => `The message is that of validate-jwt (${value}).`,
  policyMessage: (value) => `“${value}” is the message of the documentation’s validate-jwt example.`,
  gatewayEnvelope: (value) => `The answer has the form of API Management’s errors: “${value}”.`,
  easyAuthChallenge: (value) =>
    `The challenge names the client id ${value} the way only App Service authentication does.`,
  easyAuthPage: () => 'The page is the one App Service answers with.',
  easyAuthMiddleware: () =>
    'The answer passed App Service’s authentication, and the token has no fault the profile knows of.',
  audienceIsNotTheClientId: (value, other) => `The token’s audience is ${value}; the app’s client id is ${other}.`,
  loginRedirect: (value) => `The answer redirects to ${value}.`,
  emptyUnauthorized: () =>
    'The answer is a bare 401: no body, no challenge. The Functions host answers so; code can, too.',
  authLevel: (value) => `The authLevel is ${value}.`,
  bearerChallenge: (value) => `The challenge says: “${value}”.`,
  appSignature: (value) => `The answer has the form of ${value}, which is not Azure’s.`,
  noPlatformSignature: () => 'Nothing in the answer is known as a platform’s.',
  statusIs: (value) => `The status is ${value}.`,
  tokenFinding: (value, other) =>
    other ? `The token says ${value}; expected is ${other}.` : `The token says ${value}.`,
  credentialsDropped: (value, other) => `From ${value} the call was sent on to ${other}, without its credentials.`,
};

/** One sentence for an observation. */
export function describeEvidence({ id, value = '', other = '' }: Evidence): string {
  return EVIDENCE_TEXTS[id](value, other);
}

/** True for the id of an observation that has a wording. */
export function isEvidenceId(id: string): id is EvidenceId {
  return Object.hasOwn(EVIDENCE_TEXTS, id);
}
