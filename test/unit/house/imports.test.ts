import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findFault, type PackageRooms, roomOf } from './import-rules.ts';
import { scanImports } from './import-scan.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const packages: PackageRooms = JSON.parse(readFileSync(join(ROOT, 'src/imports.json'), 'utf8'));

function faultsOf(file: string, source: string): string[] {
  return scanImports(source)
    .map((found) => findFault(file, found, packages))
    .filter((fault) => fault !== undefined);
}

describe('the import table', () => {
  const files = globSync('{src,test/lab}/**/*.ts', { cwd: ROOT }).sort();

  it('holds for every file', () => {
    assert.ok(files.length > 20);
    assert.deepEqual(
      files.flatMap((file) => faultsOf(file, readFileSync(join(ROOT, file), 'utf8'))),
      [],
    );
  });

  it('lists every runtime dependency of package.json', () => {
    const manifest: { dependencies: Record<string, string> } = JSON.parse(
      readFileSync(join(ROOT, 'package.json'), 'utf8'),
    );
    assert.deepEqual(
      Object.keys(manifest.dependencies).filter((name) => !(name in packages)),
      [],
    );
  });

  const forbidden: [file: string, source: string][] = [
    ['src/core/token/x.ts', "import * as vscode from 'vscode';"],
    ['src/core/token/x.ts', "import type { Uri } from 'vscode';"],
    ['src/core/token/x.ts', "import { readFileSync } from 'node:fs';"],
    ['src/core/token/x.ts', "import { issuerOf } from '../entra/issuer.ts';"],
    ['src/core/token/x.ts', "import type { Issuer } from '../entra/issuer.ts';"],
    ['src/core/ports.ts', "import type { Token } from './token/token.ts';"],
    ['src/core/gates/x.ts', "import { causes } from '../why/causes.ts';"],
    ['src/core/gates/x.ts', "import { send } from '../../net/sender.ts';"],
    ['src/core/gates/x.ts', "import { COMMANDS } from '../../contract.ts';"],
    ['src/core/call/x.ts', "import { jwtVerify } from 'jose';"],
    ['src/net/x.ts', "import * as vscode from 'vscode';"],
    ['src/host/x.ts', "import { render } from '../webview/shared/view.ts';"],
    ['src/host/x.ts', "import { PublicClientApplication } from '@azure/msal-node';"],
    ['src/webview/x.ts', "import { readToken } from '../core/token/read-token.ts';"],
    ['src/webview/x.ts', "export { type A, readToken } from '../core/token/read-token.ts';"],
    ['src/webview/x.ts', "const path = require('node:path');"],
    ['src/protocol/x.ts', "import { readToken } from '../core/token/read-token.ts';"],
    ['src/contract.ts', "import type { A } from './host/a.ts';"],
    ['src/extension.ts', "import 'left-pad';"],
    ['src/extension.ts', "const name = './host/engine.ts';\nawait import(name);"],
    ['src/extension.ts', 'await import(`./host/engine.ts`);'],
    ['src/core/why/x.ts', "type Panel = import('../../host/panel.ts').Panel;"],
    ['src/core/why/x.ts', "import {\n  a, // one\n  b,\n} from '../../host/panel.ts';"],
    ['test/lab/x.ts', "import { clouds } from '../../src/core/entra/clouds.ts';"],
    ['test/lab/x.ts', "import { decodeJwt } from 'jose';\nimport { x } from 'left-pad';"],
  ];
  for (const [file, source] of forbidden) {
    it(`refuses in ${file}: ${source.replaceAll('\n', ' ')}`, () => assert.notDeepEqual(faultsOf(file, source), []));
  }

  const allowed: [file: string, source: string][] = [
    ['src/core/why/x.ts', "import { readToken } from '../token/read-token.ts';"],
    ['src/core/token/x.ts', "import type { Clock } from '../ports.ts';"],
    ['src/core/entra/x.ts', "// import 'vscode'\nimport { jwtVerify } from 'jose';"],
    ['src/webview/x.ts', "import type { Token } from '../core/token/token.ts';"],
    ['src/webview/x.ts', "import { type A, type B } from '../core/token/token.ts';"],
    ['src/webview/x.ts', "import { html } from 'lit/html.js';"],
    ['src/host/x.ts', "import { join } from 'node:path';\nimport * as vscode from 'vscode';"],
    ['src/extension.ts', "const url = 'https://example.com'; await import('./host/engine.ts');"],
    ['src/core/why/x.ts', `const snippet = "import { jwtVerify } from 'jose';";`],
  ];
  for (const [file, source] of allowed) {
    it(`allows in ${file}: ${source.replaceAll('\n', ' ')}`, () => assert.deepEqual(faultsOf(file, source), []));
  }

  it('finds every way to import', () => {
    const source = `
      import a from 'one'; import * as b from "two"; import 'three'; export * from 'four';
      import type { C } from 'five'; const d = await import('six'); const e = require('seven'); /* import 'no'; */`;
    const found = scanImports(source).map(({ specifier }) => specifier);
    assert.deepEqual(found.sort(), ['five', 'four', 'one', 'seven', 'six', 'three', 'two']);
  });

  it('names rooms', () => {
    const rooms = [
      'src/core/ports.ts',
      'src/core/token/token.ts',
      'src/host/commands/x.ts',
      'src/contract.ts',
      'test/lab/lab.ts',
    ].map(roomOf);
    assert.deepEqual(rooms, ['core', 'core/token', 'host', 'contract', 'test/lab']);
  });
});
