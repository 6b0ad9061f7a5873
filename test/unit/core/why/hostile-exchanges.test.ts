import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explain } from '../../../../src/core/why/explain.ts';
import { predict } from '../../../../src/core/why/predict.ts';
import { writeExplanation } from '../../../../src/core/why/write-explanation.ts';
import { writePrediction } from '../../../../src/core/why/write-prediction.ts';
import * as at from '../entra-fixture.ts';
import { Chance } from '../random.ts';
import { hostileExchange } from './hostile-exchanges.ts';

/** All of them with WHY401_HOSTILE=100000; fewer by default, so that the suite stays short. */
const COUNT = Number(process.env.WHY401_HOSTILE ?? 5_000);
const SEED = 401;

test(`${COUNT} hostile exchanges: none throws, and none gets an answer without bound`, { timeout: 600_000 }, () => {
  const chance = new Chance(SEED);
  let written = 0;
  for (let number = 0; number < COUNT; number++) {
    const { exchanges, knowledge } = hostileExchange(chance);
    const diagnosis = explain(exchanges, knowledge, at.NOW_MS);
    assert.ok(diagnosis.causes.length <= 6);
    assert.ok(diagnosis.steps.length < 40);
    const { call } = exchanges.at(-1) ?? {};
    if (call) writePrediction(predict(call, knowledge, at.NOW_MS), knowledge);
    const explanation = writeExplanation(diagnosis);
    for (const { fixes } of explanation.causes) {
      assert.notEqual(fixes[0]?.kind, 'weakens');
      assert.ok(fixes.every(({ kind, action }) => kind !== 'weakens' || action === undefined));
    }
    written += explanation.causes.length;
  }
  assert.ok(written > COUNT / 10, 'the generator reaches causes');
});

/** A body and headers as large as the sender keeps, made of what every pattern looks for. */
for (const piece of ['IDX10214 ', 'Claim a value of ', '"', '{"error":', 'Bearer a="', 'Header x ', '<Code>', 'a=,']) {
  test(`a large answer of “${piece.trim()}” is read in bounded work`, { timeout: 20_000 }, () => {
    const text = piece.repeat(Math.ceil((2 * 1024 * 1024) / piece.length));
    const headers = Array.from({ length: 500 }, () => ({ name: 'WWW-Authenticate', value: piece.repeat(200) }));
    const response = {
      status: 401,
      headers,
      headersComplete: true,
      body: { text, bytes: text.length, isComplete: true },
      trace: text,
    };
    const diagnosis = explain([{ response, text }], { keySources: {} }, at.NOW_MS);
    assert.ok(diagnosis.isRefusal);
  });
}
