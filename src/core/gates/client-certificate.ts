import type { Evidence } from './evidence.ts';
import type { Gate } from './gate.ts';
import { NOT_RECOGNISED, openJudgement, passing, refusing } from './recognition.ts';
import { recognised } from './services/service-error.ts';

/** App Service's client certificate: mutual TLS, asked for before the app's code runs. */
export const clientCertificate: Gate = {
  id: 'clientCertificate',
  judge(_step, call, { target }) {
    const mode = target?.clientCertificate?.value;
    if (mode === undefined) return openJudgement(call, [], [{ fact: 'target', member: 'clientCertificate' }]);
    if (mode !== 'required' || call.clientCertificate === 'sent') return passing(call);
    const finding = { cause: 'client-certificate-required' } as const;
    return call.clientCertificate === 'none'
      ? refusing(call, finding)
      : openJudgement(call, [finding], [{ fact: 'call' }]);
  },
  recognise({ exchange: { call, response }, knowledge }) {
    if (response?.status !== 403) return NOT_RECOGNISED;
    const told = `${response.body?.text?.slice(0, 4_000) ?? ''}\n${response.trace ?? ''}`;
    // IIS's sub-status for "SSL certificate required".
    if (/\b403\.7\b/.test(told))
      return recognised('likely', 'client-certificate-required', [{ id: 'platformPage', value: '403.7' }]);
    const isRequired = knowledge.target?.clientCertificate?.value === 'required';
    if (!isRequired || call?.clientCertificate === 'sent') return NOT_RECOGNISED;
    const evidence: Evidence[] = [
      { id: 'settingSays', value: 'clientCertEnabled' },
      { id: 'statusIs', value: '403' },
    ];
    return recognised('likely', 'client-certificate-required', evidence, ['ip-restriction-blocked']);
  },
};
