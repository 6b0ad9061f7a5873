import { resourceOf } from '../core/entra/scope-resource.ts';
import { isGuid } from '../core/token/issuer-shape.ts';
import { microsoftApiOf, wellKnownAppName } from '../core/token/well-known-apps.ts';
import { plainValue } from './plain-text.ts';

/** A client whole, for a question that is answered by it: `Azure CLI (04b07795-…)`, or its id alone. */
export function nameClient(id: string): string {
  const name = wellKnownAppName(id);
  return name === undefined ? plainValue(id) : `${name} (${plainValue(id)})`;
}

/** A scope whole, its API by name where it is Microsoft's: `Azure Databricks (2ff814a6-…)/.default`. */
export function nameScope(scope: string): string {
  const resource = resourceOf(scope);
  const api = microsoftApiOf(resource) ?? (isGuid(resource) ? wellKnownAppName(resource) : undefined);
  return api === undefined
    ? plainValue(scope)
    : `${api} (${plainValue(resource)})${plainValue(scope.slice(resource.length))}`;
}
