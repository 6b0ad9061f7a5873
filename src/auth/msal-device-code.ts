import { type AuthenticationResult, type NetworkRequestOptions, PublicClientApplication } from '@azure/msal-node';
import { credentialKey } from './credential-key.ts';
import type { CredentialVault } from './credential-vault.ts';
import { configurationOf, type MsalOptions } from './msal-application.ts';
import { signInCachePlugin } from './msal-cache-plugin.ts';
import type { MsalNetwork } from './msal-network.ts';
import { pause, untilAborted } from './stopping.ts';
import type { SignInStep, TokenRequest } from './token-source.ts';

/** RFC 8628 §3.2 and §3.5. */
const USUAL_INTERVAL_SEC = 5;
const SLOWER_BY_SEC = 5;

/** Signs in with a code that the user enters in any browser (RFC 8628). `onStep` is called once, with the code. */
export async function signInWithDeviceCode(
  request: TokenRequest,
  vault: CredentialVault,
  network: MsalNetwork,
  options: MsalOptions,
  stop: AbortSignal,
  onStep: (step: SignInStep) => void,
): Promise<AuthenticationResult> {
  const paced = withPacedPolling(network, stop);
  const application = new PublicClientApplication({
    ...configurationOf(request, paced, options),
    cache: { cachePlugin: signInCachePlugin(vault, credentialKey(request), stop) },
  });
  const asked = {
    scopes: [...request.scopes],
    ...(request.claims === undefined ? {} : { claims: request.claims }),
    cancel: false,
    deviceCodeCallback: ({ userCode, verificationUri, expiresIn, message }: Omit<DeviceCode, 'interval'>) =>
      onStep({
        step: 'deviceCode',
        userCode,
        verificationUri,
        expiresAtSec: Math.floor(Date.now() / 1000) + expiresIn,
        message,
      }),
  };
  stop.addEventListener('abort', () => Object.assign(asked, { cancel: true }), { once: true });
  const result = await untilAborted(stop, application.acquireTokenByDeviceCode(asked));
  if (!result) throw new Error('no result');
  return result;
}

interface DeviceCode {
  userCode: string;
  verificationUri: string;
  expiresIn: number;
  interval: number;
  message: string;
}

/**
 * MSAL's polling, made to wait here instead: so that cancelling ends it at once, `slow_down` slows it down, which MSAL takes
 * for a failure, and a refusal of the code does not set it going.
 */
function withPacedPolling(network: MsalNetwork, stop: AbortSignal): MsalNetwork {
  let intervalSec = USUAL_INTERVAL_SEC;
  const { sendPostRequestAsync } = network;

  async function send<T>(url: string, options?: NetworkRequestOptions) {
    const reply = await sendPostRequestAsync<T & Record<string, unknown>>(url, options);
    const { body } = reply;
    if (!isPolling(options)) {
      const code = readDeviceCode(body);
      if (!code) throw new Error('no device code');
      intervalSec = Number(body.interval) || USUAL_INTERVAL_SEC;
      return { ...reply, body: { ...body, ...code, interval: 0 } };
    }
    if (body.error !== 'authorization_pending' && body.error !== 'slow_down') return reply;
    if (body.error === 'slow_down') intervalSec += SLOWER_BY_SEC;
    await pause(intervalSec * 1000, stop);
    return { ...reply, body: { ...body, error: 'authorization_pending' } };
  }

  return Object.create(network, { sendPostRequestAsync: { value: send } }) as MsalNetwork;
}

function isPolling(options: NetworkRequestOptions | undefined): boolean {
  return new URLSearchParams(options?.body ?? '').has('device_code');
}

/** What the user needs; undefined when the answer is a refusal, or leads the user to where nobody should enter codes. */
function readDeviceCode(body: Readonly<Record<string, unknown>>): Record<string, unknown> | undefined {
  const { user_code: userCode, device_code: deviceCode, verification_uri: uri, message } = body;
  const expiresIn = Number(body.expires_in);
  if (typeof userCode !== 'string' || typeof deviceCode !== 'string' || typeof uri !== 'string') return undefined;
  if (!URL.canParse(uri) || new URL(uri).protocol !== 'https:' || !(expiresIn > 0)) return undefined;
  return { expires_in: expiresIn, message: typeof message === 'string' ? message : '' };
}
