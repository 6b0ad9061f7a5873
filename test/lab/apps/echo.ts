import type { LabReply, LabRequest } from '../loopback-server.ts';

const SHOWN_BODY_BYTES = 64 * 1024;
/** A gateway adds one of its own, which its callers must not get to know. */
const MASKED_HEADER = 'x-functions-key';
const MASK = '••••';

/**
 * Answers 200 with what arrived, as JSON: headers by lower-case name, and `headerLines` as they were sent. A Functions
 * key in a header is masked.
 */
export async function echoReply(request: LabRequest, about: Readonly<Record<string, unknown>> = {}): Promise<LabReply> {
  const body = await request.readBody();
  const { method, url } = request;
  const headers = MASKED_HEADER in request.headers ? { ...request.headers, [MASKED_HEADER]: MASK } : request.headers;
  const headerLines = request.headerLines.map(([name, value]) => [
    name,
    name.toLowerCase() === MASKED_HEADER ? MASK : value,
  ]);
  return jsonReply(200, {
    ...about,
    received: {
      method,
      path: url.pathname,
      query: url.search,
      headers,
      headerLines,
      bodyBytes: body.length,
      body: body.subarray(0, SHOWN_BODY_BYTES).toString('utf8'),
    },
  });
}

export function jsonReply(status: number, body: object, headers: Readonly<Record<string, string>> = {}): LabReply {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  };
}

export function emptyReply(status: number, headers: Readonly<Record<string, string>> = {}): LabReply {
  return { status, headers, body: '' };
}
