import type { JsonObject, JsonValue, TokenProblem } from './token.ts';

type ClaimType = 'time' | 'text' | 'textOrTexts' | 'texts';

const TYPES: [ClaimType, string][] = [
  ['time', 'exp nbf iat auth_time'],
  ['textOrTexts', 'aud'],
  [
    'text',
    'iss sub jti ver tid oid azp appid azpacr appidacr scp scope nonce idp idtyp acr tfp name upn email unique_name ' +
      'preferred_username at_hash c_hash sid uti client_id',
  ],
  ['texts', 'roles groups wids amr'],
];
const HEADER_TYPES: [ClaimType, string][] = [
  ['text', 'alg typ cty kid x5t x5t#S256 enc zip jku x5u nonce'],
  ['texts', 'crit x5c'],
];

const typeOfClaim = typeTable(TYPES);
const typeOfHeaderParameter = typeTable(HEADER_TYPES);

/** What kind of value a claim must have, in words. */
const WANTED: Record<ClaimType, string> = {
  time: 'a number of seconds since 1970',
  text: 'a string',
  textOrTexts: 'a string or a list of strings',
  texts: 'a list of strings',
};

/**
 * Known claims whose value is of another type than RFC 7519 §4.1, OpenID Connect Core §2, RFC 7515 §4.1 or Microsoft's
 * claims references say, as warnings; also a header without `alg`. `found` names the type seen, never the value.
 */
export function findClaimTypeProblems(part: 'header' | 'payload', claims: JsonObject): TokenProblem[] {
  const types = part === 'header' ? typeOfHeaderParameter : typeOfClaim;
  const problems: TokenProblem[] = [];
  for (const [claim, value] of Object.entries(claims)) {
    const type = types.get(claim);
    if (type && !isOfType(value, type)) {
      problems.push({ id: 'claimType', severity: 'warning', part, claim, found: typeWords(value) });
    }
  }
  if (part === 'header' && !Object.hasOwn(claims, 'alg')) {
    problems.push({ id: 'claimType', severity: 'warning', part, claim: 'alg', found: 'nothing' });
  }
  return problems;
}

/** The type a known claim must have, in words such as "a string"; absent for a claim of any type. */
export function wantedClaimType(part: 'header' | 'payload', claim: string): string | undefined {
  const type = (part === 'header' ? typeOfHeaderParameter : typeOfClaim).get(claim);
  return type && WANTED[type];
}

function isOfType(value: JsonValue, type: ClaimType): boolean {
  switch (type) {
    case 'time':
      return typeof value === 'number' && Number.isFinite(value);
    case 'text':
      return typeof value === 'string';
    case 'texts':
      return isTexts(value);
    case 'textOrTexts':
      return typeof value === 'string' || isTexts(value);
  }
}

function isTexts(value: JsonValue): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function typeWords(value: JsonValue): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return isTexts(value) ? 'a list of strings' : 'a list';
  if (typeof value === 'number') return Number.isFinite(value) ? 'a number' : 'a number too large';
  return (
    { string: 'a string', boolean: 'true or false', object: 'an object' }[typeof value as 'string'] ?? 'another type'
  );
}

function typeTable(rows: [ClaimType, string][]): Map<string, ClaimType> {
  return new Map(rows.flatMap(([type, names]) => names.split(' ').map((name): [string, ClaimType] => [name, type])));
}
