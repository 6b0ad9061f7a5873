import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeTime, durationText } from '../../../../src/core/token/time.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 12, 0, 0);
const NOW_SEC = NOW_MS / 1000;

describe('durationText', () => {
  it('names the two largest units', () => {
    const texts = [0, 0.9, 59, 60, 61, 3600, 4320, 86_400, 90_000, 200_000_000].map(durationText);
    const expected = ['0 s', '0 s', '59 s', '1 min', '1 min 1 s', '1 h', '1 h 12 min', '1 d', '1 d 1 h', '2314 d 19 h'];
    assert.deepEqual(texts, expected);
  });

  it('takes a span in the past like one in the future', () => {
    assert.equal(durationText(-61), durationText(61));
  });
});

describe('describeTime', () => {
  it('tells the past from the future', () => {
    assert.equal(describeTime(NOW_SEC + 60, NOW_MS)?.relative, 'in 1 min');
    assert.equal(describeTime(NOW_SEC - 60, NOW_MS)?.relative, '1 min ago');
  });

  it('agrees with the calendar in the reader’s zone', () => {
    const local = describeTime(NOW_SEC + 5, NOW_MS)?.local ?? '';
    assert.equal(new Date(local.replace(' ', 'T')).getTime(), NOW_MS + 5000);
  });

  it('leaves today’s date out on demand', () => {
    assert.match(describeTime(NOW_SEC, NOW_MS, false)?.local ?? '', /^\d\d:\d\d:\d\d$/);
  });

  it('shows no date that no calendar holds', () => {
    for (const absurd of [1e308, -1e308, 8.64e12 + 1, Number.NaN, Number.POSITIVE_INFINITY]) {
      assert.equal(describeTime(absurd, NOW_MS), undefined, String(absurd));
    }
    assert.ok(describeTime(-62_135_596_800, NOW_MS));
  });
});
