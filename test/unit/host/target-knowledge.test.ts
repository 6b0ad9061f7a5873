import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Call } from '../../../src/core/call/call.ts';
import type { Fact } from '../../../src/core/gates/facts.ts';
import { TargetKnowledge } from '../../../src/host/request/target-knowledge.ts';
import { PROFILE } from '../core/entra-fixture.ts';

const NOW_MS = 1_000;
const call = (url: string): Call => ({
  method: 'GET',
  url,
  headers: [],
  authorization: { type: 'none', setBy: 'caller' },
});
const told = <T>(value: T, source: Fact<T>['source'] = 'response'): Fact<T> => ({ value, source, readAtMs: NOW_MS });

test('what an answer gave away is known of its origin, and of no other', () => {
  const targets = new TargetKnowledge();
  targets.remember('https://a.example/x', { easyAuth: told({ clientId: 'one' }) });
  const at = (url: string) => targets.of({}, call(url), {}, NOW_MS).target?.easyAuth?.value.clientId;
  assert.equal(at('https://a.example/other'), 'one');
  assert.equal(at('https://b.example/x'), undefined);
});

test('settings and files are not overruled by a server, and files not by an answer', () => {
  const targets = new TargetKnowledge();
  targets.remember('https://a.example/', {
    kind: told('keyVault'),
    easyAuth: told({ clientId: 'theirs' }),
  });
  const profile = { ...PROFILE, target: 'functions' as const };
  const { target } = targets.of(
    { profile },
    call('https://a.example/'),
    { easyAuth: told({ clientId: 'own' }, 'file') },
    NOW_MS,
  );
  assert.deepEqual([target?.kind?.value, target?.kind?.source], ['functions', 'setting']);
  assert.equal(target?.easyAuth?.value.clientId, 'own');
});

test('what a setting said is not kept as if a server had said it', () => {
  const targets = new TargetKnowledge();
  targets.remember('https://a.example/', { authLevel: told('function', 'setting'), stopped: told(true, 'file') });
  const { target } = targets.of({}, call('https://a.example/'), {}, NOW_MS);
  assert.deepEqual([target?.authLevel, target?.stopped], [undefined, undefined]);
});
