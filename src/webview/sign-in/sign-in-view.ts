import type { FromSignInPanel, SetUpFields } from '../../protocol/sign-in-panel.ts';
import type { TroubleView } from '../shared/sign-in/trouble-card.ts';

/** What every page of the panel may ask and tell, besides the state it draws. */
export interface SignInView extends TroubleView {
  /** The host's clock, milliseconds since the epoch. */
  nowMs: number;
  /** The fields as typed, which may be ahead of the state's. */
  fields: SetUpFields | undefined;
  edit(change: Partial<SetUpFields>): void;
  post(message: FromSignInPanel): void;
  /** Tells the host, and has screen readers say what was copied. */
  copied(message: FromSignInPanel, announcement: string): void;
}
