import type { AcceptedPermissions } from '../../entra/api-profile.ts';
import type { Settings } from './settings.ts';
import type { TokenRules } from './token-rules.ts';

/** A function for Node with `jose` 6 that lets in tokens like this one, and throws for others. */
export function writeNodeSnippet(rules: TokenRules): Settings {
  const { jwksUri, issuers, audiences, algorithm } = rules;
  const checks = [...permissionCheck(rules), ...clientCheck(rules)];
  const lines = [
    "import { createRemoteJWKSet, jwtVerify } from 'jose';",
    '',
    `const keys = createRemoteJWKSet(new URL(${literal(jwksUri)}));`,
    '',
    '/** The claims of a token for this API. Throws for every other token. */',
    'export async function verifyAccessToken(token) {',
    '  const { payload } = await jwtVerify(token, keys, {',
    `    issuer: ${literal(issuers)},`,
    `    audience: ${literal(audiences)},`,
    `    algorithms: ${literal([algorithm])},`,
    "    requiredClaims: ['exp'],",
    '  });',
    ...checks,
    '  return payload;',
    '}',
  ];
  return { ok: true, language: 'javascript', text: `${lines.join('\n')}\n` };
}

function permissionCheck({ permissions, scopeClaim }: TokenRules): string[] {
  if (permissions.length === 0) return [];
  const usesScopes = permissions.some(({ scopes }) => scopes.length > 0);
  const usesRoles = permissions.some(({ roles }) => roles.length > 0);
  return [
    ...(usesScopes ? [`  const scopes = [payload.${scopeClaim} ?? []].flat().join(' ').split(' ');`] : []),
    ...(usesRoles ? ['  const roles = Array.isArray(payload.roles) ? payload.roles : [];'] : []),
    `  const isPermitted = ${permissions.map(alternative).join(' || ')};`,
    "  if (!isPermitted) throw new Error('The token lacks the permission for this API.');",
  ];
}

function alternative({ scopes, roles }: AcceptedPermissions): string {
  const tests = [
    ...scopes.map((scope) => `scopes.includes(${literal(scope)})`),
    ...roles.map((role) => `roles.includes(${literal(role)})`),
  ];
  return tests.length > 1 ? `(${tests.join(' && ')})` : (tests[0] ?? 'false');
}

function clientCheck({ clients, restrictsClients }: TokenRules): string[] {
  if (!clients || !restrictsClients) return [];
  return [
    `  if (!${literal(clients.ids)}.includes(payload.${clients.claim}))`,
    "    throw new Error('The calling application is not allowed.');",
  ];
}

/** JSON is JavaScript since ES2019. */
function literal(value: string | string[]): string {
  return JSON.stringify(value);
}
