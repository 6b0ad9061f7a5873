import * as v from 'valibot';
import { isGuid } from '../token/issuer-shape.ts';
import type { ProfileOrigin } from './api-profile.ts';
import { type Authority, isManyTenants, isTenantName } from './authority.ts';
import { type Identity, isAppOnly, SIGN_IN_KINDS } from './identity.ts';
import { foreignCharacterIn, scopesIn } from './scope-token.ts';

const TEXT = 'must be a text';
const NOT_EMPTY = 'must not be empty; leave it out when it is not known';
const text = v.pipe(
  v.string(TEXT),
  v.trim(),
  v.minLength(1, NOT_EMPTY),
  v.check((value) => !/\p{Cc}/u.test(value), 'must not have control characters'),
);
const clientId = v.pipe(text, v.check(isGuid, 'must be a GUID such as 00000000-0000-0000-0000-000000000000'));
const tenant = v.optional(
  v.pipe(text, v.check(isTenantName, 'must be a GUID or a domain such as contoso.onmicrosoft.com')),
);
/** One scope or several with spaces between them. Not trimmed: what is trimmed is more than spaces. */
const scopeText = v.pipe(
  v.string(TEXT),
  v.check(
    (value) => foreignCharacterIn(value) === undefined,
    ({ input }) => notOfScope(input),
  ),
  v.transform(scopesIn),
  v.minLength(1, NOT_EMPTY),
);
const scopes = v.pipe(
  v.array(scopeText, 'must be a list of texts'),
  v.minLength(1, 'must name at least one scope, such as api://orders/Orders.Read'),
  v.transform((texts) => texts.flat()),
);
const certificate = v.strictObject({ path: text }, 'must be an object with "path", the PEM file');

const SHAPES = {
  browser: shape({ clientId, scopes, tenant, loginHint: v.optional(text) }, '"clientId" and "scopes"'),
  deviceCode: shape({ clientId, scopes, tenant }, '"clientId" and "scopes"'),
  vscode: shape({ clientId: v.optional(clientId), scopes, tenant }, '"scopes"'),
  clientSecret: shape({ clientId, scopes, tenant }, '"clientId" and "scopes"; the secret is asked for'),
  clientCertificate: shape(
    { clientId, scopes, tenant, certificate },
    '"clientId", "scopes" and "certificate" with its "path"',
  ),
  onBehalfOf: shape(
    { clientId: v.optional(clientId), from: text, scope: scopeText, tenant, certificate: v.optional(certificate) },
    '"from", an identity, and "scope"',
  ),
  azureCli: shape({ scopes, tenant }, '"scopes"'),
  pasted: shape(
    { expect: v.optional(v.literal('managedIdentity', 'must be "managedIdentity", or left out')) },
    'no more than "expect"',
  ),
};

/** An identity as it is written. `browser` where it does not say. */
export const identityShape = v.lazy((value) => {
  const signIn = typeof value === 'object' && value !== null && 'signIn' in value ? value.signIn : 'browser';
  return SIGN_IN_KINDS.some((kind) => kind === signIn) ? SHAPES[signIn as keyof typeof SHAPES] : noSuchKind;
});

/** Only to name the fault. */
const noSuchKind = v.object(
  { signIn: v.picklist(SIGN_IN_KINDS, `must be one of ${SIGN_IN_KINDS.join(', ')}`) },
  'must be an object with "signIn"',
);

/** An identity as it stands in the settings, of the right form and not yet understood. */
export type WrittenIdentity = v.InferOutput<(typeof SHAPES)[keyof typeof SHAPES]> | v.InferOutput<typeof noSuchKind>;

/** What the identities' meaning depends on. */
interface Profile {
  origin: ProfileOrigin;
  authority: Authority;
  appId?: string | undefined;
}

type Outcome = { ok: true; identity: Identity } | { ok: false; path: string; text: string };

/**
 * What a written identity amounts to in its profile. A fault where it names what only the user may name (a file, a
 * program), a tenant that cannot be had, or an identity that is not there.
 */
export function readIdentity(
  written: WrittenIdentity,
  profile: Profile,
  siblings: Readonly<Record<string, WrittenIdentity>>,
): Outcome {
  const { signIn = 'browser', ...given } = defined(written);
  const isOwn = profile.origin === 'user';
  if (signIn === 'azureCli' && !isOwn) return faultAt('signIn', USER_ONLY);
  if ('certificate' in given && !isOwn) return faultAt('certificate', USER_ONLY);
  if ('tenant' in given && profile.authority.kind === 'oidc') {
    return faultAt('tenant', 'only works where the profile says "tenant", not "authority"');
  }
  if (isAppOnly({ signIn }) && isOfManyTenants(given, profile)) {
    return faultAt('tenant', 'must name one tenant: an application signs in to its own, not to many');
  }
  if (signIn !== 'onBehalfOf') return { ok: true, identity: { signIn, ...given } as Identity };
  return readOnBehalfOf(given as Written<'onBehalfOf'>, profile, siblings);
}

function readOnBehalfOf(
  { scope, ...given }: Written<'onBehalfOf'>,
  { appId }: Profile,
  siblings: Readonly<Record<string, WrittenIdentity>>,
): Outcome {
  const source = Object.hasOwn(siblings, given.from) ? siblings[given.from] : undefined;
  const kind = source?.signIn ?? 'browser';
  if (!source || kind === 'onBehalfOf' || isAppOnly({ signIn: kind })) {
    return faultAt('from', 'must name another identity of this profile, one that gets a token of a user');
  }
  const asking = given.clientId ?? appId;
  if (asking === undefined) return faultAt('clientId', 'is needed, or the "appId" of the profile: who exchanges');
  const rest = defined({ ...given, clientId: asking });
  return { ok: true, identity: { signIn: 'onBehalfOf', ...rest, scopes: scope } as Identity };
}

type Written<K extends keyof typeof SHAPES> = Omit<v.InferOutput<(typeof SHAPES)[K]>, 'signIn'>;

const USER_ONLY =
  'may stand in your user settings only: a workspace names neither files nor programs of yours. Move the profile there';

function notOfScope(written: string): string {
  return `has ${foreignCharacterIn(written)}, which no scope has: only ASCII letters, digits and marks other than " and \\, with a space between two scopes`;
}

function isOfManyTenants(given: object, { authority }: Profile): boolean {
  const ownTenant = 'tenant' in given ? String(given.tenant) : undefined;
  return authority.kind === 'entra' && isManyTenants((ownTenant ?? authority.tenant).toLowerCase());
}

function faultAt(path: string, fault: string): Outcome {
  return { ok: false, path, text: fault };
}

function shape<const T extends v.ObjectEntries>(entries: T, members: string) {
  const anyKind = v.optional(v.picklist(SIGN_IN_KINDS));
  return v.strictObject({ signIn: anyKind, ...entries }, `must be an object with ${members}`);
}

/** Without the members that are undefined. */
function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as never;
}
