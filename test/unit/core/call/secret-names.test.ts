import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maskText } from '../../../../src/core/call/mask-text.ts';
import { isSecretHeader, isSecretParameter, maskedUnder } from '../../../../src/core/call/secret-names.ts';

/** A phrase in every style names are written in. */
function stylesOf(phrase: string): string[] {
  const words = phrase.split(' ');
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  const pascal = words.map(capital).join('');
  return [
    ...[phrase, words.join('_'), words.join('-'), words.join('.'), words.join(''), words.join('_').toUpperCase()],
    ...[pascal, pascal.charAt(0).toLowerCase() + pascal.slice(1), words.map(capital).join('-'), `x-${words.join('-')}`],
    ...[`AZURE_${words.join('_').toUpperCase()}`, `AzureAd:${pascal}`, `AzureAd__${pascal}`, `${words.join('_')}2`],
  ];
}

test('the name of a secret counts in every style, in headers, addresses and fields alike', () => {
  for (const phrase of ['client secret', 'access token', 'subscription key', 'shared access key', 'password']) {
    for (const name of stylesOf(phrase)) {
      assert.ok(isSecretHeader(name) && isSecretParameter(name), name);
      assert.equal(maskedUnder(name, 'field'), 'anyValue', name);
    }
  }
});

test('what is a key in an address may be anything in JSON, and says nothing as a header', () => {
  for (const name of ['code', 'sig', 'SAS', 'jwt']) {
    assert.ok(isSecretParameter(name) && !isSecretHeader(name), name);
    assert.equal(maskedUnder(name, 'field'), 'randomValue', name);
  }
});

test('headers and parameters that somebody named after a key are secret, in fields when random', () => {
  for (const name of ['X-Gateway-Key', 'gatewaykey', 'X-My-Token', 'orders-secret', 'x_signature']) {
    assert.ok(isSecretHeader(name) && isSecretParameter(name), name);
    assert.notEqual(maskedUnder(name, 'field'), 'nothing', name);
  }
});

test('headers of Azure that carry a credential are secret', () => {
  for (const name of [
    ...['Authorization', 'Proxy-Authorization', 'Cookie', 'Set-Cookie', 'x-functions-key', 'Ocp-Apim-Subscription-Key'],
    ...['api-key', 'X-ZUMO-AUTH', 'X-MS-SITE-TOKEN', 'Apim-Debug-Authorization', 'x-ms-authorization-auxiliary'],
    ...['X-MS-TOKEN-AAD-ACCESS-TOKEN', 'X-MS-TOKEN-AAD-ID-TOKEN', 'X-MS-TOKEN-AAD-REFRESH-TOKEN', 'aeg-sas-key'],
    ...['X-MS-CLIENT-PRINCIPAL', 'X-ARR-ClientCert', 'X-IDENTITY-HEADER', 'x-xsrf-token', 'x-goog-api-key'],
  ]) {
    assert.ok(isSecretHeader(name), name);
  }
});

test('names that only look like a secret are none', () => {
  for (const name of [
    ...[
      'Content-Type',
      'x-ms-request-id',
      'WWW-Authenticate',
      'X-MS-CLIENT-PRINCIPAL-ID',
      'X-MS-CLIENT-PRINCIPAL-NAME',
    ],
    ...['Access-Control-Allow-Credentials', 'Idempotency-Key', 'x-ms-documentdb-partitionkey', 'PublicKeyToken'],
    ...['traceparent', 'token_type', 'secretName', 'keyId', 'kid', 'response_type', 'authorization_uri', 'client_id'],
    ...['DirectApiRequestHasMoreThanOneAuthorization', '$skiptoken', 'continuationToken', 'state', ''],
  ]) {
    assert.ok(!isSecretHeader(name) && !isSecretParameter(name), name);
    assert.equal(maskedUnder(name, 'field'), 'nothing', name);
  }
});

const QUALIFIERS = [
  ...[
    'prod',
    'production',
    'dev',
    'test',
    'staging',
    'stage',
    'qa',
    'uat',
    'old',
    'new',
    'current',
    'previous',
    'next',
  ],
  ...[
    'primary',
    'secondary',
    'backup',
    'confirm',
    'confirmation',
    'repeat',
    'again',
    'verify',
    'base',
    'base64',
    'b64',
  ],
  ...['v2', 'enc', 'plain', 'value', 'text', 'string', 'prod2', 'old v1'],
];

test('a word that only says which secret it is does not hide the name', (t) => {
  let count = 0;
  for (const phrase of ['api key', 'client secret', 'password', 'access token', 'secret key']) {
    for (const name of QUALIFIERS.flatMap((word) => stylesOf(`${phrase} ${word}`))) {
      // In one run of small letters nothing tells where words begin.
      if (/^(?:azure_)?[a-z\d]+$/.test(name)) continue;
      assert.ok(isSecretHeader(name) && isSecretParameter(name), name);
      assert.equal(maskedUnder(name, 'field'), 'anyValue', name);
      assert.ok(!maskText(`a ${name}=Summer2026!x`).includes('Summer'), name);
      count += 1;
    }
  }
  t.diagnostic(`${count} names`);
});

test('a name that is known with such a word is known as before', () => {
  for (const name of ['SignatureValue', 'secretText', 'password value', 'SecretString']) {
    assert.equal(maskedUnder(name, 'field'), 'anyValue', name);
  }
  assert.equal(maskedUnder('keyValue', 'field'), 'randomValue');
  assert.equal(maskedUnder('connectionString', 'field'), 'randomValue');
});

test('whose secret it is does not hide the name', () => {
  for (const name of [
    ...['fs.azure.account.key.orders.dfs.core.example.net', 'spark.hadoop.fs.azure.account.key.a.blob.core.example.cn'],
    ...[
      'fs.azure.account.oauth2.client.secret.orders.dfs.core.example.com',
      'Password for ada',
      'passphrase for id_rsa',
    ],
  ]) {
    assert.equal(maskedUnder(name, 'field'), 'anyValue', name);
    assert.ok(!maskText(`${name}: Summer2026!x`).includes('Summer'), name);
  }
  for (const name of [
    'my.secret.app.dev.contoso.com',
    'Incorrect password for ada',
    'password for user ada',
    'token for ada',
  ]) {
    assert.equal(maskedUnder(name, 'field'), 'nothing', name);
  }
});

test('other words behind a secret’s make it none', () => {
  for (const name of [
    ...['public key', 'public key base64', 'password policy', 'token type', 'secret name', 'key id', 'key vault'],
    ...[
      'password expiry',
      'token endpoint',
      'secret version',
      'partition key value',
      'next token value',
      'password hash',
    ],
    ...['connection', 'text', 'new', 'base64', 'v2', 'plain text', 'content string', 'key usage'],
  ]) {
    for (const style of stylesOf(name)) {
      assert.ok(!isSecretHeader(style) && !isSecretParameter(style), style);
      assert.equal(maskedUnder(style, 'field'), 'nothing', style);
    }
  }
});

test('a name that can only be a password’s is secret whatever stands under it', () => {
  for (const name of [
    'pass',
    'DB_PASS',
    'TEST_PASS',
    'SmtpPass',
    'pw',
    'ADMIN_PW',
    'userpass',
    'keypass',
    'AZURE_DEVOPS_EXT_PAT',
  ]) {
    assert.ok(isSecretParameter(name), name);
    assert.equal(maskedUnder(name, 'field'), 'anyValue', name);
    for (const text of [
      `A=1 ${name}=Summer2026!x`,
      `${name}: Summer2026!x`,
      JSON.stringify({ a: 1, [name]: 'Summer2026!x' }),
    ]) {
      assert.ok(!maskText(text).includes('Summer'), text);
    }
  }
  for (const text of [
    ...[
      '"pass": true',
      '{"pass": 12, "fail": 0}',
      'pass: 699',
      '"pass": "fail"',
      'smoke_pass=ok',
      'First pass: shadows',
      'busPass: yearly',
      'bypass: always',
    ],
    ...['boarding_pass=A12', 'compass: north', 'renderPass: main', 'trespass=no', 'low-pass: 40 Hz'],
  ]) {
    assert.equal(maskText(text), text);
  }
});

test('words that end in the letters of a key are no keys, and compounds are', () => {
  for (const name of ['monkey', 'whiskey', 'hockey', 'turkey', 'jockey', 'X-Donkey', 'bestWhiskey', 'hotkey']) {
    assert.ok(!isSecretHeader(name) && !isSecretParameter(name), name);
    assert.equal(maskedUnder(name, 'field'), 'nothing', name);
  }
  for (const name of ['apikey', 'accesskey', 'functionskey', 'hostkey', 'subscriptionkey', 'sharedkey', 'contosokey']) {
    assert.ok(isSecretHeader(name) && isSecretParameter(name), name);
  }
});
