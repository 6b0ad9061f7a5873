import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import jwt from 'jsonwebtoken';
import jwksRsa from 'jwks-rsa';
import * as at from '../entra-fixture.ts';
import type { Peer, PeerBuild } from './recorded-peers.ts';
import { ALGORITHMS, PUBLISHED, type TokenPair } from './token-pairs.ts';

/** What another validator makes of a pair. `why` is its own word for a refusal. */
export interface PeerAnswer {
  accepts: boolean;
  why?: string;
}

/** The tolerance all three have when nobody gives one. */
const OWN_SKEW_SEC = 0;

const keyClientOf = (keys: readonly object[]) =>
  jwksRsa({ jwksUri: 'https://keys.invalid', fetcher: async () => ({ keys }) });
const publishedClient = keyClientOf(PUBLISHED);

/** `jsonwebtoken`, with the key that `jwks-rsa` finds. */
export async function askJsonwebtoken(pair: TokenPair): Promise<PeerAnswer> {
  const { raw, issuer, audiences, clockSkewSec, keys } = pair;
  try {
    const { kid } = jwt.decode(raw, { complete: true })?.header ?? {};
    const key = await (keys ? keyClientOf(keys) : publishedClient).getSigningKey(kid);
    jwt.verify(raw, key.getPublicKey(), {
      algorithms: [...ALGORITHMS] as jwt.Algorithm[],
      issuer,
      audience: audiences as [string, ...string[]],
      clockTolerance: clockSkewSec ?? OWN_SKEW_SEC,
      clockTimestamp: at.NOW_SEC,
    });
    return { accepts: true };
  } catch (error) {
    return { accepts: false, why: String(error) };
  }
}

const keySetOf = (keys: readonly object[]) => createLocalJWKSet({ keys } as unknown as JSONWebKeySet);
const publishedSet = keySetOf(PUBLISHED);

export async function askJose({ raw, issuer, audiences, clockSkewSec, keys }: TokenPair): Promise<PeerAnswer> {
  try {
    const currentDate = new Date(at.NOW_MS);
    const clockTolerance = clockSkewSec ?? OWN_SKEW_SEC;
    await jwtVerify(raw, keys ? keySetOf(keys) : publishedSet, {
      algorithms: [...ALGORITHMS],
      issuer,
      audience: audiences,
      clockTolerance,
      currentDate,
    });
    return { accepts: true };
  } catch (error) {
    return { accepts: false, why: String(error) };
  }
}

const SCRIPT = join(dirname(fileURLToPath(import.meta.url)), 'pyjwt.py');

/** A Python that has PyJWT with cryptography: Debian's python3-jwt. Undefined where there is none. */
export function findPython(): string | undefined {
  return ['/usr/bin/python3', 'python3'].find(
    (python) => spawnSync(python, ['-c', 'import jwt, cryptography']).status === 0,
  );
}

/** Which build of a peer from npm is installed. */
export function installedBuild(peer: Exclude<Peer, 'pyjwt'>): PeerBuild {
  const folder = join(dirname(SCRIPT), '../../../../node_modules', peer);
  return { peer, version: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version };
}

/** Where Debian puts Python's packages; a package manager of Python's puts them elsewhere. */
const DEBIAN_FOLDER = '/usr/lib/python3/dist-packages/';

function debianRevision(file: string): { revision?: string } {
  if (!file.startsWith(DEBIAN_FOLDER)) return {};
  const { stdout } = spawnSync('/usr/bin/dpkg-query', ['-s', 'python3-jwt'], { encoding: 'utf8' });
  const revision = /^Version: (.+)$/m.exec(stdout)?.[1];
  return revision === undefined ? {} : { revision };
}

/** All pairs in one process. */
export function askPyJwt(python: string, pairs: readonly TokenPair[]): { build: PeerBuild; answers: PeerAnswer[] } {
  const setup = { nowSec: at.NOW_SEC, keys: PUBLISHED, algorithms: ALGORITHMS };
  const questions = pairs.map((pair) => ({ ...pair, clockSkewSec: pair.clockSkewSec ?? OWN_SKEW_SEC }));
  const input = [setup, ...questions].map((line) => JSON.stringify(line)).join('\n');
  const { status, stdout, stderr } = spawnSync(python, ['-W', 'ignore', SCRIPT], {
    input,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`PyJWT: ${stderr}`);
  const [{ version, file }, ...answers] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { build: { peer: 'pyjwt', version, ...debianRevision(file) }, answers };
}
