import { compareTokens } from '../../core/token/compare-tokens.ts';
import type { TokenComparisonState } from '../../protocol/token-panel.ts';
import { audienceOf, type ShownToken } from './shown-token.ts';

/** Two tokens claim by claim. */
export function comparisonState(left: ShownToken, right: ShownToken, nowMs: number): TokenComparisonState {
  return {
    page: 'comparison',
    nowMs,
    left: headOf(left),
    right: headOf(right),
    rows: compareTokens(left.reading, right.reading),
  };
}

function headOf({ summary }: ShownToken): TokenComparisonState['left'] {
  const audience = audienceOf(summary);
  return { title: summary.title, ...(audience === undefined ? {} : { audience }) };
}
