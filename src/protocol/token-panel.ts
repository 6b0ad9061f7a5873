import type { TokenDescription } from '../core/token/token-description.ts';
import type { ValidationReport } from '../core/why/validation-report.ts';

/** One whole state; the view keeps nothing of its own but what is folded. */
export interface TokenPanelState {
  /** The host's clock, milliseconds since the epoch: the countdown follows it, not the browser's. */
  nowMs: number;
  /** All tokens found, for the switcher; shown when there is more than one. */
  tokens: { label: string; detail: string }[];
  selected: number;
  token: TokenDescription;
  validation: ValidationState;
}

export type ValidationState =
  | { state: 'notChecked' /** absent when validating is not possible here, with the reason */; why?: string }
  | { state: 'running'; profile: string }
  | {
      state: 'done';
      report: ValidationReport /** True when other profiles could be validated against. */;
      hasChoice: boolean;
    };

export type ToTokenPanel = { type: 'state'; state: TokenPanelState };

export type CopyTarget =
  | { what: 'header' }
  | { what: 'payload' }
  | { what: 'claim'; part: 'header' | 'payload'; name: string };

export type FromTokenPanel =
  | { type: 'ready' }
  | { type: 'select'; index: number }
  | { type: 'validate' }
  | { type: 'chooseProfile' }
  | { type: 'cancel' }
  | { type: 'copy'; target: CopyTarget }
  | { type: 'openSettings'; setting: string }
  | { type: 'openSource'; url: string };

const MESSAGE_TYPES = ['ready', 'select', 'validate', 'chooseProfile', 'cancel', 'copy', 'openSettings', 'openSource'];

/** True for what the panel may send; the members are checked where they are used. */
export function isFromTokenPanel(message: unknown): message is FromTokenPanel {
  if (typeof message !== 'object' || message === null || !('type' in message)) return false;
  return typeof message.type === 'string' && MESSAGE_TYPES.includes(message.type);
}
