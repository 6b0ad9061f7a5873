/** What the engine does not name yet, by `call: change`; calls it accuses although they pass, by name. */
export const OPEN_ROWS: ReadonlySet<string> = new Set<string>([
  'gateway: a token that expired a minute ago',
  'gateway: the policy lists another tenant as issuer',
]);
