import { plainDetail } from './plain-detail.ts';
import type { NotReadyReason, SignInFailure } from './token-source.ts';

/** What is not as it must be on this side, and what to do: one sentence each. */
const TEXTS: Record<NotReadyReason, string> = {
  secretNotGiven: 'This identity needs the client secret, and none was given. Nothing was sent.',
  tokenNotGiven: 'No token was pasted for this identity.',
  noLocalRedirect:
    'The browser cannot come back to this VS Code server: its port has no localhost address on your machine. Sign in with a device code.',
  certificateNotReadable: 'The certificate file cannot be read: check "certificate.path", which must be a full path.',
  certificateWithoutKey:
    'The file holds no certificate with its private key in PEM form: it needs both, the key without a passphrase.',
  certificateKeyMismatch: 'The private key in the file does not belong to the certificate in it.',
  certificateExpired: 'The certificate is outside the time it is valid for: renew it, and upload the new one.',
  certificateKeyKind: 'The certificate’s key is no RSA key of at least 2048 bits, which Microsoft Entra wants.',
  azureCliMissing: 'The Azure CLI (az) was not found on PATH. Install it, then restart VS Code.',
  azureCliOld: 'This Azure CLI is too old: it does not know --scope. Run az upgrade.',
  azureCliSignedOut: 'The Azure CLI is not signed in to this tenant: run az login in a terminal.',
  azureCliFailed: 'The Azure CLI gave no token.',
  notAnArgument: 'The scope or tenant cannot be given to the Azure CLI: it has characters that no scope or tenant has.',
  vscodeCloud:
    'VS Code is not set up for this cloud: set microsoft-sovereign-cloud.environment to the cloud of the profile.',
  notAScope: 'A scope begins with VSCODE_, by which VS Code would ask for another client or tenant. Nothing was sent.',
  assertionUnreadable: 'The token to exchange cannot be read: only a JWT can be exchanged. Nothing was sent.',
  assertionKind: 'The token to exchange is no access token of a user for your own API. Nothing was sent.',
  assertionAudience:
    'The token to exchange is meant for another application than the one that exchanges it. Nothing was sent.',
  assertionTenant: 'The token to exchange is of another tenant. Nothing was sent.',
  assertionExpired: 'The token to exchange has expired. Nothing was sent.',
  otherTenant: 'The token is of another tenant than the one asked for.',
  otherIssuer:
    'Another issuer answered than the one that was asked: the answer was thrown away, and its code sent to nobody.',
  issuerMissing:
    'The answer does not say which issuer gave it, though the authority promises that: it was thrown away, and its code sent to nobody.',
  clientOfMicrosoft:
    'Microsoft’s own client may not sign in at an authority that is no login host of a Microsoft cloud: whoever runs it could get tokens of your work account. Put a client that is registered there into the identity; if it is a cloud of Microsoft’s, such as Azure Stack Hub, name the authority in your user settings. Nothing was sent.',
  codePageElsewhere:
    'The authority sends you to another site to enter its code, where it could sign somebody else in as you: neither code nor page is shown. Sign in with the browser, or name that login host in your user settings if you trust it.',
};

/** Thrown inside a call that cannot go on for a reason on this side. */
export class NotReady extends Error {
  readonly reason: NotReadyReason;
  readonly seen: string | undefined;

  constructor(reason: NotReadyReason, seen?: string) {
    super(reason);
    this.name = 'NotReady';
    this.reason = reason;
    this.seen = seen;
  }
}

/** A failure for a reason on this side. `seen` says what was found, and may be somebody else's words. */
export function notReady(reason: NotReadyReason, seen?: string): { ok: false; failure: SignInFailure } {
  const detail = seen === undefined ? TEXTS[reason] : `${TEXTS[reason]} ${plainDetail(seen, (text) => text)}`;
  return { ok: false, failure: { kind: 'notReady', reason, detail } };
}
