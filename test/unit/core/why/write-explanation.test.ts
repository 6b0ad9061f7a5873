import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Call } from '../../../../src/core/call/call.ts';
import type { CauseId } from '../../../../src/core/gates/cause-id.ts';
import type { Check } from '../../../../src/core/gates/check.ts';
import type { Confidence, Evidence } from '../../../../src/core/gates/evidence.ts';
import type { Knowledge } from '../../../../src/core/gates/facts.ts';
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
    rejected: [],
    checks: [],
    knowledge: { keySources: {} },
    exchange: { call: NO_TOKEN, response: RESPONSE },
    nowMs: at.NOW_MS,
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
  const title = `${CAUSE_TEXTS[CAUSE]({}).title}.`;
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

/** The wording of the best cause, for this evidence and knowledge. */
function wordingOf(cause: CauseId, parts: Partial<Diagnosis>, evidence: Evidence[] = []): string {
  const causes: Diagnosis['causes'] = [{ cause, confidence: 'likely', refusedAt: 'validateJwt', evidence }];
  const [best] = writeExplanation(diagnosis('likely', { ...parts, causes })).causes;
  return [best?.title, best?.means, ...(best?.fixes.map(({ text }) => text) ?? [])].join(' ');
}

test('a fix names what is known: the key’s name and the API’s scope', () => {
  const challenge: Evidence[] = [{ id: 'keyChallenge', value: 'x-api-key' }];
  const set: Knowledge['target'] = {
    subscriptionKey: { value: { header: 'x-own' }, source: 'setting', readAtMs: at.NOW_MS },
  };
  for (const cause of ['apim-subscription-key-missing', 'apim-subscription-key-wrong-header'] as const) {
    assert.ok(wordingOf(cause, {}, challenge).includes('x-api-key'));
    assert.ok(wordingOf(cause, { knowledge: { keySources: {}, target: set } }).includes('x-own'));
    assert.ok(wordingOf(cause, { knowledge: { keySources: {}, target: set } }, challenge).includes('x-api-key'));
    assert.ok(wordingOf(cause, {}).includes('Ocp-Apim-Subscription-Key'));
  }
  const known = { knowledge: { keySources: {}, profile: PROFILE } };
  for (const cause of ['graph-nonce-token', 'aud-is-graph', 'aud-mismatch'] as const) {
    assert.ok(wordingOf(cause, known).includes('api://orders/Orders.Read'));
    assert.ok(!wordingOf(cause, {}).includes('api://orders'));
  }
});

test('a wrong version is named, from the version or the issuer, and not guessed', () => {
  const cause = 'issuer-v1-v2-mismatch';
  const failed = (check: Pick<Check, 'id' | 'reason' | 'seen'>) =>
    wordingOf(cause, { checks: [{ ...check, verdict: 'failed', cause }] });
  const wordings = [
    failed({ id: 'version', reason: 'versionOther', seen: '1.0' }),
    failed({ id: 'version', reason: 'versionOther', seen: '2.0' }),
    failed({ id: 'version', reason: 'versionOther', seen: '3.0' }),
  ];
  assert.equal(new Set(wordings).size, 3);
  assert.equal(failed({ id: 'issuer', reason: 'issuerOtherVersion', seen: at.V1_ISSUER }), wordings[0]);
  assert.equal(failed({ id: 'issuer', reason: 'issuerOtherVersion', seen: at.V2_ISSUER }), wordings[1]);
  assert.equal(wordingOf(cause, {}), wordings[2]);
  assert.match(wordings[0] ?? '', /^The token is v1/);
});
