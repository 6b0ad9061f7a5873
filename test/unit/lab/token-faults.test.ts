import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { APPS, CONTOSO } from '../../lab/entra-tenant.ts';
import { type Lab, startLab } from '../../lab/lab.ts';
import { HOSTILE_TEXTS, mintFaulty, TOKEN_FAULTS, type TokenFault } from '../../lab/token-faults.ts';
import { getJson, headerOf, payloadOf } from './lab-client.ts';

/**
 * What jose says to each fault, with issuer, audience and algorithm pinned: its error code and the claim, so that a
 * fault is the one its name says. `accepted` marks the faults that only an API's own rules can see.
 */
const EXPECTED: Record<TokenFault, string> = {
  expired: 'ERR_JWT_EXPIRED exp',
  notYetValid: 'ERR_JWT_CLAIM_VALIDATION_FAILED nbf',
  otherAudience: 'ERR_JWT_CLAIM_VALIDATION_FAILED aud',
  otherTenant: 'ERR_JWT_CLAIM_VALIDATION_FAILED iss',
  otherClient: 'accepted',
  missingScope: 'accepted',
  noExpiry: 'accepted',
  tamperedPayload: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
  tamperedSignature: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
  emptySignature: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
  unknownKid: 'ERR_JWKS_NO_MATCHING_KEY',
  forgedKey: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
  noKid: 'ERR_JWKS_MULTIPLE_MATCHING_KEYS',
  keyOfOtherIssuer: 'ERR_JWKS_NO_MATCHING_KEY',
  algNone: 'ERR_JOSE_ALG_NOT_ALLOWED',
  hs256WithPublicKey: 'ERR_JOSE_ALG_NOT_ALLOWED',
  unknownCritical: 'ERR_JOSE_NOT_SUPPORTED',
  wrongClaimTypes: 'ERR_JWT_CLAIM_VALIDATION_FAILED iss',
  hostileClaims: 'accepted',
  duplicateClaim: 'ERR_JWT_CLAIM_VALIDATION_FAILED aud',
  payloadNotJson: 'ERR_JWT_INVALID',
  payloadNotObject: 'ERR_JWT_INVALID',
  headerNotJson: 'ERR_JWS_INVALID',
  // jose checks the signature before it decodes the payload.
  notBase64url: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
  binaryGarbage: 'ERR_JWS_INVALID',
  onePart: 'ERR_JWS_INVALID',
  twoParts: 'ERR_JWS_INVALID',
  fourParts: 'ERR_JWS_INVALID',
  oversized: 'accepted',
  encrypted: 'ERR_JWS_INVALID',
};

let lab: Lab;
let tenantKeys: JSONWebKeySet;
let commonKeys: JSONWebKeySet;
before(async () => {
  lab = await startLab();
  tenantKeys = await getJson<JSONWebKeySet>(lab, `/${CONTOSO.id}/discovery/v2.0/keys`);
  commonKeys = await getJson<JSONWebKeySet>(lab, '/common/discovery/v2.0/keys');
});
after(() => lab.stop());

async function outcomeOf(token: string, keys: JSONWebKeySet): Promise<string> {
  try {
    await jwtVerify(token, createLocalJWKSet(keys), {
      algorithms: ['RS256'],
      issuer: `${lab.origin}/${CONTOSO.id}/v2.0`,
      audience: APPS.ordersApi.id,
    });
    return 'accepted';
  } catch (error) {
    const { code, claim } = error as { code?: string; claim?: string };
    return claim ? `${code} ${claim}` : String(code);
  }
}

test('the token the faults are made from is accepted', async () => {
  assert.equal(await outcomeOf(await lab.mint.accessTokenV2(), tenantKeys), 'accepted');
});

describe('each fault is the one its name says', () => {
  for (const fault of Object.keys(TOKEN_FAULTS) as TokenFault[]) {
    test(fault, async () => {
      assert.equal(await outcomeOf(await mintFaulty(lab.mint, fault), tenantKeys), EXPECTED[fault]);
    });
  }
});

test('keyOfOtherIssuer is rightly signed by a key that common publishes', async () => {
  assert.equal(await outcomeOf(await mintFaulty(lab.mint, 'keyOfOtherIssuer'), commonKeys), 'accepted');
});

test('hs256WithPublicKey would fool a validator that takes algorithm and key as they come', async () => {
  const token = await mintFaulty(lab.mint, 'hs256WithPublicKey');
  const [header, payload, signature] = token.split('.');
  const pem = lab.keys.shared.current.publicKey.export({ type: 'spki', format: 'pem' });
  assert.equal(headerOf(token).kid, lab.keys.shared.current.kid);
  assert.equal(createHmac('sha256', pem).update(`${header}.${payload}`).digest('base64url'), signature);
});

test('shapes that a verifier does not tell apart', async () => {
  const oversized = await mintFaulty(lab.mint, 'oversized');
  assert.ok(oversized.length > 300 * 1024 && oversized.length < 320 * 1024);
  const encrypted = await mintFaulty(lab.mint, 'encrypted');
  assert.equal(encrypted.split('.').length, 5);
  assert.equal(headerOf(encrypted).enc, 'A256GCM');
  const hostile = payloadOf(await mintFaulty(lab.mint, 'hostileClaims'));
  assert.partialDeepStrictEqual(hostile, HOSTILE_TEXTS);
  assert.match((await mintFaulty(lab.mint, 'notBase64url')).split('.')[1] ?? '', /^[\w-]{10}![\w-]+$/);
  assert.equal('exp' in payloadOf(await mintFaulty(lab.mint, 'noExpiry')), false);
  assert.equal(payloadOf(await mintFaulty(lab.mint, 'wrongClaimTypes')).exp, 'soon');
  assert.equal(payloadOf(await mintFaulty(lab.mint, 'missingScope')).scp, 'Orders.Ping');
});
