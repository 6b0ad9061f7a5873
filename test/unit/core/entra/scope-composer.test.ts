import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Authority } from '../../../../src/core/entra/authority.ts';
import { composeScopes, reviewScopes } from '../../../../src/core/entra/scope-composer.ts';
import type { ScopeContext } from '../../../../src/core/entra/scope-rules.ts';

const TENANT = '3f2b1c5e-8d47-4c0b-9a6f-1d2e3c4b5a69';
const API = '5e1f7c2a-94b3-4d68-a0c5-3b7e9d1f2a86';
const CLIENT = '94f2db06-317c-4ea5-98f9-a01b2c3d4e5f';
const ENTRA: Authority = {
  kind: 'entra',
  loginBase: 'https://login.microsoftonline.com',
  tenant: TENANT,
  cloud: 'public',
};
const USER: ScopeContext = {
  ...{ authority: ENTRA, isAppOnly: false, clientId: CLIENT },
  ...{ appId: API, appIdUri: 'api://orders' },
};
const APP: ScopeContext = { ...USER, isAppOnly: true };
/** Client and API are one registration. */
const SELF: ScopeContext = { ...USER, clientId: API };
const NOBODY: ScopeContext = { authority: ENTRA, isAppOnly: false };
const SLASHED: ScopeContext = { ...USER, appIdUri: 'https://orders.contoso.com/' };
const ARM = 'https://management.azure.com';

type Row = [written: string[], context: ScopeContext, scopes: string[], ...ids: string[]];

const ROWS: readonly Row[] = [
  [['api://orders/Orders.Read'], USER, ['api://orders/Orders.Read']],
  [
    ['api://orders/Orders.Read api://orders/Orders.Write'],
    USER,
    ['api://orders/Orders.Read', 'api://orders/Orders.Write'],
  ],
  [[`${API}/.default`], USER, [`${API}/.default`]],
  [[`api://${API}/Orders.Read`], USER, [`api://${API}/Orders.Read`]],
  [['API://Orders/Orders.Read'], USER, ['API://Orders/Orders.Read']],
  [['api://anything/X'], NOBODY, ['api://anything/X']],
  // Nothing, or nothing of one's own
  [[], USER, [], 'nothingAsked'],
  [['  '], USER, [], 'nothingAsked'],
  [['Orders.Read'], USER, ['Orders.Read'], 'graphByDefault'],
  [['User.Read'], NOBODY, ['User.Read'], 'graphByDefault'],
  [['openid', 'profile'], USER, ['openid', 'profile'], 'reservedScope', 'reservedScope', 'graphByDefault'],
  [['https://graph.microsoft.com/.default'], USER, ['https://graph.microsoft.com/.default'], 'microsoftApi'],
  [
    ['00000003-0000-0000-c000-000000000000/User.Read'],
    USER,
    ['00000003-0000-0000-c000-000000000000/User.Read'],
    'microsoftApi',
  ],
  // Reserved scopes
  [
    ['api://orders/Orders.Read', 'offline_access'],
    USER,
    ['api://orders/Orders.Read', 'offline_access'],
    'reservedScope',
  ],
  [['api://orders/.default', 'openid'], APP, ['api://orders/.default'], 'reservedScopeAppOnly'],
  // The API without a scope
  [['api://orders'], USER, ['api://orders/.default'], 'scopeNameMissing'],
  [['api://orders/'], USER, ['api://orders/.default'], 'scopeNameMissing'],
  [[API], USER, [`${API}/.default`], 'scopeNameMissing'],
  [['https://orders.contoso.com'], NOBODY, ['https://orders.contoso.com/.default'], 'scopeNameMissing'],
  [
    ['https://contoso.com/orders'],
    { ...USER, appIdUri: 'https://contoso.com/orders' },
    ['https://contoso.com/orders/.default'],
    'scopeNameMissing',
  ],
  [[ARM], NOBODY, [`${ARM}//.default`], 'scopeNameMissing', 'microsoftApi', 'slashMissing'],
  [[`${ARM}/`], NOBODY, [`${ARM}//.default`], 'scopeNameMissing', 'microsoftApi', 'slashMissing'],
  // Slashes, both ways round
  [['api://orders//.default'], USER, ['api://orders/.default'], 'slashTooMany'],
  [[`${API}//.default`], USER, [`${API}/.default`], 'slashTooMany'],
  [[`api://${API}//Orders.Read`], NOBODY, [`api://${API}/Orders.Read`], 'slashTooMany'],
  [
    ['https://graph.microsoft.com//.default'],
    NOBODY,
    ['https://graph.microsoft.com/.default'],
    'microsoftApi',
    'slashTooMany',
  ],
  [['api://unknown//.default'], NOBODY, ['api://unknown//.default'], 'slashTooMany'],
  [[`${ARM}/.default`], NOBODY, [`${ARM}//.default`], 'microsoftApi', 'slashMissing'],
  [[`${ARM}//.default`], NOBODY, [`${ARM}//.default`], 'microsoftApi'],
  [
    ['https://management.core.windows.net/.default'],
    NOBODY,
    ['https://management.core.windows.net//.default'],
    'microsoftApi',
    'slashMissing',
  ],
  [['https://orders.contoso.com/.default'], SLASHED, ['https://orders.contoso.com//.default'], 'slashMissing'],
  [['https://orders.contoso.com//.default'], SLASHED, ['https://orders.contoso.com//.default']],
  [['https://orders.contoso.com//Orders.Read'], SLASHED, ['https://orders.contoso.com//Orders.Read']],
  // As itself
  [['api://orders/Orders.Read'], APP, ['api://orders/.default'], 'defaultMissing'],
  [['api://orders'], APP, ['api://orders/.default'], 'scopeNameMissing'],
  [['api://orders/.default'], APP, ['api://orders/.default']],
  [['api://orders/A', 'api://orders/B'], APP, ['api://orders/.default'], 'defaultMissing', 'defaultMissing'],
  // For itself
  [['api://orders/Orders.Read'], SELF, [`${API}/Orders.Read`], 'selfToken'],
  [[`api://${API}/.default`], SELF, [`${API}/.default`], 'selfToken'],
  [['api://orders'], SELF, [`${API}/.default`], 'scopeNameMissing', 'selfToken'],
  [[`${API}/.default`], SELF, [`${API}/.default`]],
  [
    [`api://${CLIENT}/.default`],
    { authority: ENTRA, isAppOnly: false, clientId: CLIENT },
    [`${CLIENT}/.default`],
    'selfToken',
  ],
  [['api://orders/.default'], { ...SELF, isAppOnly: true }, ['api://orders/.default']],
  // Together
  [
    ['api://orders/Orders.Read', 'api://stock/Stock.Read'],
    NOBODY,
    ['api://orders/Orders.Read', 'api://stock/Stock.Read'],
    'mixedResources',
  ],
  [
    ['api://orders/Orders.Read', 'User.Read'],
    USER,
    ['api://orders/Orders.Read', 'User.Read'],
    'graphByDefault',
    'mixedResources',
  ],
  [
    ['api://orders/.default', 'api://orders/Orders.Read'],
    USER,
    ['api://orders/.default', 'api://orders/Orders.Read'],
    'defaultMixed',
  ],
  [
    ['api://orders/Orders.Read', 'api://ORDERS/Orders.Write'],
    USER,
    ['api://orders/Orders.Read', 'api://ORDERS/Orders.Write'],
  ],
  // Another API
  [['api://stock/Stock.Read'], USER, ['api://stock/Stock.Read'], 'otherApi'],
  [['api://stock/Stock.Read'], APP, ['api://stock/.default'], 'defaultMissing', 'otherApi'],
];

describe('scopes are judged and mended', () => {
  for (const [written, context, scopes, ...ids] of ROWS) {
    const who = Object.entries({ USER, APP, SELF, NOBODY, SLASHED }).find(([, one]) => one === context)?.[0] ?? 'other';
    it(`${JSON.stringify(written)} of ${who}`, () => {
      const review = reviewScopes(written, context);
      assert.deepEqual(review.scopes, scopes);
      assert.deepEqual(
        review.findings.map(({ id }) => id),
        ids,
      );
      for (const { text } of review.findings) assert.match(text, /^\S.*\.$/s);
    });
  }

  it('is quiet about what it mended itself', () => {
    for (const [written, context] of ROWS) {
      const once = reviewScopes(written, context);
      const again = reviewScopes(once.scopes, context);
      assert.deepEqual(again.scopes, once.scopes);
      const isMendable = ({ id }: { id: string }) =>
        ['scopeNameMissing', 'slashMissing', 'selfToken', 'defaultMissing'].includes(id);
      if (once.scopes.length > 0) assert.deepEqual(again.findings.filter(isMendable), []);
    }
  });

  it('leaves scopes of an issuer that is no Entra alone', () => {
    const other: ScopeContext = { authority: { kind: 'oidc', base: 'https://issuer.example' }, isAppOnly: false };
    for (const scopes of [['orders:read'], ['orders:read', 'orders:write'], ['https://orders.example/read', 'x']]) {
      assert.deepEqual(reviewScopes(scopes, other), { scopes, findings: [] });
    }
  });
});

describe('the token is said beforehand', () => {
  const ISS = { v1: `https://sts.windows.net/${TENANT}/`, v2: `https://login.microsoftonline.com/${TENANT}/v2.0` };

  it('of a user, with scopes', () => {
    assert.deepEqual(reviewScopes(['api://orders/Orders.Read'], USER).tokens, {
      1: { ver: '1.0', aud: 'api://orders', iss: ISS.v1, permissions: { claim: 'scp', contains: ['Orders.Read'] } },
      2: { ver: '2.0', aud: API, iss: ISS.v2, permissions: { claim: 'scp', contains: ['Orders.Read'] } },
    });
  });

  it('of an application, with roles', () => {
    const tokens = reviewScopes(['api://orders/.default'], APP).tokens;
    assert.deepEqual(tokens?.[2].permissions, { claim: 'roles', contains: [] });
    assert.equal(tokens?.[1].aud, 'api://orders');
  });

  it('with the audience of v1 as the client called the API, slash and all', () => {
    const auds: [scope: string, context: ScopeContext, v1: string, v2: string | undefined][] = [
      [`${API}/.default`, USER, API, API],
      [`api://${API}/.default`, USER, `api://${API}`, API],
      ['https://orders.contoso.com//.default', SLASHED, 'https://orders.contoso.com/', API],
      ['api://orders/.default', SELF, API, API],
      ['api://unknown/.default', NOBODY, 'api://unknown', undefined],
      [`api://${API}/.default`, NOBODY, `api://${API}`, API],
      ['api://stock/.default', USER, 'api://stock', undefined],
    ];
    for (const [scope, context, v1, v2] of auds) {
      const { tokens } = reviewScopes([scope], context);
      assert.deepEqual([tokens?.[1].aud, tokens?.[2].aud], [v1, v2], scope);
    }
  });

  it('with the issuer as far as it is known', () => {
    const issuers: [authority: Authority, v1: string | undefined, v2: string][] = [
      [
        { ...ENTRA, tenant: 'contoso.com' },
        'https://sts.windows.net/{tenantid}/',
        'https://login.microsoftonline.com/{tenantid}/v2.0',
      ],
      [
        { ...ENTRA, tenant: 'organizations' },
        'https://sts.windows.net/{tenantid}/',
        'https://login.microsoftonline.com/{tenantid}/v2.0',
      ],
      [
        { ...ENTRA, tenant: 'consumers' },
        'https://sts.windows.net/9188040d-6c67-4c5b-b112-36a304b66dad/',
        'https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0',
      ],
      [
        { kind: 'entra', loginBase: 'https://login.microsoftonline.us', tenant: TENANT, cloud: 'usgov' },
        undefined,
        `https://login.microsoftonline.us/${TENANT}/v2.0`,
      ],
    ];
    for (const [authority, v1, v2] of issuers) {
      const { tokens } = reviewScopes(['api://orders/Orders.Read'], { ...USER, authority });
      assert.deepEqual([tokens?.[1].iss, tokens?.[2].iss], [v1, v2]);
    }
  });

  it('not for Microsoft’s own APIs, several APIs, or none', () => {
    for (const scopes of [['https://graph.microsoft.com/.default'], ['api://a/X', 'api://b/Y'], ['User.Read'], []]) {
      assert.equal(reviewScopes(scopes, NOBODY).tokens, undefined);
    }
  });

  it('and held against what the API accepts, where it issues one version', () => {
    const strict = (version: 1 | 2, ...acceptedAudiences: string[]): ScopeContext => ({
      ...USER,
      tokenVersions: [version],
      acceptedAudiences,
    });
    const ids = (scope: string, context: ScopeContext) => reviewScopes([scope], context).findings.map(({ id }) => id);
    assert.deepEqual(ids(`${API}/.default`, strict(1, 'api://orders')), ['audienceNotAccepted']);
    assert.deepEqual(ids('api://orders/.default', strict(1, 'api://orders')), []);
    assert.deepEqual(ids('api://orders/.default', strict(2, 'api://orders')), ['audienceNotAccepted']);
    assert.deepEqual(ids('api://orders/.default', strict(2, API.toUpperCase())), []);
    assert.deepEqual(ids(`${API}/.default`, { ...USER, acceptedAudiences: ['api://orders'] }), []);
  });
});

describe('composing from an App ID URI or id', () => {
  const composed: [resource: string, names: string[], context: ScopeContext, scopes: string[], ...ids: string[]][] = [
    ['api://orders', [], USER, ['api://orders/.default']],
    ['api://orders', ['Orders.Read', 'Orders.Write'], USER, ['api://orders/Orders.Read', 'api://orders/Orders.Write']],
    [` ${API} `, ['Orders.Read'], USER, [`${API}/Orders.Read`]],
    ['api://orders', ['Orders.Read'], APP, ['api://orders/.default']],
    ['api://orders', ['Orders.Read'], SELF, [`${API}/Orders.Read`]],
    ['api://orders', [], { ...SELF, isAppOnly: true }, ['api://orders/.default']],
    [`${ARM}/`, [], NOBODY, [`${ARM}//.default`], 'microsoftApi'],
    ['https://orders.contoso.com/', ['Orders.Read'], NOBODY, ['https://orders.contoso.com//Orders.Read']],
    ['api://orders/', [], USER, ['api://orders/.default'], 'slashTooMany'],
    ['orders', [], USER, [], 'notAResource'],
    ['', [], USER, [], 'notAResource'],
    ['https://graph.microsoft.com', ['User.Read'], NOBODY, ['https://graph.microsoft.com/User.Read'], 'microsoftApi'],
  ];
  for (const [resource, names, context, scopes, ...ids] of composed) {
    it(`${resource || '(nothing)'} ${names.join(' ')}`, () => {
      const review = composeScopes(resource, names, context);
      assert.deepEqual(review.scopes, scopes);
      assert.deepEqual(
        review.findings.map(({ id }) => id),
        ids,
      );
    });
  }
});
