import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { diagnoseSignIn, UNDOCUMENTED } from '../../../../src/core/entra/aadsts.ts';
import { PLACES } from '../../../../src/core/entra/aadsts-places.ts';
import { AADSTS_ROWS } from '../../../../src/core/entra/aadsts-texts.ts';
import { AZURE_CLI_CLIENT_ID, SIGN_IN_KINDS, type SignInKind } from '../../../../src/core/entra/identity.ts';
import { OAUTH_ERROR_TEXTS } from '../../../../src/core/entra/oauth-error-texts.ts';
import type { IdentityFacts, SignInDiagnosis } from '../../../../src/core/entra/sign-in-diagnosis.ts';

const CLIENT = '94f2db06-317c-4ea5-98f9-a01b2c3d4e5f';
const API = '5e1f7c2a-94b3-4d68-a0c5-3b7e9d1f2a86';
const FACTS: IdentityFacts = {
  signIn: 'browser',
  clientId: CLIENT,
  tenant: 'contoso.onmicrosoft.com',
  loginBase: 'https://login.microsoftonline.com',
  scopes: ['api://orders/Orders.Read'],
  account: 'megan@contoso.onmicrosoft.com',
  appId: API,
  appIdUri: 'api://orders',
  assertionAudience: 'api://other',
};
/** Nothing is known but what every identity has. */
const BARE: IdentityFacts = { signIn: 'browser', tenant: 'common', loginBase: FACTS.loginBase, scopes: [] };

const CODES = AADSTS_ROWS.flatMap(([codes]) => codes);
const PLACEHOLDER = /\{\w+\}|undefined/;

function diagnose(code: string | number, facts: Partial<IdentityFacts> = {}): SignInDiagnosis {
  return diagnoseSignIn({ code: `AADSTS${code}`, detail: 'the server’s words' }, { ...FACTS, ...facts });
}

describe('every code of the catalogue', () => {
  it('is one of at least 150', () => assert.ok(CODES.length >= 150));

  const kinds: readonly [name: string, facts: IdentityFacts][] = [
    ['nothing known', BARE],
    ...SIGN_IN_KINDS.map((signIn): [string, IdentityFacts] => [signIn, { ...FACTS, signIn }]),
  ];
  for (const [name, facts] of kinds) {
    it(`has cause, place and action: ${name}`, () => {
      for (const code of CODES) {
        const found = diagnoseSignIn({ code: `AADSTS${code}`, detail: 'x' }, facts);
        assert.equal(found.isKnown, true, String(code));
        for (const text of [found.cause, found.action, found.whoText, found.retryText]) {
          assert.match(text, /^\S.{5,}\.$/, `${code}: ${text}`);
        }
        assert.match(found.where.portal, /\S{4}/, String(code));
        assert.doesNotMatch(JSON.stringify(found), PLACEHOLDER, String(code));
        assert.doesNotMatch(found.action, /\b(disable|exclude|turn off|switch off|anonymous)\b/i, String(code));
      }
    });
  }

  it('is never certain where Microsoft does not list it', () => {
    for (const code of UNDOCUMENTED) {
      assert.ok(CODES.includes(code), String(code));
      for (const signIn of SIGN_IN_KINDS) {
        const { certainty, cause } = diagnose(code, { signIn });
        assert.equal(certainty, 'seems');
        assert.match(cause, /\b(seems?|appears?)\b/, `${code}: ${cause}`);
      }
    }
  });

  it('says "seems" only of what Microsoft does not list', () => {
    for (const [codes, meaning] of AADSTS_ROWS.filter(([, text]) => /\b(seems?|appears?)\b/.test(text))) {
      for (const code of codes) assert.ok(UNDOCUMENTED.has(code), `${code}: ${meaning}`);
    }
  });

  it('is mended somewhere: no place without a code', () => {
    const used = new Set<string>(AADSTS_ROWS.map(([, , , place]) => place));
    assert.deepEqual(
      Object.keys(PLACES).filter((place) => !used.has(place)),
      [],
    );
  });

  const reference = process.env.WHY401_AADSTS_REFERENCE ?? '';
  it('includes those of the reference', { skip: !existsSync(reference) }, () => {
    const listed = readFileSync(reference, 'utf8').matchAll(/\b(\d{5,7})\b/g);
    assert.deepEqual(
      [...listed].map(([, code]) => Number(code)).filter((code) => !CODES.includes(code)),
      [],
    );
  });
});

describe('one identity', () => {
  type Named = [code: number, facts: Partial<IdentityFacts>, said: string[]];
  /** Of an authority that is not Microsoft's. */
  const ownPath = 'http://localhost/why401/idp.example:8443/realms/Contoso';
  const named: Named[] = [
    [50011, {}, [CLIENT, 'http://localhost']],
    [50011, { redirectUri: 'http://localhost:53121' }, [CLIENT, 'http://localhost']],
    ...[50011, 500113, 65002, 9002327, 7000218].map(
      (code): Named => [code, { redirectUri: ownPath }, [CLIENT, ownPath]],
    ),
    [50011, { signIn: 'vscode' }, [CLIENT, 'https://vscode.dev/redirect']],
    [65001, {}, [CLIENT, 'api://orders/Orders.Read', 'contoso.onmicrosoft.com']],
    [65002, { clientId: 'aebc6443-996d-45c2-90f0-388ff96faa56' }, ['Visual Studio Code', 'api://orders']],
    [70011, {}, ['api://orders/Orders.Read']],
    [70011, { signIn: 'clientSecret' }, ['api://orders/.default']],
    [500011, {}, ['api://orders', 'contoso.onmicrosoft.com']],
    [650057, {}, [CLIENT, 'api://orders']],
    [700016, {}, [CLIENT, 'contoso.onmicrosoft.com']],
    [7000215, { signIn: 'clientSecret' }, [CLIENT]],
    [7000222, { signIn: 'clientSecret' }, [CLIENT]],
    [9002326, {}, [CLIENT]],
    [9002327, {}, [CLIENT, 'http://localhost']],
    [50105, {}, ['megan@contoso.onmicrosoft.com']],
    [50020, {}, ['megan@contoso.onmicrosoft.com', 'contoso.onmicrosoft.com']],
    [53003, {}, ['contoso.onmicrosoft.com']],
    [50076, {}, ['api://orders']],
    [90002, {}, ['contoso.onmicrosoft.com', 'https://login.microsoftonline.com']],
    [90009, { clientId: API }, [`${API}/.default`, `aud will then be ${API}`, 'api://orders']],
    [700027, { signIn: 'clientCertificate' }, [CLIENT]],
    [500131, { signIn: 'onBehalfOf' }, ['api://other', CLIENT]],
    [50013, { signIn: 'onBehalfOf' }, [CLIENT, 'contoso.onmicrosoft.com']],
    [240002, { signIn: 'onBehalfOf' }, [CLIENT]],
  ];
  for (const [code, facts, said] of named) {
    it(`${code} names what is at fault: ${facts.signIn ?? 'browser'}`, () => {
      const { cause, action } = diagnose(code, facts);
      for (const value of said) assert.ok(`${cause} ${action}`.includes(value), `${value} in ${cause} ${action}`);
    });
  }

  it('500131 takes the audience from the server’s words where nobody else knows it', () => {
    const { assertionAudience: _, ...facts } = FACTS;
    const detail = "The audience in the assertion was 'api://stock' and the expected audience is …";
    const found = diagnoseSignIn({ code: 'AADSTS500131', detail }, { ...facts, signIn: 'onBehalfOf' });
    assert.ok(found.cause.includes('api://stock'));
    assert.ok(found.atFault.some(({ value }) => value === 'api://stock'));
    assert.ok(!diagnoseSignIn({ code: 'AADSTS500131', detail }, FACTS).cause.includes('api://stock'));
  });

  it('wrong scopes are told exactly, where that can be seen', () => {
    const action = (code: number, facts: Partial<IdentityFacts>) => diagnose(code, facts).action;
    const asJob = { signIn: 'clientSecret', scopes: ['api://orders/Orders.Read'] } as const;
    assert.ok(action(1002012, asJob).includes('api://orders/.default'));
    assert.ok(action(28000, { scopes: ['api://orders/A', 'api://stock/B'] }).includes('api://stock/B'));
    assert.ok(action(70011, { scopes: ['api://orders'] }).includes('api://orders/.default'));
    const beside = { scopes: ['api://orders/.default', 'api://orders/Orders.Read'] };
    assert.notEqual(action(70011, beside), action(70011, {}));
  });

  it('7000218 is about the platform in the browser, the switch for device codes, the secret otherwise', () => {
    const properties: [SignInKind, string][] = [
      ['browser', 'publicClient.redirectUris, web.redirectUris'],
      ['deviceCode', 'isFallbackPublicClient'],
      ['clientSecret', 'passwordCredentials'],
      ['onBehalfOf', 'passwordCredentials'],
    ];
    for (const [signIn, property] of properties) assert.equal(diagnose(7000218, { signIn }).where.property, property);
    assert.equal(diagnose(7000218, { signIn: 'clientSecret' }).concerns, 'credential');
  });

  it('65001 needs an administrator where nobody can be asked', () => {
    const who = (signIn: SignInKind) => diagnose(65001, { signIn }).who;
    assert.deepEqual(
      [who('browser'), who('onBehalfOf'), who('clientCertificate')],
      ['you', 'administrator', 'administrator'],
    );
  });

  it('65001 is for the API’s owner, where the client is one of Microsoft’s', () => {
    const { who, where, action } = diagnose(65001, { signIn: 'azureCli', clientId: AZURE_CLI_CLIENT_ID });
    assert.deepEqual([who, where.property], ['apiOwner', 'api.preAuthorizedApplications']);
    assert.ok(action.includes(AZURE_CLI_CLIENT_ID));
  });

  it('says whether trying again helps', () => {
    const retry = (code: number) => diagnose(code).retry;
    assert.deepEqual([50011, 53003, 50173, 90033, 50076].map(retry), [
      'afterFix',
      'never',
      'signInAgain',
      'later',
      'signInAgain',
    ]);
  });

  it('lists the values at fault', () => {
    assert.deepEqual(diagnose(90002).atFault, [
      { label: 'Tenant', value: 'contoso.onmicrosoft.com' },
      { label: 'Login host', value: 'https://login.microsoftonline.com' },
    ]);
    assert.deepEqual(diagnoseSignIn({ code: 'AADSTS50020', detail: 'x' }, BARE).atFault, [
      { label: 'Tenant', value: 'common' },
    ]);
  });
});

describe('commands', () => {
  it('hold the values', () => {
    assert.equal(
      diagnose(50011).where.command,
      `az ad app update --id ${CLIENT} --public-client-redirect-uris http://localhost`,
    );
    assert.equal(diagnose(500011).where.command, 'az ad sp show --id api://orders --query servicePrincipalNames');
  });

  it('never hold what a shell could read as more than a word', () => {
    for (const hostile of [
      'api://x; rm -rf ~/a',
      'api://$(id)/a',
      'api://x`id`/a',
      'api://x"y/a',
      "api://x'y/a",
      'api://a b/c',
      '@/etc/passwd/a',
      '--debug/a',
    ]) {
      const { command = '', portal } = diagnose(500011, { scopes: [hostile] }).where;
      assert.equal(command, 'az ad sp show --id <App ID URI> --query servicePrincipalNames');
      assert.ok(portal.includes(hostile.slice(0, hostile.lastIndexOf('/'))));
    }
  });

  it('leave a place for what is not known', () => {
    const { command = '' } = diagnoseSignIn({ code: 'AADSTS7000222', detail: 'x' }, BARE).where;
    assert.match(command, /--id <[^>]+>/);
  });
});

describe('what is not in the catalogue', () => {
  it('is the server’s text and the address of Microsoft’s page', () => {
    const found = diagnose(123456);
    assert.partialDeepStrictEqual(found, {
      isKnown: false,
      certainty: 'seems',
      code: 'AADSTS123456',
      serverText: 'the server’s words',
      lookUp: 'https://login.microsoftonline.com/error?code=123456',
    });
  });

  it('is still a kind of failure, by its OAuth error', () => {
    const concernOf = (failure: { code?: string; oauthError?: string; detail: string }) =>
      diagnoseSignIn(failure, FACTS).concerns;
    assert.equal(concernOf({ oauthError: 'invalid_client', detail: 'no' }), 'credential');
    assert.equal(concernOf({ code: 'AADSTS123456', oauthError: 'invalid_scope', detail: 'no' }), 'scope');
    assert.equal(concernOf({ oauthError: 'invalid_grant', detail: 'no' }), 'session');
    assert.equal(
      concernOf({ detail: 'See https://aka.ms/msal.js.errors#missing_tenant_id_error for details' }),
      'tenant',
    );
    for (const oauthError of ['constructor', '__proto__', 'toString', 'x']) {
      assert.equal(concernOf({ oauthError, detail: 'no' }), 'unknown');
    }
  });

  it('has cause, action and place for every OAuth error', () => {
    for (const [oauthError, [meaning, remedy, place]] of Object.entries(OAUTH_ERROR_TEXTS)) {
      for (const sentence of [meaning, remedy]) assert.match(sentence, /^[A-Z].{5,}\.$/, oauthError);
      assert.ok(place in PLACES);
    }
  });

  it('may have no code at all', () => {
    for (const code of [undefined, '', 'timeout', '5e5']) {
      const found = diagnoseSignIn({ ...(code === undefined ? {} : { code }), detail: 'x' }, FACTS);
      assert.deepEqual([found.isKnown, found.code, found.lookUp], [false, undefined, undefined]);
      assert.match(found.action, /\S/);
    }
  });
});
