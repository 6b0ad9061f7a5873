import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isTemplateExpression,
  isVariableDeclaration,
  type Node,
  type SourceFile,
} from 'typescript/unstable/ast';
import { nodesOf, placeOf, withSourceProgram } from './source-program.ts';

/** What VS Code shows of a question, by the members that hold it. */
const SHOWN = new Set(['title', 'detail', 'prompt', 'placeHolder', 'placeholder', 'question', 'advice']);
const MESSAGES = new Set(['showWarningMessage', 'showInformationMessage', 'showErrorMessage']);
/** Helpers of single files, whose first argument is a question. */
const ASKING = new Set(['confirm', 'ask', 'agreesTo', 'askForSecret']);

/**
 * Values of one word, in which no blank can stand: host and origin as the URL parser gives them, methods, codes. `label` is a
 * fact's own.
 */
const OF_ONE_WORD: Readonly<Record<string, readonly string[]>> = {
  'src/host/facts.ts': ['label'],
  'src/host/language/language-features.ts': ['code'],
  'src/host/request/audience-consents.ts': ['host'],
  'src/host/request/fix-actions.ts': ['plainHost(origin)'],
  'src/host/request/form-secrets.ts': ['origin'],
  'src/host/request/request-session.ts': ['plainHost(host)', 'method'],
};

const ASKS = 'src/host/question.ts';
/** Ask in words of ours alone, or about hosts to forget; those of `request` are still to ask there. */
const WITHOUT_FACTS = [
  'src/host/commands/forget-secrets.ts',
  'src/host/commands/forget-trusted-hosts.ts',
  'src/host/request/audience-consents.ts',
  'src/host/request/fix-actions.ts',
  'src/host/request/probe-proposal.ts',
  'src/host/request/request-session.ts',
  'src/host/sign-in/sign-in-flow.ts',
];

/** Templates that are shown in a message or question of this file: written there, or in a constant that is named there. */
function templatesShownIn(file: SourceFile): Node[] {
  const nodes = [...nodesOf(file)];
  const shown = nodes.flatMap((node): Node[] => {
    if (isPropertyAssignment(node) && SHOWN.has(node.name.getText(file))) return [node.initializer];
    if (isShorthandPropertyAssignment(node) && SHOWN.has(node.name.getText(file))) return [node.name];
    if (!isCallExpression(node)) return [];
    const { expression, arguments: given } = node;
    const isMessage = isPropertyAccessExpression(expression) && MESSAGES.has(expression.name.getText(file));
    const isAsked = isIdentifier(expression) && ASKING.has(expression.text);
    return isMessage ? given.slice(0, 1) : isAsked ? [...given] : [];
  });
  const constants = new Map<string, Node>();
  for (const node of nodes)
    if (isVariableDeclaration(node) && isIdentifier(node.name) && node.initializer)
      constants.set(node.name.text, node.initializer);
  const seen = new Set<Node>();
  const templates: Node[] = [];
  for (let node = shown.pop(); node; node = shown.pop()) {
    for (const one of nodesOf(node)) {
      if (seen.has(one)) continue;
      seen.add(one);
      if (isTemplateExpression(one)) templates.push(one);
      const constant = isIdentifier(one) ? constants.get(one.text) : undefined;
      if (constant) shown.push(constant);
    }
  }
  return templates;
}

/** What stands in a text elsewhere than at its end or that of a line. */
function valuesWithin(template: Node, file: SourceFile): string[] {
  if (!isTemplateExpression(template)) return [];
  const within = template.templateSpans.filter(({ literal }) => literal.text !== '' && !literal.text.startsWith('\n'));
  return within.map(({ expression }) => expression.getText(file));
}

describe('what others wrote', () => {
  it('stands in no question between words of ours: behind a label, at the end', (t) => {
    let seen = 0;
    const faults = withSourceProgram(({ files }) =>
      [...files].flatMap(([path, file]) => {
        if (!path.startsWith('src/host/')) return [];
        const templates = templatesShownIn(file);
        seen += templates.length;
        return templates.flatMap((template) =>
          valuesWithin(template, file)
            .filter((value) => !OF_ONE_WORD[path]?.includes(value))
            .map((value) => `${placeOf(path, file, template)} ${value}`),
        );
      }),
    );
    t.diagnostic(`${seen} texts with values`);
    assert.deepEqual(faults, []);
  });

  it('is asked about in the one place that shows it whole or not at all', () => {
    const modal = withSourceProgram(({ files }) =>
      [...files].flatMap(([path, file]) => (/\bmodal: true\b/.test(file.text) && path !== ASKS ? [path] : [])),
    );
    assert.deepEqual(modal.toSorted(), WITHOUT_FACTS);
  });
});
