import { AppError } from '../core/app-error.ts';
import { type Fact, inOneLine, labelTooLong, linesOf } from './facts.ts';
import { plainWindow } from './plain-window.ts';

/** A question in words of ours alone: nothing of a setting, file, token or answer is in it. */
export interface Question {
  title: string;
  advice: readonly string[];
  yes: string;
}

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
  const prompt = [words.join(' '), ...facts.map(inOneLine)].join(' · ');
  const options = { title, prompt, password: true, ignoreFocusOut: true };
  return plainWindow.showInputBox(placeHolder === undefined ? options : { ...options, placeHolder });
}

/** Throws where one question cannot show all of it. */
export function requireShowable(facts: readonly Fact[]): void {
  const label = labelTooLong(facts);
  if (label === undefined) return;
  throw new AppError(
    'badSettings',
    `One question cannot show all of this, so nobody could know what they allow. Too long is what stands behind “${label}”: shorten it in the settings. Of scopes, name fewer, or the API’s “.default”.`,
    { actions: ['openSettings'] },
  );
}
