import type { CauseId } from '../../../../../src/core/gates/cause-id.ts';
import type { Lab } from '../../../../lab/lab.ts';
import type { CallName } from './calls.ts';
import type { Draft } from './passing-call.ts';

/** One fact changed, of the call or of what it is sent to, and the cause that has to be named. */
export interface Mutation {
  /** What is changed, in a few words; unique for the call. */
  change: string;
  call: CallName;
  mutate(draft: Draft, lab: Lab): void | Promise<void>;
  /** With everything known: this one, first. */
  cause: CauseId;
  /** Names the same mistake at another check; the answer may say that one. */
  same?: CauseId;
  /** With nothing known: what the answer can't tell from it. */
  alike?: readonly CauseId[];
  /** With nothing known the answer is one like any other, and nothing may be said. */
  isSilent?: true;
  /** What the server answers. Default: 401. */
  status?: number;
}

type TokenChange = [
  change: string,
  token: (lab: Lab) => Promise<string> | string,
  cause: CauseId,
  more?: Partial<Mutation>,
];

/** Rows for tokens that are wrong, each at the same call. */
export function tokenMutations(call: CallName, changes: readonly TokenChange[]): Mutation[] {
  return changes.map(([change, token, cause, more = {}]) => ({
    change,
    call,
    cause,
    ...more,
    mutate: async (draft, lab) => {
      draft.token = await token(lab);
    },
  }));
}

export function withoutToken(draft: Draft): void {
  delete draft.token;
}

/** Says that a header is not there any more, or is something else. */
export function setHeader(name: string, value?: string): (draft: Draft) => void {
  return ({ headers }) => {
    delete headers[name];
    if (value !== undefined) headers[name] = value;
  };
}
