/** A first-party application, from Microsoft's list of first-party apps and an export of Graph's service principals. */
interface WellKnownApp {
  id: string;
  name: string;
  /** Hosts of its resource URLs, present when it is an API tokens are made for. */
  apiHosts?: string[];
}

export const GRAPH_NAME = 'Microsoft Graph';

const APPS: WellKnownApp[] = [
  {
    id: '00000003-0000-0000-c000-000000000000',
    name: GRAPH_NAME,
    apiHosts: [
      'graph.microsoft.com',
      'graph.microsoft.us',
      'dod-graph.microsoft.us',
      'microsoftgraph.chinacloudapi.cn',
    ],
  },
  { id: '00000002-0000-0000-c000-000000000000', name: 'Azure AD Graph (retired)', apiHosts: ['graph.windows.net'] },
  {
    id: '797f4846-ba00-4fd7-ba43-dac1f8f63013',
    name: 'Azure Resource Manager',
    apiHosts: [
      'management.azure.com',
      'management.core.windows.net',
      'management.usgovcloudapi.net',
      'management.core.usgovcloudapi.net',
    ],
  },
  { id: 'cfa8b339-82a2-471a-a3c9-0fc0be7a4093', name: 'Azure Key Vault', apiHosts: ['vault.azure.net'] },
  { id: 'e406a681-f3d4-42a8-90b6-c2b029497af1', name: 'Azure Storage', apiHosts: ['storage.azure.com'] },
  { id: '022907d3-0f1b-48f7-badc-1ba6abab6d66', name: 'Azure SQL Database', apiHosts: ['database.windows.net'] },
  { id: '499b84ac-1321-427f-aa17-267ca6975798', name: 'Azure DevOps', apiHosts: [] },
  { id: 'ca7f3f0b-7d91-482c-8e09-c5d840d0eac5', name: 'Log Analytics API', apiHosts: [] },
  { id: 'f5c26e74-f226-4ae8-85f0-b4af0080ac9e', name: 'Application Insights API', apiHosts: [] },
  { id: '80369ed6-5f11-4dd9-bef3-692475845e77', name: 'Azure Event Hubs', apiHosts: ['eventhubs.azure.net'] },
  {
    id: '7d312290-28c8-473c-a0ed-8e53749b6d6d',
    name: 'Azure Cognitive Services',
    apiHosts: ['cognitiveservices.azure.com'],
  },
  { id: 'abfa0a7c-a6b6-4736-8310-5855508787cd', name: 'Azure App Service', apiHosts: [] },
  { id: 'aebc6443-996d-45c2-90f0-388ff96faa56', name: 'Visual Studio Code' },
  { id: '04b07795-8ddb-461a-bbee-02f9e1bf7b46', name: 'Azure CLI' },
  { id: '1950a258-227b-4e31-a9cf-717495945fc2', name: 'Azure PowerShell' },
  { id: 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c', name: 'Azure portal' },
  { id: '04f0c124-f2bc-4f59-8241-bf6df9866bbd', name: 'Visual Studio' },
  { id: 'de8bc8b5-d9f9-48b1-a8ad-b748da725064', name: 'Graph Explorer' },
  { id: '14d82eec-204b-4c2f-b7e8-296a70dab67e', name: 'Microsoft Graph Command Line Tools' },
];

const appById = new Map(APPS.map((app) => [app.id, app]));
const apiNameByHost = new Map(APPS.flatMap((app) => (app.apiHosts ?? []).map((host) => [host, app.name])));

/** Name of a first-party Microsoft application by its id, in any letter case; undefined for any other. */
export function wellKnownAppName(appId: string): string | undefined {
  return appById.get(appId.toLowerCase())?.name;
}

/**
 * Name of the Microsoft API an audience means, by application id or resource URL; undefined for any other audience.
 * Letter case of id and host, trailing slashes and a `spn:` prefix do not matter: Entra issues all of these.
 * Only for naming: a validator compares audiences exactly.
 */
export function microsoftApiOf(audience: string): string | undefined {
  const plain = withoutTrailingSlashes(audience.replace(/^spn:/i, ''));
  const app = appById.get(plain.toLowerCase());
  if (app) return app.apiHosts && app.name;
  const host = /^https:\/\/([^/?#]+)$/i.exec(plain)?.[1];
  return host && apiNameByHost.get(host.toLowerCase());
}

function withoutTrailingSlashes(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === '/') end--;
  return text.slice(0, end);
}
