import type { CodePage } from '../core/entra/device-code-page.ts';
import type { SetUpStep, SetUpWay } from '../core/entra/set-up-steps.ts';
import type { PageMessages } from './page-message.ts';

/** The page of a sign-in that needs more than a notification: the code to enter, why it failed, or how to set it up. */
export type SignInPanelState = CodeState | FailureState | SetUpState;

/** A code to enter on a page of the login host. */
export interface CodeState {
  page: 'code';
  nowMs: number;
  /** Whom the token is for: `orders-dev · me`. */
  identity: string;
  userCode: string;
  /** Where to enter it. */
  codePage: CodePage;
  /** Seconds since the epoch. */
  expiresAtSec: number;
}

/** Why no token could be had. */
export interface FailureState {
  page: 'failure';
  nowMs: number;
  identity: string;
  trouble: SignInTrouble;
}

/** A failed sign-in in words for this identity. Texts of servers are data: shown as text, never as markup. */
export interface SignInTrouble {
  /** `AADSTS65001`; absent where the server gave none. */
  code?: string;
  /** One sentence: what is wrong. */
  cause: string;
  /** False where the cause is only what such an answer usually means. */
  isCertain: boolean;
  /** The client id, tenant or scope at fault. */
  atFault: { label: string; value: string }[];
  action?: string;
  where?: {
    portal?: string;
    property?: string;
    command?: string /** What to know before running it. */;
    caution?: string;
  };
  /** Who can mend it; an administrator is said with a word, an icon and its text. */
  who?: { needsAdministrator: boolean; text: string };
  retryText?: string;
  /** The server's own words, where they add something. */
  serverText?: string;
  /** Address of Microsoft's look-up of the code. */
  lookUp?: string;
}

/** What the token will say, one row a claim; a v1 and a v2 value where the API's manifest is not known. */
export interface ExpectedClaim {
  claim: string;
  values: { version: 1 | 2; text: string }[];
}

export interface SetUpState {
  page: 'setUp';
  nowMs: number;
  /** Raised when the host sets the fields; what is typed stays while it does not change. */
  revision: number;
  /** Names of the API profiles that can be signed in for. */
  apis: string[];
  fields: SetUpFields;
  /** Those that there are for the API. */
  ways: SetUpWay[];
  /** What the profile lacks for the commands to be whole. */
  missing: string[];
  /** Names of the claims a token of this API carries. */
  expected: ExpectedClaim[];
  /** What is odd about the scope. */
  findings: { severity: 'fault' | 'warning' | 'note'; text: string }[];
  steps: SetUpStep[];
  check: SetUpCheck;
}

export interface SetUpFields {
  api: string;
  way: SetUpWay;
  /** As a request names it: `api://orders/Orders.Read`. */
  scope: string;
  /** Of the own registration. */
  clientId: string;
}

export type SetUpCheck =
  | { state: 'idle'; why?: string }
  | { state: 'running'; text: string }
  | { state: 'failed'; trouble: SignInTrouble }
  | {
      state: 'passed';
      account: string;
      /** What the token says, held against what was expected. */
      claims: { claim: string; says: string; isExpected: boolean }[];
      isSaved: boolean;
    };

export type ToSignInPanel = { type: 'state'; state: SignInPanelState };

export type FromSignInPanel =
  | { type: 'ready' }
  | { type: 'copyCode' }
  | { type: 'openCodePage' }
  | { type: 'cancel' }
  | { type: 'tryAgain' }
  | { type: 'copyCommand'; command: string }
  | { type: 'openLookUp' }
  | { type: 'openSettings' }
  | { type: 'addApi' }
  | { type: 'setUp' }
  | { type: 'edit'; fields: SetUpFields }
  | { type: 'check' }
  | { type: 'save' }
  | { type: 'decode' };

export const SIGN_IN_PANEL_MESSAGES: PageMessages<FromSignInPanel> = {
  ready: 'shows',
  copyCode: 'shows',
  openCodePage: 'storesOrSends',
  cancel: 'shows',
  tryAgain: 'storesOrSends',
  copyCommand: 'shows',
  openLookUp: 'shows',
  openSettings: 'shows',
  addApi: 'storesOrSends',
  setUp: 'storesOrSends',
  edit: 'shows',
  check: 'storesOrSends',
  save: 'storesOrSends',
  decode: 'shows',
};
