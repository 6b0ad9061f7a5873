import * as v from 'valibot';
import type { CauseId } from '../../gates/cause-id.ts';
import type { EvidenceId } from '../../gates/evidence.ts';
import type { GateId, HopId } from '../../gates/step.ts';
import { CAUSE_TEXTS } from '../cause-text.ts';
import { isEvidenceId } from '../evidence-text.ts';
import { GATE_TITLES, HOP_TITLES } from '../write-path.ts';

const LONGEST_VALUE = 1024;
const MOST_STEPS = 60;

const value = v.pipe(v.string(), v.maxLength(LONGEST_VALUE));
const id = v.pipe(v.string(), v.maxLength(80));
const causeId = v.custom<CauseId>((input) => isKeyOf(CAUSE_TEXTS, input));
const gateId = v.custom<GateId>((input) => isKeyOf(GATE_TITLES, input));
const hopId = v.custom<HopId>((input) => isKeyOf(HOP_TITLES, input));
const evidenceId = v.custom<EvidenceId>((input) => typeof input === 'string' && isEvidenceId(input));
const confidence = v.picklist(['certain', 'likely', 'possible']);
const line = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000));

const step = v.strictObject({
  gate: gateId,
  verdict: v.picklist(['passed', 'passedOrAbsent', 'refused', 'unknown', 'notReached']),
  isProbable: v.optional(v.literal(true)),
  line: v.optional(line),
});
const evidence = v.strictObject({ id: evidenceId, value: v.optional(value), other: v.optional(value) });
/** What fills the wording of a cause: its members are the catalogue's to read. */
const facts = v.record(id, v.union([value, v.record(id, value)]));
const fix = v.strictObject({
  /** Which of the catalogue's fixes of this cause, from 0. */
  number: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(40)),
  /** Judging it again showed that it lets others in, whatever the catalogue says. */
  weakens: v.optional(v.literal(true)),
  proof: v.optional(
    v.strictObject({ verdict: v.picklist(['passes', 'nextRefusal', 'unknown']), next: v.optional(causeId) }),
  ),
});
const cause = v.strictObject({
  id: causeId,
  confidence,
  refusedAt: v.optional(gateId),
  faultAt: v.optional(gateId),
  evidence: v.pipe(v.array(evidence), v.maxLength(40)),
  facts,
  fixes: v.pipe(v.array(fix), v.maxLength(20)),
  rejected: v.pipe(v.array(causeId), v.maxLength(40)),
});
const pairRow = v.strictObject({
  claim: v.picklist(['iss', 'aud', 'ver']),
  says: value,
  accepts: v.pipe(v.array(value), v.maxLength(50)),
  fits: v.boolean(),
});

const reportShape = v.strictObject({
  format: v.literal('why401-report-1'),
  /** HTTP status of the answer. */
  status: v.optional(v.pipe(v.number(), v.integer(), v.minValue(100), v.maxValue(599))),
  isRefusal: v.boolean(),
  refusedAt: v.optional(gateId),
  confidence: v.optional(confidence),
  path: v.pipe(
    v.array(v.strictObject({ hop: hopId, steps: v.pipe(v.array(step), v.maxLength(MOST_STEPS)) })),
    v.maxLength(MOST_STEPS),
  ),
  /** What checking the token's signature gave; absent when no token was sent. */
  signature: v.optional(v.picklist(['valid', 'invalid', 'keyNotFound', 'notChecked', 'assumed'])),
  pair: v.optional(
    v.strictObject({
      accepts: v.picklist(['profile', 'policy', 'target']),
      rows: v.pipe(v.array(pairRow), v.maxLength(3)),
    }),
  ),
  /** Best first. */
  causes: v.pipe(v.array(cause), v.maxLength(10)),
});

/** A diagnosis to hand on: ids, and values in which names are replaced by numbers. Nothing else has a place in it. */
export type Report = v.InferOutput<typeof reportShape>;

/** Data of unknown origin as a report; undefined when it is none. */
export function parseReport(data: unknown): Report | undefined {
  const parsed = v.safeParse(reportShape, data);
  return parsed.success ? parsed.output : undefined;
}

function isKeyOf(table: object, input: unknown): boolean {
  return typeof input === 'string' && Object.hasOwn(table, input);
}
