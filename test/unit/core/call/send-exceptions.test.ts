import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSendExceptions } from '../../../../src/core/call/send-exceptions.ts';

const audience = 'https://cognitiveservices.azure.com';
const origin = 'https://contoso.azure-api.net';

test('an entry names audience and origin', () => {
  assert.deepEqual(parseSendExceptions(undefined), { exceptions: [], faults: [] });
  for (const written of [origin, `${origin}/`, 'HTTPS://Contoso.azure-api.net:443'])
    assert.deepEqual(parseSendExceptions([{ audience, origin: written }]), {
      exceptions: [{ audience, origin }],
      faults: [],
    });
  assert.equal(parseSendExceptions([{ audience, origin: 'http://127.0.0.1:8080' }]).exceptions.length, 1);
});

const faulty: [value: unknown, path: string][] = [
  ['all', ''],
  [{ audience, origin }, ''],
  [['all'], '0'],
  [[{ audience }], '0.origin'],
  [[{ origin }], '0.audience'],
  [[{ audience, origin, also: 1 }], '0.also'],
  [[{ audience: '*', origin }], '0.audience'],
  [[{ audience: 5, origin }], '0.audience'],
  [[{ audience: `${audience}%2f`, origin }], '0.audience'],
  [[{ audience, origin: '*' }], '0.origin'],
  [[{ audience, origin: 'https://*.azure-api.net/' }], '0.origin'],
  [[{ audience, origin: 'http://contoso.azure-api.net' }], '0.origin'],
  [[{ audience, origin: `${origin}/orders` }], '0.origin'],
  [[{ audience, origin: `${origin}?x` }], '0.origin'],
  [[{ audience, origin: 'https://me:x@contoso.azure-api.net' }], '0.origin'],
  [[{ audience, origin: 'http://127.0.0.1.evil.example' }], '0.origin'],
];
for (const [value, path] of faulty) {
  test(`not an entry: ${JSON.stringify(value)}`, () => {
    const { exceptions, faults } = parseSendExceptions(value);
    assert.deepEqual([exceptions, faults.map((fault) => fault.path)], [[], [path]]);
  });
}

test('one fault keeps no other entry from counting', () => {
  const { exceptions, faults } = parseSendExceptions([
    { audience: 5, origin },
    { audience, origin },
  ]);
  assert.deepEqual([exceptions.length, faults.length], [1, 1]);
});
