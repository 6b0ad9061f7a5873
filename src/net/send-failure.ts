import type { SendFailure, SendFailureKind } from '../core/call/exchange.ts';

const KIND_OF_CODE: Readonly<Record<string, SendFailureKind>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  EAI_NODATA: 'dns',
  EAI_NONAME: 'dns',
  ENODATA: 'dns',
  ESERVFAIL: 'dns',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  EHOSTDOWN: 'refused',
  ENETUNREACH: 'refused',
  ENETDOWN: 'refused',
  EADDRNOTAVAIL: 'refused',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  ERR_STREAM_PREMATURE_CLOSE: 'reset',
  ETIMEDOUT: 'timeout',
  ESOCKETTIMEDOUT: 'timeout',
  EPROTO: 'tls',
};

/** OpenSSL's verification results as Node names them, and Node's own TLS errors. */
const TLS_CODE =
  /^(?:ERR_TLS_|ERR_SSL_|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERROR_IN_C|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)/;

/** A system error as data. `detail` is its code and nothing else: messages may quote addresses and headers. */
export function classifyFailure(error: unknown): SendFailure {
  const code = errorCode(error);
  if (code === undefined) return { kind: 'protocol', detail: 'network error' };
  return { kind: KIND_OF_CODE[code] ?? (TLS_CODE.test(code) ? 'tls' : 'protocol'), detail: code };
}

/** Of an AggregateError (a host with several addresses) the code of the first. */
function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'errors' in error && Array.isArray(error.errors) ? errorCode(error.errors[0]) : undefined;
}
