import { wellKnownAppName } from '../core/token/well-known-apps.ts';
import { plainHost } from './plain-text.ts';

/** A client by name and id, where it is one of Microsoft's; else by its id. */
export function clientInWords(clientId: string): string {
  const name = wellKnownAppName(clientId);
  return name === undefined ? plainHost(clientId) : `${name} (${plainHost(clientId)})`;
}

/** The scopes one by one: one text may hold several, with blanks between them. */
export function eachScope(scopes: readonly string[]): string[] {
  return scopes.flatMap((text) => text.split(/\s/)).filter((scope) => scope !== '');
}

/** Every scope whole, for a line of its own. */
export function scopeLines(scopes: readonly string[]): string[] {
  return eachScope(scopes).map(plainHost);
}
