import { globalAgent } from 'node:https';
import { PublicClientApplication } from '@azure/msal-node';
import { createMsalNetwork } from '../../src/auth/msal-network.ts';
import type { TokenRequest, TokenResult } from '../../src/auth/token-source.ts';
import { createTokenSource } from '../../src/auth/token-sources.ts';
import { startLab } from '../lab/lab.ts';
import { ScriptedBrowser } from '../unit/auth/scripted-browser.ts';
import { MemorySecretStore } from '../unit/auth/secret-store.ts';

/** One round: the product's time over that of bare MSAL in the same process, one after the other. */
export interface SignInSpeed {
  /** From the call to the token, with a browser that answers at once. */
  signInOverMsal: number;
  /** A token of the cache, kept in a secret store: bare MSAL is given a plugin that keeps its text in memory. */
  silentOverMsal: number;
}

const SILENT_CALLS = 300;

/** Ratios of `rounds` rounds. */
export async function measureSignIns(rounds: number): Promise<SignInSpeed[]> {
  const lab = await startLab();
  globalAgent.options.ca = lab.caPem;
  try {
    const [contoso] = lab.tenants;
    if (!contoso) throw new Error('the lab has no tenant');
    const request: TokenRequest = {
      signIn: 'browser',
      authority: `${lab.origin}/${contoso.domain}`,
      isCustomAuthority: true,
      clientId: lab.apps.ordersWeb.id,
      scopes: ['api://orders/Orders.Read'],
    };
    const [user] = contoso.users;
    await measureOnce(request, new ScriptedBrowser(user));
    const measured: SignInSpeed[] = [];
    for (let round = 0; round < rounds; round++) measured.push(await measureOnce(request, new ScriptedBrowser(user)));
    return measured;
  } finally {
    globalAgent.destroy();
    await lab.stop();
  }
}

async function measureOnce(request: TokenRequest, browser: ScriptedBrowser): Promise<SignInSpeed> {
  const source = createTokenSource({ secrets: new MemorySecretStore(), openBrowser: browser.open });
  const bare = bareApplication(request);
  const asked = { scopes: [...request.scopes] };
  const bareSignInMs = await timed(async () => {
    await bare.acquireTokenInteractive({ ...asked, openBrowser: async (url) => void (await browser.open(url)) });
  });
  const signInMs = await timed(async () => need(await source.signIn(request)));
  const [account] = await bare.getTokenCache().getAllAccounts();
  if (!account) throw new Error('nobody is signed in');
  const bareSilentMs: number[] = [];
  const silentMs: number[] = [];
  // By turns, so that what else the machine does falls on both.
  for (let call = 0; call < SILENT_CALLS; call++) {
    bareSilentMs.push(await timed(async () => void (await bare.acquireTokenSilent({ ...asked, account }))));
    silentMs.push(await timed(async () => need(await source.acquireSilently(request))));
  }
  source.dispose();
  return { signInOverMsal: signInMs / bareSignInMs, silentOverMsal: medianOf(silentMs) / medianOf(bareSilentMs) };
}

function bareApplication({ clientId, authority }: TokenRequest): PublicClientApplication {
  let stored = '';
  const networkClient = createMsalNetwork({ authority, timeoutMs: 20_000 });
  networkClient.begin(new AbortController().signal);
  return new PublicClientApplication({
    auth: { clientId, authority, knownAuthorities: [new URL(authority).host] },
    system: { networkClient },
    cache: {
      cachePlugin: {
        beforeCacheAccess: async ({ tokenCache }) => tokenCache.deserialize(stored),
        async afterCacheAccess({ cacheHasChanged, tokenCache }) {
          if (cacheHasChanged) stored = tokenCache.serialize();
        },
      },
    },
  });
}

function need(result: TokenResult): void {
  if (!result.ok) throw new Error(`no token: ${result.failure.detail}`);
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}
