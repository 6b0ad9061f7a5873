import { isGuid } from '../token/issuer-shape.ts';
import { authorityPath } from './authority-path.ts';
import { cloudOfHost, isMicrosoftSignInHost } from './clouds.ts';

/** What the metadata of an authority says about its answers to a sign-in in the browser. */
export interface PublishedIssuer {
  /** May be a template with `{tenantid}`, as of Entra's `organizations`. */
  issuer: string;
  /** `authorization_response_iss_parameter_supported`. */
  isPromised: boolean;
}

/** Why an answer is not the authority's: it names another issuer, or none where one is promised. */
export type IssuerFault = 'otherIssuer' | 'issuerMissing';

const TENANT = '{tenantid}';

/**
 * Judges the `iss` of an answer of the authorize page, a success or an error (RFC 9207 §2.4): it has to be there where the
 * metadata promises it, and wherever it is there it has to be the metadata's issuer, letter by letter. A template stands for
 * the issuer of any one tenant. `published` is absent for a login host whose metadata nobody fetches, since it is known:
 * Microsoft's clouds neither send nor promise `iss`, and one that came would have to be of the cloud and the tenant asked.
 */
export function faultOfIssuer(
  iss: string | undefined,
  authority: string,
  published: PublishedIssuer | undefined,
): IssuerFault | undefined {
  if (iss === undefined) return published?.isPromised ? 'issuerMissing' : undefined;
  return issuersOf(authority, published).some((issuer) => isIssuer(iss, issuer)) ? undefined : 'otherIssuer';
}

function issuersOf(authority: string, published: PublishedIssuer | undefined): string[] {
  const { host, origin } = new URL(authority);
  if (!published) {
    const [, tenant = ''] = authorityPath(authority).split('/');
    const hosts = cloudOfHost(host)?.hosts ?? [];
    return hosts.map((own) => `https://${own}/${isGuid(tenant) ? tenant : TENANT}/v2.0`);
  }
  // A server that calls itself by another's name would have the other's answers for its own.
  const isOwn = URL.canParse(published.issuer) && new URL(published.issuer).origin === origin;
  return isOwn || isMicrosoftSignInHost(host) ? [published.issuer] : [];
}

function isIssuer(iss: string, issuer: string): boolean {
  const [before = '', after, ...more] = issuer.split(TENANT);
  if (after === undefined) return iss === issuer;
  const tenant = iss.slice(before.length, iss.length - after.length);
  return more.length === 0 && iss === before + tenant + after && (isGuid(tenant) || tenant === TENANT);
}
