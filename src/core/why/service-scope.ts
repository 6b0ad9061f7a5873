import { resourceOf } from '../entra/scope-resource.ts';
import { microsoftApiOf } from '../token/well-known-apps.ts';

/** Services by the end of their host, and the scope of each. Source: each service's page on Entra authorization. */
const SCOPES: readonly (readonly [host: RegExp, scope: string])[] = [
  [/^graph\.microsoft\.com$/, 'https://graph.microsoft.com/.default'],
  [/^graph\.microsoft\.us$/, 'https://graph.microsoft.us/.default'],
  [/^management\.azure\.com$/, 'https://management.azure.com/.default'],
  [/\.vault\.azure\.net$/, 'https://vault.azure.net/.default'],
  [/\.(?:blob|dfs|queue|table|file)\.core\.windows\.net$/, 'https://storage.azure.com/.default'],
  [/\.(?:openai|cognitiveservices)\.azure\.com$/, 'https://cognitiveservices.azure.com/.default'],
  [/\.servicebus\.windows\.net$/, 'https://servicebus.azure.net/.default'],
  [/\.search\.windows\.net$/, 'https://search.azure.com/.default'],
  [/\.azconfig\.io$/, 'https://azconfig.io/.default'],
  [/\.documents\.azure\.com$/, 'https://cosmos.azure.com/.default'],
  // Its audience ends in a slash, which the scope keeps.
  [/\.batch\.azure\.com$/, 'https://batch.core.windows.net//.default'],
];

/** The scope to ask for to call a service of Microsoft's at this address; undefined for any other address. */
export function serviceScopeOf(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { hostname } = new URL(url);
  return SCOPES.find(([host]) => host.test(hostname))?.[1];
}

/** Name of the Microsoft API that this address is of, where its tokens belong; undefined for any other address. */
export function serviceNameOf(url: string): string | undefined {
  const scope = serviceScopeOf(url);
  return scope === undefined ? undefined : microsoftApiOf(resourceOf(scope));
}
