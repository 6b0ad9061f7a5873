import { globalAgent } from 'node:https';
import type { TokenRequest } from '../../../src/auth/token-source.ts';
import { createTokenSource } from '../../../src/auth/token-sources.ts';
import type { LabUser } from '../../lab/entra-tenant.ts';
import { FileSecretStore } from './file-secret-store.ts';
import { ScriptedBrowser } from './scripted-browser.ts';

/** What the window that is to be killed does. */
export interface DoomedWork {
  storePath: string;
  caPem: string;
  request: TokenRequest;
  /** Absent: refreshes silently instead of signing in. */
  signsIn?: LabUser;
}

// A window of its own process: told what to do by its parent, which ends it somewhere on the way.
process.once('message', async (message) => {
  const { storePath, caPem, request, signsIn } = message as DoomedWork;
  globalAgent.options.ca = caPem;
  const source = createTokenSource({
    secrets: new FileSecretStore(storePath),
    openBrowser: new ScriptedBrowser(signsIn).open,
  });
  const result = await (signsIn ? source.signIn(request) : source.acquireSilently({ ...request, forceRefresh: true }));
  process.send?.(result.ok ? 'done' : JSON.stringify(result.failure), () => process.exit());
});
