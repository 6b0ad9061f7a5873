import { readAuthorization } from '../../src/core/call/authorization.ts';
import type { BearerToken, Call, Header } from '../../src/core/call/call.ts';
import type { CallResponse, Exchange } from '../../src/core/call/exchange.ts';
import type { ApiProfile, ProfileTarget } from '../../src/core/entra/api-profile.ts';
import { authorityOfUrl } from '../../src/core/entra/authority.ts';
import { readEasyAuthSettings } from '../../src/core/gates/easy-auth/easy-auth-settings.ts';
import type { Knowledge, TargetFacts } from '../../src/core/gates/facts.ts';
import { effectivePolicyOf } from '../../src/core/policy/effective-policy.ts';
import { readPolicy } from '../../src/core/policy/read-policy.ts';
import type { JsonObject } from '../../src/core/token/token.ts';
import { knowledgeOf } from '../../src/core/why/knowledge.ts';
import type { CaseConfig, DiagnosisCase } from './diagnosis-case.ts';

const TARGETS: Record<string, ProfileTarget> = {
  functions: 'functions',
  'functions-easyauth': 'functions',
  apim: 'apim',
  keyvault: 'keyVault',
  arm: 'arm',
  graph: 'graph',
};
const TIME_CLAIMS = ['iat', 'nbf', 'exp', 'auth_time'];

/** What of a case may be seen: config without notes, request, token and response. */
type SeenCase = Pick<DiagnosisCase, 'target' | 'config' | 'request' | 'token' | 'response'>;

/** The exchange a case shows. Signatures are not checked: there are only decoded tokens. */
export function exchangeOf({ request, token, response }: SeenCase, nowMs: number): Exchange {
  return {
    ...(request ? { call: callOf(request, bearerOf(token, nowMs)) } : {}),
    ...(response ? { response: responseOf(response) } : {}),
  };
}

/** What the config of a case says is known of the target. */
export function knowledgeOfCase({ target, config, ...rest }: SeenCase, nowMs: number): Knowledge {
  const { call } = exchangeOf(rest, nowMs);
  const profile = profileOf(target ?? undefined, config ?? {});
  const known = knowledgeOf(profile, undefined, {}, call, nowMs);
  return { ...known, target: { ...known.target, ...factsOf(target ?? undefined, config ?? {}, nowMs) } };
}

function bearerOf(token: DiagnosisCase['token'], nowMs: number): BearerToken | undefined {
  if (!token?.payload) return undefined;
  const payload = Object.fromEntries(
    Object.entries(token.payload).map(([name, value]) => [
      name,
      TIME_CLAIMS.includes(name) ? absoluteTime(value, nowMs) : value,
    ]),
  );
  const decoded = { header: (token.header ?? {}) as JsonObject, payload: payload as JsonObject };
  return { token: decoded, partial: false, signatures: {} };
}

/** `"-600s"`: that many seconds from now, as seconds since the epoch. */
function absoluteTime(value: unknown, nowMs: number): unknown {
  const seconds = typeof value === 'string' ? /^([+-]?\d+)s$/.exec(value)?.[1] : undefined;
  return seconds === undefined ? value : Math.floor(nowMs / 1000) + Number(seconds);
}

function callOf(request: NonNullable<DiagnosisCase['request']>, token: BearerToken | undefined): Call {
  const headers = headersOf(request.headers);
  const written = readWritten(headers);
  // A placeholder stands where the token was; its decoded claims are told apart from it.
  const takesToken = token && (written.type === 'unknown' || written.type === 'bearer');
  const body = textOf(request.body);
  return {
    method: request.method ?? 'GET',
    url: request.path ?? '',
    headers,
    authorization: takesToken ? { type: 'bearer', bearer: token, setBy: 'caller' } : written,
    ...(token && written.type === 'none' && body !== undefined ? { bodyToken: token } : {}),
    ...(body === undefined ? {} : { body }),
  };
}

/** Placeholders stand for the secret alone: one that is the whole value stands for a token without a scheme. */
function readWritten(headers: readonly Header[]): Call['authorization'] {
  const value = headers.find(({ name }) => name.toLowerCase() === 'authorization')?.value ?? '';
  const isToken = /^<[^<>]*\b(?:jwt|token|access_token)\b[^<>]*>$/i.test(value.trim());
  return isToken ? { type: 'other', scheme: '', fault: 'noScheme', setBy: 'caller' } : readAuthorization(headers);
}

/** A header list is complete only where it shows so; an empty text is a body known to be empty when headers are shown. */
function responseOf({ status, headers, body, trace }: NonNullable<DiagnosisCase['response']>): CallResponse {
  const list = headersOf(headers);
  const text = textOf(body);
  const isComplete =
    list.some(({ name }) => name.toLowerCase() === 'content-length') || (text === '' && list.length > 0);
  const isBodyKnown = text !== undefined && (text !== '' || isComplete);
  const told = textOf(trace);
  return {
    ...(status === null || status === undefined ? {} : { status }),
    headers: list,
    headersComplete: isComplete,
    ...(isBodyKnown ? { body: { text, bytes: new TextEncoder().encode(text).length, isComplete: true } } : {}),
    ...(told ? { trace: told } : {}),
  };
}

function headersOf(headers: Record<string, string> | null | undefined): Header[] {
  return Object.entries(headers ?? {}).map(([name, value]) => ({ name, value: String(value) }));
}

function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function profileOf(target: string | undefined, config: CaseConfig): ApiProfile | undefined {
  const kind = TARGETS[target ?? ''];
  const audiences = [config.expected_audience ?? []].flat();
  const issuers = [config.expected_issuer ?? []].flat();
  const scopes = config.required_scopes ?? [];
  const roles = config.required_roles ?? [];
  if (!config.tenant_id) return undefined;
  return {
    origin: 'user',
    authority: authorityOfUrl(`https://login.microsoftonline.com/${config.tenant_id}`),
    ...(kind ? { target: kind } : {}),
    ...(audiences.length > 0 ? { audiences } : {}),
    ...(issuers.length > 0 ? { issuers } : {}),
    ...(scopes.length + roles.length > 0 ? { accepts: alternatives(scopes, roles) } : {}),
  };
}

/** A scope for users or a role for applications: either is enough. */
function alternatives(scopes: string[], roles: string[]): { scopes: string[]; roles: string[] }[] {
  return [...(scopes.length > 0 ? [{ scopes, roles: [] }] : []), ...(roles.length > 0 ? [{ scopes: [], roles }] : [])];
}

function factsOf(target: string | undefined, config: CaseConfig, nowMs: number): TargetFacts {
  const fact = <T>(value: T) => ({ value, source: 'setting' as const, readAtMs: nowMs });
  const written = config.auth_level?.toLowerCase();
  // The host never had another key for the levels `user` and `system`: what they ask for is the master key.
  const level = written === 'user' || written === 'system' ? 'admin' : written;
  const isEasyAuth = target === 'functions-easyauth' || config.allowed_audiences || config.authsettings;
  const settings = readEasyAuthSettings(config.authsettings ?? undefined);
  const isMutual = (config.authsettings as { clientCertEnabled?: unknown } | null | undefined)?.clientCertEnabled;
  return {
    ...(isMutual === true ? { clientCertificate: fact('required' as const) } : {}),
    ...(level === 'anonymous' || level === 'function' || level === 'admin' ? { authLevel: fact(level) } : {}),
    ...(config.apim_policy ? { policy: fact(effectivePolicyOf(readPolicy(config.apim_policy))) } : {}),
    ...(isEasyAuth
      ? {
          easyAuth: fact({
            ...(target === 'functions-easyauth' ? { enabled: true } : {}),
            ...settings,
            ...(config.allowed_audiences ? { allowedAudiences: config.allowed_audiences } : {}),
          }),
        }
      : {}),
  };
}
