import { CAUSE_TEXTS } from './cause-text.ts';
import { API_MANIFEST } from './causes/token-causes.ts';
import type { Diagnosis } from './explain.ts';
import type { ExplainedFix, FixKind, FixProof } from './explanation.ts';
import { applyFix } from './fix.ts';
import { profileCorrection } from './profile-correction.ts';
import { type Proof, prove } from './prove.ts';
import type { RankedCause } from './rank-causes.ts';
import { catalogueFixes } from './write-cause.ts';
import { GATE_TITLES } from './write-path.ts';

const KINDS: readonly FixKind[] = ['call', 'client', 'target', 'outside', 'weakens'];
const NOTHING_SEEN = 'Nothing known speaks against the call then; what its gates accept is not known.';
const LETS_IN = 'Calls that are refused now would be let in: without a token, expired, or meant for somebody else.';

/**
 * The fixes of a cause, proven where their effect can be judged. One that lets in what was refused before weakens,
 * whatever the catalogue thought of it: it goes last, without a button.
 */
export function provenFixes(ranked: RankedCause, diagnosis: Diagnosis): ExplainedFix[] {
  const { call } = diagnosis.exchange;
  const fixes = catalogueFixes(ranked, diagnosis).map((fix) => withPolicyLine(fix, ranked, diagnosis));
  if (!call || ranked.isNext) return fixes;
  const base = { call, knowledge: diagnosis.knowledge, nowMs: diagnosis.nowMs };
  const proven = fixes.map((fix): ExplainedFix => {
    const changed = applyFix(ranked.cause, fix, base);
    const proof = changed && prove(base, ranked.refusedAt, changed);
    return proof ? withProof(fix, proof) : fix;
  });
  const correction = profileCorrection(ranked, diagnosis);
  // What has to be done first stands first: a key sent under the name the profile has is refused again.
  const all = correction?.kind === 'call' ? [correction, ...proven] : [...proven, ...(correction ? [correction] : [])];
  return KINDS.flatMap((kind) => all.filter((fix) => fix.kind === kind));
}

function withProof(fix: ExplainedFix, proof: Proof): ExplainedFix {
  const written = writeProof(proof);
  const { action: _action, ...words } = fix;
  if (proof.weakens && fix.kind !== 'weakens') return { ...words, kind: 'weakens', exposes: LETS_IN };
  return written ? { ...fix, proof: written } : fix;
}

/** In words; nothing where nothing can be said. */
function writeProof({ verdict, next, open, isBlind }: Proof): FixProof | undefined {
  const title = next && CAUSE_TEXTS[next.cause]({}).title;
  const gate = next && GATE_TITLES[next.gate];
  switch (verdict) {
    case 'passes': {
      const names = [...new Set(open)].map((id) => GATE_TITLES[id]);
      if (isBlind) return { verdict: 'unknown', text: NOTHING_SEEN };
      const rest = names.length === 0 ? '' : ` Not known: ${names.join(', ')}.`;
      return { verdict, text: `With this change every gate we can see passes.${rest}` };
    }
    case 'nextRefusal':
      return { verdict, text: `Then ${gate} refuses: ${title}.`, ...(next ? { next: next.cause } : {}) };
    case 'unknown':
      return next ? { verdict, text: `Then ${gate} may refuse: ${title}.`, next: next.cause } : undefined;
  }
}

/** A fix of the policy, not of a manifest, opens it at the line of the step that refused, or of the one at fault. */
function withPolicyLine(fix: ExplainedFix, { refusedAt, faultAt }: RankedCause, { steps }: Diagnosis): ExplainedFix {
  if (fix.kind !== 'target' || fix.action || fix.where === API_MANIFEST) return fix;
  const at =
    steps.find(({ step }) => step.gate === faultAt) ??
    steps.find(({ step, verdict }) => step.gate === refusedAt && verdict === 'refused');
  const line = at?.step.hop === 'gateway' ? at.step.place?.line : undefined;
  return line === undefined ? fix : { ...fix, action: { type: 'openPolicy', line } };
}
