import { isIdentifier, isNewExpression, isRegularExpressionLiteral, type Node } from 'typescript/unstable/ast';
import { nodesOf, placeOf, type SourceProgram } from './source-program.ts';

export interface Pattern {
  source: string;
  flags: string;
  /** `src/core/call/x.ts:12` */
  places: string[];
}

/** The literal patterns of the sources, each once, and the places where `new RegExp` builds one. */
export function scanPatterns({ files }: SourceProgram): { literals: Pattern[]; builtAt: string[] } {
  const literals = new Map<string, Pattern>();
  const builtAt: string[] = [];
  for (const [path, file] of files) {
    for (const node of nodesOf(file)) {
      if (isRegularExpressionLiteral(node)) addPattern(literals, node.text, placeOf(path, file, node));
      if (isNewExpression(node) && isRegExp(node.expression)) builtAt.push(placeOf(path, file, node));
    }
  }
  return { literals: [...literals.values()], builtAt };
}

function addPattern(patterns: Map<string, Pattern>, literal: string, place: string): void {
  const end = literal.lastIndexOf('/');
  const known = patterns.get(literal);
  if (known) known.places.push(place);
  else patterns.set(literal, { source: literal.slice(1, end), flags: literal.slice(end + 1), places: [place] });
}

function isRegExp(callee: Node): boolean {
  return isIdentifier(callee) && callee.text === 'RegExp';
}
