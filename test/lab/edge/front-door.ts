import { randomBytes } from 'node:crypto';
import { forward } from '../gateway/forward.ts';
import type { LabReply, LabRequest, LabRoute } from '../loopback-server.ts';

/** An edge with a web application firewall in front of an origin. Members may be changed while it runs. */
export interface FrontDoor {
  originUrl: string;
  /** `Detection` only logs. */
  mode: 'Prevention' | 'Detection';
  /** What its managed rules find in an address. */
  rules: RegExp[];
  blockStatus: number;
}

export function practiceFrontDoor(originUrl: string): FrontDoor {
  return { originUrl, mode: 'Prevention', rules: [/<script|union\s+select|\.\.\//i], blockStatus: 403 };
}

/** Blocks what its rules find, and passes everything else on; each answer carries a reference. */
export function frontDoorRoute(edge: FrontDoor): LabRoute {
  return async (request) => {
    const answer = isBlocked(edge, request.url) ? blocked(edge) : await passOn(edge, request);
    const reference = `${randomBytes(12).toString('base64url')}Z2FsYWI=`;
    return { ...answer, headers: { ...answer.headers, 'x-azure-ref': reference } };
  };
}

function isBlocked({ mode, rules }: FrontDoor, url: URL): boolean {
  const text = decodeURIComponent(`${url.pathname}${url.search}`);
  return mode === 'Prevention' && rules.some((rule) => rule.test(text));
}

function blocked({ blockStatus }: FrontDoor): LabReply {
  const body =
    '<!DOCTYPE html><html><head><title>Service unavailable</title></head><body><h2>The request is blocked.</h2></body></html>';
  return { status: blockStatus, headers: { 'Content-Type': 'text/html' }, body };
}

async function passOn({ originUrl }: FrontDoor, request: LabRequest): Promise<LabReply> {
  const target = new URL(`${request.url.pathname}${request.url.search}`, originUrl);
  try {
    return await forward(request, target, await request.readBody(), request.signal);
  } catch {
    return { status: 502, headers: {}, body: '' };
  }
}
