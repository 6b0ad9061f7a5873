import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BESIDE_THE_PROJECT = join(dirname(fileURLToPath(import.meta.url)), '../../../../shared/vectors');
const FOLDER = process.env.WHY401_VECTORS ?? BESIDE_THE_PROJECT;

/**
 * Options for a test of published vectors, which are data of others and no part of the project: skipped, and loudly, where
 * the folder is absent. WHY401_VECTORS names another folder than `../shared/vectors`.
 */
export function needsVectors(): { skip: string | false } {
  if (existsSync(join(FOLDER, 'README.md'))) return { skip: false };
  const line = `SKIPPED: the published vectors are not at ${FOLDER}; WHY401_VECTORS may name their folder`;
  console.error(`\n━━━━ ${line} ━━━━\n`);
  return { skip: line };
}

/** One file of the vectors as JSON. */
export function readVectors<T>(path: string): T {
  return JSON.parse(readFileSync(join(FOLDER, path), 'utf8'));
}
