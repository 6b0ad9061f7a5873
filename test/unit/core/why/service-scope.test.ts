import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serviceNameOf } from '../../../../src/core/why/service-scope.ts';

const addresses: [origin: string, name: string | undefined][] = [
  ['https://store.blob.core.windows.net', 'Azure Storage'],
  ['https://graph.microsoft.com', 'Microsoft Graph'],
  ['https://orders.openai.azure.com', 'Azure Cognitive Services'],
  ['https://store.blob.core.windows.net.evil.example', undefined],
  ['https://evilgraph.microsoft.com', undefined],
  ['https://machine.westeurope.cloudapp.azure.com', undefined],
  ['https://api.example', undefined],
];
for (const [origin, name] of addresses) {
  test(`tokens of ${name ?? 'no Microsoft API'} belong to ${origin}`, () => assert.equal(serviceNameOf(origin), name));
}
