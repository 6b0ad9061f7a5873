import * as vscode from 'vscode';
import type { ApiProfile } from '../../core/entra/api-profile.ts';
import { describeToken } from '../../core/token/describe-token.ts';
import { readToken } from '../../core/token/read-token.ts';
import type { TokenReading } from '../../core/token/token.ts';
import type { TokenDescription } from '../../core/token/token-description.ts';
import { summarizeToken, type TokenSummary } from '../../core/token/token-summary.ts';
import type { TokenRow, ValidationState } from '../../protocol/token-panel.ts';
import { UNTRUSTED_WORKSPACE } from '../workspace-trust.ts';

/** A token of the panel: what it says, and what validating it gave so far. */
export interface ShownToken {
  reading: TokenReading;
  description: TokenDescription;
  summary: TokenSummary;
  validation: ValidationState;
  /** What it was last validated against. */
  profile?: ApiProfile;
  /** Line in its document, from 1; known when all tokens of a file are shown. */
  line?: number;
}

export function shownToken(raw: string): ShownToken {
  const reading = readToken(raw);
  return {
    reading,
    description: describeToken(reading),
    summary: summarizeToken(reading),
    validation: notChecked(reading),
  };
}

/** Nothing was asked yet, or nothing can be. */
export function notChecked({ form, header, payload }: TokenReading): ValidationState {
  if (!vscode.workspace.isTrusted) return { state: 'notChecked', why: UNTRUSTED_WORKSPACE };
  if (form === 'jwe') return { state: 'notChecked', why: ENCRYPTED };
  return form === 'jws' && header && payload ? { state: 'notChecked' } : { state: 'notChecked', why: UNREADABLE };
}

const ENCRYPTED = 'The token is encrypted: only the API that holds the key can check it.';
const UNREADABLE = 'There is nothing to validate: the text is no readable token.';

/** Whom it is for, in short: a known name, else the value, else how many there are. */
export function audienceOf({ audiences }: TokenSummary): string | undefined {
  const [first, ...others] = audiences;
  return others.length > 0 ? `${audiences.length} values` : (first?.name ?? first?.text);
}

/** A line of the table of all tokens. */
export function rowOf({ summary, validation, line }: ShownToken, isRunning: boolean): TokenRow {
  const audience = audienceOf(summary);
  return {
    line: line ?? 0,
    title: summary.title,
    ...(audience === undefined ? {} : { audience }),
    ...(summary.expiresAtSec === undefined ? {} : { expiresAtSec: summary.expiresAtSec }),
    ...verdictOf(validation, isRunning),
  };
}

function verdictOf(validation: ValidationState, isRunning: boolean): Pick<TokenRow, 'verdict' | 'caveat' | 'why'> {
  switch (validation.state) {
    case 'running':
      return { verdict: 'running' };
    case 'notChecked':
      if (validation.why !== undefined) return { verdict: 'notChecked', why: validation.why };
      return { verdict: isRunning ? 'waiting' : 'notChecked' };
    case 'done': {
      const { verdict, lines, caveat } = validation.report;
      const telling = lines.find((line) => line.verdict === (verdict === 'refuses' ? 'failed' : 'notChecked'));
      return {
        verdict,
        ...(caveat ? { caveat: caveat.id } : {}),
        ...(telling && verdict !== 'passes' ? { why: telling.title } : {}),
      };
    }
    default:
      return validation satisfies never;
  }
}
