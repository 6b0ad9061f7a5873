import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CauseId } from '../../../../src/core/gates/cause-id.ts';
import { writeExplanation } from '../../../../src/core/why/write-explanation.ts';
import * as at from '../entra-fixture.ts';
import { diagnoseScene as diagnose, FIXTURES } from './cause-fixtures/all-fixtures.ts';
import { answerOf, callOf, errorBody, type Scene, scene } from './cause-fixtures/fixture-parts.ts';
import { ANOTHER_CALLER, SERVICE_FIXTURES } from './cause-fixtures/service-fixtures.ts';

function firstCause(scene: Scene): CauseId | undefined {
  return diagnose(scene).causes[0]?.cause;
}

describe('every cause is told, and told from what looks like it', () => {
  for (const [cause, { positive, isAmong, lookAlike, instead }] of Object.entries(FIXTURES)) {
    test(cause, () => {
      const named = diagnose(positive).causes.map((one) => one.cause);
      assert.ok(isAmong ? named.slice(0, 3).includes(cause as CauseId) : named[0] === cause, named.join(', '));
      assert.notEqual(instead, cause);
      assert.equal(firstCause(lookAlike), instead);
    });
  }
});

test('what a refusal gives away makes its fix concrete', () => {
  const values = (cause: keyof typeof SERVICE_FIXTURES) =>
    writeExplanation(diagnose(SERVICE_FIXTURES[cause].positive)).causes[0]?.fixes.flatMap(({ value }) => value ?? []);
  assert.deepEqual(values('arm-wrong-tenant'), [`az login --tenant ${at.TENANT}`]);
  assert.equal(values('keyvault-issuer-wrong-tenant')?.[0], at.TENANT);
  assert.match(values('keyvault-network-blocked')?.[0] ?? '', /--name contoso --ip-address 203\.0\.113\.7$/);
  assert.match(
    values('keyvault-rbac-missing')?.[0] ?? '',
    /--assignee-object-id dddddddd-aaaa-4bbb-8ccc-000000000009 --role "Key Vault Secrets User" --scope "\/subscriptions\/s\//,
  );
});

test('a refusal that speaks of another caller than the token says so', () => {
  const evidence = diagnose(ANOTHER_CALLER).causes[0]?.evidence.map(({ id }) => id);
  assert.ok(evidence?.includes('callerIsAnother'));
});

test('an answer’s words never enter a command unless they have the form of their kind', () => {
  const { positive } = SERVICE_FIXTURES['keyvault-rbac-missing'];
  const [exchange] = positive.exchanges;
  const text = exchange?.response?.body?.text?.replace(/\/subscriptions[^']*/, '/x; $(rm -rf ~) "');
  assert.ok(text && exchange?.response);
  const hostile = {
    ...exchange,
    response: { ...exchange.response, body: { text, bytes: text.length, isComplete: true } },
  };
  const fixes = writeExplanation(diagnose({ exchanges: [hostile] })).causes.flatMap(({ fixes: all }) => all);
  assert.ok(fixes.every(({ value }) => !value?.includes('rm -rf')));
});

test('a token’s time is judged by the clock of whoever answered', () => {
  const claims = at.v2Claims({ iat: at.NOW_SEC - 60, nbf: at.NOW_SEC - 60, exp: at.NOW_SEC + 3600 });
  const answeredAt = (date: string) =>
    diagnose(
      scene(
        callOf('https://graph.microsoft.com/v1.0/users', { claims: { ...claims, aud: 'https://graph.microsoft.com' } }),
        answerOf(401, errorBody('InvalidAuthenticationToken'), { Date: date }),
      ),
    ).causes[0];
  assert.equal(answeredAt('Sat, 21 Nov 2026 12:00:01 GMT'), undefined);
  const late = answeredAt('Sat, 21 Nov 2026 14:00:00 GMT');
  assert.equal(late?.cause, 'token-expired');
  assert.ok(late?.evidence.some(({ id }) => id === 'clockDiffers'));
  assert.equal(answeredAt('Sat, 21 Nov 2026 11:00:00 GMT')?.cause, 'token-not-yet-valid');
});
