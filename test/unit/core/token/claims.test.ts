import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { claimInfo, claimRank } from '../../../../src/core/token/claims.ts';

/** The claims of each document, by name, so that one left out of the table is found. */
const DOCUMENTS: Record<string, string> = {
  'RFC 7519 §4.1': 'iss sub aud exp nbf iat jti',
  'RFC 9068 §2.2': 'iss exp aud sub client_id iat jti auth_time acr amr scope groups roles entitlements',
  'RFC 8693 §4': 'act scope client_id may_act',
  'RFC 7800 §3': 'cnf',
  'RFC 8417 §2.2': 'iss iat jti aud sub events txn toe',
  'OpenID Connect Core §2': 'iss sub aud exp iat auth_time nonce acr amr azp',
  'OpenID Connect Core §3.3.2.11': 'at_hash c_hash',
  'OpenID Connect Core §5.1':
    'sub name given_name family_name middle_name nickname preferred_username profile picture website email ' +
    'email_verified gender birthdate zoneinfo locale phone_number phone_number_verified address updated_at',
  'OpenID Connect Core §5.6.2': '_claim_names _claim_sources',
  'OpenID Connect Core §7.4': 'sub_jwk',
  'OpenID Connect Front-Channel Logout': 'sid',
  'Entra access tokens':
    'acrs aud iss idp iat nbf exp aio acr amr appid azp appidacr azpacr preferred_username name scp roles wids groups ' +
    'hasgroups groups:src1 sub oid tid unique_name uti rh ver xms_cc ipaddr onprem_sid pwd_exp pwd_url in_corp ' +
    'family_name given_name upn',
  'Entra ID tokens':
    'aud iss iat idp nbf exp c_hash at_hash aio preferred_username email name nonce oid roles rh sub tid sid ' +
    'unique_name uti ver hasgroups groups:src1',
  'Entra optional claims':
    'acct acrs auth_time ctry email fwd groups idtyp login_hint sid tenant_ctry tenant_region_scope upn ' +
    'verified_primary_email verified_secondary_email vnet xms_cc xms_edov xms_pdl xms_pl xms_tpl ztdid ipaddr ' +
    'onprem_sid pwd_exp pwd_url in_corp family_name given_name',
  'Entra agent tokens': 'xms_tnt_fct xms_sub_fct xms_act_fct xms_idrel xms_par_app_azp',
  'Azure AD B2C': 'tfp idp_access_token extension_Shoe',
  'directory extensions': 'extn.shoe',
};

const HEADER_DOCUMENTS: Record<string, string> = {
  'RFC 7515 §4.1': 'alg jku jwk kid x5u x5c x5t x5t#S256 typ cty crit',
  'RFC 7516 §4.1': 'alg enc zip jku jwk kid x5u x5c x5t x5t#S256 typ cty crit',
  'RFC 7518 §4': 'epk apu apv iv tag p2s p2c',
  'RFC 7797 §3': 'b64',
  Entra: 'typ alg kid x5t nonce',
};

/** Seen in tokens; what they mean is documented nowhere, so that no page may be named for it. */
const UNDOCUMENTED =
  'app_displayname puid platf deviceid signin_state xms_st xms_tcdt xms_ftd xms_mirid xms_az_rid xms_whatever';

describe('claimInfo', () => {
  for (const [part, documents] of [
    ['payload', DOCUMENTS],
    ['header', HEADER_DOCUMENTS],
  ] as const) {
    for (const [document, names] of Object.entries(documents)) {
      test(`knows what ${document} names in a ${part}, with its source`, () => {
        const unknown = claimInfo(part, 'made-up').meaning;
        for (const name of names.split(' ')) {
          const { meaning, source } = claimInfo(part, name);
          assert.notEqual(meaning, unknown, name);
          assert.match(meaning, /\.$/, name);
          assert.equal(new URL(source ?? '').protocol, 'https:', name);
        }
      });
    }
  }

  test('names no source for what nobody documents', () => {
    for (const name of UNDOCUMENTED.split(' ')) {
      const { meaning, source } = claimInfo('payload', name);
      assert.equal(source, undefined, name);
      assert.match(meaning, /^(?:Not documented|Internal to Microsoft)/, name);
    }
  });

  test('says of any other that it is unknown', () => {
    for (const name of ['made-up', 'Iss', 'constructor', '__proto__', '']) {
      assert.deepEqual(claimInfo('payload', name), claimInfo('payload', 'made-up'));
      assert.deepEqual(claimInfo('header', name), claimInfo('header', 'made-up'));
      assert.equal(claimRank('payload', name), Number.MAX_SAFE_INTEGER);
    }
    assert.notEqual(claimInfo('payload', 'made-up').meaning, claimInfo('header', 'made-up').meaning);
    assert.equal(claimInfo('header', 'exp').source, undefined);
  });
});
