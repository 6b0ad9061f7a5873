import { plainWindow } from './plain-window.ts';

const SHOWN_FOR_MS = 4_000;

/** Says in the status bar, for a moment, that something was done: there is nothing for the user to do about it. */
export function sayDone(text: string): void {
  plainWindow.setStatusBarMessage(text, SHOWN_FOR_MS);
}
