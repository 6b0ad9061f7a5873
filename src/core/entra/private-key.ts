/**
 * Members that only a private or shared key has (RFC 7518 §6.2.2, §6.3.2, §6.4.1, RFC 8037 §2; `priv` in AKP keys, whose
 * registration is draft-ietf-cose-dilithium).
 */
export const PRIVATE_MEMBERS: readonly string[] = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];

/** True for a JWK, or what stands in the place of one, that tells more than a public key does: with it anybody can sign. */
export function hasPrivatePart(entry: unknown): boolean {
  if (typeof entry !== 'object' || entry === null) return false;
  return Object.entries(entry).some(
    ([name, value]) => PRIVATE_MEMBERS.includes(name) && value !== null && value !== '',
  );
}
