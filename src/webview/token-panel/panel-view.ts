import type { CopyTarget, FromTokenPanel } from '../../protocol/token-panel.ts';
import type { Folds } from '../shared/folds.ts';
import { shortenMiddle } from '../shared/shorten.ts';

/** What every part of the panel may ask and tell, besides the state it draws. */
export interface PanelView extends Folds {
  /** The host's clock, milliseconds since the epoch. */
  nowMs: number;
  post(message: FromTokenPanel): void;
  copy(target: CopyTarget): void;
  /** Whether this was copied a moment ago. */
  isCopied(target: CopyTarget): boolean;
}

/** What is copied, in words: `aud`, `header`. */
export function nameCopyTarget(target: CopyTarget): string {
  switch (target.what) {
    case 'claim':
      return shortenMiddle(target.name, 60);
    case 'redacted':
      return 'the redacted token';
    default:
      return target.what;
  }
}

export function idOfCopyTarget(target: CopyTarget): string {
  return target.what === 'claim' ? `${target.part}:${target.name}` : target.what;
}
