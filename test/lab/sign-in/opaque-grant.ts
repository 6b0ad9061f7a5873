import { randomBytes } from 'node:crypto';

/** Text nobody guesses, in the shape of Entra's codes and refresh tokens. */
export function opaqueGrant(): string {
  return `1.A${randomBytes(96).toString('base64url')}`;
}
