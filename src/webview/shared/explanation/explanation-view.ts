import type { Folds } from '../folds.ts';

/** What the parts of an explanation may ask for, wherever it is shown. */
export interface ExplanationView extends Folds {
  openSource(url: string): void;
  openSettings(setting: string): void;
}
