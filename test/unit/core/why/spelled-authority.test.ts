import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ApiProfile } from '../../../../src/core/entra/api-profile.ts';
import { readGivenKeys } from '../../../../src/core/entra/given-key.ts';
import { KeyStore } from '../../../../src/core/entra/key-store.ts';
import { parseApiProfile } from '../../../../src/core/entra/parse-api-profile.ts';
import { keySourceUrl } from '../../../../src/core/entra/token-source.ts';
import type { FetchText, PublicStore } from '../../../../src/core/ports.ts';
import { readToken } from '../../../../src/core/token/read-token.ts';
import { SETTINGS_WRITERS } from '../../../../src/core/why/copy-as/copy-as.ts';
import { type NoRules, rulesOf, type TokenRules } from '../../../../src/core/why/copy-as/token-rules.ts';
import { validateToken, validateWithKeys } from '../../../../src/core/why/validate.ts';
import type { ValidationReport } from '../../../../src/core/why/validation-report.ts';
import * as at from '../entra-fixture.ts';
import { entraEverywhere, type Spelling, spellingsOf, stsBaseOf } from './authority-spellings.ts';

const STRANGER = '99999999-aaaa-4bbb-8ccc-000000000009';
const MANY = ['common', 'organizations'].flatMap(spellingsOf);
const ONE = [at.TENANT, 'contoso.onmicrosoft.com'].flatMap(spellingsOf);
const BASE = {
  audiences: [at.API_ID],
  accepts: [{ scopes: ['Orders.Read'] }],
  allowedClients: [at.CLIENT_ID],
  clockSkewSec: 0,
};

type Settings = Record<string, unknown>;

function profileOf({ entry }: Spelling, settings: Settings): ApiProfile {
  const parsed = parseApiProfile('orders', { ...BASE, ...entry, ...settings }, 'user');
  assert.ok(parsed.ok, JSON.stringify({ entry, parsed }));
  return parsed.profile;
}

const signed = new Map<string, Promise<string>>();

/** A token of this issuer and tenant, signed with the one key of all of Entra. */
function tokenOf({ issuerBase }: Spelling, tenant: string, version: 1 | 2 = 2, tid = tenant): Promise<string> {
  const iss = version === 1 ? `${stsBaseOf(issuerBase)}/${tenant}/` : `${issuerBase}/${tenant}/v2.0`;
  const claims = version === 1 ? at.v1Claims({ iss, tid, aud: at.API_ID }) : at.v2Claims({ iss, tid });
  const name = `${iss} ${tid}`;
  const token = signed.get(name) ?? at.signToken(claims);
  signed.set(name, token);
  return token;
}

async function judge(raw: string, profile: ApiProfile, keyStore = storeOf(entraEverywhere().fetchText)) {
  const report = await validateToken({ raw, profile, keyStore, mayFetch: async () => true, nowMs: at.NOW_MS });
  assert.equal(reasonOf(report, 'signature'), 'signatureValid');
  return report;
}

function storeOf(fetchText: FetchText, kept?: PublicStore): KeyStore {
  return new KeyStore(fetchText, () => at.NOW_MS, kept);
}

function reasonOf({ lines }: ValidationReport, id: string): string | undefined {
  return lines.find((line) => line.id === id)?.reason;
}

/** Each spelling's verdict has to be this one; the spellings that differ. */
async function differing(
  spellings: readonly Spelling[],
  settings: Settings,
  raw: (spelling: Spelling) => Promise<string>,
  wanted: ValidationReport['verdict'],
): Promise<string[]> {
  const wrong: string[] = [];
  for (const spelling of spellings) {
    const { verdict, lines } = await judge(await raw(spelling), profileOf(spelling, settings));
    const open = lines.filter((line) => line.verdict !== 'passed').map(({ id, reason }) => `${id} ${reason}`);
    if (verdict !== wanted) wrong.push(`${JSON.stringify(spelling.entry)}: ${verdict} ${open}`);
  }
  return wrong;
}

const V2 = { tokenVersions: [2] };
const allowing = (...allowedTenants: string[]) => ({ ...V2, allowedTenants });

describe(`${MANY.length} spellings of an authority of many tenants`, () => {
  for (const [what, settings, tenant, wanted] of [
    ['a stranger’s token is never passed', V2, STRANGER, 'unknown'],
    ['nor is anybody’s, while nobody says who may call', V2, at.TENANT, 'unknown'],
    ['an allowed tenant’s token passes', allowing(at.TENANT), at.TENANT, 'passes'],
    ['a stranger’s is refused then', allowing(at.TENANT, at.OTHER_TENANT), STRANGER, 'refuses'],
    ['without the versions nothing passes', { allowedTenants: [at.TENANT] }, at.TENANT, 'unknown'],
    ['nor with another version', { tokenVersions: [1], allowedTenants: [at.TENANT] }, at.TENANT, 'refuses'],
  ] as const) {
    test(what, async () => {
      assert.deepEqual(await differing(MANY, settings, (spelling) => tokenOf(spelling, tenant), wanted), []);
    });
  }

  test('the tenant’s line says why, in every spelling', async () => {
    for (const spelling of MANY) {
      const report = await judge(await tokenOf(spelling, STRANGER), profileOf(spelling, V2));
      assert.equal(reasonOf(report, 'tenant'), 'tenantNotSaid', JSON.stringify(spelling.entry));
    }
  });

  test('a token that names one tenant and is issued by another is refused', async () => {
    for (const settings of [V2, allowing(at.TENANT)])
      assert.deepEqual(
        await differing(MANY, settings, (spelling) => tokenOf(spelling, STRANGER, 2, at.TENANT), 'refuses'),
        [],
      );
  });

  test('v1 tokens likewise, wherever the authority serves them', async () => {
    const serving = MANY.filter(({ servesV1 }) => servesV1);
    const v1 = { tokenVersions: [1, 2] };
    const of = (tenant: string) => (spelling: Spelling) => tokenOf(spelling, tenant, 1);
    assert.deepEqual(await differing(serving, v1, of(STRANGER), 'unknown'), []);
    assert.deepEqual(await differing(serving, { ...v1, allowedTenants: [at.TENANT] }, of(at.TENANT), 'passes'), []);
    assert.deepEqual(await differing(serving, { ...v1, allowedTenants: [at.TENANT] }, of(STRANGER), 'refuses'), []);
  });

  test('with kept keys, while nothing can be reached, no stranger passes either', async () => {
    for (const spelling of MANY) {
      const profile = profileOf(spelling, V2);
      const files = new Map<string, string>();
      const kept: PublicStore = {
        read: async (url) => files.get(url),
        write: async (url, text) => void files.set(url, text),
      };
      const raw = await tokenOf(spelling, STRANGER);
      await judge(raw, profile, storeOf(entraEverywhere().fetchText, kept));
      const down = storeOf(async () => ({ ok: false, failure: 'unreachable', detail: '' }), kept);
      const report = await judge(raw, profile, down);
      assert.deepEqual([report.verdict, reasonOf(report, 'tenant')], ['unknown', 'tenantNotSaid']);
    }
  });

  test('with a given key no stranger passes, whatever the profile lists', async () => {
    const given = await readGivenKeys(JSON.stringify(at.publishedKey()));
    assert.ok(given.ok);
    for (const spelling of MANY) {
      const raw = await tokenOf(spelling, STRANGER);
      const report = await validateWithKeys({ raw, profile: profileOf(spelling, V2), nowMs: at.NOW_MS }, given);
      assert.equal(report.verdict, 'unknown', JSON.stringify(spelling.entry));
    }
  });
});

describe(`${ONE.length} spellings of an authority of one tenant`, () => {
  for (const [what, settings, tenant, tid, wanted] of [
    ['its token passes', V2, at.TENANT, at.TENANT, 'passes'],
    ['a stranger’s is refused', V2, STRANGER, STRANGER, 'refuses'],
    ['one that names another tenant than its issuer is refused', V2, at.TENANT, STRANGER, 'refuses'],
    ['one of a stranger’s that names this tenant is refused', V2, STRANGER, at.TENANT, 'refuses'],
    ['allowing the tenant changes nothing', allowing(at.TENANT), at.TENANT, at.TENANT, 'passes'],
    ['allowing another one lets nobody in', allowing(STRANGER), at.TENANT, at.TENANT, 'refuses'],
    ['without the versions nothing passes', {}, at.TENANT, at.TENANT, 'unknown'],
  ] as const) {
    test(what, async () => {
      assert.deepEqual(await differing(ONE, settings, (spelling) => tokenOf(spelling, tenant, 2, tid), wanted), []);
    });
  }
});

async function rulesFor(spelling: Spelling, settings: Settings, tenant: string): Promise<TokenRules | NoRules> {
  const { header = {}, payload = {} } = readToken(await tokenOf(spelling, tenant));
  const profile = profileOf(spelling, settings);
  const metadataUrl = keySourceUrl(payload, profile);
  const keyStore = storeOf(entraEverywhere().fetchText);
  return rulesOf({ header, payload }, profile, await keyStore.read({ metadataUrl, mayFetch: async () => true }));
}

function textsOf(rules: TokenRules): Record<string, string> {
  const written = SETTINGS_WRITERS.map(({ id, write }) => [id, write(rules)] as const);
  return Object.fromEntries(written.flatMap(([id, settings]) => (settings.ok ? [[id, settings.text]] : [])));
}

describe('Copy As never pins a tenant nobody named', () => {
  test('of many tenants nothing is written, while nobody says who may call', async () => {
    for (const spelling of MANY)
      assert.equal(await rulesFor(spelling, V2, STRANGER), 'tenants', JSON.stringify(spelling.entry));
  });

  test('a token of a tenant that is not named gives nothing', async () => {
    for (const [spellings, settings] of [
      [MANY, allowing(at.TENANT)],
      [ONE, V2],
    ] as const)
      for (const spelling of spellings)
        assert.equal(await rulesFor(spelling, settings, STRANGER), 'issuer', JSON.stringify(spelling.entry));
  });

  test('every allowed tenant is in what is written, whoever the token is of', async () => {
    for (const spelling of MANY) {
      const rules = await rulesFor(spelling, allowing(at.TENANT, at.OTHER_TENANT), at.TENANT);
      assert.ok(typeof rules === 'object', JSON.stringify(spelling.entry));
      const texts = textsOf(rules);
      assert.deepEqual(
        Object.keys(texts),
        ['validateJwt', 'aspNetCore', 'node', 'python'],
        'the others take one tenant',
      );
      for (const [id, text] of Object.entries(texts))
        for (const tenant of [at.TENANT, at.OTHER_TENANT]) assert.ok(text.includes(tenant), `${id} ${tenant}`);
    }
  });

  test('one tenant is pinned where one is named: allowed, or the authority’s own', async () => {
    for (const [spellings, settings] of [
      [MANY, allowing(at.TENANT)],
      [ONE, V2],
    ] as const) {
      for (const spelling of spellings) {
        const rules = await rulesFor(spelling, settings, at.TENANT);
        assert.ok(typeof rules === 'object', JSON.stringify(spelling.entry));
        const texts = textsOf(rules);
        assert.ok(Object.keys(texts).length >= 4, JSON.stringify(spelling.entry));
        for (const [id, text] of Object.entries(texts)) {
          const tenants = text.match(/[0-9a-f]{8}-aaaa-4bbb-8ccc-00000000000[0-9]/g) ?? [];
          const others = [...new Set(tenants)].filter((id) => ![at.TENANT, at.API_ID, at.CLIENT_ID].includes(id));
          assert.deepEqual(others, [], id);
          assert.ok(text.includes(at.TENANT), id);
        }
      }
    }
  });
});
