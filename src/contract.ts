/** Every public id of the extension, once. The manifest test holds package.json against these lists. */

export const COMMANDS = {
  decodeToken: 'why401.decodeToken',
  validateToken: 'why401.validateToken',
  addApi: 'why401.addApi',
  forgetTrustedHosts: 'why401.forgetTrustedHosts',
} as const;

export type CommandName = keyof typeof COMMANDS;

export const SETTINGS_SECTION = 'why401';

/** Settings relative to {@link SETTINGS_SECTION}. */
export const SETTINGS = {
  tenant: 'tenant',
  cloud: 'cloud',
  apis: 'apis',
} as const;

export const VIEW_TYPES = {
  tokenPanel: 'why401.tokenPanel',
} as const;

/** Keys in the extension's mementos. `global` is never synced and cannot be brought by a workspace. */
export const STATE_KEYS = {
  trustedHosts: 'trustedHosts',
  lastProfile: 'lastProfile',
} as const;
