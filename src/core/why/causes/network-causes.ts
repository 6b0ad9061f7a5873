import {
  always,
  type CauseFacts,
  type CauseText,
  call,
  client,
  learn,
  outside,
  rfc,
  target,
  weakens,
} from './cause-words.ts';

/** What stops a call before its credentials count: edge, redirect, CORS, certificate, network, a stopped app. */
export const NETWORK_CAUSES = {
  'edge-waf-blocked': ({ reference }: CauseFacts) => ({
    title: 'A web application firewall blocked the call',
    means: 'Front Door or Application Gateway refused it by a rule; it never reached the API.',
    source: learn('azure/web-application-firewall/afds/waf-front-door-monitor'),
    fixes: [
      call('Change what the rule objects to: often a word in the body, the address or the User-Agent.', 'the request'),
      target(
        'Find the rule in the firewall’s log by the reference, and exclude just this field from it.',
        'Azure portal › Web Application Firewall policy › Managed rules › Exclusions',
        reference,
      ),
      weakens(
        'Set the policy to detection.',
        'Azure portal › Web Application Firewall policy › Overview',
        'The firewall then blocks nothing for anybody, attacks included.',
      ),
    ],
  }),
  'authorization-dropped-on-redirect': ({ finalUrl }: CauseFacts) => ({
    title: 'The credentials were dropped on a redirect',
    means: 'The server sent the call to another origin, where credentials do not follow.',
    source: rfc(9110, '15.4'),
    fixes: [
      call(
        'Call the final address directly.',
        'the address of the request: https, final host',
        finalUrl,
        finalUrl === undefined ? undefined : { type: 'callUrl', url: finalUrl },
      ),
    ],
  }),
  'cors-preflight-unauthenticated': always(
    'The browser’s preflight met an authentication check',
    'A preflight (OPTIONS) never carries a token; it was refused, so the real call was not sent.',
    learn('azure/app-service/app-service-web-tutorial-rest-api'),
    [
      target('In API Management, put cors before validate-jwt.', 'the API’s policy: inbound, order of the elements'),
      target(
        'In App Service, list the page’s origin under CORS: the platform then answers preflights itself.',
        'Azure portal › the app › API › CORS',
      ),
      target('In your own code, let the CORS middleware run before authentication.', 'the API’s code: UseCors'),
    ],
  ),
  'client-certificate-required': always(
    'The app wants a client certificate',
    'It accepts calls with a TLS client certificate only, and none arrived.',
    learn('azure/app-service/app-service-web-configure-tls-mutual-auth'),
    [
      call(
        'Send the certificate; a large body also needs Expect: 100-continue.',
        'the TLS settings of the client; a proxy in between removes it',
      ),
      target(
        'Exclude paths that need none.',
        'Azure portal › the app › Configuration › General settings › Certificate exclusion paths',
      ),
      weakens(
        'Set the client certificate mode to Ignore.',
        'Azure portal › the app › Configuration › General settings',
        'Everybody who reaches the app can then call it without a certificate.',
      ),
    ],
  ),
  'ip-restriction-blocked': (facts: CauseFacts) => (facts.service ? serviceNetwork(facts) : appNetwork(facts)),
  'app-stopped-or-quota': always(
    'The app is stopped, or over its quota',
    'The front end answers in its place; no code ran.',
    learn('azure/app-service/overview-hosting-plans'),
    [
      outside(
        'Start the app; a free plan’s quota is renewed at midnight UTC.',
        'Azure portal › the app › Overview › Start; Quotas',
        'az webapp start --name <app> --resource-group <group>',
      ),
    ],
  ),
  'swa-platform-owns-auth': always(
    'Static Web Apps stands in front and owns authentication',
    'A linked backend refuses direct calls, and the Authorization header is replaced on the way.',
    learn('azure/static-web-apps/functions-bring-your-own'),
    [
      call('Call through the static web app’s own host, under /api.', 'the address of the request'),
      client(
        'Send a token of your own in another header, such as X-Custom-Authorization.',
        'the client’s code: headers',
      ),
      target(
        'Or unlink the backend and remove the identity provider that linking left behind.',
        'Azure portal › the Function App › Authentication › Azure Static Web Apps',
      ),
    ],
  ),
};

/** App Service's access restrictions. */
function appNetwork({ address }: CauseFacts): CauseText {
  return {
    title: 'The app’s access restrictions refuse this address',
    means: 'App Service let no call from this network through; the app’s code never saw it.',
    source: learn('azure/app-service/app-service-ip-restrictions'),
    fixes: [
      call(
        'Call from an allowed network: VPN, private endpoint, or through the gateway.',
        'where the call is sent from',
      ),
      outside(
        `Have ${address ?? 'the address'}, the subnet or the service tag allowed.`,
        'Azure portal › the app › Networking › Public network access › Access restrictions',
        address === undefined ? undefined : `${address}${address.includes(':') ? '/128' : '/32'}`,
      ),
      weakens(
        'Remove the restrictions.',
        'Azure portal › the app › Networking',
        'The app can then be reached from the whole internet.',
      ),
    ],
  };
}

/** The firewall of a storage account, a namespace or a resource of Azure AI: each has one of its own. */
function serviceNetwork({ address }: CauseFacts): CauseText {
  return {
    title: 'The resource’s firewall refuses this network',
    means: 'Its networking lets in chosen networks and private endpoints only, whatever role the caller has.',
    source: learn('azure/storage/common/storage-network-security'),
    fixes: [
      call(
        'Call from an allowed network: VPN, private endpoint, or a subnet on its list.',
        'where the call is sent from',
      ),
      outside(
        `Have ${address ?? 'the address'}, the subnet or the resource instance allowed.`,
        'Azure portal › the resource › Networking › Firewalls and virtual networks',
        address,
      ),
      weakens(
        'Enable public access from all networks.',
        'Azure portal › the resource › Networking',
        'Whoever holds a key or a token then reaches the data from the whole internet.',
      ),
    ],
  };
}
