import type { CredentialNames } from '../../../../src/core/call/credentials-of-request.ts';
import type { WholeRequest } from '../../../../src/core/call/request-pieces.ts';
import { Chance } from '../random.ts';
import { signToken } from '../token/sign-token.ts';

export const ORIGIN = 'https://api.contoso.example';

/** What the profile of the calls renamed its keys to. */
export const NAMES: CredentialNames = { headers: ['Contoso-Sub'], queryParameters: ['sub'] };

/** A request with a credential in one place. */
export interface PlacedCredential {
  name: string;
  request: WholeRequest;
  /** What must not leave: neither it nor a way to write it. */
  secret: string;
  /** How sure it is. */
  certainty: 'certain' | 'likely' | 'possible';
  part: 'header' | 'userInfo' | 'path' | 'query' | 'fragment' | 'body';
}

/** A kind of credential: what is written, and the part of it that is secret. */
interface Kind {
  name: string;
  text: string;
  secret: string;
  /** Told from a word by what it looks like, under any name: as a token or key of a known form, or as random. */
  looks: 'certain' | 'random' | 'likeAnything';
}

const chance = new Chance(401);
const HEX = '0123456789abcdef';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function random(length: number, alphabet = LETTERS): string {
  return Array.from({ length }, () => chance.pick([...alphabet])).join('');
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Made anew for each run, or from a fixed chance: nothing here is anybody's. */
export async function credentialKinds(): Promise<Kind[]> {
  const token = await signToken({ aud: 'api://orders', name: random(20) });
  const kind = (name: string, looks: Kind['looks'], secret: string, text = secret): Kind => ({
    name,
    looks,
    secret,
    text,
  });
  const opaque = random(30);
  const password = `${random(6)}-pass`;
  const userAndPassword = base64(`user:${password}`);
  const signature = random(43);
  return [
    kind('a token', 'certain', token),
    kind('Bearer and a token', 'certain', token, `Bearer ${token}`),
    kind('Bearer and an opaque token', 'certain', opaque, `bearer ${opaque}`),
    kind('Basic', 'certain', userAndPassword, `Basic ${userAndPassword}`),
    kind('Basic, the password', 'certain', password, `Basic ${userAndPassword}`),
    kind('DPoP', 'certain', opaque, `DPoP ${opaque}`),
    kind('ApiKey', 'certain', opaque.slice(0, 12), `ApiKey ${opaque.slice(0, 12)}`),
    kind('Token', 'certain', opaque.slice(0, 12), `Token ${opaque.slice(0, 12)}`),
    kind('SharedKey', 'certain', signature, `SharedKey account:${signature}`),
    kind('a shared access signature', 'certain', signature, `SharedAccessSignature sr=x&sig=${signature}&se=1`),
    kind('Digest', 'certain', opaque, `Digest username="u", response="${opaque}"`),
    kind('a client secret of Entra', 'certain', `${random(3)}8Q~${random(34)}`),
    kind('a Functions key', 'certain', `${random(40)}AzFu${random(8)}==`),
    kind('a subscription key', 'random', random(32, HEX)),
    kind('a key of 64 bytes', 'random', `${random(42)}+/${random(42)}==`),
    kind('an access token nobody can read', 'random', `ya29.${random(40)}-_${random(6)}`),
    kind('a password', 'likeAnything', `hunter${random(4)}`),
    kind('a pass phrase', 'likeAnything', 'correct-horse-battery'),
  ];
}

type Place = [part: PlacedCredential['part'], name: string, write: (text: string) => Partial<WholeRequest>];

const header = (name: string, value: string) => ({ headers: [{ name, value }] });
const json = (value: unknown) => ({
  body: JSON.stringify(value),
  headers: [{ name: 'Content-Type', value: 'application/json' }],
});
const form = (body: string) => ({
  body,
  headers: [{ name: 'Content-Type', value: 'application/x-www-form-urlencoded' }],
});
const percent = encodeURIComponent;
/** Every character, needed or not. */
const percentAll = (text: string) =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
const unicodeEscapes = (text: string) =>
  [...text].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

/** Where the name says that it is a credential, whatever it is. */
const NAMED: readonly Place[] = [
  ...[
    ...['Authorization', 'authorization', 'PROXY-AUTHORIZATION', 'x-functions-key', 'Ocp-Apim-Subscription-Key'],
    ...['api-key', 'X-Gateway-Key', 'X-Auth-Token', 'X-Client-Secret', 'Contoso-Sub', 'contoso-sub'],
  ].map((name): Place => ['header', name, (text) => header(name, text)]),
  ['header', 'quoted under its name', (text) => header('api-key', JSON.stringify(text))],
  ['userInfo', 'password', (text) => ({ url: `https://me:${percent(text)}@api.contoso.example/x` })],
  ['userInfo', 'user', (text) => ({ url: `https://${percent(text)}@api.contoso.example/x` })],
  ...['code', 'Subscription-Key', 'sig', 'access_token', 'sub', 'c%6fde', '%63ode', 's%75b'].flatMap(
    (name): Place[] => [
      ['query', name, (text) => ({ url: `${ORIGIN}/x?a=1&${name}=${percent(text)}&b=2` })],
      ['query', `${name}, all encoded`, (text) => ({ url: `${ORIGIN}/x?${name}=${percentAll(text)}` })],
      [
        'query',
        `${name}, beside what is malformed`,
        (text) => ({ url: `${ORIGIN}/x?z=%zz&${name}=${percentAll(text)}&y=%` }),
      ],
      ['fragment', name, (text) => ({ url: `${ORIGIN}/x#${name}=${percent(text)}` })],
    ],
  ),
  ...['client_secret', 'password', 'code', 'client%5Fsecret', 'refresh_token', 'sub'].flatMap((name): Place[] => [
    ['body', `form ${name}`, (text) => form(`a=1&${name}=${percent(text)}&b=2`)],
    ['body', `form ${name}, all encoded, malformed`, (text) => form(`z=%E0%A4%A&${name}=${percentAll(text)}`)],
  ]),
  ...['client_secret', 'password', 'Authorization', 'x-api-key', 'Contoso-Sub'].flatMap((name): Place[] => [
    ['body', `JSON ${name}`, (text) => json({ a: 1, [name]: text })],
    ['body', `JSON ${name}, nested`, (text) => json({ a: [{ headers: { [name]: text } }] })],
    ['body', `JSON ${name}, quoted`, (text) => json({ inner: JSON.stringify({ [name]: text }) })],
    ['body', `JSON ${name}, quoted twice`, (text) => json(JSON.stringify(JSON.stringify({ [name]: text })))],
    ['body', `JSON ${name}, escaped`, (text) => ({ body: `{"${unicodeEscapes(name)}":"${unicodeEscapes(text)}"}` })],
    ['body', `JSON ${name}, as a pair`, (text) => json([{ name, value: text }])],
    ['body', `JSON ${name}, with a comma too many`, (text) => ({ body: `{"${name}":${JSON.stringify(text)},}` })],
    ['body', `JSON ${name} in a form`, (text) => form(`data=${percent(JSON.stringify({ [name]: text }))}`)],
  ]),
  ...['password', 'passwords', 'client_secret', 'clientSecrets', 'adminPassword', 'secrets'].flatMap(
    (name): Place[] => [
      ['body', `JSON below ${name}`, (text) => json({ parameters: { [name]: { value: text } } })],
      ['body', `JSON below ${name}, under text`, (text) => json({ [name]: { type: 'secureString', text } })],
      ['body', `JSON listed below ${name}`, (text) => json({ a: 1, [name]: ['x', text], b: 2 })],
      ['body', `JSON two below ${name}`, (text) => json({ [name]: { a: { b: [1], value: text } } })],
    ],
  ),
  ...['secrets', 'passwords'].map(
    (name): Place => ['body', `JSON by name in ${name}`, (text) => json({ [name]: { a: text } })],
  ),
  ['body', 'YAML pair', (text) => ({ body: `env:\n- name: CLIENT_SECRET\n  value: ${JSON.stringify(text)}\n` })],
  ['body', 'an address with code in JSON', (text) => json({ callback: `https://h.example/?code=${percent(text)}` })],
  [
    'body',
    'XML element',
    (text) => ({ body: `<o:a xmlns:o="x"><o:client_secret>${xml(text)}</o:client_secret></o:a>` }),
  ],
  ['body', 'XML with CDATA', (text) => ({ body: `<a><client_secret><![CDATA[${text}]]></client_secret></a>` })],
  ['body', 'JSON, a blank in the name', (text) => json({ 'client_secret ': text })],
  ['body', 'GraphQL', (text) => json({ query: `mutation { logIn(password: ${JSON.stringify(text)}) }` })],
  ['body', 'XML attribute', (text) => ({ body: `<a client_secret="${xml(text)}"/>` })],
  ['body', 'XML pair', (text) => ({ body: `<add key="client_secret" value="${xml(text)}"/>` })],
  ['body', 'form with files', (text) => ({ body: multipart('client_secret', text) })],
  ['body', 'XML, in the element after its name', (text) => xmlBeside('name', 'value', text)],
  ['body', 'XML, in the string after its key', (text) => xmlBeside('key', 'string', text)],
  [
    'body',
    'XML-RPC',
    (text) => ({
      body: `<member><name>password</name>\n <value><string>${xml(text)}</string></value></member>`,
    }),
  ],
  ['body', 'XML after a comment', (text) => ({ body: `<a><password><!-- c -->${xml(text)}</password></a>` })],
  ['body', 'JSON by k and v', (text) => json([{ v: text, k: 'client_secret' }])],
  ['body', 'JSON with a comment', (text) => ({ body: `{"password" /* c */ // d\n:${JSON.stringify(text)}}` })],
  ['body', 'YAML below', (text) => ({ body: `a: b\npassword:\n  ${text}\n` })],
  ['body', 'YAML apart', (text) => ({ body: `- value: ${JSON.stringify(text)}\n  x: y\n  name: CLIENT_SECRET\n` })],
  ['body', 'YAML list of secrets', (text) => ({ body: `secrets:\n- name: a\n  value: ${JSON.stringify(text)}\n` })],
];

/** Headers whose names speak of credentials; with values of any kind but words. */
const LIKELY_HEADERS: readonly string[] = [
  ...['X-Session-Id', 'X-Session', 'Authentication', 'X-Pass', 'X-Otp', 'X-Pin', 'X-User-Auth', 'X-Jwt', 'X-Ticket'],
  ...['X-Code', 'X-Hmac', 'X-Credential', 'X-Credentials', 'X-License', 'X-Licence', 'X-Bearer', 'X-Sig', 'DPoP'],
];

/** Short ones, numbers and GUIDs, which nobody tells from data. */
export function likelyHeaders(): { name: string; value: string }[] {
  const values = [
    'Summer2026!',
    '481516',
    '4815',
    '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    's3cr3t',
    'deadbeef01',
    'bob:p4ss',
  ];
  return LIKELY_HEADERS.flatMap((name) => values.map((value) => ({ name, value })));
}

/** Headers of any name, that stay where they were typed. */
export const OWN_HEADERS: readonly { name: string; value: string }[] = [
  ...['X-Tenant', 'X-Plan', 'X-Contoso', 'X-Login', 'x-ms-session-id', 'X-Forwarded-For', 'baggage', 'Referer', 'From'],
  ...['X-Webhook', 'X-Nonce', 'Idempotency-Key', 'x-key-id', 'X-Plex', 'Api', 'Forwarded'],
].flatMap((name) => ['Summer2026!', 'plain', '481516'].map((value) => ({ name, value })));

/** Of {@link harmlessRequests}: bring no credential, and stay where they were typed for all that; a digest does without a body. */
export function crossing(headers: WholeRequest['headers']): WholeRequest['headers'] {
  return headers.filter(
    ({ name }) => !/^(?:X-(?!B3|Corr|ms-(?:client|date|ver))|Idem|Referer|Content-MD5)/i.test(name),
  );
}

/** Where only its form tells it from data. */
const UNNAMED: readonly Place[] = [
  ...['X-Whatever', 'X-Session', 'Contoso-Thing', 'x-jwt-assertion'].map(
    (name): Place => ['header', name, (text) => header(name, text)],
  ),
  ['header', 'encoded', (text) => header('X-Whatever', percent(text))],
  ['header', 'quoted', (text) => header('X-Whatever', JSON.stringify(text))],
  ['header', 'JSON in a header', (text) => header('X-Whatever', JSON.stringify({ a: text }))],
  ...['ticket', 't', 'q'].flatMap((name): Place[] => [
    ['query', name, (text) => ({ url: `${ORIGIN}/x?a=1&${name}=${percent(text)}&b=2` })],
    ['query', `${name}, all encoded`, (text) => ({ url: `${ORIGIN}/x?%&${name}=${percentAll(text)}` })],
  ]),
  ['query', 'without a name', (text) => ({ url: `${ORIGIN}/x?${percent(text)}` })],
  ['fragment', 'without a name', (text) => ({ url: `${ORIGIN}/x#${percent(text)}` })],
  ['body', 'form', (text) => form(`a=1&t=${percent(text)}`)],
  ['body', 'JSON', (text) => json({ a: { b: [text] } })],
  ['body', 'JSON, escaped', (text) => ({ body: `{"a":"${unicodeEscapes(text)}"}` })],
  ['body', 'XML', (text) => ({ body: `<a><b>${xml(text)}</b></a>` })],
  ['body', 'form with files', (text) => ({ body: multipart('a', text) })],
  ['body', 'text', (text) => ({ body: text })],
];

const IN_PATH: readonly Place[] = [
  ['path', 'segment', (text) => ({ url: `${ORIGIN}/a/${percent(text)}/b` })],
  ['path', 'segment, all encoded', (text) => ({ url: `${ORIGIN}/a/${percentAll(text)}/%zz` })],
];

const COOKIES: readonly Place[] = [
  ['header', 'Cookie', (text) => header('Cookie', `a=1; session=${text.replaceAll(/[;, ]/g, '_')}; lang=en-US`)],
];

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}

function xmlBeside(name: string, value: string, text: string): Partial<WholeRequest> {
  return { body: `<a><${name}>client.secret</${name}><${value}>${xml(text)}</${value}></a>` };
}

function multipart(name: string, text: string): string {
  return `--b0\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n--b0--\r\n`;
}

/** Every kind in every place where it can be told. */
export async function placedCredentials(): Promise<PlacedCredential[]> {
  const kinds = await credentialKinds();
  const place = (places: readonly Place[], kind: Kind, certainty?: PlacedCredential['certainty']): PlacedCredential[] =>
    places.map(([part, name, write]) => ({
      name: `${kind.name}: ${part}, ${name}`,
      request: { url: `${ORIGIN}/x`, headers: [], ...write(kind.text) },
      secret: kind.secret,
      part,
      certainty: certainty ?? (part === 'body' ? 'possible' : 'likely'),
    }));
  return kinds.flatMap((kind) => [
    ...place(NAMED, kind, 'certain'),
    ...(kind.looks === 'likeAnything' ? [] : place(UNNAMED, kind, kind.looks === 'certain' ? 'certain' : undefined)),
    ...(kind.looks === 'certain' ? place(IN_PATH, kind, 'certain') : []),
    ...(kind.text === kind.secret && kind.looks !== 'likeAnything' ? place(COOKIES, kind, 'certain') : []),
  ]);
}

/** Requests that bring no credential, whatever they look like. */
export function harmlessRequests(): WholeRequest[] {
  const headers: [name: string, value: string][] = [
    ['Accept', 'application/json, text/plain;q=0.5, */*'],
    ['Accept-Language', 'en-US,en;q=0.9'],
    ['Content-Type', 'application/vnd.contoso.orders.v2+json; charset=utf-8'],
    ['User-Agent', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)'],
    ['traceparent', `00-${random(32, HEX)}-${random(16, HEX)}-01`],
    ['tracestate', `rojo=${random(16, HEX)},congo=${random(20)}`],
    ['X-B3-TraceId', random(32, HEX)],
    ['Request-Id', `|${random(32, HEX)}.${random(8, HEX)}_1.`],
    ['x-ms-client-request-id', '11111111-aaaa-4bbb-8ccc-000000000001'],
    ['X-Correlation-ID', random(32, HEX)],
    ['X-Tenant', '11111111-aaaa-4bbb-8ccc-000000000001'],
    ['If-None-Match', `"${random(32, HEX)}"`],
    ['If-Match', `W/"0x8D${random(13, '0123456789ABCDEF')}"`],
    ['Content-MD5', Buffer.from(random(16)).toString('base64')],
    ['x-ms-content-sha256', Buffer.from(random(32)).toString('base64')],
    ['x-ms-date', 'Sat, 30 Nov 2024 12:00:00 GMT'],
    ['x-ms-version', '2023-11-03'],
    ['Idempotency-Key', random(32, HEX)],
    ['X-Plan', 'Basic tier'],
    ['X-Note', 'Token expired, key renewed'],
    ['X-Client-Version', '4.12.0-beta.20241130+build.17'],
    ['X-Region', 'westeurope-prod-01'],
    ['X-Time', '2024-11-30T12:00:00.000Z'],
    ['X-Callback', 'https://func-dev.azurewebsites.net/api/v1/orders/42'],
    ['X-Forwarded-Host', 'elsewhere.example'],
    ['Referer', 'https://app.contoso.example/orders/42?page=2'],
  ];
  const bodies = [
    '{"id":42,"customer":"Contoso Ltd","lines":[{"sku":"AB-1234-XL","count":3}],"note":"key account, see token ring"}',
    '{"id":"11111111-aaaa-4bbb-8ccc-000000000001","createdAt":"2024-11-30T12:00:00.000Z","code":"Conflict","key":"name"}',
    '{"name":"color","value":"blue","partitionKey":"customer-42","sortKey":"createdAt"}',
    'grant=none&customer=Contoso+Ltd&page=2',
    '<order id="42"><customer>Contoso Ltd</customer><note key="color" value="blue"/></order>',
    'Just a sentence about Basic authentication and bearer tokens.',
    '',
  ];
  const urls = [
    `${ORIGIN}/orders/42?page=2&sort=createdAt&api-version=2024-11-30-preview`,
    `${ORIGIN}/orders/${random(32, HEX)}/lines?$filter=name%20eq%20%27x%27&id=11111111-aaaa-4bbb-8ccc-000000000001`,
    `${ORIGIN}/a%zz/b?c=%&d=100%25`,
  ];
  return [
    ...headers.map(([name, value]) => ({ url: `${ORIGIN}/x`, headers: [{ name, value }] })),
    ...bodies.map((body) => ({ url: `${ORIGIN}/x`, headers: [], body })),
    ...urls.map((url) => ({ url, headers: [] })),
  ];
}

/** Every way in which a secret could be written in an address: name, and how. */
export const ADDRESS_ENCODINGS: readonly [name: string, encode: (secret: string) => string][] = [
  ['encoded', percent],
  ['all encoded', percentAll],
  ['encoded twice', (secret) => percent(percentAll(secret))],
  ['encoded three times', (secret) => percent(percent(percentAll(secret)))],
  ['beside what is malformed', (secret) => `%zz%E0%A4%A/${percentAll(secret)}%`],
  ['as %u', (secret) => [...secret].map((c) => `%u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')],
  ['in capitals', (secret) => percent(secret.toUpperCase())],
  ['in small letters', (secret) => percent(secret.toLowerCase())],
  ['as base64', (secret) => percent(base64(secret))],
  ['as base64url', (secret) => Buffer.from(secret).toString('base64url')],
  ['inside base64', (secret) => Buffer.from(`x:${secret}:y`).toString('base64url')],
  ['in hexadecimal', (secret) => Buffer.from(secret).toString('hex')],
];

/** Whether a text holds a secret, looked for by other means than the product's. */
export function holds(text: string, secret: string): boolean {
  const ways = [text];
  for (let count = 0; count < 3; count++) ways.push(decode(ways.at(-1) ?? ''));
  for (const way of [...ways]) {
    try {
      ways.push(JSON.parse(`"${way.replaceAll('\\\\', '\\').replaceAll(/(?<!\\)"/g, '\\"')}"`) as string);
    } catch {
      // Not escaped.
    }
  }
  const bytes = Buffer.from(secret);
  const shifted = [0, 1, 2].map((before) =>
    Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64url')
      .slice(4, -4),
  );
  const needles = [secret, bytes.toString('hex'), ...shifted]
    .filter((needle) => needle.length >= 5)
    .map((needle) => needle.toLowerCase());
  return ways.some((way) =>
    needles.some((needle) =>
      way
        .toLowerCase()
        .replaceAll('+', '-')
        .replaceAll('/', '_')
        .includes(needle.replaceAll('+', '-').replaceAll('/', '_')),
    ),
  );
}

function decode(text: string): string {
  const once = text.replaceAll(/%u([0-9a-f]{4})/gi, (_all, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return Buffer.from(
    once.replaceAll(/%([0-9a-f]{2})/gi, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    'latin1',
  ).toString();
}
