import type { ApiProfile, Operation } from '../../core/entra/api-profile.ts';
import type { RequestForm } from '../../protocol/request-view.ts';
import type { NamedIdentity } from '../identities.ts';
import type { TokenWish } from '../sign-in/sign-in-flow.ts';
import type { StayedBehind } from './request-result.ts';

/** What a fix works on: the form, its target, and sending again. */
export interface CallDesk {
  readonly form: RequestForm;
  readonly profile?: ApiProfile;
  readonly operation?: Operation;
  /** Sets the form, as choosing an operation does. */
  setForm(form: RequestForm): void;
  /** Asks for a key of the form's kind and keeps it. */
  enterKey(): Promise<void>;
  pasteToken(): Promise<void>;
  /** Sends the form. `identity` in place of the form's; `wish`: what the token must bring; `stayedBehind` is told. */
  send(more?: { identity?: NamedIdentity; wish?: TokenWish; stayedBehind?: StayedBehind }): Promise<void>;
  /** Asks once without credentials. */
  probe(): Promise<void>;
}
