import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RecordedPeer, readRecordedPeers, recognisePeer } from './recorded-peers.ts';

const recorded = readRecordedPeers();

function build(version: string, revision?: string): RecordedPeer {
  const found = recorded.find((one) => one.peer === 'pyjwt' && one.version === version && one.revision === revision);
  assert.ok(found);
  return found;
}

/** The same answers but for some pairs. */
function withOthers(peer: RecordedPeer, ...pairs: number[]): RecordedPeer['accepts'] {
  return peer.accepts.map((answer, at) => (pairs.includes(at) ? !answer : answer));
}

const old = build('2.6.0');
const patched = build('2.6.0', '2.6.0-1+deb12u1');
const recent = build('2.15.1');

test('the same version means different answers: a distribution mended it and left its number', () => {
  assert.notDeepEqual(old.accepts, patched.accepts);
  assert.equal(recognisePeer(old, recorded).as, old);
  assert.equal(recognisePeer(patched, recorded).as, patched);
});

test('a build nobody recorded is known by its answers, whatever it calls itself', () => {
  const cases: [found: RecordedPeer, as: RecordedPeer][] = [
    [{ ...patched, revision: '2.6.0-1+deb12u9' }, patched],
    [{ ...old, revision: '2.6.0-1' }, old],
    [{ ...patched, version: '2.12.0', revision: '2.12.0-1' }, patched],
    [{ ...recent, version: '9.9.9' }, recent],
  ];
  for (const [found, as] of cases)
    assert.deepEqual(recognisePeer(found, recorded), { kind: 'alike', as, differing: [] });
});

test('a build that answers as none did is named beside the nearest, and is no failure', () => {
  for (const [revision, pairs] of [
    [undefined, [3]],
    ['2.6.0-1+deb12u2', [7, 2000]],
  ] as const) {
    const found = {
      ...patched,
      version: '9.9.9',
      accepts: withOthers(patched, ...pairs),
      ...(revision && { revision }),
    };
    assert.deepEqual(recognisePeer(found, recorded), { kind: 'unknown', as: patched, differing: [...pairs] });
  }
});

test('a recorded build that answers otherwise than it did is held to its own record', () => {
  const { kind, as, differing } = recognisePeer({ ...patched, accepts: old.accepts }, recorded);
  assert.deepEqual([kind, as], ['known', patched]);
  assert.ok(differing.length > 0);
});

test('each build is recorded once', () => {
  const names = recorded.map(({ peer, version, revision }) => `${peer} ${version} ${revision}`);
  assert.equal(new Set(names).size, names.length);
});
