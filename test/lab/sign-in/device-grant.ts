import type { EntraFailure } from '../entra-reply.ts';
import { type Earned, proofOf, refusalFor, type TokenRequest } from './earned-token.ts';
import { FAILURES } from './failures.ts';
import type { Grant } from './grants.ts';
import { isFailure, resolveScope } from './requested-access.ts';

/** RFC 8628 §3.4, one poll. */
export function redeemDeviceCode(request: TokenRequest): Earned | EntraFailure {
  const { signIn, client, form } = request;
  const deviceCode = form.get('device_code');
  if (!deviceCode) return FAILURES.parameterMissing('device_code');
  const proof = proofOf(request, undefined);
  if (typeof proof !== 'string') return proof;
  const approved = signIn.deviceCodes.redeem(deviceCode);
  if (isFailure(approved)) return approved;
  if (approved.client !== client) return FAILURES.badDeviceCode();

  const { account, satisfied, scope } = approved;
  const { tenant } = account;
  const access = resolveScope({ registrations: signIn.registrations, client, tenant }, scope);
  if (isFailure(access)) return access;
  const grant: Grant = { account, client, satisfied };
  return refusalFor(request, grant, access, true) ?? { client: client.app, tenant, grant, access, proof };
}
