import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { TokenRequest } from '../../../src/auth/token-source.ts';
import { STATE_KEYS } from '../../../src/contract.ts';
import { AppError } from '../../../src/core/app-error.ts';
import { standInForState, standInForWindow } from './asked-window.ts';

const window = standInForWindow();
const { Bindings } = await import('../../../src/host/binding.ts');

interface Binding {
  request: TokenRequest;
  origin: string;
}

const LOGIN = 'https://login.microsoftonline.com';
const AZURE_CLI = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';
const DATABASE = '022907d3-0f1b-48f7-badc-1ba6abab6d66';
/** Nobody's, as far as anybody here knows. */
const UNKNOWN = '5f1d8a70-3c11-4c1e-9d0b-2a3a4b5c6d7e';
const common = { isCustomAuthority: false, clientId: 'front', scopes: ['api://middle/.default'] };
const from: TokenRequest = { ...common, signIn: 'browser', authority: `${LOGIN}/contoso.example` };
const request: TokenRequest = {
  ...from,
  signIn: 'onBehalfOf',
  clientId: 'middle',
  scopes: ['api://orders/.default'],
  audiences: [],
  from,
};
const origin = 'https://api.example';
const BULLET = '•\u00a0';

/** What the user reads when asked about it with nothing allowed before; undefined where nobody is asked. */
async function questionAbout(binding: Binding): Promise<string | undefined> {
  window.asked.length = 0;
  try {
    await new Bindings(standInForState()).confirm(binding);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
  return window.asked[0]?.detail;
}

test('every other source, authority, audience and destination is asked about, each once', async () => {
  const bindings = new Bindings(standInForState());
  window.asked.length = 0;
  const combinations: Binding[] = [
    { request, origin },
    { request, origin: 'https://evil.example' },
    { request: { ...request, authority: `${LOGIN}/evil.example` }, origin },
    { request: { ...request, clientId: 'other' }, origin },
    { request: { ...request, scopes: ['api://other/.default'] }, origin },
    { request: { ...request, scopes: ['api://orders/.default', 'api://other/.default'] }, origin },
    { request: { ...request, from: { ...from, signIn: 'deviceCode' } }, origin },
    { request: { ...request, from: { ...from, clientId: 'other' } }, origin },
    { request: { ...request, from: { ...from, authority: `${LOGIN}/evil.example` } }, origin },
    { request: { ...request, from: { ...from, scopes: ['api://payroll/.default'] } }, origin },
    { request: from, origin },
  ];
  for (const [position, combination] of combinations.entries()) {
    assert.ok(await bindings.confirm(combination));
    assert.ok(await bindings.confirm(combination));
    assert.equal(window.asked.length, position + 1, `combination ${position}`);
  }
});

test('what does not decide which token it is asks nobody again', async () => {
  const bindings = new Bindings(standInForState());
  await bindings.confirm({ request, origin });
  window.asked.length = 0;
  const same: Partial<TokenRequest>[] = [
    { cloud: 'public' },
    { claims: '{}' },
    { forceRefresh: true },
    { accountId: 'a' },
    { clientId: 'MIDDLE' },
    { authority: `${LOGIN}:443/contoso.example/` },
  ];
  for (const change of same)
    assert.ok(await bindings.confirm({ request: { ...request, ...change } as TokenRequest, origin }));
  assert.equal(window.asked.length, 0);
});

/** Characters that are unseen, turn text around, break lines, end names, or look like others. */
const TRICKS = [' ', '\u00a0', '\t', '\n', '\r', '\u200b', '\u202e', '\u2066', '\u2028', '\ufeff', '\u00ad', '\u034f'];
const MARKS = ['\\', '"', ',', '•', ': ', '(', ')', '$(', '](', 'Issued by: ', 'а', 'ﬀ', '\ud800', '%20', '/', '//'];
const word = fc
  .array(fc.oneof(fc.constantFrom(...TRICKS, ...MARKS, 'api://orders', 'openid', AZURE_CLI, DATABASE), fc.string()), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(''));
/** Differs from others only far behind its beginning. */
const long = fc
  .tuple(fc.integer({ min: 50, max: 400 }), word)
  .map(([length, end]) => `api://${'x'.repeat(length)}${end}`);
const text = fc.oneof(word, long);
const url = fc.oneof(
  fc.webUrl({ validSchemes: ['https'], withQueryParameters: true }),
  word.map((path) => `${LOGIN}/${path}`),
  fc.constantFrom('https://xn--80ak6aa92e.com', 'https://аррӏе.com', 'https://apple.com', 'https://apple.com./'),
);
/** Often several of one API. */
const scope = fc.oneof(
  text,
  fc
    .tuple(fc.constantFrom('api://orders/', `${DATABASE}/`, `api://${UNKNOWN}/`, '/', ''), word)
    .map((parts) => parts.join('')),
);
const asked = fc.record({
  isCustomAuthority: fc.boolean(),
  authority: url,
  clientId: fc.oneof(fc.constantFrom(AZURE_CLI, DATABASE, ''), text),
  scopes: fc.array(scope, { maxLength: 6 }),
});
const simple = fc
  .tuple(asked, fc.constantFrom('browser', 'deviceCode', 'vscode', 'clientSecret', 'azureCli'))
  .map(([members, signIn]) => ({ ...members, signIn }) as TokenRequest);
const exchanged = fc
  .tuple(asked, simple)
  .map(([members, source]) => ({ ...members, signIn: 'onBehalfOf', audiences: [], from: source }) as TokenRequest);
const anyBinding: fc.Arbitrary<Binding> = fc.record({ request: fc.oneof(simple, exchanged), origin: url });

/** Another binding that differs in one thing only, and in that often by one character only. */
const anyPair: fc.Arbitrary<[Binding, Binding]> = fc
  .tuple(anyBinding, anyBinding, fc.nat(), fc.constantFrom(...TRICKS, ...MARKS))
  .map(([one, other, choice, mark]) => {
    const changes: ((binding: Binding) => Binding)[] = [
      (binding) => ({ ...binding, origin: other.origin }),
      (binding) => ({ ...binding, request: { ...binding.request, authority: other.request.authority } }),
      (binding) => ({ ...binding, request: { ...binding.request, clientId: other.request.clientId } }),
      (binding) => ({ ...binding, request: { ...binding.request, clientId: `${binding.request.clientId}${mark}` } }),
      (binding) => ({ ...binding, request: { ...binding.request, scopes: other.request.scopes } }),
      (binding) => withScopes(binding, (scopes) => [...scopes, mark]),
      (binding) => withScopes(binding, ([first = '', ...rest]) => [`${first}${mark}`, ...rest]),
      (binding) => withScopes(binding, (scopes) => [scopes.join(mark)]),
      (binding) => withScopes(binding, (scopes) => scopes.flatMap((scope) => scope.split(mark))),
      (binding) => ({
        ...binding,
        request: request.signIn === 'onBehalfOf' ? { ...request, from: other.request } : other.request,
      }),
    ];
    return [one, changes[choice % changes.length]?.(one) ?? other];
  });

function withScopes({ request: asks, origin: to }: Binding, change: (scopes: readonly string[]) => string[]): Binding {
  return { request: { ...asks, scopes: change(asks.scopes) }, origin: to };
}

async function keyOf(binding: Binding): Promise<string | undefined> {
  const kept = new Map<string, unknown>();
  await new Bindings(standInForState(kept)).confirm(binding).catch(() => false);
  const stored = kept.get(STATE_KEYS.bindings) as { allowed?: string[] } | string[] | undefined;
  return (Array.isArray(stored) ? stored : stored?.allowed)?.[0];
}

test('two bindings with different keys are never asked about in the same words', async (t) => {
  let [tried, different, refused] = [0, 0, 0];
  const property = fc.asyncProperty(anyPair, async ([one, other]) => {
    tried++;
    const [oneKey, otherKey] = [await keyOf(one), await keyOf(other)];
    if (oneKey === undefined || otherKey === undefined) refused++;
    if (oneKey === otherKey || oneKey === undefined || otherKey === undefined) return;
    different++;
    assert.notEqual(await questionAbout(one), await questionAbout(other));
  });
  await fc.assert(property, { numRuns: 6_000 });
  t.diagnostic(`${tried} pairs, ${different} of them with different keys, ${refused} refused`);
});

const decoded = (shown: string) =>
  shown.replace(/\\u\{([0-9a-f]+)\}/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
/** Without the name that stands before what it names: `Azure CLI (04b0…)`. */
const unnamed = (shown: string) =>
  shown.includes(' ') ? shown.slice(shown.indexOf(' (') + ' ('.length).replace(')', '') : shown;

/** The scopes that a line stands for. */
function scopesOf(line: string): string[] {
  const colon = line.indexOf(': ');
  if (colon < 0) return [decoded(unnamed(line))];
  const api = line.slice(0, colon);
  const before = api === 'without an API' ? '' : `${unnamed(api)}/`;
  return line
    .slice(colon + ': '.length)
    .split(' ')
    .map((name) => decoded(before + name));
}

/** What a question says, read back: by its labels, the values behind each. */
function readBack(question: string): Map<string, string[]> {
  const facts = new Map<string, string[]>();
  let label = '';
  for (const line of question.split('\n\n')[0]?.split('\n') ?? []) {
    const isOneOfSeveral = line.startsWith(BULLET);
    if (!isOneOfSeveral) label = line.slice(0, line.indexOf(':'));
    const shown = isOneOfSeveral ? line.slice(BULLET.length) : line.slice(`${label}: `.length);
    const read = /\bfor$/i.test(label) ? scopesOf(shown) : [decoded(unnamed(shown))];
    facts.set(label, [...(facts.get(label) ?? []), ...(shown === '' || shown === 'what the token says' ? [] : read)]);
  }
  return facts;
}

test('every value of the key can be read back from the question, and nothing unseen is in it', async (t) => {
  let [values, together] = [0, 0];
  const property = fc.asyncProperty(anyBinding, async (binding) => {
    const [key, question] = [await keyOf(binding), await questionAbout(binding)];
    if (key === undefined || question === undefined) return;
    const shown = readBack(question);
    for (const [label = '', ...held] of JSON.parse(key) as string[][]) {
      if (label.toLowerCase().endsWith('got by')) assert.equal(shown.get(label)?.length, 1);
      else assert.deepEqual(shown.get(label)?.toSorted(), held.toSorted(), question);
      values += held.length;
    }
    const [held = ''] = question.split('\n\n');
    if (/: \S+ \S/.test(held)) together++;
    assert.match(held, /^[\n•\u00a0!-~ ]*$/);
    assert.doesNotMatch(held, /\$\(|\]\(| {2}/);
  });
  await fc.assert(property, { numRuns: 3_000 });
  assert.ok(together > 100);
  t.diagnostic(`${values} values read back; ${together} questions with several scopes on a line`);
});

test('a value is shown to its end, however long, and what is too long to be read is refused', async () => {
  const end = '/Salaries.ReadWrite';
  const withLength = (length: number) => ({
    request: { ...from, scopes: [`api://${'x'.repeat(length)}${end}`] },
    origin,
  });
  for (const length of [0, 60, 200, 1000])
    assert.ok((await questionAbout(withLength(length)))?.includes(`x`.repeat(length) + end));
  const many = (count: number, api: (at: number) => string) => ({
    request: { ...from, scopes: Array.from({ length: count }, (_, at) => `${api(at)}/Orders.ReadWrite.${at}`) },
    origin,
  });
  for (const wide of [
    many(60, () => 'https://graph.microsoft.com'),
    many(80, () => 'api://orders'),
    many(20, String),
  ]) {
    const question = await questionAbout(wide);
    assert.deepEqual(
      readBack(question ?? '')
        .get('For')
        ?.toSorted(),
      wide.request.scopes.toSorted(),
    );
  }
  for (const tooLong of [
    withLength(100_000),
    many(2_000, () => 'api://orders'),
    many(40, String),
    { request: { ...from, authority: `${LOGIN}/${'a/'.repeat(3_000)}` }, origin },
  ])
    await assert.rejects(new Bindings(standInForState()).confirm(tooLong), { code: 'badSettings' });
});

test('where it goes, who issues it and the client stand before all scopes', async () => {
  const scopes = Array.from({ length: 8 }, (_, at) => `api://${at}/.default`);
  const exchange = { ...request, scopes, from: { ...from, scopes } } as TokenRequest;
  const labels = [...readBack((await questionAbout({ request: exchange, origin })) ?? '').keys()];
  const firstScopes = labels.findIndex((label) => /\bfor$/i.test(label));
  assert.deepEqual(
    labels.slice(firstScopes).filter((label) => !/\bfor$/i.test(label)),
    [],
  );
  assert.equal(labels[0], 'Sent to');
});

test('an exchange says who is handed the token, and a pasted one is of an issuer nobody knows', async () => {
  const pasted: TokenRequest = {
    ...{ ...common, signIn: 'pasted', authority: from.authority, clientId: '', scopes: [] },
    ...{ purpose: 'p', label: 'l', goesTo: { api: [], exchange: [] } },
  };
  const linesOf = async (asks: TokenRequest) => (await questionAbout({ request: asks, origin }))?.split('\n') ?? [];
  const others = { ...request, authority: 'https://login.microsoftonline.us/t' } as TokenRequest;
  for (const source of [from, pasted]) {
    const lines = await linesOf({ ...others, from: source } as TokenRequest);
    assert.equal(lines.filter((line) => line.endsWith(': https://login.microsoftonline.us')).length, 1);
  }
  for (const [asks, isKnown] of [
    [from, true],
    [pasted, false],
    [{ ...request, from }, true],
    [{ ...request, from: pasted }, false],
  ] as const) {
    const issuers = (await linesOf(asks as TokenRequest)).filter((line) => /issued by: /i.test(line));
    assert.equal(issuers.at(-1)?.toLowerCase().endsWith(`issued by: ${from.authority}`), isKnown, issuers.join());
  }
});

test('an id that nobody knows is pointed out where Microsoft’s own client asks for it', async () => {
  const VSCODE = 'aebc6443-996d-45c2-90f0-388ff96faa56';
  const ids = async (clientId: string, ...scopes: string[]) => {
    const question = (await questionAbout({ request: { ...from, clientId, scopes }, origin })) ?? '';
    const [held = '', ...paragraphs] = question.split('\n\n');
    const pointedOut = held.split('\n').filter((line) => line.endsWith(`: ${UNKNOWN}`));
    return [pointedOut.length, paragraphs.length];
  };
  for (const client of [AZURE_CLI, VSCODE, AZURE_CLI.toUpperCase()])
    for (const scope of [
      `${UNKNOWN}/.default`,
      `api://${UNKNOWN}/Read`,
      `spn:${UNKNOWN.toUpperCase()}//.default`,
      UNKNOWN,
    ])
      assert.deepEqual(await ids(client, scope, 'openid'), [1, 2], `${client} ${scope}`);
  for (const [client, scope] of [
    ['front', `${UNKNOWN}/.default`],
    [AZURE_CLI, `${DATABASE}/.default`],
    [AZURE_CLI, `api://${VSCODE}/.default`],
    [AZURE_CLI, 'api://orders/.default'],
    [AZURE_CLI, `api://contoso.example/${UNKNOWN}/Read`],
  ] as const)
    assert.deepEqual(await ids(client, scope), [0, 1], `${client} ${scope}`);
  assert.notEqual(
    await keyOf({ request: { ...from, clientId: AZURE_CLI, scopes: [`${UNKNOWN}/a`] }, origin }),
    await keyOf({ request: { ...from, clientId: 'front', scopes: [`${UNKNOWN}/a`] }, origin }),
  );
});

test('Microsoft’s own clients and APIs are named', async () => {
  const question = await questionAbout({
    request: { ...from, clientId: AZURE_CLI, scopes: [`${DATABASE}/.default`] },
    origin,
  });
  assert.match(question ?? '', new RegExp(`^Client: Azure CLI \\(${AZURE_CLI}\\)$`, 'm'));
  assert.match(question ?? '', new RegExp(`^For: Azure SQL Database \\(${DATABASE}\\)/\\.default$`, 'm'));
});

test('answers to the older question are dropped, said once, and never left behind', async () => {
  const older = [
    JSON.stringify(['browser', 'front', `${LOGIN}/contoso.example`, ['api://middle/.default'], origin]),
    JSON.stringify([
      'onBehalfOf',
      'middle',
      'browser',
      'front',
      from.authority,
      request.authority,
      request.scopes,
      origin,
    ]),
  ];
  const kept = new Map<string, unknown>([[STATE_KEYS.bindings, older]]);
  const bindings = new Bindings(standInForState(kept));
  window.asked.length = 0;
  window.answer = () => undefined;
  assert.equal(await bindings.confirm({ request: from, origin }), false);
  assert.deepEqual(kept.get(STATE_KEYS.bindings), { version: 2, allowed: [] });
  window.answer = ([first]) => first;
  assert.ok(await bindings.confirm({ request: from, origin }));
  assert.ok(await bindings.confirm({ request, origin }));
  assert.equal(window.asked.length, 3);
  const paragraphs = window.asked.map(({ detail }) => detail.split('\n\n').length);
  assert.deepEqual(paragraphs, [3, 2, 2]);
  const stored = kept.get(STATE_KEYS.bindings) as { version: number; allowed: string[] };
  assert.deepEqual([stored.version, stored.allowed.length], [2, 2]);
  assert.ok(stored.allowed.every((key) => !older.includes(key)));
});

test('forgetting counts answers of both forms, and leaves none', async () => {
  for (const [stored, count] of [
    [['a', 'b'], 2],
    [{ version: 2, allowed: ['a'] }, 1],
    [undefined, 0],
    [{ version: 3, more: [] }, 0],
  ] as const) {
    const kept = new Map<string, unknown>(stored === undefined ? [] : [[STATE_KEYS.bindings, stored]]);
    assert.equal(await new Bindings(standInForState(kept)).forgetAll(), count);
    assert.equal(kept.size, 0);
  }
});

test('authorities that differ in the end of their query are two', async () => {
  const ask = (query: string) =>
    questionAbout({ request: { ...from, authority: `https://idp.example/t?p=${query}` }, origin });
  assert.notEqual(await ask('a'), await ask('a/'));
});
