import { createHmac, randomBytes } from 'node:crypto';
import { CompactEncrypt } from 'jose';
import { APPS, FABRIKAM } from './entra-tenant.ts';
import { createEntraKey } from './signing-key.ts';
import type { TokenMint } from './token-mint.ts';
import { encodePart, type Members } from './token-signing.ts';

const HOUR_SEC = 3600;
/** Makes a token of over 300 KB; .NET validators refuse above 250 KB. */
const OVERSIZED_CLAIM_BYTES = (300 * 1024 * 3) / 4;

/** Text that must reach no renderer as markup, no notification as a link and no terminal as a control sequence. */
export const HOSTILE_TEXTS = {
  name: '<img src=x onerror="alert(1)"><script>alert(2)</script>',
  preferred_username: '[click me](command:workbench.action.terminal.new)',
  roles: ['command:workbench.action.quit', '</style><style>*{display:none}'],
  '<b>claim</b>': 'javascript:alert(3)',
  quoted: '"><svg onload=alert(4)>',
  terminal: '\u001b]8;;https://example.invalid\u0007link\u001b]8;;\u0007',
  bidi: 'admin\u202Egnp.exe',
} as const satisfies Members;

/** Every way a token of the lab can be wrong, one fault each, in an otherwise right v2 access token of the Orders API. */
export const TOKEN_FAULTS = {
  expired: (mint: TokenMint) => mint.accessTokenV2({ issuedSecAgo: 3 * HOUR_SEC, lifetimeSec: HOUR_SEC }),
  notYetValid: (mint: TokenMint) => mint.accessTokenV2({ issuedSecAgo: -HOUR_SEC }),
  otherAudience: (mint: TokenMint) => mint.accessTokenV2({ payload: { aud: APPS.invoicesApi.id } }),
  otherTenant: (mint: TokenMint) => mint.accessTokenV2({ tenant: FABRIKAM }),
  otherClient: (mint: TokenMint) => mint.accessTokenV2({ client: APPS.invoicesApi }),
  missingScope: (mint: TokenMint) => mint.accessTokenV2({ scopes: ['Orders.Ping'] }),
  noExpiry: (mint: TokenMint) => mint.accessTokenV2({ payload: { exp: undefined } }),
  tamperedPayload: async (mint: TokenMint) => {
    const [header, payload, signature] = partsOf(await mint.accessTokenV2());
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Members;
    return `${header}.${encodePart(JSON.stringify({ ...claims, roles: ['Admin'] }))}.${signature}`;
  },
  tamperedSignature: async (mint: TokenMint) => {
    const [header, payload, signature] = partsOf(await mint.accessTokenV2());
    const bytes = Buffer.from(signature, 'base64url');
    bytes.writeUInt8(bytes.readUInt8(20) ^ 0xff, 20);
    return `${header}.${payload}.${encodePart(bytes)}`;
  },
  emptySignature: async (mint: TokenMint) => {
    const [header, payload] = partsOf(await mint.accessTokenV2());
    return `${header}.${payload}.`;
  },
  unknownKid: async (mint: TokenMint) => mint.accessTokenV2({ key: await createEntraKey() }),
  /** A key nobody published under the `kid` of a published one. */
  forgedKey: async (mint: TokenMint) =>
    mint.accessTokenV2({ key: await createEntraKey(), header: { kid: mint.options.keys.shared.current.kid } }),
  noKid: (mint: TokenMint) => mint.accessTokenV2({ header: { kid: undefined } }),
  /** The key of personal accounts under a work tenant's issuer: rightly signed, by the wrong issuer's key. */
  keyOfOtherIssuer: (mint: TokenMint) => mint.accessTokenV2({ key: mint.options.keys.consumers.current }),
  algNone: async (mint: TokenMint) => {
    const [, payload] = partsOf(await mint.accessTokenV2());
    return `${encodePart(JSON.stringify({ typ: 'JWT', alg: 'none' }))}.${payload}.`;
  },
  /** The classic key confusion: the public key, which everybody has, used as an HMAC secret. */
  hs256WithPublicKey: async (mint: TokenMint) => {
    const { kid, publicKey } = mint.options.keys.shared.current;
    const [, payload] = partsOf(await mint.accessTokenV2());
    const signed = `${encodePart(JSON.stringify({ typ: 'JWT', alg: 'HS256', kid }))}.${payload}`;
    const secret = publicKey.export({ type: 'spki', format: 'pem' });
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  },
  unknownCritical: (mint: TokenMint) => mint.accessTokenV2({ header: { crit: ['lab'], lab: true } }),
  wrongClaimTypes: (mint: TokenMint) =>
    mint.accessTokenV2({
      payload: { exp: 'soon', nbf: true, aud: 5, iss: ['x'], tid: null, scp: ['Orders.Read'], roles: 'Admin', ver: 2 },
    }),
  hostileClaims: (mint: TokenMint) => mint.accessTokenV2({ payload: { ...HOSTILE_TEXTS } }),
  duplicateClaim: async (mint: TokenMint) => {
    const [, payload] = partsOf(await mint.accessTokenV2());
    const text = Buffer.from(payload, 'base64url').toString();
    return mint.accessTokenV2({ payloadText: text.replace(/\}$/, ',"aud":"someone-else"}') });
  },
  payloadNotJson: (mint: TokenMint) => mint.accessTokenV2({ payloadText: '{"aud": "orders", }' }),
  payloadNotObject: (mint: TokenMint) => mint.accessTokenV2({ payloadText: '["orders"]' }),
  headerNotJson: (mint: TokenMint) => mint.accessTokenV2({ headerText: 'alg=RS256' }),
  notBase64url: async (mint: TokenMint) => {
    const [header, payload, signature] = partsOf(await mint.accessTokenV2());
    return `${header}.${payload.slice(0, 10)}!${payload.slice(11)}.${signature}`;
  },
  binaryGarbage: async () =>
    `${encodePart(randomBytes(64))}.${encodePart(randomBytes(512))}.${encodePart(randomBytes(256))}`,
  onePart: async (mint: TokenMint) => partsOf(await mint.accessTokenV2())[1],
  twoParts: async (mint: TokenMint) =>
    partsOf(await mint.accessTokenV2())
      .slice(0, 2)
      .join('.'),
  fourParts: async (mint: TokenMint) => `${await mint.accessTokenV2()}.extra`,
  oversized: (mint: TokenMint) => mint.accessTokenV2({ payload: { padding: 'x'.repeat(OVERSIZED_CLAIM_BYTES) } }),
  /** A JWE, five parts: only the API that holds the key can read it. */
  encrypted: async (mint: TokenMint) =>
    new CompactEncrypt(Buffer.from(await mint.accessTokenV2()))
      .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM', typ: 'JWT', cty: 'JWT' })
      .encrypt(mint.options.keys.shared.current.publicKey),
} as const satisfies Record<string, (mint: TokenMint) => Promise<string>>;

export type TokenFault = keyof typeof TOKEN_FAULTS;

/** A token with exactly this fault. */
export function mintFaulty(mint: TokenMint, fault: TokenFault): Promise<string> {
  return TOKEN_FAULTS[fault](mint);
}

function partsOf(token: string): [header: string, payload: string, signature: string] {
  const [header = '', payload = '', signature = ''] = token.split('.');
  return [header, payload, signature];
}
