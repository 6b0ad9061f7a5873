import { type ApiProfile, VALIDATORS, type ValidatorId } from '../entra/api-profile.ts';
import type { Check, CheckId } from '../gates/check.ts';
import type { Disagreement, Judgement, VersionedVerdict } from '../gates/judgement.ts';
import { utcText } from '../token/time.ts';
import { findOwnScope } from './own-scope.ts';
import { type ProfileChange, REASON_TEXTS } from './reason-text.ts';
import { findRootCheck, followsFrom, isOfOtherVersion, rootFirst } from './root-check.ts';
import type { Caveat, ReportAnswer, ReportDisagreement, ReportLine } from './validation-report.ts';
import { describeVersions, validatorName } from './validator-text.ts';

const TITLES: Record<CheckId, string> = {
  structure: 'Structure',
  algorithm: 'Algorithm',
  key: 'Key',
  signature: 'Signature',
  issuer: 'Issuer',
  tenant: 'Tenant',
  audience: 'Audience',
  expiry: 'Expiry',
  notBefore: 'Not before',
  kind: 'Kind',
  version: 'Version',
  permissions: 'Scopes or roles',
  allowedClients: 'Allowed clients',
  requiredClaim: 'Required claim',
};

/** Puts the checks into words: the failure that explains others first, and those without advice of their own. */
export function writeLines(checks: readonly Check[], profile: ApiProfile): ReportLine[] {
  const root = findRootCheck(checks);
  return rootFirst(checks).map((check) =>
    root && followsFrom(root, check) ? writeFollowing(check, root, profile) : writeLine(check, profile),
  );
}

function writeFollowing(check: Check, root: Check, profile: ApiProfile): ReportLine {
  const { setting: _, ...line } = writeLine(check, profile, root);
  const whose = isOfOtherVersion(root) ? 'a token of the version the API accepts' : 'a token for your API';
  return { ...line, change: [`See “${TITLES[root.id]}” first: ${whose} has its own.`] };
}

function writeLine(check: Check, profile: ApiProfile, root?: Check): ReportLine {
  const { id, verdict, reason, expected, cause, decidedBy } = check;
  const ownScope = findOwnScope(profile);
  const {
    detail,
    change = [],
    source,
  } = REASON_TEXTS[reason]({
    ...check,
    profile: nameProfile(profile),
    ...(ownScope === undefined ? {} : { ownScope }),
    ...(root ? { root: root.reason } : {}),
  });
  const isCompared = verdict !== 'passed';
  const seen = showSeen(check);
  return {
    id,
    verdict,
    reason,
    title: TITLES[id],
    detail: decidedBy === undefined ? detail : `${detail} ${nameDecision(check)}`,
    change: change.map((one) => (isInProfile(one) ? one.inProfile : one)),
    ...(check.warns ? { warning: true as const } : {}),
    ...(seen === undefined ? {} : { seen }),
    ...(isCompared && expected && expected.length > 0 && reason !== 'keyNotFound' ? { expected: [...expected] } : {}),
    ...(cause === undefined ? {} : { cause }),
    ...(change.some(isInProfile) ? { setting: settingOf(profile) } : {}),
    ...(source === undefined ? {} : { source }),
  };
}

function isInProfile(change: string | ProfileChange): change is ProfileChange {
  return typeof change === 'object';
}

/** Seconds since the epoch are shown as a time. */
function showSeen({ id, seen }: Check): string | undefined {
  const isTime = id === 'expiry' || id === 'notBefore';
  return isTime && seen !== undefined ? (utcText(seen) ?? seen) : seen;
}

function nameDecision({ decidedBy, verdict }: Check): string {
  if (decidedBy === undefined) return '';
  return `${validatorName(decidedBy)}, this API’s validator, ${verdict === 'failed' ? 'refuses' : 'accepts'} it.`;
}

/** Puts into words what validators would answer differently. */
export function writeDisagreements(
  disagreements: readonly Disagreement[],
  checks: readonly Check[],
  profile: ApiProfile,
): ReportDisagreement[] {
  return disagreements.map(({ check: id, reason, verdicts, byVersion }) => {
    const check = checks.find((candidate) => candidate.id === id && candidate.reason === reason) ?? { id, reason };
    const { detail } = REASON_TEXTS[reason]({ ...check, profile: nameProfile(profile) });
    const answers = VALIDATORS.map((validator) => ({
      validator,
      name: validatorName(validator),
      verdict: verdicts[validator],
      ...versionsOf(validator, byVersion?.[validator]),
    }));
    return { check: id, reason, title: TITLES[id], detail, answers };
  });
}

function versionsOf(
  validator: ValidatorId,
  byVersion: readonly VersionedVerdict[] | undefined,
): Pick<ReportAnswer, 'byVersion' | 'versions'> {
  return byVersion ? { byVersion, versions: describeVersions(validator, byVersion) } : {};
}

/** The verdict in a sentence or two; what passes with a caveat is never plainly accepted. */
export function writeHeadline(
  verdict: Judgement['verdict'],
  checks: readonly Check[],
  profile: ApiProfile,
  caveat: Caveat | undefined,
): string {
  if (!caveat) return writePlainHeadline(verdict, checks, profile);
  if (verdict !== 'passes') return `${writePlainHeadline(verdict, checks, profile)} ${CAVEATS[caveat.id](caveat)}`;
  const name = nameProfile(profile);
  return caveat.id === 'oldKeys'
    ? `Passed with keys of ${showMoment(caveat.keysReadAtMs)}. An API set up like ${name} would accept it if they still stand.`
    : `Fits the key you gave, and an API set up like ${name}. Whether the key is the tenant’s was not checked.`;
}

const CAVEATS: Record<Caveat['id'], (caveat: Caveat) => string> = {
  oldKeys: ({ keysReadAtMs }) => `Judged with keys of ${showMoment(keysReadAtMs)}: they could not be read again.`,
  givenKey: () => 'Judged with the key you gave, not with the tenant’s.',
};

function showMoment(epochMs: number | undefined): string {
  return epochMs === undefined ? '' : `${new Date(epochMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function writePlainHeadline(verdict: Judgement['verdict'], checks: readonly Check[], profile: ApiProfile): string {
  const name = nameProfile(profile);
  switch (verdict) {
    case 'passes':
      return `Would be accepted by an API set up like ${name}.`;
    case 'refuses':
      return `Would be refused by an API set up like ${name}: ${listTitles(independentFailures(checks))}.`;
    case 'unknown':
      return `Nothing that could be checked would refuse it. Not checked: ${listTitles(checks.filter(({ verdict: open }) => open === 'notChecked'))}.`;
  }
}

function nameProfile({ name }: ApiProfile): string {
  return name === undefined ? 'why401.tenant' : name;
}

function settingOf({ name }: ApiProfile): string {
  return name === undefined ? 'why401.tenant' : 'why401.apis';
}

function independentFailures(checks: readonly Check[]): Check[] {
  const root = findRootCheck(checks);
  return rootFirst(checks).filter((check) => check.verdict === 'failed' && !followsFrom(root, check));
}

function listTitles(checks: readonly Check[]): string {
  return checks.map(({ id }) => TITLES[id].toLowerCase()).join(', ');
}
