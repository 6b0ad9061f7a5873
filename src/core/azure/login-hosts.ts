/**
 * Login and issuer hosts of each cloud, the login host first. From MSAL's built-in instance metadata and Microsoft's
 * page on national clouds. `germany` closed in 2021: its tokens are recognised, nobody signs in there.
 */
export const LOGIN_HOSTS = {
  public: ['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
  usgov: ['login.microsoftonline.us', 'login.usgovcloudapi.net'],
  china: ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn', 'sts.chinacloudapi.cn'],
  'sovereign-fr': ['login.sovcloud-identity.fr'],
  'sovereign-de': ['login.sovcloud-identity.de'],
  'sovereign-sg': ['login.sovcloud-identity.sg'],
  germany: ['login.microsoftonline.de'],
} as const satisfies Record<string, readonly [string, ...string[]]>;

/** Where the public cloud signs in: an origin. */
export const PUBLIC_LOGIN = `https://${LOGIN_HOSTS.public[0]}`;

/** Issuer of v1 tokens in the public cloud, without the tenant; in another cloud too, so that it names none. */
export const V1_ISSUER = 'https://sts.windows.net';

/**
 * The clouds that issue v1 tokens as {@link V1_ISSUER}; China's has a name of its own. From Microsoft's own validation of
 * issuers in Azurite (https://github.com/Azure/Azurite, `constants.ts`).
 */
export const V1_ISSUER_CLOUDS = ['public', 'usgov'] as const;

const ALL_HOSTS: ReadonlySet<string> = new Set(Object.values(LOGIN_HOSTS).flat());

/** True for a host, in lower case, that belongs to a cloud of Microsoft Entra. */
export function isLoginHost(host: string): boolean {
  return ALL_HOSTS.has(host);
}

/** The kind of tenant for customers whose login host this is, in lower case: `orders.b2clogin.com`. */
export function customerLoginOf(host: string): 'b2c' | 'externalId' | undefined {
  if (host.endsWith('.b2clogin.com')) return 'b2c';
  return host.endsWith('.ciamlogin.com') ? 'externalId' : undefined;
}

const DEVICE_CODE_ADDRESS = /^(?:(?:www\.)?microsoft\.com\/devicelogin(?:us|china)?|aka\.ms\/devicelogin)$/;

/** True for one of the short addresses at which Microsoft takes device codes: `microsoft.com/devicelogin`. */
export function isDeviceCodeAddress(host: string, pathname: string): boolean {
  return DEVICE_CODE_ADDRESS.test(host + pathname);
}
