import type { Forgotten } from '../../auth/token-source.ts';

/** What "Forget Everything" deleted. */
export interface AllForgotten {
  signIns: readonly Forgotten[];
  /** Stored keys and pasted tokens. */
  keys: number;
  /** Answers to "may this token go there". */
  permissions: number;
}

/** `Deleted: 2 accounts, 1 client secret, 1 key or pasted token, 3 permissions. Accounts: megan@…, alex@…` */
export function sayForgotten({ signIns, keys, permissions }: AllForgotten): string {
  const accounts = [...new Set(signIns.flatMap((signIn) => signIn.accounts))];
  const kinds = signIns.flatMap((signIn) => signIn.kinds);
  const secrets = kinds.filter((kind) => kind === 'secret').length;
  const tokens = kinds.length - secrets;
  const parts = [
    accounts.length > 0 ? count(accounts.length, 'account') : undefined,
    tokens > 0 ? count(tokens, 'token') : undefined,
    secrets > 0 ? count(secrets, 'client secret') : undefined,
    keys > 0 ? count(keys, 'key or pasted token', 'keys and pasted tokens') : undefined,
    permissions > 0 ? count(permissions, 'permission') : undefined,
  ].filter((part) => part !== undefined);
  const names = accounts.length > 0 ? ` Accounts: ${accounts.join(', ')}` : '';
  return parts.length === 0 ? 'There was nothing to delete.' : `Deleted: ${parts.join(', ')}.${names}`;
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
