/** `authsettingsV2` of a site, with the names of Resource Manager; what the lab does not enforce is left out. */
export interface AuthSettingsV2 {
  platform: { enabled: boolean; runtimeVersion?: string };
  globalValidation: {
    requireAuthentication: boolean;
    unauthenticatedClientAction: 'RedirectToLoginPage' | 'AllowAnonymous' | 'Return401' | 'Return403';
    excludedPaths: string[];
  };
  identityProviders: {
    azureActiveDirectory: {
      enabled: boolean;
      /** `openIdIssuer`: `https://login…/{tid}/v2.0`, or without `/v2.0` for v1 tokens. `clientId` is an allowed audience. */
      registration: { openIdIssuer: string; clientId: string };
      validation: {
        /** Every other audience, to the letter. */
        allowedAudiences: string[];
        /** Both parts must hold; in `allowedPrincipals` one of the two. An empty list allows anybody. */
        defaultAuthorizationPolicy: {
          allowedApplications: string[];
          allowedPrincipals: { identities: string[]; groups: string[] };
        };
        jwtClaimChecks?: { allowedGroups?: string[]; allowedClientApplications?: string[] };
      };
    };
    /** Other issuers; of their tokens only a session is taken, and no bearer token. */
    customOpenIdConnectProviders?: Record<string, { enabled: boolean; registration: { clientId: string } }>;
    /** A Static Web App that linked this site: nobody else gets in. */
    azureStaticWebApps?: { enabled: boolean; registration: { clientId: string } };
  };
  login: { tokenStore: { enabled: boolean }; allowedExternalRedirectUrls: string[] };
  httpSettings: { requireHttps: boolean; routes: { apiPrefix: string } };
}

/** As App Service makes them for a single-tenant registration: "only tokens obtained by the app itself". */
export function createdAuthSettings(openIdIssuer: string, clientId: string): AuthSettingsV2 {
  return {
    platform: { enabled: true, runtimeVersion: '~1' },
    globalValidation: {
      requireAuthentication: true,
      unauthenticatedClientAction: 'Return401',
      excludedPaths: [],
    },
    identityProviders: {
      azureActiveDirectory: {
        enabled: true,
        registration: { openIdIssuer, clientId },
        validation: {
          allowedAudiences: [],
          defaultAuthorizationPolicy: {
            allowedApplications: [clientId],
            allowedPrincipals: { identities: [], groups: [] },
          },
        },
      },
    },
    login: { tokenStore: { enabled: true }, allowedExternalRedirectUrls: [] },
    httpSettings: { requireHttps: false, routes: { apiPrefix: '/.auth' } },
  };
}
