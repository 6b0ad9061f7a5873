import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CLOUDS } from '../../../../src/core/entra/clouds.ts';
import { codePageFor } from '../../../../src/core/entra/device-code-page.ts';

/** Everywhere that Microsoft takes codes, or that leads there. */
const OF_MICROSOFT = [
  ...CLOUDS.flatMap(({ hosts }) => hosts.map((host) => `https://${host}/common/oauth2/deviceauth`)),
  ...['https://microsoft.com/devicelogin', 'https://www.microsoft.com/devicelogin', 'https://aka.ms/devicelogin'],
  ...[
    'https://microsoft.com/deviceloginus',
    'https://microsoft.com/deviceloginchina',
    'https://microsoft.com./devicelogin',
  ],
  ...[
    'https://login.microsoftonline.cn/device',
    'https://login.live.com/oauth20_remoteconnect.srf',
    'https://login.microsoftonline.de/x',
  ],
  ...[
    'https://contoso.b2clogin.com/x',
    'https://contoso.ciamlogin.com/x',
    'https://login-us.microsoftonline.com/x',
    'https://office.com/x',
  ],
];
const CUSTOM = [
  'https://idp.example/t',
  'https://idp.example:8443/realms/A',
  'https://127.0.0.2:4433/contoso.com',
  'https://x.b2clogin.com/t',
];

describe('the page for a device code', () => {
  it('of a login host of a cloud is shown, and named where it is not familiar', () => {
    for (const { id, hosts } of CLOUDS) {
      for (const host of hosts) {
        for (const page of OF_MICROSOFT.slice(0, -4)) {
          const shown = codePageFor(page, `https://${host}/common`, []);
          assert.equal(shown?.host, new URL(page).host);
          const isFamiliar =
            hosts.includes(new URL(page).host as never) ||
            /^https:\/\/(www\.)?(microsoft\.com|aka\.ms)\/devicelogin/.test(page);
          assert.equal(shown?.kind, isFamiliar ? 'familiar' : 'unfamiliar', `${page} of ${id}`);
        }
        const odd = codePageFor('https://microsoft.com.evil.example/devicelogin', `https://${host}/common`, []);
        assert.deepEqual([odd?.kind, odd?.host], ['unfamiliar', 'microsoft.com.evil.example']);
      }
    }
  });

  it('is familiar at the very addresses that Microsoft takes codes at, and nowhere beside them', () => {
    for (const page of [
      ...['https://aka.ms/deviceloginevil', 'https://aka.ms/deviceloginus', 'https://aka.ms/devicelogin/x'],
      ...[
        'https://microsoft.com/deviceloginuse',
        'https://microsoft.com/deviceloginx',
        'https://microsoft.com/Devicelogin',
      ],
    ])
      assert.equal(codePageFor(page, 'https://login.microsoftonline.com/t', [])?.kind, 'unfamiliar', page);
  });

  it('of any other authority is of its own origin', () => {
    for (const authority of CUSTOM) {
      const { origin } = new URL(authority);
      assert.equal(codePageFor(`${origin}/enter`, authority, [])?.kind, 'own');
      const elsewhere = [
        'https://other.example/enter',
        origin.replace('https', 'http'),
        `${origin}1/x`,
        origin.replace('//', '//x.'),
      ];
      for (const page of [...elsewhere, ...OF_MICROSOFT])
        assert.equal(codePageFor(page, authority, []), undefined, `${page} of ${authority}`);
    }
  });

  it('may be at a login host of the user’s own settings, but never at one of Microsoft’s', () => {
    const named = ['pages.example', ...OF_MICROSOFT.map((page) => new URL(page).host)];
    for (const authority of CUSTOM) {
      assert.equal(codePageFor('https://pages.example/x', authority, named)?.kind, 'ofUser');
      for (const page of OF_MICROSOFT) {
        const isOwn = new URL(page).origin === new URL(authority).origin;
        if (!isOwn) assert.equal(codePageFor(page, authority, named), undefined, page);
      }
    }
  });

  it('is an address over https without a user name, and shown as the browser reads it', () => {
    for (const authority of ['https://login.microsoftonline.com/t', 'https://idp.example/t']) {
      const { host } = new URL(authority);
      for (const page of [
        '',
        'x',
        `http://${host}/x`,
        `https://microsoft.com@${host}/x`,
        `https://u:p@${host}/x`,
        'javascript:0',
        `file://${host}/x`,
      ])
        assert.equal(codePageFor(page, authority, []), undefined, page);
    }
    assert.equal(
      codePageFor('https://mіcrosoft.com/devicelogin', 'https://login.microsoftonline.com/t', [])?.host,
      'xn--mcrosoft-thh.com',
    );
  });
});
