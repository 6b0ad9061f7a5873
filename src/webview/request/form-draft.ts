import type { AuthorizeForm, RequestForm } from '../../protocol/request-view.ts';
import type { MissingKey } from '../shared/explanation/explanation-view.ts';

export type KeyKind = AuthorizeForm['key'];

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
const WITH_BODY = ['POST', 'PUT', 'PATCH'];

/** The names that hold where no profile says another one. */
const DEFAULT_KEY_NAMES: Record<KeyKind, string> = {
  none: '',
  functionsHeader: 'x-functions-key',
  functionsQuery: 'code',
  subscriptionHeader: 'Ocp-Apim-Subscription-Key',
  subscriptionQuery: 'subscription-key',
};

/** The usual methods, and the form's own where it is none of them. */
export function listMethods(method: string): string[] {
  return METHODS.includes(method) ? METHODS : [...METHODS, method];
}

export function usuallyHasBody(method: string): boolean {
  return WITH_BODY.includes(method.toUpperCase());
}

/** Which field of the form would hold what is typed as a header of this name; undefined for an ordinary header. */
export function fieldForHeader(name: string, { key, keyName }: AuthorizeForm): 'Token' | 'Key' | undefined {
  const typed = name.trim().toLowerCase();
  if (typed === 'authorization') return 'Token';
  const isHeaderKey = key === 'functionsHeader' || key === 'subscriptionHeader';
  const names = [DEFAULT_KEY_NAMES.functionsHeader, DEFAULT_KEY_NAMES.subscriptionHeader, isHeaderKey && keyName];
  return names.some((known) => known && known.toLowerCase() === typed) ? 'Key' : undefined;
}

export function nameOfKey({ key, keyName }: AuthorizeForm): string {
  return keyName ?? DEFAULT_KEY_NAMES[key];
}

/** Another kind of key: which secret is there for it, and under which name it goes, only the host can say. */
export function withKeyKind({ keyName: _, ...authorize }: AuthorizeForm, key: KeyKind): AuthorizeForm {
  return { ...authorize, key, hasKey: false };
}

/** The kind the form has when it is of this family, which says where the key goes; else its header. */
export function kindForMissing(missing: MissingKey, { key }: AuthorizeForm): KeyKind {
  return key === `${missing}Query` ? key : `${missing}Header`;
}

/** `identity:<id>`, `pasted` or `none`: the value of the choice of a token. */
export function tokenChoiceOf({ token, identity }: AuthorizeForm): string {
  return token === 'identity' ? `identity:${identity ?? ''}` : token;
}

export function withTokenChoice({ identity: _, ...authorize }: AuthorizeForm, choice: string): AuthorizeForm {
  if (choice.startsWith('identity:')) {
    return { ...authorize, token: 'identity', identity: choice.slice('identity:'.length) };
  }
  return { ...authorize, token: choice === 'pasted' ? 'pasted' : 'none' };
}

/** What is typed stays; which secrets are there the host knows better, for the kind of key it has heard of. */
export function withSecretsOf(draft: RequestForm, host: RequestForm): RequestForm {
  const { hasPastedToken, hasKey, key, keyName } = host.authorize;
  const isSameKind = draft.authorize.key === key;
  const { keyName: _, ...authorize } = draft.authorize;
  return {
    ...draft,
    authorize: {
      ...authorize,
      hasPastedToken,
      hasKey: isSameKind && hasKey,
      ...(isSameKind && keyName !== undefined ? { keyName } : {}),
    },
  };
}
