import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FIRST_PARTY_APPS } from '../../../../src/core/azure/first-party-apps.ts';
import { LOGIN_HOSTS, V1_ISSUER } from '../../../../src/core/azure/login-hosts.ts';
import { AZURE_CLOUDS } from '../../../../src/core/azure/service.ts';
import { serviceAtHost } from '../../../../src/core/azure/service-table.ts';
import {
  audiencesOfToken,
  cloudsOfToken,
  judgeDestination,
  type TokenJourney,
} from '../../../../src/core/call/token-destination.ts';
import type { ApiProfile } from '../../../../src/core/entra/api-profile.ts';
import type { Authority } from '../../../../src/core/entra/authority.ts';
import { ownAudiencesOf } from '../../../../src/core/entra/own-api.ts';
import { audiencesOfScopes } from '../../../../src/core/entra/scope-resource.ts';
import { hostLike, PLACES } from '../azure/places.ts';
import { encodeToken } from '../entra-fixture.ts';

const ENTRA: Authority = {
  kind: 'entra',
  loginBase: 'https://login.microsoftonline.com',
  tenant: 'contoso.onmicrosoft.com',
  cloud: 'public',
};
const APP_ID = '5e1f7c2a-94b3-4d68-a0c5-3b7e9d1f2a86';
const OTHER_ID = '11111111-2222-4333-8444-555555555555';

/** Whoever may listen: strangers, and customers of Azure under names that end like a service's. */
const FOREIGN = [
  'https://evil.example',
  'http://localhost:7071',
  'https://evil.azurewebsites.net',
  'https://evil-a1b2.westeurope-01.azurewebsites.us',
  'https://evil.chinacloudsites.cn',
  'https://evil.azure-api.net',
  'https://evil.gateway.westeurope.azure-api.net',
  'https://evil.azurecontainerapps.io',
  'https://evil.azurestaticapps.net',
  'https://evil.azurefd.net',
  'https://evil.azureedge.net',
  'https://evil.trafficmanager.net',
  'https://evil.westeurope.cloudapp.azure.com',
  'https://evil.cloudapp.chinacloudapi.cn',
  'https://evil.z6.web.core.windows.net',
  'https://evil.servicebus.windows.net',
  'https://evil.servicebus.usgovcloudapi.net',
  'https://adb-1.1.azuredatabricks.net',
  'https://evil.1.azure.databricksapps.com',
  'https://evil.hcp.westeurope.azmk8s.io',
  'https://evil.westeurope.inference.ml.azure.com',
  'https://evil.services.ai.azure.com',
  'https://evil.webpubsub.azure.com',
  'https://evil.environment.api.powerplatform.com',
  'https://prod-1.westeurope.logic.azure.com',
  'https://evil.devtunnels.ms',
  'https://evil.crm4.dynamics.com',
  'https://evil.sharepoint.com',
  'https://evil.azure.com',
  'https://evil.microsoft.com',
];

/** The same audience as a careless or a hostile hand may write it. */
const SPELLINGS: [name: string, spell: (audience: string) => string][] = [
  ['as it is', (audience) => audience],
  ['with a slash', (audience) => `${audience}/`],
  ['with three slashes', (audience) => `${audience}///`],
  ['in capitals', (audience) => audience.toUpperCase()],
  ['with spn:', (audience) => `spn:${audience}`],
  ['with spn: twice', (audience) => `SPN:spn:${audience}`],
  ['with a port', (audience) => audience.replace(/^(https:\/\/[^/]+)/, '$1:443')],
  ['with another port', (audience) => audience.replace(/^(https:\/\/[^/]+)/, '$1:8443')],
  ['with a dot behind the host', (audience) => audience.replace(/^(https:\/\/[^/]+)/, '$1.')],
  ['with two dots', (audience) => audience.replace(/^(https:\/\/[^/]+)/, '$1..')],
  ['with a dot and a port', (audience) => audience.replace(/^(https:\/\/[^/]+)/, '$1.:443')],
  ['over http', (audience) => audience.replace(/^https:/, 'http:')],
  ['as api://', (audience) => `api://${audience.replace(/^https:\/\//, '')}`],
  ['without a scheme', (audience) => audience.replace(/^https:\/\//, '')],
  ['with one slash', (audience) => audience.replace('://', ':/')],
  ['with back slashes', (audience) => audience.replaceAll('/', '\\')],
  ['with a user name', (audience) => audience.replace('://', '://me@')],
  ['behind a path', (audience) => `https://orders.contoso.com/${audience}`],
  ['as a urn', (audience) => `urn:x:${audience.replace(/^https:\/\//, '')}`],
  ['with %2f', (audience) => `${audience}%2f`],
  ['with percent signs', (audience) => audience.replaceAll('.', '%2e').replaceAll('-', '%2D')],
  ['with percent signs twice', (audience) => audience.replaceAll('.', '%252e').replaceAll('-', '%252D')],
  ['in wide letters', (audience) => audience.replaceAll('o', 'ｏ').replaceAll('0', '０')],
  ['with ideographic dots', (audience) => audience.replaceAll('.', '。')],
  ['with a zero-width space', (audience) => audience.replace(/(.{9})/, '$1\u200b')],
  ['with a soft hyphen', (audience) => audience.replace(/(.{9})/, '$1\u00ad')],
  ['with a blank in front', (audience) => ` ${audience}`],
  ['with a no-break space behind', (audience) => `${audience}\u00a0`],
  ['with a query', (audience) => `${audience}?x=1`],
  ['with a fragment', (audience) => `${audience}#x`],
  ['in braces', (audience) => `{${audience}}`],
];

/** Whether the origin's host is that of the service whose audience this is. */
function isItsService(audience: string, origin: string): boolean {
  const placed = serviceAtHost(new URL(origin).hostname);
  const takes: readonly string[] = placed ? [placed.id, ...(placed.service.alsoTakes ?? [])] : [];
  const isOf = ({ service, place }: (typeof PLACES)[number]) =>
    [...(service.appIds ?? []), ...place.audiences.map((one) => one.replace(/\/$/, ''))].includes(audience);
  return placed?.service.listeners !== 'customers' && PLACES.some((one) => takes.includes(one.id) && isOf(one));
}

function verdictOf(journey: Partial<TokenJourney> & Pick<TokenJourney, 'audiences' | 'origin'>): string {
  return judgeDestination({ own: [], exceptions: [], ...journey }).verdict;
}

/** What a hostile profile says of itself: that all this is its own. */
function claimedBy(audience: string): ApiProfile {
  return {
    ...{ origin: 'workspace' as const, authority: ENTRA, appIdUri: audience, audiences: [audience] },
    identities: { me: { signIn: 'browser', clientId: OTHER_ID, scopes: [`${audience}/.default`] } },
  };
}

const AUDIENCES = [
  ...PLACES.flatMap(({ place }) => place.audiences.map((audience) => audience.replace(/\/$/, ''))),
  ...PLACES.flatMap(({ service }) => service.appIds ?? []),
  ...Object.keys(FIRST_PARTY_APPS),
  ...PLACES.filter(({ service }) => service.listeners !== 'customers').flatMap(({ place }) =>
    place.hosts.map((host) => `https://${host.replace(/^[*?]/, 'contoso')}`),
  ),
];

/** Beside another resource, and behind a character that only some take for a blank. */
function scopesFor(audience: string): string[][] {
  return [
    [`${audience}/.default`],
    [`api://x/y ${audience}/User.Read`],
    [`api://x/y\u00a0${audience}/User.Read`],
    [`api://x/y\t${audience}/User.Read`],
    ['api://x/y', `${audience}/User.Read`],
  ];
}

/** APIs of Microsoft's whose services the table has no row for, by domain or by id. */
const UNLISTED = [
  'https://api.yammer.com',
  'api://AzureADTokenExchange',
  'api://AzureADTokenExchangeUSGov',
  'urn:federation:MicrosoftOnline',
  'https://api.botframework.com',
  'https://syncservice.o365syncservice.com',
  'https://dataservice.o365filtering.com',
  'https://proxy.cloudwebappproxy.net/registerapp',
  'https://msmamservice.api.application',
  'https://www.yammer.com',
  'https://onenote.com',
  'https://substrate.office.com',
  'https://api.office.net',
  'https://clients.config.office.net',
  'https://officeapps.live.com',
  'https://wdatp.microsoft.com',
  'https://tasks.office.com',
  'https://aadg.windows.net',
  'https://portal.azure.com',
  'https://gallery.azure.com',
  'https://cdn.office.net',
  'https://api.teams.skype.com',
  'https://ic3.teams.office.com',
  'https://presence.teams.microsoft.com',
  'https://edge.skype.com',
  'https://webshell.suite.office.com',
  'https://loki.delve.office.com',
  'https://sts.windows.net',
  'https://enterpriseregistration.windows.net',
  'https://contoso.sharepoint.com',
  'https://org.crm4.dynamics.com',
  'https://azure.com',
  'https://something.new.azure.net',
  'https://login.microsoftonline.de',
  'https://apps.cloud.microsoft',
  '00000006-0000-0000-c000-000000000000',
  '00000005-0000-0ff1-ce00-000000000000',
  'https://azure-apicenter.net',
  'https://azuresre.dev',
  'https://copilot.microsoft',
  'https://graph-connectors.core.microsoft',
  'https://northcentralus0-sphomes.svc.ms',
  'https://publicapi-prd.trafficmanager.net',
  'https://int.presence.services.sfb.trafficmanager.net',
  'https://office365zoom.cloudapp.net',
  'api://legacystorageprod',
  'ms-device-service://termsrv.wvd.microsoft.com',
  `api://vivasales.dynamics.com/${OTHER_ID}`,
  `api://forms.cloud.microsoft/${OTHER_ID}`,
  'api://contoso.sharepoint.com/08e18876-6177-487e-b8b5-cf950c1e598c',
  'https://management.sovcloud-api.sg',
  'https://graph.svc.sovcloud.sg',
  'https://something.new.sovcloud-api.fr',
  'https://something.sovcloud.de',
  'https://adx.loganalytics.azure.fr',
  'https://vault.cloudapi.eaglex.ic.gov',
  'https://management.azure.microsoft.scloud',
  'c26550d6-bc82-4484-82ca-ac1c75308ca3',
];

describe('a token for a service of Microsoft’s own', () => {
  it('goes to nobody else’s host, however the audience is written and whoever calls it his own', () => {
    let tried = 0;
    for (const audience of new Set([...AUDIENCES, ...UNLISTED]))
      for (const [name, spell] of SPELLINGS) {
        const spelled = spell(audience);
        const own = ownAudiencesOf(claimedBy(spelled));
        for (const origin of name === 'as it is' ? FOREIGN : FOREIGN.slice(0, 3)) {
          if (audience === origin || isItsService(audience, origin)) continue;
          tried++;
          const verdict = verdictOf({ audiences: [spelled], origin, own, clouds: ['public'] });
          if (verdict !== 'refused') assert.fail(`${verdict}: ${audience} ${name} to ${origin}`);
        }
      }
    console.log(`audience × spelling × foreign host: ${tried}`);
    assert.ok(tried > 40_000);
  });

  it('goes no farther as the scope of an identity, in any spelling', () => {
    let tried = 0;
    for (const audience of new Set([...AUDIENCES, ...UNLISTED]))
      for (const [name, spell] of SPELLINGS)
        for (const scopes of name === 'as it is' ? scopesFor(audience) : [[`${spell(audience)}/.default`]]) {
          tried++;
          const profile = { ...claimedBy(spell(audience)), identities: {} };
          const asked: Pick<TokenJourney, 'audiences' | 'own'> = {
            audiences: audiencesOfScopes(scopes, ENTRA),
            own: ownAudiencesOf(profile),
          };
          assert.equal(verdictOf({ ...asked, origin: 'https://evil.example' }), 'refused', `${audience} ${name}`);
        }
    for (const scopes of [['User.Read'], ['openid'], [], [`${'x'.repeat(5)}`], ['graph']]) {
      tried++;
      const audiences = audiencesOfScopes(scopes, ENTRA);
      assert.equal(verdictOf({ audiences, origin: 'https://evil.example', own: audiences }), 'refused');
    }
    console.log(`scopes: ${tried}`);
  });

  it('goes to that service’s own hosts in that cloud, and to those of no other service or cloud', () => {
    let tried = 0;
    for (const one of PLACES)
      for (const audience of one.place.audiences) {
        const clouds = PLACES.filter((other) => other.place.audiences.includes(audience)).map(({ cloud }) => cloud);
        for (const { id, service, cloud, place } of PLACES)
          for (const host of place.hosts) {
            tried++;
            const origin = `https://${hostLike(host)}`;
            if (new URL(audience).origin === origin) continue;
            const takes: readonly string[] = [id, ...(service.alsoTakes ?? [])];
            const isIts = takes.includes(one.id) && clouds.includes(cloud);
            const atHome = ({ microsoft: 'allowed', mixed: 'asks', customers: 'refused' } as const)[service.listeners];
            const verdict = verdictOf({ audiences: [audience], origin });
            if (verdict !== (isIts ? atHome : 'refused')) assert.fail(`${verdict}: ${audience} to ${origin}`);
          }
      }
    console.log(`audience × service host: ${tried}`);
  });

  it('by its application id, goes to the service in the cloud that issued it', () => {
    for (const { service, id, place, cloud } of PLACES) {
      if (service.listeners !== 'microsoft') continue;
      for (const appId of service.appIds ?? [])
        for (const host of place.hosts)
          for (const issuing of [...AZURE_CLOUDS, 'air-gapped']) {
            const verdict = verdictOf({ audiences: [appId], origin: `https://${hostLike(host)}`, clouds: [issuing] });
            const isThere = issuing === cloud || (issuing === 'public' && place.signsInAt !== undefined);
            assert.equal(verdict, isThere ? 'allowed' : 'refused', `${id} ${issuing} ${host}`);
          }
    }
  });

  it('by an address that several clouds have, goes to the service in a cloud that issued it', () => {
    let tried = 0;
    for (const { id, service, place, cloud } of PLACES)
      for (const audience of place.audiences)
        for (const host of place.hosts) {
          const origin = `https://${hostLike(host)}`;
          if (service.listeners === 'customers' || new URL(audience).origin === origin) continue;
          const atHome = service.listeners === 'mixed' ? 'asks' : 'allowed';
          for (const issuing of AZURE_CLOUDS) {
            tried++;
            const signsIn = [cloud, ...(place.signsInAt ?? [])].includes(issuing);
            const verdict = verdictOf({ audiences: [audience], origin, clouds: [issuing] });
            assert.equal(verdict, signsIn ? atHome : 'refused', `${id} ${audience} ${issuing} ${host}`);
          }
        }
    console.log(`audience × host × issuing cloud: ${tried}`);
    assert.ok(tried > 500);
  });

  it('by a token of either version and of any login host, goes to no service of another cloud', () => {
    let tried = 0;
    const tenant = '11111111-aaaa-4bbb-8ccc-000000000001';
    for (const issuing of AZURE_CLOUDS)
      for (const host of LOGIN_HOSTS[issuing])
        for (const version of ['/', '', '/v2.0', '/v2.0/'])
          for (const { id, service, place, cloud } of PLACES) {
            if (service.listeners === 'customers' || (cloud === 'usgov' && issuing === 'public')) continue;
            const raw = encodeToken({ alg: 'none' }, { iss: `https://${host}/${tenant}${version}` }, 'x');
            const clouds = cloudsOfToken(raw);
            assert.ok(clouds, host);
            for (const audience of [...(service.appIds ?? []), ...place.audiences]) {
              const [first] = place.hosts;
              if (first === undefined || audience === `https://${hostLike(first)}`) continue;
              tried++;
              const verdict = verdictOf({ audiences: [audience], origin: `https://${hostLike(first)}`, clouds });
              assert.equal(verdict === 'refused', issuing !== cloud, `${host} ${version} ${id} ${audience} ${cloud}`);
            }
          }
    console.log(`login host × version × audience: ${tried}`);
    assert.ok(tried > 5_000);
  });

  it('goes where agencies of GCC go, which sign in at the public cloud', () => {
    for (const [audience, host] of [
      ['https://analysis.usgovcloudapi.net/powerbi/api', 'api.powerbigov.us'],
      ['https://api-gcc.securitycenter.microsoft.us', 'api-gcc.securitycenter.microsoft.us'],
    ] as const)
      for (const [cloud, wanted] of [
        ['public', 'allowed'],
        ['usgov', 'allowed'],
        ['china', 'refused'],
      ] as const) {
        const journey = { audiences: [audience], origin: `https://${host}`, clouds: [cloud] };
        assert.equal(verdictOf(journey), wanted, `${audience} ${cloud}`);
      }
  });

  it('goes home over https at the usual port only', () => {
    const graph = ['https://graph.microsoft.com'];
    for (const origin of [
      'http://graph.microsoft.com',
      'https://graph.microsoft.com:8443',
      'https://graph.microsoft.com.',
      'https://graph.microsoft.us',
      'https://evilgraph.microsoft.com',
      'https://graph.microsoft.com.evil.example',
    ])
      assert.equal(verdictOf({ audiences: graph, origin }), 'refused', origin);
    assert.equal(verdictOf({ audiences: graph, origin: 'https://graph.microsoft.com' }), 'allowed');
  });

  it('for one resource goes to that very host, also where customers listen beside it', () => {
    for (const host of ['store.blob.core.windows.net', 'orders.documents.azure.com', 'ns.servicebus.windows.net']) {
      assert.equal(verdictOf({ audiences: [`https://${host}/`], origin: `https://${host}` }), 'allowed', host);
      for (const other of [host.replace(/^\w+/, 'evil'), `evil.${host}`])
        assert.equal(verdictOf({ audiences: [`https://${host}`], origin: `https://${other}` }), 'refused', other);
    }
  });

  it('goes where people call, whichever service’s row the host is in', () => {
    for (const [audience, ...hosts] of [
      ['https://storage.azure.com', 'onelake.dfs.fabric.microsoft.com', 'onelake.blob.fabric.microsoft.com'],
      ['https://metrics.monitor.azure.com', 'westeurope.metrics.monitor.azure.com'],
      ['https://apps.azureiotcentral.com', 'orders.azureiotcentral.com'],
      ['https://contoso.crm.dynamics.com', 'contoso.crm.dynamics.com', 'contoso.api.crm.dynamics.com'],
      ['https://contoso.crm4.dynamics.com/', 'contoso.api.crm4.dynamics.com'],
      ['https://contoso.crm.microsoftdynamics.us', 'contoso.api.crm.microsoftdynamics.us'],
      ['https://contoso.crm.dynamics.cn', 'contoso.api.crm.dynamics.cn'],
      ['https://service.powerapps.com', 'api.powerapps.com', 'api.bap.microsoft.com'],
      ['499b84ac-1321-427f-aa17-267ca6975798', 'dev.azure.com', 'contoso.visualstudio.com'],
      ['https://cognitiveservices.azure.com', 'api.cognitive.microsofttranslator.com'],
      ['https://cognitiveservices.azure.com', 'westeurope.api.cognitive.microsoft.com'],
      ['00000003-0000-0ff1-ce00-000000000000', 'contoso.sharepoint.com'],
      ['https://ml.azure.com', 'westeurope.api.azureml.ms'],
      ['https://management.azure.com', 'westeurope.api.azureml.ms'],
      ['https://orders.documents.azure.com', 'orders-westeurope.documents.azure.com'],
      ['https://orders-eu.documents.azure.com', 'orders-eu-northeurope.documents.azure.com'],
      ['https://orders.westeurope.kusto.windows.net', 'ingest-orders.westeurope.kusto.windows.net'],
      ['https://orders.blob.core.windows.net', 'orders-secondary.blob.core.windows.net', 'orders.dfs.core.windows.net'],
      ['https://cognitiveservices.azure.com', 'westeurope.stt.speech.microsoft.com'],
      ['https://api.security.microsoft.com', 'api-eu.security.microsoft.com'],
      ['https://api-eu.security.microsoft.com', 'api-eu.security.microsoft.com', 'api.security.microsoft.com'],
      ['499b84ac-1321-427f-aa17-267ca6975798', 'contoso.vsrm.visualstudio.com', 'contoso.pkgs.visualstudio.com'],
      ['https://analysis.windows.net/powerbi/api', 'app.powerbi.com', 'wabi-west-europe-redirect.analysis.windows.net'],
      ['https://azure-apicenter.net', 'contoso.data.westeurope.azure-apicenter.ms'],
      ['https://graph.svc.sovcloud.fr', 'graph.svc.sovcloud.fr'],
      ['00000003-0000-0000-c000-000000000000', 'graph.svc.sovcloud.de'],
      ['https://management.core.sovcloud-api.fr', 'management.sovcloud-api.fr'],
    ] as const)
      for (const host of hosts)
        assert.equal(verdictOf({ audiences: [audience], origin: `https://${host}` }), 'allowed', `${audience} ${host}`);
  });

  it('is asked about where the service runs code of its customers below its hosts', () => {
    for (const [audience, host] of [
      ['https://cognitiveservices.azure.com', 'x.services.ai.azure.com'],
      ['https://ai.azure.com', 'x.services.ai.azure.com'],
      ['2ff814a6-3304-4ab8-85cb-cd0e6f879c1d', 'adb-1.2.azuredatabricks.net'],
      ['https://servicebus.azure.net', 'ns.servicebus.windows.net'],
      ['https://management.azure.com', 'orders.scm.azurewebsites.net'],
      ['https://management.core.windows.net', 'prod-1.westeurope.logic.azure.com'],
      ['https://management.core.windows.net', 'adb-1.2.azuredatabricks.net'],
    ] as const)
      assert.equal(verdictOf({ audiences: [audience], origin: `https://${host}` }), 'asks', `${audience} ${host}`);
  });

  it('goes to no host that only looks like one of those', () => {
    for (const [audience, ...hosts] of [
      [
        'https://contoso.crm.dynamics.com',
        ...['evil.api.crm.dynamics.com', 'contoso.api.crm4.dynamics.com', 'contoso.evil.crm.dynamics.com'],
        ...['contoso.api.crm.dynamics.com.evil.example', 'api.contoso.crm.dynamics.com', 'contoso.crm4.dynamics.com'],
      ],
      ['https://a.b.crm.dynamics.com', 'a.api.b.crm.dynamics.com', 'a.b.api.crm.dynamics.com'],
      ['https://contoso.sharepoint.com', 'evil.sharepoint.com', 'contoso.api.sharepoint.com'],
      [
        '499b84ac-1321-427f-aa17-267ca6975798',
        ...[
          'x.y.visualstudio.com',
          'x.y.vsrm.visualstudio.com',
          'x-8080.euw.tunnels.api.visualstudio.com',
          'x.devtunnels.ms',
          'visualstudio.com',
        ],
      ],
      [
        '2ff814a6-3304-4ab8-85cb-cd0e6f879c1d',
        'orders-1.1.azure.databricksapps.com',
        'azuredatabricks.net.evil.example',
      ],
      ['https://storage.azure.com', 'api.fabric.microsoft.com', 'fabric.microsoft.com'],
      ['https://metrics.monitor.azure.com', 'x.westeurope.ingest.monitor.azure.com'],
      [
        'https://orders.documents.azure.com',
        ...['evil-orders.documents.azure.com', 'orders-west-europe.documents.azure.com', 'orders-x.cosmos.azure.com'],
        ...['orders-westeurope.documents.azure.cn', 'x.orders-westeurope.documents.azure.com'],
      ],
      [
        'https://orders.westeurope.kusto.windows.net',
        ...['ingest-evil.westeurope.kusto.windows.net', 'ingest-orders.westeurope.kusto.chinacloudapi.cn'],
        ...['ingest-ingest-orders.westeurope.kusto.windows.net', 'x.ingest-orders.westeurope.kusto.windows.net'],
      ],
      [
        'https://orders.blob.core.windows.net',
        ...['orders-tertiary.blob.core.windows.net', 'evil.dfs.core.windows.net', 'orders.dfs.core.chinacloudapi.cn'],
        ...['orders.web.core.windows.net', 'orders.queue.core.windows.net', 'x.orders.dfs.core.windows.net'],
      ],
      ['https://management.azure.com', 'orders.azurewebsites.net', 'scm.azurewebsites.net', 'orders.azure-api.net'],
      ['https://graph.microsoft.com', 'orders.scm.azurewebsites.net', 'prod-1.westeurope.logic.azure.com'],
    ] as const)
      for (const host of hosts)
        assert.equal(verdictOf({ audiences: [audience], origin: `https://${host}` }), 'refused', `${audience} ${host}`);
  });

  it('is asked about where it is the service’s host, and others listen there', () => {
    for (const audience of ['https://servicebus.azure.net', 'https://eventhubs.azure.net', 'https://relay.azure.net']) {
      const judged = judgeDestination({
        ...{ audiences: [audience], origin: 'https://orders.servicebus.windows.net' },
        ...{ own: [], exceptions: [] },
      });
      assert.deepEqual(judged, { verdict: 'asks', audience, because: 'listeners' });
    }
  });

  it('is no application of a tenant’s own site but by `api://`, the site’s host and an id that is nobody’s at Microsoft', () => {
    for (const audience of [
      ...[`https://contoso.sharepoint.com/${OTHER_ID}`, `contoso.sharepoint.com/${OTHER_ID}`],
      ...[`api://contoso.sharepoint.com/x/${OTHER_ID}`, `api://contoso.sharepoint.com/${OTHER_ID}/x`],
      ...['api://contoso.sharepoint.com', `api://sharepoint.com/${OTHER_ID}`, `api://graph.microsoft.com/${OTHER_ID}`],
      ...[`api://contoso.sharepoint.com%2f${OTHER_ID}`, `api://contoso.sharepoint.com:443/${OTHER_ID}`],
      ...['08e18876-6177-487e-b8b5-cf950c1e598c', '00000003-0000-0ff1-ce00-000000000000'].map(
        (id) => `api://contoso.sharepoint.com/${id}`,
      ),
    ]) {
      const own = ownAudiencesOf(claimedBy(audience));
      assert.equal(verdictOf({ audiences: [audience], own, origin: 'https://evil.example' }), 'refused', audience);
    }
  });

  it('is refused when only one of several audiences is Microsoft’s', () => {
    const audiences = ['api://orders', 'https://graph.microsoft.com'];
    assert.equal(verdictOf({ audiences, own: audiences, origin: 'https://orders.contoso.com' }), 'refused');
  });
});

describe('the exception of the user’s settings', () => {
  const audience = 'https://cognitiveservices.azure.com';
  const origin = 'https://contoso.azure-api.net';
  const exceptions = [{ audience, origin }];

  it('lets one audience go to one origin, with or without a slash behind', () => {
    for (const written of [audience, `${audience}/`, audience.toUpperCase()])
      assert.equal(verdictOf({ audiences: [written], origin, exceptions }), 'allowed', written);
  });

  const others: [name: string, journey: { audiences: string[]; origin: string }][] = [
    ['another origin', { audiences: [audience], origin: 'https://evil.azure-api.net' }],
    ['an origin below', { audiences: [audience], origin: 'https://x.contoso.azure-api.net' }],
    ['the origin over http', { audiences: [audience], origin: 'http://contoso.azure-api.net' }],
    ['the origin at another port', { audiences: [audience], origin: `${origin}:444` }],
    ['another audience of the service', { audiences: ['https://ai.azure.com'], origin }],
    ['the service’s id', { audiences: ['7d312290-28c8-473c-a0ed-8e53749b6d6d'], origin }],
    ['an audience below', { audiences: ['https://orders.cognitiveservices.azure.com'], origin }],
    ['the audience with a path', { audiences: [`${audience}/x`], origin }],
    ['the audience over http', { audiences: [audience.replace('https', 'http')], origin }],
    ['an audience that is not read surely', { audiences: [`${audience}%2f`], origin }],
    ['another audience beside it', { audiences: [audience, 'https://graph.microsoft.com'], origin }],
  ];
  for (const [name, journey] of others)
    it(`lets nothing else go: ${name}`, () => assert.equal(verdictOf({ ...journey, exceptions }), 'refused'));
});

describe('a token for the user’s own API', () => {
  const base: ApiProfile = { origin: 'user', authority: ENTRA };
  const identity = (scope: string) => ({
    identities: { me: { signIn: 'browser' as const, clientId: OTHER_ID, scopes: ['openid', scope] } },
  });
  const own: [field: string, profile: ApiProfile, audiences: string[]][] = [
    ['appId', { ...base, appId: APP_ID }, [APP_ID, APP_ID.toUpperCase(), `api://${APP_ID}`, `spn:${APP_ID}`]],
    ['appIdUri', { ...base, appIdUri: 'api://orders' }, ['api://orders', 'api://Orders/', 'spn:api://orders']],
    ['audiences', { ...base, audiences: ['orders', OTHER_ID] }, ['orders', OTHER_ID]],
    ['scopes', { ...base, ...identity('https://orders.contoso.com/Read') }, ['https://orders.contoso.com/']],
    ['scopes', { ...base, ...identity(`api://${APP_ID}/Read`) }, [`api://${APP_ID}`]],
    ['appIdUri', { ...base, appIdUri: 'https://orders.azurewebsites.net' }, ['https://orders.azurewebsites.net']],
    [
      'appIdUri',
      { ...base, appIdUri: 'https://contoso.onmicrosoft.com/orders' },
      ['https://contoso.onmicrosoft.com/orders'],
    ],
  ];
  for (const [field, profile, audiences] of own)
    it(`goes, by the profile’s ${field}: ${audiences[0]}`, () => {
      for (const audience of audiences)
        assert.equal(
          verdictOf({ audiences: [audience], origin: 'https://x.example', own: ownAudiencesOf(profile) }),
          'allowed',
          audience,
        );
    });

  const asking: [name: string, audience: string, profile: ApiProfile | undefined][] = [
    ['an id nobody knows', OTHER_ID, { ...base, appId: APP_ID }],
    ['an id nobody knows, without a profile', OTHER_ID, undefined],
    ['an id that only a scope names', OTHER_ID, { ...base, ...identity(`${OTHER_ID}/.default`) }],
    ['an id behind api://', `api://${OTHER_ID}`, { ...base, appId: APP_ID }],
    ['a name nobody knows', 'api://invoices', { ...base, appIdUri: 'api://orders' }],
    ['the own name with more behind it', 'api://orders/v2', { ...base, appIdUri: 'api://orders' }],
    ['what is not read surely', 'api://orders%2F', { ...base, audiences: ['api://orders%2f'] }],
    ['a name in other letters', 'api://οrders', { ...base, appIdUri: 'api://orders' }],
    ['another port', 'https://api.contoso.com:8443', { ...base, audiences: ['https://api.contoso.com:8444'] }],
    ['a very long one', `api://${'x'.repeat(5_000)}`, { ...base, appIdUri: `api://${'x'.repeat(5_000)}` }],
    ['a customer’s host', 'https://orders.azurewebsites.net', base],
    ['a customer’s machine', 'https://machine.westeurope.cloudapp.azure.com', base],
    ['what application proxy publishes', 'https://orders-contoso.msappproxy.net', base],
    ['an application of a tenant’s own site', `api://contoso.sharepoint.com/${OTHER_ID}`, base],
    ['one of another cloud', `api://contoso.sharepoint.us/${OTHER_ID}`, base],
    ['nothing', '', base],
  ];
  for (const [name, audience, profile] of asking)
    it(`asks about ${name}`, () =>
      assert.equal(
        verdictOf({ audiences: [audience], origin: 'https://x.example', own: ownAudiencesOf(profile) }),
        'asks',
      ));

  const WRITTEN = [
    'urn:orders',
    `api://localhost:53000/${OTHER_ID}`,
    'https://api.contoso.com:8443',
    'https://api.contoso.com:8443/x',
    'orders:api',
    'my api',
    'ms-appx://x',
    'https://api.contoso.com/?x=1',
    'https://api.contoso.com/#a',
    'https://contoso.com/a//b',
    'https://contoso.com/a(b)',
    'api://x/@y',
    'api://orders%2f',
    'api://οrders',
    'Ünïcode',
  ];
  for (const audience of WRITTEN)
    it(`goes, written as in the profile: ${audience}`, () => {
      const journey = { origin: 'https://x.example', own: ownAudiencesOf({ ...base, audiences: [audience] }) };
      assert.equal(verdictOf({ ...journey, audiences: [audience] }), 'allowed');
      assert.equal(verdictOf({ ...journey, audiences: [`${audience}x`] }), 'asks');
    });

  it('is compared as Entra does where that is sure, with a port and as a URN, too', () => {
    for (const [one, other] of [
      ['urn:orders:api', 'URN:Orders:api'],
      ['https://api.contoso.com:8443', 'https://API.contoso.com:8443/'],
    ] as const)
      assert.equal(verdictOf({ audiences: [other], own: [one], origin: 'https://x.example' }), 'allowed');
  });

  it('is asked about where nobody can tell whom it is for', () => {
    const judged = judgeDestination({
      audiences: [],
      origin: 'https://x.example',
      own: ['api://orders'],
      exceptions: [],
    });
    assert.deepEqual(judged, { verdict: 'asks', audience: '', because: 'unreadable' });
  });

  it('is none of Microsoft’s for a host that only looks like one', () => {
    for (const audience of [
      'https://graph.microsoft.com.evil.example',
      'https://evilwindows.net',
      'https://graph-microsoft.com',
    ])
      assert.equal(verdictOf({ audiences: [audience], origin: 'https://x.example' }), 'asks', audience);
  });
});

describe('hostile audiences', () => {
  const SIZE = 1_000_000;
  const shapes = [
    'a',
    '.',
    '-',
    'a.',
    'a-',
    '/',
    '%25',
    'https://',
    'spn:',
    'x.azure.net ',
    '\u200b',
    '０',
    'api://',
    '-a',
  ];
  for (const shape of shapes)
    it(`are judged in a moment: ${JSON.stringify(shape)}`, { timeout: 2_000 }, () => {
      const long = shape.repeat(SIZE / shape.length);
      const audiences = [long, `https://${long}`, `https://x.example/${long}`, `${long}x`];
      assert.notEqual(verdictOf({ audiences, origin: 'https://x.example', own: audiences }), 'allowed');
      const many = Array.from({ length: 2_000 }, () => shape.repeat(500 / shape.length));
      verdictOf({ audiences: many, origin: 'https://x.example', own: [] });
    });
});

describe('what a token says of its way', () => {
  const token = (payload: Record<string, unknown>) => encodeToken({ alg: 'none' }, payload, 'x');

  it('is all of its audiences', () => {
    assert.deepEqual(audiencesOfToken(token({ aud: ['api://a', 'api://b', 5] })), ['api://a', 'api://b']);
    assert.deepEqual(audiencesOfToken(token({ aud: 'api://a' })), ['api://a']);
    assert.deepEqual(audiencesOfToken(token({ aud: 5 })), []);
    assert.deepEqual(audiencesOfToken('no token'), []);
  });

  it('is its cloud, or the clouds that it may be of, where the issuer names any', () => {
    const tenant = '11111111-aaaa-4bbb-8ccc-000000000001';
    const of = (iss: unknown) => cloudsOfToken(token({ iss }));
    assert.deepEqual(of(`https://login.microsoftonline.us/${tenant}/v2.0`), ['usgov']);
    assert.deepEqual(of(`https://login.partner.microsoftonline.cn/${tenant}/v2.0`), ['china']);
    assert.deepEqual(of(`https://sts.chinacloudapi.cn/${tenant}/`), ['china']);
    assert.deepEqual(of(`https://login.sovcloud-identity.fr/${tenant}/v2.0`), ['sovereign-fr']);
    assert.deepEqual(of(`${V1_ISSUER}/${tenant}/`), ['public', 'usgov']);
    for (const iss of ['https://issuer.example', 'https://sts.windows.net.evil.example/', 'x', 5])
      assert.equal(of(iss), undefined);
  });
});
