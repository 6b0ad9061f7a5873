import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { refuseClientOfMicrosoft } from '../../../src/auth/client-of-microsoft.ts';
import type { TokenRequest } from '../../../src/auth/token-source.ts';
import { createTokenSource } from '../../../src/auth/token-sources.ts';
import { FIRST_PARTY_APPS, firstPartyAppName } from '../../../src/core/azure/first-party-apps.ts';
import type { Authority } from '../../../src/core/entra/authority.ts';
import { CLOUDS } from '../../../src/core/entra/clouds.ts';
import { AZURE_CLI_CLIENT_ID, SIGN_IN_KINDS } from '../../../src/core/entra/identity.ts';
import { MemorySecretStore } from './secret-store.ts';
import { failureIn } from './sign-in-world.ts';

const IDS = Object.keys(FIRST_PARTY_APPS);
/** Services of the table, one without a name, and ids of the first days. */
const SERVICE_APPS = [
  ...['589d5083-6f11-4d30-a62a-a4b316a14abf', 'c8623e40-e6ab-4d2b-b123-2ca193542c65'],
  ...['00000003-0000-0000-c000-000000000000', '00000006-0000-0000-c000-000000000000'],
];
const OWN_CLIENT = '94f2db06-317c-4ea5-98f9-a01b2c3d4e5f';
const CUSTOM = [
  ...[
    'https://idp.example/t',
    'https://adfs.local.azurestack.external/adfs',
    'https://login.microsoftonline.com:8443/t',
  ],
  ...[
    'https://login.microsoftonline.com.evil.example/t',
    'https://x.b2clogin.com/t',
    'https://login.microsoftonline.de/t',
  ],
];

function requestOf(signIn: TokenRequest['signIn'], authority: string, clientId: string): TokenRequest {
  const asked = { authority, isCustomAuthority: true, clientId, scopes: ['api://orders/.default'] };
  const from = { ...asked, clientId: OWN_CLIENT, signIn: 'browser' };
  const more = { certificatePath: '/c.pem', from, audiences: [], purpose: 'p', label: 'l' };
  return { ...asked, ...more, signIn } as unknown as TokenRequest;
}

describe('a client of Microsoft’s', () => {
  it('signs in nowhere but at login hosts of known clouds, in no way', () => {
    assert.ok(IDS.length > 800 && IDS.every((id) => firstPartyAppName(id) !== undefined));
    for (const id of [...IDS, ...IDS.map((one) => one.toUpperCase()), ...SERVICE_APPS]) {
      for (const signIn of SIGN_IN_KINDS.filter((kind) => kind !== 'pasted')) {
        for (const authority of CUSTOM) {
          const refused = refuseClientOfMicrosoft(requestOf(signIn, authority, id), []);
          assert.equal(refused?.failure.reason, 'clientOfMicrosoft', `${id} ${signIn} ${authority}`);
        }
        for (const host of CLOUDS.flatMap(({ hosts }) => hosts))
          assert.equal(refuseClientOfMicrosoft(requestOf(signIn, `https://${host}/common`, id), []), undefined);
      }
    }
    for (const authority of CUSTOM)
      assert.equal(refuseClientOfMicrosoft(requestOf('browser', authority, OWN_CLIENT), []), undefined);
  });

  it('signs in at an authority that the user’s own settings name: a cloud by its host, another by its path', () => {
    const stack: Authority = { kind: 'entra', loginBase: 'https://login.stack.example', tenant: 'contoso.com' };
    const realm: Authority = { kind: 'oidc', base: 'https://idp.example/realms/Contoso' };
    // biome-ignore format: a table
    const cases: [authority: string, isNamed: boolean][] = [
      ['https://login.stack.example/contoso.com', true],
      ['https://login.stack.example/fabrikam.com', true],
      ['https://login.stack.example:8443/contoso.com', false],
      ['https://evil.login.stack.example/contoso.com', false],
      ['https://idp.example/realms/Contoso', true],
      ['https://idp.example/realms/Contoso/', true],
      ['https://idp.example/realms/contoso', false],
      ['https://idp.example/realms/Contoso/x', false],
      ['https://idp.example', false],
      ['https://idp.example:8443/realms/Contoso', false],
    ];
    for (const [authority, isNamed] of cases) {
      const refused = refuseClientOfMicrosoft(requestOf('browser', authority, AZURE_CLI_CLIENT_ID), [stack, realm]);
      assert.equal(refused === undefined, isNamed, authority);
    }
  });

  it('is refused before anything is asked of anybody, silently and not, and as the source of an exchange', async () => {
    const nobody = () => assert.fail('somebody was asked');
    const source = createTokenSource({
      ...{ secrets: new MemorySecretStore(), openBrowser: nobody, askSecret: nobody, askToken: nobody },
      openVsCodeAccount: nobody,
    });
    for (const signIn of SIGN_IN_KINDS.filter((kind) => kind !== 'pasted')) {
      const request = requestOf(signIn, 'https://idp.example/t', AZURE_CLI_CLIENT_ID);
      for (const call of ['acquireSilently', 'signIn'] as const)
        assert.equal(failureIn(await source[call](request)).reason, 'clientOfMicrosoft', `${signIn} ${call}`);
    }
    const exchange = requestOf('onBehalfOf', 'https://idp.example/t', OWN_CLIENT);
    const from = requestOf('browser', 'https://idp.example/t', AZURE_CLI_CLIENT_ID);
    const failure = failureIn(await source.signIn({ ...exchange, from } as TokenRequest));
    assert.equal(failure.reason, 'clientOfMicrosoft');
    source.dispose();
  });
});
