import type { FixAction, FixKind } from '../explanation.ts';
import type { VaultRole } from '../vault-role.ts';

/** A cause in words. Fixes stand best first, in the order of {@link FixKind}; `weakens` never first. */
export interface CauseText {
  /** One short line. */
  title: string;
  /** One sentence. */
  means: string;
  fixes: readonly CauseFix[];
  /** Address of the official page or RFC the cause rests on. */
  source: string;
}

/** One way to mend a cause, in words. */
export interface CauseFix {
  kind: FixKind;
  text: string;
  /** Where it is done: a place in a portal, a property of a manifest, an element of a policy, a line of code. */
  where: string;
  /** What to set or run, to be copied; `<…>` stands for what is not known. */
  value?: string;
  /** Of a fix that weakens: what it opens, and to whom. */
  exposes?: string;
  /** What the extension can do about it; never on a fix that weakens. */
  action?: FixAction;
}

/**
 * What is known of a case and makes its wording concrete. An absent member is unknown. Where an answer gave it, it is
 * untrusted text; what goes into a command has been held against the form of its kind (`cause-facts.ts`).
 */
export interface CauseFacts {
  /** The scope of the service of Microsoft's that refused. */
  serviceScope?: string;
  /** Which Functions key an address of the host itself takes: `master` or `system`. */
  keyKind?: string;
  /** A scope of the API itself. */
  ownScope?: string;
  /** Of a token of the right tenant and the wrong version: which one it has. */
  tokenVersion?: 'v1' | 'v2';
  /** Header or query parameter in which the API looks for a subscription key. */
  keyName?: string;
  /** The tenant to sign in to: a GUID. */
  tenant?: string;
  /** What the target accepts as audience. */
  expectedAudience?: string;
  /** What the token has as audience. */
  audience?: string;
  /** Object id of the caller: a GUID. */
  objectId?: string;
  /** Application id of the caller: a GUID. */
  clientId?: string;
  /** The action that was refused: `Microsoft.KeyVault/vaults/secrets/getSecret/action`. */
  action?: string;
  /** The smallest role of a vault that holds the action. */
  vaultRole?: VaultRole;
  /** The resource it was refused on: `/subscriptions/…`. */
  resourceId?: string;
  /** Name of the vault. */
  vaultName?: string;
  /** Scope or app role that is asked for. */
  permission?: string;
  /** A header that is asked for. */
  headerName?: string;
  /** The address the target saw: an IP address. */
  address?: string;
  /** Origin of the page that called: `https://app.contoso.com`. */
  origin?: string;
  /** What support can look the refusal up by: the value of x-azure-ref. */
  reference?: string;
  /** The resource that a request for a token named. */
  requestedResource?: string;
  /** Claims a challenge asks for: JSON text. */
  claims?: string;
  /** Authority and resource of a vault's challenge: proposals of the server's. */
  challenge?: { authority: string; resource: string };
  /** Where the call ended up after redirects. */
  finalUrl?: string;
  /** The gate that refuses is a policy's own answer. */
  answersByPolicy?: string;
  /** The gate of the Microsoft service that refused, whose set-up nobody else can change. */
  service?: string;
}

/** The wording of a cause for what is known of a case. */
export type CauseWording = (facts: CauseFacts) => CauseText;

export const call = fixOf('call');
export const client = fixOf('client');
export const target = fixOf('target');
export const outside = fixOf('outside');

/** A fix that would pass and lets others in. */
export function weakens(text: string, where: string, exposes: string): CauseFix {
  return { kind: 'weakens', text, where, exposes };
}

/** A wording that does not depend on the facts. */
export function always(title: string, means: string, source: string, fixes: readonly CauseFix[]): CauseWording {
  return () => ({ title, means, source, fixes });
}

/** A page of Microsoft's documentation by its path. */
export function learn(path: string): string {
  return `https://learn.microsoft.com/${path}`;
}

export function rfc(number: number, section: string): string {
  return `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`;
}

function fixOf(kind: FixKind): (text: string, where: string, value?: string, action?: FixAction) => CauseFix {
  return (text, where, value, action) => ({
    kind,
    text,
    where,
    ...(value === undefined ? {} : { value }),
    ...(action === undefined ? {} : { action }),
  });
}

/** Sign in again, for these scopes or in this tenant when they are known. */
export function signIn(wishes: { scope?: string | undefined; tenant?: string | undefined } = {}): FixAction {
  const { scope, tenant } = wishes;
  return {
    type: 'signInAgain',
    ...(scope === undefined ? {} : { scopes: [scope] }),
    ...(tenant === undefined ? {} : { tenant }),
  };
}
