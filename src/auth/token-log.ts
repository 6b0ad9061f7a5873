import type { Redacted } from '../core/call/redaction.ts';
import { aadstsCodeIn } from '../core/entra/aadsts-code.ts';
import { plainDetail } from './plain-detail.ts';
import type { SignInFailure, TokenRequest, TokenResult, Way } from './token-source.ts';

/** What a line names: nothing of it is secret. Everything else of a request or answer is left out. */
const ASKED = ['grant_type', 'client_id', 'scope', 'requested_token_use'];
const GIVEN = ['scope', 'expires_in', 'error', 'suberror', 'correlation_id'];

/** `→ POST https://login.microsoftonline.com/…/token grant_type=refresh_token scope=…` */
export function requestLine(method: string, url: string, form: Readonly<Record<string, unknown>>): Redacted {
  const { origin, pathname } = new URL(url);
  return lineOf([`→ ${method} ${origin}${pathname}`, ...pairs(form, ASKED), proofOf(form)], (text) => text);
}

/** `← 400 error=invalid_grant AADSTS50173 correlation_id=…` */
export function answerLine(
  status: number,
  body: Readonly<Record<string, unknown>>,
  maskSecrets: (text: string) => string,
): Redacted {
  const failed = 'error' in body ? aadstsCodeIn(JSON.stringify(body)) : undefined;
  return lineOf([`← ${status}`, ...pairs(body, GIVEN), failed ?? ''], maskSecrets);
}

/** The way, with a line for each request and answer: of those that ask another program, which asks the server itself. */
export function withLog(way: Way, name: string, log: ((line: Redacted) => void) | undefined): Way {
  async function logged(request: TokenRequest, call: Promise<TokenResult>): Promise<TokenResult> {
    log?.(
      lineOf([`→ ${name} ${request.authority}`, ...pairs({ scope: request.scopes.join(' ') }, ASKED)], (text) => text),
    );
    const result = await call;
    log?.(lineOf([`← ${name}`, ...(result.ok ? ['a token'] : outcomeOf(result.failure))], (text) => text));
    return result;
  }
  return {
    acquireSilently: (request, signal) => logged(request, way.acquireSilently(request, signal)),
    signIn: (request, signal, onStep) => logged(request, way.signIn(request, signal, onStep)),
  };
}

function outcomeOf({ kind, reason, code }: SignInFailure): string[] {
  return [kind, reason ?? '', code ?? ''];
}

function pairs(values: Readonly<Record<string, unknown>>, names: readonly string[]): string[] {
  return names.flatMap((name) => {
    const value = values[name];
    return typeof value === 'string' || typeof value === 'number' ? [`${name}=${value}`] : [];
  });
}

/** How the client proves who it is, not with what. */
function proofOf(form: Readonly<Record<string, unknown>>): string {
  if ('client_assertion' in form) return 'with a certificate';
  return 'client_secret' in form ? 'with a secret' : '';
}

function lineOf(words: readonly string[], maskSecrets: (text: string) => string): Redacted {
  return plainDetail(words.filter(Boolean).join(' '), maskSecrets);
}
