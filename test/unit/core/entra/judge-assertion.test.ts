import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FIRST_PARTY_APPS } from '../../../../src/core/azure/first-party-apps.ts';
import { type Exchanger, judgeAssertion } from '../../../../src/core/entra/judge-assertion.ts';
import { PLACES } from '../azure/places.ts';
import { CLIENT_ID, LOGIN, TENANT } from '../entra-fixture.ts';

const ITSELF = '33333333-aaaa-4bbb-8ccc-000000000003';
const OTHER = '44444444-aaaa-4bbb-8ccc-000000000004';
const NOW_SEC = 1_800_000_000;
const exchanger: Exchanger = { clientId: ITSELF, names: ['api://orders'], tenant: TENANT };
const v2 = {
  ...{ iss: `${LOGIN}/${TENANT}/v2.0`, tid: TENANT, ver: '2.0', aud: ITSELF, azp: CLIENT_ID, azpacr: '0' },
  ...{ scp: 'Orders.Read', sub: 's', oid: 'o', iat: NOW_SEC - 60, nbf: NOW_SEC - 60, exp: NOW_SEC + 600 },
};
const v1 = {
  ...{ iss: `https://sts.windows.net/${TENANT}/`, tid: TENANT, ver: '1.0', aud: 'api://orders', appid: CLIENT_ID },
  ...{
    appidacr: '0',
    scp: 'Orders.Read',
    sub: 's',
    oid: 'o',
    iat: NOW_SEC - 60,
    nbf: NOW_SEC - 60,
    exp: NOW_SEC + 600,
  },
};

function judge(claims: object, who: Partial<Exchanger> = {}): string | undefined {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const raw = `${part({ typ: 'JWT', alg: 'RS256', kid: 'k' })}.${part(claims)}.${Buffer.alloc(256).toString('base64url')}`;
  return judgeAssertion(raw, { ...exchanger, ...who }, NOW_SEC * 1000)?.reason;
}

describe('a token to exchange', () => {
  it('of a user, for the application that exchanges, is good', () => {
    assert.equal(judge(v2), undefined);
    assert.equal(judge(v1), undefined);
    for (const aud of [ITSELF.toUpperCase(), `api://${ITSELF}`, `spn:${ITSELF}`, 'api://orders/', [OTHER, ITSELF]]) {
      assert.equal(judge({ ...v1, aud }), undefined, String(aud));
    }
  });

  it('is good where client and API are one registration', () => {
    assert.equal(judge({ ...v2, azp: ITSELF }), undefined);
    assert.equal(judge({ ...v1, aud: ITSELF, appid: ITSELF }), undefined);
  });

  it('for another application is not', () => {
    for (const aud of [OTHER, `api://${OTHER}`, 'api://invoices']) {
      assert.equal(judge({ ...v2, aud }), 'assertionAudience', aud);
    }
  });

  it('for a URI that nobody says whose it is may be', () => {
    assert.equal(judge({ ...v1, aud: 'api://invoices' }, { names: [] }), undefined);
    assert.equal(judge({ ...v1, aud: OTHER }, { names: [] }), 'assertionAudience');
  });

  it('for an API of Microsoft’s is not, whatever the exchanger says of itself', () => {
    const ofMicrosoft = [
      ...PLACES.flatMap(({ service, place }) => [...place.audiences, ...(service.appIds ?? [])]),
      ...Object.keys(FIRST_PARTY_APPS),
      ...['https://contoso.crm4.dynamics.com/', 'https://contoso.sharepoint.com', 'https://contoso.vault.azure.net'],
      ...['https://contoso.documents.azure.com', 'api://AzureADTokenExchange', 'https://substrate.office.com'],
    ];
    for (const audience of ofMicrosoft)
      for (const aud of [audience, [ITSELF, audience]])
        for (const who of [{ names: [audience] }, { names: [], clientId: audience }])
          assert.match(judge({ ...v1, aud }, who) ?? '', /^assertion(?:Kind|Audience)$/, String(aud));
  });

  it('of no user, or of another kind, is not', () => {
    const { scp, azp, azpacr, ...idToken } = { ...v2, nonce: 'n' };
    const { scp: _, ...appOnly } = { ...v2, roles: ['All'], sub: 'o', idtyp: 'app' };
    for (const claims of [idToken, appOnly, { ...v2, aud: '00000003-0000-0000-c000-000000000000' }]) {
      assert.equal(judge(claims), 'assertionKind');
    }
  });

  it('of another tenant is not, where the tenant is known', () => {
    assert.equal(judge({ ...v2, tid: OTHER }), 'assertionTenant');
    assert.equal(judge({ ...v2, tid: OTHER }, { tenant: undefined }), undefined);
    assert.equal(judge({ ...v2, tid: TENANT.toUpperCase() }), undefined);
  });

  it('that has expired is not', () => {
    assert.equal(judge({ ...v2, exp: NOW_SEC }), 'assertionExpired');
    assert.equal(judge({ ...v2, exp: NOW_SEC + 1 }), undefined);
  });

  it('that cannot be read is not, unless it is encrypted for its API', () => {
    for (const raw of ['', 'opaque', 'a.b.c']) {
      assert.equal(judgeAssertion(raw, exchanger, NOW_SEC * 1000)?.reason, 'assertionUnreadable', raw);
    }
    const header = Buffer.from('{"alg":"RSA-OAEP","enc":"A256GCM"}').toString('base64url');
    assert.equal(judgeAssertion(`${header}.AA.AA.AA.AA`, exchanger, NOW_SEC * 1000), undefined);
  });
});
