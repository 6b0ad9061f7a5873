import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Authorization, Call } from '../../../../src/core/call/call.ts';
import type { ApiProfile } from '../../../../src/core/entra/api-profile.ts';
import { metadataUrl, type TokenVersion } from '../../../../src/core/entra/authority.ts';
import type { KeySource } from '../../../../src/core/entra/metadata.ts';
import type { SignatureFinding } from '../../../../src/core/entra/signature.ts';
import { keySourceUrl } from '../../../../src/core/entra/token-source.ts';
import { BEARER_CHECKS, bearerCheck } from '../../../../src/core/gates/bearer-check.ts';
import type { CheckId } from '../../../../src/core/gates/check.ts';
import type { Knowledge } from '../../../../src/core/gates/facts.ts';
import type { Judgement } from '../../../../src/core/gates/judgement.ts';
import type { JsonObject } from '../../../../src/core/token/token.ts';
import { PERSONAL_ACCOUNTS_TENANT } from '../../../../src/core/token/well-known-tenants.ts';
import * as at from '../entra-fixture.ts';

const HEADER: JsonObject = { alg: 'RS256', typ: 'JWT', kid: at.KID };
const GRAPH_ID = '00000003-0000-0000-c000-000000000000';
const VALID: SignatureFinding = { state: 'valid', key: { kid: at.KID, issuer: `${at.LOGIN}/{tenantid}/v2.0` } };

interface Situation {
  profile?: Partial<ApiProfile>;
  header?: JsonObject;
  signature?: SignatureFinding;
  /** Issuer of the metadata by version; null: not read. */
  issuers?: Partial<Record<TokenVersion, string | null>>;
  partial?: boolean;
}

function sourceOf(url: string, issuer: string | null): KeySource {
  if (issuer === null) return { ok: false, metadataUrl: url, failedUrl: url, failure: 'unreachable', detail: '' };
  return {
    ok: true,
    metadataUrl: url,
    issuer,
    jwksUri: at.V2_KEYS_URL,
    keys: [{ kty: 'RSA', kid: at.KID }],
    readAtMs: at.NOW_MS,
  };
}

function judgeCall(authorization: Authorization, knowledge: Knowledge): Judgement {
  const call: Call = { method: 'GET', url: '', headers: [], authorization: { ...authorization, setBy: 'caller' } };
  return bearerCheck.judge({ gate: 'bearerCheck', hop: 'target' }, call, knowledge, at.NOW_MS);
}

function knowledgeOf(profile: ApiProfile, issuers: Situation['issuers'] = {}): Knowledge {
  const all = { 1: at.V1_ISSUER, 2: at.V2_ISSUER, ...issuers };
  const keySources: Record<string, KeySource> = {};
  for (const version of [1, 2] as const) {
    const url = metadataUrl(profile.authority, version);
    keySources[url] = sourceOf(url, all[version] ?? null);
  }
  return { profile: { value: profile, source: 'setting', readAtMs: at.NOW_MS }, keySources };
}

function without(profile: ApiProfile, ...members: (keyof ApiProfile)[]): ApiProfile {
  return Object.fromEntries(
    Object.entries(profile).filter(([name]) => !members.includes(name as keyof ApiProfile)),
  ) as unknown as ApiProfile;
}

function judge(claims: Record<string, unknown>, situation: Situation = {}, base = at.PROFILE): Judgement {
  const profile = { ...base, ...situation.profile };
  const raw = at.encodeToken(situation.header ?? HEADER, claims, 'AAAA');
  const url = keySourceUrl(claims as JsonObject, profile);
  const bearer = { raw, partial: situation.partial ?? false, signatures: { [url]: situation.signature ?? VALID } };
  return judgeCall({ type: 'bearer', bearer }, knowledgeOf(profile, situation.issuers));
}

/** `verdict reason cause` of one check. */
function line({ checks }: Judgement, id: CheckId): string {
  const check = checks.find((candidate) => candidate.id === id);
  return check ? [check.verdict, check.reason, check.cause].filter(Boolean).join(' ') : 'no line';
}

function failures({ checks }: Judgement): string[] {
  return checks.filter(({ verdict }) => verdict === 'failed').map(({ id }) => id);
}

test('a good token passes every check, in the order of the report', () => {
  const judgement = judge(at.v2Claims());
  assert.equal(judgement.verdict, 'passes');
  assert.deepEqual(
    judgement.checks.map(({ id }) => id),
    BEARER_CHECKS,
  );
  assert.deepEqual([judgement.findings, judgement.needs], [[], []]);
});

test('all checks run: three faults are three findings', () => {
  const judgement = judge(at.v2Claims({ aud: at.CLIENT_ID, exp: at.NOW_SEC - 1, scp: 'Other' }));
  assert.equal(judgement.verdict, 'refuses');
  assert.deepEqual(
    judgement.findings.map(({ cause }) => cause),
    ['aud-mismatch', 'token-expired', 'scope-missing'],
  );
});

test('no header, another scheme, an unknown token', () => {
  const knowledge = knowledgeOf(at.PROFILE);
  const none = judgeCall({ type: 'none' }, knowledge);
  assert.deepEqual([none.verdict, none.findings[0]?.cause], ['refuses', 'missing-token']);
  const basic = judgeCall({ type: 'other', scheme: 'Basic' }, knowledge);
  assert.deepEqual([basic.verdict, basic.findings[0]?.cause], ['refuses', 'bearer-prefix-missing']);
  assert.equal(judgeCall({ type: 'unknown', why: 'masked' }, knowledge).verdict, 'unknown');
});

test('without a profile nothing is judged, and that is what is needed', () => {
  const bearer = { raw: at.encodeToken(HEADER, at.v2Claims()), partial: false, signatures: {} };
  const judgement = judgeCall({ type: 'bearer', bearer }, { keySources: {} });
  assert.deepEqual([judgement.verdict, judgement.needs], ['unknown', [{ fact: 'profile' }]]);
});

test('what cannot be read fails its structure; nothing else is guessed', () => {
  for (const raw of ['', 'garbage', 'a.b', 'a.b.c', `${at.encodeToken({}, {})}.x`]) {
    const judgement = judgeCall(
      { type: 'bearer', bearer: { raw, partial: false, signatures: {} } },
      knowledgeOf(at.PROFILE),
    );
    assert.equal(line(judgement, 'structure'), 'failed unreadable token-malformed', raw);
    assert.ok(judgement.checks.slice(1).every(({ reason }) => reason === 'notReadable'));
  }
});

test('an encrypted token is unknown, not refused', () => {
  const raw = `${at.encodeToken({ alg: 'RSA-OAEP', enc: 'A256GCM' }, {}).split('.')[0]}.AAAA.AAAA.AAAA.AAAA`;
  const judgement = judgeCall(
    { type: 'bearer', bearer: { raw, partial: false, signatures: {} } },
    knowledgeOf(at.PROFILE),
  );
  assert.deepEqual([judgement.verdict, line(judgement, 'structure')], ['unknown', 'notChecked encrypted']);
});

test('a token over 250 KB fails its structure', () => {
  const judgement = judge(at.v2Claims({ pad: 'x'.repeat(300_000) }));
  assert.deepEqual(failures(judgement), ['structure']);
  assert.equal(line(judgement, 'structure'), 'failed tooLarge token-malformed');
});

test('algorithm', () => {
  const of = (alg: string | undefined) =>
    line(judge(at.v2Claims(), { header: { kid: at.KID, ...(alg ? { alg } : {}) } }), 'algorithm');
  for (const alg of ['RS256', 'PS384', 'ES256']) assert.equal(of(alg), 'passed asymmetric');
  assert.equal(of('EdDSA'), 'notChecked algorithmEdwards');
  for (const alg of ['none', 'None']) assert.equal(of(alg), 'failed algorithmNone algorithm-not-accepted');
  assert.equal(of('HS256'), 'failed algorithmPublicKeyAsSecret algorithm-not-accepted');
  const stranger = judge(at.v2Claims(), { header: { alg: 'HS256', kid: 'unpublished' } });
  assert.equal(line(stranger, 'algorithm'), 'failed algorithmSymmetric algorithm-not-accepted');
  assert.equal(of('RS257'), 'failed algorithmUnknown algorithm-not-accepted');
  assert.equal(of(undefined), 'failed algorithmUnknown algorithm-not-accepted');
});

test('key and signature', () => {
  const of = (signature: SignatureFinding) => {
    const judgement = judge(at.v2Claims(), { signature });
    return [line(judgement, 'key'), line(judgement, 'signature')];
  };
  assert.deepEqual(of({ state: 'keyNotFound' }), ['failed keyNotFound signing-key-not-found', 'notChecked keyMissing']);
  assert.deepEqual(of({ state: 'invalid' }), ['passed keyFound', 'failed signatureInvalid signature-tampered']);
  assert.deepEqual(of({ state: 'valid', detail: 'noKid' }), ['passed keyFoundWithoutKid', 'passed signatureValid']);
  assert.deepEqual(of({ state: 'invalid', detail: 'keyTooSmall' }), [
    'notChecked keyTooSmall',
    'notChecked keyMissing',
  ]);
  assert.deepEqual(of({ state: 'assumed' }), ['passed signatureAssumed', 'passed signatureAssumed']);
  assert.equal(of({ state: 'invalid', detail: 'criticalHeader' })[1], 'notChecked signatureCritical');
});

test('keys that could not be read leave the verdict open, and are needed', () => {
  const judgement = judge(at.v2Claims(), { issuers: { 2: null }, signature: { state: 'notChecked' } });
  assert.equal(judgement.verdict, 'unknown');
  assert.equal(line(judgement, 'key'), 'notChecked keysUnavailable');
  assert.equal(line(judgement, 'signature'), 'notChecked keysUnavailable');
  assert.equal(line(judgement, 'issuer'), 'notChecked issuerNotKnown');
  assert.deepEqual(judgement.needs, [{ fact: 'keys', metadataUrl: at.V2_METADATA_URL }]);
});

test('a token without a signature is refused', () => {
  const raw = at.encodeToken(HEADER, at.v2Claims());
  const judgement = judgeCall(
    { type: 'bearer', bearer: { raw, partial: false, signatures: {} } },
    knowledgeOf(at.PROFILE),
  );
  assert.equal(line(judgement, 'signature'), 'failed signatureMissing signature-tampered');
});

test('a Graph token is never called invalid: it is not meant for this API', () => {
  const claims = at.v1Claims({ aud: GRAPH_ID, scp: 'User.Read' });
  const judgement = judge(claims, { header: { ...HEADER, nonce: 'n' }, signature: { state: 'invalid' } });
  assert.equal(line(judgement, 'signature'), 'notChecked signatureNotMeantForYou');
  assert.equal(line(judgement, 'kind'), 'failed kindMicrosoftApi graph-nonce-token');
  assert.equal(line(judgement, 'audience'), 'failed audienceMicrosoftApi aud-is-graph');
});

test('another Microsoft API is named, and accepted where the profile says so', () => {
  const claims = at.v1Claims({ aud: 'https://management.azure.com/' });
  assert.equal(line(judge(claims), 'audience'), 'failed audienceMicrosoftApi aud-mismatch');
  const own = judge(claims, { profile: { audiences: ['https://management.azure.com/'], tokenVersions: [1] } });
  assert.deepEqual([line(own, 'audience'), line(own, 'kind')], ['passed audienceAccepted', 'passed kindAccessToken']);
});

test('issuer and version: v1 and v2 of the same tenant are told from another tenant and another cloud', () => {
  const of = (claims: Record<string, unknown>, situation: Situation = {}) => line(judge(claims, situation), 'issuer');
  const v1 = judge(at.v1Claims());
  assert.equal(line(v1, 'issuer'), 'failed issuerOtherVersion issuer-v1-v2-mismatch');
  assert.equal(line(v1, 'version'), 'failed versionOther issuer-v1-v2-mismatch');
  assert.equal(line(v1, 'tenant'), 'passed tenantAccepted');
  assert.equal(of(at.v1Claims(), { profile: { tokenVersions: [1, 2] } }), 'passed issuerAccepted');
  assert.equal(
    of(at.v2Claims(), { profile: { tokenVersions: [1] } }),
    'failed issuerOtherVersion issuer-v1-v2-mismatch',
  );
  const foreign = { iss: `${at.LOGIN}/${at.OTHER_TENANT}/v2.0`, tid: at.OTHER_TENANT };
  assert.equal(of(at.v2Claims(foreign)), 'failed issuerOtherTenant issuer-wrong-tenant');
  assert.equal(line(judge(at.v2Claims(foreign)), 'tenant'), 'failed tenantOther issuer-wrong-tenant');
  const us = { iss: `https://login.microsoftonline.us/${at.OTHER_TENANT}/v2.0`, tid: at.OTHER_TENANT };
  assert.equal(of(at.v2Claims(us)), 'failed issuerOtherCloud token-from-other-cloud');
  for (const iss of ['https://evil.example/', `${at.V2_ISSUER}/`, 'nonsense', 5]) {
    assert.equal(of(at.v2Claims({ iss })), 'failed issuerOther issuer-not-accepted', String(iss));
  }
  assert.equal(of(at.v2Claims({ iss: undefined })), 'failed issuerMissing issuer-not-accepted');
});

test('issuers given by hand replace the metadata’s, even when that is not read', () => {
  const profile = { issuers: ['https://id.example'] };
  assert.equal(
    line(
      judge(at.v2Claims({ iss: 'https://id.example' }), {
        profile,
        issuers: { 2: null },
        signature: { state: 'notChecked' },
      }),
      'issuer',
    ),
    'passed issuerListed',
  );
  assert.equal(line(judge(at.v2Claims(), { profile }), 'issuer'), 'failed issuerOther issuer-not-accepted');
});

test('the key’s own issuer must agree with the token’s', () => {
  const consumersKey: SignatureFinding = {
    state: 'valid',
    key: { kid: at.KID, issuer: `${at.LOGIN}/${PERSONAL_ACCOUNTS_TENANT}/v2.0` },
  };
  assert.equal(
    line(judge(at.v2Claims(), { signature: consumersKey }), 'issuer'),
    'failed issuerNotTheKeys issuer-not-accepted',
  );
  const v1 = judge(at.v1Claims(), { profile: { tokenVersions: [1] } });
  assert.equal(line(v1, 'issuer'), 'passed issuerAccepted');
});

const MANY: Situation = {
  profile: { authority: { kind: 'entra', loginBase: at.LOGIN, tenant: 'organizations', cloud: 'public' } },
  issuers: { 1: 'https://sts.windows.net/{tenantid}/', 2: `${at.LOGIN}/{tenantid}/v2.0` },
};

test('a multi-tenant API: the template takes the token’s tenant, and which may call must be said', () => {
  const open = judge(at.v2Claims(), MANY);
  assert.deepEqual([line(open, 'issuer'), line(open, 'tenant')], ['passed issuerAccepted', 'notChecked tenantNotSaid']);
  assert.equal(open.verdict, 'unknown');
  const closed = (tenants: string[]) =>
    line(judge(at.v2Claims(), { ...MANY, profile: { ...MANY.profile, allowedTenants: tenants } }), 'tenant');
  assert.equal(closed([at.TENANT.toUpperCase()]), 'passed tenantAccepted');
  assert.equal(closed([at.OTHER_TENANT]), 'failed tenantOther issuer-wrong-tenant');
  const lying = judge(at.v2Claims({ tid: at.OTHER_TENANT }), MANY);
  assert.equal(line(lying, 'issuer'), 'failed issuerOtherTenant issuer-wrong-tenant');
  const noKeyIssuer: SignatureFinding = { state: 'valid', key: { kid: at.KID } };
  const template = { iss: `${at.LOGIN}/{tenantid}/v2.0`, tid: '{tenantid}' };
  assert.match(line(judge(at.v2Claims(template), { ...MANY, signature: noKeyIssuer }), 'issuer'), /^failed/);
});

test('organizations takes no personal account', () => {
  const claims = at.v2Claims({ iss: `${at.LOGIN}/${PERSONAL_ACCOUNTS_TENANT}/v2.0`, tid: PERSONAL_ACCOUNTS_TENANT });
  assert.equal(line(judge(claims, MANY), 'tenant'), 'failed tenantOther issuer-wrong-tenant');
});

test('the tenant behind a domain is known from its metadata only', () => {
  const profile: Partial<ApiProfile> = {
    authority: { kind: 'entra', loginBase: at.LOGIN, tenant: 'contoso.com', cloud: 'public' },
  };
  assert.equal(line(judge(at.v2Claims(), { profile }), 'tenant'), 'passed tenantAccepted');
  assert.equal(
    line(judge(at.v2Claims({ tid: at.OTHER_TENANT }), { profile }), 'tenant'),
    'failed tenantOther issuer-wrong-tenant',
  );
  assert.equal(
    line(judge(at.v2Claims(), { profile, issuers: { 1: null, 2: null } }), 'tenant'),
    'notChecked tenantNotKnown',
  );
  assert.equal(
    line(judge(at.v2Claims({ tid: undefined }), { profile }), 'tenant'),
    'failed tenantMissing issuer-wrong-tenant',
  );
});

test('an issuer other than Entra has no line for tenant and version, unless the profile asks', () => {
  const base = 'https://id.example';
  const profile: Partial<ApiProfile> = { authority: { kind: 'oidc', base } };
  const other: Situation = { profile, issuers: { 1: base, 2: base } };
  const claims = at.v2Claims({ iss: base });
  const silent = judge(claims, other, without(at.PROFILE, 'tokenVersions'));
  assert.deepEqual([line(silent, 'tenant'), line(silent, 'version')], ['no line', 'no line']);
  const asked = judge(claims, { ...other, profile: { ...profile, allowedTenants: [at.TENANT] } });
  assert.deepEqual([line(asked, 'tenant'), line(asked, 'version')], ['passed tenantAccepted', 'no line']);
});

test('of several listed issuers the token’s own says whether tenants count', () => {
  const base = 'https://id.example';
  const issuers = [at.V2_ISSUER, base];
  const profile: Partial<ApiProfile> = { authority: { kind: 'oidc', base }, issuers };
  const signature: SignatureFinding = { state: 'valid', key: { kid: at.KID } };
  const other = judge(at.v2Claims({ iss: base, tid: undefined }), { profile, signature });
  assert.deepEqual([line(other, 'issuer'), line(other, 'tenant')], ['passed issuerListed', 'no line']);
  const entra = judge(at.v2Claims({ tid: at.OTHER_TENANT }), { profile });
  assert.equal(line(entra, 'tenant'), 'failed tenantOther issuer-wrong-tenant');
  const template = [`${at.LOGIN}/{tenantid}/v2.0`, at.V2_ISSUER];
  assert.equal(
    line(judge(at.v2Claims(), { profile: { ...profile, issuers: template } }), 'tenant'),
    'notChecked tenantNotSaid',
  );
});

test('whoever names an issuer of Entra speaks for Entra: tenant and version are looked at', () => {
  const profile: Partial<ApiProfile> = { authority: { kind: 'oidc', base: 'https://proxy.example' } };
  const silent = judge(at.v2Claims(), { profile }, without(at.PROFILE, 'tokenVersions'));
  assert.deepEqual(
    [line(silent, 'tenant'), line(silent, 'version')],
    ['passed tenantAccepted', 'notChecked versionNotSaid'],
  );
  const lying = judge(at.v2Claims({ tid: at.OTHER_TENANT }), { profile });
  assert.equal(line(lying, 'tenant'), 'failed tenantOther issuer-wrong-tenant');
});

test('audience: what follows from id, URI and versions', () => {
  const of = (aud: unknown, profile: Partial<ApiProfile> = {}, drop: (keyof ApiProfile)[] = []) =>
    line(judge(at.v2Claims({ aud }), { profile }, without(at.PROFILE, ...drop)), 'audience');
  assert.equal(of(at.API_ID), 'passed audienceAccepted');
  assert.equal(of(at.API_ID.toUpperCase()), 'passed audienceAccepted');
  assert.equal(of(['x', at.API_ID]), 'passed audienceAccepted');
  for (const aud of [at.API_URI, `api://${at.API_ID}`, `spn:${at.API_ID}`]) {
    assert.equal(of(aud), 'failed audienceOtherForm aud-clientid-vs-appiduri', aud);
  }
  assert.equal(of(at.API_URI, { tokenVersions: [1, 2] }), 'passed audienceAccepted');
  assert.equal(of(at.API_URI, {}, ['tokenVersions']), 'passed audienceAccepted');
  assert.equal(of(at.CLIENT_ID), 'failed audienceOther aud-mismatch');
  assert.equal(of(5), 'failed audienceOther aud-mismatch');
  assert.equal(of(undefined), 'failed audienceMissing aud-mismatch');
  assert.equal(of(at.API_ID, {}, ['appId']), 'notChecked audienceNotSaid');
  assert.equal(of(at.API_ID, {}, ['appId', 'appIdUri']), 'notChecked audienceNotSaid');
  assert.equal(of('api://other', {}, ['appIdUri', 'tokenVersions']), 'notChecked audienceNotSaid');
  assert.equal(of(`${at.API_URI}/`, { audiences: [at.API_URI] }), 'notChecked audienceTrailingSlash');
  assert.equal(
    of(at.API_ID, { audiences: [at.API_URI, `api://${at.API_ID}`] }),
    'failed audienceOtherForm aud-clientid-vs-appiduri',
  );
});

test('lifetime: the tolerance is what the profile says; where it says nothing, five minutes stay open', () => {
  const of = (claims: Record<string, unknown>, id: CheckId, skew?: number) =>
    line(
      judge(
        at.v2Claims(claims),
        skew === undefined ? {} : { profile: { clockSkewSec: skew } },
        skew === undefined ? without(at.PROFILE, 'clockSkewSec') : at.PROFILE,
      ),
      id,
    );
  assert.equal(of({}, 'expiry'), 'passed notExpired');
  assert.equal(of({ exp: at.NOW_SEC }, 'expiry', 0), 'failed expiredThisSecond token-expired');
  assert.equal(of({ exp: at.NOW_SEC - 1 }, 'expiry', 0), 'failed expired token-expired');
  assert.equal(of({ exp: at.NOW_SEC }, 'expiry'), 'notChecked expiredSkewUnknown');
  assert.equal(of({ exp: at.NOW_SEC - 299 }, 'expiry', 300), 'passed expiredWithinSkew');
  assert.equal(of({ exp: at.NOW_SEC - 300 }, 'expiry', 300), 'failed expiredThisSecond token-expired');
  assert.equal(of({ exp: at.NOW_SEC - 301 }, 'expiry', 300), 'failed expired token-expired');
  assert.equal(of({ exp: at.NOW_SEC - 299 }, 'expiry'), 'notChecked expiredSkewUnknown');
  assert.equal(of({ exp: at.NOW_SEC - 301 }, 'expiry'), 'failed expired token-expired');
  assert.equal(of({ exp: undefined }, 'expiry'), 'failed expiryMissing token-malformed');
  for (const exp of ['soon', null, [1], '']) {
    assert.equal(of({ exp }, 'expiry'), 'failed timeNotANumber token-malformed', String(exp));
  }
  assert.equal(of({ nbf: at.NOW_SEC }, 'notBefore', 0), 'passed alreadyValid');
  assert.equal(of({ nbf: at.NOW_SEC + 1 }, 'notBefore', 0), 'failed notYetValid token-not-yet-valid');
  assert.equal(of({ nbf: at.NOW_SEC + 300 }, 'notBefore', 300), 'passed startsWithinSkew');
  assert.equal(of({ nbf: at.NOW_SEC + 10 }, 'notBefore'), 'notChecked startSkewUnknown');
  assert.equal(of({ nbf: undefined }, 'notBefore'), 'passed notBeforeMissing');
});

test('an ID token is no access token', () => {
  const { azp: _azp, azpacr: _azpacr, scp: _scp, ...claims } = at.v2Claims({ nonce: 'n', preferred_username: 'ada' });
  assert.equal(line(judge(claims), 'kind'), 'failed kindIdToken id-token-instead-of-access-token');
});

test('scopes and roles: any alternative is enough, all it lists is needed', () => {
  const of = (claims: Record<string, unknown>, accepts?: ApiProfile['accepts']) =>
    line(
      judge(
        at.v2Claims(claims),
        accepts ? { profile: { accepts } } : {},
        accepts ? at.PROFILE : without(at.PROFILE, 'accepts'),
      ),
      'permissions',
    );
  const scope = { scopes: ['Orders.Read'], roles: [] };
  const role = { scopes: [], roles: ['Orders.Read.All'] };
  const appOnly = { scp: undefined, roles: ['Orders.Read.All'], idtyp: 'app' };
  assert.equal(of({ scp: 'a Orders.Read b' }, [scope]), 'passed permissionsGranted');
  assert.equal(of({ scp: 'Orders.Read.All' }, [scope]), 'failed scopeMissing scope-missing');
  assert.equal(of({ scp: 'orders.read' }, [scope]), 'failed scopeMissing scope-missing');
  assert.equal(of({ scp: ['Orders.Read'] }, [scope]), 'failed scopeMissing scope-missing');
  assert.equal(of(appOnly, [scope, role]), 'passed permissionsGranted');
  assert.equal(of(appOnly, [scope]), 'failed appOnlyToken app-only-vs-delegated-mismatch');
  assert.equal(of({ ...appOnly, roles: [] }, [scope, role]), 'failed roleMissing role-missing');
  assert.equal(of({}, [role]), 'failed userToken role-missing');
  assert.equal(of({}, [{ scopes: ['Orders.Read', 'Orders.Write'], roles: [] }]), 'failed scopeMissing scope-missing');
  assert.equal(of({ roles: 'Orders.Read.All' }, [role]), 'failed userToken role-missing');
  assert.equal(of({}), 'notChecked permissionsNotSaid');
});

test('an alternative that lists nothing grants nothing, whatever the token holds', () => {
  const empty = { scopes: [], roles: [] };
  const tokens = [{}, { scp: undefined }, { scp: '' }, { roles: ['Orders.Read.All'] }, { scp: undefined, roles: [] }];
  for (const claims of tokens) {
    for (const accepts of [[empty], [empty, { scopes: ['Orders.Write'], roles: [] }]]) {
      assert.match(line(judge(at.v2Claims(claims), { profile: { accepts } }), 'permissions'), /^failed/);
      const partly = judge(at.v2Claims(claims), { profile: { accepts }, partial: true });
      assert.doesNotMatch(line(partly, 'permissions'), /^passed/);
    }
  }
});

test('allowed clients: azp in v2, appid in v1 tokens', () => {
  const of = (claims: Record<string, unknown>, clients?: string[]) =>
    line(
      judge(
        claims,
        clients ? { profile: { allowedClients: clients } } : {},
        clients ? at.PROFILE : without(at.PROFILE, 'allowedClients'),
      ),
      'allowedClients',
    );
  assert.equal(of(at.v2Claims(), [at.CLIENT_ID]), 'passed clientAllowed');
  assert.equal(of(at.v1Claims(), [at.CLIENT_ID.toUpperCase()]), 'passed clientAllowed');
  assert.equal(of(at.v2Claims(), [at.API_ID]), 'failed clientOther client-not-allowed');
  assert.equal(of(at.v2Claims({ azp: undefined }), [at.API_ID]), 'failed clientMissing client-not-allowed');
  assert.equal(of(at.v2Claims()), 'notChecked clientsNotSaid');
  for (const client of ['WEB-KIOSK', 'Web-kiosk', 'web-\u212aiosk'])
    assert.equal(of(at.v2Claims({ azp: client }), ['web-kiosk']), 'failed clientOther client-not-allowed', client);
});

test('not given means unknown: a profile with nothing but a tenant never passes a token', () => {
  const bare = without(at.PROFILE, 'tokenVersions', 'appId', 'appIdUri', 'accepts', 'allowedClients', 'clockSkewSec');
  const judgement = judge(at.v2Claims(), {}, bare);
  assert.equal(judgement.verdict, 'unknown');
  const open = judgement.checks.filter(({ verdict }) => verdict === 'notChecked').map(({ id }) => id);
  assert.deepEqual(open, ['audience', 'version', 'permissions', 'allowedClients']);
});

test('in a token shown only in part, an absent claim is unknown', () => {
  const judgement = judge({ exp: at.NOW_SEC + 60, ver: '2.0' }, { partial: true });
  assert.equal(judgement.verdict, 'unknown');
  for (const id of ['issuer', 'tenant', 'audience', 'permissions', 'allowedClients'] as const) {
    assert.equal(line(judgement, id), 'notChecked claimUnknown', id);
  }
});

test('a header nonce that somebody added does not make a forged token unverifiable', () => {
  const forged = judge(at.v2Claims({ roles: ['Admin'] }), {
    header: { ...HEADER, nonce: 'x' },
    signature: { state: 'invalid' },
  });
  assert.equal(forged.verdict, 'refuses');
  assert.equal(line(forged, 'signature'), 'failed signatureInvalid signature-tampered');
});

test('keys that could not be read again leave a missing key open', () => {
  const knowledge = knowledgeOf(at.PROFILE);
  const source = knowledge.keySources[at.V2_METADATA_URL];
  assert.ok(source?.ok);
  const stale = { ...knowledge.keySources, [at.V2_METADATA_URL]: { ...source, refetchFailure: 'timeout' as const } };
  const raw = at.encodeToken(HEADER, at.v2Claims(), 'AAAA');
  const bearer = { raw, partial: false, signatures: { [at.V2_METADATA_URL]: { state: 'keyNotFound' as const } } };
  const judgement = judgeCall({ type: 'bearer', bearer }, { ...knowledge, keySources: stale });
  assert.deepEqual([judgement.verdict, line(judgement, 'key')], ['unknown', 'notChecked keysStale']);
});

test('where validators differ, nothing is certain', () => {
  assert.equal(line(judge(at.v2Claims({ exp: String(at.NOW_SEC + 60) })), 'expiry'), 'notChecked timeIsText');
  const backwards = at.v2Claims({ nbf: at.NOW_SEC + 100, exp: at.NOW_SEC + 50 });
  const tolerant = { profile: { clockSkewSec: 300 } };
  assert.equal(line(judge(backwards, tolerant), 'notBefore'), 'notChecked startsAfterEnd');
  assert.equal(line(judge(backwards), 'notBefore'), 'failed notYetValid token-not-yet-valid');
  const deep = at.v2Claims({ deep: JSON.parse(`${'['.repeat(80)}${']'.repeat(80)}`) });
  assert.equal(line(judge(deep), 'structure'), 'notChecked nestedDeeply');
});

test('any OpenID Connect issuer: scope, scp as a list, client_id and at+jwt are understood', () => {
  const profile: Partial<ApiProfile> = {
    authority: { kind: 'oidc', base: 'https://id.example' },
    accepts: [{ scopes: ['orders.read'], roles: [] }],
    allowedClients: ['web'],
  };
  const claims = { iss: 'https://id.example', aud: at.API_ID, exp: at.NOW_SEC + 60, client_id: 'web' };
  const issuers = { 1: 'https://id.example', 2: 'https://id.example' };
  const signature: SignatureFinding = { state: 'valid' };
  for (const scopes of [{ scope: 'openid orders.read' }, { scp: ['orders.read'] }]) {
    const header = { ...HEADER, typ: 'at+jwt' };
    const judgement = judge({ ...claims, ...scopes }, { profile, issuers, signature, header });
    assert.equal(judgement.verdict, 'passes', JSON.stringify(judgement.checks));
  }
});

test('a guess about the kind refuses nothing', () => {
  const { azp: _azp, azpacr: _azpacr, scp: _scp, ...claims } = at.v2Claims();
  assert.equal(line(judge(claims), 'kind'), 'notChecked kindUnsure');
});

test('letter case is named as what it is, and v2 is advised only where it would help', () => {
  const wrongCase = judge(at.v1Claims({ aud: 'api://Orders' }), { profile: { tokenVersions: [1] } });
  assert.equal(line(wrongCase, 'audience'), 'failed audienceOtherCase aud-clientid-vs-appiduri');
  const detailOf = (versions: TokenVersion[]) =>
    judge(at.v1Claims({ aud: `api://${at.API_ID}` }), { profile: { tokenVersions: versions } }).checks.find(
      ({ id }) => id === 'audience',
    )?.detail;
  assert.deepEqual([detailOf([2]), detailOf([1])], ['v1', undefined]);
});

test('a v1 token that names no version is still read by its issuer', () => {
  const judgement = judge(at.v1Claims({ ver: undefined }), {}, without(at.PROFILE, 'tokenVersions'));
  assert.equal(line(judgement, 'issuer'), 'passed issuerAccepted');
});

test('sts.windows.net names no cloud for certain', () => {
  const profile: Partial<ApiProfile> = {
    authority: { kind: 'entra', loginBase: 'https://login.microsoftonline.us', tenant: at.TENANT, cloud: 'usgov' },
    tokenVersions: [1],
  };
  const foreign = at.v1Claims({ iss: `https://sts.windows.net/${at.OTHER_TENANT}/`, tid: at.OTHER_TENANT });
  assert.equal(line(judge(foreign, { profile }), 'issuer'), 'failed issuerOtherTenant issuer-wrong-tenant');
});

test('partly shown: a permission that may be among what is hidden is unknown', () => {
  const profile = {
    accepts: [
      { scopes: ['Orders.Read'], roles: [] },
      { scopes: [], roles: ['A'] },
    ],
  };
  const hidden = { ver: '2.0', exp: at.NOW_SEC + 60, roles: ['Other'] };
  assert.equal(line(judge(hidden, { partial: true, profile }), 'permissions'), 'notChecked claimUnknown');
  const shown = judge({ ...hidden, scp: 'Other' }, { partial: true, profile });
  assert.match(line(shown, 'permissions'), /^failed/);
});
