import type { ComparedClaim } from '../core/token/compare-tokens.ts';
import type { TokenDescription } from '../core/token/token-description.ts';
import type { Caveat, ValidationReport } from '../core/why/validation-report.ts';
import type { PageMessages } from './page-message.ts';

/** One whole page; the view keeps nothing of its own but what is folded. */
export type PanelState = TokenPanelState | TokenListState | TokenComparisonState;

/** One token with its claims and its report. */
export interface TokenPanelState {
  page: 'token';
  /** The host's clock, milliseconds since the epoch: the countdown follows it, not the browser's. */
  nowMs: number;
  /** All tokens found, for the switcher; shown when there is more than one. */
  tokens: { label: string; detail: string }[];
  selected: number;
  token: TokenDescription;
  validation: ValidationState;
  /** True when the tokens came from "Validate Tokens in This File", whose table one can go back to. */
  hasList: boolean;
}

/** All tokens of a file with their verdicts. */
export interface TokenListState {
  page: 'list';
  nowMs: number;
  /** Name of the file. */
  file: string;
  /** In the order of the file. */
  rows: TokenRow[];
  running: boolean;
  /** What is missing from the table, and why. */
  notes: string[];
}

export interface TokenRow {
  /** From 1. */
  line: number;
  title: string;
  audience?: string;
  expiresAtSec?: number;
  verdict: 'waiting' | 'running' | 'notChecked' | 'passes' | 'refuses' | 'unknown';
  /** A pass with a caveat is no plain one. */
  caveat?: Caveat['id'];
  /** The first check that failed, or why nothing was checked. */
  why?: string;
}

/** Two tokens claim by claim. */
export interface TokenComparisonState {
  page: 'comparison';
  nowMs: number;
  left: { title: string; audience?: string };
  right: { title: string; audience?: string };
  /** What matters to a validator first; equal claims last. */
  rows: ComparedClaim[];
}

export type ValidationState =
  | { state: 'notChecked' /** absent when validating is not possible here, with the reason */; why?: string }
  | { state: 'running'; profile: string }
  | {
      state: 'done';
      report: ValidationReport /** True when other profiles could be validated against. */;
      hasChoice: boolean;
    };

export type ToTokenPanel = { type: 'state'; state: PanelState };

export type CopyTarget =
  | { what: 'header' }
  | { what: 'payload' }
  | { what: 'redacted' }
  | { what: 'claim'; part: 'header' | 'payload'; name: string };

export type FromTokenPanel =
  | { type: 'ready' }
  | { type: 'select'; index: number }
  | { type: 'validate' }
  | { type: 'chooseProfile' }
  | { type: 'cancel' }
  | { type: 'copyAs' }
  | { type: 'compare' }
  | { type: 'showToken' }
  | { type: 'showList' }
  | { type: 'copy'; target: CopyTarget }
  | { type: 'openSettings'; setting: string }
  | { type: 'openSource'; url: string };

export const TOKEN_PANEL_MESSAGES: PageMessages<FromTokenPanel> = {
  ready: 'shows',
  select: 'shows',
  validate: 'storesOrSends',
  chooseProfile: 'storesOrSends',
  cancel: 'shows',
  copyAs: 'storesOrSends',
  compare: 'shows',
  showToken: 'shows',
  showList: 'shows',
  copy: 'shows',
  openSettings: 'shows',
  openSource: 'shows',
};
