import type { Call } from '../call/call.ts';
import type { Evidence, Gate } from './gate.ts';
import { headerOf, NOT_RECOGNISED, openJudgement, passing } from './recognition.ts';
import { recognised } from './services/service-error.ts';

/**
 * App Service's own CORS: it answers preflights before anything else looks at them, when the page's origin is listed.
 * Not listed, a preflight goes on to whatever asks for a token, which a preflight never has (Fetch standard).
 */
export const cors: Gate = {
  id: 'cors',
  judge(_step, call, { target }) {
    if (!isPreflight(call)) return passing(call);
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
    if (!call || !isPreflight(call) || (status !== 401 && status !== 403)) return NOT_RECOGNISED;
    const evidence: Evidence[] = [
      { id: 'preflight', value: originIn(call) },
      { id: 'statusIs', value: String(status) },
    ];
    return recognised('likely', 'cors-preflight-unauthenticated', evidence);
  },
};

/** A browser's preflight, or the validation request of a web hook, which is one too. */
function isPreflight(call: Call): boolean {
  if (call.method.toUpperCase() !== 'OPTIONS' || call.authorization.type !== 'none') return false;
  const isBrowser =
    headerOf(call, 'access-control-request-method') !== undefined || headerOf(call, 'origin') !== undefined;
  return isBrowser || headerOf(call, 'webhook-request-origin') !== undefined;
}

function originIn(call: Call): string {
  return (headerOf(call, 'origin') ?? headerOf(call, 'webhook-request-origin'))?.value.slice(0, 200) ?? '';
}
