import { type AuthenticationResult, type Configuration, LogLevel } from '@azure/msal-node';
import { type Redacted, redact } from '../core/call/redaction.ts';
import type { Authority } from '../core/entra/authority.ts';
import { createMsalNetwork, type MsalNetwork } from './msal-network.ts';
import { plainDetail } from './plain-detail.ts';
import { SignInStopped } from './sign-in-failure.ts';
import { nameOfAccount } from './token-cache-text.ts';
import type { AcquiredToken, Credential } from './token-source.ts';

/** What every client of MSAL is given. */
export interface MsalOptions {
  /** For each request to the login host. Default: 20 s. */
  requestTimeoutMs?: number | undefined;
  /** The authorities that the user's own settings name. Default: none. */
  userAuthorities?: (() => readonly Authority[]) | undefined;
  /** Hears of each token request and its answer, and of MSAL's own warnings. */
  log?: ((line: Redacted) => void) | undefined;
}

const REQUEST_TIMEOUT_MS = 20_000;

/** A way to the login host of this authority, and to nobody else. */
export function openNetwork({ authority }: Credential, { requestTimeoutMs, log }: MsalOptions): MsalNetwork {
  return createMsalNetwork({
    authority,
    timeoutMs: requestTimeoutMs ?? REQUEST_TIMEOUT_MS,
    ...(log ? { log } : {}),
  });
}

/** The part of MSAL's configuration that public and confidential clients share. */
export function configurationOf(
  { authority, clientId, isCustomAuthority }: Credential,
  network: MsalNetwork,
  { log }: MsalOptions,
): Configuration & { system: object } {
  return {
    auth: { clientId, authority, knownAuthorities: isCustomAuthority ? [new URL(authority).host] : [] },
    system: {
      networkClient: network,
      loggerOptions: {
        logLevel: LogLevel.Warning,
        piiLoggingEnabled: false,
        loggerCallback: (_level, message, containsPii) => {
          if (!containsPii) log?.(redact(plainDetail(message, network.maskSecrets)));
        },
      },
    },
  };
}

/** What MSAL brought. Throws when the answer holds no token. */
export function acquiredTokenOf(result: AuthenticationResult | null): AcquiredToken {
  if (!result?.accessToken || !result.expiresOn) throw new SignInStopped('other', 'the answer holds no access token');
  const { accessToken, expiresOn, account, tenantId } = result;
  return {
    accessToken,
    expiresAtSec: Math.floor(expiresOn.getTime() / 1000),
    account: account ? nameOfAccount(account) : '',
    ...(account?.homeAccountId ? { accountId: account.homeAccountId } : {}),
    ...(tenantId ? { tenantId } : {}),
  };
}
