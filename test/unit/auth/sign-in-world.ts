import { globalAgent } from 'node:https';
import type { TokenRequest, TokenResult } from '../../../src/auth/token-source.ts';
import {
  createTokenSource,
  type DisposableTokenSource,
  type TokenSourceOptions,
} from '../../../src/auth/token-sources.ts';
import { type Lab, startLab } from '../../lab/lab.ts';
import type { SignIn } from '../../lab/sign-in/sign-in.ts';
import { ScriptedBrowser } from './scripted-browser.ts';
import { MemorySecretStore } from './secret-store.ts';

/** The lab's tenant, the machine's secret store, and windows of VS Code that sign in. */
export interface SignInWorld {
  lab: Lab;
  signIn: SignIn;
  /** A request for the Orders API as the practice client. */
  request: Extract<TokenRequest, { signIn: 'browser' }>;
  /** A window with a browser of its own. */
  openWindow(options?: WindowOptions): Window;
  /** Clears faults, scripts and the log of requests. */
  reset(): void;
  stop(): Promise<void>;
}

interface WindowOptions extends Partial<Omit<TokenSourceOptions, 'secrets'>> {
  secrets?: MemorySecretStore;
  chooses?: ScriptedBrowser['chooses'];
}

interface Window {
  source: DisposableTokenSource;
  browser: ScriptedBrowser;
  secrets: MemorySecretStore;
  /** Everything logged. */
  log: string[];
  problems: string[];
}

export async function startSignInWorld(): Promise<SignInWorld> {
  const lab = await startLab();
  // As NODE_EXTRA_CA_CERTS would, which can be given only when the process starts.
  globalAgent.options.ca = lab.caPem;
  const { signIn } = lab;
  const windows: Window[] = [];
  const [contoso] = lab.tenants;
  if (!contoso) throw new Error('the lab has no tenant');

  return {
    lab,
    signIn,
    request: {
      signIn: 'browser',
      authority: `${lab.origin}/${contoso.domain}`,
      isCustomAuthority: true,
      clientId: lab.apps.ordersWeb.id,
      scopes: ['api://orders/Orders.Read'],
    },
    openWindow({ secrets = new MemorySecretStore(), ...options } = {}) {
      const browser = new ScriptedBrowser('chooses' in options ? options.chooses : contoso.users[0]);
      const log: string[] = [];
      const problems: string[] = [];
      const source = createTokenSource({
        secrets,
        openBrowser: browser.open,
        report: (problem) => problems.push(problem),
        log: (line) => log.push(line),
        ...options,
      });
      const window = { source, browser, secrets, log, problems };
      windows.push(window);
      return window;
    },
    reset() {
      lab.faults.clear();
      signIn.clear();
      signIn.accessTokenLifetimeSec = undefined;
      lab.requests.clear();
    },
    async stop() {
      for (const { source } of windows) source.dispose();
      globalAgent.destroy();
      await lab.stop();
    },
  };
}

export function tokenIn(result: TokenResult): Extract<TokenResult, { ok: true }>['token'] {
  if (!result.ok) throw new Error(`no token: ${JSON.stringify(result.failure)}`);
  return result.token;
}

export function failureIn(result: TokenResult): Extract<TokenResult, { ok: false }>['failure'] {
  if (result.ok) throw new Error('a token, where a failure was expected');
  return result.failure;
}
