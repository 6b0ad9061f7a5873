import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ApiProfile } from '../../../../src/core/entra/api-profile.ts';
import { type Diagnosis, explain } from '../../../../src/core/why/explain.ts';
import { knowledgeOf } from '../../../../src/core/why/knowledge.ts';
import * as at from '../entra-fixture.ts';
import { answerOf, callOf } from './cause-fixtures/fixture-parts.ts';
import { type ForeignAnswer, foreignAnswers } from './foreign-stacks.ts';

const KNOWN: Record<string, ApiProfile | undefined> = {
  'nothing known': undefined,
  'an API of its own': { ...at.PROFILE, target: 'other' },
};
const CALLS = {
  'without a token': callOf('https://api.example/orders'),
  'with a token': callOf('https://api.example/orders', { claims: at.v2Claims() }),
  'with a Graph token': callOf('https://api.example/orders', {
    claims: at.v1Claims({ aud: '00000003-0000-0000-c000-000000000000', scp: 'User.Read' }),
    header: { nonce: 'n' },
  }),
};

/** Gates, and causes of gates, that are Azure's and said to be certain. */
function blamed({ confidence, refusedAt, causes }: Diagnosis): string[] {
  const gate = confidence === 'certain' && refusedAt !== 'app' ? [`gate ${refusedAt}`] : [];
  return [
    ...gate,
    ...causes.flatMap((cause) => (cause.confidence === 'certain' && cause.refusedAt !== 'app' ? [cause.cause] : [])),
  ];
}

describe('no gate of Azure is certain to have given the answer of another stack', () => {
  const answers = foreignAnswers();
  test('there are many of them', () => assert.ok(answers.length > 1_000));

  for (const [knows, profile] of Object.entries(KNOWN)) {
    for (const [carries, call] of Object.entries(CALLS)) {
      test(`${knows}, ${carries}`, () => {
        const wrong = answers.flatMap((answer: ForeignAnswer) => {
          const response = answerOf(answer.status, answer.body, answer.headers);
          const known = knowledgeOf(profile, undefined, {}, call, at.NOW_MS);
          const accused = blamed(explain([{ call, response }], known, at.NOW_MS));
          return accused.length > 0 ? [`${answer.name} → ${accused.join(', ')}`] : [];
        });
        assert.deepEqual(wrong, []);
      });
    }
  }

  test('pasted without the request', () => {
    const wrong = answers.filter(({ status, body, headers }) => {
      const response = answerOf(status, body, headers);
      return (
        blamed(explain([{ response }], knowledgeOf(undefined, undefined, {}, undefined, at.NOW_MS), at.NOW_MS)).length >
        0
      );
    });
    assert.deepEqual(
      wrong.map(({ name }) => name),
      [],
    );
  });
});
