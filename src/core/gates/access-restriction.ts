import { findHeader } from '../call/exchange.ts';
import type { Evidence } from './evidence.ts';
import type { Gate } from './gate.ts';
import { NOT_RECOGNISED, openJudgement, passing } from './recognition.ts';
import { recognised } from './services/service-error.ts';

/** App Service's access restrictions: by the caller's address, before the app's code runs. */
export const accessRestriction: Gate = {
  id: 'accessRestriction',
  judge(_step, call, { target }) {
    const rules = target?.accessRestrictions?.value;
    if (!rules) return openJudgement(call, [], [{ fact: 'target', member: 'accessRestrictions' }]);
    // Which address the app will see is not known before the call.
    return rules.length === 0 ? passing(call) : openJudgement(call, [{ cause: 'ip-restriction-blocked' }]);
  },
  recognise({ exchange: { response } }) {
    if (response?.status !== 403) return NOT_RECOGNISED;
    const address = findHeader(response.headers, 'x-ms-forbidden-ip')?.value.trim();
    if (address !== undefined) {
      const evidence: Evidence[] = [{ id: 'forbiddenAddress', value: address.slice(0, 60) }];
      return recognised('certain', 'ip-restriction-blocked', evidence);
    }
    const page = pageOf(response.body?.text?.slice(0, 4_000) ?? '');
    if (page === undefined) return NOT_RECOGNISED;
    return recognised('likely', 'ip-restriction-blocked', [{ id: 'platformPage', value: page }]);
  },
};

/** A stopped app's page has the same title: its words are told by another gate. */
function pageOf(text: string): string | undefined {
  if (/web app is stopped/i.test(text)) return undefined;
  if (/^\s*(?:<[^>]{1,40}>\s*)*Ip Forbidden\b/i.test(text)) return 'Ip Forbidden';
  return /<title>\s*Web App - Unavailable\s*<\/title>/i.test(text) ? 'Web App - Unavailable' : undefined;
}
