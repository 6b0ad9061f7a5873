import { type CertificateAuthority, createCertificateAuthority } from './certificate-authority.ts';
import { createEntraKeys, type EntraKeys, entraRoute } from './entra-server.ts';
import { APPS, TENANTS } from './entra-tenant.ts';
import { createGenericIssuer, type GenericIssuer } from './generic-issuer.ts';
import { type LabRoute, type LoopbackServer, startLoopbackServer } from './loopback-server.ts';
import type { RequestLog } from './request-log.ts';
import type { ScriptedFaults } from './scripted-faults.ts';
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

/** A local world that issues tokens: Entra's discovery and keys, two tenants, and a generic issuer. */
export interface Lab {
  /** Login base of the lab's cloud, as in `why401.cloud`. No trailing slash. */
  origin: string;
  tenants: typeof TENANTS;
  apps: typeof APPS;
  /** Signing keys, to hide, show or remove. */
  keys: EntraKeys;
  generic: GenericIssuer;
  mint: TokenMint;
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
  const [authority, keys] = await Promise.all([createCertificateAuthority(), createEntraKeys([APPS.payrollApi.id])]);
  const server = await startServer(authority, options);
  const origin = options.advertisedOrigin ?? server.origin;
  const generic = await createGenericIssuer(origin);
  // First, since to Entra every path begins with a tenant.
  server.routes.push(generic.route, entraRoute(origin, keys));

  return {
    origin,
    tenants: TENANTS,
    apps: APPS,
    keys,
    generic,
    mint: new TokenMint({ origin, keys, generic, now: options.now ?? Date.now }),
    faults: server.faults,
    requests: server.requests,
    routes: server.routes,
    caPem: authority.caPem,
    writeCaFile: (folder) => authority.writeCaFile(folder),
    rotateKeys: (rotation) => keys.shared.rotate(rotation),
    stop: () => server.stop(),
  };
}

async function startServer(authority: CertificateAuthority, { host, port = 0 }: LabOptions): Promise<LoopbackServer> {
  const certificate = await authority.issueServerCertificate([
    ...new Set([host ?? DEFAULT_HOST, DEFAULT_HOST, FALLBACK_HOST, 'localhost']),
  ]);
  try {
    return await startLoopbackServer({ host: host ?? DEFAULT_HOST, port, certificate });
  } catch (error) {
    // macOS has only 127.0.0.1 unless somebody added an alias.
    if (host !== undefined || (error as NodeJS.ErrnoException).code !== 'EADDRNOTAVAIL') throw error;
    return startLoopbackServer({ host: FALLBACK_HOST, port, certificate });
  }
}
