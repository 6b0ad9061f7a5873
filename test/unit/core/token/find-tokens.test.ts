import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { candidateToken } from '../../../../src/core/token/candidate-token.ts';
import { findTokens, tokenAt } from '../../../../src/core/token/find-tokens.ts';
import { ALGORITHMS, base64url, encryptToken, signToken, unsignedToken } from './sign-token.ts';

const claims = {
  iss: 'https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0',
  aud: '7b1d0000-0000-4000-8000-0000000040aa',
  name: 'Łukasz Żak',
  scp: 'Orders.Read Orders.Write',
  exp: 1_800_000_000,
  note: 'x'.repeat(200),
};
const tokens: string[] = [];
let token = '';
let other = '';

before(async () => {
  for (const alg of ALGORITHMS) tokens.push(await signToken(claims, { alg, kid: 'k1' }));
  for (const size of [3072, 4096]) tokens.push(await signToken(claims, { alg: 'RS256', kid: 'k1' }, size));
  tokens.push(await encryptToken('hidden'), unsignedToken(claims));
  token = tokens[0] ?? '';
  other = await signToken({ ...claims, aud: 'api://other' }, { alg: 'ES256' });
});

/** Cuts a token into lines of a width, the first one shorter by what stands before it. */
function cut(text: string, width: number, firstWidth: number): string[] {
  const lines = [text.slice(0, firstWidth)];
  for (let at = firstWidth; at < text.length; at += width) lines.push(text.slice(at, at + width));
  return lines;
}

const WRAPS: Record<string, (lines: string[]) => string> = {
  terminal: (lines) => `Authorization: Bearer ${lines.join('\n')}\nContent-Type: text/plain\n`,
  crlf: (lines) => `token=${lines.join('\r\n')}\r\nthe next line has words\r\n`,
  indented: (lines) => `token: >-\n  ${lines.join('\n  ')}\nother: value\n`,
  backslash: (lines) => `curl -H "Authorization: Bearer ${lines.join('\\\n')}" https://example.com\n`,
  concatenated: (lines) => `const token = "${lines.join('" +\n    "')}";\nconst next = 1;`,
  leadingPlus: (lines) => `const token = '${lines.join("'\n  + '")}';\nlet next = 1;`,
  adjacentStrings: (lines) => `token = ("${lines.join('"\n         "')}")\nprint(token)`,
  visualBasic: (lines) => `token = "${lines.join('" & _\n    "')}"\nDim next`,
  mail: (lines) => `> > Bearer ${lines.join('\n> > ')}\n> > thanks for looking\n`,
  quotedPrintable: (lines) => `Token: ${lines.join('=\r\n')}\r\nbye\r\n`,
  comment: (lines) => `// ${lines.join('\n// ')}\n// and so on\n`,
  escapedLines: (lines) => `{"token":"${lines.join('\\n')}","x":1}`,
  blanks: (lines) => `"${lines.join(' ')}"`,
};

describe('findTokens', () => {
  test('finds every form in ordinary surroundings', () => {
    const surroundings: ((raw: string) => string)[] = [
      (raw) => raw,
      (raw) => `Authorization: Bearer ${raw}\n`,
      (raw) => `the token "${raw}", they said`,
      (raw) => `{"access_token":"${raw}","expires_in":3599}`,
      (raw) => `https://localhost/#id_token=${raw}&state=1`,
      (raw) => `Authorization=Bearer%20${raw}`,
      (raw) => `{\\"token\\":\\"${raw}\\"}`,
      (raw) => `log\\n${raw}\\nnext`,
      (raw) => `Cookie: jwt_${raw}; Path=/`,
      (raw) => `see ${raw}\nNext line of words.`,
      (raw) => `<td>${raw}</td>`,
    ];
    for (const raw of tokens) {
      for (const surround of surroundings) {
        const text = surround(raw);
        const start = text.indexOf(raw);
        assert.deepEqual(findTokens(text), [{ raw, start, end: start + raw.length }], text.replace(raw, '…'));
      }
    }
  });

  test('leaves the full stop of a sentence out', () => {
    assert.deepEqual(
      findTokens(`It is ${token}. And more.`).map((found) => found.raw),
      [token],
    );
  });

  test('finds several, in order', () => {
    const text = `${token}\n${other},${token} ${other}`;
    assert.deepEqual(
      findTokens(text).map((found) => found.raw),
      [token, other, token, other],
    );
  });

  test('finds headers that begin with white space', async () => {
    for (const space of [' ', '\n', '\r\n', '\t']) {
      const header = base64url(`{${space}"alg":"none"}`);
      const raw = `${header}.${base64url('{}')}.`;
      assert.deepEqual(
        findTokens(`x ${raw} y`).map((found) => found.raw),
        [raw],
      );
    }
  });

  for (const [name, wrap] of Object.entries(WRAPS)) {
    test(`wrapped and found whole: ${name}`, async () => {
      await fc.assert(
        fc.property(
          fc.nat(tokens.length - 1),
          fc.integer({ min: 40, max: 160 }),
          fc.integer({ min: 3, max: 160 }),
          (index, width, firstWidth) => {
            const raw = tokens[index] ?? '';
            // A JWE or an unsigned token cut by blanks alone cannot be told from words.
            if (name === 'blanks' && raw.split('.').length === 5) return;
            const text = wrap(cut(raw, width, Math.min(firstWidth, width)));
            const found = findTokens(text);
            assert.deepEqual(
              found.map((one) => one.raw),
              [raw],
            );
            assert.equal(text.slice(found[0]?.start).startsWith(raw.slice(0, 1)), true);
            assert.equal(text[(found[0]?.end ?? 0) - 1], raw.at(-1));
          },
        ),
        { numRuns: 150 },
      );
    });
  }

  test('a line that ends where a shorter signature of the same algorithm would', () => {
    for (const raw of tokens) {
      const signatureStart = raw.lastIndexOf('.') + 1;
      for (const length of [171, 342, 512]) {
        const at = signatureStart + length;
        if (at >= raw.length) continue;
        const text = `${raw.slice(0, at)}\n${raw.slice(at)}\nwords after`;
        assert.equal(findTokens(text)[0]?.raw, raw);
      }
    }
  });

  test('takes no words of the next line', async () => {
    await fc.assert(
      fc.property(
        fc.nat(tokens.length - 1),
        fc.array(fc.stringMatching(/^[A-Za-z0-9_-]{1,14}$/), { minLength: 1, maxLength: 60 }),
        fc.constantFrom(' ', '\n', '\n  ', '\r\n'),
        (index, words, separator) => {
          const raw = tokens[index] ?? '';
          const text = `${raw}${separator}${words.join(separator)}`;
          assert.equal(findTokens(text)[0]?.raw, raw);
        },
      ),
    );
  });

  test('a cut token does not swallow the whole one after it', () => {
    for (const length of [10, 30, 60, 100, 200, 300, 420, 500]) {
      const text = `${token.slice(0, length)}\n${other}\n`;
      assert.ok(
        findTokens(text).some((found) => found.raw === other),
        `cut at ${length}`,
      );
    }
  });

  test('keeps what cannot be joined as it stands', () => {
    const cutSignature = token.slice(0, -20);
    assert.equal(findTokens(`${cutSignature}\nhello world`)[0]?.raw, cutSignature);
  });

  test('finds a token whose header is damaged when header and payload begin as they should', () => {
    const damaged = `eyJhbGciOiJSUzI1NiI.${token.split('.').slice(1).join('.')}`;
    assert.deepEqual(
      findTokens(`x ${damaged} y`).map((found) => found.raw),
      [damaged],
    );
  });

  test('finds nothing in what is none', () => {
    for (const text of [
      '',
      'hello',
      'eyJ',
      'eyJhbGciOiJSUzI1NiJ9',
      'eyJhbGciOiJSUzI1NiJ9. A sentence. Another.',
      'www.example.com',
      'eyes.wide.shut eyJunk.foo.bar',
      `${base64url('{"alg":"none"}')}.${base64url('{"a":1}')}\nword.`,
    ]) {
      assert.deepEqual(findTokens(text), [], text);
    }
  });

  test('never throws, and what it finds stands at its place', () => {
    const alphabet = fc.constantFrom(
      'eyJ',
      'eyA',
      '.',
      '\n',
      ' ',
      '"',
      '+',
      '\\',
      'ewo',
      'aGk',
      'x',
      '=',
      '> ',
      '_',
      'é',
      '😀',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(alphabet, { maxLength: 60 }).map((parts) => parts.join('')),
        ),
        (text) => {
          let last = 0;
          for (const { raw, start, end } of findTokens(text)) {
            assert.ok(start >= last && end > start && end <= text.length);
            assert.match(raw, /^[A-Za-z0-9_.-]+$/);
            last = end;
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('findTokens on hostile and large text', () => {
  const size = 3_000_000;
  const hostile: Record<string, string> = {
    'no token': 'the quick brown fox jumps over the lazy dog\n'.repeat(size / 44),
    'one run': 'eyJ'.repeat(size / 3),
    'runs joined by -': 'eyJ-'.repeat(size / 4),
    dots: 'eyJ.'.repeat(size / 4),
    'open headers': 'eyJh\n'.repeat(size / 5),
    'open headers in one string': 'eyJhYWFhYWFhYWFhYWFh\n'.repeat(size / 21),
    'open payloads': `${base64url('{"alg":"RS256"}')}.eyJhYWFhYWFhYWFhYWFh\n`.repeat(size / 41),
    'opaque payloads': `${base64url('{"alg":"RS256"}')}.abcdefghijklmnopqrst\n`.repeat(size / 41),
    blanks: `eyJh${' '.repeat(399)}`.repeat(size / 403),
    'short signatures': `${base64url('{"alg":"RS256"}')}.e30.${'abcdefghijklmnop\n'.repeat(10)}`.repeat(size / 195),
  };
  for (const [name, text] of Object.entries(hostile)) {
    test(name, { timeout: 20_000 }, () => {
      const found = findTokens(text);
      assert.ok(found.every((one) => one.end > one.start));
    });
  }

  test('a large wrapped token is found', async () => {
    const large = await signToken({ groups: Array.from({ length: 4000 }, (_, index) => `group-number-${index}`) });
    assert.deepEqual(
      findTokens(cut(large, 76, 76).join('\n')).map((found) => found.raw),
      [large],
    );
  });
});

describe('tokenAt', () => {
  test('finds the token the offset touches, and no other', () => {
    const text = `first ${token} then ${other}.`;
    const start = text.indexOf(other);
    assert.equal(tokenAt(text, text.indexOf(token))?.raw, token);
    assert.equal(tokenAt(text, start + 30)?.raw, other);
    assert.equal(tokenAt(text, start + other.length)?.raw, other);
    assert.equal(tokenAt(text, 2), undefined);
    assert.equal(tokenAt(text, start - 2), undefined);
  });

  test('works in a wrapped token and far into a large text', () => {
    const wrapped = cut(token, 80, 80).join('\n');
    const text = `${'words '.repeat(600_000)}${wrapped}${' words'.repeat(600_000)}`;
    const found = tokenAt(text, text.indexOf(wrapped) + 200);
    assert.equal(found?.raw, token);
    assert.equal(found?.start, text.indexOf(wrapped));
  });
});

describe('candidateToken', () => {
  test('strips what surrounds a token, and nothing of the token', () => {
    const damaged = 'eyJhbGci*iJIUzI1NiJ9.e30.abc';
    for (const text of [
      damaged,
      `  ${damaged}\n`,
      `Bearer ${damaged}`,
      `"${damaged}",`,
      `Authorization: Bearer ${damaged}`,
      `{"access_token":"${damaged}","x":1}`,
      `id_token=${damaged}&state=abc`,
      `\ufeff${damaged.slice(0, 12)}\n  ${damaged.slice(12)}`,
    ]) {
      assert.equal(candidateToken(text), damaged, text);
    }
  });

  test('keeps other text without scheme and quotes', () => {
    assert.equal(candidateToken(' Bearer abc.def '), 'abc.def');
    assert.equal(candidateToken("'0.AXkA-opaque_code',"), '0.AXkA-opaque_code');
    assert.equal(candidateToken(' \n'), '');
    assert.equal(candidateToken('Bearer '), '');
  });

  test('never throws and never grows', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.ok(candidateToken(text).length <= text.length);
      }),
    );
  });
});
