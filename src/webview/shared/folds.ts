/** Which long texts and lists the reader asked to see whole. */
export interface Folds {
  isUnfolded(id: string): boolean;
  toggleFold(id: string): void;
}
