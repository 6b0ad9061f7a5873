import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isLoginHost, LOGIN_HOSTS } from '../../../../src/core/azure/login-hosts.ts';
import { cloudOfDomain } from '../../../../src/core/azure/microsoft-domains.ts';
import { AZURE_CLOUDS } from '../../../../src/core/azure/service.ts';
import {
  audiencesOf,
  cloudOfAddress,
  SERVICE_IDS,
  SERVICES,
  serviceAtHost,
  serviceIdAt,
  servicesOfAudience,
} from '../../../../src/core/azure/service-table.ts';
import { SOURCES } from '../../../../src/core/azure/sources.ts';
import { hostLike, PLACES } from './places.ts';

describe('the table of Azure’s hosts', () => {
  it('has each host and each application id once, and each audience for one service', () => {
    const hosts = PLACES.flatMap(({ place }) => place.hosts);
    assert.deepEqual(hosts, [...new Set(hosts)]);
    const ids = SERVICE_IDS.flatMap((id) => SERVICES[id].appIds ?? []);
    assert.deepEqual(ids, [...new Set(ids)]);
    for (const { id, place } of PLACES)
      for (const audience of place.audiences)
        assert.deepEqual([...new Set(servicesOfAudience(audience.replace(/\/$/, '')).map((one) => one.id))], [id]);
  });

  it('writes hosts and audiences in one way, and marks as unconfirmed only what it has', () => {
    for (const { id, place } of PLACES) {
      for (const host of place.hosts) assert.match(host, /^(?:[*?]\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+$/, id);
      for (const audience of place.audiences) assert.match(audience, /^https:\/\/[a-z0-9.-]+(?:\/[a-z/-]*)?$/, id);
      for (const text of place.unconfirmed ?? []) assert.ok([...place.hosts, ...place.audiences].includes(text), text);
    }
  });

  it('names for every service where its hosts are from, and takes only services that it has', () => {
    for (const id of SERVICE_IDS) {
      const { source, alsoTakes = [], appIds = [] } = SERVICES[id];
      for (const tag of source.split(', ')) assert.ok(Object.hasOwn(SOURCES, tag), `${id}: ${tag}`);
      for (const other of alsoTakes) assert.ok(Object.hasOwn(SERVICES, other), other);
      for (const appId of appIds) assert.match(appId, /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    }
  });

  it('has every audience and every service host below a domain of Microsoft’s, of the same cloud', () => {
    for (const { id, cloud, service, place } of PLACES) {
      for (const audience of place.audiences) assert.ok(cloudOfDomain(new URL(audience).hostname), audience);
      if (service.listeners === 'customers') continue;
      for (const host of place.hosts) assert.equal(cloudOfDomain(hostLike(host)), cloud, `${id} ${host}`);
    }
  });

  it('finds the service of every host, in its cloud, by the most exact row', () => {
    let tried = 0;
    for (const { id, cloud, place } of PLACES)
      for (const host of place.hosts) {
        tried++;
        const found = serviceAtHost(hostLike(host));
        assert.deepEqual([found?.id, found?.cloud], [id, cloud], host);
        assert.equal(cloudOfAddress(`https://${hostLike(host)}/x`), cloud, host);
        if (host.startsWith('*.')) {
          assert.equal(serviceAtHost(`a.b.${host.slice(2)}`)?.id, id, host);
          assert.notEqual(serviceAtHost(`evil${host.slice(2)}`)?.id, id, host);
        }
        if (host.startsWith('?.')) assert.notEqual(serviceAtHost(`a.b.${host.slice(2)}`)?.id, id, host);
        assert.equal(serviceAtHost(`${hostLike(host)}.evil.example`), undefined, host);
      }
    console.log(`hosts tried: ${tried}`);
    assert.ok(tried > 200);
  });

  it('tells nobody an audience that no source has settled', () => {
    for (const { id, cloud, place } of PLACES)
      for (const audience of place.unconfirmed ?? []) assert.ok(!audiencesOf(id, cloud).includes(audience), audience);
    assert.deepEqual(audiencesOf('managedHsm', 'public'), []);
    assert.deepEqual(audiencesOf('keyVault', 'china'), ['https://vault.azure.cn']);
  });

  it('knows App Service, API Management and Static Web Apps in every form of their hosts', () => {
    for (const [host, id] of [
      ['orders.azurewebsites.net', 'appService'],
      ['orders-a1b2c3.westeurope-01.azurewebsites.net', 'appService'],
      ['orders.scm.azurewebsites.us', 'kudu'],
      ['orders.scm.azurewebsites.net', 'kudu'],
      ['orders.chinacloudsites.cn', 'appService'],
      ['orders.azure-api.net', 'apiManagement'],
      ['orders-westeurope-01.regional.azure-api.net', 'apiManagement'],
      ['team.gateway.westeurope.azure-api.net', 'apiManagement'],
      ['orders.azure-api.us', 'apiManagement'],
      ['happy-sea-0a1b.5.azurestaticapps.net', 'staticWebApps'],
      ['store.z6.web.core.windows.net', 'staticSites'],
      ['machine.westeurope.cloudapp.azure.com', 'virtualMachines'],
      ['x.environment.api.powerplatform.com', 'flowTriggers'],
      ['api.powerplatform.com', 'powerPlatform'],
    ] as const)
      assert.equal(serviceIdAt(`https://${host}/api`), id, host);
    for (const url of ['nowhere', '', undefined]) assert.equal(serviceIdAt(url), undefined);
  });

  it('looks at hosts of any length', () => {
    assert.equal(serviceAtHost(`${'a.'.repeat(500_000)}vault.azure.net`)?.id, 'keyVault');
    assert.equal(serviceAtHost('.'.repeat(1_000_000)), undefined);
    assert.equal(serviceAtHost(''), undefined);
  });

  it('has a login host for each of its clouds', () => {
    for (const cloud of AZURE_CLOUDS) assert.ok(isLoginHost(LOGIN_HOSTS[cloud][0]));
  });
});
