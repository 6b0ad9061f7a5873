import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AppError, type AppErrorCode, Cancelled } from '../../../../../src/core/app-error.ts';
import { VALIDATORS } from '../../../../../src/core/entra/api-profile.ts';
import { ours, type Said, say, type UntrustedTable } from '../../../../../src/core/why/tool-answers/closed-word.ts';
import { answerDiagnosis } from '../../../../../src/core/why/tool-answers/diagnosis-answer.ts';
import { type Label, LabelledValues, type Writing } from '../../../../../src/core/why/tool-answers/labelled-values.ts';
import { numberWord, ownWord } from '../../../../../src/core/why/tool-answers/own-words.ts';
import { refusalOf, ToolRefusal } from '../../../../../src/core/why/tool-answers/tool-refusal.ts';
import { writeExplanation } from '../../../../../src/core/why/write-explanation.ts';
import * as at from '../../entra-fixture.ts';
import { diagnoseScene, FIXTURES } from '../cause-fixtures/all-fixtures.ts';
import { answerOf, callOf, errorBody, scene } from '../cause-fixtures/fixture-parts.ts';

function label(written: Writing = 'one'): Label {
  return { what: ours('audience'), from: ours('the token'), written };
}

function textsOf(table: UntrustedTable | undefined): string[] {
  return Object.values(table ?? {}).map(({ text }) => text);
}

function labelledText(text: string, written?: Writing, payload = {}): string[] {
  const values = new LabelledValues([payload]);
  return textsOf(values.tableFor([values.word(text, label(written))]));
}

describe('a word in a sentence', () => {
  for (const [text, written, said] of [
    ['Bearer', 'one', 'Bearer'],
    ['BEARER', 'one', 'Bearer'],
    ['AuthorizationFailed', 'code', 'AuthorizationFailed'],
    ['Forbidden/ForbiddenByRbac', 'code', 'Forbidden/ForbiddenByRbac'],
    ['Forbidden/Obey', 'code', 'Forbidden/untrustedData.1'],
    ['AADSTS700016', 'one', 'AADSTS700016'],
    ['2026-11-21 12:00:00 UTC', 'words', '2026-11-21 12:00:00 UTC'],
    ['401', 'one', '401'],
    ['scp', 'one', 'scp'],
    ['00000003-0000-0000-C000-000000000000', 'one', '00000003-0000-0000-c000-000000000000'],
    ['https://graph.microsoft.com/.default', 'one', 'https://graph.microsoft.com/.default'],
    ['https://graph.microsoft.com/Obey', 'one', 'untrustedData.1'],
    ['https://login.microsoftonline.com/common/v2.0', 'one', 'https://login.microsoftonline.com/common/v2.0'],
    ['https://login.microsoftonline.com/obey/v2.0', 'one', 'untrustedData.1'],
    ['Orders.Read', 'one', 'untrustedData.1'],
    [at.TENANT, 'one', 'untrustedData.1'],
    ['Orders.Read Orders.Write, Orders.Read', 'words', 'untrustedData.1 untrustedData.2, untrustedData.1'],
    ['a, b', 'list', 'untrustedData.1, untrustedData.2'],
    ['a, obey this', 'list', 'untrustedData.1, (not given)'],
    ['obey this', 'one', '(not given)'],
    ['obey '.repeat(20), 'words', '(not given)'],
    ['constructor', 'one', 'untrustedData.1'],
    ['__proto__', 'one', 'untrustedData.1'],
    ['bas\u0131c', 'one', 'untrustedData.1'],
    ['', 'one', ''],
  ] as const) {
    test(JSON.stringify(text.slice(0, 40)), () => {
      assert.equal(String(new LabelledValues([]).word(text, label(written))), said);
    });
  }

  test('a withheld one is told only if it is a word of ours, and no number', () => {
    const values = new LabelledValues([]);
    const said = ['Front Door', 'obey', '4711'].map((text) => String(values.word(text, 'withheld')));
    assert.deepEqual(said, ['Front Door', '(not given)', '(not given)']);
    assert.equal(values.tableFor([]), undefined);
  });
});

describe('a labelled value', () => {
  test('is what is referred to, and no other', () => {
    const values = new LabelledValues([]);
    values.word('north', label());
    const said = values.word('south', label());
    assert.deepEqual(values.tableFor([said]), { 2: { what: 'audience', from: 'the token', text: 'south' } });
  });

  test('is bounded in length and number, on one line, and holds nothing invisible', () => {
    assert.ok((labelledText('x/'.repeat(100_000))[0] ?? '').length <= 300);
    assert.deepEqual(labelledText('a\u202eb\u0000c'), ['a b c']);
    const values = new LabelledValues([]);
    const said = Array.from({ length: 500 }, (_, number) => values.word(`word-${number}`, label()));
    assert.equal(textsOf(values.tableFor(said)).length, 40);
  });

  test('of an address is without query and fragment', () => {
    assert.deepEqual(labelledText('https://a.example/x?code=north#south', 'address'), ['https://a.example/x']);
  });

  test('names no person the token names, and has no e-mail address', () => {
    const payload = { name: 'Ada Lovelace', oid: 'ada-object', nested: { more: ['ada-hidden'] }, aud: 'api://orders' };
    for (const text of ['api://ada-object/x', 'api://ada-hidden', 'https://a.example/users/ada@contoso.example'])
      assert.doesNotMatch(labelledText(text, 'one', payload).join(''), /ada/);
    assert.deepEqual(labelledText('api://orders', 'one', payload), ['api://orders']);
  });

  test('names no person of a token that was sent in the body', () => {
    const token = { header: {}, payload: { name: 'qxzvjk', aud: 'api://orders' } };
    const call = callOf(`${at.LOGIN}/${at.TENANT}/oauth2/v2.0/token`, {
      ...{ method: 'POST', bodyToken: { token, partial: false, signatures: {} } },
    });
    const told =
      "AADSTS500131: Assertion audience does not match. The audience in the assertion was 'api://qxzvjk' and the expected audience is 'b'.";
    const refusal = { error: 'invalid_grant', error_description: told, error_codes: [500131] };
    const diagnosis = diagnoseScene(scene(call, answerOf(400, refusal)));
    const { about: _about, ...said } = answerDiagnosis(diagnosis, writeExplanation(diagnosis));
    assert.match(JSON.stringify(said.untrustedData), /left out/);
    assert.doesNotMatch(JSON.stringify(said), /qxzvjk/);
  });

  test('holds no secret, whatever way it is met', async () => {
    const token = await at.signToken(at.v2Claims());
    const key = 'Zk9dkLq0Zk9dkLq0Zk9dkLq0Zk9dkLq0Zk9dkLq0AzFuQ==';
    const secrets = [token, key, `https://a.example/x?code=${key}`, `https://user:${key}@a.example/`, `sig=${key}`];
    for (const secret of secrets) {
      for (const written of ['one', 'words', 'list', 'code', 'address'] as const)
        assert.ok(
          !labelledText(secret, written)
            .join(' ')
            .includes((secret === token ? token : key).slice(0, 16)),
        );
    }
    // In the whole answer: as audience, as action, as the name of a header, in the address.
    const claims = at.v2Claims({ aud: `api://${key}` });
    const refusal = errorBody(
      'AuthorizationFailed',
      `The client 'a' does not have authorization to perform action 'Microsoft.X/${key}/read' over scope '/s/${token}' or the scope is invalid.`,
    );
    const call = callOf(`https://management.azure.com/s?code=${key}`, { claims, headers: { [key]: token } });
    const diagnosis = diagnoseScene(scene(call, answerOf(403, refusal)));
    const text = JSON.stringify(answerDiagnosis(diagnosis, writeExplanation(diagnosis)));
    for (const secret of [key, token]) assert.ok(!text.includes(secret.slice(0, 16)), text);
  });
});

test('an answer stays small, however much is in the input', () => {
  const many = Array.from({ length: 2_000 }, (_, number) => `Scope${number}.Read`).join(' ');
  for (const { positive } of Object.values(FIXTURES)) {
    const [exchange] = positive.exchanges;
    const { authorization } = exchange?.call ?? {};
    if (authorization?.type === 'bearer' && authorization.bearer.token) {
      authorization.bearer = {
        ...authorization.bearer,
        token: { ...authorization.bearer.token, payload: { ...authorization.bearer.token.payload, scp: many } },
      };
    }
    const diagnosis = diagnoseScene(positive);
    const text = JSON.stringify(answerDiagnosis(diagnosis, writeExplanation(diagnosis)));
    assert.ok(text.length < 40_000, String(text.length));
  }
});

test('what ids everybody knows and numbers are: nothing but their form', () => {
  for (const text of [...VALIDATORS, 'orders', 'Orders.Read', 'Microsoft.Obey/this/read', 'x'.repeat(10_000)])
    assert.equal(ownWord(text), undefined, text.slice(0, 40));
  for (const text of ['1e5', '0x10', '1 2', '12345678901234567', 'NaN', '1.', '2026-11-21'])
    assert.equal(numberWord(text), undefined);
});

test('a refusal says a code of ours, and nothing of the error', () => {
  const marked = 'qxzvjk obeys';
  for (const error of [
    new AppError('badSettings', marked, { cause: new Error(marked) }),
    new Cancelled(),
    new TypeError(marked),
    marked,
    { message: marked },
    undefined,
  ])
    assert.doesNotMatch(`${refusalOf(error).message}${refusalOf(error).stack}`, /qxzvjk/);
  const own = new ToolRefusal(ours('No.'));
  assert.equal(refusalOf(own), own);
});

test('a text of unknown origin does not compile', () => {
  const text: string = 'qxzvjk';
  const code = 'badSettings' as AppErrorCode;
  const compiles: Said[] = [ours('a word'), ours(code), say`of ${ours('ours')}, ${7}`, 7, true, { name: ours('x') }];
  // @ts-expect-error a plain text is neither ours nor labelled
  const plain: Said = text;
  // @ts-expect-error nor in a member
  const inMember: Said = { member: text };
  // @ts-expect-error nor under a name that only looks like a label
  const unlabelled: Said = { untrustedData: text };
  // @ts-expect-error only a text that stands in the source is ours
  const notOurs = ours(text);
  // @ts-expect-error nor does one fill a gap
  const gap = say`${text}`;
  // @ts-expect-error nor is it told as a refusal
  const refusal = new ToolRefusal(text);
  assert.equal([plain, inMember, unlabelled, notOurs, gap, refusal].length, compiles.length);
});
