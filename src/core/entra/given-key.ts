import { exportJWK, importSPKI, importX509 } from 'jose';
import { type PublishedKey, readKeySet } from './metadata.ts';
import { type PrivatePart, privatePartIn } from './private-key.ts';

/** Why a pasted text is no key to verify with. */
export type GivenKeyFault = 'empty' | 'tooLong' | PrivatePart | 'noKey';

/** Keys somebody pasted: public data, whose origin nobody vouches for. */
export type GivenKeys =
  | { ok: true; form: 'keySet' | 'key' | 'pem' | 'certificate'; keys: PublishedKey[] }
  | { ok: false; fault: GivenKeyFault };

const LONGEST_TEXT = 1024 * 1024;
/** Base64 has no hyphen, so that the search for the end of a block stops at the next one: the work stays linear. */
const PEM = /-----BEGIN ([A-Z0-9 ]{1,40})-----[^-]{1,100000}-----END \1-----/g;
const MOST_BLOCKS = 200;
/** One of each type and curve: what a PEM holds is tried, since its text does not say. */
const ALGORITHMS = ['RS256', 'ES256', 'ES384', 'ES512', 'Ed25519'];

/**
 * Reads pasted text as keys to verify with: a JWK set or single JWK (RFC 7517), or PEM with public keys or certificates.
 * Text that holds a private key or a shared secret is refused whole, and nothing of it is in the result.
 * A key that stands alone loses its `kid`: whoever gives one key means that one. Never throws.
 */
export async function readGivenKeys(text: string): Promise<GivenKeys> {
  const trimmed = text.trim();
  if (trimmed === '') return { ok: false, fault: 'empty' };
  if (trimmed.length > LONGEST_TEXT) return { ok: false, fault: 'tooLong' };
  const fault = privatePartIn(trimmed);
  if (fault) return { ok: false, fault };
  return trimmed.startsWith('{') ? readJsonKeys(trimmed) : readPemKeys(trimmed);
}

/** True for text that somebody would give as keys, readable or not. */
export function looksLikeKeys(text: string): boolean {
  return /-----BEGIN |"kty"\s*:/.test(text);
}

function readJsonKeys(text: string): GivenKeys {
  const asResponse = (keysText: string) => ({ status: 200, contentType: 'application/json', text: keysText });
  const keySet = readKeySet(asResponse(text));
  const single = keySet.ok ? keySet : readKeySet(asResponse(`{"keys":[${text}]}`));
  if (!single.ok || single.value.length === 0) return { ok: false, fault: 'noKey' };
  return { ok: true, form: keySet.ok ? 'keySet' : 'key', keys: withoutLoneKid(single.value) };
}

async function readPemKeys(text: string): Promise<GivenKeys> {
  const blocks = text.match(PEM) ?? (/^MI[A-Za-z0-9+/=\s]+$/.test(text) ? [asCertificate(text)] : []);
  if (blocks.length > MOST_BLOCKS) return { ok: false, fault: 'tooLong' };
  const keys = (await Promise.all(blocks.map(readPemBlock))).filter((key) => key !== undefined);
  if (keys.length === 0) return { ok: false, fault: 'noKey' };
  return { ok: true, form: /CERTIFICATE/.test(blocks[0] ?? '') ? 'certificate' : 'pem', keys };
}

/** Bare base64, as in `x5c` and federation metadata. */
function asCertificate(base64: string): string {
  return `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----`;
}

async function readPemBlock(pem: string): Promise<PublishedKey | undefined> {
  const importPem = /^-----BEGIN (X509 |TRUSTED )?CERTIFICATE/.test(pem) ? importX509 : importSPKI;
  for (const algorithm of ALGORITHMS) {
    try {
      const jwk = await exportJWK(await importPem(pem, algorithm, { extractable: true }));
      if (jwk.kty !== undefined) return { ...jwk, kty: jwk.kty };
    } catch {
      // Another type of key than this algorithm wants.
    }
  }
  return undefined;
}

function withoutLoneKid(keys: PublishedKey[]): PublishedKey[] {
  const [only] = keys;
  if (!only || keys.length > 1) return keys;
  const { kid: _kid, ...key } = only;
  return [key];
}
