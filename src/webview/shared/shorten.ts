const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A GUID by its first and last digits, `3f2a7c1e…9c1e`; anything else is shortened only when long. */
export function shortenId(text: string): string {
  return GUID.test(text) ? shortenMiddle(text, 13) : shortenMiddle(text, 40);
}

/** Cuts a text in its middle, so that both ends stay recognisable. */
export function shortenMiddle(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const tail = Math.floor((maxLength - 1) / 3);
  return `${text.slice(0, maxLength - 1 - tail)}…${text.slice(-tail)}`;
}

/** `1234 characters`, or kilobytes for what nobody counts. */
export function nameLength(text: string): string {
  return text.length < 10_000 ? `${text.length} characters` : `${Math.round(text.length / 1000)} kB`;
}

/** Shortens every GUID in a text, and leaves the rest as it is. */
export function shortenIdsIn(text: string): string {
  return text.replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, shortenId);
}
