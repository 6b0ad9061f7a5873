import type { Check, ReasonId } from '../gates/check.ts';
import { isGuid } from '../token/issuer-shape.ts';

/** Reasons that say: this is not a token for this API at all, or not of the version it takes. Best first. */
const ROOT_REASONS: readonly ReasonId[] = [
  ...(['kindMicrosoftApi', 'kindIdToken', 'audienceMicrosoftApi', 'audienceOther', 'versionOther'] as const),
];

/** What a token for the right API would have of its own. A wrong tenant, issuer or key stands for itself. */
const DECIDED_BY_THE_API: readonly ReasonId[] = [
  ...(['issuerOtherVersion', 'versionOther', 'scopeMissing', 'roleMissing', 'scopeOrRoleMissing'] as const),
  ...(['appOnlyToken', 'userToken', 'audienceOther', 'audienceOtherForm', 'audienceMicrosoftApi'] as const),
];

/**
 * The failed check that explains others: a token for another API has that API's version, issuer and scopes, so advice
 * on those would lead astray; v1 and v2 write issuer and audience differently. Undefined when every failure stands for
 * itself.
 */
export function findRootCheck(checks: readonly Check[]): Check | undefined {
  const failed = checks.filter(({ verdict }) => verdict === 'failed');
  return ROOT_REASONS.map((reason) => failed.find((check) => check.reason === reason)).find(
    (check) => check !== undefined,
  );
}

/** True for a failure that only follows from the root. */
export function followsFrom(root: Check | undefined, check: Check): boolean {
  if (!root || check.verdict !== 'failed' || check.id === root.id) return false;
  if (isOfOtherVersion(root)) return followsFromVersion(root, check);
  const { reason } = check;
  return (
    DECIDED_BY_THE_API.includes(reason) ||
    (reason === 'keyNotFound' && root.reason === 'kindMicrosoftApi') ||
    (reason === 'clientMissing' && root.reason === 'kindIdToken')
  );
}

/** True when the root is a token of this API in the other format. */
export function isOfOtherVersion({ reason }: Check): boolean {
  return reason === 'versionOther';
}

/** A v2 token names its API by its application id; a v1 token can name it by its App ID URI. */
function followsFromVersion({ seen }: Check, { reason, expected = [] }: Check): boolean {
  if (reason === 'issuerOtherVersion') return true;
  const wantsV2 = seen === '1.0';
  return reason === 'audienceOtherForm' && expected.some((audience) => isGuid(audience) === wantsV2);
}

/** The root first; the rest in its order. */
export function rootFirst(checks: readonly Check[]): Check[] {
  const root = findRootCheck(checks);
  return root ? [root, ...checks.filter((check) => check !== root)] : [...checks];
}
