import { type AzureService, sovereignPlaces } from './service.ts';

/** Who manages: directory, resources, secrets, monitoring, source code. */
export const MANAGEMENT_SERVICES = {
  graph: {
    name: 'Microsoft Graph',
    appIds: ['00000003-0000-0000-c000-000000000000'],
    listeners: 'microsoft',
    target: 'graph',
    places: {
      public: { hosts: ['graph.microsoft.com'], audiences: ['https://graph.microsoft.com'] },
      usgov: {
        hosts: ['graph.microsoft.us', 'dod-graph.microsoft.us'],
        audiences: ['https://graph.microsoft.us', 'https://dod-graph.microsoft.us'],
      },
      china: { hosts: ['microsoftgraph.chinacloudapi.cn'], audiences: ['https://microsoftgraph.chinacloudapi.cn'] },
      ...sovereignPlaces(['fr', 'de', 'sg'], (country) => ({
        hosts: [`graph.svc.sovcloud.${country}`],
        audiences: [`https://graph.svc.sovcloud.${country}`],
      })),
    },
    source: '1P, GRAPH, MGPS',
  },
  aadGraph: {
    name: 'Azure AD Graph (retired)',
    appIds: ['00000002-0000-0000-c000-000000000000'],
    listeners: 'microsoft',
    target: 'graph',
    places: {
      public: { hosts: ['graph.windows.net'], audiences: ['https://graph.windows.net'] },
      usgov: { hosts: ['graph.microsoftazure.us'], audiences: ['https://graph.microsoftazure.us'] },
      china: { hosts: ['graph.chinacloudapi.cn'], audiences: ['https://graph.chinacloudapi.cn'] },
    },
    source: '1P, ENV',
  },
  resourceManager: {
    name: 'Azure Resource Manager',
    appIds: ['797f4846-ba00-4fd7-ba43-dac1f8f63013'],
    listeners: 'microsoft',
    target: 'arm',
    places: {
      public: {
        hosts: ['management.azure.com', '*.management.azure.com', 'management.core.windows.net'],
        audiences: ['https://management.azure.com', 'https://management.core.windows.net'],
      },
      usgov: {
        hosts: ['management.usgovcloudapi.net', '*.management.usgovcloudapi.net', 'management.core.usgovcloudapi.net'],
        audiences: ['https://management.usgovcloudapi.net', 'https://management.core.usgovcloudapi.net'],
      },
      china: {
        hosts: ['management.chinacloudapi.cn', '*.management.chinacloudapi.cn', 'management.core.chinacloudapi.cn'],
        audiences: ['https://management.chinacloudapi.cn', 'https://management.core.chinacloudapi.cn'],
      },
      ...sovereignPlaces(['fr', 'de'], (country) => ({
        hosts: [`management.sovcloud-api.${country}`, `management.core.sovcloud-api.${country}`],
        audiences: [`https://management.sovcloud-api.${country}`, `https://management.core.sovcloud-api.${country}`],
      })),
    },
    source: '1P, ENV, ARMCLIENT',
  },
  keyVault: {
    name: 'Azure Key Vault',
    appIds: ['cfa8b339-82a2-471a-a3c9-0fc0be7a4093'],
    listeners: 'microsoft',
    target: 'keyVault',
    places: {
      public: { hosts: ['*.vault.azure.net'], audiences: ['https://vault.azure.net'] },
      usgov: { hosts: ['*.vault.usgovcloudapi.net'], audiences: ['https://vault.usgovcloudapi.net'] },
      china: { hosts: ['*.vault.azure.cn'], audiences: ['https://vault.azure.cn'] },
      ...sovereignPlaces(['fr', 'de'], (country) => ({
        hosts: [`*.vault.sovcloud-api.${country}`],
        audiences: [`https://vault.sovcloud-api.${country}`],
      })),
    },
    source: 'MERILL, ENV, DNS, ARMCLIENT',
  },
  managedHsm: {
    name: 'Azure Managed HSM',
    appIds: ['589d5083-6f11-4d30-a62a-a4b316a14abf'],
    listeners: 'microsoft',
    target: 'keyVault',
    places: {
      public: {
        hosts: ['*.managedhsm.azure.net'],
        audiences: ['https://managedhsm.azure.net'],
        unconfirmed: ['https://managedhsm.azure.net'],
      },
      usgov: {
        hosts: ['*.managedhsm.usgovcloudapi.net'],
        audiences: ['https://managedhsm.usgovcloudapi.net'],
        unconfirmed: ['https://managedhsm.usgovcloudapi.net'],
      },
      china: {
        hosts: ['*.managedhsm.azure.cn'],
        audiences: ['https://managedhsm.azure.cn'],
        unconfirmed: ['https://managedhsm.azure.cn'],
      },
    },
    source: 'CLI, DNS, MERILL',
  },
  attestation: {
    name: 'Azure Attestation',
    listeners: 'microsoft',
    places: { public: { hosts: ['*.attest.azure.net'], audiences: ['https://attest.azure.net'] } },
    source: 'SDK, DNS',
  },
  monitor: {
    name: 'Azure Monitor',
    appIds: ['e933bd07-d2ee-4f1d-933c-3752b819567b'],
    listeners: 'microsoft',
    target: 'dataPlane',
    places: {
      public: { hosts: ['*.ingest.monitor.azure.com'], audiences: ['https://monitor.azure.com'] },
      usgov: { hosts: ['*.ingest.monitor.azure.us'], audiences: ['https://monitor.azure.us'] },
      china: { hosts: ['*.ingest.monitor.azure.cn'], audiences: ['https://monitor.azure.cn'] },
      ...sovereignPlaces(['fr'], (country) => ({
        hosts: [`*.ingest.monitor.sovcloud-api.${country}`],
        audiences: [`https://monitor.sovcloud-api.${country}`],
        unconfirmed: [`*.ingest.monitor.sovcloud-api.${country}`],
      })),
    },
    source: 'SDK, SPN, AGENT',
  },
  monitorMetrics: {
    name: 'Azure Monitor Metrics',
    listeners: 'microsoft',
    places: {
      public: { hosts: ['*.metrics.monitor.azure.com'], audiences: ['https://metrics.monitor.azure.com'] },
      usgov: {
        hosts: ['*.metrics.monitor.azure.us'],
        audiences: ['https://metrics.monitor.azure.us'],
        unconfirmed: ['*.metrics.monitor.azure.us'],
      },
      china: {
        hosts: ['*.metrics.monitor.azure.cn'],
        audiences: ['https://metrics.monitor.azure.cn'],
        unconfirmed: ['*.metrics.monitor.azure.cn'],
      },
    },
    source: 'SDK',
  },
  prometheus: {
    name: 'Azure Monitor workspace (Prometheus)',
    listeners: 'microsoft',
    places: {
      public: { hosts: ['*.prometheus.monitor.azure.com'], audiences: ['https://prometheus.monitor.azure.com'] },
    },
    source: 'DNS',
  },
  logAnalytics: {
    name: 'Log Analytics API',
    appIds: ['ca7f3f0b-7d91-482c-8e09-c5d840d0eac5'],
    listeners: 'microsoft',
    target: 'dataPlane',
    places: {
      public: {
        hosts: ['api.loganalytics.io', 'api.loganalytics.azure.com'],
        audiences: ['https://api.loganalytics.io', 'https://api.loganalytics.azure.com'],
        unconfirmed: ['https://api.loganalytics.azure.com'],
      },
      usgov: { hosts: ['api.loganalytics.us'], audiences: ['https://api.loganalytics.us'] },
      china: { hosts: ['api.loganalytics.azure.cn'], audiences: ['https://api.loganalytics.azure.cn'] },
    },
    source: 'MERILL, SDK',
  },
  applicationInsights: {
    name: 'Application Insights API',
    appIds: ['f5c26e74-f226-4ae8-85f0-b4af0080ac9e'],
    listeners: 'microsoft',
    places: {
      public: {
        hosts: ['api.applicationinsights.io', 'api.applicationinsights.azure.com'],
        audiences: ['https://api.applicationinsights.io'],
        unconfirmed: ['https://api.applicationinsights.io'],
      },
      usgov: {
        hosts: ['api.applicationinsights.us'],
        audiences: ['https://api.applicationinsights.us'],
        unconfirmed: ['api.applicationinsights.us', 'https://api.applicationinsights.us'],
      },
    },
    source: 'MERILL',
  },
  // Tunnels of customers answer deeper below `visualstudio.com`.
  devOps: {
    name: 'Azure DevOps',
    appIds: ['499b84ac-1321-427f-aa17-267ca6975798'],
    listeners: 'microsoft',
    places: {
      public: {
        hosts: [
          ...['dev.azure.com', '*.dev.azure.com', '?.visualstudio.com', 'app.vssps.visualstudio.com'],
          ...[
            '?.vssps.visualstudio.com',
            '?.vsrm.visualstudio.com',
            '?.pkgs.visualstudio.com',
            '?.vstmr.visualstudio.com',
          ],
        ],
        audiences: ['https://app.vssps.visualstudio.com'],
        unconfirmed: ['https://app.vssps.visualstudio.com'],
      },
    },
    source: 'MERILL, DEVOPS',
  },
  devCenter: {
    name: 'Microsoft Dev Center',
    appIds: ['e526e72f-ffae-44a0-8dac-cf14b8bd40e2'],
    listeners: 'microsoft',
    places: {
      public: {
        hosts: ['*.devcenter.azure.com'],
        audiences: ['https://devcenter.azure.com'],
        unconfirmed: ['https://devcenter.azure.com'],
      },
    },
    source: 'SDK, SPN',
  },
  // Its registry and its portal, both Microsoft's own.
  apiCenter: {
    name: 'Azure API Center',
    appIds: ['c3ca1a77-7a87-4dba-b8f8-eea115ae4573'],
    listeners: 'microsoft',
    places: { public: { hosts: ['*.azure-apicenter.ms'], audiences: ['https://azure-apicenter.net'] } },
    source: 'APICENTER, SPN',
  },
  privilegedIdentity: {
    name: 'Privileged Identity Management',
    appIds: ['01fc33a7-78ba-4d2f-a4b7-768e336e890e'],
    listeners: 'microsoft',
    places: {
      public: {
        hosts: ['api.azrbac.mspim.azure.com'],
        audiences: ['https://api.azrbac.mspim.azure.com', 'https://mspim.azure.com'],
        unconfirmed: ['api.azrbac.mspim.azure.com', 'https://api.azrbac.mspim.azure.com', 'https://mspim.azure.com'],
      },
    },
    source: '1P',
  },
} as const satisfies Record<string, AzureService>;
