import type { Evidence, EvidenceId } from '../gates/evidence.ts';

/** The wording of every observation, once. `value` and `other` are untrusted text. */
const EVIDENCE_TEXTS: Record<EvidenceId, (value: string, other: string) => string> = {
  noAuthorization: () => 'The call has no Authorization header.',
  bearerElsewhere: (value) => `The token stands in ${value}; it is looked for in Authorization.`,
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
  loginRedirect: (value) => `The answer redirects to ${value}.`,
  emptyUnauthorized: () =>
    'The answer is a bare 401: no body, no challenge. The Functions host answers so; code can, too.',
  authLevel: (value) => `The authLevel is ${value}.`,
  bearerChallenge: (value) => `The challenge says: “${value}”.`,
  appSignature: (value) => `The answer has the form of ${value}, which is not Azure’s.`,
  noPlatformSignature: () => 'Nothing in the answer is known as a platform’s.',
  statusIs: (value) => `The status is ${value}.`,
  tokenFinding: (value, other) =>
    value ? `The token says ${value}${other ? `; expected is ${other}` : ''}.` : lacked(other),
  settingsRefuse: () => 'By what is known of its settings, this gate refuses the call.',
  postedToken: () => 'A token was posted to /.auth/login.',
  claimsInToken: (value) => `The token has ${value}.`,
  graphqlCode: (value) => `The body says ${value} under errors › extensions.`,
  tokenPasses: () => 'The token passes every check that the profile describes.',
  metNext: () => 'The call would meet this next.',
  credentialsDropped: (value, other) => `From ${value} the call was sent on to ${other}, without its credentials.`,
  traceSays: (value, other) => `The trace says of ${other}: “${value}”.`,
  ownPolicyMessage: (value, other) => `“${value}” is the message the policy in line ${other} answers with.`,
  authorizationReplaced: (value, other) =>
    `${value} in line ${other} replaces Authorization before the token is checked.`,
  anotherToken: (value, other) => `Validated was a token with ${value}; the token sent says ${other}.`,
  backendAnswered: (value) => `The trace shows the backend answering with ${value}: the gateway let the call pass.`,
  notTheGateways: () => 'The answer does not have the form of API Management’s own errors.',
  credentialOfGateway: (value) => `The gateway sends a credential of its own to the backend (${value}).`,
  emptyOk: () => 'A 200 without a body and without CORS headers: the gateway answered, not the API.',
  claimAbsent: (value) => `The token has no ${value}.`,
  claimsChallenge: (value) =>
    `The challenge says insufficient_claims${value ? `, and asks for ${value}` : '; its claims cannot be read'}.`,
  callerSeen: (value, other) =>
    `The message names the caller: object id ${value}${other ? `, application ${other}` : ''}.`,
  callerIsAnother: (value, other) => `It speaks of object id ${value}; the token at hand is of ${other}.`,
  actionRefused: (value, other) => `Refused was ${value}${other ? ` on ${other}` : ''}.`,
  audiencesNamed: (value, other) => `It found the audience ${value || '(none)'}; it takes ${other}.`,
  tenantNamed: (value, other) => `It names the tenant to sign in to: ${value}${other ? `; it found ${other}` : ''}.`,
  addressSeen: (value) => `It saw the address ${value}.`,
  vaultNamed: (value) => `The vault is ${value}.`,
  vaultChallenge: (value, other) => `The challenge is a vault’s: a token for ${value} from ${other}.`,
  challengeHost: (value, other) =>
    `The client refused the challenge${value ? `: it names ${value}` : ''}${other ? `, and the call went to ${other}` : ''}.`,
  sdkCalls: (value) => `The client is an SDK that first asks without a token (${value}).`,
  serviceMessage: (value) => `The service says: “${value}”.`,
  permissionsHeld: (value, other) => (value ? `The token’s ${other}: ${value}.` : `The token has no ${other}.`),
  operationNeeds: (value) => `The operation needs one of: ${value}.`,
  resourceRequested: (value) => `The request named the resource ${value}.`,
  subjectPresented: (value) => `The subject presented is ${value}.`,
  clientAsked: (value) => `The client asking is ${value}.`,
  identityEndpoint: (value) =>
    `The endpoint of managed identities answered${value ? ` ${value}` : ''}: no such identity.`,
  noVersionSent: () => 'The call has no x-ms-version that takes a token.',
  edgePage: (value) => `The page is the one ${value}’s firewall answers with.`,
  wafReference: (value) => `Its reference is ${value}.`,
  preflight: (value) => `It is a preflight${value ? ` for ${value}` : ''}: OPTIONS, which carries no token.`,
  settingSays: (value) => `The settings say ${value}.`,
  platformPage: (value) => `The page says “${value}”, as App Service’s front end does.`,
  forbiddenAddress: (value) => `x-ms-forbidden-ip names the refused address: ${value}.`,
  siteReplacesToken: (value) => `${value} is a static web app: it puts its own token in place of the one sent.`,
  clockDiffers: (value, other) => `The server’s clock said ${value}; this machine’s differs by ${other} s.`,
};

/** One sentence for an observation. */
export function describeEvidence({ id, value = '', other = '' }: Evidence): string {
  return EVIDENCE_TEXTS[id](value, other);
}

/** True for the id of an observation that has a wording. */
export function isEvidenceId(id: string): id is EvidenceId {
  return Object.hasOwn(EVIDENCE_TEXTS, id);
}

/** Of a finding that saw nothing in the token. */
function lacked(expected: string | undefined): string {
  return expected ? `The token does not have what is expected: ${expected}.` : 'The token lacks what is checked.';
}
