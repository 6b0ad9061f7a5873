import { type ApiProfile, originsOf } from '../core/entra/api-profile.ts';
import { signInAuthorityOf } from '../core/entra/authority-path.ts';
import { clientIdOf, type Identity, scopesOf } from '../core/entra/identity.ts';
import type { PastedGoesTo, TokenRequest } from './token-source.ts';

/** What to ask for a profile's identity of this name. Throws where the profile has none: identities come from its own list. */
export function tokenRequestFor(profile: ApiProfile, name: string): TokenRequest {
  const identity = profile.identities?.[name];
  if (!identity) throw new Error(`no identity ${name}`);
  const { authority } = profile;
  const tenant = identity.signIn === 'pasted' ? undefined : identity.tenant;
  const cloud = authority.kind === 'entra' ? authority.cloud : undefined;
  const asked = {
    authority: signInAuthorityOf(authority, tenant),
    isCustomAuthority: cloud === undefined,
    ...(cloud === undefined ? {} : { cloud }),
    clientId: clientIdOf(identity) ?? '',
    scopes: scopesOf(identity),
  };
  return { ...asked, ...wayOf(profile, name, identity) };
}

function wayOf(profile: ApiProfile, name: string, identity: Identity) {
  switch (identity.signIn) {
    case 'browser': {
      const { signIn, loginHint } = identity;
      return loginHint === undefined ? { signIn } : { signIn, loginHint };
    }
    case 'clientCertificate':
      return { signIn: identity.signIn, certificatePath: identity.certificate.path };
    case 'onBehalfOf': {
      const { signIn, certificate, from } = identity;
      const certificatePath = certificate ? { certificatePath: certificate.path } : {};
      return {
        signIn,
        from: tokenRequestFor(profile, from),
        audiences: audiencesOf(profile, identity),
        ...certificatePath,
      };
    }
    case 'pasted': {
      const { signIn, expect } = identity;
      const label = `${profile.name ?? ''} · ${name}`;
      const goesTo = { api: originsOf(profile), exchange: exchangesOf(profile, name) };
      return { signIn, label, goesTo, purpose: purposeOf(profile, goesTo, expect), ...(expect ? { expect } : {}) };
    }
    default:
      return { signIn: identity.signIn };
  }
}

/** Where identities of the profile have this one's token exchanged: one that was pasted serves them, too. */
function exchangesOf({ authority, identities = {} }: ApiProfile, name: string): string[] {
  const tenants = Object.values(identities).flatMap((identity) =>
    identity.signIn === 'onBehalfOf' && identity.from === name ? [identity.tenant] : [],
  );
  return [...new Set(tenants.map((tenant) => new URL(signInAuthorityOf(authority, tenant)).origin))];
}

/**
 * What a pasted token is for: who issues it, for which API, and where it may go. Not its name, which another workspace's
 * profile may have too: that one's would then be given a token that was pasted for this one.
 */
function purposeOf(profile: ApiProfile, { api: origins, exchange }: PastedGoesTo, expect: string | undefined): string {
  const { authority, appId = '', appIdUri = '', audiences = [] } = profile;
  const sorted = (texts: readonly string[]) => [...new Set(texts)].sort();
  const api = [appId.toLowerCase(), appIdUri, sorted(audiences)];
  return JSON.stringify([signInAuthorityOf(authority), ...api, sorted(origins), exchange, expect ?? '']);
}

/** Names of the profile's API, where that is what exchanges. */
function audiencesOf({ appId, appIdUri, audiences = [] }: ApiProfile, { clientId }: { clientId: string }): string[] {
  const isItself = appId === undefined || appId.toLowerCase() === clientId.toLowerCase();
  return isItself ? [...(appIdUri === undefined ? [] : [appIdUri]), ...audiences] : [];
}
