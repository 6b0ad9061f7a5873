import { type Policy, readNamedPolicy } from './named-policy.ts';
import { PolicyParts } from './policy-parts.ts';
import { listStatements, type SectionId } from './policy-statements.ts';
import type { PolicyDocument, PolicyProblem } from './policy-tree.ts';

/** One policy as a gate sees it, at its place. Texts are as written and untrusted. */
export interface PolicyStatement {
  /** `validate-jwt`, `set-header`, …: in lower case. */
  name: string;
  policy: Policy;
  /** Of its start tag, both from 1. */
  line: number;
  column: number;
  /** It may not run: it stands in a `choose` or the like, whose condition is not decided here. */
  isConditional?: true;
  /** Something in it is wrong, so that API Management would not take it as written: it may not be what is deployed. */
  isUnsound?: true;
}

/**
 * The policies that decide about a call, section by section, in the order they run; those that neither refuse nor change
 * one are left out. An absent section is not known.
 */
export interface EffectivePolicy {
  /** `fragment`: bare policies, without the document they stand in: what runs before and after is not known. */
  form: 'policies' | 'fragment';
  inbound: readonly PolicyStatement[];
  backend?: readonly PolicyStatement[];
  outbound?: readonly PolicyStatement[];
  onError?: readonly PolicyStatement[];
  problems: readonly PolicyProblem[];
}

/**
 * What one document says, on its own: `<base />` stands in it as policies of a broader scope that are not known here.
 * After an unconditional `return-response` nothing more of inbound and backend runs.
 */
export function effectivePolicyOf(document: PolicyDocument): EffectivePolicy {
  const { form, statements, sections } = listStatements(document);
  const inSection = (section: SectionId): PolicyStatement[] =>
    statements.flatMap((listed) => {
      if (listed.section !== section) return [];
      const { name, element, place, isConditional, isSound } = listed;
      const policy = readNamedPolicy(new PolicyParts(document, element), name);
      if (!policy) return [];
      return {
        name,
        policy,
        line: place.line,
        column: place.column,
        ...(isConditional ? ({ isConditional: true } as const) : {}),
        ...(isSound ? {} : ({ isUnsound: true } as const)),
      };
    });
  const inbound = untilAnswered(inSection('inbound'));
  const backend = isAnswered(inbound) ? [] : untilAnswered(inSection('backend'));
  return {
    form,
    inbound,
    ...(sections.includes('backend') ? { backend } : {}),
    ...(sections.includes('outbound') ? { outbound: inSection('outbound') } : {}),
    ...(sections.includes('on-error') ? { onError: inSection('on-error') } : {}),
    problems: document.problems,
  };
}

function untilAnswered(statements: PolicyStatement[]): PolicyStatement[] {
  const last = statements.findIndex(answers);
  return last < 0 ? statements : statements.slice(0, last + 1);
}

function isAnswered(statements: readonly PolicyStatement[]): boolean {
  const last = statements.at(-1);
  return last !== undefined && answers(last);
}

function answers({ policy, isConditional, isUnsound }: PolicyStatement): boolean {
  return (policy.type === 'returnResponse' || policy.type === 'mockResponse') && !isConditional && !isUnsound;
}
