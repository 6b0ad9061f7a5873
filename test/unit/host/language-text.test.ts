import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainAadsts } from '../../../src/core/entra/aadsts.ts';
import { readToken } from '../../../src/core/token/read-token.ts';
import { describeCode } from '../../../src/core/why/code-text.ts';
import { writeCodeHover, writeTokenHover } from '../../../src/host/language/hover-text.ts';
import { lifetimeWords } from '../../../src/host/language/lifetime-words.ts';
import { markdownCode, markdownText } from '../../../src/host/plain-text.ts';

const NOW_SEC = 1_800_000_000;
const linkTo = (command: string) => `command:why401.${command}?x`;

test('a lens tells whole minutes', () => {
  const words = (expiresAtSec?: number, notBeforeSec?: number) =>
    lifetimeWords(
      {
        ...(expiresAtSec === undefined ? {} : { expiresAtSec }),
        ...(notBeforeSec === undefined ? {} : { notBeforeSec }),
      },
      NOW_SEC * 1000,
    );
  assert.equal(words(NOW_SEC + 12 * 60 + 59), 'expires in 12 min');
  assert.equal(words(NOW_SEC + 59), 'expires in less than 1 min');
  assert.equal(words(NOW_SEC), 'expired less than 1 min ago');
  assert.equal(words(NOW_SEC - 3 * 3600 - 5), 'expired 3 h ago');
  assert.equal(words(NOW_SEC + 9000, NOW_SEC + 300), 'valid in 5 min');
  assert.equal(words(), undefined);
  assert.equal(words(1e300), undefined, 'no Date holds it');
});

/**
 * What GitHub's Markdown makes links, images or markup of: outside code spans (CommonMark 6.1: a run of backticks up to
 * the next run of the same length) and not escaped.
 */
function linksIn(markdown: string): string[] {
  const withoutCode = markdown.replace(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '');
  const marks = withoutCode.matchAll(
    /(?<!\\)\]\(([^)]*)\)|https?:\/\/\S+|www\.\S+|\S*[^\s\\]@\S+\.\w+|(?<!\\)<\w[^>]*>/g,
  );
  return [...marks].map(([all, target]) => target ?? all);
}

const HOSTILE = [
  '[x](command:workbench.action.closeWindow)',
  'https://evil.example/x',
  'www.evil.example',
  'somebody@evil.example',
  '`` ` https://evil.example/y `` ```',
  '`',
  '``[x](command:y)',
  '<img src=x onerror=y>',
  'line\n\n[x](command:z)\n',
  '\\`https://evil.example/z',
  '',
  ' ',
  '|a|b|',
  '&#91;x](command:q)',
];

test('text of a token as Markdown code brings no link, image or markup', () => {
  for (const text of HOSTILE) assert.deepEqual(linksIn(`- a ${markdownCode(text)} b`), [], text);
  assert.equal(linksIn('- a https://evil.example/x b').length, 1, 'the check finds a link where there is one');
});

test('our own sentences keep their characters and bring no link of their own', () => {
  for (const text of HOSTILE) {
    assert.deepEqual(linksIn(markdownText(text)), [], text);
    assert.doesNotMatch(markdownText(text), /\n/);
  }
});

test('a claim named twice is quoted in the hover without becoming a link or a line', () => {
  for (const name of HOSTILE.filter(Boolean)) {
    const member = `${JSON.stringify(name)}:1`;
    const payload = Buffer.from(`{${member},${member}}`).toString('base64url');
    const header = Buffer.from('{"alg":"RS256"}').toString('base64url');
    const reading = readToken(`${header}.${payload}.${'A'.repeat(342)}`);
    assert.ok(reading.problems.some(({ id }) => id === 'duplicateClaim'));
    const hover = writeTokenHover(reading, { nowMs: NOW_SEC * 1000, canValidate: false, linkTo });
    assert.equal(linksIn(hover).length, 2, name);
    assert.equal(hover.split('\n\n').length, 3, name);
  }
});

test('the hover on a token links its three commands and nothing else', () => {
  const payload = { iss: HOSTILE[0], aud: HOSTILE.slice(0, 8), scp: HOSTILE.slice(3, 9).join(' '), exp: NOW_SEC + 60 };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const reading = readToken(`${part({ alg: 'RS256' })}.${part(payload)}.${'A'.repeat(342)}`);
  const options = { nowMs: NOW_SEC * 1000, linkTo };
  assert.deepEqual(linksIn(writeTokenHover(reading, { ...options, canValidate: true })), [
    'command:why401.decodeToken?x',
    'command:why401.validateToken?x',
    'command:why401.copyRedacted?x',
  ]);
  assert.equal(linksIn(writeTokenHover(reading, { ...options, canValidate: false })).length, 2);
});

test('codes of every family are described, unknown ones by who writes them', () => {
  const aadsts = describeCode({ family: 'aadsts', code: 'AADSTS700016' }, explainAadsts('AADSTS700016'));
  assert.equal(aadsts.meanings.length, 1);
  assert.ok(describeCode({ family: 'idx', code: 'IDX10214' }, undefined).meanings.length > 1);
  assert.equal(describeCode({ family: 'akv', code: 'AKV10032' }, undefined).meanings.length, 1);
  assert.equal(describeCode({ family: 'idw', code: 'IDW10203' }, undefined).meanings.length, 1);
  const unknown = describeCode({ family: 'aadsts', code: 'AADSTS9999999' }, explainAadsts('AADSTS9999999'));
  assert.deepEqual(unknown.meanings, []);
  for (const description of [aadsts, unknown]) {
    assert.deepEqual(linksIn(writeCodeHover(description, 'command:why401.explain?x')), ['command:why401.explain?x']);
  }
});
