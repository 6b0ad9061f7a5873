import type { ApiProfile, ProfileOrigin } from '../entra/api-profile.ts';
import type { Check, CheckId, Judgement } from '../gates/gate.ts';
import { REASON_TEXTS } from './reason-text.ts';
import { findRootCheck, followsFrom, rootFirst } from './root-check.ts';
import type { ReportLine } from './validation-report.ts';

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
};

const ORIGINS: Record<ProfileOrigin, string> = {
  user: 'your user settings',
  workspace: 'the workspace settings',
  folder: 'the folder settings',
};

/** Where a profile was written, in words. */
export function describeOrigin(origin: ProfileOrigin): string {
  return ORIGINS[origin];
}

/** Puts the checks into words: the failure that explains others first, and those without advice of their own. */
export function writeLines(checks: readonly Check[], profile: ApiProfile): ReportLine[] {
  const root = findRootCheck(checks);
  return rootFirst(checks).map((check) => {
    const line = writeLine(check, profile);
    if (!root || !followsFrom(root, check)) return line;
    return { ...line, change: [`See “${TITLES[root.id]}” first: a token for your API has its own.`] };
  });
}

function writeLine(check: Check, profile: ApiProfile): ReportLine {
  const { id, verdict, reason, seen, expected, cause } = check;
  const { detail, change = [], source } = REASON_TEXTS[reason]({ ...check, profile: nameProfile(profile) });
  const isCompared = verdict !== 'passed';
  return {
    id,
    verdict,
    reason,
    title: TITLES[id],
    detail,
    change,
    ...(seen === undefined ? {} : { seen }),
    ...(isCompared && expected && expected.length > 0 && reason !== 'keyNotFound' ? { expected: [...expected] } : {}),
    ...(cause === undefined ? {} : { cause }),
    ...(check.member === undefined ? {} : { setting: settingOf(profile) }),
    ...(source === undefined ? {} : { source }),
  };
}

/** The verdict in one sentence. */
export function writeHeadline(verdict: Judgement['verdict'], checks: readonly Check[], profile: ApiProfile): string {
  const name = nameProfile(profile);
  switch (verdict) {
    case 'passes':
      return `Would be accepted by an API set up like ${name}.`;
    case 'refuses':
      return `Would be refused by an API set up like ${name}: ${listTitles(independentFailures(checks))}.`;
    case 'unknown':
      return `Nothing here would refuse it, but not everything could be checked: ${listTitles(checks.filter(({ verdict: open }) => open === 'notChecked'))}.`;
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
