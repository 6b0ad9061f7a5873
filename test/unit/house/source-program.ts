import { join } from 'node:path';
import type { Node, SourceFile } from 'typescript/unstable/ast';
import { API, type Checker } from 'typescript/unstable/sync';

export const ROOT = join(import.meta.dirname, '../../..');

/** The sources of the product as the compiler reads them. */
export interface SourceProgram {
  /** By path from the top folder. */
  files: ReadonlyMap<string, SourceFile>;
  checker: Checker;
}

/** Lends the compiler's view of `src` to `use`, and lets the compiler go afterwards. */
export function withSourceProgram<T>(use: (program: SourceProgram) => T): T {
  const api = new API({ cwd: ROOT });
  try {
    const [project] = api.updateSnapshot({ openProjects: [join(ROOT, 'tsconfig.json')] }).getProjects();
    if (!project) throw new Error('the compiler opened no project');
    const files = new Map<string, SourceFile>();
    for (const path of project.program.getSourceFileNames()) {
      if (!path.startsWith(`${ROOT}/src/`) || !path.endsWith('.ts')) continue;
      const file = project.program.getSourceFile(path);
      if (file) files.set(path.slice(ROOT.length + 1), file);
    }
    return use({ files, checker: project.checker });
  } finally {
    api.close();
  }
}

/** Every node of a file, outer ones first. */
export function* nodesOf(node: Node): Generator<Node> {
  yield node;
  const children: Node[] = [];
  node.forEachChild((child) => {
    children.push(child);
  });
  for (const child of children) yield* nodesOf(child);
}

/** `src/core/call/x.ts:12` */
export function placeOf(path: string, file: SourceFile, node: Node): string {
  return `${path}:${file.text.slice(0, node.getStart(file)).split('\n').length}`;
}
