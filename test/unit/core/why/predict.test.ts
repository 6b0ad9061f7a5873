import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Authorization, Call } from '../../../../src/core/call/call.ts';
import type { ApiProfile } from '../../../../src/core/entra/api-profile.ts';
import type { TargetFacts } from '../../../../src/core/gates/facts.ts';
import { effectivePolicyOf } from '../../../../src/core/policy/effective-policy.ts';
import { readPolicy } from '../../../../src/core/policy/read-policy.ts';
import type { Prediction } from '../../../../src/core/why/explanation.ts';
import { knowledgeOf, learn } from '../../../../src/core/why/knowledge.ts';
import { predict } from '../../../../src/core/why/predict.ts';
import { writePrediction } from '../../../../src/core/why/write-prediction.ts';
import * as at from '../entra-fixture.ts';

function callWith(authorization: Authorization): Call {
  return {
    method: 'GET',
    url: 'https://api.example/orders',
    headers: [],
    authorization: { ...authorization, setBy: 'caller' },
  };
}

function bearer(claims: Record<string, unknown>): Authorization {
  const token = { header: { alg: 'RS256', kid: at.KID }, payload: claims } as never;
  return { type: 'bearer', bearer: { token, partial: false, signatures: {} } };
}

function foresee(authorization: Authorization, profile?: ApiProfile, files: TargetFacts = {}): Prediction {
  const call = callWith(authorization);
  const knowledge = learn(knowledgeOf(profile, undefined, {}, call, at.NOW_MS), files);
  return writePrediction(predict(call, knowledge, at.NOW_MS), knowledge);
}

const GOOD = bearer(at.v2Claims());
const NONE: Authorization = { type: 'none' };
const FUNCTIONS: ApiProfile = { ...at.PROFILE, target: 'functions', authLevel: 'function' };
const OPEN: ApiProfile = { ...at.PROFILE, target: 'functions', authLevel: 'anonymous' };

test('with nothing known it says so, and asks what the target is', () => {
  const { verdict, causes, path, needs } = foresee(GOOD);
  assert.deepEqual([verdict, causes, path], ['nothingKnown', [], []]);
  assert.deepEqual(
    needs.map(({ fact, setting }) => [fact, setting]),
    [['kind', 'why401.apis']],
  );
});

test('a key that is known to be demanded and is not there refuses', () => {
  const { verdict, causes, path } = foresee(GOOD, FUNCTIONS);
  assert.equal(verdict, 'willBeRefused');
  assert.equal(causes[0]?.id, 'function-key-missing');
  assert.deepEqual(
    path.flatMap(({ steps }) => steps.map((step) => [step.gate, step.verdict])),
    [
      ['easyAuth', 'unknown'],
      ['functionsKey', 'refused'],
      ['app', 'notReached'],
    ],
  );
});

test('a fault of the token may refuse, at whichever gate checks it', () => {
  const { verdict, causes } = foresee(bearer(at.v2Claims({ exp: at.NOW_SEC - 4000 })), OPEN);
  assert.equal(verdict, 'mayBeRefused');
  assert.equal(causes[0]?.id, 'token-expired');
  assert.equal(foresee(NONE, OPEN).causes[0]?.id, 'missing-token');
});

test('a good call is never called fine: what is not known is named', () => {
  const { verdict, causes, text } = foresee(GOOD, OPEN);
  assert.deepEqual([verdict, causes], ['nothingAgainstIt', []]);
  assert.match(text, /App Service authentication.*Your code/);
});

test('a token that is not there yet is asked for', () => {
  const { needs } = foresee({ type: 'unknown', why: 'notYet' }, OPEN);
  assert.ok(needs.some(({ fact }) => fact === 'token'));
});

test('the policy is asked for while it is not known, and not once its file was read', () => {
  const gateway: ApiProfile = { ...at.PROFILE, target: 'apim' };
  const value = effectivePolicyOf(readPolicy('<policies><inbound><base /></inbound></policies>'));
  const asked = (files?: TargetFacts) => foresee(GOOD, gateway, files).needs.map(({ fact }) => fact);
  assert.ok(asked().includes('policy'));
  assert.ok(!asked({ policy: { value, source: 'file', readAtMs: at.NOW_MS } }).includes('policy'));
});
