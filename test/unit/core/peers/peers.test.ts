import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { ApiProfile } from '../../../../src/core/entra/api-profile.ts';
import { KeyStore } from '../../../../src/core/entra/key-store.ts';
import type { CheckId, ReasonId } from '../../../../src/core/gates/check.ts';
import type { VersionedVerdict } from '../../../../src/core/gates/judgement.ts';
import { validateToken } from '../../../../src/core/why/validate.ts';
import type { ReportLine, ValidationReport } from '../../../../src/core/why/validation-report.ts';
import * as at from '../entra-fixture.ts';
import { askJose, askJsonwebtoken, askPyJwt, findPython, installedBuild, type PeerAnswer } from './peers.ts';
import {
  nameBuild,
  type Peer,
  type PeerBuild,
  type RecordedPeer,
  readRecordedPeers,
  recognisePeer,
  recordPeer,
} from './recorded-peers.ts';
import { makePairs, PUBLISHED, type TokenPair } from './token-pairs.ts';

const COUNT = 2400;
const SEED = 401;

/** What the peers look at too. Tenant, kind, version, permissions and clients are the product's own. */
const SHARED: readonly CheckId[] = [
  ...(['structure', 'algorithm', 'key', 'signature', 'issuer', 'audience', 'expiry', 'notBefore'] as const),
];

/**
 * Where the product does not pass what some build of a peer accepts, and why not. Each must occur, each time with no
 * other reason.
 */
const STRICTER: { reason: ReasonId; peers: readonly Peer[]; why: string }[] = [
  {
    reason: 'duplicateNames',
    peers: ['jose', 'jsonwebtoken', 'pyjwt'],
    why: 'All three take the last of two members without a word, and another reader may take the first: open.',
  },
  {
    reason: 'notCanonical',
    peers: ['jose', 'jsonwebtoken', 'pyjwt'],
    why: 'The same token in another spelling; RFC 4648 §3.5 lets a reader refuse it: open.',
  },
  { reason: 'padded', peers: ['jose', 'pyjwt'], why: 'RFC 7515 §2 wants no padding: open.' },
  {
    reason: 'standardBase64',
    peers: ['pyjwt'],
    why: 'RFC 7515 §2 wants the URL-safe alphabet; PyJWT reads both: refused.',
  },
  { reason: 'notUtf8', peers: ['jsonwebtoken'], why: 'It reads bytes that are no UTF-8 as U+FFFD: refused.' },
  { reason: 'tooLarge', peers: ['jose', 'jsonwebtoken', 'pyjwt'], why: 'Only .NET has a limit (250 KB): refused.' },
  {
    reason: 'keyTooSmall',
    peers: ['jsonwebtoken', 'pyjwt'],
    why: 'RSA under 2048 bits, which RFC 7518 §3.3 forbids: open.',
  },
  {
    reason: 'signatureCritical',
    peers: ['jsonwebtoken', 'pyjwt'],
    why: 'They ignore crit, PyJWT until 2.12, where RFC 7515 §4.1.11 demands a refusal: open.',
  },
  {
    reason: 'keyIdNotText',
    peers: ['pyjwt'],
    why: 'PyJWT before 2.12 finds a key of the same number; whether it is refused hangs on version and key set: open.',
  },
  { reason: 'issuedIsText', peers: ['pyjwt'], why: 'PyJWT 2.6 refuses it, older and newer ones do not: open.' },
  {
    reason: 'expiryMissing',
    peers: ['jose', 'jsonwebtoken', 'pyjwt'],
    why: 'A token that never ends is refused, whatever a validator does by itself.',
  },
  {
    reason: 'timeNotFinite',
    peers: ['jose', 'jsonwebtoken'],
    why: '1e999 is Infinity to them, that is “never”: refused.',
  },
];

/** Reasons that only say that a check could not be made, since another failed. */
const CONSEQUENCES: readonly ReasonId[] = ['notReadable', 'keyMissing', 'signatureUnreadable'];

/** Where the product passes what every peer refuses. */
const LAXER: { why: string; applies: (pair: TokenPair, answer: PeerAnswer) => boolean }[] = [
  {
    why: 'Application ids are compared without regard to case: a profile may write its own either way.',
    applies: ({ raw, audiences }, { why }) =>
      /audience|"aud"/i.test(why ?? 'audience') &&
      audiences.includes(at.API_ID) &&
      readAudience(raw) === at.API_ID.toUpperCase(),
  },
];

function readAudience(raw: string): unknown {
  return JSON.parse(Buffer.from(raw.split('.')[1] ?? '', 'base64url').toString()).aud;
}

const pairs = [...makePairs(COUNT, SEED)];
const keys = { keys: PUBLISHED };
const documents = { ...at.tenantDocuments(), [at.V2_KEYS_URL]: keys, [at.V1_KEYS_URL]: keys };
const keyStore = new KeyStore(at.fakeFetch(documents).fetchText, () => at.NOW_MS);

function askProduct({ raw, issuer, audiences, clockSkewSec }: TokenPair, validator?: Peer): Promise<ValidationReport> {
  const { clockSkewSec: _skew, ...bare } = at.PROFILE;
  const given = { ...(clockSkewSec === undefined ? {} : { clockSkewSec }), ...(validator ? { validator } : {}) };
  const profile: ApiProfile = { ...bare, issuers: [issuer], audiences, ...given };
  return validateToken({ raw, profile, keyStore, mayFetch: async () => true, nowMs: at.NOW_MS });
}

function openLines({ lines }: ValidationReport): ReportLine[] {
  return lines.filter(({ id, verdict }) => SHARED.includes(id) && verdict !== 'passed');
}

/** Why lines are open, without those that only follow from another. */
function openReasons(open: readonly ReportLine[]): ReasonId[] {
  return open.map(({ reason }) => reason).filter((reason) => !CONSEQUENCES.includes(reason));
}

interface Comparison {
  accepted: number;
  refused: number;
  /** Reasons of the table that explained something. */
  used: Set<string>;
  unexplained: string[];
}

/** Sets the product's answer, for an API with this validator, beside the validator's own. */
async function compare(peer: Peer, answers: readonly PeerAnswer[]): Promise<Comparison> {
  assert.equal(answers.length, pairs.length);
  const comparison: Comparison = { accepted: 0, refused: 0, used: new Set(), unexplained: [] };
  for (const [position, pair] of pairs.entries()) {
    const answer = answers[position];
    assert.ok(answer);
    const open = openLines(await askProduct(pair, peer));
    const refuses = open.some(({ verdict }) => verdict === 'failed');
    if (answer.accepts && open.length === 0) comparison.accepted++;
    else if (!answer.accepts && refuses) comparison.refused++;
    else if (!explain(peer, pair, answer, open, comparison.used))
      comparison.unexplained.push(describePair(pair, answer, open));
  }
  return comparison;
}

function explain(peer: Peer, pair: TokenPair, answer: PeerAnswer, open: ReportLine[], used: Set<string>): boolean {
  if (open.length === 0) return LAXER.some(({ applies }) => applies(pair, answer));
  const reasons = openReasons(open);
  const known = STRICTER.filter(({ peers }) => peers.includes(peer)).map(({ reason }) => reason);
  if (reasons.length === 0 || !reasons.every((reason) => known.includes(reason))) return false;
  for (const reason of reasons) used.add(reason);
  return true;
}

function describePair(
  { made, clockSkewSec, raw }: TokenPair,
  { accepts, why }: PeerAnswer,
  open: ReportLine[],
): string {
  const lines = open.map(({ id, verdict, reason }) => `${id} ${verdict} ${reason}`).join(', ') || 'accepts';
  const peer = accepts ? 'accepts' : `refuses (${why})`;
  return `${made}, skew ${clockSkewSec}: product ${lines}; peer ${peer}: ${raw.slice(0, 2000)}`;
}

function assertExplained({ accepted, refused, unexplained }: Comparison): void {
  assert.deepEqual(unexplained, []);
  assert.ok(accepted > COUNT / 5 && refused > COUNT / 5, `${accepted} accepted and ${refused} refused by both`);
}

/**
 * The build this machine has. One that is recorded, or answers like one, is held against the product; any other is
 * reported: what a test finds must not hang on the day a machine was set up.
 */
async function checkLivePeer(context: TestContext, build: PeerBuild, answers: readonly PeerAnswer[]): Promise<void> {
  const found: RecordedPeer = { ...build, accepts: answers.map(({ accepts }) => accepts) };
  if (process.env.WHY401_RECORD_PEERS) recordPeer(found);
  const { kind, as, differing } = recognisePeer(found, readRecordedPeers());
  const comparison = await compare(build.peer, answers);
  context.diagnostic(`${nameBuild(build)}: ${kind}, as ${nameBuild(as)}`);
  if (kind === 'unknown') {
    const made = [...new Set(differing.map((at) => pairs[at]?.made))].join('; ');
    const line = `NOT COMPARED: ${nameBuild(build)} is not recorded and answers ${differing.length} tokens otherwise than ${nameBuild(as)} (${made}); ${comparison.unexplained.length} are not explained. WHY401_RECORD_PEERS=1 records it.`;
    context.diagnostic(line);
    console.error(`\n━━━━ ${line} ━━━━\n`);
    return;
  }
  assert.deepEqual(differing, [], `${nameBuild(build)} answers otherwise than it was recorded`);
  assertExplained(comparison);
}

const recorded = readRecordedPeers().map((build) => ({ ...build, accepts: build.accepts.slice(0, COUNT) }));
const python = findPython();

describe(`${COUNT} tokens`, { timeout: 300_000 }, () => {
  test('an API with jsonwebtoken answers as the product says', async (context) => {
    await checkLivePeer(context, installedBuild('jsonwebtoken'), await Promise.all(pairs.map(askJsonwebtoken)));
  });

  test('an API with jose answers as the product says', async (context) => {
    await checkLivePeer(context, installedBuild('jose'), await Promise.all(pairs.map(askJose)));
  });

  test('an API with PyJWT answers as the product says', needsPython(), async (context) => {
    const { build, answers } = askPyJwt(python ?? '', pairs);
    await checkLivePeer(context, build, answers);
  });

  test('every build that was recorded answered as the product says, and every explanation explains something', async () => {
    const used: Record<Peer, Set<string>> = { jose: new Set(), jsonwebtoken: new Set(), pyjwt: new Set() };
    for (const { peer, accepts } of recorded) {
      const comparison = await compare(
        peer,
        accepts.map((answer) => ({ accepts: answer })),
      );
      assertExplained(comparison);
      for (const reason of comparison.used) used[peer].add(reason);
    }
    for (const [peer, reasons] of Object.entries(used)) {
      const expected = STRICTER.filter(({ peers }) => peers.some((one) => one === peer)).map(({ reason }) => reason);
      assert.deepEqual(
        [...reasons].sort(),
        expected.sort(),
        `${peer}: an explanation that explains nothing is out of date`,
      );
    }
  });

  test('where the version of a validator decides, the product says which version answers how', async () => {
    const seen = new Set<string>();
    for (const [position, pair] of pairs.entries()) {
      if (pair.made.includes(' + ')) continue;
      const report = await askProduct(pair);
      const [only, ...more] = report.disagreements ?? [];
      if (!only || more.length > 0 || openReasons(openLines(report)).some((reason) => reason !== only.reason)) continue;
      for (const build of recorded) {
        const verdicts = only.answers.find(({ validator }) => validator === build.peer)?.byVersion;
        if (!verdicts) continue;
        const said = build.accepts[position] ? 'accepts' : 'refuses';
        assert.ok(
          possibleVerdicts(verdicts, build).includes(said),
          describePair(pair, { accepts: build.accepts[position] ?? false, why: nameBuild(build) }, openLines(report)),
        );
        seen.add(`${only.reason} ${said}`);
      }
    }
    for (const reason of ['signatureCritical', 'notCanonical', 'standardBase64', 'issuedIsText'])
      assert.ok(seen.has(`${reason} accepts`) && seen.has(`${reason} refuses`), reason);
  });

  test('where these validators differ, in any recorded build, the report says so, with the answer of each', async () => {
    let differing = 0;
    const unsaid: string[] = [];
    for (const [position, pair] of pairs.entries()) {
      const answers = recorded.map(({ accepts, ...build }) => ({ ...build, accepts: accepts[position] }));
      if (new Set(answers.map(({ accepts }) => accepts)).size === 1) continue;
      differing++;
      const { disagreements = [] } = await askProduct(pair);
      const refusing = answers.filter(({ accepts }) => !accepts).map(({ peer }) => peer);
      const isSaid = refusing.every((peer) =>
        disagreements.some((one) =>
          one.answers.some(({ validator, verdict }) => validator === peer && verdict !== 'accepts'),
        ),
      );
      if (!isSaid)
        unsaid.push(`${JSON.stringify(answers)} ${pair.made} ${pair.clockSkewSec}: ${pair.raw.slice(0, 2000)}`);
    }
    assert.ok(differing > COUNT / 20, `${differing} differ`);
    assert.deepEqual(unsaid, []);
  });
});

/** What a build may answer: that of its version; a distribution's also that of a later one, brought to it. */
function possibleVerdicts(verdicts: readonly VersionedVerdict[], { version, revision }: PeerBuild): string[] {
  const isReached = ({ since }: VersionedVerdict) => since === undefined || !isOlder(version, since);
  const own = verdicts.filter(isReached).at(-1)?.verdict ?? '';
  const later = verdicts.filter((one) => !isReached(one)).map(({ verdict }) => verdict);
  return [own, ...(revision === undefined ? [] : later)];
}

function isOlder(version: string, other: string): boolean {
  return version.localeCompare(other, 'en', { numeric: true }) < 0;
}

/** PyJWT is no dependency: skipped, and loudly, where the machine has none. In CI it has to be there. */
function needsPython(): { skip: string | false } {
  if (python) return { skip: false };
  const line = 'SKIPPED: no Python with PyJWT and cryptography here (Debian: python3-jwt)';
  if (process.env.CI) throw new Error(line);
  console.error(`\n━━━━ ${line} ━━━━\n`);
  return { skip: line };
}
