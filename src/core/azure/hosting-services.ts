import { type AzureService, sovereignPlaces } from './service.ts';

/** Who runs and fronts what customers built: below most of these hosts a customer answers, whatever Microsoft's name. */
export const HOSTING_SERVICES = {
  // New default host names have a hash and a region: `orders-a1b2.westeurope-01.azurewebsites.net` (APP).
  appService: {
    name: 'Azure App Service',
    appIds: ['abfa0a7c-a6b6-4736-8310-5855508787cd'],
    listeners: 'customers',
    target: 'appService',
    places: {
      public: { hosts: ['*.azurewebsites.net', '*.appserviceenvironment.net'], audiences: [] },
      usgov: { hosts: ['*.azurewebsites.us', '*.appserviceenvironment.us'], audiences: [] },
      china: { hosts: ['*.chinacloudsites.cn', '*.appserviceenvironment.cn'], audiences: [] },
      'sovereign-fr': { hosts: ['*.azurewebsites.fr'], audiences: [] },
      'sovereign-de': { hosts: ['*.azurewebsites.de'], audiences: [] },
    },
    source: 'MERILL, APP, DNS, ARMCLIENT',
  },
  // Takes tokens for Resource Manager (KUDU). Extensions that the app's owner installs answer beside it.
  kudu: {
    name: 'Kudu of Azure App Service',
    listeners: 'mixed',
    target: 'appService',
    alsoTakes: ['resourceManager', 'appService'],
    places: {
      public: { hosts: ['*.scm.azurewebsites.net'], audiences: [] },
      usgov: { hosts: ['*.scm.azurewebsites.us'], audiences: [] },
      china: { hosts: ['*.scm.chinacloudsites.cn'], audiences: [] },
      'sovereign-fr': { hosts: ['*.scm.azurewebsites.fr'], audiences: [] },
      'sovereign-de': { hosts: ['*.scm.azurewebsites.de'], audiences: [] },
    },
    source: 'KUDU, DNS, ARMCLIENT',
  },
  staticWebApps: {
    name: 'Azure Static Web Apps',
    listeners: 'customers',
    target: 'staticWebApp',
    places: { public: { hosts: ['*.azurestaticapps.net'], audiences: [] } },
    source: 'SWA, DNS',
  },
  // A region's own gateway: `orders-westeurope-01.regional.azure-api.net`; one of a workspace: `….gateway.westeurope.azure-api.net`.
  apiManagement: {
    name: 'Azure API Management',
    listeners: 'customers',
    target: 'apim',
    places: {
      public: { hosts: ['*.azure-api.net'], audiences: ['https://azure-api.net/authorization-manager'] },
      usgov: { hosts: ['*.azure-api.us'], audiences: [] },
      china: { hosts: ['*.azure-api.cn'], audiences: [] },
    },
    source: 'APIM, GOV, CHINA',
  },
  // Logic Apps answers, and an OAuth trigger takes tokens for Resource Manager; a workflow may be handed the header of its trigger.
  logicApps: {
    name: 'Azure Logic Apps',
    listeners: 'mixed',
    target: 'logicApp',
    alsoTakes: ['resourceManager'],
    places: {
      public: { hosts: ['*.logic.azure.com'], audiences: [] },
      usgov: { hosts: ['*.logic.azure.us'], audiences: [] },
      china: { hosts: ['*.logic.azure.cn'], audiences: [] },
    },
    source: 'LOGIC',
  },
  containerApps: {
    name: 'Azure Container Apps',
    listeners: 'customers',
    places: {
      public: { hosts: ['*.azurecontainerapps.io', '*.azurecontainer.io'], audiences: [] },
      usgov: { hosts: ['*.azurecontainerapps.us', '*.azurecontainer.us'], audiences: [] },
      china: { hosts: ['*.azurecontainerapps.cn', '*.azurecontainer.cn'], audiences: [] },
    },
    source: 'ACA',
  },
  // The API server leads on to what runs in the cluster.
  kubernetes: {
    name: 'Azure Kubernetes Service',
    appIds: ['6dae42f8-4368-4678-94ff-3960e28e3630'],
    listeners: 'mixed',
    places: {
      public: { hosts: ['*.azmk8s.io', '*.aksapp.io'], audiences: [] },
      usgov: { hosts: ['*.cx.aks.containerservice.azure.us'], audiences: [] },
      china: { hosts: ['*.cx.prod.service.azk8s.cn'], audiences: [] },
    },
    source: 'AKS',
  },
  containerRegistry: {
    name: 'Azure Container Registry',
    appIds: ['76c92352-c057-4cc2-9b1e-f34c32bc58bd', '6a0ec4d3-30cb-4a83-91c0-ae56bc0e3d26'],
    listeners: 'microsoft',
    alsoTakes: ['resourceManager'],
    places: {
      public: { hosts: ['*.azurecr.io'], audiences: ['https://containerregistry.azure.net'] },
      usgov: { hosts: ['*.azurecr.us'], audiences: ['https://containerregistry.azure.net'] },
      china: {
        hosts: ['*.azurecr.cn'],
        audiences: ['https://containerregistry.azure.net'],
        unconfirmed: ['*.azurecr.cn'],
      },
    },
    source: 'SDK, GOV, DNS, SPN, MERILL',
  },
  // Publishes what customers run at home: such an address is the App ID URI of the customer's own application.
  applicationProxy: {
    name: 'Microsoft Entra application proxy',
    listeners: 'customers',
    places: { public: { hosts: ['*.msappproxy.net'], audiences: [] } },
    source: 'PROXY',
  },
  frontDoor: {
    name: 'Azure Front Door',
    listeners: 'customers',
    places: {
      public: { hosts: ['*.azurefd.net'], audiences: [] },
      usgov: { hosts: ['*.azurefd.us'], audiences: [] },
      china: { hosts: ['*.azurefd.cn'], audiences: [] },
    },
    source: 'GOV, CHINA',
  },
  contentDelivery: {
    name: 'Azure CDN',
    listeners: 'customers',
    places: {
      public: { hosts: ['*.azureedge.net'], audiences: [] },
      usgov: { hosts: ['*.azureedge.us'], audiences: [] },
      china: { hosts: ['*.azureedge.cn'], audiences: [] },
    },
    source: 'GOV, CHINA',
  },
  trafficManager: {
    name: 'Azure Traffic Manager',
    listeners: 'customers',
    places: {
      public: { hosts: ['*.trafficmanager.net'], audiences: [] },
      usgov: { hosts: ['*.usgovtrafficmanager.net'], audiences: [] },
      china: { hosts: ['*.trafficmanager.cn'], audiences: [] },
    },
    source: 'GOV, CHINA',
  },
  virtualMachines: {
    name: 'Azure virtual machines and cloud services',
    listeners: 'customers',
    places: {
      public: { hosts: ['*.cloudapp.azure.com', '*.cloudapp.net'], audiences: [] },
      usgov: { hosts: ['*.cloudapp.usgovcloudapi.net', '*.usgovcloudapp.net'], audiences: [] },
      china: { hosts: ['*.cloudapp.chinacloudapi.cn', '*.chinacloudapp.cn'], audiences: [] },
    },
    source: 'GOV, CHINA',
  },
  staticSites: {
    name: 'Static website of a storage account',
    listeners: 'customers',
    places: {
      public: { hosts: ['*.web.core.windows.net', '*.web.storage.azure.net'], audiences: [] },
      usgov: { hosts: ['*.web.core.usgovcloudapi.net'], audiences: [] },
      china: { hosts: ['*.web.core.chinacloudapi.cn'], audiences: [] },
      ...sovereignPlaces([], (country) => ({ hosts: [`*.web.core.sovcloud-api.${country}`], audiences: [] })),
    },
    source: 'STORAGE, DNS',
  },
  tunnels: {
    name: 'Dev tunnels',
    listeners: 'customers',
    places: {
      public: {
        hosts: ['*.devtunnels.ms', '*.tunnels.api.visualstudio.com', '*.apps.vsengsaas.visualstudio.com'],
        audiences: [],
      },
    },
    source: 'DEVOPS',
  },
  databricksApps: {
    name: 'Databricks app',
    listeners: 'customers',
    places: { public: { hosts: ['*.azure.databricksapps.com', '*.azuredatabricksapps.com'], audiences: [] } },
    source: 'DATABRICKS',
  },
  springApps: {
    name: 'Azure Spring Apps',
    listeners: 'customers',
    places: { public: { hosts: ['*.azuremicroservices.io'], audiences: [] } },
    source: 'DNS',
  },
  hdInsight: {
    name: 'Azure HDInsight',
    listeners: 'mixed',
    places: {
      public: { hosts: ['*.azurehdinsight.net'], audiences: [] },
      usgov: { hosts: ['*.azurehdinsight.us'], audiences: [] },
      china: { hosts: ['*.azurehdinsight.cn'], audiences: [] },
    },
    source: 'DNS',
  },
  grafana: {
    name: 'Azure Managed Grafana',
    appIds: ['ce34e7e5-485f-4d76-964f-b3d2b16d1e4f'],
    listeners: 'mixed',
    places: { public: { hosts: ['*.grafana.azure.com'], audiences: [] } },
    source: 'DNS, MERILL',
  },
  automation: {
    name: 'Azure Automation',
    listeners: 'mixed',
    places: {
      public: { hosts: ['*.azure-automation.net'], audiences: [] },
      usgov: { hosts: ['*.azure-automation.us'], audiences: [] },
    },
    source: 'DNS',
  },
} as const satisfies Record<string, AzureService>;
