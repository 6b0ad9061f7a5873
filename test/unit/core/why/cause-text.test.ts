import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CauseId } from '../../../../src/core/gates/cause-id.ts';
import { CAUSE_TEXTS } from '../../../../src/core/why/cause-text.ts';
import type { CauseFacts, CauseText } from '../../../../src/core/why/causes/cause-words.ts';
import type { FixKind } from '../../../../src/core/why/explanation.ts';
import { vaultRoleFor } from '../../../../src/core/why/vault-role.ts';

const KINDS: readonly FixKind[] = ['call', 'client', 'target', 'outside', 'weakens'];
const GUID = '11111111-2222-4333-8444-555555555555';
const MARK = 'Marked.Value';
const KNOWN: Required<CauseFacts> = {
  serviceScope: 'https://storage.azure.com/.default',
  keyKind: 'master',
  ownScope: `api://${MARK}/read`,
  tokenVersion: 'v1',
  keyName: MARK,
  tenant: GUID,
  expectedAudience: MARK,
  audience: MARK,
  objectId: GUID,
  clientId: GUID,
  action: MARK,
  vaultRole: 'Key Vault Crypto User',
  resourceId: MARK,
  vaultName: MARK,
  permission: MARK,
  headerName: MARK,
  address: '203.0.113.7',
  origin: MARK,
  reference: MARK,
  requestedResource: MARK,
  claims: '{}',
  challenge: { authority: `https://login.example/${GUID}`, resource: 'https://vault.azure.net' },
  finalUrl: 'https://api.example/',
  answersByPolicy: 'policyAnswer',
  service: 'dataPlane',
};

const causes = Object.entries(CAUSE_TEXTS) as [CauseId, (facts: CauseFacts) => CauseText][];

describe('every cause of the catalogue', () => {
  for (const [id, write] of causes) {
    for (const [known, facts] of [
      ['nothing known', {}],
      ['everything known', KNOWN],
    ] as const) {
      test(`${id}, ${known}, has a title, a meaning, a source and fixes with kind and place`, () => {
        const { title, means, fixes, source } = write(facts);
        assert.match(title, /^\S[^\n]{5,79}$/);
        assert.doesNotMatch(title, /\.$/);
        assert.match(means, /^\S[^\n]{9,}\.$/);
        assert.match(
          source,
          /^https:\/\/(learn\.microsoft\.com\/\S+|www\.rfc-editor\.org\/rfc\/rfc\d+#section-[\d.]+)$/,
        );
        assert.ok(fixes.length > 0);
        for (const { text, where, value, kind, exposes, action } of fixes) {
          assert.match(text, /^\S[^\n]{9,}\.$/);
          assert.match(where, /^\S[^\n]{5,}$/);
          assert.doesNotMatch(`${text}${where}${value}`, /undefined\S|\S undefined|\[object/);
          assert.equal(exposes !== undefined, kind === 'weakens');
          assert.ok(kind !== 'weakens' || action === undefined);
        }
      });
    }

    test(`${id} offers what changes least first, and never begins with lowering protection`, () => {
      const ranks = write(KNOWN).fixes.map(({ kind }) => KINDS.indexOf(kind));
      assert.deepEqual(
        ranks,
        [...ranks].sort((a, b) => a - b),
      );
      assert.notEqual(write({}).fixes[0]?.kind, 'weakens');
    });
  }
});

test('no two causes have the same title', () => {
  const titles = causes.map(([, write]) => write({}).title);
  assert.deepEqual(
    titles.filter((title, index) => titles.indexOf(title) !== index),
    [],
  );
});

test('what is known makes the value to copy concrete', () => {
  const values = (id: CauseId, facts: CauseFacts) =>
    CAUSE_TEXTS[id](facts).fixes.flatMap(({ value }) => (value === undefined ? [] : [value]));
  assert.deepEqual(values('arm-wrong-tenant', { tenant: GUID }), [`az login --tenant ${GUID}`]);
  assert.deepEqual(values('keyvault-wrong-resource', {}), ['https://vault.azure.net/.default']);
  assert.deepEqual(values('keyvault-wrong-resource', { expectedAudience: 'https://vault.azure.cn' }), [
    'https://vault.azure.cn/.default',
  ]);
  const [assignment] = values('keyvault-rbac-missing', {
    objectId: GUID,
    vaultRole: vaultRoleFor('Microsoft.KeyVault/vaults/keys/sign/action'),
    resourceId: '/subscriptions/s/vault',
  });
  assert.equal(
    assignment,
    `az role assignment create --assignee-object-id ${GUID} --role "Key Vault Crypto User" --scope "/subscriptions/s/vault"`,
  );
});
