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
    ...[
      'visualstudio.com',
      'vsassets.io',
      'msecnd.net',
      'msidentity.com',
      'msauth.net',
      'msftauth.net',
      'msappproxy.net',
    ],
    ...[
      'microsoftazuread-sso.com',
      'windowsupdate.com',
      'bing.com',
      'bingapis.com',
      'msn.com',
      'xboxlive.com',
      'xbox.com',
    ],
    ...['securitycenter.onmicrosoft.com', 'microsoft.onmicrosoft.com', 'cloud.microsoft'],
    ...['microsofticm.com', 'aadrm.com', 'aka.ms', 'microsoftpersonalcontent.com'],
    ...['botframework.com', 'o365syncservice.com', 'o365filtering.com', 'cloudwebappproxy.net'],
    ...['microsofttranslator.com', 'api.application'],
  ],
  usgov: [
    ...['azure.us', 'usgovcloudapi.net', 'microsoft.us', 'microsoftonline.us', 'microsoftazure.us', 'windows.us'],
    ...['windowsazure.us', 'azurecr.us', 'azure-devices.us', 'azure-devices-provisioning.us', 'loganalytics.us'],
    ...['applicationinsights.us', 'azurehdinsight.us', 'azure-automation.us', 'azurehealthcareapis.us', 'azureml.us'],
    ...['office365.us', 'sharepoint.us', 'sharepoint-mil.us', 'dps.mil', 'microsoftdynamics.us', 'appsplatform.us'],
    ...['powerbigov.us', 'powerapps.us', 'powerautomate.us', 'dynamics.us', 'azure-api.us'],
  ],
  china: [
    ...['azure.cn', 'chinacloudapi.cn', 'microsoftonline.cn', 'microsoft.cn', 'windows.cn', 'windowsazure.cn'],
    ...['azurecr.cn', 'azure-devices.cn', 'azurehdinsight.cn', 'azureml.cn', 'azk8s.cn', 'office365.cn', 'outlook.cn'],
    ...['sharepoint.cn', 'dynamics.cn', 'powerbi.cn', 'powerapps.cn', 'powerautomate.cn', 'azure-api.cn'],
  ],
};

/** Clouds that have closed: their tokens are worth nothing, and are nobody else's. */
const CLOSED = ['microsoftazure.de', 'cloudapi.de', 'microsoftonline.de'];

const CLOUD_BY_DOMAIN: ReadonlyMap<string, AzureCloud | 'closed'> = new Map([
  ...Object.entries(DOMAINS).flatMap(([cloud, domains]) =>
    domains.map((domain) => [domain, cloud as AzureCloud] as const),
  ),
  ...CLOSED.map((domain) => [domain, 'closed'] as const),
]);

/** The cloud whose domain a host, in lower case, is or lies in; `closed` for one that was. Undefined for other domains. */
export function cloudOfDomain(host: string): AzureCloud | 'closed' | undefined {
  return CLOUD_BY_DOMAIN.get(endingsOf(host).find((ending) => CLOUD_BY_DOMAIN.has(ending)) ?? '');
}
