/** The ways to get a token. `browser` where a setting says none. */
export const SIGN_IN_KINDS = [
  'browser',
  'deviceCode',
  'vscode',
  'clientSecret',
  'clientCertificate',
  'onBehalfOf',
  'azureCli',
  'pasted',
] as const;

/** A way to get a token. */
export type SignInKind = (typeof SIGN_IN_KINDS)[number];

interface Asks {
  /** Scopes of one API. App-only tokens are asked for with `<App ID URI>/.default`. */
  scopes: string[];
  /** Tenant to sign in to instead of the profile's: GUID or domain. As a guest, the tenant one is a guest in. */
  tenant?: string;
}

/** A PEM file with certificate and private key. Where it stands is for the user to say, never for a workspace. */
export interface CertificateFile {
  path: string;
}

/** One way to get a token for an API. What asks the user for nothing is app-only: `clientSecret`, `clientCertificate`. */
export type Identity =
  | (Asks & { signIn: 'browser'; clientId: string; loginHint?: string })
  | (Asks & { signIn: 'deviceCode'; clientId: string })
  /** VS Code's own Microsoft account; without a client id, VS Code's own client asks. */
  | (Asks & { signIn: 'vscode'; clientId?: string })
  | (Asks & { signIn: 'clientSecret'; clientId: string })
  | (Asks & { signIn: 'clientCertificate'; clientId: string; certificate: CertificateFile })
  /** As an API does: the token of identity `from` is exchanged for one of `scopes`. Without a certificate, a secret is asked for. */
  | (Asks & { signIn: 'onBehalfOf'; clientId: string; from: string; certificate?: CertificateFile })
  | (Asks & { signIn: 'azureCli' })
  /** A token got elsewhere. `managedIdentity`: the pasted token is expected to be one's. */
  | { signIn: 'pasted'; expect?: 'managedIdentity' };

/** Clients of Microsoft that ask where an identity names none of its own (reference "verify-first-party-apps-sign-in"). */
export const VSCODE_CLIENT_ID = 'aebc6443-996d-45c2-90f0-388ff96faa56';
export const AZURE_CLI_CLIENT_ID = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';

/** Scopes an identity asks for; none for a pasted token. */
export function scopesOf(identity: Identity): readonly string[] {
  return identity.signIn === 'pasted' ? [] : identity.scopes;
}

/** Client that asks for the token; undefined for a pasted one, of which nobody knows before it is there. */
export function clientIdOf(identity: Identity): string | undefined {
  switch (identity.signIn) {
    case 'pasted':
      return undefined;
    case 'azureCli':
      return AZURE_CLI_CLIENT_ID;
    case 'vscode':
      return identity.clientId ?? VSCODE_CLIENT_ID;
    default:
      return identity.clientId;
  }
}

/** True where the token is an application's own and no user's. */
export function isAppOnly({ signIn }: Pick<Identity, 'signIn'>): boolean {
  return signIn === 'clientSecret' || signIn === 'clientCertificate';
}
