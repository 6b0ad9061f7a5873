import type { AcceptedPermissions } from '../../entra/api-profile.ts';
import type { Settings } from './settings.ts';
import type { TokenRules } from './token-rules.ts';

/** The algorithms the page of the policy lists for keys of an OpenID configuration. */
const DOCUMENTED_ALGORITHMS = ['RS256', 'RS512', 'PS256'];

/**
 * A `validate-jwt` policy: issuer, audience, permissions and clients, in the documented order of elements (Microsoft:
 * validate-jwt-policy). Without `audiences` it would check none; a claim's values are `all` demanded unless said.
 */
export function writeValidateJwt(rules: TokenRules): Settings {
  if (!DOCUMENTED_ALGORITHMS.includes(rules.algorithm))
    return {
      ok: false,
      why: `validate-jwt is documented for ${DOCUMENTED_ALGORITHMS.join(', ')}, not for this token’s algorithm.`,
    };
  return write(rules, [
    '<validate-jwt header-name="Authorization" require-scheme="Bearer">',
    `    <openid-config url="${escapeXml(rules.metadataUrl)}" />`,
    ...list('audiences', 'audience', rules.audiences),
    ...list('issuers', 'issuer', rules.issuers),
    ...requiredClaims(rules, rules.restrictsClients),
    '</validate-jwt>',
  ]);
}

/** A `validate-azure-ad-token` policy, for Entra in the public cloud (Microsoft: validate-azure-ad-token-policy). */
export function writeValidateAzureAdToken(rules: TokenRules): Settings {
  const { entra, clients } = rules;
  if (!entra?.isPublicCloud)
    return { ok: false, why: 'validate-azure-ad-token is for Microsoft Entra in the public cloud: take validate-jwt.' };
  const [tenantId, ...otherTenants] = entra.tenantIds;
  if (tenantId === undefined || otherTenants.length > 0)
    return {
      ok: false,
      why: 'validate-azure-ad-token takes one tenant, and the profile names several: take validate-jwt.',
    };
  return write(rules, [
    `<validate-azure-ad-token tenant-id="${escapeXml(tenantId)}">`,
    ...(clients && rules.restrictsClients ? list('client-application-ids', 'application-id', clients.ids) : []),
    ...list('audiences', 'audience', rules.audiences),
    ...requiredClaims(rules, false),
    '</validate-azure-ad-token>',
  ]);
}

function write(rules: TokenRules, lines: readonly string[]): Settings {
  const text = `${lines.join('\n')}\n`;
  if (text.includes('{{') || /[>"]\s*@/.test(text))
    return { ok: false, why: 'A value of this token would be read as a policy expression or a named value.' };
  const others = rules.permissions.length - (rules.granted ? 1 : 0);
  const note = 'The profile accepts other permissions too: this policy lets in only those this token has.';
  return { ok: true, language: 'xml', text, ...(others > 0 ? { note } : {}) };
}

function requiredClaims({ granted, clients, scopeClaim }: TokenRules, withClients: boolean): string[] {
  const claims = [
    ...permissionClaims(granted, scopeClaim),
    ...(withClients && clients ? claim(clients.claim, 'any', clients.ids) : []),
  ];
  return claims.length > 0 ? ['    <required-claims>', ...claims, '    </required-claims>'] : [];
}

function permissionClaims(granted: AcceptedPermissions | undefined, scopeClaim: string): string[] {
  const { scopes = [], roles = [] } = granted ?? {};
  return [
    ...(scopes.length > 0 ? claim(scopeClaim, 'all', scopes, ' separator=" "') : []),
    ...(roles.length > 0 ? claim('roles', 'all', roles) : []),
  ];
}

function claim(name: string, match: 'all' | 'any', values: readonly string[], extra = ''): string[] {
  return [
    `        <claim name="${name}" match="${match}"${extra}>`,
    ...values.map((value) => `            <value>${escapeXml(value)}</value>`),
    '        </claim>',
  ];
}

function list(parent: string, child: string, values: readonly string[]): string[] {
  return [
    `    <${parent}>`,
    ...values.map((value) => `        <${child}>${escapeXml(value)}</${child}>`),
    `    </${parent}>`,
  ];
}

function escapeXml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
