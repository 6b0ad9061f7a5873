/** Every public id of the extension, once. The manifest test holds package.json against these lists. */

export const COMMANDS = {
  decodeToken: 'why401.decodeToken',
  validateToken: 'why401.validateToken',
  validateWithKey: 'why401.validateWithKey',
  addApi: 'why401.addApi',
  forgetTrustedHosts: 'why401.forgetTrustedHosts',
  signIn: 'why401.signIn',
  signOut: 'why401.signOut',
  forgetSecrets: 'why401.forgetSecrets',
  explain: 'why401.explain',
  openReport: 'why401.openReport',
  copyAs: 'why401.copyAs',
  openOperation: 'why401.openOperation',
  decodeClipboard: 'why401.decodeClipboard',
  copyRedacted: 'why401.copyRedacted',
  compareTokens: 'why401.compareTokens',
  validateAll: 'why401.validateAll',
  setUpSignIn: 'why401.setUpSignIn',
  refreshToken: 'why401.refreshToken',
  decodeIdentityToken: 'why401.decodeIdentityToken',
  copyIdentityToken: 'why401.copyIdentityToken',
} as const;

export type CommandName = keyof typeof COMMANDS;

/** Tools for language models. */
export const TOOLS = {
  decodeToken: 'why401_decode_token',
  validateToken: 'why401_validate_token',
  explainResponse: 'why401_explain_response',
  predictCall: 'why401_predict_call',
} as const;

export type ToolName = keyof typeof TOOLS;

export const SETTINGS_SECTION = 'why401';

/** Settings relative to {@link SETTINGS_SECTION}. */
export const SETTINGS = {
  tenant: 'tenant',
  cloud: 'cloud',
  apis: 'apis',
  clockSkew: 'clockSkewSec',
  redirect: 'signIn.redirect',
  codeLens: 'codeLens.enabled',
  openJwtFiles: 'openJwtFiles',
  sendServiceTokensTo: 'sendServiceTokensTo',
} as const;

export const VIEW_TYPES = {
  tokenPanel: 'why401.tokenPanel',
  explanationPanel: 'why401.explanationPanel',
  signInPanel: 'why401.signInPanel',
  setUpPanel: 'why401.setUpPanel',
} as const;

/** Views of the container "Why401" in the activity bar. */
export const VIEWS = {
  operations: 'why401.operations',
  request: 'why401.request',
  identities: 'why401.identities',
} as const;

/** Language of `.jwt` files. */
export const JWT_LANGUAGE = 'why401-jwt';

/** Languages whose files get a CodeLens above each token, and wake the extension. */
export const LENS_LANGUAGES = [
  JWT_LANGUAGE,
  'http',
  'dotenv',
  'properties',
  'json',
  'jsonc',
  'jsonl',
  'yaml',
  'markdown',
  'plaintext',
  'log',
] as const;

/** Id of the authentication provider that shares tokens with other extensions. */
export const AUTHENTICATION_PROVIDER = 'why401';

/** Scheme of the read-only documents that show answers: they exist in memory only. */
export const DOCUMENT_SCHEME = 'why401';

/** Keys in the extension's mementos. `global` is never synced and cannot be brought by a workspace. */
export const STATE_KEYS = {
  trustedHosts: 'trustedHosts',
  signInConsents: 'signInConsents',
  lastProfile: 'lastProfile',
  bindings: 'bindings',
  audienceConsents: 'audienceConsents',
} as const;
