import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import { after, describe, test } from 'node:test';
import type { ToolName } from '../../../src/contract.ts';
import { AppError } from '../../../src/core/app-error.ts';
import type { ToolNeighbours } from '../../../src/host/tools/tools.ts';
import { Chance } from '../core/random.ts';
import { marker, unlabelledMarkers } from '../core/why/tool-answers/marked-input.ts';

const VSCODE = { clipboard: '', isTrusted: true };
Object.assign(globalThis, { why401Tools: VSCODE });
const STUB = `const { why401Tools: told } = globalThis;
export const env = { clipboard: { readText: async () => told.clipboard } };
export const workspace = { get isTrusted() { return told.isTrusted; } };
export const window = {};`;
registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== 'vscode') return next(specifier, context);
    return { url: `data:text/javascript,${encodeURIComponent(STUB)}`, shortCircuit: true };
  },
});
const { answerTool } = await import('../../../src/host/tools/tools.ts');

const TOOLS: readonly ToolName[] = ['decodeToken', 'validateToken', 'explainResponse', 'predictCall'];
const SOURCES = ['selection', 'clipboard', 'panel', 'lastExchange'];
const chance = new Chance(401);
let asked = 0;
after(() => console.log(`tools: ${asked} questions with marked words`));

/** What a model gets, an answer or the text of an error. */
async function told(name: ToolName, input: unknown, neighbours: Partial<ToolNeighbours>): Promise<unknown> {
  asked += 1;
  try {
    return JSON.parse(JSON.stringify(await answerTool(name, input, neighbours as ToolNeighbours)));
  } catch (error) {
    return `${error}`;
  }
}

function failing(error: () => unknown): ToolNeighbours {
  const fail = () => Promise.reject(error());
  const tokenPanel = {
    get selected() {
      throw error();
    },
  };
  return { tokenPanel, validation: fail, calling: fail, explaining: fail } as unknown as ToolNeighbours;
}

describe('what a tool throws holds no word of the input', () => {
  test('whatever fails, in whatever words', async () => {
    for (const error of [
      () => new AppError('badSettings', marker(chance)),
      () => new AppError('signInFailed', marker(chance), { cause: new Error(marker(chance)) }),
      () => new TypeError(marker(chance)),
      () => marker(chance),
      () => ({ message: marker(chance), name: marker(chance) }),
    ]) {
      for (const name of TOOLS) {
        for (const source of SOURCES)
          assert.deepEqual(unlabelledMarkers(await told(name, { source }, failing(error))), []);
      }
    }
  });

  test('whatever a model passes', async () => {
    for (let turn = 0; turn < 400; turn++) {
      const word = marker(chance);
      const inputs = [
        word,
        { source: word },
        { source: 'panel', [word]: 1 },
        [word],
        { source: 'clipboard', token: word },
      ];
      for (const input of inputs)
        assert.deepEqual(unlabelledMarkers(await told(chance.pick(TOOLS), input, {})), [], JSON.stringify(input));
    }
  });

  test('in a workspace that is not trusted', async () => {
    VSCODE.isTrusted = false;
    VSCODE.clipboard = `${marker(chance)} eyJhbGciOiJub25lIn0.e30.`;
    assert.deepEqual(unlabelledMarkers(await told('validateToken', { source: 'clipboard' }, {})), []);
    VSCODE.isTrusted = true;
  });
});

test('a clipboard of anything is decoded and explained in closed words', async () => {
  let answered = 0;
  for (let turn = 0; turn < 300; turn++) {
    const [claim, value, more] = [marker(chance), marker(chance), marker(chance)];
    const part = (content: object) => Buffer.from(JSON.stringify(content)).toString('base64url');
    const token = `${part({ alg: chance.pick(['RS256', value]), [claim]: value })}.${part({ iss: value, aud: more, scp: claim, [claim]: value })}.AAAA`;
    VSCODE.clipboard = chance.pick([
      token,
      `${value} ${token} ${more}`,
      `HTTP/1.1 ${chance.pick([401, 403, value])} ${more}\nWWW-Authenticate: Bearer error="${value}", error_description="${more}"\n${claim}: ${value}\n\n{"error":{"code":"${value}","message":"${more}"}}`,
      `curl -H "Authorization: Bearer ${token}" "https://contoso.azure-api.net/${claim}?${value}=${more}"\nHTTP/1.1 401 ${value}\n\n{"statusCode":401,"message":"${more}"}`,
      `AADSTS700016: Application with identifier '${value}' was not found in the directory '${more}'.`,
      value,
    ]);
    for (const name of ['decodeToken', 'explainResponse'] as const) {
      const answer = await told(name, { source: 'clipboard' }, {});
      assert.deepEqual(unlabelledMarkers(answer), [], VSCODE.clipboard);
      if (typeof answer === 'object') answered += 1;
    }
  }
  assert.ok(answered > 200, String(answered));
});
