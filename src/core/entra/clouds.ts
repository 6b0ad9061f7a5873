import { customerLoginOf, LOGIN_HOSTS } from '../azure/login-hosts.ts';

/** The clouds of Microsoft Entra that are open: who may be asked for keys without asking the user first. */
const NAMES = {
  public: 'Azure public cloud',
  usgov: 'Azure US Government',
  china: 'Azure operated by 21Vianet',
  'sovereign-fr': 'Sovereign cloud France',
  'sovereign-de': 'Sovereign cloud Germany',
  'sovereign-sg': 'Sovereign cloud Singapore',
} as const satisfies Partial<Record<keyof typeof LOGIN_HOSTS, string>>;

export type CloudId = keyof typeof NAMES;

export interface Cloud {
  id: CloudId;
  name: string;
  loginHost: string;
  /** All hosts of the cloud, aliases and issuers included. */
  hosts: readonly string[];
}

export const CLOUD_IDS = Object.keys(NAMES) as CloudId[];

export const CLOUDS: readonly Cloud[] = CLOUD_IDS.map((id) => {
  const hosts = LOGIN_HOSTS[id];
  return { id, name: NAMES[id], loginHost: hosts[0], hosts };
});

/** The cloud with this id; undefined for any other text. */
export function cloudOf(id: string): Cloud | undefined {
  return CLOUDS.find((cloud) => cloud.id === id);
}

/** The cloud a login or issuer host belongs to; undefined for a host of no open cloud. */
export function cloudOfHost(host: string): Cloud | undefined {
  const wanted = host.toLowerCase();
  return CLOUDS.find(({ hosts }) => hosts.includes(wanted));
}

/**
 * True for a host, with its port where that is not 443, at which Microsoft itself signs people in and redeems their codes:
 * a login host of an open cloud, or a tenant's own of Azure AD B2C or External ID.
 */
export function isMicrosoftSignInHost(host: string): boolean {
  const wanted = host.toLowerCase();
  return cloudOfHost(wanted) !== undefined || customerLoginOf(wanted) !== undefined;
}
