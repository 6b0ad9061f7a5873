import { spawnSync } from 'node:child_process';
import { createPublicKey, randomBytes, verify as verifyBare } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { jwtDecode } from 'jwt-decode';
import type { ApiProfile } from '../../src/core/entra/api-profile.ts';
import { KeyStore } from '../../src/core/entra/key-store.ts';
import { findTokens } from '../../src/core/token/find-tokens.ts';
import { readToken } from '../../src/core/token/read-token.ts';
import { validateToken } from '../../src/core/why/validate.ts';

const LOG_BYTES = 50 * 1024 * 1024;
const LINES_PER_TOKEN = 200;
const VALIDATED = 10_000;
const DECODED = 20_000;
/** As many as a table of a file's tokens has under way at a time. */
const AT_A_TIME = 64;
const TENANT = '11111111-aaaa-4bbb-8ccc-000000000001';
const API_ID = '33333333-aaaa-4bbb-8ccc-000000000003';
const LOGIN = 'https://login.microsoftonline.com';

/** One round: how the product's work stands to the yardstick's, in the same process, one after the other. */
export interface TokenSpeed {
  /** Time to find the tokens of 50 MB of log in memory, over ripgrep's whole command on the same file. */
  findOverRipgrep: number;
  /** Bare `crypto.verify` of 10,000 tokens over validating them. */
  verifyOverValidate: number;
  /** `jwt-decode` of header and payload over reading the token. */
  jwtDecodeOverRead: number;
}

/** Ratios of `rounds` rounds; `ripgrep` is the program's path. */
export async function measureTokenSpeed(ripgrep: string, rounds: number): Promise<TokenSpeed[]> {
  const world = await makeWorld();
  const folder = mkdtempSync(join(tmpdir(), 'why401-bench-'));
  try {
    const file = join(folder, 'app.log');
    const text = logWith(world.tokens[0] ?? '');
    writeFileSync(file, text);
    const measured: TokenSpeed[] = [];
    for (let round = 0; round < rounds; round++) {
      measured.push({
        findOverRipgrep: findingMs(text) / ripgrepMs(ripgrep, file),
        verifyOverValidate: bareVerifyMs(world) / (await validatingMs(world)),
        jwtDecodeOverRead: jwtDecodeMs(world) / readingMs(world),
      });
    }
    return measured;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface World {
  tokens: string[];
  jwk: Record<string, unknown>;
}

async function makeWorld(): Promise<World> {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const nowSec = Math.floor(Date.now() / 1000);
  const sign = (number: number) =>
    new SignJWT({
      ...{ iss: `${LOGIN}/${TENANT}/v2.0`, tid: TENANT, ver: '2.0', aud: API_ID, azp: API_ID, azpacr: '0' },
      ...{ iat: nowSec, nbf: nowSec, exp: nowSec + 36_000, sub: `s${number}`, oid: `o${number}`, scp: 'Orders.Read' },
      ...{ name: 'Megan Bowen', preferred_username: 'megan@contoso.example', uti: randomBytes(16).toString('hex') },
    })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'k' })
      .sign(privateKey);
  const tokens: string[] = [];
  for (let number = 0; number < VALIDATED; number++) tokens.push(await sign(number));
  return { tokens, jwk: { ...(await exportJWK(publicKey)), kid: 'k', use: 'sig' } };
}

function logWith(token: string): string {
  const plain =
    '2026-11-22T10:00:00.000Z info  orders-api GET /api/orders/42 200 12ms trace=4bf92f3577b34da6a3ce929d0e0e4736\n';
  const block = `${plain.repeat(LINES_PER_TOKEN)}2026-11-22T10:00:01.000Z debug Authorization: Bearer ${token}\n`;
  return block.repeat(Math.ceil(LOG_BYTES / block.length)).slice(0, LOG_BYTES);
}

function findingMs(text: string): number {
  return timed(() => {
    if (findTokens(text).length === 0) throw new Error('no token was found');
  });
}

function ripgrepMs(ripgrep: string, file: string): number {
  const pattern = 'eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+';
  return timed(() => {
    const { status, error } = spawnSync(ripgrep, ['--only-matching', pattern, file], { maxBuffer: LOG_BYTES });
    if (status !== 0) throw new Error(`ripgrep ended with ${status}`, { cause: error });
  });
}

async function validatingMs({ tokens, jwk }: World): Promise<number> {
  const profile: ApiProfile = {
    origin: 'user',
    authority: { kind: 'entra', loginBase: LOGIN, tenant: TENANT, cloud: 'public' },
    tokenVersions: [2],
    appId: API_ID,
    accepts: [{ scopes: ['Orders.Read'], roles: [] }],
    clockSkewSec: 0,
  };
  const documents: Record<string, unknown> = {
    [`${LOGIN}/${TENANT}/v2.0/.well-known/openid-configuration`]: {
      issuer: `${LOGIN}/${TENANT}/v2.0`,
      jwks_uri: `${LOGIN}/keys`,
    },
    [`${LOGIN}/keys`]: { keys: [jwk] },
  };
  const keyStore = new KeyStore(
    async (url) => ({
      ok: true,
      response: { status: 200, contentType: 'application/json', text: JSON.stringify(documents[url]) },
    }),
    Date.now,
  );
  const validate = async (raw: string) => {
    const report = await validateToken({ raw, profile, keyStore, mayFetch: async () => true, nowMs: Date.now() });
    const isGenuine = report.lines.some(({ reason }) => reason === 'signatureValid');
    if (!isGenuine || report.verdict === 'refuses') throw new Error('a genuine token was refused');
  };
  const startMs = performance.now();
  for (let first = 0; first < tokens.length; first += AT_A_TIME) {
    await Promise.all(tokens.slice(first, first + AT_A_TIME).map(validate));
  }
  return performance.now() - startMs;
}

function bareVerifyMs({ tokens, jwk }: World): number {
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  return timed(() => {
    for (const token of tokens) {
      const end = token.lastIndexOf('.');
      const signature = Buffer.from(token.slice(end + 1), 'base64url');
      if (!verifyBare('RSA-SHA256', Buffer.from(token.slice(0, end)), key, signature))
        throw new Error('a genuine signature was refused');
    }
  });
}

function readingMs({ tokens }: World): number {
  return timed(() => {
    for (let count = 0; count < DECODED; count++) {
      const { header, payload } = readToken(tokens[count % tokens.length] ?? '');
      if (!header || !payload) throw new Error('a token was not read');
    }
  });
}

function jwtDecodeMs({ tokens }: World): number {
  return timed(() => {
    for (let count = 0; count < DECODED; count++) {
      const token = tokens[count % tokens.length] ?? '';
      jwtDecode(token, { header: true });
      jwtDecode(token);
    }
  });
}

function timed(work: () => void): number {
  const startMs = performance.now();
  work();
  return performance.now() - startMs;
}
