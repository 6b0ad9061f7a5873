import * as vscode from 'vscode';
import { Cancelled } from '../core/app-error.ts';
import { plainly } from './plain-window.ts';

/** One question of a guided input. `ask` resolves with the answer, or `back` when the user wants the one before. */
export interface QuickStep<Answers> {
  /** Skipped when false; asked again each time, since it may depend on earlier answers. */
  applies?: (answers: Answers) => boolean;
  ask: (answers: Answers, frame: StepFrame) => Promise<typeof BACK | undefined>;
}

export interface StepFrame {
  title: string;
  step: number;
  totalSteps: number;
}

export const BACK = Symbol('back');

/** Asks step by step, with a Back button; throws {@link Cancelled} when the user leaves. */
export async function runQuickSteps<Answers>(
  title: string,
  answers: Answers,
  steps: readonly QuickStep<Answers>[],
): Promise<void> {
  const visited: number[] = [];
  let position = 0;
  while (position < steps.length) {
    const step = steps[position];
    if (!step || step.applies?.(answers) === false) {
      position += 1;
      continue;
    }
    const answer = await step.ask(answers, { title, step: position + 1, totalSteps: steps.length });
    if (answer === BACK) {
      position = visited.pop() ?? 0;
    } else {
      visited.push(position);
      position += 1;
    }
  }
}

export interface TextQuestion extends StepFrame {
  prompt: string;
  placeholder?: string;
  value?: string;
  /** The fault in words, or undefined when the text will do. */
  validate: (text: string) => string | undefined;
}

/** A line of text, trimmed, that passed `validate`. */
export function askText({
  prompt,
  placeholder,
  value,
  validate,
  ...frame
}: TextQuestion): Promise<string | typeof BACK> {
  const input = vscode.window.createInputBox();
  Object.assign(input, plainly({ ...frame, prompt, placeholder: placeholder ?? '' }), {
    value: value ?? '',
    ignoreFocusOut: true,
  });
  input.onDidChangeValue(() => {
    input.validationMessage = undefined;
  });
  return askOnce(input, () => {
    const text = input.value.trim();
    input.validationMessage = validate(text);
    return input.validationMessage === undefined ? text : undefined;
  });
}

export interface PickQuestion<T> extends StepFrame {
  placeholder: string;
  items: readonly (vscode.QuickPickItem & { value: T })[];
}

/** One of a short list. */
export function askPick<T>({ placeholder, items, ...frame }: PickQuestion<T>): Promise<T | typeof BACK> {
  const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { value: T }>();
  Object.assign(pick, plainly({ ...frame, placeholder }), { items: items.map(plainly), ignoreFocusOut: true });
  return askOnce(pick, () => pick.selectedItems[0]?.value);
}

function askOnce<T>(
  input: vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem & { value: T }>,
  accept: () => T | undefined,
): Promise<T | typeof BACK> {
  return new Promise<T | typeof BACK>((resolve, reject) => {
    input.buttons = (input.step ?? 1) > 1 ? [vscode.QuickInputButtons.Back] : [];
    input.onDidTriggerButton(() => resolve(BACK));
    input.onDidHide(() => reject(new Cancelled()));
    input.onDidAccept(() => {
      const value = accept();
      if (value !== undefined) resolve(value);
    });
    input.show();
  }).finally(() => input.dispose());
}
