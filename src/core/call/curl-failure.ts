import type { SendFailure, SendFailureKind } from './exchange.ts';

/** By curl's exit code (curl manual, EXIT CODES). */
const KIND_OF_EXIT: Readonly<Record<number, SendFailureKind>> = {
  5: 'dns',
  6: 'dns',
  7: 'refused',
  28: 'timeout',
  35: 'tls',
  47: 'tooManyRedirects',
  51: 'tls',
  52: 'reset',
  53: 'tls',
  55: 'reset',
  56: 'reset',
  58: 'tls',
  59: 'tls',
  60: 'tls',
  77: 'tls',
  83: 'tls',
  90: 'tls',
  91: 'tls',
};

/** What a line such as `curl: (6) Could not resolve host: x` says; undefined for any other line. */
export function curlFailure(line: string): SendFailure | undefined {
  const exit = /(?:^|\s)curl: \((\d{1,3})\) /.exec(line)?.[1];
  if (exit === undefined) return undefined;
  return { kind: KIND_OF_EXIT[Number(exit)] ?? 'protocol', detail: `curl ${exit}` };
}
