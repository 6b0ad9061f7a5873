import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serviceScopeOf } from '../../../../src/core/why/service-scope.ts';

const addresses: [origin: string, scope: string | undefined][] = [
  ['https://store.blob.core.windows.net', 'https://storage.azure.com/.default'],
  ['https://graph.microsoft.com', 'https://graph.microsoft.com/.default'],
  ['https://microsoftgraph.chinacloudapi.cn', 'https://microsoftgraph.chinacloudapi.cn/.default'],
  ['https://orders.openai.azure.com', 'https://cognitiveservices.azure.com/.default'],
  ['https://orders.services.ai.azure.com', 'https://ai.azure.com/.default'],
  ['https://orders.westeurope.batch.azure.com', 'https://batch.core.windows.net//.default'],
  ['https://orders.vault.usgovcloudapi.net', 'https://vault.usgovcloudapi.net/.default'],
  ['https://orders.servicebus.windows.net', 'https://servicebus.azure.net/.default'],
  // What no source has settled is no advice.
  ['https://orders.openai.azure.us', undefined],
  ['https://orders.managedhsm.azure.net', undefined],
  ['https://store.blob.core.windows.net.evil.example', undefined],
  ['https://evilgraph.microsoft.com', undefined],
  ['https://machine.westeurope.cloudapp.azure.com', undefined],
  ['https://orders.azurewebsites.net', undefined],
  ['https://api.example', undefined],
  ['nowhere', undefined],
];
for (const [origin, scope] of addresses) {
  test(`${origin} wants ${scope ?? 'no scope that is known'}`, () => assert.equal(serviceScopeOf(origin), scope));
}
