import type { AcceptedPermissions } from '../../entra/api-profile.ts';
import type { Settings } from './settings.ts';
import type { TokenRules } from './token-rules.ts';

/** A function for Python with PyJWT 2 that lets in tokens like this one, and raises for others. */
export function writePythonSnippet(rules: TokenRules): Settings {
  const { jwksUri, issuers, audiences, algorithm } = rules;
  const lines = [
    'import jwt',
    '',
    `keys = jwt.PyJWKClient(${literal(jwksUri)})`,
    '',
    '',
    'def verify_access_token(token: str) -> dict:',
    '    """The claims of a token for this API. Raises jwt.PyJWTError for every other token."""',
    '    claims = jwt.decode(',
    '        token,',
    '        keys.get_signing_key_from_jwt(token).key,',
    `        algorithms=${literal([algorithm])},`,
    `        audience=${literal(audiences)},`,
    '        options={"require": ["exp", "iss", "aud"]},',
    '    )',
    // PyJWT takes more than one issuer from 2.10 on only.
    `    if claims["iss"] not in ${literal(issuers)}:`,
    '        raise jwt.InvalidIssuerError("The issuer is not accepted.")',
    ...permissionCheck(rules),
    ...clientCheck(rules),
    '    return claims',
  ];
  return { ok: true, language: 'python', text: `${lines.join('\n')}\n` };
}

function permissionCheck({ permissions, scopeClaim }: TokenRules): string[] {
  if (permissions.length === 0) return [];
  const usesScopes = permissions.some(({ scopes }) => scopes.length > 0);
  const usesRoles = permissions.some(({ roles }) => roles.length > 0);
  return [
    ...(usesScopes
      ? [
          `    scopes = claims.get("${scopeClaim}")`,
          '    scopes = " ".join(scopes) if isinstance(scopes, list) else str(scopes)',
          '    scopes = scopes.split(" ")',
        ]
      : []),
    ...(usesRoles ? ['    roles = claims.get("roles")', '    roles = roles if isinstance(roles, list) else []'] : []),
    `    if not (${permissions.map(alternative).join(' or ')}):`,
    '        raise jwt.InvalidTokenError("The token lacks the permission for this API.")',
  ];
}

function alternative({ scopes, roles }: AcceptedPermissions): string {
  const tests = [
    ...scopes.map((scope) => `${literal(scope)} in scopes`),
    ...roles.map((role) => `${literal(role)} in roles`),
  ];
  return tests.length > 1 ? `(${tests.join(' and ')})` : (tests[0] ?? 'False');
}

function clientCheck({ clients, restrictsClients }: TokenRules): string[] {
  if (!clients || !restrictsClients) return [];
  return [
    `    if claims.get("${clients.claim}") not in ${literal(clients.ids)}:`,
    '        raise jwt.InvalidTokenError("The calling application is not allowed.")',
  ];
}

/** A JSON text of printable characters is a Python text too. */
function literal(value: string | string[]): string {
  return Array.isArray(value) ? `[${value.map((text) => JSON.stringify(text)).join(', ')}]` : JSON.stringify(value);
}
