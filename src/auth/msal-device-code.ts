import { type AuthenticationResult, type NetworkRequestOptions, PublicClientApplication } from '@azure/msal-node';
import { type CodePage, codePageFor } from '../core/entra/device-code-page.ts';
import { hostsOf } from '../core/entra/user-authorities.ts';
import { credentialKey } from './credential-key.ts';
import type { CredentialVault } from './credential-vault.ts';
import { configurationOf, type MsalOptions } from './msal-application.ts';
import { signInCachePlugin } from './msal-cache-plugin.ts';
import type { MsalNetwork } from './msal-network.ts';
import { NotReady } from './not-ready.ts';
import { pause, untilAborted } from './stopping.ts';
import type { SignInStep, TokenRequest } from './token-source.ts';

/** RFC 8628 §3.2 and §3.5. */
const USUAL_INTERVAL_SEC = 5;
const SLOWER_BY_SEC = 5;

/** Codes are short words (RFC 8628 §6.1); an address or a sentence is no code. */
const CODE = /^[A-Za-z0-9 -]{1,24}$/;

/** Signs in with a code that the user enters in any browser (RFC 8628). `onStep` is called once, with the code. */
export async function signInWithDeviceCode(
  request: TokenRequest,
  vault: CredentialVault,
  network: MsalNetwork,
  options: MsalOptions,
  stop: AbortSignal,
  onStep: (step: SignInStep) => void,
): Promise<AuthenticationResult> {
  const pageFor = (url: string): CodePage => {
    const page = codePageFor(url, request.authority, hostsOf(options.userAuthorities?.() ?? []));
    if (!page)
      throw new NotReady('codePageElsewhere', URL.canParse(url) ? `It says: ${new URL(url).host}.` : undefined);
    return page;
  };
  const paced = withPacedPolling(network, stop);
  const application = new PublicClientApplication({
    ...configurationOf(request, paced, options),
    cache: { cachePlugin: signInCachePlugin(vault, credentialKey(request), stop) },
  });
  const asked = {
    scopes: [...request.scopes],
    ...(request.claims === undefined ? {} : { claims: request.claims }),
    cancel: false,
    deviceCodeCallback: ({ userCode, verificationUri, expiresIn }: DeviceCode) =>
      onStep({
        step: 'deviceCode',
        userCode,
        page: pageFor(verificationUri),
        expiresAtSec: Math.floor(Date.now() / 1000) + expiresIn,
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

/** What the user needs; undefined when the answer is a refusal, or holds no code. */
function readDeviceCode({ user_code, device_code, verification_uri, ...body }: Readonly<Record<string, unknown>>) {
  const expiresIn = Number(body.expires_in);
  if (typeof user_code !== 'string' || typeof device_code !== 'string') return undefined;
  if (typeof verification_uri !== 'string' || !CODE.test(user_code) || !(expiresIn > 0)) return undefined;
  return { verification_uri, expires_in: expiresIn, message: '' };
}
