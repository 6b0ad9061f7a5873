/** Host name of an https address; undefined for any other scheme or text, which is then not offered as a link. */
export function hostOfSource(source: string | undefined): string | undefined {
  if (!source || !URL.canParse(source)) return undefined;
  const url = new URL(source);
  return url.protocol === 'https:' ? url.hostname : undefined;
}
