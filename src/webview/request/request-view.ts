import type { FromRequestView, RequestForm, RequestViewState } from '../../protocol/request-view.ts';
import type { ExplanationView } from '../shared/explanation/explanation-view.ts';

export const URL_ID = 'url';
export const SEND_ID = 'send';
export const CANCEL_ID = 'cancel';
export const RESULT_ID = 'result';
export const OUTCOME_ID = 'outcome';

/** What every part of the view may ask and tell, besides the state it draws. */
export interface RequestView extends ExplanationView {
  /** The host's clock, milliseconds since the epoch. */
  nowMs: number;
  /** The form as typed, which may be ahead of the state's. */
  form: RequestForm;
  /** Raised with every new result, so that its folds begin afresh. */
  resultNumber: number;
  /** Why the URL cannot be sent to; undefined while nobody tried. */
  urlFault: string | undefined;
  /** Changes the form; typing is told to the host when it pauses, a choice at once. */
  edit(change: Partial<RequestForm>, when: 'typing' | 'chosen'): void;
  send(): void;
  /** Tells the host, who first hears what was typed. */
  post(message: FromRequestView): void;
}

export type Identity = RequestViewState['identities'][number];
