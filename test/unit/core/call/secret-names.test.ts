import assert from 'node:assert/strict';
import { test } from 'node:test';
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
