import { PUBLIC_LOGIN } from '../azure/login-hosts.ts';
import { type AadstsCode, aadstsNumber } from './aadsts-code.ts';
import { type MendingPlace, PLACES, type PlaceId } from './aadsts-places.ts';
import { AADSTS_ROWS } from './aadsts-texts.ts';
import { isAppOnly } from './identity.ts';
import { ofThisIdentity } from './identity-causes.ts';
import { atFault, fillIn } from './identity-words.ts';
import { OAUTH_ERROR_TEXTS } from './oauth-error-texts.ts';
import { reviewScopes } from './scope-composer.ts';
import type {
  FailedSignIn,
  FailureConcern,
  IdentityFacts,
  SignInDiagnosis,
  WhetherRetryHelps,
  WhoActs,
} from './sign-in-diagnosis.ts';

/** What an AADSTS code means. Plain text, own words; source: Microsoft, identity-platform/reference-error-codes. */
export interface AadstsExplanation {
  code: AadstsCode;
  /** One sentence: what it means. */
  meaning: string;
  /** One sentence: what to do. Never to lower protection. */
  remedy: string;
}

/** A row of the table: codes with one text, and where they are mended. */
export type AadstsRow = readonly [codes: readonly number[], meaning: string, remedy: string, place: PlaceId];

let rowsByCode: ReadonlyMap<number, AadstsRow> | undefined;

/**
 * Explains a code, given as `AADSTS50011`, `50011` or the number. Undefined for a code that is not known here: say
 * nothing about it but the server's own words. The table is heavy: a bundle of its own, reached by `import()`; the cause
 * of a code is at hand without it (`causeOfAadsts`).
 */
export function explainAadsts(code: string | number): AadstsExplanation | undefined {
  const row = rowOf(aadstsNumber(code));
  if (!row) return undefined;
  const [, meaning, remedy] = row;
  return { code: `AADSTS${aadstsNumber(code)}`, meaning, remedy };
}

/**
 * Explains a failed sign-in for one identity. A code that is not in the catalogue, and a failure without one, it explains
 * by the OAuth error, or not at all, with the server's text and the address where Microsoft explains the code.
 */
export function diagnoseSignIn(failure: FailedSignIn, known: IdentityFacts): SignInDiagnosis {
  const facts = { ...assertionIn(failure), ...known };
  const number = aadstsNumber(failure.code ?? '');
  const row = rowOf(number);
  const code = Number.isNaN(number) ? {} : { code: `AADSTS${number}` as const, lookUp: lookUpOf(number) };
  if (!row) return { ...unknownFailure(failure, facts, 'code' in code), ...code };
  const [, meaning, remedy, placeId] = row;
  const special = ofThisIdentity(number, facts);
  return {
    ...code,
    isKnown: true,
    certainty: UNDOCUMENTED.has(number) ? 'seems' : 'documented',
    cause: special?.cause ?? meaning,
    action: scopeFaultIn(number, facts) ?? special?.action ?? remedy,
    ...describePlace({ ...PLACES[placeId], ...special }, facts),
    serverText: failure.detail,
  };
}

/**
 * Codes that Microsoft's page does not list, known from public threads; their texts say "seems" or "appears".
 * 700023 has two meanings, and only one of them is on the page.
 */
export const UNDOCUMENTED: ReadonlySet<number> = new Set([
  ...[28000, 1002012, 650053, 501051, 7000229, 90051, 500207, 500571, 500112, 500113, 9002325, 700021, 700024],
  ...[700211, 700212, 700213, 7002138, 70021, 500131, 90083, 530003, 530084, 135011],
]);

const RETRY_TEXTS: Readonly<Record<WhetherRetryHelps, string>> = {
  afterFix: 'Trying again helps only after the change.',
  signInAgain: 'Signing in again helps.',
  later: 'Trying again in a while helps.',
  never: 'Trying again does not help.',
  unknown: 'Whether trying again helps is not known.',
};

/** AADSTS500131 quotes the audience of the token that was handed over. */
function assertionIn({ detail }: FailedSignIn): Pick<IdentityFacts, 'assertionAudience'> {
  const assertionAudience = /audience in the assertion was '([^'\s]{1,200})'/i.exec(detail)?.[1];
  return assertionAudience === undefined ? {} : { assertionAudience };
}

/** Codes that say of the scopes only that they are wrong. */
const WRONG_SCOPES = [70011, 1002012, 28000, 28002, 700022];

/** What exactly is wrong with the scopes, where that can be told without the server. */
function scopeFaultIn(number: number, { scopes, signIn, clientId, appId, appIdUri, tenant, loginBase }: IdentityFacts) {
  if (!WRONG_SCOPES.includes(number)) return undefined;
  const { findings } = reviewScopes(scopes, {
    authority: { kind: 'entra', loginBase, tenant },
    isAppOnly: isAppOnly({ signIn }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(appId === undefined ? {} : { appId }),
    ...(appIdUri === undefined ? {} : { appIdUri }),
  });
  return findings.find(({ severity }) => severity === 'fault')?.text;
}

function rowOf(number: number): AadstsRow | undefined {
  rowsByCode ??= new Map(AADSTS_ROWS.flatMap((row) => row[0].map((known) => [known, row] as const)));
  return rowsByCode.get(number);
}

function lookUpOf(number: number): string {
  return `${PUBLIC_LOGIN}/error?code=${number}`;
}

/** Without a known code, the OAuth error still says what kind of failure it is. */
function unknownFailure(failure: FailedSignIn, facts: IdentityFacts, hasCode: boolean): SignInDiagnosis {
  // MSAL words its own errors as an address that ends with their name.
  const word = failure.oauthError ?? /#(\w+)/.exec(failure.detail)?.[1] ?? '';
  const text = Object.hasOwn(OAUTH_ERROR_TEXTS, word) ? OAUTH_ERROR_TEXTS[word] : undefined;
  if (!text) return unexplained(failure, facts, hasCode);
  const [cause, action, placeId] = text;
  return {
    ...{ isKnown: false, certainty: 'documented', cause, action },
    ...describePlace(PLACES[placeId], facts),
    serverText: failure.detail,
  };
}

/** Where it is mended, by whom, and whether trying again helps. */
function describePlace({ concerns, who, retry, ...where }: MendingPlace, facts: IdentityFacts) {
  return {
    concerns,
    atFault: atFault(concerns, facts),
    where: placeFor(where, facts),
    ...{ who, whoText: whoText(who, concerns, facts) },
    ...{ retry, retryText: RETRY_TEXTS[retry] },
  };
}

function unexplained({ detail }: FailedSignIn, facts: IdentityFacts, hasCode: boolean): SignInDiagnosis {
  return {
    isKnown: false,
    certainty: 'seems',
    concerns: 'unknown',
    atFault: atFault('unknown', facts),
    cause: hasCode ? 'This code is not in the catalogue.' : 'The sign-in failed without a code of Microsoft Entra.',
    action: hasCode
      ? 'Read what the server says, and what Microsoft’s page says about the code.'
      : 'Read what is said about the failure; the output channel holds the requests that were made.',
    where: { portal: 'Microsoft Entra ID › Sign-in logs' },
    ...{ who: 'you', whoText: whoText('you', 'unknown', facts), retry: 'unknown', retryText: RETRY_TEXTS.unknown },
    serverText: detail,
  };
}

function placeFor(
  { portal, property, command, caution }: SignInDiagnosis['where'],
  facts: IdentityFacts,
): SignInDiagnosis['where'] {
  return {
    portal: fillIn(portal, facts, 'text'),
    ...(property === undefined ? {} : { property }),
    ...(command === undefined ? {} : { command: fillIn(command, facts, 'command') }),
    ...(command === undefined || caution === undefined ? {} : { caution }),
  };
}

function whoText(who: WhoActs, concerns: FailureConcern, { tenant }: IdentityFacts): string {
  switch (who) {
    case 'you':
      return OF_REGISTRATION.includes(concerns)
        ? 'An owner of the client’s registration can do this.'
        : 'You can do this yourself.';
    case 'apiOwner':
      return 'An owner of the API’s registration has to do this.';
    case 'administrator':
      return `An administrator of ${tenant} has to do this.`;
  }
}

const OF_REGISTRATION: readonly FailureConcern[] = ['client', 'redirect', 'credential'];
