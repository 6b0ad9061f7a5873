import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Call } from '../../../../src/core/call/call.ts';
import type { Confidence, Knowledge } from '../../../../src/core/gates/gate.ts';
import { CAUSE_TEXTS } from '../../../../src/core/why/cause-text.ts';
import type { Diagnosis } from '../../../../src/core/why/explain.ts';
import { writeExplanation } from '../../../../src/core/why/write-explanation.ts';
import * as at from '../entra-fixture.ts';

const CAUSE = 'apim-subscription-key-missing';
const NO_TOKEN: Call = {
  method: 'GET',
  url: 'https://api.example/',
  headers: [],
  authorization: { type: 'none', setBy: 'caller' },
};
const WITH_TOKEN: Call = {
  ...NO_TOKEN,
  authorization: { type: 'bearer', setBy: 'caller', bearer: { partial: false, signatures: {} } },
};
const RESPONSE = { status: 401, headers: [], headersComplete: true };
const PROFILE: Knowledge['profile'] = { value: at.PROFILE, source: 'setting', readAtMs: at.NOW_MS };
const APIM: Knowledge['target'] = { kind: { value: 'apim', source: 'setting', readAtMs: at.NOW_MS } };

function diagnosis(confidence: Confidence, parts: Partial<Diagnosis> = {}): Diagnosis {
  return {
    isRefusal: true,
    refusedAt: 'subscriptionKey',
    confidence,
    steps: [],
    causes: [{ cause: CAUSE, confidence, refusedAt: 'subscriptionKey', evidence: [] }],
    checks: [],
    knowledge: { keySources: {} },
    exchange: { call: NO_TOKEN, response: RESPONSE },
    ...parts,
  };
}

/** Needs by what they speak of. */
function needsOf(parts: Partial<Diagnosis>): string[] {
  const marks = {
    request: /curl/,
    answer: /status, headers/,
    token: /token is/,
    target: /"target"/,
    level: /"authLevel"/,
  };
  return writeExplanation(diagnosis('likely', parts)).needs.map(
    ({ text }) => Object.entries(marks).find(([, mark]) => mark.test(text))?.[0] ?? text,
  );
}

test('the headline states only what is certain', () => {
  const title = `${CAUSE_TEXTS[CAUSE].title}.`;
  const headlines = (['certain', 'likely', 'possible'] as const).map(
    (confidence) => writeExplanation(diagnosis(confidence)).headline,
  );
  assert.deepEqual(
    headlines.map((headline) => headline.includes(`. ${title}`)),
    [true, false, false],
  );
  assert.ok(headlines.every((headline) => headline.endsWith(title)));
  assert.equal(new Set(headlines).size, 3);
  const mixed = diagnosis('certain', { causes: diagnosis('likely').causes });
  assert.ok(!writeExplanation(mixed).headline.includes(`. ${title}`), 'a certain gate makes no cause certain');
});

test('the picture says as well how sure it is of the gate', () => {
  const steps: Diagnosis['steps'] = [
    { step: { gate: 'subscriptionKey', hop: 'gateway' }, verdict: 'refused' },
    { step: { gate: 'app', hop: 'target' }, verdict: 'notReached' },
  ];
  const probableAt = (confidence: Confidence) =>
    writeExplanation(diagnosis(confidence, { steps })).path.flatMap((hop) =>
      hop.steps.map(({ isProbable }) => isProbable),
    );
  assert.deepEqual(probableAt('certain'), [undefined, undefined]);
  assert.deepEqual(probableAt('likely'), [true, undefined]);
});

test('a profile is asked for only where there is a token to compare', () => {
  assert.deepEqual(needsOf({ exchange: { call: WITH_TOKEN, response: RESPONSE } }), ['token']);
  assert.deepEqual(needsOf({ knowledge: { keySources: {}, target: APIM } }), []);
});

test('otherwise what would help is asked for: the target, the request, the answer, the level', () => {
  assert.deepEqual(needsOf({}), ['target']);
  assert.deepEqual(needsOf({ knowledge: { keySources: {}, profile: PROFILE } }), ['target']);
  assert.deepEqual(needsOf({ exchange: { response: RESPONSE } }), ['request']);
  assert.deepEqual(needsOf({ exchange: { text: 'IDX10205' } }), ['answer', 'request']);
  const target: Knowledge['target'] = { kind: { value: 'functions', source: 'setting', readAtMs: at.NOW_MS } };
  const causes: Diagnosis['causes'] = [
    { cause: 'function-key-missing', confidence: 'possible', refusedAt: 'functionsKey', evidence: [] },
  ];
  assert.deepEqual(needsOf({ causes, knowledge: { keySources: {}, target } }), ['level']);
});

test('nothing is asked for when the cause is certain, or nothing was refused', () => {
  assert.deepEqual(writeExplanation(diagnosis('certain')).needs, []);
  assert.deepEqual(writeExplanation(diagnosis('likely', { isRefusal: false })).needs, []);
});
