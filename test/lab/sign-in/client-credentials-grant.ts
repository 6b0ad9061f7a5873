import type { EntraFailure } from '../entra-reply.ts';
import { confidentialProofOf, type Earned, type TokenRequest } from './earned-token.ts';
import { FAILURES } from './failures.ts';
import { isFailure, resolveAppScope } from './requested-access.ts';

/** RFC 6749 §4.4: the application as itself. Without a role it still gets a token, unless the API wants assigned callers. */
export function grantClientCredentials(request: TokenRequest): Earned | EntraFailure {
  const { signIn, client, form, tenantName } = request;
  if (tenantName.kind !== 'tenant') return FAILURES.needsTenant();
  const proof = confidentialProofOf(request);
  if (typeof proof !== 'string') return proof;
  const { registrations } = signIn;
  const { tenant } = tenantName;
  const access = resolveAppScope({ registrations, client, tenant }, form.get('scope') ?? '');
  if (isFailure(access)) return access;
  const { app } = access.resource;
  const roles = registrations.roleGrants
    .filter((grant) => grant.client.id === client.app.id && grant.resource.id === app.id)
    .flatMap((grant) => grant.roles);
  const isRefused = roles.length === 0 && access.resource.assignmentRequired === true;
  return isRefused
    ? FAILURES.applicationNotAssigned(client, app)
    : { client: client.app, tenant, access, proof, roles };
}
