import type { Check, ReasonId } from '../gates/gate.ts';

/** Reasons that say: this is not a token for this API at all. Best first. */
const ROOT_REASONS: readonly ReasonId[] = ['kindMicrosoftApi', 'kindIdToken', 'audienceMicrosoftApi', 'audienceOther'];

/** What a token for the right API would have of its own. A wrong tenant, issuer or key stands for itself. */
const DECIDED_BY_THE_API: readonly ReasonId[] = [
  ...(['issuerOtherVersion', 'versionOther', 'scopeMissing', 'roleMissing', 'scopeOrRoleMissing'] as const),
  ...(['appOnlyToken', 'userToken', 'audienceOther', 'audienceOtherForm', 'audienceMicrosoftApi'] as const),
];

/**
 * The failed check that explains others: a token for another API has that API's version, issuer and scopes, so advice
 * on those would lead astray. Undefined when every failure stands for itself.
 */
export function findRootCheck(checks: readonly Check[]): Check | undefined {
  const failed = checks.filter(({ verdict }) => verdict === 'failed');
  return ROOT_REASONS.map((reason) => failed.find((check) => check.reason === reason)).find(
    (check) => check !== undefined,
  );
}

/** True for a failure that only follows from the root. */
export function followsFrom(root: Check | undefined, { id, verdict, reason }: Check): boolean {
  if (!root || verdict !== 'failed' || id === root.id) return false;
  return DECIDED_BY_THE_API.includes(reason) || (reason === 'keyNotFound' && root.reason === 'kindMicrosoftApi');
}

/** The root first; the rest in its order. */
export function rootFirst(checks: readonly Check[]): Check[] {
  const root = findRootCheck(checks);
  return root ? [root, ...checks.filter((check) => check !== root)] : [...checks];
}
