import assert from 'node:assert/strict';
import { test } from 'node:test';
import { microsoftApiOf, wellKnownAppName } from '../../../../src/core/token/well-known-apps.ts';
import { wellKnownTenantName } from '../../../../src/core/token/well-known-tenants.ts';

test('Microsoft APIs are recognised however Entra writes them', () => {
  for (const audience of [
    '00000003-0000-0000-c000-000000000000',
    '00000003-0000-0000-C000-000000000000',
    'spn:00000003-0000-0000-c000-000000000000',
    'https://graph.microsoft.com',
    'https://graph.microsoft.com/',
    'HTTPS://Graph.Microsoft.com//',
    'spn:https://graph.microsoft.com/',
    'https://graph.microsoft.us',
  ]) {
    assert.equal(microsoftApiOf(audience), microsoftApiOf('https://graph.microsoft.com'), audience);
    assert.ok(microsoftApiOf(audience));
  }
});

test('other audiences are not, nor are Microsoft’s clients', () => {
  for (const audience of [
    '',
    '/',
    'api://orders',
    'https://graph.microsoft.com.evil.example',
    'https://evil.example/graph.microsoft.com',
    'https://graph.microsoft.com@evil.example',
    'http://graph.microsoft.com',
    '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
    '/'.repeat(100_000),
  ]) {
    assert.equal(microsoftApiOf(audience), undefined);
  }
});

test('names applications and tenants in any letter case', () => {
  assert.ok(wellKnownAppName('04B07795-8DDB-461A-BBEE-02F9E1BF7B46'));
  assert.equal(wellKnownAppName('constructor'), undefined);
  assert.ok(wellKnownTenantName('9188040D-6C67-4C5B-B112-36A304B66DAD'));
  assert.equal(wellKnownTenantName('11111111-2222-4333-8444-555555555555'), undefined);
});
