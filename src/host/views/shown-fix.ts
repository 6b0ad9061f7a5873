import * as vscode from 'vscode';
import type { CauseId } from '../../core/gates/cause-id.ts';
import type { ExplainedFix, Explanation } from '../../core/why/explanation.ts';

interface FixPlace {
  cause: CauseId;
  /** From 0. */
  fix: number;
}

/** The fix a page speaks of, in the explanation that it shows. */
export function findFix(explanation: Explanation | undefined, { cause, fix }: FixPlace): ExplainedFix | undefined {
  return explanation?.causes.find(({ id }) => id === cause)?.fixes[fix];
}

/** Puts what the fix says to write into the clipboard. */
export async function copyValue(explanation: Explanation | undefined, place: FixPlace): Promise<void> {
  const value = findFix(explanation, place)?.value;
  if (value !== undefined) await vscode.env.clipboard.writeText(value);
}
