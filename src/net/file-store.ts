import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PublicStore } from '../core/ports.ts';

const MAX_BYTES = 1024 * 1024;

/**
 * Public data as one file a name in a folder, made when it is first needed. Names may be any text: files are called by
 * their hash. Another window never sees half a file. A file over 1 MB is not read.
 */
export function createFileStore(folder: string): PublicStore {
  const fileOf = (name: string) => join(folder, `${createHash('sha256').update(name).digest('hex')}.json`);
  return {
    read: async (name) => {
      const file = fileOf(name);
      try {
        return (await stat(file)).size > MAX_BYTES ? undefined : await readFile(file, 'utf8');
      } catch (error) {
        if (isNotThere(error)) return undefined;
        throw error;
      }
    },
    write: async (name, text) => {
      await mkdir(folder, { recursive: true });
      const unfinished = join(folder, `${randomUUID()}.tmp`);
      try {
        await writeFile(unfinished, text, { mode: 0o600 });
        await rename(unfinished, fileOf(name));
      } finally {
        await rm(unfinished, { force: true });
      }
    },
  };
}

function isNotThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
