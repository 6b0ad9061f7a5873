import type { LabReply, LabRequest } from '../loopback-server.ts';

const SHOWN_BODY_BYTES = 64 * 1024;

/** Answers 200 with what arrived, as JSON: headers by lower-case name, and `headerLines` as they were sent. */
export async function echoReply(request: LabRequest, about: Readonly<Record<string, unknown>> = {}): Promise<LabReply> {
  const body = await request.readBody();
  const { method, url, headers, headerLines } = request;
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
