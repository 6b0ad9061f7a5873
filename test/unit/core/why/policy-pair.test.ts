import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explain } from '../../../../src/core/why/explain.ts';
import { writeExplanation } from '../../../../src/core/why/write-explanation.ts';
import * as at from '../entra-fixture.ts';
import { answerOf, bearer, callWith, envelope, knowing, V2_CONFIG } from '../gates/gateway-fixture.ts';

const POLICY = `<policies>
  <inbound>
    <validate-jwt header-name="Authorization" failed-validation-error-message="No.">
      <openid-config url="${V2_CONFIG}" />
      <required-claims><claim name="aud"><value>${at.API_ID}</value></claim></required-claims>
    </validate-jwt>
  </inbound>
</policies>`;
const response = answerOf(401, envelope(401, 'No.'));

function explained(claims: Record<string, unknown>, policy?: string) {
  const knowledge = { ...knowing(policy), profile: { value: at.PROFILE, source: 'setting', readAtMs: 0 } as const };
  return writeExplanation(explain([{ call: callWith(bearer(claims)), response }], knowledge, at.NOW_MS));
}

test('the pair shows what the policy accepts, with its line, where its text is known', () => {
  const { pair, causes } = explained(at.v1Claims(), POLICY);
  assert.equal(causes[0]?.id, 'issuer-v1-v2-mismatch');
  assert.match(pair?.acceptsTitle ?? '', /^policy .*\b3\b/);
  assert.deepEqual(
    pair?.rows.map(({ claim, accepts, fits }) => [claim, accepts, fits]),
    [
      ['iss', [at.V2_ISSUER], false],
      ['aud', [at.API_ID], false],
    ],
  );
});

test('the line is opened by the fix of the policy, not by that of the manifest', () => {
  const fixes = explained(at.v1Claims(), POLICY).causes[0]?.fixes ?? [];
  assert.deepEqual(
    fixes.map(({ action }) => action?.type),
    [undefined, 'openPolicy'],
  );
});

test('the id of another API is no other spelling of the one that is meant', () => {
  const cause = (policy: string) => explained(at.v2Claims(), policy).causes[0]?.id;
  assert.equal(cause(POLICY.replace(at.API_ID, at.OTHER_TENANT)), 'aud-mismatch');
  assert.equal(cause(POLICY.replace(at.API_ID, `api://${at.API_ID}`)), 'aud-clientid-vs-appiduri');
});

test('where it is not, the pair is the profile’s, and the policy’s text is asked for', () => {
  const unknown = explained(at.v2Claims({ aud: at.OTHER_TENANT }));
  assert.match(unknown.pair?.acceptsTitle ?? '', /^profile /);
  assert.equal(explained(at.v1Claims(), POLICY).needs.length, 0);
});

test('an answer that the policy gives itself is told as the policy’s, not as the app’s', () => {
  const policy = `<policies><inbound>
    <choose><when condition="@(true)"><return-response><set-status code="403" /></return-response></when></choose>
  </inbound></policies>`;
  const call = callWith(bearer(at.v2Claims()));
  const told = explain([{ call, response: answerOf(403, 'no') }], knowing(policy), at.NOW_MS);
  const best = writeExplanation(told).causes[0];
  assert.deepEqual([best?.id, best?.refusedAt], ['app-unspecified', 'policyAnswer']);
  assert.deepEqual(
    best?.fixes.map(({ kind }) => kind),
    ['target'],
  );
});
