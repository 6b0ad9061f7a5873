import type { FetchText } from '../../../../src/core/ports.ts';
import * as at from '../entra-fixture.ts';

/** One way to write who issues an API's tokens: members of an entry of `why401.apis`. */
export interface Spelling {
  entry: Record<string, unknown>;
  /** Of the issuers its metadata names: `https://login.microsoftonline.com`. */
  issuerBase: string;
  /** Where it reaches the documents of v1 and v2 tokens: another issuer has one, that of v2 here. */
  servesV1: boolean;
}

const WELL_KNOWN = '/.well-known/openid-configuration';
const PROXY = 'https://proxy.example/idp';
const AIRGAP = 'https://login.entra.example';
const USGOV = 'https://login.microsoftonline.us';
/** Names an issuer of its own for ID tokens, and Entra's for access tokens. */
const TWO_ISSUERS = 'https://two-issuers.example/idp';

const HOSTS = [at.LOGIN, 'https://login.windows.net', 'https://LOGIN.MicrosoftOnline.com', `${at.LOGIN}:443`];
const QUERIES = ['', '?appid=22222222-aaaa-4bbb-8ccc-0000000000ff', '?x=1&y=', '?'];

/** Ends of an address that all name the same authority. */
const ENDS = ['', '/', '//', '/v2.0', '/v2.0/', '/V2.0', `/v2.0${WELL_KNOWN}`, WELL_KNOWN, `/v2.0${WELL_KNOWN}/`];

const TENANT = { issuerBase: at.LOGIN, servesV1: true };
const ONE_DOCUMENT = { issuerBase: at.LOGIN, servesV1: false };

/** Every spelling of the authority with this tenant in its path: `common`, a GUID, a domain. */
export function spellingsOf(tenant: string): Spelling[] {
  const document = `${at.LOGIN}/${tenant}/v2.0${WELL_KNOWN}`;
  const template = `${at.LOGIN}/${isMany(tenant) ? '{tenantid}' : at.TENANT}/v2.0`;
  const urls = HOSTS.flatMap((host) =>
    ENDS.flatMap((end) => QUERIES.map((query) => `${host}/${tenant}${end}${query}`)),
  );
  return [
    { ...TENANT, entry: { tenant } },
    { ...TENANT, entry: { tenant: tenant.toUpperCase() } },
    { ...TENANT, entry: { tenant, cloud: 'public' } },
    ...urls.map((authority) => ({ ...TENANT, entry: { authority } })),
    ...QUERIES.map((query) => ({ ...TENANT, entry: { tenant, metadata: document + query } })),
    ...QUERIES.map((query) => ({
      ...TENANT,
      entry: { authority: `${at.LOGIN}/${tenant}`, metadata: document + query },
    })),
    { issuerBase: USGOV, servesV1: true, entry: { tenant, cloud: 'usgov' } },
    { issuerBase: USGOV, servesV1: true, entry: { authority: `${USGOV}/${tenant}/v2.0?appid=x` } },
    { issuerBase: AIRGAP, servesV1: true, entry: { tenant, cloud: AIRGAP } },
    { issuerBase: AIRGAP, servesV1: false, entry: { authority: `${AIRGAP}/${tenant}/v2.0` } },
    { issuerBase: AIRGAP, servesV1: false, entry: { authority: `${AIRGAP}/${tenant}/v2.0${WELL_KNOWN}?x=1` } },
    { ...ONE_DOCUMENT, entry: { authority: `${at.LOGIN}:8443/${tenant}/v2.0` } },
    { ...ONE_DOCUMENT, entry: { authority: `${at.LOGIN}/${tenant}/v2.0?p=B2C_1_in` } },
    { ...ONE_DOCUMENT, entry: { authority: `${PROXY}/${tenant}` } },
    { ...ONE_DOCUMENT, entry: { authority: `${PROXY}/${tenant}${WELL_KNOWN}?x=1` } },
    { ...ONE_DOCUMENT, entry: { authority: `${TWO_ISSUERS}/${tenant}` } },
    { ...ONE_DOCUMENT, entry: { authority: 'https://elsewhere.example', metadata: document } },
    { ...ONE_DOCUMENT, entry: { tenant, metadata: `${PROXY}/${tenant}/metadata.json` } },
    { ...ONE_DOCUMENT, entry: { tenant, issuers: [template] } },
    { ...ONE_DOCUMENT, entry: { authority: `${PROXY}/${tenant}`, issuers: [template] } },
    { ...ONE_DOCUMENT, entry: { tenant, issuers: [template.replace('{tenantid}', '{tenantId}')] } },
  ];
}

export function isMany(tenant: string): boolean {
  return ['common', 'organizations'].includes(tenant.toLowerCase());
}

/** Answers for every address above as Entra does, and counts what was asked. */
export function entraEverywhere(): { fetchText: FetchText } {
  const fetchText: FetchText = async (url) => {
    const { origin, host, pathname } = new URL(url);
    if (pathname.endsWith('/keys'))
      return answer({ keys: [at.publishedKey({ issuer: `${baseOf(origin)}/{tenantid}/v2.0` })] });
    if (!pathname.endsWith(WELL_KNOWN) && !pathname.endsWith('/metadata.json')) return notFound();
    const isProxy = host.endsWith('.example') && origin !== AIRGAP;
    const tenant = pathname.split('/')[isProxy ? 2 : 1] ?? '';
    const named = isMany(tenant) ? '{tenantid}' : at.TENANT;
    const isV1 = !isProxy && !pathname.includes('/v2.0/');
    const issuer = isV1 ? `${stsBaseOf(origin)}/${named}/` : `${baseOf(origin)}/${named}/v2.0`;
    const issuers = url.startsWith(TWO_ISSUERS) ? { issuer: TWO_ISSUERS, access_token_issuer: issuer } : { issuer };
    return answer({ ...issuers, jwks_uri: `${origin}/keys` });
  };
  return { fetchText };
}

function baseOf(origin: string): string {
  return [AIRGAP, USGOV].includes(origin) ? origin : at.LOGIN;
}

/** Of the issuers of v1 tokens. */
export function stsBaseOf(origin: string): string {
  return origin === AIRGAP ? AIRGAP : 'https://sts.windows.net';
}

function answer(document: unknown): Awaited<ReturnType<FetchText>> {
  return { ok: true, response: { status: 200, contentType: 'application/json', text: JSON.stringify(document) } };
}

function notFound(): Awaited<ReturnType<FetchText>> {
  return { ok: true, response: { status: 404, contentType: 'text/plain', text: '' } };
}
