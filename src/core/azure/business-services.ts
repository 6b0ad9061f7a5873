import type { AzureService } from './service.ts';

/** Microsoft 365, Dynamics, Power Platform, Fabric, security. An organisation's own address is its audience there. */
export const BUSINESS_SERVICES = {
  exchange: {
    name: 'Office 365 Exchange Online',
    appIds: ['00000002-0000-0ff1-ce00-000000000000'],
    listeners: 'microsoft',
    places: {
      public: {
        hosts: ['outlook.office365.com', 'outlook.office.com'],
        audiences: ['https://outlook.office365.com', 'https://outlook.office.com'],
      },
      usgov: { hosts: ['outlook.office365.us'], audiences: ['https://outlook.office365.us'] },
      china: { hosts: ['partner.outlook.cn'], audiences: ['https://partner.outlook.cn'] },
    },
    source: '1P, OFFICE',
  },
  // The audience is the organisation's own address or, in the token, the id: SharePoint answers at every site.
  sharePoint: {
    name: 'Office 365 SharePoint Online',
    appIds: ['00000003-0000-0ff1-ce00-000000000000'],
    listeners: 'microsoft',
    places: {
      public: { hosts: ['*.sharepoint.com'], audiences: [] },
      usgov: { hosts: ['*.sharepoint.us'], audiences: [] },
      china: { hosts: ['*.sharepoint.cn'], audiences: [] },
      'sovereign-de': { hosts: ['*.sharepoint.de'], audiences: [] },
    },
    source: '1P, OFFICE, PNP',
  },
  officeManagement: {
    name: 'Office 365 Management',
    appIds: ['00b41c95-dab0-4487-9791-b9d2c32c80f2', 'c5393580-f805-4401-95e8-94b7a6ef2fc2'],
    listeners: 'microsoft',
    places: {
      public: { hosts: ['manage.office.com'], audiences: ['https://manage.office.com'] },
      usgov: { hosts: ['manage.office365.us'], audiences: ['https://manage.office365.us'] },
    },
    source: '1P, OFFICE',
  },
  skype: {
    name: 'Skype for Business Online',
    appIds: ['00000004-0000-0ff1-ce00-000000000000'],
    listeners: 'microsoft',
    places: { public: { hosts: [], audiences: [] } },
    source: '1P',
  },
  teams: {
    name: 'Microsoft Teams Services',
    appIds: ['cc15fd57-2c6c-4117-a88c-83b1d56b4bbe'],
    listeners: 'microsoft',
    places: {
      public: {
        hosts: ['api.spaces.skype.com', 'teams.microsoft.com'],
        audiences: ['https://api.spaces.skype.com'],
        unconfirmed: ['https://api.spaces.skype.com'],
      },
    },
    source: '1P',
  },
  intune: {
    name: 'Microsoft Intune API',
    appIds: ['0000000a-0000-0000-c000-000000000000', 'c161e42e-d4df-4a3d-9b42-e7a3c31f59d4'],
    listeners: 'microsoft',
    places: {
      public: {
        hosts: ['*.manage.microsoft.com'],
        audiences: ['https://api.manage.microsoft.com'],
        unconfirmed: ['https://api.manage.microsoft.com'],
      },
    },
    source: 'MERILL',
  },
  defenderEndpoint: {
    name: 'Microsoft Defender for Endpoint',
    appIds: ['fc780465-2017-40d4-a0c5-307022471b92'],
    listeners: 'microsoft',
    alsoTakes: ['defenderXdr'],
    places: {
      public: {
        hosts: [
          ...['api.securitycenter.microsoft.com', '*.securitycenter.microsoft.com', 'api.security.microsoft.com'],
          ...['api-us.security.microsoft.com', 'api-eu.security.microsoft.com', 'api-uk.security.microsoft.com'],
        ],
        audiences: [
          'https://api.securitycenter.microsoft.com',
          'https://securitycenter.onmicrosoft.com/windowsatpservice',
        ],
      },
      usgov: {
        hosts: [
          ...['api-gov.securitycenter.microsoft.us', 'api-gcc.securitycenter.microsoft.us'],
          ...['api-gov.security.microsoft.us', 'api-gcc.security.microsoft.us'],
        ],
        audiences: ['https://api-gov.securitycenter.microsoft.us', 'https://api-gcc.securitycenter.microsoft.us'],
        signsInAt: ['public'],
      },
    },
    source: 'DEFENDER, SPN',
  },
  defenderXdr: {
    name: 'Microsoft Defender XDR',
    appIds: ['8ee8fdad-f234-4243-8f3b-15c294843740'],
    listeners: 'microsoft',
    places: {
      public: {
        hosts: [],
        audiences: [
          ...['https://api.security.microsoft.com', 'https://api-us.security.microsoft.com'],
          ...['https://api-eu.security.microsoft.com', 'https://api-uk.security.microsoft.com'],
        ],
      },
      usgov: {
        hosts: [],
        audiences: ['https://api-gov.security.microsoft.us', 'https://api-gcc.security.microsoft.us'],
        signsInAt: ['public'],
      },
    },
    source: 'DEFENDER, SPN',
  },
  // Each organisation's own address is its audience; its Web API answers at `contoso.api.crm4.…`, too.
  dataverse: {
    name: 'Dataverse',
    appIds: ['00000007-0000-0000-c000-000000000000'],
    listeners: 'mixed',
    furtherHosts: [[/^([\w-]+)\.api\.(?=crm\d*\.)/, '$1.']],
    places: {
      public: {
        hosts: ['*.dynamics.com'],
        audiences: ['https://globaldisco.crm.dynamics.com'],
        unconfirmed: ['https://globaldisco.crm.dynamics.com'],
      },
      usgov: { hosts: ['*.microsoftdynamics.us', '*.appsplatform.us'], audiences: [] },
      china: { hosts: ['*.dynamics.cn'], audiences: [] },
    },
    source: 'POWER',
  },
  // Triggers of customers' flows answer below `environment.api.powerplatform.com`.
  powerPlatform: {
    name: 'Power Platform API',
    appIds: ['8578e004-a5c6-46e7-913e-12f58912df43'],
    listeners: 'microsoft',
    alsoTakes: ['powerApps'],
    places: {
      public: {
        hosts: ['api.powerplatform.com', 'api.bap.microsoft.com'],
        audiences: ['https://api.powerplatform.com', 'https://api.bap.microsoft.com'],
        unconfirmed: ['https://api.bap.microsoft.com'],
      },
      usgov: {
        hosts: ['api.gov.powerplatform.microsoft.us'],
        audiences: ['https://api.gov.powerplatform.microsoft.us'],
        unconfirmed: ['api.gov.powerplatform.microsoft.us', 'https://api.gov.powerplatform.microsoft.us'],
      },
    },
    source: 'POWER, MERILL',
  },
  flowTriggers: {
    name: 'Trigger of a flow',
    listeners: 'customers',
    places: { public: { hosts: ['*.environment.api.powerplatform.com', '*.powerappsportals.com'], audiences: [] } },
    source: 'POWER',
  },
  powerApps: {
    name: 'Power Apps Service',
    appIds: ['475226c6-020e-4fb2-8a90-7a972cbfc1d4'],
    listeners: 'microsoft',
    places: {
      public: {
        hosts: ['api.powerapps.com'],
        audiences: ['https://service.powerapps.com'],
        unconfirmed: ['https://service.powerapps.com'],
      },
    },
    source: 'POWER, MERILL',
  },
  flow: {
    name: 'Microsoft Flow Service',
    appIds: ['7df0a125-d3be-4c96-aa54-591f83ff541c'],
    listeners: 'microsoft',
    places: {
      public: {
        hosts: ['api.flow.microsoft.com', 'service.flow.microsoft.com'],
        audiences: ['https://service.flow.microsoft.com'],
        unconfirmed: ['https://service.flow.microsoft.com'],
      },
    },
    source: 'POWER, MERILL',
  },
  powerBi: {
    name: 'Power BI Service',
    appIds: ['00000009-0000-0000-c000-000000000000'],
    listeners: 'microsoft',
    alsoTakes: ['fabric'],
    places: {
      public: {
        hosts: ['api.powerbi.com', 'app.powerbi.com', '*.analysis.windows.net'],
        audiences: ['https://analysis.windows.net/powerbi/api'],
      },
      usgov: {
        hosts: ['api.powerbigov.us', 'app.powerbigov.us', '*.analysis.usgovcloudapi.net'],
        audiences: ['https://analysis.usgovcloudapi.net/powerbi/api'],
        signsInAt: ['public'],
      },
      china: {
        hosts: ['api.powerbi.cn', 'app.powerbi.cn', '*.analysis.chinacloudapi.cn'],
        audiences: ['https://analysis.chinacloudapi.cn/powerbi/api'],
      },
    },
    source: 'FABRIC, POWER, POWERBI',
  },
  fabric: {
    name: 'Microsoft Fabric',
    listeners: 'microsoft',
    alsoTakes: ['powerBi'],
    places: {
      public: { hosts: ['api.fabric.microsoft.com'], audiences: ['https://api.fabric.microsoft.com'] },
    },
    source: 'FABRIC',
  },
} as const satisfies Record<string, AzureService>;
