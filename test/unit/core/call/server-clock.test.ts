import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readServerClock } from '../../../../src/core/call/server-clock.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 12, 0, 0);

function clockAt(date: string) {
  const response = { status: 401, headers: [{ name: 'Date', value: date }], headersComplete: true };
  return readServerClock({ response }, NOW_MS)?.aheadSec;
}

test('a server’s clock counts where it differs by more than five minutes and less than half a day', () => {
  assert.equal(clockAt('Sat, 21 Nov 2026 12:04:00 GMT'), undefined);
  assert.equal(clockAt('Sat, 21 Nov 2026 13:00:00 GMT'), 3600);
  assert.equal(clockAt('Sat, 21 Nov 2026 11:00:00 GMT'), -3600);
  assert.equal(clockAt('Fri, 20 Nov 2026 12:00:00 GMT'), undefined);
  assert.equal(clockAt('<utc>'), undefined);
  assert.equal(readServerClock({}, NOW_MS), undefined);
});
