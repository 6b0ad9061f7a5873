import { plainValue } from './plain-text.ts';

/** Something a question is about. What others wrote ends its line, behind a label of ours: never does it stand between our words. */
export interface Fact {
  label: string;
  values: readonly string[];
  /** In which words the values are shown, a line each; no two lists of values in the same ones. Default: each by itself. */
  show?: (values: readonly string[]) => readonly string[];
  /** What is said where there is no value. */
  none?: string;
  /** May be of many lines: stands behind all others. */
  isLong?: true;
  /** What to mind about it, in words of ours. */
  caution?: string;
}

/** What a dialog shows without scrolling on a small screen, and about how much stands on one of its lines. */
const MOST_LINES = 30;
const LINE_LENGTH = 80;

const NOTHING = 'not given';
/** Before a value of several; what is long wraps behind it, not below it. */
const BULLET = '•\u00a0';

/** What is shown where lines cannot be: no value has a blank in it. */
export function inOneLine({ label, values, none = NOTHING }: Fact): string {
  return `${label}: ${values.map(plainValue).join(' ') || none}`;
}

/** A line for each value, or for each group of them. */
export function linesOf({ label, values, show = (all) => all.map(plainValue), none = NOTHING }: Fact): string[] {
  const [only = none, ...others] = show(values);
  return others.length === 0 ? [`${label}: ${only}`] : [`${label}:`, ...[only, ...others].map((one) => BULLET + one)];
}

/** The label of what is longest, where facts are more than a question can show whole. */
export function labelTooLong(facts: readonly Fact[]): string | undefined {
  const heights = facts.map((fact) => ({ label: fact.label, height: heightOf(linesOf(fact)) }));
  if (heights.reduce((sum, { height }) => sum + height, 0) <= MOST_LINES) return undefined;
  return heights.reduce((tallest, one) => (one.height > tallest.height ? one : tallest)).label;
}

function heightOf(lines: readonly string[]): number {
  return lines.reduce((height, line) => height + Math.ceil(line.length / LINE_LENGTH), 0);
}
