import { isIssuerOfEntra, issuerForTenant } from '../../entra/issuer.ts';
import { metadataVersion } from '../../entra/token-source.ts';
import type { TokenUnderCheck } from './token-under-check.ts';

/** The issuers an API accepts tokens of. */
export interface AcceptedIssuers {
  /** As metadata or profile write them: `{tenantid}` stands for every tenant. */
  written: string[];
  /** The same, `{tenantid}` replaced by the token's own `tid`. */
  forToken: string[];
  /** False when a document that could name another issuer was not read. */
  complete: boolean;
  /** Why a document was not read. */
  failure?: string;
}

/** What the profile lists, else what the metadata of the versions it accepts names. */
export function acceptedIssuers(token: TokenUnderCheck): AcceptedIssuers {
  const { profile, payload } = token;
  const named = profile.issuers ? { written: profile.issuers, complete: true } : issuersOfMetadata(token);
  const filled = named.written.map((issuer) => issuerForTenant(issuer, payload.tid) ?? issuer);
  return { ...named, forToken: [...new Set(filled)] };
}

function issuersOfMetadata(token: TokenUnderCheck): Omit<AcceptedIssuers, 'forToken'> {
  const versions = token.profile.tokenVersions ?? [metadataVersion(token.payload, token.profile)];
  const sources = versions.map((version) => token.sourceOf(version));
  const written = sources.flatMap((source) =>
    source?.ok ? [source.issuer, source.accessTokenIssuer ?? []].flat() : [],
  );
  const failed = sources.filter((source) => !source?.ok);
  const failure = failed.map((source) => (source?.ok === false ? source.failure : undefined)).findLast(Boolean);
  return { written, complete: failed.length === 0, ...(failure === undefined ? {} : { failure }) };
}

/** The accepted issuers that may be the token's own, as they are written: those it names, or all where it names none. */
export function issuersInQuestion(token: TokenUnderCheck): string[] {
  const { iss, tid } = token.payload;
  const { written } = acceptedIssuers(token);
  const own = written.filter((issuer) => issuerForTenant(issuer, tid) === iss);
  return own.length > 0 ? own : written;
}

/**
 * True where tokens are Entra's: the settings say so, or whoever names the issuers does. So tenant and version are looked
 * at however the authority is written: by tenant, as a URL, behind a proxy.
 */
export function isOfEntra(token: TokenUnderCheck): boolean {
  return token.profile.authority.kind === 'entra' || issuersInQuestion(token).some(isIssuerOfEntra);
}
