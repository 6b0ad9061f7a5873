import { type AzureService, sovereignPlaces } from './service.ts';

/** Who keeps data: storage, databases, analytics, configuration. */
export const DATA_SERVICES = {
  storage: {
    name: 'Azure Storage',
    appIds: ['e406a681-f3d4-42a8-90b6-c2b029497af1'],
    listeners: 'microsoft',
    target: 'storage',
    // An account's name has no hyphen: nobody else's is `…-secondary`.
    furtherHosts: [
      [/^([a-z0-9]+)-secondary\./, '$1.'],
      [/^([a-z0-9]+)\.dfs\./, '$1.blob.'],
    ],
    places: {
      public: {
        hosts: [
          '*.blob.core.windows.net',
          '*.dfs.core.windows.net',
          '*.queue.core.windows.net',
          '*.table.core.windows.net',
          '*.file.core.windows.net',
          '*.blob.storage.azure.net',
          '*.dfs.storage.azure.net',
          '*.queue.storage.azure.net',
          '*.table.storage.azure.net',
          '*.file.storage.azure.net',
        ],
        audiences: ['https://storage.azure.com'],
      },
      usgov: {
        hosts: [
          '*.blob.core.usgovcloudapi.net',
          '*.dfs.core.usgovcloudapi.net',
          '*.queue.core.usgovcloudapi.net',
          '*.table.core.usgovcloudapi.net',
          '*.file.core.usgovcloudapi.net',
        ],
        audiences: ['https://storage.azure.com'],
      },
      china: {
        hosts: [
          '*.blob.core.chinacloudapi.cn',
          '*.dfs.core.chinacloudapi.cn',
          '*.queue.core.chinacloudapi.cn',
          '*.table.core.chinacloudapi.cn',
          '*.file.core.chinacloudapi.cn',
        ],
        audiences: ['https://storage.azure.com'],
      },
      ...sovereignPlaces(['fr', 'de', 'sg'], (country) => ({
        hosts: ['blob', 'dfs', 'queue', 'table', 'file'].map((kind) => `*.${kind}.core.sovcloud-api.${country}`),
        audiences: ['https://storage.azure.com'],
        unconfirmed: ['https://storage.azure.com'],
      })),
    },
    source: 'MERILL, SDK, ENV, DNS, STORAGE, AZCOPY',
  },
  oneLake: {
    name: 'OneLake',
    listeners: 'microsoft',
    alsoTakes: ['storage'],
    places: {
      public: { hosts: ['*.dfs.fabric.microsoft.com', '*.blob.fabric.microsoft.com'], audiences: [] },
      'sovereign-fr': { hosts: ['*.dfs.fabric.sovcloud-api.fr', '*.blob.fabric.sovcloud-api.fr'], audiences: [] },
    },
    source: 'FABRIC, SDK_CPP',
  },
  dataLakeGen1: {
    name: 'Azure Data Lake',
    appIds: ['e9f49c6b-5ce5-44c8-925d-015017e9f7ad'],
    listeners: 'microsoft',
    places: {
      public: {
        hosts: ['*.azuredatalakestore.net', '*.azuredatalakeanalytics.net'],
        audiences: ['https://datalake.azure.net'],
      },
    },
    source: 'MERILL, ENV',
  },
  sql: {
    name: 'Azure SQL Database',
    appIds: ['022907d3-0f1b-48f7-badc-1ba6abab6d66'],
    listeners: 'microsoft',
    target: 'dataPlane',
    places: {
      public: { hosts: ['*.database.windows.net'], audiences: ['https://database.windows.net/'] },
      usgov: { hosts: ['*.database.usgovcloudapi.net'], audiences: ['https://database.usgovcloudapi.net/'] },
      china: { hosts: ['*.database.chinacloudapi.cn'], audiences: ['https://database.chinacloudapi.cn/'] },
    },
    source: '1P, ENV, DNS',
  },
  openSourceDatabases: {
    name: 'Azure Database for PostgreSQL and MySQL',
    appIds: ['123cd850-d9df-40bd-94d5-c9f07b7fa203'],
    listeners: 'microsoft',
    places: {
      public: {
        hosts: ['*.postgres.database.azure.com', '*.mysql.database.azure.com', '*.mariadb.database.azure.com'],
        audiences: ['https://ossrdbms-aad.database.windows.net'],
      },
      usgov: {
        hosts: ['*.postgres.database.usgovcloudapi.net', '*.mysql.database.usgovcloudapi.net'],
        audiences: ['https://ossrdbms-aad.database.usgovcloudapi.net'],
        unconfirmed: ['https://ossrdbms-aad.database.usgovcloudapi.net'],
      },
      china: {
        hosts: ['*.postgres.database.chinacloudapi.cn', '*.mysql.database.chinacloudapi.cn'],
        audiences: ['https://ossrdbms-aad.database.chinacloudapi.cn'],
        unconfirmed: ['https://ossrdbms-aad.database.chinacloudapi.cn'],
      },
    },
    source: 'DNS, GOV',
  },
  cosmos: {
    name: 'Azure Cosmos DB',
    appIds: ['f8202e39-5162-4378-8714-8018bb911e5c', 'a232010e-820c-4083-83bb-3ace5fc29d0b'],
    listeners: 'microsoft',
    target: 'dataPlane',
    // `orders-westeurope`: an account in one of its regions. Another's account may have that name: Microsoft answers there, too.
    furtherHosts: [[/^([a-z0-9-]*[a-z0-9])-[a-z0-9]+\.(?=documents\.)/, '$1.']],
    places: {
      public: {
        hosts: ['*.documents.azure.com', '*.cosmos.azure.com'],
        audiences: ['https://cosmos.azure.com'],
      },
      usgov: {
        hosts: ['*.documents.azure.us', '*.cosmos.azure.us'],
        audiences: ['https://cosmos.azure.us'],
        unconfirmed: ['https://cosmos.azure.us'],
      },
      china: {
        hosts: ['*.documents.azure.cn', '*.cosmos.azure.cn'],
        audiences: ['https://cosmos.azure.cn'],
        unconfirmed: ['https://cosmos.azure.cn'],
      },
    },
    source: 'SDK, GOV, DNS, MERILL, AZMCP',
  },
  redis: {
    name: 'Azure Cache for Redis',
    appIds: ['acca5fbb-b7e4-4009-81f1-37e38fd66d78'],
    listeners: 'microsoft',
    places: {
      public: {
        hosts: ['*.redis.cache.windows.net', '*.redisenterprise.cache.azure.net', '*.redis.azure.net'],
        audiences: ['https://redis.azure.com'],
      },
      usgov: {
        hosts: ['*.redis.cache.usgovcloudapi.net'],
        audiences: ['https://redis.azure.us'],
        unconfirmed: ['https://redis.azure.us'],
      },
      china: {
        hosts: ['*.redis.cache.chinacloudapi.cn'],
        audiences: ['https://redis.azure.cn'],
        unconfirmed: ['*.redis.cache.chinacloudapi.cn', 'https://redis.azure.cn'],
      },
      ...sovereignPlaces(['fr', 'de', 'sg'], (country) => ({
        hosts: [`*.redis.sovcloud-api.${country}`],
        audiences: [],
      })),
    },
    source: 'GOV, DNS, REDIS, REDIS_AUTH',
  },
  appConfiguration: {
    name: 'Azure App Configuration',
    appIds: ['35ffadb3-7fc1-497e-b61b-381d28e744cc'],
    listeners: 'microsoft',
    target: 'dataPlane',
    places: {
      public: { hosts: ['*.azconfig.io'], audiences: ['https://azconfig.io', 'https://appconfig.azure.com'] },
      usgov: { hosts: ['*.azconfig.azure.us'], audiences: ['https://appconfig.azure.us'] },
      china: {
        hosts: ['*.azconfig.azure.cn'],
        audiences: ['https://appconfig.azure.cn'],
        unconfirmed: ['*.azconfig.azure.cn'],
      },
      ...sovereignPlaces(['fr'], (country) => ({
        hosts: [`*.azconfig.sovcloud-api.${country}`],
        audiences: [`https://appconfig.sovcloud-api.${country}`],
      })),
    },
    source: 'SDK, GOV, DNS, SDK_GO',
  },
  synapse: {
    name: 'Azure Synapse Analytics',
    listeners: 'microsoft',
    places: {
      public: {
        hosts: ['*.dev.azuresynapse.net', '*.sql.azuresynapse.net'],
        audiences: ['https://dev.azuresynapse.net'],
      },
      usgov: {
        hosts: ['*.dev.azuresynapse.usgovcloudapi.net', '*.sql.azuresynapse.usgovcloudapi.net'],
        audiences: ['https://dev.azuresynapse.usgovcloudapi.net'],
      },
      china: {
        hosts: ['*.dev.azuresynapse.azure.cn', '*.sql.azuresynapse.azure.cn'],
        audiences: ['https://dev.azuresynapse.azure.cn'],
        unconfirmed: [
          '*.dev.azuresynapse.azure.cn',
          '*.sql.azuresynapse.azure.cn',
          'https://dev.azuresynapse.azure.cn',
        ],
      },
    },
    source: 'DNS',
  },
  dataExplorer: {
    name: 'Azure Data Explorer',
    appIds: ['2746ea77-4702-4b45-80ca-3c97e680e8b7'],
    listeners: 'microsoft',
    target: 'dataPlane',
    // A cluster's name has no hyphen: `ingest-orders` is where `orders` takes data in.
    furtherHosts: [[/^ingest-/, '']],
    places: {
      public: {
        hosts: ['*.kusto.windows.net', '*.kusto.azuresynapse.net', '*.kusto.fabric.microsoft.com'],
        audiences: ['https://kusto.kusto.windows.net'],
        unconfirmed: ['*.kusto.azuresynapse.net', '*.kusto.fabric.microsoft.com', 'https://kusto.kusto.windows.net'],
      },
      usgov: {
        hosts: ['*.kusto.usgovcloudapi.net'],
        audiences: ['https://kusto.kusto.usgovcloudapi.net'],
        unconfirmed: ['*.kusto.usgovcloudapi.net', 'https://kusto.kusto.usgovcloudapi.net'],
      },
      china: {
        hosts: ['*.kusto.chinacloudapi.cn', '*.kusto.windows.cn'],
        audiences: ['https://kusto.kusto.chinacloudapi.cn'],
        unconfirmed: ['*.kusto.chinacloudapi.cn', 'https://kusto.kusto.chinacloudapi.cn'],
      },
      ...sovereignPlaces(['fr', 'de', 'sg'], (country) => ({
        hosts: [`*.kusto.sovcloud-api.${country}`],
        audiences: [`https://kusto.kusto.sovcloud-api.${country}`],
        unconfirmed: [`https://kusto.kusto.sovcloud-api.${country}`],
      })),
    },
    source: 'KUSTO, DNS, MERILL, KUSTO_SDK',
  },
  purview: {
    name: 'Microsoft Purview',
    appIds: ['73c2949e-da2d-457a-9607-fcc665198967'],
    listeners: 'microsoft',
    places: {
      public: {
        hosts: ['*.purview.azure.com', 'api.purview-service.microsoft.com'],
        audiences: ['https://purview.azure.net'],
        unconfirmed: ['api.purview-service.microsoft.com'],
      },
      usgov: {
        hosts: ['*.purview.azure.us'],
        audiences: ['https://purview.azure.us'],
        unconfirmed: ['https://purview.azure.us'],
      },
    },
    source: 'SDK, DNS',
  },
  // Databricks answers at a workspace's own host; apps of its customers have a domain of theirs. A token for Resource Manager
  // shows in X-Databricks-Azure-SP-Management-Token that a service principal may manage the workspace.
  databricks: {
    name: 'Azure Databricks',
    appIds: ['2ff814a6-3304-4ab8-85cb-cd0e6f879c1d'],
    listeners: 'mixed',
    alsoTakes: ['resourceManager'],
    places: {
      public: {
        hosts: ['*.azuredatabricks.net'],
        audiences: ['https://azuredatabricks.net'],
        unconfirmed: ['https://azuredatabricks.net'],
      },
      usgov: {
        hosts: ['*.databricks.azure.us'],
        audiences: ['https://databricks.azure.us'],
        unconfirmed: ['https://databricks.azure.us'],
      },
      china: {
        hosts: ['*.databricks.azure.cn'],
        audiences: ['https://databricks.azure.cn'],
        unconfirmed: ['*.databricks.azure.cn', 'https://databricks.azure.cn'],
      },
    },
    source: 'DATABRICKS, DNS',
  },
  batch: {
    name: 'Azure Batch',
    appIds: ['ddbf3205-c6bd-46ae-8127-60eb93363864'],
    listeners: 'microsoft',
    target: 'dataPlane',
    places: {
      public: { hosts: ['*.batch.azure.com'], audiences: ['https://batch.core.windows.net/'] },
      usgov: {
        hosts: ['*.batch.usgovcloudapi.net'],
        audiences: ['https://batch.core.usgovcloudapi.net/'],
      },
      china: {
        hosts: ['*.batch.chinacloudapi.cn'],
        audiences: ['https://batch.chinacloudapi.cn/'],
        unconfirmed: ['https://batch.chinacloudapi.cn/'],
      },
    },
    source: 'CLI, DNS',
  },
  healthcare: {
    name: 'Azure Health Data Services',
    appIds: ['4f6778d8-5aef-43dc-a1ff-b073724b9495', '75e725bf-66ce-4cea-9b9a-5c4caae57f33'],
    listeners: 'microsoft',
    places: {
      public: {
        hosts: ['*.azurehealthcareapis.com'],
        audiences: [
          ...['https://azurehealthcareapis.com', 'https://fhir.azurehealthcareapis.com'],
          'https://dicom.healthcareapis.azure.com',
        ],
      },
      usgov: {
        hosts: ['*.azurehealthcareapis.us'],
        audiences: ['https://azurehealthcareapis.us'],
        unconfirmed: ['https://azurehealthcareapis.us'],
      },
    },
    source: 'DNS, SPN',
  },
} as const satisfies Record<string, AzureService>;
