import { BlockList } from 'node:net';
import type { GatewayCall, GatewayRefusal } from './gateway-call.ts';
import type { PolicyElement } from './policy-document.ts';

/** `ip-filter`: `allow` lets only the listed addresses in, `forbid` keeps them out. */
export function filterAddress(
  { attributes, children }: PolicyElement,
  { address }: GatewayCall,
): GatewayRefusal | undefined {
  const listed = new BlockList();
  for (const child of children) {
    if (child.name === 'address') listed.addAddress(child.text);
    else listed.addRange(child.attributes.from ?? '', child.attributes.to ?? '');
  }
  const isListed = listed.check(address);
  if (attributes.action === 'allow' ? isListed : !isListed) return undefined;
  return attributes.action === 'allow'
    ? refusal('CallerIpNotAllowed', `Caller IP address ${address} is not allowed. Access denied.`)
    : refusal('CallerIpBlocked', 'Caller IP address is blocked. Access denied.');
}

// What the body says is not documented; the lab says what LastError does.
function refusal(reason: string, message: string): GatewayRefusal {
  return { status: 403, message, source: 'ip-filter', reason };
}
