import type { Settings } from './settings.ts';
import type { TokenRules } from './token-rules.ts';

/**
 * Settings of App Service authentication, `authsettingsV2` (Microsoft: Microsoft.Web sites/config-authsettingsv2). The
 * client id is always an allowed audience, so only others are listed. The caller's application is named, since the
 * default of settings made by the portal lets in the app itself only.
 */
export function writeAppServiceSettings({ entra, appId, audiences, clients }: TokenRules): Settings {
  if (!entra) return { ok: false, why: 'These settings are for tokens of Microsoft Entra.' };
  const [tenantId, ...otherTenants] = entra.tenantIds;
  if (otherTenants.length > 0)
    return { ok: false, why: 'App Service takes the issuer of one tenant, and the profile names several.' };
  if (!appId) return { ok: false, why: 'App Service needs the API’s application id: give the profile "appId".' };
  const others = audiences.filter((audience) => audience.toLowerCase() !== appId.toLowerCase());
  const issuer = `${entra.loginBase}/${tenantId}${entra.version === 2 ? '/v2.0' : ''}`;
  const validation = {
    ...(others.length > 0 ? { allowedAudiences: others } : {}),
    ...(clients ? { defaultAuthorizationPolicy: { allowedApplications: clients.ids } } : {}),
  };
  const settings = {
    properties: {
      platform: { enabled: true },
      globalValidation: { requireAuthentication: true, unauthenticatedClientAction: 'Return401' },
      identityProviders: {
        azureActiveDirectory: {
          enabled: true,
          registration: { openIdIssuer: issuer, clientId: appId },
          ...(Object.keys(validation).length > 0 ? { validation } : {}),
        },
      },
    },
  };
  return {
    ok: true,
    language: 'json',
    text: `${JSON.stringify(settings, undefined, 2)}\n`,
    note: 'App Service checks neither scopes nor roles: your code has to.',
  };
}
