/** Rows the engine does not yet name, by `call: change`. */
export const OPEN_ROWS: ReadonlySet<string> = new Set<string>([]);
