import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type SelectedRange = [startLine: number, startCharacter: number, endLine: number, endCharacter: number];

/** What the test extension in `host-probe/` can be asked: request → its parameters and answer. */
interface ProbeRequests {
  extension: { parameters: { id: string }; result: { installed: boolean; active: boolean } };
  heapOfMain: { parameters: { id: string }; result: number };
  commands: { parameters: object; result: string[] };
  executeCommand: { parameters: { command: string; args: unknown[] }; result: undefined };
  getConfiguration: { parameters: { key: string }; result: unknown };
  /** Default target: the user's settings. `undefined` as value removes the setting. */
  updateConfiguration: {
    parameters: { key: string; value: unknown; target?: 'user' | 'workspace' };
    result: undefined;
  };
  openFile: { parameters: { path: string }; result: undefined };
  openDocument: { parameters: { name: string; text: string; language?: string }; result: undefined };
  select: { parameters: { text: string; occurrence: number }; result: undefined };
  /** Line and character of its start and of its end; nothing where nothing is selected. */
  selectedRange: { parameters: object; result: SelectedRange | undefined };
  selectRange: { parameters: { range: SelectedRange }; result: undefined };
  activeDocument: { parameters: object; result: { uri: string; languageId: string; text: string } | undefined };
  tabs: { parameters: object; result: { label: string; isActive: boolean; viewType?: string }[] };
  readClipboard: { parameters: object; result: string };
  writeClipboard: { parameters: { text: string }; result: undefined };
  diagnostics: {
    parameters: object;
    result: { uri: string; message: string; severity: number; source?: string; code?: unknown }[];
  };
  roundTrips: { parameters: { count: number }; result: number[] };
  getSession: {
    parameters: { provider: string; scopes: string[]; options: { createIfNone?: true; silent?: true } };
    result: { account?: string; hasToken?: boolean; error?: string };
  };
  isTrusted: { parameters: object; result: boolean };
  loadedBundles: { parameters: { id: string }; result: string[] };
  /** What a tool for language models answers, as text; or its refusal. */
  invokeTool: { parameters: { name: string; input: unknown }; result: { text?: string; error?: string } };
  listeningPorts: { parameters: object; result: number[] };
}

export interface HostProbe {
  /** For the environment of the server: where the test listens, and the token that proves the caller. */
  env: { WHY401_PROBE: string };
  /** Settles when an extension host has connected that was not there at the last `expectNewHost`. */
  connected(): Promise<void>;
  /** Call before a reload: requests then wait for the next extension host. */
  expectNewHost(): void;
  ask<Name extends keyof ProbeRequests>(
    request: Name,
    parameters: ProbeRequests[Name]['parameters'],
  ): Promise<ProbeRequests[Name]['result']>;
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 60_000;
/** Within it a file of 40 MB is opened, and a person signs in. */
const ANSWER_TIMEOUT_MS = 120_000;

interface Pending {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** Listens on loopback for the probe. The newest extension host that knows the token is the one that is asked. */
export async function openHostProbe(): Promise<HostProbe> {
  const token = randomBytes(24).toString('hex');
  const pending = new Map<number, Pending>();
  const sockets = new Set<Socket>();
  let host = openPromise<Socket>();
  let lastId = 0;

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    let greeted = false;
    readLines(socket, (line) => {
      const message = JSON.parse(line) as { token?: string; id?: number; result?: unknown; error?: string };
      if (!greeted) {
        greeted = message.token === token;
        if (greeted) host.resolve(socket);
        else socket.destroy();
        return;
      }
      const waiting = pending.get(message.id ?? -1);
      pending.delete(message.id ?? -1);
      if (message.error !== undefined) waiting?.reject(new Error(`host probe: ${message.error}`));
      else waiting?.resolve(message.result);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port for the host probe');

  return {
    env: { WHY401_PROBE: `${address.port}:${token}` },
    async connected() {
      await within(CONNECT_TIMEOUT_MS, 'an extension host to connect', host.promise);
    },
    expectNewHost() {
      host = openPromise<Socket>();
    },
    async ask(request, parameters) {
      const socket = await within(CONNECT_TIMEOUT_MS, 'an extension host to connect', host.promise);
      const id = ++lastId;
      const answer = new Promise<unknown>((resolve, reject) => pending.set(id, { resolve, reject }));
      socket.write(`${JSON.stringify({ id, request, parameters })}\n`);
      return (await within(ANSWER_TIMEOUT_MS, `the host probe to answer ${request}`, answer)) as never;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function openPromise<T>(): { promise: Promise<T>; resolve(value: T): void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

function readLines(socket: Socket, onLine: (line: string) => void): void {
  let unread = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (unread + chunk).split('\n');
    unread = lines.pop() ?? '';
    lines.forEach(onLine);
  });
}

/** The result, or an error that says what was waited for. */
export async function within<T>(timeoutMs: number, what: string, result: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${timeoutMs} ms for ${what}`)), timeoutMs);
  });
  try {
    return await Promise.race([result, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** Packs the probe as VSIX in a temp folder; `remove` deletes it. */
export function packHostProbe(): Promise<PackedExtension> {
  return packTestExtension('host-probe');
}

export interface PackedExtension {
  vsix: string;
  remove(): Promise<void>;
}

/** Packs an extension that stands in a folder beside this file. */
export async function packTestExtension(name: string): Promise<PackedExtension> {
  const folder = await mkdtemp(join(tmpdir(), 'why401-probe-'));
  const vsix = join(folder, `${name}.vsix`);
  const vsce = fileURLToPath(import.meta.resolve('@vscode/vsce/vsce'));
  const args = [vsce, 'package', '--no-dependencies', '--skip-license', '--allow-missing-repository', '--out', vsix];
  const cwd = fileURLToPath(new URL(name, import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`vsce could not pack ${name}:\n${stdout}${stderr}`);
  return { vsix, remove: () => rm(folder, { recursive: true, force: true }) };
}
