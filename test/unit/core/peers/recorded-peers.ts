import { readFileSync, writeFileSync } from 'node:fs';
import type { ValidatorId } from '../../../../src/core/entra/api-profile.ts';

export type Peer = Extract<ValidatorId, 'jose' | 'jsonwebtoken' | 'pyjwt'>;

/** Which build of a peer answered. A distribution mends an old version and leaves its number as it is. */
export interface PeerBuild {
  peer: Peer;
  /** As the peer says itself. */
  version: string;
  /** Of the distribution's package, where it comes from one: `2.6.0-1+deb12u1`. */
  revision?: string;
}

/** What a build answered to the pairs of one seed, in their order. */
export interface RecordedPeer extends PeerBuild {
  accepts: boolean[];
}

const FILE = new URL('./recorded-peers.json', import.meta.url);

/** `accepts`: a bit a pair, first pair first, in base64. */
type WrittenPeer = PeerBuild & { accepts: string };

export function readRecordedPeers(): RecordedPeer[] {
  const written: WrittenPeer[] = JSON.parse(readFileSync(FILE, 'utf8'));
  return written.map(({ accepts, ...build }) => ({ ...build, accepts: readBits(accepts) }));
}

/** Puts a build's answers in place of those it gave before, beside those of other builds. */
export function recordPeer(peer: RecordedPeer): void {
  const others = readRecordedPeers().filter((other) => nameBuild(other) !== nameBuild(peer));
  const all = [...others, peer].sort((a, b) => nameBuild(a).localeCompare(nameBuild(b), 'en', { numeric: true }));
  const written = all.map(({ accepts, ...build }): WrittenPeer => ({ ...build, accepts: writeBits(accepts) }));
  writeFileSync(FILE, `${JSON.stringify(written, undefined, 2)}\n`);
}

export function nameBuild({ peer, version, revision }: PeerBuild): string {
  return `${peer} ${version}${revision === undefined ? '' : ` (${revision})`}`;
}

/**
 * Which recorded build a peer at hand is. `known`: this very build was recorded, and `differing` are the pairs it answers
 * otherwise now, which must be none. `alike`: another build of the same version with the same answers. `unknown`: a build
 * nobody has recorded, beside the nearest one that was.
 */
export type Recognition = { kind: 'known' | 'alike' | 'unknown'; as: RecordedPeer; differing: number[] };

export function recognisePeer(found: RecordedPeer, recorded: readonly RecordedPeer[]): Recognition {
  const same = recorded.filter(({ peer }) => peer === found.peer);
  const known = same.find((build) => nameBuild(build) === nameBuild(found));
  if (known) return { kind: 'known', as: known, differing: differingPairs(found, known) };
  const [nearest] = same
    .map((as) => ({ as, differing: differingPairs(found, as) }))
    .sort((a, b) => a.differing.length - b.differing.length);
  if (!nearest) throw new Error(`no ${found.peer} was ever recorded`);
  return { kind: nearest.differing.length === 0 ? 'alike' : 'unknown', ...nearest };
}

function differingPairs(one: RecordedPeer, other: RecordedPeer): number[] {
  const length = Math.max(one.accepts.length, other.accepts.length);
  return Array.from({ length }, (_, at) => at).filter((at) => one.accepts[at] !== other.accepts[at]);
}

function writeBits(bits: readonly boolean[]): string {
  const bytes = Buffer.alloc(Math.ceil(bits.length / 8));
  for (const [at, bit] of bits.entries()) if (bit) bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (0x80 >> (at & 7));
  return bytes.toString('base64');
}

function readBits(text: string): boolean[] {
  return [...Buffer.from(text, 'base64')].flatMap((byte) =>
    Array.from({ length: 8 }, (_, at) => (byte & (0x80 >> at)) !== 0),
  );
}
