import { authorityPath } from '../core/entra/authority-path.ts';
import { cloudOfHost, isMicrosoftSignInHost } from '../core/entra/clouds.ts';
import { isGuid } from '../core/token/issuer-shape.ts';
import type { Credential } from './token-source.ts';

/** Every stored sign-in's key begins so. */
export const CREDENTIAL_KEY_PREFIX = 'msal:';

type Named = Pick<Credential, 'authority' | 'clientId'>;

/**
 * Under which key a sign-in is stored: origin of the token endpoint, tenant and client id, never a name that a cloned
 * repository could reuse: `msal:https://login.microsoftonline.com|contoso.com|<client>`. The aliases of a cloud are one: all
 * of them lead to the same token endpoint. Elsewhere than at Microsoft's the authority stands as it is written, since its
 * server may tell apart letter case and query: `msal:https://idp.example/realms/Contoso|<client>`.
 */
export function credentialKey({ authority, clientId }: Named): string {
  const { origin, host, search } = new URL(authority);
  const client = isGuid(clientId) ? clientId.toLowerCase() : clientId;
  const path = authorityPath(authority);
  if (!isMicrosoftSignInHost(host)) return `${CREDENTIAL_KEY_PREFIX}${origin}${path}${search}|${client}`;
  const cloud = cloudOfHost(host);
  const tokenEndpointOrigin = cloud ? `https://${cloud.loginHost}` : origin;
  return `${CREDENTIAL_KEY_PREFIX}${tokenEndpointOrigin}|${path.slice(1)}|${client}`;
}

/** What a key stands for. A path may have a bar in it, an origin and a client id have none. */
export function credentialOf(key: string): Named {
  const named = key.slice(key.indexOf(':') + 1);
  const bar = named.lastIndexOf('|');
  return { authority: named.slice(0, bar).replace(/^(https:\/\/[^/|?]+)\|/, '$1/'), clientId: named.slice(bar + 1) };
}
