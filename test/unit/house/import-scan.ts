/** One import or re-export as written. */
export interface FoundImport {
  specifier: string;
  /** Vanishes at run time: `import type`, or only `type` names. */
  typesOnly: boolean;
}

/**
 * Every module a source file reaches for: `import`, `export … from`, `import()`, `require()` and `import('…').Type`.
 * A small scanner, since the compiler of this repository has no parser to call. A call whose module is not a plain
 * string is reported as `(computed)`, for nobody can hold that against a table. A text that begins like an import is none.
 */
export function scanImports(source: string): FoundImport[] {
  const code = blankComments(source);
  const found: FoundImport[] = [];
  for (const [, keyword, clause, , specifier] of code.matchAll(
    /(?<!['"`])\b(import|export)\b([^'"`;()]*?)\bfrom\s*(['"])([^'"\n]+)\3/g,
  )) {
    if (keyword && specifier) found.push({ specifier, typesOnly: isTypesOnly(clause ?? '') });
  }
  for (const [, , specifier] of code.matchAll(/\bimport\s*(['"])([^'"\n]+)\1/g)) {
    if (specifier) found.push({ specifier, typesOnly: false });
  }
  for (const [, callee, , specifier, end] of code.matchAll(
    /(?<![.\w])(import|require)\s*\(\s*(?:(['"])([^'"\n]+)\2\s*(\)\s*\.\s*[A-Z])?)?/g,
  )) {
    // `import('./x.ts').Name` with a capital is a type position; a promise has no such member.
    if (callee) found.push({ specifier: specifier ?? '(computed)', typesOnly: end !== undefined });
  }
  return found;
}

function isTypesOnly(clause: string): boolean {
  const trimmed = clause.trim();
  if (/^type\b(?!\s*,)/.test(trimmed)) return true;
  const braces = /^\{([^}]*)\}$/.exec(trimmed)?.[1];
  const names = braces?.split(',').filter((name) => name.trim() !== '') ?? [];
  return names.length > 0 && names.every((name) => /^\s*type\s/.test(name));
}

/** Comments become blanks; quotes inside strings and slashes inside quotes are left alone. */
function blankComments(source: string): string {
  const token = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g;
  return source.replace(token, (text) => (text.startsWith('/') ? text.replace(/[^\n]/g, ' ') : text));
}
