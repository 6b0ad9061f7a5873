import { readEntraIssuer } from '../entra/issuer.ts';
import { issuerShapeOf } from '../token/issuer-shape.ts';
import { microsoftApiOf } from '../token/well-known-apps.ts';
import type { CauseId } from './cause-id.ts';

/**
 * The exact cause a message of Microsoft.IdentityModel gives away by the values it quotes: `IDX10205 … Issuer: 'a'. Did not
 * match: … 'b'` and `IDX10214 … Audiences: 'a'. Did not match: … 'b'` (LogMessages.cs). Undefined when the values are
 * hidden, or say nothing.
 */
export function causeInMessage(message: string): CauseId | undefined {
  const [seen, ...expected] = quotedIn(message);
  if (seen === undefined || expected.length === 0) return undefined;
  if (/\bIDX(?:10205|10212)\b/.test(message)) return causeOfIssuer(seen, expected);
  return /\bIDX1021[45]\b/.test(message) ? causeOfAudience(seen, expected) : undefined;
}

/**
 * The exact cause of a refused claim, by a message of API Management: `Claim aud value of x is not allowed`, or the older
 * `Claim value mismatch: aud=x` of a trace, where x may be what was wanted. `aud`: the token's own, where known.
 */
export function causeOfClaimMessage(message: string, aud: string | undefined): CauseId | undefined {
  const text = message.slice(0, LONGEST_MESSAGE);
  const [, claim, value = ''] =
    /\bClaim ([^\s]{1,100}) value of (.{1,400}) is not allowed\b/.exec(text) ??
    /\bClaim value mismatch: ([^\s=]{1,100})=([^\s]{1,400})/.exec(text) ??
    [];
  if (claim === undefined) return undefined;
  if (claim !== 'aud') return 'apim-required-claim-mismatch';
  const named = value.replace(/\.$/, '');
  const seen = aud ?? named;
  if (microsoftApiOf(seen) !== undefined || (aud !== undefined && aud !== named)) return causeOfAudience(seen, [named]);
  return undefined;
}

/** The issuer or audience that was refused, as the message quotes it; undefined when it is hidden. */
export function refusedIn(message: string): { claim: 'iss' | 'aud'; value: string } | undefined {
  const claim = /\bIDX102(?:05|12)\b/.test(message) ? 'iss' : /\bIDX1021[45]\b/.test(message) ? 'aud' : undefined;
  const [value] = quotedIn(message);
  return claim && value !== undefined ? { claim, value } : undefined;
}

const LONGEST_MESSAGE = 2_000;

function quotedIn(message: string): string[] {
  const quoted = Array.from(message.slice(0, LONGEST_MESSAGE).matchAll(/'([^']{0,400})'/g), (match) => match[1] ?? '');
  return quoted
    .flatMap((text) => text.split(', '))
    .map((text) => text.trim())
    .filter((text) => text !== '' && text !== 'null' && !text.startsWith('[PII') && !text.startsWith('System.'));
}

function causeOfIssuer(seen: string, expected: readonly string[]): CauseId | undefined {
  const issuer = readEntraIssuer(seen);
  const wanted = expected.flatMap((text) => readEntraIssuer(text) ?? []);
  if (!issuer || wanted.length === 0) return hasTemplate(seen, expected) ? 'issuer-wrong-tenant' : undefined;
  const sameTenant = wanted.filter(({ tenantId }) => tenantId === issuer.tenantId);
  if (sameTenant.length === 0) return 'issuer-wrong-tenant';
  return sameTenant.some(({ version }) => version === issuer.version) ? undefined : 'issuer-v1-v2-mismatch';
}

/** Metadata of many tenants names a template instead of an issuer: no token's issuer equals it. */
function hasTemplate(seen: string, expected: readonly string[]): boolean {
  return issuerShapeOf(seen).id === 'entraV2' && expected.some((text) => text.includes('{tenantid}'));
}

function causeOfAudience(seen: string, expected: readonly string[]): CauseId | undefined {
  const api = microsoftApiOf(seen);
  if (expected.includes(seen) && api === undefined) return undefined;
  if (api !== undefined) return api === 'Microsoft Graph' ? 'aud-is-graph' : 'aud-mismatch';
  return expected.some((text) => bareId(text) === bareId(seen)) ? 'aud-clientid-vs-appiduri' : 'aud-mismatch';
}

function bareId(audience: string): string {
  return audience
    .replace(/^(?:api:\/\/|spn:)/i, '')
    .replace(/\/$/, '')
    .toLowerCase();
}
