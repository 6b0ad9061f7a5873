import type { CheckId } from '../../gates/check.ts';
import type { ReportLine, ValidationReport } from '../validation-report.ts';
import { causeWords } from './catalogue-words.ts';
import { ours, type ToolAnswer } from './closed-word.ts';
import { untrusted, untrustedList } from './untrusted.ts';

/** Checks whose values are claims that name nobody. */
const SHOWN_CHECKS: readonly CheckId[] = [
  ...(['algorithm', 'issuer', 'tenant', 'audience', 'expiry', 'notBefore', 'version', 'permissions'] as const),
  'allowedClients',
];

/** The lines of a validation, with values only of claims that name nobody. */
export function answerValidation({ verdict, caveat, lines }: ValidationReport): ToolAnswer {
  return {
    verdict: ours(verdict),
    ...(caveat ? { caveat: ours(caveat.id) } : {}),
    checks: lines.map((line) => ({
      check: ours(line.id),
      verdict: ours(line.verdict),
      reason: ours(line.reason),
      ...valuesOf(line),
      ...(line.cause ? { cause: causeWords(line.cause) } : {}),
    })),
  };
}

function valuesOf({ id, seen, expected }: ReportLine): ToolAnswer {
  if (!SHOWN_CHECKS.includes(id)) return {};
  return {
    ...(seen === undefined ? {} : { seen: untrusted(seen) }),
    ...(expected === undefined ? {} : { expected: untrustedList(expected) }),
  };
}
