import { endingsOf } from './host-endings.ts';
import type { AzureCloud } from './service.ts';

/**
 * Domains in which only Microsoft names services. An audience below one is Microsoft's whether or not the table knows the
 * service: Entra lets nobody else register it (an App ID URI needs a verified domain). From Microsoft's lists of endpoints
 * and from what its first-party applications are called by.
 */
const DOMAINS: Readonly<Record<AzureCloud, readonly string[]>> = {
  public: [
    ...[
      'azure.com',
      'azure.net',
      'windows.net',
      'windows.com',
      'windowsazure.com',
      'microsoft.com',
      'microsoftonline.com',
    ],
    ...[
      'azurecr.io',
      'azconfig.io',
      'azmk8s.io',
      'aksapp.io',
      'loganalytics.io',
      'applicationinsights.io',
      'signalr.net',
      'azureml.ms',
    ],
    ...['azure-devices.net', 'azure-devices-provisioning.net', 'azureiotcentral.com', 'azureiotsolutions.com'],
    ...['azuresynapse.net', 'azuredatabricks.net', 'azuredatalakestore.net', 'azuredatalakeanalytics.net'],
    ...['azurehdinsight.net', 'azure-automation.net', 'azurehealthcareapis.com', 'azureml.net', 'azure-api.net'],
    ...['office.com', 'office.net', 'office365.com', 'outlook.com', 'live.com', 'live.net', 'hotmail.com'],
    ...['microsoft365.com', 'microsoftstream.com', 'onedrive.com', 'onenote.com', 'onenote.net'],
    ...['sharepoint.com', 'sharepointonline.com', 'skype.com', 'lync.com', 'yammer.com', 'sway.com'],
    ...['dynamics.com', 'powerapps.com', 'powerautomate.com', 'powerplatform.com', 'powerbi.com'],
    ...['visualstudio.com', 'vsassets.io', 'msecnd.net', 'msidentity.com', 'msauth.net', 'msftauth.net'],
    ...[
      'microsoftazuread-sso.com',
      'windowsupdate.com',
      'bing.com',
      'bingapis.com',
      'msn.com',
      'xboxlive.com',
      'xbox.com',
    ],
    ...['securitycenter.onmicrosoft.com', 'microsoft.onmicrosoft.com'],
    ...['microsofticm.com', 'aadrm.com', 'aka.ms', 'microsoftpersonalcontent.com'],
    ...['botframework.com', 'o365syncservice.com', 'o365filtering.com', 'cloudwebappproxy.net'],
    ...['microsofttranslator.com', 'api.application', 'scm.azurewebsites.net'],
    // App ID URIs of first-party APIs (SPN).
    ...[
      'azure-apicenter.net',
      'azure-apicenter.ms',
      'azurecopilot.io',
      'azuresre.dev',
      'azuresre.ai',
      'dynamicsessions.io',
    ],
    ...['acasessions.io', 'konacompute.net', 'connections.ms', 'cortana.ai', 'integratorapp.com', 'projectmadeira.com'],
    ...['exporttodatalake.com', 'dataexportserviceformicrosoftdynamics365.com', 'msinvoicing.com', 'mipwebservice.com'],
    ...['svc.ms', '1drv.ms', 'kaiza.la', 'msftclouddiagnostics.net', 'outlookapps.com', 'crmlivetie.com', 'skype.net'],
    ...['skypeforbusiness.com', 'sharepoint-df.com', 'officeppe.com', 'officeppe.net', 'o365infoprotservice.com'],
    ...['phonefactor.net', 'microsoft-int.com', 'microsoft.net', 'vsallin.net', 'shiftr.onmicrosoft.com'],
    ...['msteamstabservicedailybrijshah.com', 'cpfdwebservicecloudapp.net'],
  ],
  usgov: [
    ...['azure.us', 'usgovcloudapi.net', 'microsoft.us', 'microsoftonline.us', 'microsoftazure.us', 'windows.us'],
    ...['windowsazure.us', 'azurecr.us', 'azure-devices.us', 'azure-devices-provisioning.us', 'loganalytics.us'],
    ...['applicationinsights.us', 'azurehdinsight.us', 'azure-automation.us', 'azurehealthcareapis.us', 'azureml.us'],
    ...['office365.us', 'sharepoint.us', 'sharepoint-mil.us', 'dps.mil', 'microsoftdynamics.us', 'appsplatform.us'],
    ...['powerbigov.us', 'powerapps.us', 'powerautomate.us', 'dynamics.us', 'azure-api.us', 'scm.azurewebsites.us'],
    ...['aadrm.us', 'skypeforbusiness.us', 'apps.mil'],
  ],
  china: [
    ...['azure.cn', 'chinacloudapi.cn', 'microsoftonline.cn', 'microsoft.cn', 'windows.cn', 'windowsazure.cn'],
    ...['azurecr.cn', 'azure-devices.cn', 'azurehdinsight.cn', 'azureml.cn', 'azk8s.cn', 'office365.cn', 'outlook.cn'],
    ...['sharepoint.cn', 'dynamics.cn', 'powerbi.cn', 'powerapps.cn', 'powerautomate.cn', 'azure-api.cn'],
    'scm.chinacloudsites.cn',
  ],
  // MGPS, ARMCLIENT, AZCOPY, KUSTO_SDK; SharePoint's by PNP.
  'sovereign-fr': ['sovcloud-api.fr', 'sovcloud.fr', 'sovcloud-identity.fr', 'azure.fr', 'scm.azurewebsites.fr'],
  'sovereign-de': [
    ...['sovcloud-api.de', 'sovcloud.de', 'sovcloud-identity.de', 'azure.de', 'scm.azurewebsites.de'],
    'sharepoint.de',
  ],
  'sovereign-sg': ['sovcloud-api.sg', 'sovcloud.sg', 'sovcloud-identity.sg', 'azure.sg'],
};

/** Clouds that are closed, the last two to all but a few: their tokens are worth nothing here, and are nobody else's. */
const CLOSED = ['microsoftazure.de', 'cloudapi.de', 'microsoftonline.de', 'eaglex.ic.gov', 'microsoft.scloud'];

/** Addresses of first-party APIs below hosts that Microsoft gives its customers (SPN): an audience there is no customer's own. */
const AMONG_CUSTOMERS: ReadonlySet<string> = new Set([
  ...['publicapi-prd.trafficmanager.net', 'userrequestsgraphapiep-prd.trafficmanager.net'],
  ...['search.auditing.trafficmanager.net', 'signupapi-airgap.trafficmanager.net', 'aedsdf.trafficmanager.net'],
  ...['aedglobal.trafficmanager.net', 'privacy.trafficmanager.net', 'privacyppe.trafficmanager.net'],
  ...['services.sfb.trafficmanager.net', 'teamsconfigapi-int.trafficmanager.net', 'office365zoom.cloudapp.net'],
  ...['zoom-ppe.cloudapp.net', 'l4office365zoom.usgovcloudapp.net', 'l5office365zoom.usgovcloudapp.net'],
  ...['stbotsdemo.cloudapp.net', 'bothostauthtest.azurewebsites.net'],
  ...['', '-ci', '-int', '-ppe', '-prod'].flatMap((ring) => [
    `edu-readingassignments${ring}.cloudapp.azure.com`,
    `edu-readingassignments${ring}.westus2.cloudapp.azure.com`,
  ]),
  ...[
    'edu-readingassignments-int2.westus2.cloudapp.azure.com',
    'edu-readingassignments-prod.eastus2.cloudapp.azure.com',
  ],
]);

/** True for the address of a first-party API, in lower case, that stands below a host of Microsoft's customers. */
export function isApiAmongCustomers(host: string): boolean {
  return endingsOf(host).some((ending) => AMONG_CUSTOMERS.has(ending));
}

const CLOUD_BY_DOMAIN: ReadonlyMap<string, AzureCloud | 'closed'> = new Map([
  ...Object.entries(DOMAINS).flatMap(([cloud, domains]) =>
    domains.map((domain) => [domain, cloud as AzureCloud] as const),
  ),
  ...CLOSED.map((domain) => [domain, 'closed'] as const),
]);

/** A top-level domain of Microsoft's own, in which nobody else has a name (https://www.iana.org/domains/root/db/microsoft.html). */
const TOP_LEVEL = '.microsoft';

/** The cloud whose domain a host, in lower case, is or lies in; `closed` for one that was. Undefined for other domains. */
export function cloudOfDomain(host: string): AzureCloud | 'closed' | undefined {
  if (host.endsWith(TOP_LEVEL)) return 'public';
  return CLOUD_BY_DOMAIN.get(endingsOf(host).find((ending) => CLOUD_BY_DOMAIN.has(ending)) ?? '');
}
