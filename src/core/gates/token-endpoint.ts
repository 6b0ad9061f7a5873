import { microsoftAudience } from '../azure/audience.ts';
import { type FoundCode, findErrorCodes } from '../call/error-codes.ts';
import type { Exchange } from '../call/exchange.ts';
import type { CauseId } from './cause-id.ts';
import { meaningOfCode } from './code-causes.ts';
import type { Confidence, Evidence } from './evidence.ts';
import type { Knowledge } from './facts.ts';
import type { Gate, Recognising, Recognition } from './gate.ts';
import { NOT_RECOGNISED, openJudgement } from './recognition.ts';
import { recognised } from './services/service-error.ts';
import { areOfTwoClouds, originOf } from './services/service-hosts.ts';
import { assertionOf, formValue } from './services/token-request.ts';

/** Entra's token endpoint: an AADSTS number beside the OAuth error is its own word; quoted elsewhere it was passed on. */
export const tokenEndpoint: Gate = {
  id: 'tokenEndpoint',
  judge: (_step, call) => openJudgement(call),
  recognise(seen) {
    const managed = recogniseManagedIdentity(seen.exchange);
    if (managed) return managed;
    const codes = findErrorCodes(seen.exchange).filter(({ family }) => family === 'aadsts');
    const found = codes.find((code) => (meaningOfCode(code)?.causes.length ?? 0) > 0) ?? codes[0];
    return found ? recogniseCode(seen, found) : NOT_RECOGNISED;
  },
};

function recogniseCode({ exchange, knowledge }: Recognising, found: FoundCode): Recognition {
  const confidence = surenessOf(exchange, knowledge, found);
  const evidence: Evidence[] = [
    {
      id: confidence === 'certain' ? 'documentedCode' : 'codeInText',
      value: found.code,
      ...(found.oauthError ? { other: found.oauthError } : {}),
    },
    ...detailsOf(found, exchange),
  ];
  const [cause, ...others] = narrow(meaningOfCode(found)?.causes ?? [], found, exchange);
  if (cause === undefined) return { confidence, candidates: [], facts: {} };
  return recognised(confidence, cause, evidence, others, others.length > 0 ? 'likely' : confidence);
}

/** Beside the OAuth `error` from a login host, or from a host that is not known. */
function surenessOf(exchange: Exchange, knowledge: Knowledge, { where }: FoundCode): Confidence {
  return where === 'oauthError' && originOf(exchange, knowledge, 'tokenEndpoint') !== 'other' ? 'certain' : 'likely';
}

/** Of the causes a code allows, what the request and its assertion show, first; alone where they decide. */
function narrow(causes: readonly CauseId[], found: FoundCode, exchange: Exchange): CauseId[] {
  if (found.code === 'AADSTS50013') return narrowAssertion(causes, found, exchange);
  if (found.code === 'AADSTS50012' && /signature|key was not found|thumbprint/i.test(found.message ?? ''))
    return first('aadsts-700027-certificate-not-registered', causes);
  if (found.code === 'AADSTS500011' || found.code === 'AADSTS50001') return narrowResource(causes, found, exchange);
  return [...causes];
}

/** 50013 is any fault of an assertion: whose token it is decides (aadsts.md, On-behalf-of). */
function narrowAssertion(causes: readonly CauseId[], { message = '' }: FoundCode, exchange: Exchange): CauseId[] {
  const token = assertionOf(exchange.call)?.token;
  if (token?.header.nonce !== undefined) return first('obo-assertion-signature-invalid', causes);
  if (/audience/i.test(message)) return first('obo-assertion-wrong-audience', causes);
  if (/signature|key was not found/i.test(message)) return first('obo-assertion-signature-invalid', causes);
  return [...causes];
}

/** A first-party resource is in every tenant of its cloud: not found there, the authority is another cloud's. */
function narrowResource(causes: readonly CauseId[], { message = '' }: FoundCode, { call }: Exchange): CauseId[] {
  const resource = resourceIn(message) ?? '';
  const isFirstParty = microsoftAudience(resource) !== undefined && /^https:\/\/[a-z0-9.-]+\/?$/.test(resource);
  if (!isFirstParty || !call || !areOfTwoClouds(resource, call.url)) return [...causes];
  return first('token-from-other-cloud', causes);
}

function first(cause: CauseId, others: readonly CauseId[]): CauseId[] {
  return [cause, ...others.filter((other) => other !== cause)];
}

function resourceIn(message: string): string | undefined {
  return /resource principal named (\S{1,300}) was not found/.exec(message)?.[1];
}

/** What a message and its request name: data for the wording of the cause. */
function detailsOf({ code, message = '' }: FoundCode, { call }: Exchange): Evidence[] {
  const resource = resourceIn(message);
  const audiences = /audience in the assertion was '([^']{1,300})' and the expected audience is '([^']{1,300})'/.exec(
    message,
  );
  const subject = /assertion subject '([^']{1,400})'/.exec(message)?.[1];
  const clientId = /^AADSTS(?:700016|90009)$/.test(code) ? formValue(call, 'client_id') : undefined;
  return [
    ...(resource === undefined ? [] : [{ id: 'resourceRequested', value: resource } as const]),
    ...(audiences ? [{ id: 'audiencesNamed', value: audiences[1] ?? '', other: audiences[2] ?? '' } as const] : []),
    ...(subject === undefined ? [] : [{ id: 'subjectPresented', value: subject } as const]),
    ...(clientId === undefined ? [] : [{ id: 'clientAsked', value: clientId } as const]),
  ];
}

/** IMDS and the identity endpoint of App Service know no such identity: their own address, and the OAuth error there. */
function recogniseManagedIdentity({ call, response, text, ...rest }: Exchange): Recognition | undefined {
  const url = call && URL.canParse(call.url) ? new URL(call.url) : undefined;
  const isImds = url?.hostname === '169.254.169.254' && /^\/metadata\/identity\//i.test(url.pathname);
  const isLocal = url !== undefined && /^\/(?:msi\/token|metadata\/identity\/oauth2\/token)\/?$/i.test(url.pathname);
  const body = isLocal ? (response?.body?.text?.slice(0, 4_000) ?? '') : '';
  const told = `${text ?? ''}\n${response?.trace ?? ''}\n${body}`;
  const oauth = findErrorCodes({ ...rest, ...(response ? { response } : {}) }).find(({ family }) => family === 'oauth');
  const says = /\bIdentity not found\b|No User Assigned or Delegated Managed Identity/i;
  const clientId = formValue(call, 'client_id');
  const named: Evidence[] = clientId === undefined ? [] : [{ id: 'clientAsked', value: clientId }];
  if ((isImds || isLocal) && oauth?.code === 'invalid_request' && says.test(oauth.message ?? '')) {
    const evidence: Evidence[] = [{ id: 'identityEndpoint', value: oauth.code }, ...named];
    return recognised(isImds ? 'certain' : 'likely', 'managed-identity-not-found', evidence);
  }
  const isTold =
    says.test(`${told}\n${oauth?.message ?? ''}`) || /ManagedIdentityCredential authentication unavailable/.test(told);
  return isTold
    ? recognised('likely', 'managed-identity-not-found', [{ id: 'identityEndpoint', value: '' }, ...named])
    : undefined;
}
