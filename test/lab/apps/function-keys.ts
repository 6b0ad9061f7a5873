import { randomBytes } from 'node:crypto';
import type { LabRequest } from '../loopback-server.ts';

/** `authLevel` of an HTTP trigger. */
export type AuthLevel = 'anonymous' | 'function' | 'admin';

/** What a presented key is good for. */
export type KeyLevel = 'none' | 'function' | 'system' | 'master';

/** The keys of one function app, new ones in every run. Rotate one by writing another value. */
export interface FunctionKeys {
  /** `_master` in the portal. */
  master: string;
  /** By extension, for `/runtime/webhooks/{extension}`. */
  system: Record<string, string>;
  /** By name; good for every function. */
  host: Record<string, string>;
  /** By function, then by name. */
  functions: Record<string, Record<string, string>>;
}

export function createFunctionKeys(functionNames: readonly string[], extensions: readonly string[] = []): FunctionKeys {
  return {
    master: createKey(),
    system: Object.fromEntries(extensions.map((extension) => [extension, createKey()])),
    host: { default: createKey() },
    functions: Object.fromEntries(functionNames.map((name) => [name, { default: createKey() }])),
  };
}

/** The key of a request: the first `x-functions-key` header, even a wrong one; only without it `?code=`. */
export function presentedKey({ headerLines, url }: LabRequest): string | undefined {
  const header = headerLines.find(([name]) => name.toLowerCase() === 'x-functions-key');
  return header ? header[1] : (url.searchParams.get('code') ?? undefined);
}

/** Order of the real host: master, system, host keys, the function's own. */
export function levelOf(keys: FunctionKeys, key: string | undefined, functionName?: string): KeyLevel {
  if (!key) return 'none';
  if (key === keys.master) return 'master';
  if (Object.values(keys.system).includes(key)) return 'system';
  const accepted = [...Object.values(keys.host), ...Object.values(keys.functions[functionName ?? ''] ?? {})];
  return accepted.includes(key) ? 'function' : 'none';
}

/** A system key opens neither `function` nor `admin`; a wrong key does not shut `anonymous`. */
export function opens(level: KeyLevel, authLevel: AuthLevel): boolean {
  if (authLevel === 'anonymous' || level === 'master') return true;
  return authLevel === 'function' && level === 'function';
}

// The shape of real ones: base64url with Azure's mark in it and padding that wants escaping in a query.
function createKey(): string {
  return `${randomBytes(30).toString('base64url')}AzFu${randomBytes(6).toString('base64url')}==`;
}
