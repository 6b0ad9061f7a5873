import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FAMILIAR_APPS } from '../../../../src/core/azure/familiar-apps.ts';
import { FIRST_PARTY_APPS, firstPartyAppName, isFirstPartyApp } from '../../../../src/core/azure/first-party-apps.ts';
import { FIRST_PARTY_LIST } from '../../../../src/core/azure/first-party-list.ts';
import { serviceOfApp } from '../../../../src/core/azure/service-table.ts';

const LINES = FIRST_PARTY_LIST.split('\n');

describe('the list of Microsoft’s applications', () => {
  it('is one id and name a line, in order, once, and none of those that stand elsewhere', () => {
    for (const line of LINES) assert.match(line, /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12} \S(?:.*\S)?$/);
    const ids = LINES.map((line) => line.slice(0, 36));
    assert.deepEqual(ids, [...new Set(ids)].sort());
    assert.ok(ids.length > 800, String(ids.length));
    for (const id of ids)
      assert.ok(serviceOfApp(id) === undefined && !Object.hasOwn(FAMILIAR_APPS, id), `${id} stands elsewhere`);
    console.log(`applications: ${Object.keys(FIRST_PARTY_APPS).length}`);
  });

  it('knows each by its id in any letter case, as a client and as an API, and by name', () => {
    for (const id of Object.keys(FIRST_PARTY_APPS)) {
      assert.ok(isFirstPartyApp(id), id);
      assert.equal(firstPartyAppName(id.toUpperCase()), FIRST_PARTY_APPS[id]);
    }
    for (const [id, name] of [
      ['01cb2876-7ebd-4aa4-9cc9-d28bd4d359a9', 'Device Registration Service'],
      ['74658136-14ec-4630-ad9b-26e160ff0fc6', 'ADIbizaUX'],
      ['19db86c3-b2b9-44cc-b339-36da233a3be2', 'My Signins'],
      ['372140e0-b3b7-4226-8ef9-d57986796201', 'Azure Windows VM Sign-In'],
      ['ce6ff14a-7fdc-4685-bbe0-f6afdfcfa8e0', 'Azure Linux VM Sign-In'],
      ['589d5083-6f11-4d30-a62a-a4b316a14abf', 'Azure Managed HSM'],
      ['41b23e61-6c1e-4545-b367-cd054e0ed4b4', 'Azure VPN'],
    ] as const)
      assert.equal(firstPartyAppName(id), name);
    assert.equal(firstPartyAppName('c8623e40-e6ab-4d2b-b123-2ca193542c65')?.startsWith('Microsoft'), true);
  });

  it('has none of a customer’s', () => {
    for (const id of ['', 'constructor', '11111111-2222-4333-8444-555555555555', '__proto__']) {
      assert.equal(isFirstPartyApp(id), false, id);
      assert.equal(firstPartyAppName(id), undefined, id);
    }
  });
});
