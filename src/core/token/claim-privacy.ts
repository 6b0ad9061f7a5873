/**
 * Claims whose values say nothing about a person and are no secret: who issued the token, for which application, what it
 * allows, how strong the sign-in was, when. Ids of tenants and applications are among them.
 */
const PUBLIC_CLAIMS = new Set(
  (
    'iss tid ver idp tfp tenant_ctry tenant_region_scope aud azp appid azpacr appidacr client_id xms_par_app_azp apptype ' +
    'scp scope roles entitlements idtyp hasgroups _claim_names wids amr acr acrs acct authmethod xms_cc xms_edov in_corp ' +
    'xms_act_fct xms_sub_fct xms_tnt_fct xms_idrel email_verified phone_number_verified ' +
    'iat nbf exp auth_time toe updated_at xms_tcdt'
  ).split(' '),
);

/** Claims about a person, or by which one could be found. */
const PERSONAL_CLAIMS = new Set(
  (
    'name preferred_username upn unique_name email emails oid sub groups groups:src1 _claim_sources given_name family_name ' +
    'middle_name nickname profile picture website gender birthdate zoneinfo locale phone_number address login_hint ' +
    'verified_primary_email verified_secondary_email ctry ipaddr fwd vnet onprem_sid pwd_url pwd_exp ztdid act may_act ' +
    'stable_sid puid platf deviceid xms_pl xms_pdl xms_tpl xms_mirid xms_az_rid sid'
  ).split(' '),
);

/** Claims that name one token or session, or hold what nobody outside can read. */
const OPAQUE_CLAIMS = new Set(
  (
    'jti uti aio rh nonce at_hash c_hash sub_jwk cnf events txn idp_access_token app_displayname signin_state xms_st ' +
    'xms_ftd'
  ).split(' '),
);

const PUBLIC_HEADER_FIELDS = new Set('typ alg kid x5t x5t#S256 cty crit enc zip b64'.split(' '));

export type ClaimPrivacy = 'public' | 'personal' | 'opaque' | 'unknown';

/**
 * Whether the value of a claim may be shown to others. A claim nobody documents may hold anything, so that it is
 * `unknown` and to be hidden like the personal and the opaque ones.
 */
export function privacyOf(part: 'header' | 'payload', name: string): ClaimPrivacy {
  if (part === 'header') return PUBLIC_HEADER_FIELDS.has(name) ? 'public' : 'opaque';
  if (PUBLIC_CLAIMS.has(name)) return 'public';
  if (PERSONAL_CLAIMS.has(name)) return 'personal';
  return OPAQUE_CLAIMS.has(name) ? 'opaque' : 'unknown';
}
