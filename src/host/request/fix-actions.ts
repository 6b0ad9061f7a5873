import * as vscode from 'vscode';
import { AppError, Cancelled } from '../../core/app-error.ts';
import { hostsNamedBy, originsOf } from '../../core/entra/api-profile.ts';
import { type Authority, authorityUrl } from '../../core/entra/authority.ts';
import { type ChallengeFault, followChallenge } from '../../core/entra/followed-challenge.ts';
import { type Identity, scopesOf } from '../../core/entra/identity.ts';
import { readProposal } from '../../core/entra/proposed-sign-in.ts';
import type { FixAction } from '../../core/why/explanation.ts';
import type { AuthorizeForm } from '../../protocol/request-view.ts';
import { scopeLines } from '../binding-question.ts';
import { listIdentities, type NamedIdentity } from '../identities.ts';
import { plainHost, plainName } from '../plain-text.ts';
import { plainWindow } from '../plain-window.ts';
import { listProfiles } from '../workspace-profiles.ts';
import type { CallDesk } from './call-desk.ts';
import { correctProfile } from './correct-profile.ts';
import { originOf } from './form-origin.ts';
import { formElsewhere, namesLeftOut } from './request-draft.ts';
import { readTargetFiles } from './target-files.ts';

type Action<Type extends FixAction['type']> = Extract<FixAction, { type: Type }>;

/**
 * Does what a fix's button says, and sends the call again where the fix is in the call. What a server proposed (tenant,
 * scope, claims, address) is shown and confirmed first; a token's way and destination are asked about by the binding.
 */
export async function applyFix(action: FixAction, desk: CallDesk): Promise<void> {
  switch (action.type) {
    case 'signInAgain':
      return signInAgain(action, desk);
    case 'freshToken':
      return desk.send({ identity: await chosenIdentity(desk), wish: { forceRefresh: true } });
    case 'chooseToken':
      return chooseToken(desk);
    case 'enterKey':
      return enterKey(action, desk);
    case 'retryWithClaims':
      return retryWithClaims(action, desk);
    case 'correctProfile':
      return correctProfile(desk.profile, action);
    case 'openPolicy':
      return openPolicy(action, desk);
    case 'callUrl':
      return callUrl(action, desk);
    case 'probe':
      return desk.probe();
    case 'followChallenge':
      return follow(action, desk);
  }
}

async function signInAgain(action: Action<'signInAgain'>, desk: CallDesk): Promise<void> {
  const proposal = readProposal(action);
  if (!proposal) throw new AppError('badSettings', UNREADABLE_PROPOSAL);
  const { scopes, tenant } = proposal;
  const identity = await chosenIdentity(desk);
  const isOwn = scopes === undefined || scopes.every((scope) => scopesOf(identity.identity).includes(scope));
  const varied = varyIdentity(identity, { ...(isOwn ? {} : { scopes }), ...(tenant ? { tenant } : {}) });
  const proposals = [
    ...(tenant ? [`Tenant: ${plainHost(tenant)}`] : []),
    ...(scopes && !isOwn ? scopeLines(scopes) : []),
  ];
  if (proposals.length > 0) {
    await confirm('Sign in again?', [...proposals, `Sent to: ${plainHost(originOf(desk.form.url))}`], 'Sign In');
  }
  await desk.send({ identity: varied, wish: { forceRefresh: true } });
}

const UNREADABLE_PROPOSAL =
  'The answer proposes a scope or tenant with characters that none has, so it is not asked for: it could not be shown as what it is.';

async function retryWithClaims({ claims }: Action<'retryWithClaims'>, desk: CallDesk): Promise<void> {
  const identity = await chosenIdentity(desk);
  const detail = [
    'The API demands more of the token than it has. This is asked of the sign-in:',
    '',
    plainHost(claims),
  ];
  await confirm('Sign in with what the API demands?', detail, 'Sign In');
  await desk.send({ identity, wish: { claims } });
}

/** The form's identity; else one of the target's, asked about where there are several. The form is set to it. */
async function chosenIdentity(desk: CallDesk): Promise<NamedIdentity> {
  const all = listIdentities();
  const { authorize } = desk.form;
  const current = authorize.token === 'identity' ? all.find(({ id }) => id === authorize.identity) : undefined;
  if (current) return current;
  const fitting = all.filter(({ profile }) => originsOf(profile).includes(originOf(desk.form.url)));
  const chosen = await pickIdentity(fitting);
  desk.setForm({ ...desk.form, authorize: withIdentity(authorize, chosen) });
  return chosen;
}

async function pickIdentity(identities: readonly NamedIdentity[]): Promise<NamedIdentity> {
  const [only, ...others] = identities;
  if (!only)
    throw new AppError(
      'noIdentity',
      'No identity in the settings may get a token for this address: add one to the profile.',
      {
        actions: ['openSettings'],
      },
    );
  if (others.length === 0) return only;
  const items = identities.map((identity) => ({ label: plainName(identity.id), identity }));
  const picked = await plainWindow.showQuickPick(items, { title: 'Sign In', placeHolder: 'As whom?' });
  if (!picked) throw new Cancelled();
  return picked.identity;
}

function withIdentity(authorize: AuthorizeForm, { id }: NamedIdentity): AuthorizeForm {
  return { ...authorize, token: 'identity', identity: id };
}

/** The same way to sign in, for another scope or in another tenant: another binding, which is asked about anew. */
function varyIdentity(
  { id, name, profile, identity }: NamedIdentity,
  change: { scopes?: string[]; tenant?: string },
): NamedIdentity {
  const varied = identity.signIn === 'pasted' ? identity : ({ ...identity, ...change } as Identity);
  return { id, name, identity: varied, profile: { ...profile, identities: { ...profile.identities, [name]: varied } } };
}

async function chooseToken(desk: CallDesk): Promise<void> {
  const { authorize } = desk.form;
  const fitting = listIdentities().filter(({ profile }) => originsOf(profile).includes(originOf(desk.form.url)));
  const items: (vscode.QuickPickItem & { identity?: NamedIdentity })[] = [
    ...fitting.map((identity) => ({ label: plainName(identity.id), identity })),
    { label: 'Paste a Token…' },
  ];
  const picked = await plainWindow.showQuickPick(items, {
    title: 'Choose a Token',
    placeHolder: 'With which token?',
  });
  if (!picked) throw new Cancelled();
  if (picked.identity) desk.setForm({ ...desk.form, authorize: withIdentity(authorize, picked.identity) });
  else {
    await desk.pasteToken();
    const { identity: _, ...rest } = authorize;
    desk.setForm({ ...desk.form, authorize: { ...rest, token: 'pasted' } });
  }
  await desk.send();
}

async function enterKey({ key }: Action<'enterKey'>, desk: CallDesk): Promise<void> {
  const { authorize } = desk.form;
  const kind = authorize.key === `${key}Query` ? authorize.key : (`${key}Header` as const);
  const { keyName: _, ...rest } = authorize;
  desk.setForm({ ...desk.form, authorize: { ...rest, key: kind } });
  await desk.enterKey();
  await desk.send();
}

async function openPolicy({ line }: Action<'openPolicy'>, { profile, operation }: CallDesk): Promise<void> {
  const { policy } = await readTargetFiles(profile, operation);
  if (!policy)
    throw new AppError('badSettings', 'The policy is not in this workspace any more.', { actions: ['openSettings'] });
  const at = new vscode.Position(Math.max(0, line - 1), 0);
  await vscode.window.showTextDocument(policy, { selection: new vscode.Range(at, at), preview: true });
}

/** A redirect's destination is the server's word: credentials go there only when the user says so. */
async function callUrl({ url }: Action<'callUrl'>, desk: CallDesk): Promise<void> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw new Cancelled();
  const { origin } = new URL(url);
  const form = formElsewhere(desk.form, url, desk.profile);
  const names = namesLeftOut(desk.form, form);
  const detail = [
    'The redirect led there. Token and key go along where you have given them for that origin.',
    ...(names.length > 0 ? [`Stays behind: ${names.map(plainName).join(', ')}`] : []),
  ];
  await confirm(`Call ${plainHost(origin)}?`, detail, 'Call');
  const stayedBehind = { from: originOf(desk.form.url), to: origin, names };
  desk.setForm(form);
  await desk.send(names.length > 0 ? { stayedBehind } : {});
}

const FOLLOW_FAULTS: Record<ChallengeFault, string> = {
  unreadable: 'The challenge is not followed: it names no https addresses.',
  host: 'The challenge is not followed: the resource it names is not that of the host that was called. Its owner could use the token elsewhere.',
  authority:
    'The challenge is not followed: the login host it names is no Microsoft cloud’s, and your settings do not name it.',
};

/** Ways that take more than client, tenant and scope: a token at hand. */
const NEEDS_MORE: readonly Identity['signIn'][] = ['pasted', 'onBehalfOf'];

/** Key Vault’s dance: its 401 says whom to ask for a token, and for what. */
async function follow({ authority, resource }: Action<'followChallenge'>, desk: CallDesk): Promise<void> {
  const followed = followChallenge({ url: desk.form.url, authority, resource }, userLoginHosts());
  if (!followed.ok) throw new AppError('badSettings', FOLLOW_FAULTS[followed.fault]);
  const origin = originOf(desk.form.url);
  await confirm(
    'Follow the challenge?',
    [
      `Tenant: ${plainHost(authorityUrl(followed.authority))}`,
      ...scopeLines([followed.scope]),
      `Sent to: ${plainHost(origin)}`,
    ],
    'Sign In',
  );
  const identity: Identity = { signIn: 'vscode', scopes: [followed.scope] };
  const chosen = listIdentities().find(
    ({ profile, identity: own }) => originsOf(profile).includes(origin) && !NEEDS_MORE.includes(own.signIn),
  );
  const named = chosen
    ? varyIdentity(chosen, { scopes: [followed.scope], ...tenantOf(followed.authority) })
    : {
        id: 'challenge',
        name: 'challenge',
        identity,
        profile: { origin: 'user' as const, authority: followed.authority },
      };
  const profile = {
    ...named.profile,
    authority: followed.authority,
    baseUrl: origin,
    identities: { [named.name]: named.identity },
  };
  await desk.send({ identity: { ...named, profile } });
}

function tenantOf(authority: Authority): { tenant?: string } {
  return authority.kind === 'entra' ? { tenant: authority.tenant } : {};
}

function userLoginHosts(): string[] {
  return listProfiles()
    .filter(({ origin }) => origin === 'user')
    .flatMap(hostsNamedBy);
}

async function confirm(question: string, lines: readonly string[], yes: string): Promise<void> {
  const picked = await plainWindow.showWarningMessage(question, { modal: true, detail: lines.join('\n') }, yes);
  if (picked !== yes) throw new Cancelled();
}
