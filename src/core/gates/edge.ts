import { type AzureServiceId, serviceIdAt } from '../azure/service-table.ts';
import { type CallResponse, findHeader } from '../call/exchange.ts';
import type { Evidence } from './evidence.ts';
import type { Gate } from './gate.ts';
import { NOT_RECOGNISED, openJudgement, passing, responseFact } from './recognition.ts';
import { recognised } from './services/service-error.ts';

/** Hosts that answer http with a redirect to https unless told otherwise. */
const HTTPS_ONLY: readonly AzureServiceId[] = ['appService', 'apiManagement', 'staticWebApps', 'frontDoor'];

/** What stands in front of all else: a firewall of Front Door or Application Gateway, and the redirect to https. */
export const edge: Gate = {
  id: 'edge',
  judge(_step, call, { target }) {
    const isRedirected = isPlain(call.url) && call.authorization.type !== 'none';
    if (isRedirected) return openJudgement(call, [{ cause: 'authorization-dropped-on-redirect', seen: call.url }]);
    return target?.edge?.value === 'none' ? passing(call) : openJudgement(call);
  },
  recognise({ exchange: { response }, nowMs }) {
    if (!response || response.status === undefined || response.status < 400) return NOT_RECOGNISED;
    const text = response.body?.text?.slice(0, 20_000) ?? '';
    const reference = findHeader(response.headers, 'x-azure-ref')?.value.trim();
    if (reference && /The request is blocked/i.test(text)) return blockedByFrontDoor(reference, text, nowMs);
    if (isBlockPageOfGateway(response, text)) {
      const evidence: Evidence[] = [{ id: 'edgePage', value: 'Application Gateway' }];
      const facts = { edge: responseFact('applicationGateway' as const, nowMs) };
      return { ...recognised('likely', 'edge-waf-blocked', evidence), facts };
    }
    return NOT_RECOGNISED;
  },
};

/** Every answer through Front Door has the header; the page of its firewall repeats it. */
function blockedByFrontDoor(reference: string, text: string, nowMs: number) {
  const isRepeated = reference.length >= 8 && text.includes(reference.slice(0, 200));
  const evidence: Evidence[] = [
    { id: 'edgePage', value: 'Front Door' },
    { id: 'wafReference', value: reference.slice(0, 200) },
  ];
  const facts = { edge: responseFact('frontDoor' as const, nowMs) };
  return { ...recognised(isRepeated ? 'certain' : 'likely', 'edge-waf-blocked', evidence), facts };
}

function isBlockPageOfGateway({ status }: CallResponse, text: string): boolean {
  return status === 403 && /Microsoft-Azure-Application-Gateway\/v\d/.test(text);
}

function isPlain(url: string): boolean {
  const service = serviceIdAt(url);
  return service !== undefined && HTTPS_ONLY.includes(service) && new URL(url).protocol === 'http:';
}
