import type { Page } from 'playwright-core';

export interface StoredItem {
  /** Such as `localStorage secret.…` or `indexedDB vscode-web-db/state`. */
  where: string;
  bytes: Buffer;
}

/** All the page's origin keeps in the browser: local and session storage, every IndexedDB, every cache. */
export async function dumpBrowserStorage(page: Page): Promise<StoredItem[]> {
  const items = await page.evaluate(readStorage);
  return items.map(({ where, base64 }) => ({ where, bytes: Buffer.from(base64, 'base64') }));
}

/** Runs in the browser. Every value is flattened to its strings and bytes, so that nothing hides in a structure. */
async function readStorage(): Promise<{ where: string; base64: string }[]> {
  const found: { where: string; base64: string }[] = [];

  function addBytes(where: string, bytes: Uint8Array): void {
    let binary = '';
    for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
    found.push({ where, base64: btoa(binary) });
  }
  function addText(where: string, text: string): void {
    addBytes(where, new TextEncoder().encode(text));
  }
  async function addValue(where: string, value: unknown): Promise<void> {
    if (typeof value === 'string') addText(where, value);
    else if (value instanceof Blob) addBytes(where, new Uint8Array(await value.arrayBuffer()));
    else if (value instanceof ArrayBuffer) addBytes(where, new Uint8Array(value));
    else if (ArrayBuffer.isView(value))
      addBytes(where, new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    else if (value instanceof Map || value instanceof Set) for (const entry of value) await addValue(where, entry);
    else if (value !== null && typeof value === 'object') {
      for (const [key, inner] of Object.entries(value)) {
        addText(where, key);
        await addValue(where, inner);
      }
    } else addText(where, String(value));
  }
  function settled<T>(request: IDBRequest<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }

  for (const [name, storage] of Object.entries({ localStorage, sessionStorage })) {
    for (const [key, value] of Object.entries<string>(storage)) addText(`${name} ${key}`, `${key}\n${value}`);
  }
  for (const { name: databaseName } of await indexedDB.databases()) {
    if (databaseName === undefined) continue;
    const database = await settled(indexedDB.open(databaseName));
    for (const storeName of database.objectStoreNames) {
      const where = `indexedDB ${databaseName}/${storeName}`;
      const store = database.transaction(storeName, 'readonly').objectStore(storeName);
      const [keys, values] = await Promise.all([settled(store.getAllKeys()), settled(store.getAll())]);
      await addValue(where, keys);
      await addValue(where, values);
    }
    database.close();
  }
  for (const cacheName of await caches.keys()) {
    const cache = await caches.open(cacheName);
    for (const request of await cache.keys()) {
      const where = `cache ${cacheName} ${request.url}`;
      addText(where, request.url);
      await addValue(where, await (await cache.match(request))?.arrayBuffer());
    }
  }
  return found;
}
