import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { guessLanguage, prettyBody } from '../../../../src/core/call/pretty-body.ts';
import { describeStatus } from '../../../../src/core/call/status-words.ts';

test('JSON is indented as JSON.stringify would, but keeps order and digits', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      if (!/^\s*[{["\d-]/.test(json)) return;
      assert.deepEqual(JSON.parse(prettyBody(json, 'application/json').text), JSON.parse(json));
    }),
  );
  const text = '{"b":1,"2":{},"1":[ ],"a":[1,{"x":"{,:\\"}"}],"n":12345678901234567890}';
  assert.equal(
    prettyBody(text).text,
    '{\n  "b": 1,\n  "2": {},\n  "1": [],\n  "a": [\n    1,\n    {\n      "x": "{,:\\"}"\n    }\n  ],\n  "n": 12345678901234567890\n}',
  );
});

test('what is not JSON keeps every character', () => {
  for (const text of ['[1 2]', '{"a": tru e}', '{}\n{}', 'a {', '{"a":1} and more', '{"a": \n nonsense \n}']) {
    const pretty = prettyBody(text, 'application/json').text;
    assert.equal(pretty.replaceAll(/\s/g, ''), text.replaceAll(/\s/g, ''));
  }
  assert.match(prettyBody('[1 2]').text, /1 2\]$/);
  assert.deepEqual(prettyBody(' plain  text '), { text: ' plain  text ', language: 'plaintext', isCut: false });
});

test('no more comes back than asked for, and the cut is said', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string({ unit: 'binary' })), fc.nat(30), (text, maxCharacters) => {
      const whole = prettyBody(text);
      const cut = prettyBody(text, '', maxCharacters);
      assert.ok(cut.text.length <= maxCharacters);
      assert.equal(cut.isCut, whole.text.length > maxCharacters);
    }),
  );
});

test('deep nesting costs no more than a few times its length', { timeout: 10_000 }, () => {
  const deep = '['.repeat(1_000_000);
  assert.ok(prettyBody(deep).text.length <= deep.length * 4 + 70_000);
});

test('the language follows the media type, else the text', () => {
  for (const [text, contentType, language] of [
    ['x', 'application/problem+json; charset=utf-8', 'json'],
    ['x', 'text/html', 'html'],
    ['x', 'application/soap+xml', 'xml'],
    [' {"a":1}', 'text/plain', 'json'],
    ['<!DOCTYPE html><p>', '', 'html'],
    ['<Error><Code>', '', 'xml'],
    ['{ not json', '', 'plaintext'],
    ['', '', 'plaintext'],
  ] as const) {
    assert.equal(guessLanguage(text, contentType), language, `${text} ${contentType}`);
  }
});

test('a status begins with its number and phrase; a strange one is told by its class', () => {
  assert.match(describeStatus(401), /^401 Unauthorized: /);
  assert.match(describeStatus(418, "I'm a teapot"), /^418 I'm a teapot: /);
  assert.match(describeStatus(499), /^499: /);
  assert.equal(describeStatus(999, 'Request\r\ndenied'), '999 Request denied');
});
