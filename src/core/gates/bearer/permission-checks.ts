import type { AcceptedPermissions } from '../../entra/api-profile.ts';
import type { JsonObject } from '../../token/token.ts';
import type { Check, FailedVerdict } from '../check.ts';
import { isOfEntra } from './accepted-issuers.ts';
import { absentClaim, readStrings, sameId, showClaim, type TokenUnderCheck } from './token-under-check.ts';

/**
 * `scp` and `roles` against what the API accepts: any one alternative is enough, and all it lists must be there.
 * Scopes are a string with spaces, roles a list (Microsoft: access-token-claims-reference.md).
 */
export function checkPermissions(token: TokenUnderCheck): Check {
  const { payload, profile } = token;
  const held = readPermissions(payload, isOfEntra(token));
  const base = {
    id: 'permissions' as const,
    claim: held.scopes.length > 0 || held.roles.length === 0 ? 'scp' : 'roles',
    member: 'accepts',
    ...showHeld(held),
  } as const;
  if (!profile.accepts) return { ...base, verdict: 'notChecked', reason: 'permissionsNotSaid' };
  const expected = profile.accepts.map(showAlternative);
  if (profile.accepts.some((alternative) => grants(held, alternative))) {
    return { ...base, verdict: 'passed', reason: 'permissionsGranted', expected };
  }
  if (token.partial && profile.accepts.some((alternative) => couldGrant(payload, held, alternative))) {
    return { ...base, verdict: 'notChecked', reason: 'claimUnknown' };
  }
  return { ...base, verdict: 'failed', expected, ...whyNotGranted(token, profile.accepts) };
}

/** What a token grants its bearer. */
export interface HeldPermissions {
  scopes: string[];
  roles: string[];
}

/** `ofEntra`: its `scp` is a text; other issuers write `scope` (RFC 9068 §2.2.3), or a list. */
export function readPermissions({ scp, scope, roles }: JsonObject, ofEntra: boolean): HeldPermissions {
  const scopes = ofEntra ? scp : [scp, scope].flatMap((claim) => readStrings(claim) ?? []).join(' ');
  return {
    scopes: typeof scopes === 'string' ? scopes.split(' ').filter((name) => name !== '') : [],
    roles: Array.isArray(roles) ? (readStrings(roles) ?? []) : [],
  };
}

function couldGrant({ scp, roles }: JsonObject, held: HeldPermissions, wanted: AcceptedPermissions): boolean {
  const known = { scopes: scp === undefined ? [] : wanted.scopes, roles: roles === undefined ? [] : wanted.roles };
  return asksForSomething(wanted) && holdsAll(held, known);
}

/** True when everything this alternative lists is held. One that lists nothing grants nothing. */
export function grants(held: HeldPermissions, wanted: AcceptedPermissions): boolean {
  return asksForSomething(wanted) && holdsAll(held, wanted);
}

function asksForSomething({ scopes, roles }: AcceptedPermissions): boolean {
  return scopes.length + roles.length > 0;
}

function holdsAll(held: HeldPermissions, { scopes, roles }: AcceptedPermissions): boolean {
  return scopes.every((scope) => held.scopes.includes(scope)) && roles.every((role) => held.roles.includes(role));
}

function whyNotGranted(
  { kind, payload }: TokenUnderCheck,
  accepts: readonly AcceptedPermissions[],
): Pick<Check, 'reason'> & Pick<FailedVerdict, 'cause'> {
  const wantsScopes = accepts.some(({ scopes }) => scopes.length > 0);
  const wantsRoles = accepts.some(({ roles }) => roles.length > 0);
  const onlyScopes = wantsScopes && accepts.every(({ scopes }) => scopes.length > 0);
  const onlyRoles = wantsRoles && accepts.every(({ roles }) => roles.length > 0);
  if (kind.actor === 'app' && onlyScopes && isSurelyOfAnApp(payload))
    return { reason: 'appOnlyToken', cause: 'app-only-vs-delegated-mismatch' };
  if (kind.actor === 'app' && !onlyScopes) return { reason: 'roleMissing', cause: 'role-missing' };
  if (kind.actor === 'user' && onlyRoles && !wantsScopes) return { reason: 'userToken', cause: 'role-missing' };
  if (wantsScopes && wantsRoles && kind.actor === undefined)
    return { reason: 'scopeOrRoleMissing', cause: 'scope-missing' };
  return wantsScopes
    ? { reason: 'scopeMissing', cause: 'scope-missing' }
    : { reason: 'roleMissing', cause: 'role-missing' };
}

/** That a token has no scopes says as little as a user's that lacks them; its subject or `idtyp` decides. */
function isSurelyOfAnApp({ idtyp, oid, sub }: JsonObject): boolean {
  return idtyp === 'app' || (oid !== undefined && oid === sub);
}

function showHeld({ scopes, roles }: HeldPermissions): { seen?: string } {
  const parts = [
    ...(scopes.length > 0 ? [`scp ${scopes.join(' ')}`] : []),
    ...(roles.length > 0 ? [`roles ${roles.join(', ')}`] : []),
  ];
  return parts.length > 0 ? { seen: parts.join('; ') } : {};
}

function showAlternative({ scopes, roles }: AcceptedPermissions): string {
  return showHeld({ scopes, roles }).seen ?? '';
}

/** The client that asked for the token: `azp` in v2, `appid` in v1 tokens, `client_id` elsewhere (RFC 9068 §2.2). */
export function checkAllowedClients(token: TokenUnderCheck): Check {
  const { payload, profile } = token;
  const claim = ['azp', 'appid', 'client_id'].find((name) => payload[name] !== undefined) ?? 'azp';
  const base = { id: 'allowedClients' as const, claim, member: 'allowedClients' } as const;
  const client = payload[claim];
  const seen = client === undefined ? {} : { seen: showClaim(client) };
  if (!profile.allowedClients) return { ...base, verdict: 'notChecked', reason: 'clientsNotSaid', ...seen };
  if (client === undefined)
    return absentClaim(token, { ...base, reason: 'clientMissing', cause: 'client-not-allowed' });
  const expected = profile.allowedClients;
  if (expected.some((allowed) => sameId(showClaim(client), allowed))) {
    return { ...base, verdict: 'passed', reason: 'clientAllowed', ...seen };
  }
  return { ...base, verdict: 'failed', reason: 'clientOther', ...seen, expected, cause: 'client-not-allowed' };
}
