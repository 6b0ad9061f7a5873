import type { Exchange } from '../call/exchange.ts';

const LONGEST_BODY = 1024 * 1024;
const CODES = ['UNAUTHENTICATED', 'UNAUTHORIZED', 'FORBIDDEN', 'AUTH_NOT_AUTHENTICATED', 'AUTH_NOT_AUTHORIZED'];

/**
 * The code of a GraphQL error about authorization, `errors[].extensions.code`, in an answer of any status, most often 200.
 * Undefined for any other body.
 */
export function graphqlAuthCode({ response }: Exchange): string | undefined {
  const text = response?.body?.text;
  if (!text || text.length > LONGEST_BODY || !text.includes('"extensions"')) return undefined;
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== 'object' || body === null || !('errors' in body) || !Array.isArray(body.errors))
      return undefined;
    return body.errors
      .slice(0, 20)
      .map(codeOf)
      .find((code) => code !== undefined && CODES.includes(code));
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('extensions' in error)) return undefined;
  const { extensions } = error;
  if (typeof extensions !== 'object' || extensions === null || !('code' in extensions)) return undefined;
  return typeof extensions.code === 'string' ? extensions.code.toUpperCase() : undefined;
}
