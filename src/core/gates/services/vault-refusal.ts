import { type Exchange, findHeader } from '../../call/exchange.ts';
import { isGuid } from '../../token/issuer-shape.ts';
import { sameGuid } from '../bearer/token-under-check.ts';
import type { Evidence } from '../evidence.ts';
import { claimsOf } from './service-token.ts';

/** What a refusal of Key Vault's says of the caller and the vault. Untrusted text; a member that is absent was not said. */
export interface VaultRefusal {
  objectId?: string;
  clientId?: string;
  action?: string;
  resourceId?: string;
  vaultName?: string;
  address?: string;
  /** The access policy is for an application acting for a user. */
  wantsOnBehalfOf?: true;
}

const ADDRESS = /Client address: ([0-9a-f.:]{3,45})/i;

/** Reads the parts of a message by their names (keyvault-arm.md §2); linear. */
export function readVaultRefusal(message: string): VaultRefusal {
  const objectId = guidIn(/\boid=([0-9a-f-]{36})/i.exec(message)?.[1]);
  const clientId = guidIn(/\bappid=([0-9a-f-]{36})/i.exec(message)?.[1]);
  const permission = /does not have (\w{1,20}) (\w{1,20}) permission/.exec(message);
  const action =
    /Action: '([^'\r\n]{1,200})'/.exec(message)?.[1] ?? (permission ? `${permission[1]} ${permission[2]}` : undefined);
  const resourceId = /Resource: '(\/[^'\r\n]{1,500})'/.exec(message)?.[1];
  const vaultName = /(?:Vault: |key vault ')([a-z][a-z0-9-]{1,40})[;'\s]/i.exec(message)?.[1];
  const address = ADDRESS.exec(message)?.[1];
  const wantsOnBehalfOf = /linkid=2152310|on-behalf-of/i.test(message);
  return {
    ...(objectId === undefined ? {} : { objectId }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(action === undefined ? {} : { action }),
    ...(resourceId === undefined ? {} : { resourceId }),
    ...(vaultName === undefined ? {} : { vaultName }),
    ...(address === undefined ? {} : { address }),
    ...(wantsOnBehalfOf ? { wantsOnBehalfOf } : {}),
  };
}

/** The same as lines of evidence; a caller who is not the token's is said, since it is what surprises. */
export function callerEvidence(exchange: Exchange, refusal: VaultRefusal): Evidence[] {
  const { objectId, clientId, action, resourceId, vaultName } = refusal;
  const address = refusal.address ?? addressIn(exchange);
  const ownId = claimsOf(exchange.call)?.oid;
  const isAnother = objectId !== undefined && typeof ownId === 'string' && !sameGuid(ownId, objectId);
  return [
    ...(objectId === undefined
      ? []
      : [{ id: 'callerSeen', value: objectId, ...(clientId === undefined ? {} : { other: clientId }) } as const]),
    ...(isAnother ? [{ id: 'callerIsAnother', value: objectId, other: String(ownId) } as const] : []),
    ...(action === undefined ? [] : [{ id: 'actionRefused', value: action, other: resourceId ?? '' } as const]),
    ...(vaultName === undefined ? [] : [{ id: 'vaultNamed', value: vaultName } as const]),
    ...(address === undefined ? [] : [{ id: 'addressSeen', value: address } as const]),
  ];
}

/** `x-ms-keyvault-network-info: addr=203.0.113.7;…` is the address the vault saw. */
function addressIn({ response }: Exchange): string | undefined {
  const info = findHeader(response?.headers ?? [], 'x-ms-keyvault-network-info')?.value ?? '';
  return /\baddr=([0-9a-f.:]{3,45})(?:;|$)/i.exec(info)?.[1];
}

function guidIn(text: string | undefined): string | undefined {
  return text !== undefined && isGuid(text) ? text : undefined;
}
