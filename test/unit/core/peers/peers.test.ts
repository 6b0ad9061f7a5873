import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ApiProfile, ValidatorId } from '../../../../src/core/entra/api-profile.ts';
import { KeyStore } from '../../../../src/core/entra/key-store.ts';
import type { CheckId, ReasonId } from '../../../../src/core/gates/check.ts';
import { validateToken } from '../../../../src/core/why/validate.ts';
import type { ReportLine, ValidationReport } from '../../../../src/core/why/validation-report.ts';
import * as at from '../entra-fixture.ts';
import { askJose, askJsonwebtoken, askPyJwt, findPython, type PeerAnswer } from './peers.ts';
import { makePairs, PUBLISHED, type TokenPair } from './token-pairs.ts';

const COUNT = 2400;
const SEED = 401;

type Peer = Extract<ValidatorId, 'jose' | 'jsonwebtoken' | 'pyjwt'>;

/** What the peers look at too. Tenant, kind, version, permissions and clients are the product's own. */
const SHARED: readonly CheckId[] = [
  ...(['structure', 'algorithm', 'key', 'signature', 'issuer', 'audience', 'expiry', 'notBefore'] as const),
];

/** Where the product does not pass what a peer accepts, and why not. Each must occur, each time with no other reason. */
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
    why: 'They ignore crit, where RFC 7515 §4.1.11 demands a refusal: open.',
  },
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
      /audience|"aud"/i.test(why ?? '') &&
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
  const reasons = open.map(({ reason }) => reason).filter((reason) => !CONSEQUENCES.includes(reason));
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

function assertExplained(peer: Peer, { accepted, refused, used, unexplained }: Comparison): void {
  assert.deepEqual(unexplained, []);
  assert.ok(accepted > COUNT / 5 && refused > COUNT / 5, `${accepted} accepted and ${refused} refused by both`);
  const expected = STRICTER.filter(({ peers }) => peers.includes(peer)).map(({ reason }) => reason);
  assert.deepEqual([...used].sort(), expected.sort(), 'an explanation that explains nothing is out of date');
}

const jose = await Promise.all(pairs.map(askJose));
const jsonwebtoken = await Promise.all(pairs.map(askJsonwebtoken));
const python = findPython();

describe(`${COUNT} tokens`, { timeout: 300_000 }, () => {
  test('an API with jsonwebtoken answers as the product says', async () => {
    assertExplained('jsonwebtoken', await compare('jsonwebtoken', jsonwebtoken));
  });

  test('an API with jose answers as the product says', async () => {
    assertExplained('jose', await compare('jose', jose));
  });

  test('an API with PyJWT answers as the product says', needsPython(), async () => {
    const { version, answers } = askPyJwt(python ?? '', pairs);
    console.log(`PyJWT ${version}`);
    assertExplained('pyjwt', await compare('pyjwt', answers));
  });

  test('where these validators differ, the report says so, with the answer of each', async () => {
    const peers: [Peer, readonly PeerAnswer[]][] = [
      ['jose', jose],
      ['jsonwebtoken', jsonwebtoken],
    ];
    if (python) peers.push(['pyjwt', askPyJwt(python, pairs).answers]);
    let differing = 0;
    const unsaid: string[] = [];
    for (const [position, pair] of pairs.entries()) {
      const answers = peers.map(([peer, all]) => ({ peer, accepts: all[position]?.accepts }));
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

/** PyJWT is no dependency: skipped, and loudly, where the machine has none. In CI it has to be there. */
function needsPython(): { skip: string | false } {
  if (python) return { skip: false };
  const line = 'SKIPPED: no Python with PyJWT and cryptography here (Debian: python3-jwt)';
  if (process.env.CI) throw new Error(line);
  console.error(`\n━━━━ ${line} ━━━━\n`);
  return { skip: line };
}
