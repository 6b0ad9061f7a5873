import type { Gate } from './gate.ts';
import { NOT_RECOGNISED, openJudgement, passing, refusing } from './recognition.ts';
import { recognised } from './services/service-error.ts';

/** A stopped app, or one over its quota: App Service's front end answers for it. Its words are not documented: never certain. */
export const appStopped: Gate = {
  id: 'appStopped',
  judge(_step, call, { target }) {
    const isStopped = target?.stopped?.value;
    if (isStopped === undefined) return openJudgement(call, [], [{ fact: 'target', member: 'stopped' }]);
    return isStopped ? refusing(call, { cause: 'app-stopped-or-quota' }) : passing(call);
  },
  recognise({ exchange: { response } }) {
    if (response?.status !== 403) return NOT_RECOGNISED;
    const text = response.body?.text?.slice(0, 8_000) ?? '';
    const page = /Error 403 - This web app is stopped|Site Disabled|web app is stopped/i.exec(text)?.[0];
    if (page === undefined) return NOT_RECOGNISED;
    return recognised('likely', 'app-stopped-or-quota', [{ id: 'platformPage', value: page }]);
  },
};
