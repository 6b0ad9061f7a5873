import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Call } from '../../../../src/core/call/call.ts';
import type { CallResponse } from '../../../../src/core/call/exchange.ts';
import type { ApiProfile } from '../../../../src/core/entra/api-profile.ts';
import { explain } from '../../../../src/core/why/explain.ts';
import { writeExplanation } from '../../../../src/core/why/write-explanation.ts';
import * as at from '../entra-fixture.ts';
import { answerOf, bearer, callWith, envelope, knowing, V2_CONFIG } from '../gates/gateway-fixture.ts';

/** Each correction with its place among the fixes of the best cause. */
function corrections(call: Call, response: CallResponse, policy?: string, profile: ApiProfile = at.PROFILE) {
  const knowledge = { ...knowing(policy), profile: { value: profile, source: 'setting', readAtMs: 0 } as const };
  const [cause] = writeExplanation(explain([{ call, response }], knowledge, at.NOW_MS)).causes;
  return cause?.fixes.flatMap(({ action }, place) =>
    action?.type === 'correctProfile' ? [[place, action.member, action.value]] : [],
  );
}

test('a profile that accepts what the policy refuses as another API’s may be wrong: offered after the token', () => {
  const policy = (audience: string) => `<policies><inbound>
    <validate-jwt header-name="Authorization" failed-validation-error-message="No.">
      <openid-config url="${V2_CONFIG}" />
      <required-claims><claim name="aud"><value>${audience}</value></claim></required-claims>
    </validate-jwt></inbound></policies>`;
  const offered = (claims: Record<string, unknown>, text?: string) =>
    corrections(callWith(bearer(claims)), answerOf(401, envelope(401, 'No.')), text);
  assert.deepEqual(offered(at.v2Claims(), policy(at.OTHER_TENANT)), [[1, 'audiences', [at.OTHER_TENANT]]]);
  assert.deepEqual(offered(at.v2Claims({ aud: at.OTHER_TENANT }), policy(at.API_ID)), [], 'the token is wrong');
  assert.deepEqual(offered(at.v2Claims()), [], 'no policy is known');
});

test('a profile that has the key sent in another header than the challenge names is corrected first', () => {
  const offered = (name: string, subscriptionKey?: ApiProfile['subscriptionKey'], type = 'header') => {
    const challenge = `AzureApiManagementKey realm="https://api.example",name="${name}",type="${type}"`;
    const response = answerOf(401, envelope(401, 'Access denied due to missing subscription key.'), {
      'WWW-Authenticate': challenge,
    });
    const profile = { ...at.PROFILE, ...(subscriptionKey ? { subscriptionKey } : {}) };
    return corrections(callWith({ type: 'none' }), response, undefined, profile);
  };
  const corrected = [[0, 'subscriptionKey', { header: 'x-api-key' }]];
  assert.deepEqual(offered('x-api-key'), corrected);
  assert.deepEqual(offered('x-api-key', { header: 'Api-Key' }), corrected);
  assert.deepEqual(offered('x-api-key', { header: 'X-API-Key' }), []);
  assert.deepEqual(offered('ocp-apim-subscription-key'), []);
  assert.deepEqual(offered('x-api-key', undefined, 'query'), []);
  assert.deepEqual(offered('x<api>'), []);
});
