import type { Settings } from './settings.ts';
import type { TokenRules } from './token-rules.ts';

/**
 * `appsettings.json` of ASP.NET Core's own JwtBearer scheme, which `AddAuthentication().AddJwtBearer()` reads
 * (Microsoft: configure-jwt-bearer-authentication).
 */
export function writeAspNetCoreSettings({ metadataUrl, audiences, issuers }: TokenRules): Settings {
  const bearer = { MetadataAddress: metadataUrl, ValidAudiences: audiences, ValidIssuers: issuers };
  return {
    ok: true,
    language: 'json',
    text: `${JSON.stringify({ Authentication: { Schemes: { Bearer: bearer } } }, undefined, 2)}\n`,
    note: 'Checked against the documented shape only. Your code has to require scopes, roles and clients.',
  };
}
