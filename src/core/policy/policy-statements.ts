import {
  elementsOf,
  hasProblemIn,
  type Place,
  type PolicyDocument,
  type PolicyElement,
  type PolicyNode,
  placeOf,
} from './policy-tree.ts';

/** Sections of a policy document, in the order they run. */
export const SECTIONS = ['inbound', 'backend', 'outbound', 'on-error'] as const;
export type SectionId = (typeof SECTIONS)[number];

/** One policy in the order of the text. */
export interface ListedStatement {
  section: SectionId;
  /** In lower case. */
  name: string;
  element: PolicyElement;
  /** Of its start tag. */
  place: Place;
  /** It may not run: it stands in a `choose` or another policy whose outcome depends on the call. */
  isConditional: boolean;
  /** False when something in it is wrong: API Management would not take it as it is written. */
  isSound: boolean;
}

/** The policies of a document. */
export interface ListedStatements {
  /**
   * `policies`: a whole document; a section not in it says nothing. `fragment`: bare policies, taken as inbound ones, with
   * who knows what before and after them.
   */
  form: 'policies' | 'fragment';
  /** Those that are there. */
  sections: SectionId[];
  statements: ListedStatement[];
}

const CONDITIONAL = ['choose', 'wait'];
/** Their children always run. */
const TRANSPARENT = ['retry', 'limit-concurrency'];
const BRANCHES = ['when', 'otherwise'];

/**
 * The policies of a document, section by section in the order they run (Microsoft: api-management-howto-policies). Names
 * are read in any case, though API Management takes lower case only: such a statement is not sound.
 */
export function listStatements(document: PolicyDocument): ListedStatements {
  const roots = elementsOf(document.nodes);
  const whole = roots.find((root) => lowerName(root) === 'policies');
  const candidates = whole ? elementsOf(whole.children) : roots;
  const hasSections = candidates.some(isSection);
  const statements = hasSections
    ? SECTIONS.flatMap((section) => statementsOfSection(document, section, candidates))
    : collect(document, 'inbound', roots.flatMap(unwrapFragment), false);
  const sections = hasSections
    ? SECTIONS.filter((section) => candidates.some((element) => lowerName(element) === section))
    : [];
  return { form: whole ? 'policies' : 'fragment', sections, statements };
}

function statementsOfSection(
  document: PolicyDocument,
  section: SectionId,
  candidates: readonly PolicyElement[],
): ListedStatement[] {
  const elements = candidates.filter((element) => lowerName(element) === section);
  return elements.flatMap(({ children }) => collect(document, section, children, false));
}

function collect(
  document: PolicyDocument,
  section: SectionId,
  nodes: readonly PolicyNode[],
  isConditional: boolean,
): ListedStatement[] {
  return elementsOf(nodes).flatMap((element) => {
    const name = lowerName(element);
    if (BRANCHES.includes(name)) return collect(document, section, element.children, true);
    const own: ListedStatement = {
      section,
      name,
      element,
      place: placeOf(document, element.openTag),
      isConditional,
      isSound: element.name === name && !hasProblemIn(document, element),
    };
    const isContainer = CONDITIONAL.includes(name) || TRANSPARENT.includes(name);
    const within = isContainer
      ? collect(document, section, element.children, isConditional || CONDITIONAL.includes(name))
      : [];
    return [own, ...within];
  });
}

function unwrapFragment(root: PolicyElement): PolicyNode[] {
  const name = lowerName(root);
  return name === 'fragment' || name === 'policies' ? root.children : [root];
}

function isSection(element: PolicyElement): boolean {
  return SECTIONS.some((section) => section === lowerName(element));
}

function lowerName({ name }: PolicyElement): string {
  return name.toLowerCase();
}
