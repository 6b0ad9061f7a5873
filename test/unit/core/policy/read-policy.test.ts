import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseXml, type XmlDocument, XmlElement, XmlText } from '@rgrove/parse-xml';
import fc from 'fast-check';
import {
  attributesOf,
  elementsOf,
  type PolicyDocument,
  type PolicyElement,
  type PolicyNode,
  type Span,
  writePolicyTree,
} from '../../../../src/core/policy/policy-tree.ts';
import { readContent } from '../../../../src/core/policy/policy-value.ts';
import { readPolicy } from '../../../../src/core/policy/read-policy.ts';

const RUNS = 2_000;
/** Characters that may be looked at for each one of the text: failed searches for an expression's end are the most. */
const MOST_STEPS = 16;

/** Pieces that policies are made of, whole and broken. */
const PIECES = [
  ...[
    '<policies>',
    '</policies>',
    '<inbound>',
    '</inbound>',
    '</Inbound>',
    '<base />',
    '<choose>',
    '<when condition="',
  ],
  ...['@(', '@{', ')', '}', '{', '(', '"', "'", '&quot;', '$"{', '@"', '""', '\\"', '// x', '/* y */', '/*', "'\"'"],
  ...['<', '>', '/>', '</', '<a', ' b="1"', ' b=', ' b', "c='2'", '&', '&amp;', '&#65;', '&#0;', '&x;', ']]>'],
  ...[
    '<![CDATA[',
    '<!--',
    '-->',
    '--',
    '<?',
    '?>',
    '<!',
    '\n',
    '\r\n',
    '\r',
    ' ',
    '\t',
    '\0',
    'text',
    '{{name}}',
    '\ud83d',
  ],
];
const rubbish = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join(''));

/** Every character belongs to one leaf, tag part or end tag, and they follow each other. */
function leavesOf(nodes: readonly PolicyNode[]): Span[] {
  return nodes.flatMap((node) =>
    node.type === 'element'
      ? [...node.openTag.parts, ...leavesOf(node.children), ...(node.closeTag ? [node.closeTag] : [])]
      : [node],
  );
}

function assertLossless(document: PolicyDocument): void {
  const { source, nodes, problems } = document;
  assert.equal(writePolicyTree(document), source);
  let at = 0;
  for (const { start, end } of leavesOf(nodes)) {
    assert.equal(start, at);
    assert.ok(end >= start);
    at = end;
  }
  assert.equal(at, source.length);
  for (const { start, line, column } of problems) {
    const lines = source.slice(0, start).split(/\r\n|\r(?!\n)|\n/);
    const isBetween = source[start - 1] === '\r' && source[start] === '\n';
    if (!isBetween) assert.deepEqual([line, column], [lines.length, (lines.at(-1) ?? '').length + 1]);
  }
}

test('whatever the text, the tree holds every character of it, and problems know their place', () => {
  fc.assert(
    fc.property(rubbish, (source) => assertLossless(readPolicy(source))),
    { numRuns: RUNS },
  );
});

test('work is linear in the text, however it is broken', () => {
  const repeated = fc
    .tuple(fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 5 }), rubbish)
    .map(([pieces, before]) => before + pieces.join('').repeat(500));
  fc.assert(
    fc.property(repeated, (source) => {
      const { steps } = readPolicy(source);
      assert.ok(steps <= MOST_STEPS * source.length + 100, `${steps} steps for ${source.length} characters`);
    }),
    { numRuns: 100 },
  );
});

test('no depth exhausts the stack', () => {
  const document = readPolicy('<choose><when condition="@(true)">'.repeat(10_000));
  assert.equal(
    document.problems.some(({ id }) => id === 'tooDeep'),
    true,
  );
  assertLossless(document);
});

const xmlText = fc
  .array(fc.constantFrom('a', 'é', ' ', '\n', '&amp;', '&lt;', '&quot;', '&#x41;', '{{n}}', '>', '"', '@', '-'), {
    maxLength: 6,
  })
  .map((parts) => parts.join(''))
  .filter((text) => !text.includes(']]>') && !/^\s*@[({]/.test(text));
const xmlName = fc.constantFrom('inbound', 'set-header', 'value', 'x:y', 'Element', '_a.b');
const attributes = fc
  .uniqueArray(fc.tuple(fc.constantFrom('name', 'url', 'a', 'b'), xmlText, fc.boolean()), {
    selector: ([name]) => name,
    maxLength: 3,
  })
  .map((list) =>
    list.map(([name, text, single]) =>
      single ? ` ${name} = '${text}'` : `\n${name}="${text.replaceAll('"', '&quot;')}"`,
    ),
  );
const { element: xml } = fc.letrec<{ element: string; node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    xmlText,
    fc.constantFrom('<!-- a - b -->', '<![CDATA[ <x> & ]] ]]>', '<?pi x?>'),
    tie('element'),
  ),
  element: fc
    .tuple(xmlName, attributes, fc.array(tie('node'), { maxLength: 4 }), fc.boolean())
    .map(([name, list, children, isEmpty]) =>
      isEmpty ? `<${name}${list.join('')}/>` : `<${name}${list.join('')} >${children.join('')}</${name}\n>`,
    ),
}));

interface Outline {
  name: string;
  attributes: Record<string, string>;
  text: string;
  children: Outline[];
}

function outlineOf(document: PolicyDocument, element: PolicyElement): Outline {
  const content = readContent(document, { ...element, children: element.children.filter(isNoElement) });
  return {
    name: element.name,
    attributes: Object.fromEntries(attributesOf(element.openTag).map(({ name, value }) => [name, value])),
    text: content.type === 'literal' ? content.value : content.text,
    children: elementsOf(element.children).map((child) => outlineOf(document, child)),
  };
}

function isNoElement({ type }: PolicyNode): boolean {
  return type !== 'element';
}

function outlineOfPeer(element: XmlElement): Outline {
  const texts = element.children.filter((child) => child instanceof XmlText).map(({ text }) => text);
  return {
    name: element.name,
    attributes: { ...element.attributes },
    text: texts.join('').trim(),
    children: element.children.filter((child) => child instanceof XmlElement).map(outlineOfPeer),
  };
}

function readWithPeer(source: string): XmlDocument | undefined {
  try {
    return parseXml(source, { ignoreUndefinedEntities: false });
  } catch {
    return undefined;
  }
}

test('what is XML is read as an XML parser reads it, without a problem', () => {
  fc.assert(
    fc.property(xml, (source) => {
      const document = readPolicy(source);
      const peer = readWithPeer(source)?.root;
      assert.ok(peer, source);
      assert.deepEqual(document.problems, []);
      const [root] = elementsOf(document.nodes);
      assert.deepEqual(root && outlineOf(document, root), outlineOfPeer(peer));
    }),
    { numRuns: RUNS },
  );
});

test('what an XML parser refuses has a problem', () => {
  const broken = fc.tuple(xml, fc.nat(), fc.constantFrom(...PIECES, '')).map(([source, position, piece]) => {
    const at = position % source.length;
    return source.slice(0, at) + piece + source.slice(at + 1);
  });
  fc.assert(
    fc.property(broken, (source) => {
      if (/[@\0]/.test(source) || readWithPeer(source)) return;
      const { problems, nodes } = readPolicy(source);
      const isOneElement = nodes.filter(({ type }) => type === 'element').length === 1;
      const isBare = nodes.every(({ type, start, end }) => type !== 'text' || source.slice(start, end).trim() === '');
      assert.ok(problems.length > 0 || !isOneElement || !isBare || nodes.some(({ type }) => type === 'cdata'), source);
    }),
    { numRuns: RUNS },
  );
});

function problemsOf(source: string): string[] {
  return readPolicy(source).problems.map(({ id, line, column }) => `${id} ${line}:${column}`);
}

for (const expression of [
  '@(context.Request.Headers.GetValueOrDefault("Authorization","").Split(\' \')[1])',
  '@(context.Request.Method == "GET" && 1 < 2)',
  '@{ var list = new List<string>(); return list.Count > 0 ? "}" : "<a href=\\"x\\">"; }',
  '@($"{context.Variables["user"]}: {{literal}} {(true ? "a)" : "b")}")',
  '@(@"C:\\temp\\" + @"say ""hi"") ")',
  "@((char)')' + '\"'.ToString())",
  '@{ // a comment with " and }\n return "x"; /* " } */ }',
  '@(context.User?.Groups.Any(g => g.Name == "{{group}}") ?? false)',
  '@(x(&quot;)&quot;, &quot;&quot;))',
]) {
  test(`an expression is one value: ${JSON.stringify(expression)}`, () => {
    const source = `<when condition="${expression}"><value>${expression}</value></when>`;
    const { problems, nodes } = readPolicy(source);
    assert.deepEqual(problems, []);
    const [when] = elementsOf(nodes);
    assert.ok(when);
    const [condition] = attributesOf(when.openTag);
    assert.deepEqual([condition?.value, condition?.isExpression], [expression, true]);
    assert.deepEqual(
      elementsOf(when.children)[0]?.children.map(({ type }) => type),
      ['expression'],
    );
  });
}

test('an expression stands at the beginning of a text only, after blanks and comments', () => {
  const types = (source: string) => elementsOf(readPolicy(source).nodes)[0]?.children.map(({ type }) => type);
  assert.deepEqual(types('<a>\n <!-- x --> @("<") </a>'), ['text', 'comment', 'text', 'expression', 'text']);
  assert.deepEqual(types('<a>mail me @(home)</a>'), ['text']);
  assert.deepEqual(types('<a><b/>@(1)</a>'), ['element', 'text']);
});

for (const [source, ...problems] of [
  ['<inbound>\n  <validate-jwt header-name="A">\n</inbound>', 'notClosed 2:3'],
  ['<inbound></Inbound>', 'closedInOtherCase 1:10'],
  ['</inbound><base/>', 'strayEndTag 1:1'],
  ['<set-header name="a"\n<value>x</value></set-header>', 'tagNotClosed 1:1'],
  ['<a b=c d>', 'notClosed 1:1', 'quotesMissing 1:6', 'valueMissing 1:8'],
  ['<a b="1"c="2" b="3"/>', 'spaceMissing 1:9', 'attributeTwice 1:15'],
  ['<a b="x < y"/>', 'lessThan 1:9'],
  ['<a b="x>\n<c/></a>', 'quoteNotClosed 1:6'],
  ['<a>fish & chips < 3</a>', 'badReference 1:9', 'lessThan 1:17'],
  ['<a b="@(oops" /><c d="@(fine)"/>', 'expressionNotClosed 1:7'],
  ['<!-- a -- b --><a/>', 'doubleHyphen 1:8'],
  ['<a/><!-- a', 'commentNotClosed 1:5'],
] as const) {
  test(`recovers from ${JSON.stringify(source)}`, () => {
    assert.deepEqual(problemsOf(source), problems);
    assertLossless(readPolicy(source));
  });
}

test('what follows an unclosed element still belongs to its section', () => {
  const source = '<policies><inbound><validate-jwt header-name="A"></inbound><backend><base/></backend></policies>';
  const [policies] = elementsOf(readPolicy(source).nodes);
  assert.deepEqual(
    elementsOf(policies?.children ?? []).map(({ name }) => name),
    ['inbound', 'backend'],
  );
});
