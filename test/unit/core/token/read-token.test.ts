import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { describeProblem } from '../../../../src/core/token/problem-text.ts';
import { GREATEST_TOKEN_LENGTH, readToken, USUAL_TOKEN_LIMIT } from '../../../../src/core/token/read-token.ts';
import type { TokenReading } from '../../../../src/core/token/token.ts';
import { base64url, encryptToken, signToken, unsignedToken } from './sign-token.ts';

const header = base64url('{"alg":"RS256"}');
const payload = base64url('{"sub":"someone"}');

function faults(reading: TokenReading): string[] {
  return reading.problems.map(({ id, part, severity }) => `${severity} ${id} ${part}`);
}

describe('readToken', () => {
  test('reads a signed token', async () => {
    const raw = await signToken({ sub: 'Zoë Łukasz', exp: 1 }, { kid: 'k' });
    const reading = readToken(raw);
    assert.equal(reading.form, 'jws');
    assert.deepEqual(reading.header, { typ: 'JWT', kid: 'k', alg: 'RS256' });
    assert.deepEqual(reading.payload, { sub: 'Zoë Łukasz', exp: 1 });
    assert.equal(reading.signatureBytes, 256);
    assert.deepEqual(reading.problems, []);
  });

  test('reads the header of an encrypted token', async () => {
    const reading = readToken(await encryptToken('hidden'));
    assert.equal(reading.form, 'jwe');
    assert.equal(reading.header?.enc, 'A256GCM');
    assert.equal(reading.payload, undefined);
    assert.deepEqual(reading.problems, []);
  });

  test('reads an unsigned token without complaint about its form', () => {
    const reading = readToken(unsignedToken({ sub: 'a' }));
    assert.equal(reading.form, 'jws');
    assert.equal(reading.signatureBytes, 0);
    assert.deepEqual(reading.problems, []);
  });

  test('counts parts and keeps what is readable', () => {
    for (const [raw, count] of [
      [header, '1'],
      [`${header}.${payload}`, '2'],
      [`${header}.${payload}.AAAA.AAAA`, '4'],
      [`${header}.${payload}.AAAA.AAAA.AAAA.AAAA`, '6'],
    ] as const) {
      const reading = readToken(raw);
      assert.equal(reading.form, 'unreadable');
      assert.deepEqual(reading.header, { alg: 'RS256' });
      assert.deepEqual(reading.payload, count === '1' ? undefined : { sub: 'someone' });
      assert.deepEqual(faults(reading), ['error partCount token']);
      assert.equal(reading.problems[0]?.found, count);
    }
  });

  test('tells what is no token at all', () => {
    assert.deepEqual(faults(readToken('')), ['error empty token']);
    for (const raw of [
      'hello',
      'example.com',
      'www.example.com',
      'a.b.c.d',
      'a.b.c.d.e',
      '0.AXkAopaque',
      '....',
      '\0',
    ]) {
      const reading = readToken(raw);
      assert.deepEqual(faults(reading), ['error notAToken token'], raw);
      assert.deepEqual([reading.form, reading.header, reading.payload], ['unreadable', undefined, undefined]);
    }
  });

  test('keeps the readable half', () => {
    const badHeader = readToken(`${base64url('not json')}.${payload}.AAAA`);
    assert.equal(badHeader.header, undefined);
    assert.deepEqual(badHeader.payload, { sub: 'someone' });
    assert.deepEqual(faults(badHeader), ['error notJson header']);

    const badPayload = readToken(`${header}.eyJz*WIi.AAAA`);
    assert.deepEqual(badPayload.header, { alg: 'RS256' });
    assert.equal(badPayload.payload, undefined);
    assert.deepEqual(badPayload.problems, [
      { id: 'notBase64url', severity: 'error', part: 'payload', in: 'base64url', at: 5, found: '*' },
    ]);
  });

  test('names the fault and its place', () => {
    const cases: [string, string, number | undefined][] = [
      [`${header}.${payload}.A+AA`, 'error notBase64url signature', 2],
      [`${header}.${payload}.AAAAA`, 'error base64Length signature', 5],
      [`${header}.${payload}.AB`, 'warning base64NotCanonical signature', 2],
      [`${header}.${payload}.AA==`, 'warning base64NotCanonical signature', 3],
      [`${header}.${payload}.`, 'error emptyPart signature', undefined],
      [`${header}..AAAA`, 'error emptyPart payload', undefined],
      [`.${payload}.AAAA`, 'error emptyPart header', undefined],
      [`${header}.${base64url(new Uint8Array([0x7b, 0x22, 0xff, 0x22]))}.AAAA`, 'error notUtf8 payload', 3],
      [`${header}.${base64url('{"a":1,}')}.AAAA`, 'error notJson payload', 8],
      [`${header}.${base64url('[1]')}.AAAA`, 'error notAnObject payload', undefined],
      [`${header}.${base64url('null')}.AAAA`, 'error notAnObject payload', undefined],
      [`${header}.${base64url('{"aud":"a","aud":"b"}')}.AAAA`, 'warning duplicateClaim payload', 12],
      [`${header}.${base64url('\ufeff{"a":1}')}.AAAA`, 'warning notJson payload', 1],
      [`${base64url('{"typ":"JWT"}')}.${payload}.AAAA`, 'warning claimType header', undefined],
      [`${header}.${base64url(`{"a":${'['.repeat(70)}${']'.repeat(70)}}`)}.AAAA`, 'warning tooDeep payload', 69],
      [`${header}.${base64url(`{"a":${'['.repeat(9000)}${']'.repeat(9000)}}`)}.AAAA`, 'error tooDeep payload', 517],
    ];
    for (const [raw, fault, at] of cases) {
      const reading = readToken(raw);
      assert.deepEqual(faults(reading), [fault]);
      assert.equal(reading.problems[0]?.at, at, fault);
    }
  });

  test('reports claims of a wrong type and keeps them', () => {
    const wrong: [string, unknown][] = [
      ['exp', 'soon'],
      ['nbf', null],
      ['aud', 5],
      ['aud', [1]],
      ['iss', { a: 1 }],
      ['scp', ['a']],
      ['roles', 'Admin'],
      ['ver', 2],
    ];
    for (const [claim, value] of wrong) {
      const reading = readToken(`${header}.${base64url(JSON.stringify({ [claim]: value }))}.AAAA`);
      assert.deepEqual(
        reading.problems.map((problem) => [problem.id, problem.severity, problem.claim]),
        [['claimType', 'warning', claim]],
      );
      assert.deepEqual(reading.payload, { [claim]: value });
    }
    const infinite = readToken(`${header}.${base64url('{"exp":1e999}')}.AAAA`);
    assert.equal(infinite.problems[0]?.id, 'claimType');
    const right = { exp: 1.5, aud: ['a'], roles: [], scp: '', iss: 'x', ver: '1.0' };
    assert.deepEqual(readToken(`${header}.${base64url(JSON.stringify(right))}.AAAA`).problems, []);
  });

  test('large tokens: a warning, then not decoded', () => {
    const large = `${header}.${payload}.${'A'.repeat(USUAL_TOKEN_LIMIT)}`;
    assert.deepEqual(faults(readToken(large)), ['warning tooLarge token']);
    assert.deepEqual(readToken(large).payload, { sub: 'someone' });
    const huge = readToken(`${header}.${payload}.${'A'.repeat(GREATEST_TOKEN_LENGTH)}`);
    assert.deepEqual(faults(huge), ['error tooLarge token']);
    assert.equal(huge.header, undefined);
    assert.deepEqual(faults(readToken('.'.repeat(USUAL_TOKEN_LIMIT + 1))), [
      'error notAToken token',
      'warning tooLarge token',
    ]);
  });

  test('a token without exp, with hostile names, pollutes nothing', () => {
    const reading = readToken(`${header}.${base64url('{"__proto__":{"alg":"none"},"toString":1}')}.AAAA`);
    assert.deepEqual(Object.keys(reading.payload ?? {}), ['__proto__', 'toString']);
    assert.equal(({} as Record<string, unknown>).alg, undefined);
  });
});

describe('readToken and describeProblem on anything', () => {
  const part = fc.oneof(
    fc.json().map(base64url),
    fc.uint8Array().map((bytes) => base64url(bytes)),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(header, payload, '', 'AA==', 'AB', '='),
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(part, { maxLength: 7 }).map((parts) => parts.join('.')),
  );

  test('never throw; every problem is a sentence that quotes at most one character', () => {
    fc.assert(
      fc.property(text, (raw) => {
        const reading = readToken(raw);
        assert.equal(reading.raw, raw);
        const isWhole = reading.form === 'jws' ? reading.header && reading.payload : reading.header;
        const hasError = reading.problems.some(({ severity }) => severity === 'error');
        assert.ok(isWhole || hasError);
        for (const problem of reading.problems) {
          const sentence = describeProblem(problem);
          assert.match(sentence, /\.$/);
          assert.doesNotMatch(sentence.replace(/“.{1,2}”/su, ''), /undefined|!/);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('a problem does not give the token away', async () => {
    const secret = await signToken({ sub: 'someone', aud: 5, exp: 'soon' });
    for (const raw of [`${secret}*`, secret.slice(0, -1), secret.replace('.', ''), `${secret}.more`, `x${secret}`]) {
      for (const problem of readToken(raw).problems) {
        const sentence = describeProblem(problem);
        for (let at = 0; at + 6 <= secret.length; at++) {
          assert.ok(!sentence.includes(secret.slice(at, at + 6)), sentence);
        }
      }
    }
  });
});
