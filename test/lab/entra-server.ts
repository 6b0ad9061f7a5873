import { consumersKeyIssuer, instanceDiscovery, metadataV1, metadataV2, sharedKeyIssuer } from './entra-discovery.ts';
import { documentReply, failureReply } from './entra-reply.ts';
import { resolveTenantName, type TenantName } from './entra-tenant.ts';
import { KeyRing } from './key-ring.ts';
import type { LabReply, LabRoute } from './loopback-server.ts';
import { createEntraKey, type PublicJwk } from './signing-key.ts';

/** The signing keys of one Entra cloud. */
export interface EntraKeys {
  /** Sign for every work tenant. */
  shared: KeyRing;
  /** Sign for personal accounts only; published by `common` as well. */
  consumers: KeyRing;
  /** By application id: keys of applications with claims mapping, published only under `?appid=`. */
  byApp: Map<string, KeyRing>;
}

/** Makes the keys. RSA key generation is most of what starting the lab costs. */
export async function createEntraKeys(appIdsWithOwnKey: readonly string[]): Promise<EntraKeys> {
  const [shared, consumers, ...ofApps] = await Promise.all([
    KeyRing.create(createEntraKey, 2),
    KeyRing.create(createEntraKey),
    ...appIdsWithOwnKey.map(() => KeyRing.create(createEntraKey)),
  ]);
  return { shared, consumers, byApp: new Map(appIdsWithOwnKey.map((id, index) => [id, ofApps[index] as KeyRing])) };
}

type TenantDocument = (
  origin: string,
  keys: EntraKeys,
  name: TenantName,
  appId: string | undefined,
  promisesIssuer: boolean,
) => object;

const DOCUMENTS: ReadonlyMap<string, TenantDocument> = new Map<string, TenantDocument>([
  [
    'v2.0/.well-known/openid-configuration',
    (origin, _keys, name, appId, promisesIssuer) => ({
      ...metadataV2(origin, name, appId),
      ...(promisesIssuer ? { authorization_response_iss_parameter_supported: true } : {}),
    }),
  ],
  ['.well-known/openid-configuration', (origin, _keys, name, appId) => metadataV1(origin, name, appId)],
  ['discovery/v2.0/keys', (origin, keys, name, appId) => ({ keys: publishedKeysV2(origin, keys, name, appId) })],
  ['discovery/keys', (_origin, keys, name, appId) => ({ keys: ringsOf(keys, name, appId).flatMap(publishedBy) })],
]);

/**
 * Discovery and keys of an Entra-like login host. `origin` is what the documents advertise; `promisesIssuer`: that answers
 * of the authorize page carry `iss` (RFC 9207), which Entra's do not.
 */
export function entraRoute(origin: string, keys: EntraKeys, promisesIssuer = () => false): LabRoute {
  return ({ method, url }) => {
    if (method !== 'GET') return undefined;
    if (url.pathname.toLowerCase() === '/common/discovery/instance') return answerInstance(origin, url);

    const [, tenantText = '', ...rest] = url.pathname.split('/');
    const document = DOCUMENTS.get(rest.join('/').toLowerCase());
    if (!document) return undefined;
    const name = resolveTenantName(decodePathPart(tenantText));
    if (!name) return unknownTenantReply(tenantText, origin);
    return documentReply(document(origin, keys, name, url.searchParams.get('appid') ?? undefined, promisesIssuer()));
  };
}

/** The keys a metadata address of this cloud leads to, without asking over the network. */
export function keysServedFor(keys: EntraKeys, name: TenantName, appId?: string): PublicJwk[] {
  return ringsOf(keys, name, appId).flatMap(publishedBy);
}

export function unknownTenantReply(tenantText: string, origin: string): LabReply {
  return failureReply(
    {
      status: 400,
      error: 'invalid_tenant',
      code: 90002,
      message: `Tenant '${tenantText}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
    },
    origin,
  );
}

function answerInstance(origin: string, url: URL): LabReply {
  const endpoint = url.searchParams.get('authorization_endpoint') ?? '';
  if (URL.canParse(endpoint) && new URL(endpoint).origin === origin) {
    return documentReply(instanceDiscovery(origin, new URL(endpoint)));
  }
  const failure = { status: 400, error: 'invalid_instance', code: 50049, message: 'Unknown or invalid instance.' };
  return failureReply(failure, origin);
}

// An application without keys of its own is served the shared ones.
function ringsOf(keys: EntraKeys, name: TenantName, appId: string | undefined): KeyRing[] {
  const own = appId === undefined ? undefined : keys.byApp.get(appId.toLowerCase());
  if (own) return [own];
  if (name.kind === 'consumers') return [keys.consumers];
  return name.kind === 'common' ? [keys.shared, keys.consumers] : [keys.shared];
}

function publishedKeysV2(origin: string, keys: EntraKeys, name: TenantName, appId: string | undefined): PublicJwk[] {
  return ringsOf(keys, name, appId).flatMap((ring) => {
    const issuer = ring === keys.consumers ? consumersKeyIssuer(origin) : sharedKeyIssuer(origin);
    return publishedBy(ring).map((jwk) => ({ ...jwk, issuer }));
  });
}

function publishedBy(ring: KeyRing): PublicJwk[] {
  return ring.published();
}

function decodePathPart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
