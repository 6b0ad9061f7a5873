import { microsoftAudience } from '../azure/audience.ts';
import { isGuid } from '../token/issuer-shape.ts';
import { titleOfKind } from '../token/kind-text.ts';
import { readToken } from '../token/read-token.ts';
import { nameKind, type TokenKindId } from '../token/token-kind.ts';

/** Who exchanges a token, as far as it is known. */
export interface Exchanger {
  clientId: string;
  /** Further names of the same registration: its App ID URI, audiences of its API. Empty when none is known. */
  names: readonly string[];
  /** GUID of the tenant that is asked; undefined where only a name is known. */
  tenant?: string | undefined;
}

/** Why Entra would not exchange this token; `seen` is what the token says instead, free of secrets. */
export interface AssertionFault {
  reason: 'assertionUnreadable' | 'assertionKind' | 'assertionAudience' | 'assertionTenant' | 'assertionExpired';
  seen?: string;
}

const NEVER_EXCHANGED: readonly TokenKindId[] = [
  'idToken',
  'microsoftApiToken',
  'sessionToken',
  'logoutToken',
  'clientAssertion',
  'federatedToken',
];

/**
 * Judges a token that is to be exchanged on behalf of its user, before it is sent anywhere: it must be an access token of a
 * user, for the very application that exchanges it, of the tenant that is asked, and not expired. An API of Microsoft's is
 * never that application, whatever its names say. Undefined when nothing is against it; what cannot be told, as of an
 * encrypted token or a URI nobody says whose it is, is not.
 * (https://learn.microsoft.com/entra/identity-platform/v2-oauth2-on-behalf-of-flow)
 */
export function judgeAssertion(raw: string, exchanger: Exchanger, nowMs: number): AssertionFault | undefined {
  const reading = readToken(raw);
  if (reading.form === 'jwe') return undefined;
  const { payload } = reading;
  if (!payload) return { reason: 'assertionUnreadable' };
  const kind = nameKind(reading);
  const isNever = NEVER_EXCHANGED.includes(kind.id) && (kind.sure || kind.api !== undefined);
  // Without scp there is nobody on whose behalf.
  if (isNever || kind.actor === 'app') {
    return { reason: 'assertionKind', seen: titleOfKind(kind) };
  }
  const audiences = textsIn(payload.aud);
  const isForOthers = audiences.length > 0 && !audiences.some((audience) => mayName(audience, exchanger));
  if (isForOthers || audiences.some((audience) => microsoftAudience(audience) !== undefined)) {
    return { reason: 'assertionAudience', seen: audiences.join(', ') };
  }
  const { tid, exp } = payload;
  if (exchanger.tenant !== undefined && typeof tid === 'string' && !isSame(tid, exchanger.tenant)) {
    return { reason: 'assertionTenant', seen: tid };
  }
  return typeof exp === 'number' && exp * 1000 <= nowMs ? { reason: 'assertionExpired' } : undefined;
}

/** False only where the audience is surely another application's. */
function mayName(audience: string, { clientId, names }: Exchanger): boolean {
  const bare = audience.replace(/^(api:\/\/|spn:)/i, '').replace(/\/$/, '');
  if (isSame(bare, clientId) || names.some((name) => isSame(name.replace(/\/$/, ''), audience.replace(/\/$/, '')))) {
    return true;
  }
  return !isGuid(bare) && names.length === 0;
}

function textsIn(aud: unknown): string[] {
  return (Array.isArray(aud) ? aud : [aud]).filter((one) => typeof one === 'string');
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
