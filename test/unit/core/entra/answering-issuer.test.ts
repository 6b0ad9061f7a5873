import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { faultOfIssuer } from '../../../../src/core/entra/answering-issuer.ts';
import { CLOUDS } from '../../../../src/core/entra/clouds.ts';

const TENANT = '3f2b1c5e-8d47-4c0b-9a6f-1d2e3c4b5a69';
const OTHER_TENANT = 'c6e9d8b7-2a41-4f35-8b0c-9e8d7c6b5a43';

describe('the issuer that an answer names', () => {
  const authority = 'https://idp.example/realms/Contoso';
  const issuer = authority;
  const wrong = [
    ...[
      '',
      ' ',
      `${issuer}/`,
      `${issuer} `,
      issuer.toLowerCase(),
      'https://idp.example/realms/evil',
      'https://idp.example',
    ],
    ...[
      'https://evil.example/realms/Contoso',
      `https://login.microsoftonline.com/${TENANT}/v2.0`,
      'HTTPS://idp.example/realms/Contoso',
    ],
  ];

  for (const isPromised of [true, false]) {
    it(`is the metadata’s letter by letter where it is there, and has to be there when promised: ${isPromised}`, () => {
      assert.equal(faultOfIssuer(issuer, authority, { issuer, isPromised }), undefined);
      assert.equal(
        faultOfIssuer(undefined, authority, { issuer, isPromised }),
        isPromised ? 'issuerMissing' : undefined,
      );
      for (const iss of wrong) assert.equal(faultOfIssuer(iss, authority, { issuer, isPromised }), 'otherIssuer', iss);
    });
  }

  it('is never that of another origin, though the metadata calls itself so', () => {
    for (const borrowed of [
      'https://honest.example/realms/a',
      `https://login.microsoftonline.com/${TENANT}/v2.0`,
      'no url',
      '',
    ])
      assert.equal(faultOfIssuer(borrowed, authority, { issuer: borrowed, isPromised: false }), 'otherIssuer');
  });

  it('may be of any one tenant where the metadata has a template, and of no other form', () => {
    const published = { issuer: 'https://login.airgap.example/{tenantid}/v2.0', isPromised: true };
    const at = 'https://login.airgap.example/organizations';
    const judge = (iss: string) => faultOfIssuer(iss, at, published);
    assert.equal(judge(`https://login.airgap.example/${TENANT}/v2.0`), undefined);
    assert.equal(judge(published.issuer), undefined);
    for (const tenant of ['', 'x', `${TENANT}/x`, `x/${TENANT}`, `${TENANT}/v2.0/${TENANT}`])
      assert.equal(judge(`https://login.airgap.example/${tenant}/v2.0`), 'otherIssuer', tenant);
    for (const iss of [
      'https://login.airgap.example//v2.0',
      'https://login.airgap.example/v2.0',
      `https://login.airgap.example/${TENANT}/`,
    ])
      assert.equal(judge(iss), 'otherIssuer', iss);
  });

  it('of Microsoft’s clouds is neither there nor promised; one that came is of the cloud and tenant asked', () => {
    for (const { hosts } of CLOUDS) {
      for (const host of hosts) {
        const byId = `https://${host}/${TENANT}`;
        for (const at of [byId, `https://${host}/contoso.com`, `https://${host}/common`]) {
          assert.equal(faultOfIssuer(undefined, at, undefined), undefined);
          assert.equal(faultOfIssuer(`https://${host}/${TENANT}/v2.0`, at, undefined), undefined);
          assert.equal(faultOfIssuer(`https://evil.example/${TENANT}/v2.0`, at, undefined), 'otherIssuer');
        }
        assert.equal(faultOfIssuer(`https://${host}/${OTHER_TENANT}/v2.0`, byId, undefined), 'otherIssuer');
        const abroad = host === 'login.microsoftonline.us' ? 'login.microsoftonline.com' : 'login.microsoftonline.us';
        if (!hosts.includes(abroad as never))
          assert.equal(faultOfIssuer(`https://${abroad}/${TENANT}/v2.0`, byId, undefined), 'otherIssuer');
      }
    }
  });

  it('of a customer’s tenant at Microsoft is what its metadata says, on whichever name of the tenant', () => {
    const published = { issuer: `https://${TENANT}.ciamlogin.com/${TENANT}/v2.0`, isPromised: false };
    assert.equal(faultOfIssuer(published.issuer, 'https://contoso.ciamlogin.com/x', published), undefined);
    assert.equal(faultOfIssuer(published.issuer, 'https://evil.example/x', published), 'otherIssuer');
  });
});
