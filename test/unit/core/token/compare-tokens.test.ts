import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type ComparedClaim, compareTokens } from '../../../../src/core/token/compare-tokens.ts';
import { readToken } from '../../../../src/core/token/read-token.ts';
import type { TokenReading } from '../../../../src/core/token/token.ts';
import { base64url, encryptToken } from './sign-token.ts';

function reading(payload: object, header: object = { alg: 'RS256', kid: 'k' }): TokenReading {
  return readToken(`${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(payload))}.AAAA`);
}

function summaryOf(rows: ComparedClaim[]): string[] {
  return rows.map(({ claim, left, right, same }) => `${claim} ${same ? '=' : `${left ? '<' : ''}${right ? '>' : ''}`}`);
}

const token = {
  zulu: 1,
  name: 'Ada',
  exp: 1_800_004_500,
  scp: 'Orders.Read Orders.Write',
  tid: 't',
  aud: 'api://orders',
  iss: 'https://issuer.example',
  iat: 1_800_000_000,
  uti: 'u',
};

describe('compareTokens', () => {
  test('puts what validators look at first, then the other differences, then what is the same', () => {
    const other = {
      ...token,
      iss: 'i',
      aud: 'a',
      scp: 'Orders.Read',
      iat: 1,
      exp: 2,
      name: 'Bea',
      uti: 'v',
      ver: '2.0',
    };
    assert.deepEqual(summaryOf(compareTokens(reading(token), reading(other, { alg: 'PS256', kid: 'l', x: 1 }))), [
      'iss <>',
      'aud <>',
      'ver >',
      'scp <>',
      'iat <>',
      'exp <>',
      'kid <>',
      'alg <>',
      'name <>',
      'uti <>',
      'x >',
      'tid =',
      'zulu =',
    ]);
  });

  test('marks what matters whether it differs or not', () => {
    const matters = compareTokens(reading(token), reading(token)).filter(({ matters }) => matters);
    assert.deepEqual(matters.map(({ claim }) => claim).sort(), [
      'alg',
      'aud',
      'exp',
      'iat',
      'iss',
      'kid',
      'scp',
      'tid',
    ]);
  });

  test('names what only one of two lists has', () => {
    const [scp] = compareTokens(reading(token), reading({ ...token, scp: 'Orders.Delete Orders.Read' }));
    assert.deepEqual([scp?.onlyLeft, scp?.onlyRight], [['Orders.Write'], ['Orders.Delete']]);
    const [aud] = compareTokens(reading(token), reading({ ...token, aud: ['api://orders', 'b'] }));
    assert.deepEqual([aud?.claim, aud?.onlyLeft, aud?.onlyRight], ['aud', [], ['b']]);
  });

  test('order and form that mean nothing are no difference', () => {
    const pairs: [object, object][] = [
      [{ scp: 'A B' }, { scp: 'B  A' }],
      [{ roles: ['A', 'B'] }, { roles: ['B', 'A', 'A'] }],
      [{ aud: 'a' }, { aud: ['a'] }],
      [{ cnf: { a: 1, b: { c: 1, d: 2 } } }, { cnf: { b: { d: 2, c: 1 }, a: 1 } }],
    ];
    for (const [left, right] of pairs) {
      assert.ok(
        compareTokens(reading(left), reading(right)).every(({ same }) => same),
        JSON.stringify(left),
      );
    }
  });

  test('order and type that mean something are one', () => {
    const pairs: [object, object][] = [
      [{ exp: 1 }, { exp: '1' }],
      [{ scp: 'A' }, { scp: ['B'] }],
      [{ custom: ['A', 'B'] }, { custom: ['B', 'A'] }],
      [{ custom: null }, {}],
      [{ ['__proto__']: 1 }, { ['__proto__']: 2 }],
      [{ aud: 'A' }, { aud: 'a' }],
    ];
    for (const [left, right] of pairs) {
      const [first] = compareTokens(reading(left), reading(right));
      assert.equal(first?.same, false, JSON.stringify(left));
    }
  });

  test('compares the client of a v1 token with that of a v2 token', () => {
    const v1 = reading({ appid: 'c', appidacr: '1' });
    const v2 = reading({ azp: 'c', azpacr: '1' });
    const rows = compareTokens(v1, v2).filter(({ part }) => part === 'payload');
    assert.deepEqual(
      rows.map(({ left, right, same }) => [left?.name, right?.name, same]),
      [
        ['appid', 'azp', false],
        ['appidacr', 'azpacr', false],
      ],
    );
    assert.deepEqual(summaryOf(compareTokens(v2, v1)).slice(0, 2), ['azp <>', 'azpacr <>']);
    const both = compareTokens(reading({ appid: 'c', azp: 'c' }), v2);
    assert.ok(summaryOf(both).includes('azp =') && summaryOf(both).includes('appid <'));
  });

  test('a part that cannot be read has no claims', async () => {
    assert.deepEqual(compareTokens(readToken(''), readToken('hello')), []);
    const rows = compareTokens(reading({ a: 1 }), readToken(await encryptToken('x')));
    assert.deepEqual(summaryOf(rows), ['kid <', 'alg <>', 'a <', 'enc >']);
  });

  test('every claim of both stands once; a token is the same as itself', () => {
    const name = fc.oneof(
      fc.string(),
      fc.constantFrom('__proto__', 'iss', 'aud', 'scp', 'appid', 'azp', 'exp', 'roles'),
    );
    const claims = fc.dictionary(name, fc.jsonValue());
    fc.assert(
      fc.property(claims, claims, (left, right) => {
        const [a, b] = [reading(left), reading(right)];
        const rows = compareTokens(a, b).filter(({ part }) => part === 'payload');
        const names = (lines: ('left' | 'right')[]) =>
          lines.map((side) => rows.flatMap((row) => row[side]?.name ?? []).sort());
        assert.deepEqual(names(['left', 'right']), [
          Object.keys(a.payload ?? {}).sort(),
          Object.keys(b.payload ?? {}).sort(),
        ]);
        assert.ok(compareTokens(a, a).every(({ same }) => same));
      }),
    );
  });
});
