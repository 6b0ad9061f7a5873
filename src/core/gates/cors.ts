import type { Call } from '../call/call.ts';
import type { Evidence } from './evidence.ts';
import type { Gate } from './gate.ts';
import { headerOf, isPreflight, NOT_RECOGNISED, openJudgement, passing } from './recognition.ts';
import { recognised } from './services/service-error.ts';

const ORIGIN_HEADERS = ['origin', 'webhook-request-origin'] as const;

/**
 * App Service's own CORS: it answers preflights before anything else looks at them, when the page's origin is listed.
 * Not listed, a preflight goes on to whatever asks for a token, which a preflight never has (Fetch standard).
 */
export const cors: Gate = {
  id: 'cors',
  judge(_step, call, { target }) {
    if (!isAskedBeforehand(call)) return passing(call);
    const origin = originIn(call);
    const origins = target?.cors?.value.origins;
    if (origins && (origins.includes('*') || origins.includes(origin))) return passing(call);
    return openJudgement(
      call,
      [{ cause: 'cors-preflight-unauthenticated', seen: origin }],
      origins ? [] : [{ fact: 'target', member: 'cors' }],
    );
  },
  recognise({ exchange: { call, response } }) {
    const status = response?.status;
    if (!call || !isAskedBeforehand(call) || (status !== 401 && status !== 403)) return NOT_RECOGNISED;
    const evidence: Evidence[] = [
      { id: 'preflight', value: originIn(call) },
      { id: 'statusIs', value: String(status) },
    ];
    return recognised('likely', 'cors-preflight-unauthenticated', evidence);
  },
};

/** A browser's preflight, also where only its origin is known, or the validation request of a web hook, which is one too. */
function isAskedBeforehand(call: Call): boolean {
  if (call.method !== 'OPTIONS' || call.authorization.type !== 'none') return false;
  return isPreflight(call) || ORIGIN_HEADERS.some((name) => headerOf(call, name) !== undefined);
}

function originIn(call: Call): string {
  const [origin] = ORIGIN_HEADERS.flatMap((name) => headerOf(call, name) ?? []);
  return origin?.value.slice(0, 200) ?? '';
}
