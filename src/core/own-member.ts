/**
 * The member of a table that untrusted text names: of the table itself, never of its prototype (`constructor`). Undefined for
 * any other name.
 */
export function ownMember<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
