/** A piece of a policy's text: offsets in UTF-16 units, `end` not included. */
export interface Span {
  start: number;
  end: number;
}

/** Where something stands: both 1-based, the column in UTF-16 units as editors count. */
export interface Place extends Span {
  line: number;
  column: number;
}

/** What an element may hold. */
export type PolicyNode = PolicyElement | PolicyLeaf;

/**
 * `expression`: C# in `@(…)` or `@{…}`, which need not be XML. `stray`: what belongs nowhere, such as an end tag of
 * nothing.
 */
export interface PolicyLeaf extends Span {
  type: 'text' | 'expression' | 'cdata' | 'comment' | 'instruction' | 'stray';
}

/** Its tags and children follow each other without a gap. `closeTag` is absent when empty, or never closed. */
export interface PolicyElement extends Span {
  type: 'element';
  /** As written. */
  name: string;
  openTag: PolicyTag;
  children: PolicyNode[];
  closeTag?: Span;
}

/** Its parts follow each other without a gap. */
export interface PolicyTag extends Span {
  parts: TagPart[];
  isEmpty: boolean;
}

/** What stands in a tag; all its parts together are its text. */
export type TagPart = PolicyAttribute | (Span & { type: 'mark' | 'name' | 'space' | 'stray' });

/** One attribute of a tag. */
export interface PolicyAttribute extends Span {
  type: 'attribute';
  name: string;
  /** What stands between the quotes. */
  valueSpan: Span;
  /** With references such as `&amp;` replaced; as written where the value is an expression. */
  value: string;
  isExpression: boolean;
}

/** Why the gateway would not take the text. */
export type PolicyProblemId =
  | 'notClosed' // an element
  | 'closedInOtherCase'
  | 'strayEndTag'
  | 'tagNotClosed'
  | 'strayInTag'
  | 'valueMissing'
  | 'quotesMissing'
  | 'quoteNotClosed'
  | 'spaceMissing'
  | 'attributeTwice'
  | 'lessThan' // a `<` that begins nothing
  | 'badReference' // an `&` that begins none
  | 'badCharacter' // a character XML forbids
  | 'cdataEnd' // `]]>` in text
  | 'expressionNotClosed'
  | 'commentNotClosed'
  | 'doubleHyphen' // `--` in a comment
  | 'cdataNotClosed'
  | 'instructionNotClosed'
  | 'declaration' // `<!DOCTYPE`, or a `<?` that names nothing
  | 'tooDeep';

/** Something API Management would not take, or that hides what was meant. */
export interface PolicyProblem extends Place {
  id: PolicyProblemId;
}

/** A policy's text as a tree: the nodes follow each other without a gap, from the first character to the last. */
export interface PolicyDocument {
  source: string;
  nodes: PolicyNode[];
  /** In the order of the text. */
  problems: PolicyProblem[];
  /** Offsets at which lines begin. */
  lineStarts: number[];
  /** Characters looked at, some more than once: what reading cost. */
  steps: number;
}

/** Line and column of a span. */
export function placeOf({ lineStarts }: Pick<PolicyDocument, 'lineStarts'>, { start, end }: Span): Place {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= start) low = middle;
    else high = middle - 1;
  }
  return { start, end, line: low + 1, column: start - (lineStarts[low] ?? 0) + 1 };
}

/** The elements among nodes. */
export function elementsOf(nodes: readonly PolicyNode[]): PolicyElement[] {
  return nodes.filter((node) => node.type === 'element');
}

/** The first attribute of this name; names are compared exactly, as XML does. */
export function attributeOf({ openTag }: PolicyElement, name: string): PolicyAttribute | undefined {
  return attributesOf(openTag).find((attribute) => attribute.name === name);
}

/** The attributes of a tag in order. */
export function attributesOf({ parts }: PolicyTag): PolicyAttribute[] {
  return parts.filter((part) => part.type === 'attribute');
}

/** True when something is wrong within the span: what was meant there is then not known. */
export function hasProblemIn({ problems }: PolicyDocument, { start, end }: Span): boolean {
  let low = 0;
  let high = problems.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((problems[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return (problems[low]?.start ?? Number.POSITIVE_INFINITY) < end;
}

/** The characters of every leaf and tag part in order: the source, when the tree has lost nothing. */
export function writePolicyTree({ source, nodes }: PolicyDocument): string {
  const texts: string[] = [];
  const write = ({ start, end }: Span) => texts.push(source.slice(start, end));
  const visit = (node: PolicyNode): void => {
    if (node.type === 'element') {
      node.openTag.parts.forEach(write);
      node.children.forEach(visit);
      if (node.closeTag) write(node.closeTag);
    } else write(node);
  };
  nodes.forEach(visit);
  return texts.join('');
}
