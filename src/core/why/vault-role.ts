const VAULT_ROLES = [
  'Key Vault Secrets User',
  'Key Vault Secrets Officer',
  'Key Vault Certificates Officer',
  'Key Vault Crypto User',
  'Key Vault Crypto Officer',
] as const;

/** A built-in role for the data of a vault. */
export type VaultRole = (typeof VAULT_ROLES)[number];

/** Where no action is known. */
export const LEAST_VAULT_ROLE: VaultRole = 'Key Vault Secrets User';

/** The smallest built-in data role that holds an action of a vault. Source: Key Vault RBAC guide. */
export function vaultRoleFor(action: string): VaultRole {
  if (/\/certificates\//i.test(action)) return 'Key Vault Certificates Officer';
  if (/\/keys\/(?:encrypt|decrypt|sign|verify|wrap|unwrap)/i.test(action)) return 'Key Vault Crypto User';
  if (/\/keys\//i.test(action)) return 'Key Vault Crypto Officer';
  return /\/(?:getSecret|readMetadata)\//i.test(action) ? LEAST_VAULT_ROLE : 'Key Vault Secrets Officer';
}

/** True for the name of one of these roles. */
export function isVaultRole(text: string): boolean {
  return VAULT_ROLES.some((role) => role === text);
}
