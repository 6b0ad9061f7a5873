import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { issuerV1, issuerV2 } from './entra-discovery.ts';
import { GRAPH_APP_ID, type LabApp, type LabTenant, type LabUser } from './entra-tenant.ts';
import type { Members } from './token-signing.ts';

/** What a token is about: everything its claims are made from. */
export interface TokenSubject {
  origin: string;
  /** Whole seconds since the epoch. */
  issuedAtSec: number;
  lifetimeSec: number;
  tenant: Pick<LabTenant, 'id'>;
  user: LabUser;
  client: LabApp;
  api: LabApp;
  scopes: readonly string[];
  roles: readonly string[];
}

/** Entra dates `iat` and `nbf` five minutes back, for the sake of clocks that run behind. */
const BACKDATE_SEC = 300;

export function claimsOfAccessTokenV2(subject: TokenSubject): Members {
  const { tenant, user, client, api } = subject;
  return {
    aud: api.id,
    iss: issuerV2(subject.origin, tenant.id),
    ...timesOf(subject),
    aio: opaque(90),
    azp: client.id,
    azpacr: '0',
    name: user.name,
    oid: user.id,
    preferred_username: user.userName,
    rh: resourceHint(),
    ...rolesOf(subject),
    scp: subject.scopes.join(' '),
    sid: randomUUID(),
    sub: pairwiseSubject(user.id, api.id),
    tid: tenant.id,
    uti: opaque(16),
    ver: '2.0',
  };
}

export function claimsOfAccessTokenV1(subject: TokenSubject): Members {
  const { tenant, user, client, api } = subject;
  return {
    aud: api.appIdUri ?? api.id,
    iss: issuerV1(subject.origin, tenant.id),
    ...timesOf(subject),
    acr: '1',
    aio: opaque(90),
    amr: ['pwd', 'mfa'],
    appid: client.id,
    appidacr: '0',
    ...namesOf(user),
    // RFC 5737: an address that belongs to nobody.
    ipaddr: '203.0.113.24',
    name: user.name,
    oid: user.id,
    rh: resourceHint(),
    ...rolesOf(subject),
    scp: subject.scopes.join(' '),
    sid: randomUUID(),
    sub: pairwiseSubject(user.id, api.id),
    tid: tenant.id,
    unique_name: user.userName,
    upn: user.userName,
    uti: opaque(16),
    ver: '1.0',
  };
}

export function claimsOfAppOnlyToken(subject: TokenSubject, version: 1 | 2): Members {
  const { tenant, client, api } = subject;
  const v2 = version === 2;
  return {
    aud: v2 ? api.id : (api.appIdUri ?? api.id),
    iss: v2 ? issuerV2(subject.origin, tenant.id) : issuerV1(subject.origin, tenant.id),
    ...timesOf(subject),
    aio: opaque(60),
    ...(v2
      ? { azp: client.id, azpacr: '1' }
      : { appid: client.id, appidacr: '1', idp: issuerV1(subject.origin, tenant.id) }),
    oid: client.servicePrincipalId,
    rh: resourceHint(),
    ...rolesOf(subject),
    sub: client.servicePrincipalId,
    tid: tenant.id,
    uti: opaque(16),
    ver: v2 ? '2.0' : '1.0',
  };
}

/** An ID token is meant for the client itself. */
export function claimsOfIdToken(subject: TokenSubject): Members {
  const { tenant, user, client } = subject;
  return {
    aud: client.id,
    iss: issuerV2(subject.origin, tenant.id),
    ...timesOf(subject),
    aio: opaque(90),
    name: user.name,
    nonce: randomUUID(),
    oid: user.id,
    preferred_username: user.userName,
    rh: resourceHint(),
    sid: randomUUID(),
    sub: pairwiseSubject(user.id, client.id),
    tid: tenant.id,
    uti: opaque(16),
    ver: '2.0',
  };
}

export function claimsOfGraphToken(subject: TokenSubject): Members {
  const { sid, ...shared } = claimsOfAccessTokenV1(subject);
  return {
    ...shared,
    aud: GRAPH_APP_ID,
    acct: 0,
    app_displayname: subject.client.name,
    idtyp: 'user',
    platf: '8',
    puid: '10032003A1B2C3D4',
    signin_state: ['kmsi'],
    sid,
    sub: pairwiseSubject(subject.user.id, GRAPH_APP_ID),
    tenant_region_scope: 'WW',
    wids: ['b79fbf4d-3ef9-4689-8143-76b194e85509'],
    xms_st: { sub: pairwiseSubject(subject.user.id, subject.client.id) },
    xms_tcdt: 1_593_000_000,
  };
}

function timesOf({ issuedAtSec, lifetimeSec }: TokenSubject): Members {
  return { iat: issuedAtSec - BACKDATE_SEC, nbf: issuedAtSec - BACKDATE_SEC, exp: issuedAtSec + lifetimeSec };
}

// Entra leaves claims without a value out.
function rolesOf({ roles }: TokenSubject): Members {
  return roles.length === 0 ? {} : { roles };
}

function namesOf(user: LabUser): Members {
  const [givenName, familyName] = user.name.split(' ');
  return { family_name: familyName, given_name: givenName };
}

/** The same person has another `sub` in every application. */
function pairwiseSubject(userId: string, appId: string): string {
  return createHash('sha256').update(`${userId}/${appId}`).digest('base64url');
}

function resourceHint(): string {
  return `1.A${opaque(45)}.`;
}

function opaque(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}
