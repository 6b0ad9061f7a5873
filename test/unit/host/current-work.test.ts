import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CurrentWork } from '../../../src/host/request/current-work.ts';

test('tells progress while it runs, and ends with what came of it', async () => {
  const seen: (string | boolean)[] = [];
  const work: CurrentWork = new CurrentWork(async () => {
    seen.push(work.progress?.text ?? work.isRunning);
  });
  const done = await work.run(async (_, onProgress) => {
    onProgress({ text: 'waiting' });
    return 'done';
  });
  assert.deepEqual([done, work.isRunning, work.progress], ['done', false, undefined]);
  assert.deepEqual(seen, [true, 'waiting']);
});

test('a result still counts when the user cancelled, and no more when something else took its place', async () => {
  const work = new CurrentWork(async () => {});
  const untilAborted = (signal: AbortSignal) =>
    new Promise<boolean>((resolve) => signal.addEventListener('abort', () => resolve(true)));
  const cancelled = work.run(untilAborted);
  await Promise.resolve();
  work.cancel();
  assert.equal(await cancelled, true);
  const first = work.run(untilAborted);
  await Promise.resolve();
  const second = work.run(async () => 'second');
  assert.deepEqual(await Promise.all([first, second]), [undefined, 'second']);
});

test('what fails after something else took its place is nobody’s failure', async () => {
  const work = new CurrentWork(async () => {});
  const dropped = work.run(
    (signal) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('of the dropped one')))),
  );
  await new Promise(setImmediate);
  work.drop();
  assert.equal(await dropped, undefined);
});

test('works while its beginning is still being shown', async () => {
  const order: string[] = [];
  const work = new CurrentWork(async () => {
    await new Promise(setImmediate);
    order.push('shown');
  });
  await work.run(async () => order.push('begun'));
  assert.deepEqual(order, ['begun', 'shown']);
});

test('nothing stays running when its beginning cannot be shown', async () => {
  const work = new CurrentWork(() => Promise.reject(new Error('no view')));
  await assert.rejects(
    work.run(async () => 1),
    /no view/,
  );
  assert.equal(work.isRunning, false);
});

test('what fails is over, and the next may begin', async () => {
  const work = new CurrentWork(async () => {});
  await assert.rejects(
    work.run(() => Promise.reject(new Error('broken'))),
    /broken/,
  );
  assert.equal(work.isRunning, false);
  assert.equal(await work.run(async () => 1), 1);
});
