import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { parseXml, type XmlElement } from '@rgrove/parse-xml';
import type { ApiProfile } from '../../../../../src/core/entra/api-profile.ts';
import type { KeySource } from '../../../../../src/core/entra/metadata.ts';
import { readToken } from '../../../../../src/core/token/read-token.ts';
import { SETTINGS_WRITERS, type SettingsWriter } from '../../../../../src/core/why/copy-as/copy-as.ts';
import type { Settings } from '../../../../../src/core/why/copy-as/settings.ts';
import { type NoRules, rulesOf, type TokenRules } from '../../../../../src/core/why/copy-as/token-rules.ts';
import * as at from '../../entra-fixture.ts';

const PYTHONS = ['/usr/bin/python3', 'python3'];
const python = PYTHONS.find((path) => spawnSync(path, ['-c', 'import jwt, cryptography']).status === 0);

function source(issuer = at.V2_ISSUER, jwksUri = at.V2_KEYS_URL): KeySource {
  const keys = [at.publishedKey() as { kty: string }];
  return { ok: true, metadataUrl: at.V2_METADATA_URL, issuer, jwksUri, keys, readAtMs: at.NOW_MS };
}

function rulesFor(raw: string, profile: ApiProfile = at.PROFILE, jwksUri?: string): TokenRules | NoRules {
  const { header = {}, payload = {} } = readToken(raw);
  const issuer = payload.ver === '1.0' ? at.V1_ISSUER : at.V2_ISSUER;
  return rulesOf({ header, payload }, profile, source(issuer, jwksUri));
}

async function rules(claims: Record<string, unknown> = {}, profile?: ApiProfile): Promise<TokenRules> {
  const found = rulesFor(await at.signToken(at.v2Claims(claims)), profile);
  assert.ok(typeof found === 'object', String(found));
  return found;
}

function write(id: SettingsWriter['id'], from: TokenRules): Settings {
  const writer = SETTINGS_WRITERS.find((candidate) => candidate.id === id);
  assert.ok(writer);
  return writer.write(from);
}

function textOf(settings: Settings): string {
  assert.ok(settings.ok, JSON.stringify(settings));
  return settings.text;
}

interface Element {
  name: string;
  attributes: Record<string, string>;
  text: string;
  children: Element[];
}

function readXml(text: string): Element {
  const read = (element: XmlElement): Element => ({
    name: element.name,
    attributes: { ...element.attributes },
    text: element.text.trim(),
    children: element.children.filter((node): node is XmlElement => node.type === 'element').map(read),
  });
  const { root } = parseXml(text);
  assert.ok(root);
  return read(root);
}

function valuesUnder(element: Element, name: string): string[] {
  return element.children
    .filter((child) => child.name === name)
    .flatMap(({ children }) => children.map(({ text }) => text));
}

describe('policies', () => {
  test('validate-jwt names metadata, audience, issuer, scopes and clients, in the documented order', async () => {
    const policy = readXml(textOf(write('validateJwt', await rules())));
    assert.equal(policy.name, 'validate-jwt');
    assert.deepEqual(policy.attributes, { 'header-name': 'Authorization', 'require-scheme': 'Bearer' });
    assert.deepEqual(
      policy.children.map(({ name }) => name),
      ['openid-config', 'audiences', 'issuers', 'required-claims'],
    );
    assert.equal(policy.children[0]?.attributes.url, at.V2_METADATA_URL);
    assert.deepEqual(valuesUnder(policy, 'audiences'), [at.API_ID]);
    assert.deepEqual(valuesUnder(policy, 'issuers'), [at.V2_ISSUER]);
    const claims = policy.children.find(({ name }) => name === 'required-claims')?.children ?? [];
    assert.deepEqual(
      claims.map(({ attributes, children }) => ({ ...attributes, values: children.map(({ text }) => text) })),
      [
        { name: 'scp', match: 'all', separator: ' ', values: ['Orders.Read'] },
        { name: 'azp', match: 'any', values: [at.CLIENT_ID] },
      ],
    );
  });

  test('a roles claim is a list and needs no separator', async () => {
    const policy = textOf(
      write('validateJwt', await rules({ scp: undefined, roles: ['Orders.Read.All'], idtyp: 'app' })),
    );
    const [claim] = readXml(policy).children.find(({ name }) => name === 'required-claims')?.children ?? [];
    assert.deepEqual(claim?.attributes, { name: 'roles', match: 'all' });
  });

  test('a token of another algorithm than the documented ones gets no validate-jwt', async () => {
    assert.equal(write('validateJwt', { ...(await rules()), algorithm: 'ES256' }).ok, false);
  });

  test('validate-azure-ad-token names tenant, clients, audience and scopes, and is for the public cloud', async () => {
    const found = await rules();
    const policy = readXml(textOf(write('validateAzureAdToken', found)));
    assert.deepEqual(policy.attributes, { 'tenant-id': at.TENANT });
    assert.deepEqual(
      policy.children.map(({ name }) => name),
      ['client-application-ids', 'audiences', 'required-claims'],
    );
    assert.deepEqual(valuesUnder(policy, 'client-application-ids'), [at.CLIENT_ID]);
    const { entra: _entra, ...others } = found;
    assert.equal(write('validateAzureAdToken', others).ok, false);
  });

  test('hostile claims stay text, or there is no policy', async () => {
    const { accepts: _accepts, ...open } = at.PROFILE;
    const scp = '</value><allow-all/>"\'&';
    const policy = readXml(textOf(write('validateJwt', await rules({ scp }, open))));
    const [claim] = policy.children.find(({ name }) => name === 'required-claims')?.children ?? [];
    assert.deepEqual(
      claim?.children.map(({ text }) => text),
      [scp],
    );
    for (const trap of ['@(true)', '{{secret}}', '@{return']) {
      assert.equal(write('validateJwt', await rules({ scp: trap }, open)).ok, false, trap);
    }
    const role = await rules({ scp: undefined, roles: [' @(true)'], idtyp: 'app' }, open);
    assert.equal(write('validateJwt', role).ok, false, 'white space before an expression');
    const raw = await at.signToken(at.v2Claims({ scp: 'line\u2028break' }));
    assert.equal(rulesFor(raw, open), 'text');
  });
});

describe('settings', () => {
  test('App Service: issuer of the token’s version, client id, and no audience that is implied', async () => {
    const settings = JSON.parse(textOf(write('appService', await rules())));
    assert.deepEqual(settings.properties.identityProviders.azureActiveDirectory, {
      enabled: true,
      registration: { openIdIssuer: `${at.LOGIN}/${at.TENANT}/v2.0`, clientId: at.API_ID },
      validation: { defaultAuthorizationPolicy: { allowedApplications: [at.CLIENT_ID] } },
    });
    const v1 = { ...at.PROFILE, tokenVersions: [1 as const] };
    const found = rulesFor(await at.signToken(at.v1Claims()), v1);
    assert.ok(typeof found === 'object');
    const { azureActiveDirectory } = JSON.parse(textOf(write('appService', found))).properties.identityProviders;
    assert.equal(azureActiveDirectory.registration.openIdIssuer, `${at.LOGIN}/${at.TENANT}`);
    assert.deepEqual(azureActiveDirectory.validation.allowedAudiences, [at.API_URI]);
  });

  test('ASP.NET Core: metadata address, audiences and issuers of the Bearer scheme', async () => {
    assert.deepEqual(JSON.parse(textOf(write('aspNetCore', await rules()))), {
      Authentication: {
        Schemes: {
          Bearer: {
            MetadataAddress: at.V2_METADATA_URL,
            ValidAudiences: [at.API_ID],
            ValidIssuers: [at.V2_ISSUER],
          },
        },
      },
    });
  });

  test('keys that were not read, or a token without audience, give no rules', async () => {
    const { header = {}, payload = {} } = readToken(await at.signToken(at.v2Claims()));
    assert.equal(rulesOf({ header, payload }, at.PROFILE, undefined), 'keys');
    assert.equal(rulesFor(await at.signToken(at.v2Claims({ aud: undefined }))), 'claims');
  });
});

describe('snippets let the token in, and no other', () => {
  const keys = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ keys: [at.publishedKey()] }));
  });
  let jwksUri = '';
  let folder = '';
  const nowSec = Math.floor(Date.now() / 1000);
  const fresh = { iat: nowSec - 60, nbf: nowSec - 60, exp: nowSec + 600 };
  const others: Record<string, Record<string, unknown>> = {
    expired: { exp: nowSec - 900 },
    'for another audience': { aud: at.OTHER_TENANT },
    'of another issuer': { iss: at.V2_ISSUER.replace(at.TENANT, at.OTHER_TENANT) },
    'without the scope': { scp: 'Orders.Write' },
    'with a scope that only begins alike': { scp: 'Orders.ReadWrite' },
    'of another client': { azp: at.OTHER_TENANT },
    'with a role as text that holds the wanted one': { scp: undefined, roles: 'Not.Orders.Read.All' },
    'without an end': { exp: undefined },
  };

  before(async () => {
    await new Promise<void>((resolve) => {
      keys.listen(0, '127.0.0.1', () => resolve());
    });
    jwksUri = `http://127.0.0.1:${(keys.address() as AddressInfo).port}/keys`;
    const output = join(import.meta.dirname, '../../../../../test-output');
    mkdirSync(output, { recursive: true });
    folder = mkdtempSync(join(output, 'copy-as-'));
  });
  after(() => {
    keys.close();
    rmSync(folder, { recursive: true });
  });

  /** An issuer that is not Entra may write scopes as a list. */
  const ISSUER_OF_LISTS: ApiProfile = { ...at.PROFILE, authority: { kind: 'oidc', base: at.LOGIN } };
  const ALSO_LET_IN: Record<string, Record<string, unknown>> = {
    'with scopes as a list': { scp: ['Orders.Read', 'other'] },
  };

  async function snippet(id: 'node' | 'python', claims: Record<string, unknown>): Promise<string> {
    const found = rulesFor(await at.signToken(at.v2Claims({ ...fresh, ...claims })), ISSUER_OF_LISTS, jwksUri);
    assert.ok(typeof found === 'object');
    return textOf(write(id, found));
  }

  function tokens(claims: Record<string, unknown>): Promise<{ name: string; raw: string }[]> {
    const changed = Object.entries({ itself: {}, ...ALSO_LET_IN, ...others }).map(async ([name, change]) => ({
      name,
      raw: await at.signToken(at.v2Claims({ ...fresh, ...claims, ...change })),
    }));
    return Promise.all(changed);
  }

  test('Node, with jose', async () => {
    const file = join(folder, 'verify.mjs');
    writeFileSync(file, await snippet('node', {}));
    const { verifyAccessToken } = await import(pathToFileURL(file).href);
    for (const { name, raw } of await tokens({})) {
      const admitted = await verifyAccessToken(raw).then(
        () => true,
        () => false,
      );
      assert.equal(admitted, !(name in others), name);
    }
    const appOnly = { scp: undefined, roles: ['Orders.Read.All'] };
    assert.ok(
      await verifyAccessToken(await at.signToken(at.v2Claims({ ...fresh, ...appOnly }))),
      'the other alternative',
    );
  });

  test('Python, with PyJWT', { skip: python ? false : 'PyJWT is not installed: python3-jwt' }, async () => {
    const file = join(folder, 'verify.py');
    const judge = [
      'import json, sys',
      'for raw in json.load(sys.stdin):',
      '    try: verify_access_token(raw); print("in")',
      '    except jwt.PyJWTError as error: print("out")',
    ];
    writeFileSync(file, `${await snippet('python', {})}\n${judge.join('\n')}\n`);
    const all = await tokens({});
    const { stdout, stderr } = await runPython(file, JSON.stringify(all.map(({ raw }) => raw)));
    assert.deepEqual(
      stdout.trim().split('\n'),
      all.map(({ name }) => (name in others ? 'out' : 'in')),
      stderr,
    );
  });
});

async function runPython(file: string, input: string): Promise<{ stdout: string; stderr: string }> {
  const child = spawn(python ?? '', [file], { timeout: 30_000 });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    output.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output.stderr += chunk;
  });
  child.stdin.end(input);
  await new Promise((resolve) => {
    child.on('close', resolve);
  });
  return output;
}
