import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Authorization, Call } from '../../../../src/core/call/call.ts';
import type { Exchange } from '../../../../src/core/call/exchange.ts';
import type { ApiProfile } from '../../../../src/core/entra/api-profile.ts';
import type { CauseId } from '../../../../src/core/gates/cause-id.ts';
import type { Fact, Knowledge, TargetFacts } from '../../../../src/core/gates/facts.ts';
import { effectivePolicyOf } from '../../../../src/core/policy/effective-policy.ts';
import { readPolicy } from '../../../../src/core/policy/read-policy.ts';
import { explain } from '../../../../src/core/why/explain.ts';
import type { ExplainedFix } from '../../../../src/core/why/explanation.ts';
import { applyFix } from '../../../../src/core/why/fix.ts';
import { knowledgeOf } from '../../../../src/core/why/knowledge.ts';
import { prove } from '../../../../src/core/why/prove.ts';
import { writeExplanation } from '../../../../src/core/why/write-explanation.ts';
import * as at from '../entra-fixture.ts';

const CHALLENGE = `Bearer realm="a.azurewebsites.net" authorization_uri="https://login.windows.net/${at.TENANT}/oauth2/v2.0/authorize" resource_id="${at.API_ID}"`;
const OPEN: ApiProfile = { ...at.PROFILE, target: 'functions', authLevel: 'anonymous' };
const WITH_KEY: ApiProfile = { ...at.PROFILE, target: 'functions', authLevel: 'function' };

function bearer(claims: Record<string, unknown>, header: Record<string, unknown> = {}): Authorization {
  const token = { header: { alg: 'RS256', kid: at.KID, ...header }, payload: claims } as never;
  return { type: 'bearer', bearer: { token, partial: false, signatures: {} } };
}

function callWith(authorization: Authorization): Call {
  return {
    method: 'GET',
    url: 'https://a.azurewebsites.net/api/orders',
    headers: [{ name: 'Host', value: 'a.azurewebsites.net' }],
    authorization: { ...authorization, setBy: 'caller' },
  };
}

function refusedBy(authorization: Authorization, headers: Record<string, string>): Exchange {
  const list = Object.entries(headers).map(([name, value]) => ({ name, value }));
  const body = { bytes: 0, isComplete: true };
  return { call: callWith(authorization), response: { status: 401, headers: list, headersComplete: true, body } };
}

/** The fixes of the best cause. */
function fixesOf(exchange: Exchange, profile: ApiProfile, facts: TargetFacts = {}): [CauseId, ExplainedFix[]] {
  const known = knowledgeOf(profile, undefined, {}, exchange.call, at.NOW_MS);
  const knowledge = { ...known, target: { ...known.target, ...facts } };
  const [best] = writeExplanation(explain([exchange], knowledge, at.NOW_MS)).causes;
  assert.ok(best);
  return [best.id, best.fixes];
}

function fact<T>(value: T): Fact<T> {
  return { value, source: 'setting', readAtMs: at.NOW_MS };
}

describe('a fix is proven by judging again', () => {
  test('with a fresh token every gate that can be seen passes', () => {
    const expired = refusedBy(bearer(at.v2Claims({ exp: at.NOW_SEC - 4000 })), { 'WWW-Authenticate': CHALLENGE });
    const [cause, fixes] = fixesOf(expired, OPEN);
    assert.equal(cause, 'token-expired');
    assert.equal(fixes[0]?.proof?.verdict, 'passes');
    assert.equal(fixes[0]?.action?.type, 'freshToken');
  });

  test('a second fault behind the first is named', () => {
    const both = refusedBy(bearer(at.v2Claims({ exp: at.NOW_SEC - 4000 })), { 'Content-Length': '0' });
    const [cause, fixes] = fixesOf(both, WITH_KEY);
    assert.equal(cause, 'function-key-missing');
    assert.deepEqual([fixes[0]?.proof?.verdict, fixes[0]?.proof?.next], ['unknown', 'token-expired']);
  });

  test('a change of version changes the audience, too: what refuses that is met next', () => {
    const policy = fact(
      effectivePolicyOf(
        readPolicy(`<policies><inbound><validate-jwt header-name="Authorization">
          <openid-config url="https://login.microsoftonline.com/${at.TENANT}/v2.0/.well-known/openid-configuration" />
          <audiences><audience>api://${at.API_ID}</audience></audiences>
        </validate-jwt></inbound></policies>`),
      ),
    );
    const claims = at.v1Claims({ aud: `api://${at.API_ID}` });
    const profile: ApiProfile = { ...at.PROFILE, target: 'apim', behind: 'other' };
    const knowledge: Knowledge = {
      ...knowledgeOf(profile, undefined, {}, undefined, at.NOW_MS),
      target: { kind: fact('apim'), policy, subscriptionRequired: fact(false) },
    };
    const base = { call: callWith(bearer(claims)), knowledge, nowMs: at.NOW_MS };
    const fix = { kind: 'target', value: '"requestedAccessTokenVersion": 2' } as const;
    const changed = applyFix('issuer-v1-v2-mismatch', fix, base);
    assert.ok(changed);
    const proof = prove(base, 'validateJwt', changed);
    assert.equal(proof?.verdict, 'nextRefusal');
    assert.equal(proof?.next?.cause, 'aud-clientid-vs-appiduri');
  });

  test('nothing is proven where judging does not show the refusal', () => {
    const good = refusedBy(bearer(at.v2Claims()), { 'WWW-Authenticate': CHALLENGE });
    const known = knowledgeOf(OPEN, undefined, {}, good.call, at.NOW_MS);
    const base = { call: callWith(bearer(at.v2Claims())), knowledge: known, nowMs: at.NOW_MS };
    assert.equal(prove(base, 'easyAuth', { call: base.call, knowledge: known }), undefined);
  });
});

describe('what lets bad calls in weakens, whatever its author thought', () => {
  const settings = {
    isWhole: true as const,
    enabled: true,
    requireAuthentication: true,
    clientId: at.API_ID,
    tenant: at.TENANT,
    allowedAudiences: [at.API_ID],
  };

  test('allowing the audience of Graph', () => {
    const graph = bearer(at.v1Claims({ aud: 'https://graph.microsoft.com' }));
    const knowledge: Knowledge = {
      ...knowledgeOf(OPEN, undefined, {}, undefined, at.NOW_MS),
      target: { kind: fact('appService'), easyAuth: fact(settings) },
    };
    const base = { call: callWith(graph), knowledge, nowMs: at.NOW_MS };
    const changed = {
      call: base.call,
      knowledge: {
        ...knowledge,
        target: {
          ...knowledge.target,
          easyAuth: fact({ ...settings, allowedAudiences: [at.API_ID, '00000003-0000-0000-c000-000000000000'] }),
        },
      },
    };
    assert.equal(prove(base, 'easyAuth', changed)?.weakens, true);
  });

  test('allowing the API’s own other name does not', () => {
    const own = bearer(at.v2Claims({ aud: `api://${at.API_ID}` }));
    const knowledge: Knowledge = {
      ...knowledgeOf(OPEN, undefined, {}, undefined, at.NOW_MS),
      target: { kind: fact('appService'), easyAuth: fact(settings) },
    };
    const base = { call: callWith(own), knowledge, nowMs: at.NOW_MS };
    const changed = applyFix('easyauth-audience-not-allowed', { kind: 'target' }, base);
    assert.ok(changed);
    assert.equal(prove(base, 'easyAuth', changed)?.weakens, false);
  });

  test('leaving the token unchecked does; checking it before it is replaced does not', () => {
    const text = (order: string) => `<policies><inbound>${order}</inbound></policies>`;
    const jwt = `<validate-jwt header-name="Authorization"><openid-config url="https://login.microsoftonline.com/${at.TENANT}/v2.0/.well-known/openid-configuration" /><audiences><audience>${at.API_ID}</audience></audiences></validate-jwt>`;
    const identity = '<authentication-managed-identity resource="https://storage.azure.com" />';
    const knowledgeWith = (policy: string): Knowledge => ({
      ...knowledgeOf(OPEN, undefined, {}, undefined, at.NOW_MS),
      target: {
        kind: fact('apim'),
        subscriptionRequired: fact(false),
        policy: fact(effectivePolicyOf(readPolicy(text(policy)))),
      },
    });
    const knowledge = knowledgeWith(identity + jwt);
    const base = { call: callWith(bearer(at.v2Claims())), knowledge, nowMs: at.NOW_MS };
    const checked = applyFix('apim-policy-overwrites-authorization', { kind: 'target' }, base);
    assert.ok(checked);
    assert.equal(prove(base, 'validateJwt', checked)?.weakens, false);
    const first = { ...base, knowledge: knowledgeWith(jwt + identity), call: callWith({ type: 'none' }) };
    const unchecked = { call: first.call, knowledge: knowledgeWith(identity) };
    assert.equal(prove(first, 'validateJwt', unchecked)?.weakens, true);
  });
});
