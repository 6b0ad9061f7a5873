import { serviceIdAt } from '../azure/service-table.ts';
import type { Call } from '../call/call.ts';
import type { Evidence } from './evidence.ts';
import type { Knowledge } from './facts.ts';
import type { Gate } from './gate.ts';
import { NOT_RECOGNISED, openJudgement, passing, refusing } from './recognition.ts';
import { recognised } from './services/service-error.ts';

/**
 * Static Web Apps in front of an API: its own sign-in decides, it puts a token of its own into Authorization, and the
 * linked app takes calls from it alone (static-web-apps/functions-bring-your-own).
 */
export const staticWebApps: Gate = {
  id: 'staticWebApps',
  judge(_step, call, { target }) {
    if (isThroughSite(call.url) || target?.kind?.value === 'staticWebApp') return judgeThroughSite(call);
    const isLinked = target?.staticWebApp?.value;
    if (isLinked === undefined) return openJudgement(call, [], [{ fact: 'target', member: 'staticWebApp' }]);
    if (!isLinked) return passing(call);
    // Any other host may be the site's own domain.
    const finding = { cause: 'swa-platform-owns-auth' } as const;
    return isAppItself(call.url) ? refusing(call, finding) : openJudgement(call, [finding]);
  },
  recognise({ exchange: { call, response }, knowledge }) {
    const { status } = response ?? {};
    if (!call || (status !== 401 && status !== 403)) return NOT_RECOGNISED;
    if (isThroughSite(call.url) && call.authorization.type !== 'none') {
      const evidence: Evidence[] = [{ id: 'siteReplacesToken', value: new URL(call.url).host }];
      return recognised('likely', 'swa-platform-owns-auth', evidence);
    }
    if (!isLinkedApp(knowledge) || isThroughSite(call.url)) return NOT_RECOGNISED;
    const evidence: Evidence[] = [
      { id: 'settingSays', value: 'azureStaticWebApps' },
      { id: 'statusIs', value: String(status) },
    ];
    return recognised('likely', 'swa-platform-owns-auth', evidence);
  },
};

/** What the caller sent as Authorization does not arrive. */
function judgeThroughSite(call: Call) {
  if (call.authorization.type === 'none') return openJudgement(call);
  const replaced: Call = { ...call, authorization: { type: 'unknown', why: 'replaced', setBy: 'step' } };
  return { ...openJudgement(call, [{ cause: 'swa-platform-owns-auth' }]), forwards: replaced };
}

function isThroughSite(url: string): boolean {
  return serviceIdAt(url) === 'staticWebApps';
}

function isAppItself(url: string): boolean {
  return serviceIdAt(url) === 'appService';
}

function isLinkedApp({ target }: Knowledge): boolean {
  const providers = target?.easyAuth?.value.providers ?? [];
  return target?.staticWebApp?.value === true || providers.includes('azureStaticWebApps');
}
