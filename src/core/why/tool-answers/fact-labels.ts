import type { EvidenceId } from '../../gates/evidence.ts';
import type { CauseFacts } from '../causes/cause-words.ts';
import { ours } from './closed-word.ts';
import type { Label, Writing } from './labelled-values.ts';

/** Whose words a fact may hold. */
const FROM = {
  answer: ours('the answer of the server'),
  call: ours('the call'),
  token: ours('the token'),
  settings: ours('the settings'),
  policy: ours('the policy'),
  target: ours('the settings, the policy or the answer'),
};

/** What a fact is. */
const WHAT = {
  name: ours('name of a header or parameter'),
  scheme: ours('authentication scheme'),
  code: ours('error code'),
  audience: ours('audience'),
  resource: ours('resource'),
  authority: ours('authority'),
  host: ours('host'),
  address: ours('address'),
  clientId: ours('application id'),
  tenant: ours('tenant'),
  action: ours('action'),
  scope: ours('scope of a role assignment'),
  permission: ours('scope or role'),
  vault: ours('name of a vault'),
  claim: ours('name of a claim'),
  value: ours('value of a claim'),
  expected: ours('what is accepted'),
  policy: ours('name of a policy'),
  client: ours('client library'),
  reference: ours('reference for support'),
  setting: ours('setting'),
  credential: ours('kind of credential'),
};

function label(what: keyof typeof WHAT, from: keyof typeof FROM, written: Writing = 'one'): Label {
  return { what: WHAT[what], from: FROM[from], written };
}

type Parts = { value?: Label; other?: Label };

/** What each observation is filled with; one with another filling does not get there. */
export const EVIDENCE_LABELS: Record<EvidenceId, Parts> = {
  noAuthorization: {},
  bearerElsewhere: { value: label('name', 'call') },
  authorizationScheme: { value: label('scheme', 'call') },
  documentedCode: { value: label('code', 'answer', 'code'), other: label('code', 'answer') },
  codeInText: { value: label('code', 'answer', 'code'), other: label('code', 'answer') },
  keyChallenge: { value: label('name', 'answer'), other: label('name', 'answer') },
  keyMessage: { value: label('code', 'answer') },
  keySent: { value: label('name', 'target') },
  noKeySent: { value: label('name', 'target'), other: 'withheld' },
  keyUnderOtherName: { value: label('name', 'call'), other: label('name', 'target') },
  jwtMessage: { value: label('code', 'answer') },
  policyMessage: { value: 'withheld' },
  gatewayEnvelope: { value: 'withheld' },
  easyAuthChallenge: { value: label('clientId', 'answer') },
  easyAuthPage: {},
  easyAuthMiddleware: {},
  loginRedirect: { value: label('address', 'answer', 'address') },
  emptyUnauthorized: {},
  authLevel: { value: label('setting', 'settings') },
  bearerChallenge: { value: 'withheld' },
  appSignature: { value: 'withheld' },
  noPlatformSignature: {},
  statusIs: { value: label('code', 'answer') },
  tokenFinding: { value: label('value', 'token', 'words'), other: label('expected', 'target', 'words') },
  credentialsDropped: { value: label('address', 'call', 'address'), other: label('address', 'answer', 'address') },
  settingsRefuse: {},
  postedToken: {},
  claimsInToken: { value: label('claim', 'token') },
  graphqlCode: { value: label('code', 'answer') },
  tokenPasses: {},
  metNext: {},
  traceSays: { value: 'withheld', other: label('policy', 'answer') },
  ownPolicyMessage: { value: 'withheld', other: label('code', 'policy') },
  authorizationReplaced: { value: label('policy', 'policy'), other: label('code', 'policy') },
  anotherToken: { value: label('value', 'answer'), other: label('value', 'token', 'words') },
  backendAnswered: { value: label('code', 'answer') },
  notTheGateways: {},
  credentialOfGateway: { value: label('credential', 'policy') },
  emptyOk: {},
  claimAbsent: { value: label('claim', 'token') },
  claimsChallenge: { value: 'withheld' },
  callerSeen: { value: 'withheld', other: label('clientId', 'answer') },
  callerIsAnother: { value: 'withheld', other: 'withheld' },
  actionRefused: { value: label('action', 'answer'), other: label('scope', 'answer') },
  audiencesNamed: { value: label('audience', 'answer'), other: label('audience', 'answer', 'list') },
  tenantNamed: { value: label('tenant', 'answer'), other: label('tenant', 'answer') },
  addressSeen: { value: 'withheld' },
  vaultNamed: { value: label('vault', 'answer') },
  vaultChallenge: { value: label('resource', 'answer', 'address'), other: label('authority', 'answer', 'address') },
  challengeHost: { value: label('resource', 'answer', 'address'), other: label('host', 'call') },
  sdkCalls: { value: label('client', 'call') },
  serviceMessage: { value: 'withheld' },
  permissionsHeld: { value: label('permission', 'token', 'words'), other: label('claim', 'token') },
  operationNeeds: { value: label('permission', 'answer', 'list') },
  resourceRequested: { value: label('resource', 'answer', 'address') },
  subjectPresented: { value: 'withheld' },
  clientAsked: { value: label('clientId', 'call') },
  identityEndpoint: { value: label('code', 'answer') },
  noVersionSent: {},
  edgePage: { value: 'withheld' },
  wafReference: { value: label('reference', 'answer') },
  preflight: { value: label('address', 'call', 'address') },
  settingSays: { value: label('setting', 'settings') },
  platformPage: { value: 'withheld' },
  forbiddenAddress: { value: 'withheld' },
  siteReplacesToken: { value: label('host', 'call') },
  clockDiffers: { value: label('code', 'answer'), other: label('code', 'answer') },
};

/**
 * What each fact of a wording is. `ours`: made of our own lists only. `leftOut`: says who or where somebody is, or is
 * nothing a model can use; the wording has words of its own for it.
 */
export const FACT_LABELS: Record<Exclude<keyof CauseFacts, 'challenge'>, Label | 'ours' | 'leftOut'> = {
  serviceScope: 'ours',
  keyKind: 'withheld',
  ownScope: label('permission', 'settings'),
  tokenVersion: 'ours',
  keyName: label('name', 'target'),
  tenant: label('tenant', 'target'),
  expectedAudience: label('audience', 'target', 'list'),
  audience: label('audience', 'token'),
  objectId: 'leftOut',
  clientId: label('clientId', 'target'),
  action: label('action', 'answer'),
  vaultRole: 'ours',
  resourceId: label('scope', 'answer'),
  vaultName: label('vault', 'answer'),
  permission: label('permission', 'answer', 'list'),
  headerName: label('name', 'target'),
  address: 'leftOut',
  origin: label('address', 'call', 'address'),
  reference: label('reference', 'answer'),
  requestedResource: label('resource', 'answer', 'address'),
  claims: 'leftOut',
  finalUrl: label('address', 'answer', 'address'),
  answersByPolicy: 'ours',
  service: 'ours',
};

/** Of a challenge's proposal. */
export const CHALLENGE_LABELS = {
  authority: label('authority', 'answer', 'address'),
  resource: label('resource', 'answer', 'address'),
};

/** Of the pair of token and target, and of a correction of the profile. */
export const KEY_NAME_LABEL = label('name', 'answer');
export const AUDIENCE_LABEL = label('audience', 'policy');
