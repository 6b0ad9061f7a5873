import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { callAll } from './hostile-lanes.ts';
import { HOSTILE_SHAPES } from './hostile-shapes.ts';
import type { Sketches } from './sketch.ts';
import { withSourceProgram } from './source-program.ts';
import { squareOfBlanks } from './square-of-blanks.ts';
import { isPure, scanTextFunctions, type TextFunction } from './text-functions.ts';

const FEWEST_FUNCTIONS = 500;

/** Modules of auth and net that talk to the world: not called here. Those of host are known by what they import. */
const WITH_THE_WORLD: Readonly<Record<string, string>> = {
  'src/auth/app-only.ts': 'asks a token endpoint through MSAL',
  'src/auth/azure-cli.ts': 'starts az; its output is cut at 1 MB',
  'src/auth/client-certificate.ts': 'reads a file of at most 1 MB',
  'src/auth/client-proof.ts': 'reads a certificate',
  'src/auth/msal-application.ts': 'builds clients of MSAL',
  'src/auth/msal-browser.ts': 'signs in through MSAL',
  'src/auth/msal-confidential.ts': 'asks a token endpoint through MSAL',
  'src/auth/msal-device-code.ts': 'signs in through MSAL',
  'src/auth/msal-network.ts': 'asks login hosts',
  'src/auth/msal-public.ts': 'signs in through MSAL',
  'src/auth/on-behalf-of.ts': 'asks a token endpoint through MSAL',
  'src/auth/redirect-listener.ts': 'listens for a browser',
  'src/auth/token-sources.ts': 'chooses among all of these',
  'src/auth/vscode-account.ts': 'asks VS Code',
  'src/net/fetch-text.ts': 'asks a host',
  'src/net/file-store.ts': 'reads and writes files',
  'src/net/real-folder.ts': 'asks the file system',
  'src/net/run-program.ts': 'starts a program',
  'src/net/send-hop.ts': 'sends a call',
  'src/net/sender.ts': 'sends calls',
};

/** Functions that are not called, and why. */
const NOT_CALLED: Readonly<Record<string, string>> = {
  'src/auth/credential-vault.ts#CredentialVault.read': 'throws what a secret store cannot give',
  'src/auth/credential-vault.ts#CredentialVault.update': 'throws what a secret store cannot give',
  'src/auth/credential-vault.ts#CredentialVault.forget': 'throws what a secret store cannot give',
  'src/core/why/reason-text.ts#REASON_TEXTS.keyFoundEarlier': 'words the name of a failure, which is one of a list',
  'src/core/why/reason-text.ts#REASON_TEXTS.keyFoundLongAgo': 'words the name of a failure, which is one of a list',
  'src/core/why/reason-text.ts#REASON_TEXTS.keysStale': 'words the name of a failure, which is one of a list',
};

describe('every exported function that takes text', () => {
  let functions: TextFunction[];
  let sketches: Sketches;
  let impure: string[];

  before(() => {
    withSourceProgram((program) => {
      const paths = [...program.files.keys()].filter((path) => /^src\/(?:core|net|auth|host)\//.test(path));
      impure = paths.filter((path) => !isPure(path));
      ({ functions, sketches } = scanTextFunctions(
        program,
        paths.filter((path) => !impure.includes(path)),
      ));
    });
  });

  it('is found, or stands in a module that is known to talk to the world', () => {
    assert.ok(functions.length > FEWEST_FUNCTIONS);
    assert.deepEqual(impure.filter((path) => !path.startsWith('src/host/')).sort(), Object.keys(WITH_THE_WORLD).sort());
  });

  it('is called, or is known to be left out', () => {
    const names = new Set(functions.map(whereOf));
    assert.deepEqual(
      Object.keys(NOT_CALLED).filter((where) => !names.has(where)),
      [],
    );
  });

  it('comes back from every hostile text of 256 kB, or of 1 MB where that is asked for', async (t) => {
    const called = functions.filter((taken) => !(whereOf(taken) in NOT_CALLED));
    const { faults, outcomes } = await callAll(called, sketches);
    const calls = [...outcomes.values()].reduce((sum, outcome) => sum + outcome.calls, 0);
    t.diagnostic(`${called.length} functions, ${HOSTILE_SHAPES.length} shapes, ${calls} calls`);
    assert.deepEqual(faults, []);
    const never = [...outcomes].filter(([, { returned }]) => returned === 0);
    assert.deepEqual(
      never.map(([where, { error }]) => `${where} always throws: ${error}`),
      [],
    );
  });
});

it('the watchdog ends a function that takes the square of its text', async () => {
  const sketches: Sketches = { 1: { kind: 'text' } };
  const parameters = [{ name: 'text', type: 1 }];
  const path = 'test/unit/house/square-of-blanks.ts';
  const { faults } = await callAll([{ path, name: squareOfBlanks.name, parameters, variants: 1 }], sketches);
  assert.deepEqual(
    faults.map(({ where }) => where),
    [`${path}#${squareOfBlanks.name}`],
  );
});

function whereOf({ path, name }: TextFunction): string {
  return `${path}#${name}`;
}
