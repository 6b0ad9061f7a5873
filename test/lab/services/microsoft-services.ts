import { randomBytes } from 'node:crypto';
import type { CheckToken } from '../apps/token-authority.ts';
import { APPS, CONTOSO } from '../entra-tenant.ts';
import type { LabRoute } from '../loopback-server.ts';
import { type AzureOpenAi, azureOpenAiRoute } from './azure-openai.ts';
import { type Graph, graphRoute, practiceGraph } from './graph.ts';
import { type KeyVault, keyVaultRoute, practiceVault } from './key-vault.ts';
import { practiceResourceManager, type ResourceManager, resourceManagerRoute } from './resource-manager.ts';
import { practiceStorage, type StorageAccount, storageRoute } from './storage.ts';

/** What each service of the lab knows and allows. */
export interface MicrosoftServices {
  keyVault: KeyVault;
  resourceManager: ResourceManager;
  graph: Graph;
  storage: StorageAccount;
  openAi: AzureOpenAi;
}

/** The services of the lab's cloud: Megan and the nightly job may do everything in them. */
export function microsoftServices(world: { checkToken: CheckToken; origin: string; now: () => number }): {
  settings: MicrosoftServices;
  routes: Record<keyof MicrosoftServices, LabRoute>;
} {
  const allowed = [CONTOSO.users[0].id, APPS.nightlyJob.servicePrincipalId];
  const settings: MicrosoftServices = {
    keyVault: practiceVault(allowed),
    resourceManager: practiceResourceManager(allowed),
    graph: practiceGraph(),
    storage: practiceStorage(allowed),
    openAi: { key: randomBytes(16).toString('hex'), users: [...allowed] },
  };
  return {
    settings,
    routes: {
      keyVault: keyVaultRoute(settings.keyVault, world),
      resourceManager: resourceManagerRoute(settings.resourceManager, world),
      graph: graphRoute(settings.graph, world),
      storage: storageRoute(settings.storage, world),
      openAi: azureOpenAiRoute(settings.openAi, world),
    },
  };
}
