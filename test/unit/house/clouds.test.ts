import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LOGIN_HOSTS } from '../../../src/core/azure/login-hosts.ts';
import { cloudOfDomain } from '../../../src/core/azure/microsoft-domains.ts';
import { AZURE_CLOUDS } from '../../../src/core/azure/service.ts';
import { SERVICE_IDS, SERVICES } from '../../../src/core/azure/service-table.ts';
import { judgeDestination } from '../../../src/core/call/token-destination.ts';
import { CLOUD_IDS } from '../../../src/core/entra/clouds.ts';

/** What every cloud has, and what a token is worth most for. */
const EVERYWHERE = ['graph', 'resourceManager', 'keyVault', 'storage'] as const;
const OWN_API = 'https://orders.evil.example';

function verdictOf(audience: string, origin: string, cloud: string): string {
  return judgeDestination({ audiences: [audience], origin, own: [audience], exceptions: [], clouds: [cloud] }).verdict;
}

describe('every cloud that one can sign in to', () => {
  it('is a cloud of the table of services, and the other way round', () => {
    assert.deepEqual([...AZURE_CLOUDS].sort(), [...CLOUD_IDS].sort());
  });

  for (const cloud of CLOUD_IDS)
    it(`has its domains and its services: ${cloud}`, () => {
      assert.equal(cloudOfDomain(`new.service.${LOGIN_HOSTS[cloud][0]}`), cloud);
      for (const id of EVERYWHERE) {
        const place = SERVICES[id].places[cloud];
        assert.ok(place && place.hosts.length > 0 && place.audiences.length > 0, id);
        const host = place.hosts[0]?.replace('*', 'orders') ?? '';
        for (const audience of [...place.audiences, ...(SERVICES[id].appIds ?? [])]) {
          assert.equal(verdictOf(audience, OWN_API, cloud), 'refused', audience);
          assert.equal(verdictOf(audience, `https://${host}`, cloud), 'allowed', `${audience} ${host}`);
          for (const other of CLOUD_IDS)
            if (other !== cloud && new URL(`https://${host}`).origin !== audience)
              assert.equal(verdictOf(audience, `https://${host}`, other), 'refused', `${audience} of ${other}`);
        }
      }
    });

  it('is the cloud of every service host that is no customer’s', () => {
    for (const id of SERVICE_IDS)
      for (const cloud of AZURE_CLOUDS)
        for (const host of SERVICES[id].places[cloud]?.hosts ?? [])
          if (SERVICES[id].listeners !== 'customers')
            assert.equal(cloudOfDomain(host.replace(/^[*?]/, 'orders')), cloud, host);
  });
});
