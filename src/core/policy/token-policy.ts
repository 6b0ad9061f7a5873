import { onlyKnown, type PolicyParts } from './policy-parts.ts';
import { byDefault, type PolicyValue, toBoolean, toSeconds } from './policy-value.ts';

/** Where the policy takes the token from; `name` is of the header or query parameter. */
export type TokenPlace = { from: 'header' | 'query'; name: PolicyValue } | { from: 'value'; value: PolicyValue };

/** One `claim` of `required-claims`. */
export interface RequiredClaim {
  name?: PolicyValue;
  /** `all` (the default): every value has to be there; `any`: at least one. */
  match: PolicyValue<'all' | 'any'>;
  /** Splits a claim that is one text. */
  separator?: PolicyValue;
  values: PolicyValue[];
  line: number;
}

/** What a `validate-jwt` or `validate-azure-ad-token` says, with the documented defaults where it says nothing. */
export interface TokenPolicy {
  type: 'token';
  policy: 'validate-jwt' | 'validate-azure-ad-token';
  /** Absent where `validate-jwt` names none or several. */
  token?: TokenPlace;
  failedStatus: PolicyValue<number>;
  /** Absent: the gateway's own words. */
  failedMessage?: PolicyValue;
  requireExpirationTime: PolicyValue<boolean>;
  requireSignedTokens: PolicyValue<boolean>;
  /** Only for `Authorization`. */
  requireScheme?: PolicyValue;
  /** Absent for `validate-azure-ad-token`: its tolerance is not documented. */
  clockSkewSec?: PolicyValue<number>;
  /** Metadata documents: keys and issuers come from them. */
  openIdUrls: PolicyValue[];
  /** Keys written into the policy. */
  signingKeys: number;
  decryptionKeys: number;
  /** Absent: not checked. */
  audiences?: PolicyValue[];
  /** Absent: those of the metadata. */
  issuers?: PolicyValue[];
  requiredClaims: RequiredClaim[];
  /** Of `validate-azure-ad-token`: GUID, domain, `organizations` or `common`. */
  tenant?: PolicyValue;
  /** Of `validate-azure-ad-token`: the applications that may call. Absent: any. */
  clientIds?: PolicyValue[];
  backendIds?: PolicyValue[];
  /** Of `validate-azure-ad-token`, in newer texts: where the metadata stands in another cloud. */
  authenticationEndpoint?: PolicyValue;
  /** Lines of what stands where, for showing: `audiences`, `issuers`, `openid-config`, `required-claims`, … */
  lines: Readonly<Record<string, number>>;
  /** Attributes and elements the documentation does not name: what they do is not known. */
  unknownParts: string[];
}

const SHARED_ATTRIBUTES = [
  ...['header-name', 'query-parameter-name', 'token-value'],
  ...['failed-validation-httpcode', 'failed-validation-error-message', 'output-token-variable-name'],
];
const KNOWN = {
  'validate-jwt': [
    ...SHARED_ATTRIBUTES,
    ...['require-expiration-time', 'require-scheme', 'require-signed-tokens', 'clock-skew'],
    ...['openid-config', 'issuer-signing-keys', 'decryption-keys', 'audiences', 'issuers', 'required-claims'],
  ],
  'validate-azure-ad-token': [
    ...SHARED_ATTRIBUTES,
    ...['tenant-id', 'authentication-endpoint'],
    ...['client-application-ids', 'backend-application-ids', 'audiences', 'required-claims', 'decryption-keys'],
  ],
} as const;

/** Reads one of the two token policies (Microsoft: validate-jwt-policy, validate-azure-ad-token-policy). */
export function readTokenPolicy(parts: PolicyParts, policy: TokenPolicy['policy']): TokenPolicy {
  const isAzureAd = policy === 'validate-azure-ad-token';
  const known: readonly string[] = KNOWN[policy];
  return onlyKnown({
    type: 'token',
    policy,
    token: tokenPlaceOf(parts, isAzureAd),
    failedStatus: parts.count('failed-validation-httpcode') ?? byDefault(401),
    failedMessage: parts.text('failed-validation-error-message'),
    requireExpirationTime: parts.converted('require-expiration-time', toBoolean) ?? byDefault(true),
    requireSignedTokens: parts.converted('require-signed-tokens', toBoolean) ?? byDefault(true),
    requireScheme: parts.text('require-scheme'),
    clockSkewSec: isAzureAd ? undefined : (parts.converted('clock-skew', toSeconds) ?? byDefault(0)),
    openIdUrls: parts.children('openid-config').flatMap((child) => child.text('url') ?? []),
    signingKeys: parts.grandchildren('issuer-signing-keys', 'key').length,
    decryptionKeys: parts.grandchildren('decryption-keys', 'key').length,
    audiences: parts.list('audiences', 'audience'),
    issuers: parts.list('issuers', 'issuer'),
    requiredClaims: parts.grandchildren('required-claims', 'claim').map(readClaim),
    tenant: parts.text('tenant-id'),
    clientIds: parts.list('client-application-ids', 'application-id'),
    backendIds: parts.list('backend-application-ids', 'application-id'),
    authenticationEndpoint: parts.text('authentication-endpoint'),
    lines: parts.lines,
    unknownParts: parts.names.filter((name) => !known.includes(name)),
  });
}

function tokenPlaceOf(parts: PolicyParts, isAzureAd: boolean): TokenPlace | undefined {
  const header = parts.text('header-name');
  const query = parts.text('query-parameter-name');
  const value = parts.text('token-value');
  const places: TokenPlace[] = [
    ...(header ? [{ from: 'header', name: header } as const] : []),
    ...(query ? [{ from: 'query', name: query } as const] : []),
    ...(value ? [{ from: 'value', value } as const] : []),
  ];
  if (places.length === 1) return places[0];
  return places.length === 0 && isAzureAd ? { from: 'header', name: byDefault('Authorization') } : undefined;
}

function readClaim(claim: PolicyParts): RequiredClaim {
  return onlyKnown({
    name: claim.text('name'),
    match: claim.converted('match', toMatch) ?? byDefault('all'),
    separator: claim.text('separator'),
    values: claim.contents('value'),
    line: claim.line,
  });
}

function toMatch(text: string): 'all' | 'any' | undefined {
  const lower = text.trim().toLowerCase();
  return lower === 'all' || lower === 'any' ? lower : undefined;
}
