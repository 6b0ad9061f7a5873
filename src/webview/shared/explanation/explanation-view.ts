import type { Folds } from '../folds.ts';

/** Whose key a call lacked. */
export type MissingKey = 'functions' | 'subscription';

/** What the parts of an explanation may ask for, wherever it is shown. */
export interface ExplanationView extends Folds {
  openSource(url: string): void;
  openSettings(setting: string): void;
  /** Absent where the page has a button of its own for it, or nothing to copy. */
  copyReport?(): void;
  /** Asks for a key of this kind; absent where no call can be changed. */
  enterKey?(kind: MissingKey): void;
}
