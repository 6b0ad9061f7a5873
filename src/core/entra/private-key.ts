/**
 * Members that only a private or shared key has (RFC 7518 §6.2.2, §6.3.2, §6.4.1, RFC 8037 §2; `priv` in AKP keys, whose
 * registration is draft-ietf-cose-dilithium).
 */
export const PRIVATE_MEMBERS: readonly string[] = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];

/** What a text gives away: a key to sign with, or one that is shared with whoever signs. */
export type PrivatePart = 'privateKey' | 'secret';

const PRIVATE_PEM = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/;
/** Printable ASCII written as an escape, without `"` and `\`, which would make other text of what stands around them. */
const ESCAPED = /\\{1,8}u00(2[013-9a-f]|[3467][0-9a-f]|5[0-9abd-f])/gi;
/** With a value: key sets are also written with `null` or nothing for every part that a key does not have. */
const PRIVATE_MEMBER = new RegExp(
  String.raw`"(${PRIVATE_MEMBERS.join('|')})\\{0,8}"\s*:(?!\s*(?:null\b|\\{0,8}"\\{0,8}"))`,
  'g',
);
const SHARED_KEY = /"kty\\{0,8}"\s*:\s*\\{0,8}"oct\\{0,8}"/;

/**
 * Whether anybody who reads this text can sign: a private or shared part of a JWK, or a private key as PEM, wherever it
 * stands, in whatever it is nested, twice or in a string. It is looked for in the text: of two members of one name a reader
 * of JSON sees the last one only.
 */
export function privatePartIn(text: string): PrivatePart | undefined {
  const plain = text.replace(ESCAPED, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  const members = new Set(Array.from(plain.matchAll(PRIVATE_MEMBER), ([, name]) => name));
  const isShared = members.delete('k') || SHARED_KEY.test(plain);
  if (members.size > 0 || PRIVATE_PEM.test(plain)) return 'privateKey';
  return isShared ? 'secret' : undefined;
}
