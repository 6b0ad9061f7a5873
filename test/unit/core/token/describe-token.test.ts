import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { claimInfo } from '../../../../src/core/token/claims.ts';
import { describeToken } from '../../../../src/core/token/describe-token.ts';
import { readToken } from '../../../../src/core/token/read-token.ts';
import type { ClaimLine, TokenDescription } from '../../../../src/core/token/token-description.ts';
import { base64url, encryptToken, signToken } from './sign-token.ts';

const tid = '11111111-2222-4333-8444-555555555555';
const claims = {
  aud: 'api://orders',
  iss: `https://sts.windows.net/${tid}/`,
  iat: 1_800_000_000,
  nbf: 1_800_000_000,
  exp: 1_800_004_500,
  acr: '1',
  aio: 'opaque',
  amr: ['pwd', 'mfa'],
  appid: '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
  appidacr: '0',
  name: 'Ada Example',
  oid: 'o',
  rh: 'opaque',
  scp: 'Orders.Read Orders.Write',
  sub: 's',
  tid,
  uti: 'u',
  ver: '1.0',
  custom: { a: [1] },
  xms_new: '1',
};

async function descriptionOf(payload: object, header: Record<string, unknown> = {}): Promise<TokenDescription> {
  return describeToken(readToken(await signToken(payload, header)));
}

function linesOf(description: TokenDescription): ClaimLine[] {
  return description.sections.flatMap((section) => section.claims);
}

function lineOf(description: TokenDescription, name: string): ClaimLine | undefined {
  return linesOf(description).find((line) => line.name === name);
}

describe('describeToken', () => {
  test('orders sections and claims as they are read', async () => {
    const { sections } = await descriptionOf(claims, { kid: 'k', x5t: 't' });
    assert.deepEqual(
      sections.map(({ id, claims }) => [id, claims.map(({ name }) => name).join(' ')]),
      [
        ['issuer', 'iss tid ver'],
        ['audience', 'aud appid appidacr'],
        ['subject', 'name scp oid sub amr acr'],
        ['time', 'iat nbf exp'],
        ['other', 'custom'],
        ['internal', 'uti aio rh xms_new'],
        ['header', 'typ alg kid x5t'],
      ],
    );
  });

  test('gives each value its type', async () => {
    const description = await descriptionOf(claims);
    assert.deepEqual(lineOf(description, 'exp')?.value, { type: 'time', epochSec: 1_800_004_500 });
    assert.deepEqual(lineOf(description, 'scp')?.value, {
      type: 'list',
      items: [{ text: 'Orders.Read' }, { text: 'Orders.Write' }],
    });
    assert.deepEqual(lineOf(description, 'amr')?.value, { type: 'list', items: [{ text: 'pwd' }, { text: 'mfa' }] });
    assert.deepEqual(lineOf(description, 'appid')?.value, { type: 'text', text: claims.appid, name: 'Azure CLI' });
    assert.equal(lineOf(description, 'custom')?.value.type, 'json');
    assert.deepEqual(description.lifetime, {
      issuedAtSec: claims.iat,
      notBeforeSec: claims.nbf,
      expiresAtSec: claims.exp,
    });
    assert.deepEqual(JSON.parse(description.payloadJson ?? ''), claims);
  });

  test('says what values mean, and nothing where they speak for themselves', async () => {
    const description = await descriptionOf(claims);
    for (const name of ['iss', 'ver', 'appidacr', 'amr', 'acr', 'scp', 'exp', 'alg']) {
      assert.ok(lineOf(description, name)?.says, name);
    }
    for (const name of ['name', 'sub', 'aio', 'custom', 'kid', 'nbf']) {
      assert.equal(lineOf(description, name)?.says, undefined, name);
    }
    const proofs = await Promise.all(['0', '1', '2', '9'].map((azpacr) => descriptionOf({ ...claims, azpacr })));
    const said = proofs.map((one) => lineOf(one, 'azpacr')?.says);
    assert.equal(new Set(said).size, 4);
    assert.equal(said[3], undefined);
  });

  test('values that mean something else elsewhere', async () => {
    const b2c = await descriptionOf({ ...claims, tfp: 'B2C_1_in', acr: '1' });
    const entra = await descriptionOf(claims);
    assert.notEqual(lineOf(b2c, 'ver')?.says, lineOf(entra, 'ver')?.says);
    const other = await descriptionOf({ iss: 'https://issuer.example', acr: '1', ver: '1.0', roles: ['a'] });
    for (const name of ['acr', 'ver', 'roles', 'iss']) assert.equal(lineOf(other, name)?.says, undefined, name);
    const foreign = await descriptionOf({ ...claims, tid: '99999999-2222-4333-8444-555555555555' });
    assert.ok(lineOf(foreign, 'tid')?.says);
    const milliseconds = await descriptionOf({ ...claims, exp: 1_800_004_500_000 });
    assert.notEqual(lineOf(milliseconds, 'exp')?.says, lineOf(entra, 'exp')?.says);
  });

  test('names Graph in the audience and advises against validating', async () => {
    const description = await descriptionOf({ ...claims, aud: ['https://graph.microsoft.com/'] }, { nonce: 'n' });
    assert.equal(description.kind, 'microsoftApiToken');
    assert.ok(description.advice);
    assert.deepEqual(lineOf(description, 'aud')?.value, {
      type: 'list',
      items: [{ text: 'https://graph.microsoft.com/', name: 'Microsoft Graph' }],
    });
  });

  test('shows no more than eight characters of the token', async () => {
    const raw = await signToken(claims);
    const { preview } = describeToken(readToken(raw));
    assert.deepEqual(preview, { header: raw.slice(0, 8), payload: raw.split('.')[1]?.slice(0, 8) });
  });

  test('shows nothing of what it cannot read: it may be a secret', () => {
    const secret = 'kQ7~correct-horse-battery-staple';
    const text = JSON.stringify(describeToken(readToken(secret)));
    for (let at = 0; at + 4 <= secret.length; at++) assert.ok(!text.includes(secret.slice(at, at + 4)));
  });

  test('encrypted: the header alone', async () => {
    const description = describeToken(readToken(await encryptToken('hidden')));
    assert.deepEqual(
      description.sections.map(({ id }) => id),
      ['header'],
    );
    assert.equal(description.payloadJson, undefined);
    assert.equal(description.preview.payload, '');
  });

  test('errors come before warnings', () => {
    const raw = `${base64url('{"alg":"RS256","kid":5}')}.${base64url('{"exp":"soon"}')}.A*`;
    assert.deepEqual(
      describeToken(readToken(raw)).problems.map(({ severity }) => severity),
      ['error', 'warning', 'warning'],
    );
  });

  test('hostile values stay as they are', async () => {
    const hostile = '<img src=x onerror=alert(1)>[x](command:evil)';
    const description = await descriptionOf({ ...claims, name: hostile, roles: [hostile], [hostile]: hostile });
    assert.deepEqual(lineOf(description, 'name')?.value, { type: 'text', text: hostile });
    assert.equal(lineOf(description, hostile)?.part, 'payload');
    const generated = [description.title, description.advice ?? '', ...description.evidence];
    const said = linesOf(description).flatMap(({ meaning, says = '' }) => [meaning, says]);
    for (const text of [...generated, ...said]) assert.ok(!text.includes('<img'));
  });

  test('every claim appears exactly once, whatever it is', () => {
    const name = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '__proto__',
        'constructor',
        'toString',
        'exp',
        'aud',
        'scp',
        'roles',
        'acr',
        '_claim_names',
        'nonce',
      ),
    );
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>(1e308, -1, 0, '', [], {}, null));
    fc.assert(
      fc.property(fc.dictionary(name, value), fc.dictionary(name, value), (header, payload) => {
        const reading = readToken(`${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(payload))}.AAAA`);
        const description = describeToken(reading);
        const shown = linesOf(description).map(({ part, name }) => `${part} ${name}`);
        const expected = [
          ...Object.keys(reading.header ?? {}).map((name) => `header ${name}`),
          ...Object.keys(reading.payload ?? {}).map((name) => `payload ${name}`),
        ];
        assert.deepEqual(shown.toSorted(), expected.toSorted());
        for (const { meaning, says = '', source = 'https://' } of linesOf(description)) {
          assert.ok(meaning.length > 0 && !/undefined|NaN|Infinity/.test(says));
          assert.ok(source.startsWith('https://'));
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('claimInfo', () => {
  test('knows every claim of Microsoft’s references, RFC 7519, OpenID Connect Core and RFC 9068', () => {
    const known =
      'aud iss iat nbf exp idp acr acrs amr aio rh appid azp appidacr azpacr scp roles wids groups hasgroups ' +
      '_claim_names _claim_sources sub oid tid sid unique_name upn email preferred_username name uti ver nonce c_hash ' +
      'at_hash ipaddr fwd vnet in_corp onprem_sid pwd_exp pwd_url acct auth_time ctry tenant_ctry tenant_region_scope ' +
      'login_hint verified_primary_email verified_secondary_email ztdid idtyp xms_cc xms_edov xms_pdl xms_pl xms_tpl ' +
      'xms_mirid xms_az_rid tfp jti client_id scope entitlements';
    const unknown = claimInfo('payload', 'no such claim').meaning;
    for (const name of known.split(' ')) assert.notEqual(claimInfo('payload', name).meaning, unknown, name);
    const unknownField = claimInfo('header', 'no such field').meaning;
    for (const name of 'typ alg kid x5t x5t#S256 nonce cty crit enc zip jku x5u jwk x5c b64'.split(' ')) {
      assert.notEqual(claimInfo('header', name).meaning, unknownField, name);
    }
  });

  test('says nothing about what is not documented', () => {
    for (const name of 'app_displayname puid platf deviceid signin_state xms_tcdt xms_ftd xms_anything'.split(' ')) {
      const info = claimInfo('payload', name);
      assert.equal(info.section, 'internal', name);
      assert.equal(info.source, undefined, name);
    }
  });
});
