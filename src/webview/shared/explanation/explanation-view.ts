import type { CauseId } from '../../../core/gates/cause-id.ts';
import type { Folds } from '../folds.ts';

/** Whose key a call lacked. */
export type MissingKey = 'functions' | 'subscription';

/** A fix, by its cause and its place among that cause's: what it does, only the host knows. */
export interface FixPlace {
  cause: CauseId;
  /** From 0. */
  fix: number;
}

/** What the parts of an explanation may ask for, wherever it is shown. */
export interface ExplanationView extends Folds {
  openSource(url: string): void;
  openSettings(setting: string): void;
  /** Puts the value of a fix into the clipboard. */
  copyValue(place: FixPlace): void;
  /** Does what the fix's action says; absent where no call can be changed. */
  applyFix?(place: FixPlace): void;
  /** Opens the policy at a line; absent where no policy is known. */
  openPolicy?(line: number): void;
  /** Asks for a key of this kind; absent where no call can be changed. */
  enterKey?(kind: MissingKey): void;
  /** Asks the target once, without credentials; absent where nothing can be sent. */
  probe?(): void;
  /** Absent where the page has a button of its own for it, or nothing to copy. */
  copyReport?(): void;
}
