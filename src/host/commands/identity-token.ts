import * as vscode from 'vscode';
import type { AcquiredToken } from '../../auth/token-source.ts';
import { Cancelled } from '../../core/app-error.ts';
import type { Fact } from '../facts.ts';
import { plainName } from '../plain-text.ts';
import { agreesTo, type Question } from '../question.ts';
import { sayDone } from '../say-done.ts';
import type { SignInFlow } from '../sign-in/sign-in-flow.ts';
import type { TokenPanel } from '../views/token-panel.ts';
import { chooseIdentity, withSignInProgress } from './sign-in.ts';

const COPY: Question = {
  title: 'Copy this token?',
  advice: [
    'Whoever has it can call the API as that account until it expires. It goes to the clipboard, which every program on this machine can read. For a ticket or a chat use “Copy Token Redacted” instead.',
  ],
  yes: 'Copy',
};

/** "Refresh Token": a fresh one, though the old one may still be good. */
export async function refreshToken(flow: SignInFlow, argument: unknown): Promise<void> {
  const { id } = await tokenOf(flow, argument, { forceRefresh: true });
  sayDone(`Fresh token for ${plainName(id)}`);
}

/** "Decode Token of Identity": in the token panel; one got on behalf of a user beside the token it was exchanged for. */
export async function decodeIdentityToken(flow: SignInFlow, panel: TokenPanel, argument: unknown): Promise<void> {
  const { token } = await tokenOf(flow, argument);
  const { accessToken, assertion } = token;
  panel.show({ raws: assertion ? [assertion.accessToken, accessToken] : [accessToken] });
  if (assertion) panel.compareWith(accessToken);
}

/** "Copy Token of Identity": the one way a token leaves, so it is said what that means. */
export async function copyIdentityToken(flow: SignInFlow, argument: unknown): Promise<void> {
  const { token, id } = await tokenOf(flow, argument);
  const facts: Fact[] = [
    { label: 'Identity', values: [id], show: ([name = '']) => [plainName(name)] },
    {
      label: 'Account',
      values: token.account === '' ? [] : [token.account],
      none: 'that of the application, or the one it was pasted for',
    },
  ];
  if (!(await agreesTo(COPY, facts))) throw new Cancelled();
  await vscode.env.clipboard.writeText(token.accessToken);
  sayDone('Copied the token');
}

async function tokenOf(
  flow: SignInFlow,
  argument: unknown,
  wish: { forceRefresh?: true } = {},
): Promise<{ token: AcquiredToken; id: string }> {
  const { identity, accountId } = await chooseIdentity(argument);
  const token = await withSignInProgress(flow, identity, (work) =>
    flow.acquire(identity, { ...work, wish: { ...wish, ...(accountId === undefined ? {} : { accountId }) } }),
  );
  return { token, id: identity.id };
}
