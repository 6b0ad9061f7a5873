import { AppError } from '../core/app-error.ts';
import { plainValue } from './plain-text.ts';
import { plainWindow } from './plain-window.ts';

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

/** A question in words of ours alone: nothing of a setting, file, token or answer is in it. */
export interface Question {
  title: string;
  advice: readonly string[];
  yes: string;
}

/** What a dialog shows without scrolling on a small screen, and about how much stands on one of its lines. */
const MOST_LINES = 30;
const LINE_LENGTH = 80;

/** Asks, with all facts before the user's eyes. Throws where they could not be: what cannot be read is not allowed either. */
export async function agreesTo({ title, advice, yes }: Question, facts: readonly Fact[]): Promise<boolean> {
  requireShowable(facts);
  const cautions = new Set(facts.flatMap(({ caution }) => caution ?? []));
  const inOrder = [...facts.filter(({ isLong }) => !isLong), ...facts.filter(({ isLong }) => isLong)];
  const paragraphs = [inOrder.flatMap(linesOf).join('\n'), ...cautions, ...advice];
  return (await plainWindow.showWarningMessage(title, { modal: true, detail: paragraphs.join('\n\n') }, yes)) === yes;
}

/**
 * Asks for a secret, with what it is for and where it goes behind our words. All on one line, as VS Code shows it: no value
 * has a blank in it.
 */
export async function askForSecret(
  title: string,
  words: readonly string[],
  facts: readonly Fact[],
  placeHolder?: string,
): Promise<string | undefined> {
  requireShowable(facts);
  const shown = facts.map(
    ({ label, values, none = NOTHING }) => `${label}: ${values.map(plainValue).join(' ') || none}`,
  );
  const prompt = [words.join(' '), ...shown].join(' · ');
  const options = { title, prompt, password: true, ignoreFocusOut: true };
  return plainWindow.showInputBox(placeHolder === undefined ? options : { ...options, placeHolder });
}

const NOTHING = 'not given';
/** Before a value of several; what is long wraps behind it, not below it. */
const BULLET = '•\u00a0';

/** A line for each value, or for each group of them. */
export function linesOf({ label, values, show = (all) => all.map(plainValue), none = NOTHING }: Fact): string[] {
  const [only = none, ...others] = show(values);
  return others.length === 0 ? [`${label}: ${only}`] : [`${label}:`, ...[only, ...others].map((one) => BULLET + one)];
}

/** Throws where facts are more than can be shown whole, and says which is too long. */
export function requireShowable(facts: readonly Fact[]): void {
  const heights = facts.map((fact) => ({ label: fact.label, height: heightOf(linesOf(fact)) }));
  if (heights.reduce((sum, { height }) => sum + height, 0) <= MOST_LINES) return;
  const { label } = heights.reduce((tallest, one) => (one.height > tallest.height ? one : tallest));
  throw new AppError(
    'badSettings',
    `One question cannot show all of this, so nobody could know what they allow. Too long is what stands behind “${label}”: shorten it in the settings. Of scopes, name fewer, or the API’s “.default”.`,
    { actions: ['openSettings'] },
  );
}

function heightOf(lines: readonly string[]): number {
  return lines.reduce((height, line) => height + Math.ceil(line.length / LINE_LENGTH), 0);
}
