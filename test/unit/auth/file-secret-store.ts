import { readFile, rename, writeFile } from 'node:fs/promises';
import type { SecretStore } from '../../../src/core/ports.ts';

/** Secrets in a file, written as VS Code's storage is: a process that dies leaves the old or the new, never half of it. */
export class FileSecretStore implements SecretStore {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async get(key: string): Promise<string | undefined> {
    return (await this.#read())[key];
  }

  async store(key: string, value: string): Promise<void> {
    await this.#write({ ...(await this.#read()), [key]: value });
  }

  async delete(key: string): Promise<void> {
    const { [key]: _, ...rest } = await this.#read();
    await this.#write(rest);
  }

  async keys(): Promise<string[]> {
    return Object.keys(await this.#read());
  }

  onDidChange(): { dispose(): void } {
    return { dispose: () => undefined };
  }

  async #read(): Promise<Record<string, string>> {
    const text = await readFile(this.#path, 'utf8').catch(() => '{}');
    return JSON.parse(text) as Record<string, string>;
  }

  async #write(secrets: Record<string, string>): Promise<void> {
    const part = `${this.#path}.${process.pid}`;
    await writeFile(part, JSON.stringify(secrets), { mode: 0o600 });
    await rename(part, this.#path);
  }
}
