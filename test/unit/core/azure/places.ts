import type { AzureCloud, AzureService, ServicePlace } from '../../../../src/core/azure/service.ts';
import { type AzureServiceId, SERVICE_IDS, SERVICES } from '../../../../src/core/azure/service-table.ts';

interface Place {
  id: AzureServiceId;
  service: AzureService;
  cloud: AzureCloud;
  place: ServicePlace;
}

/** Every row of the table. */
export const PLACES: readonly Place[] = SERVICE_IDS.flatMap((id) =>
  Object.entries(SERVICES[id].places).map(([cloud, place]) => ({
    ...{ id, service: SERVICES[id], place },
    cloud: cloud as AzureCloud,
  })),
);

/** A host that a row's pattern has. */
export function hostLike(pattern: string): string {
  return pattern.replace(/^[*?]/, 'orders');
}
