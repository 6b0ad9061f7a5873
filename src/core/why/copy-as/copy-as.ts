import { writeValidateAzureAdToken, writeValidateJwt } from './api-management-policy.ts';
import { writeAppServiceSettings } from './app-service-settings.ts';
import { writeAspNetCoreSettings } from './aspnet-core-settings.ts';
import { writeNodeSnippet } from './node-snippet.ts';
import { writePythonSnippet } from './python-snippet.ts';
import type { Settings } from './settings.ts';
import type { NoRules, TokenRules } from './token-rules.ts';

export interface SettingsWriter {
  id: 'validateJwt' | 'validateAzureAdToken' | 'appService' | 'aspNetCore' | 'node' | 'python';
  title: string;
  write: (rules: TokenRules) => Settings;
}

/** What "Copy As" offers, in order. */
export const SETTINGS_WRITERS: readonly SettingsWriter[] = [
  { id: 'validateJwt', title: 'API Management: validate-jwt policy', write: writeValidateJwt },
  {
    id: 'validateAzureAdToken',
    title: 'API Management: validate-azure-ad-token policy',
    write: writeValidateAzureAdToken,
  },
  { id: 'appService', title: 'App Service authentication settings', write: writeAppServiceSettings },
  { id: 'aspNetCore', title: 'ASP.NET Core: appsettings.json', write: writeAspNetCoreSettings },
  { id: 'node', title: 'Node: jose', write: writeNodeSnippet },
  { id: 'python', title: 'Python: PyJWT', write: writePythonSnippet },
];

/** Why nothing can be written from a token. */
export const NO_RULES_TEXTS: Record<NoRules, string> = {
  claims: 'The token names no issuer, audience or algorithm.',
  keys: 'The token was not validated with keys of its authority.',
  issuer: 'The token’s issuer is none that profile or metadata name.',
  tenants: 'Profile and metadata stand for many tenants, and nobody says which may call: give "allowedTenants".',
  text: 'A claim of the token holds characters that have no place in settings.',
};
