import { loginCallback } from './apps/easy-auth.ts';
import { createCertificateAuthority, type ServerCertificate } from './certificate-authority.ts';
import { createEntraKeys, type EntraKeys, entraRoute } from './entra-server.ts';
import { APPS, CONTOSO, TENANTS } from './entra-tenant.ts';
import { createGenericIssuer, type GenericIssuer } from './generic-issuer.ts';
import { type LabRoute, type LoopbackServer, startLoopbackServer } from './loopback-server.ts';
import { type PracticeWorld, startPracticeWorld } from './practice-world.ts';
import type { RequestLog } from './request-log.ts';
import type { ScriptedFaults } from './scripted-faults.ts';
import { authorizeRoute } from './sign-in/authorize-route.ts';
import { deviceRoute } from './sign-in/device-route.ts';
import { SignIn } from './sign-in/sign-in.ts';
import { tokenRoute } from './sign-in/token-route.ts';
import type { SigningKey } from './signing-key.ts';
import { TokenMint } from './token-mint.ts';

export interface LabOptions {
  /** A loopback address. Default: 127.0.0.2, which code-server leaves alone, or 127.0.0.1 where that one is not set up. */
  host?: string;
  /** Default: a free port. */
  port?: number;
  /** What the documents and tokens advertise instead of the real origin, without a trailing slash. */
  advertisedOrigin?: string;
  /** Milliseconds since the epoch, for the times in tokens. Default: the system's clock. */
  now?: () => number;
}

/**
 * A local world: an Entra-like login host with two tenants where people sign in, a generic issuer, and the apps that
 * are called with their tokens.
 */
export interface Lab extends PracticeWorld {
  /** Login base of the lab's cloud, as in `why401.cloud`. No trailing slash. */
  origin: string;
  tenants: typeof TENANTS;
  apps: typeof APPS;
  /** Signing keys, to hide, show or remove. */
  keys: EntraKeys;
  generic: GenericIssuer;
  mint: TokenMint;
  /** What is registered and granted, and what goes wrong with the next sign-in. */
  signIn: SignIn;
  /** Of the login host; every app has its own. */
  faults: ScriptedFaults;
  requests: RequestLog;
  /** More of the world can be put on the same server. */
  routes: LabRoute[];
  caPem: string;
  /** Writes the CA certificate for NODE_EXTRA_CA_CERTS and returns the file's path. */
  writeCaFile(folder: string): Promise<string>;
  /** Gives every work tenant a new signing key; the old ones stay published unless `dropOld`. */
  rotateKeys(options?: { dropOld?: boolean }): Promise<SigningKey>;
  /** Leaves no open port, connection or timer. */
  stop(): Promise<void>;
}

const DEFAULT_HOST = '127.0.0.2';
const FALLBACK_HOST = '127.0.0.1';

export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const now = options.now ?? Date.now;
  const [authority, keys] = await Promise.all([createCertificateAuthority(), createEntraKeys([APPS.payrollApi.id])]);
  const certificate = await authority.issueServerCertificate([
    ...new Set([options.host ?? DEFAULT_HOST, DEFAULT_HOST, FALLBACK_HOST, 'localhost']),
  ]);
  const server = await startServer(certificate, options);
  const origin = options.advertisedOrigin ?? server.origin;
  const generic = await createGenericIssuer(origin);
  const mint = new TokenMint({ origin, keys, generic, now });
  const signIn = new SignIn(origin, now);
  // The generic issuer first, since to Entra every path begins with a tenant.
  server.routes.push(
    generic.route,
    entraRoute(origin, keys, () => signIn.issuerParameter.isPromised),
    authorizeRoute(origin, signIn),
  );
  server.routes.push(deviceRoute(origin, signIn), tokenRoute(mint, signIn));
  const { stop: stopWorld, ...world } = await startWorldOr(server, { origin, keys, mint, now, certificate });

  signIn.registrations.clients.push({
    app: APPS.ordersEasyAuth,
    tenants: [CONTOSO],
    redirectUris: [],
    webRedirectUris: [loginCallback(world.easyAuth.origin)],
    allowsPublicFlows: false,
    secrets: [],
    certificates: [],
  });

  return {
    ...world,
    origin,
    tenants: TENANTS,
    apps: APPS,
    keys,
    generic,
    mint,
    signIn,
    faults: server.faults,
    requests: server.requests,
    routes: server.routes,
    caPem: authority.caPem,
    writeCaFile: (folder) => authority.writeCaFile(folder),
    rotateKeys: (rotation) => keys.shared.rotate(rotation),
    stop: async () => void (await Promise.all([server.stop(), stopWorld()])),
  };
}

async function startWorldOr(server: LoopbackServer, options: Parameters<typeof startPracticeWorld>[0]) {
  try {
    return await startPracticeWorld(options);
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function startServer(certificate: ServerCertificate, { host, port = 0 }: LabOptions): Promise<LoopbackServer> {
  try {
    return await startLoopbackServer({ host: host ?? DEFAULT_HOST, port, certificate });
  } catch (error) {
    // macOS has only 127.0.0.1 unless somebody added an alias.
    if (host !== undefined || (error as NodeJS.ErrnoException).code !== 'EADDRNOTAVAIL') throw error;
    return startLoopbackServer({ host: FALLBACK_HOST, port, certificate });
  }
}
