import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Call } from '../../../../src/core/call/call.ts';
import {
  areOfTwoClouds,
  isHostOf,
  originOf,
  type ServiceId,
} from '../../../../src/core/gates/services/service-hosts.ts';
import { explain } from '../../../../src/core/why/explain.ts';
import { knowledgeOf } from '../../../../src/core/why/knowledge.ts';
import { predict } from '../../../../src/core/why/predict.ts';
import { hostLike, PLACES } from '../azure/places.ts';

const NOW = Date.UTC(2026, 10, 30);
const KINDS: Record<string, ServiceId | undefined> = {
  keyVault: 'keyVault',
  arm: 'resourceManager',
  graph: 'graph',
  storage: 'dataPlane',
  dataPlane: 'dataPlane',
  logicApp: 'logicApp',
};
const GATES: readonly ServiceId[] = ['keyVault', 'resourceManager', 'graph', 'dataPlane', 'tokenEndpoint', 'logicApp'];

function callTo(url: string): Call {
  return { method: 'GET', url, headers: [], authorization: { type: 'none', setBy: 'caller' } };
}

describe('the service at a host, for the gates', () => {
  it('is the table’s, in every cloud: what kind of target it is, and whose answer it gives', () => {
    for (const { place, service } of PLACES)
      for (const host of place.hosts.map(hostLike)) {
        const call = callTo(`https://${host}/x`);
        assert.equal(knowledgeOf(undefined, undefined, {}, call, NOW).target?.kind?.value, service.target, host);
        const gate = service.target && KINDS[service.target];
        for (const one of GATES) {
          assert.equal(isHostOf(host, one), one === gate, `${host} ${one}`);
          assert.equal(originOf({ call }, { keySources: {} }, one), one === gate ? 'own' : 'other', `${host} ${one}`);
        }
      }
  });

  it('is the token endpoint at a login host and at a tenant’s for customers', () => {
    for (const host of ['login.microsoftonline.us', 'sts.windows.net', 'orders.b2clogin.com', 'orders.ciamlogin.com']) {
      assert.ok(isHostOf(host, 'tokenEndpoint'), host);
      const call = callTo(`https://${host}/x`);
      assert.equal(knowledgeOf(undefined, undefined, {}, call, NOW).target?.kind?.value, 'tokenEndpoint');
    }
  });

  it('tells two clouds apart by any host of theirs', () => {
    for (const one of PLACES)
      for (const other of PLACES) {
        const [a, b] = [one, other].map(({ place }) => place.hosts[0]);
        if (a === undefined || b === undefined) continue;
        const isOfTwo = areOfTwoClouds(`https://${hostLike(a)}`, `https://${hostLike(b)}`);
        assert.equal(isOfTwo, one.cloud !== other.cloud, `${a} ${b}`);
      }
  });

  for (const host of ['orders.azurewebsites.net', 'orders.azurewebsites.us', 'orders.chinacloudsites.cn']) {
    it(`looks for a Functions key at ${host}, and for the redirect to https`, () => {
      const response = {
        status: 401,
        headers: [],
        headersComplete: true,
        body: { text: '', bytes: 0, isComplete: true },
      };
      const { causes } = explain([{ call: callTo(`https://${host}/api/x`), response }], { keySources: {} }, NOW);
      assert.ok(
        causes.some(({ cause }) => cause === 'function-key-missing'),
        host,
      );
      const call: Call = {
        ...callTo(`http://${host}/api/x`),
        authorization: { type: 'other', scheme: 'Basic', setBy: 'caller' },
      };
      const edge = { value: 'other' as const, source: 'setting' as const, readAtMs: NOW };
      const { steps } = predict(call, { keySources: {}, target: { edge } }, NOW);
      const foreseen = steps.flatMap(({ judgement }) => judgement.findings.map((finding) => finding.cause));
      assert.ok(foreseen.includes('authorization-dropped-on-redirect'), host);
    });
  }
});
