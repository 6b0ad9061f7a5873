import { customerLoginOf } from '../../azure/login-hosts.ts';
import type { ServiceTarget } from '../../azure/service.ts';
import { cloudOfAddress, serviceAtHost } from '../../azure/service-table.ts';
import type { Exchange } from '../../call/exchange.ts';
import type { Knowledge, TargetKind } from '../facts.ts';

/** A Microsoft service that answers in its own name. */
export type ServiceId = 'keyVault' | 'resourceManager' | 'graph' | 'dataPlane' | 'tokenEndpoint' | 'logicApp';

/** Whether the call went to the service itself. `other`: elsewhere, so an answer of the service's was passed on. */
export type Origin = 'own' | 'unknown' | 'other';

const KINDS: Record<ServiceId, readonly TargetKind[]> = {
  keyVault: ['keyVault'],
  resourceManager: ['arm'],
  graph: ['graph'],
  dataPlane: ['storage', 'dataPlane'],
  tokenEndpoint: ['tokenEndpoint'],
  logicApp: ['logicApp'],
};

/** Hosts of API Management and App Service: no service answers there in its own name. */
const APPS: readonly ServiceTarget[] = ['apim', 'appService', 'staticWebApp'];

/**
 * Where the answer to a call came from, seen from a service. What the user or a setting says of the target counts too,
 * unless the host is one that only somebody else has.
 */
export function originOf({ call }: Exchange, { target }: Knowledge, service: ServiceId): Origin {
  const host = call !== undefined && URL.canParse(call.url) ? new URL(call.url).hostname : undefined;
  const kind = target?.kind;
  const isSaid = kind !== undefined && KINDS[service].includes(kind.value);
  if (host === undefined) return isSaid ? 'own' : 'unknown';
  if (isHostOf(host, service)) return 'own';
  return isSaid && !isOfAnother(host) ? 'own' : 'other';
}

/** True for a host that only this service has. */
export function isHostOf(host: string, service: ServiceId): boolean {
  if (service === 'tokenEndpoint') return isTokenEndpoint(host);
  const target = serviceAtHost(host)?.service.target;
  return target !== undefined && KINDS[service].includes(target);
}

function isOfAnother(host: string): boolean {
  const target = serviceAtHost(host)?.service.target;
  if (target !== undefined && APPS.includes(target)) return true;
  return Object.keys(KINDS).some((service) => isHostOf(host, service as ServiceId));
}

/** By the name in front, too: an Entra of a cloud nobody knows has one like it. */
function isTokenEndpoint(host: string): boolean {
  return /^(?:login|sts)\.[a-z.-]+$/.test(host) || customerLoginOf(host) !== undefined;
}

/** True when both are of an Azure cloud, and not of the same one. */
export function areOfTwoClouds(one: string, other: string): boolean {
  const clouds = [cloudOfAddress(one), cloudOfAddress(other)];
  return clouds.every((cloud) => cloud !== undefined) && clouds[0] !== clouds[1];
}
