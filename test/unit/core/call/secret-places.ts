import type { Chance } from '../random.ts';

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const LETTERS = `${LOWER}${LOWER.toUpperCase()}`;
const DIGITS = '0123456789';
const HEX = `${DIGITS}abcdef`;
const URL_SAFE = `${LETTERS}${DIGITS}-_`;

/** Secrets as the services make them, by their usual name; new ones for every chance. */
export const SECRETS: Readonly<Record<string, (chance: Chance) => string>> = {
  subscriptionKey: (chance) => mixed(chance, `${DIGITS}abcdef`, 32),
  functionsKey: (chance) => `${mixed(chance, `${LETTERS}${DIGITS}-_`, 44)}AzFu${mixed(chance, LETTERS + DIGITS, 6)}==`,
  clientSecret: (chance) =>
    `${mixed(chance, LETTERS + DIGITS, 3)}8Q~${mixed(chance, `${LETTERS}${DIGITS}~._-`, 33)}${chance.pick([...LETTERS])}`,
  signature: (chance) => base64(chance, 32),
  accountKey: (chance) => base64(chance, 64),
  basic: (chance) => Buffer.from(`user:${mixed(chance, LETTERS + DIGITS, 16)}`).toString('base64'),
  opaque: (chance) => `ya29.a0Af${mixed(chance, `${LETTERS}${DIGITS}-_`, 60)}`,
  refreshToken: (chance) => `1.AXoA${mixed(chance, `${LETTERS}${DIGITS}-_`, 400)}`,
  accessTokenOfDevOps: (chance) => mixed(chance, `${LOWER}234567`, 52),
  token: (chance) => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { aud: 'api://orders', sub: mixed(chance, LETTERS, 20), exp: 1_900_000_000 };
    return `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.${mixed(chance, `${LETTERS}${DIGITS}-_`, 342)}`;
  },
};

/** Keys as other providers document them, each with a beginning of its own. */
export const PROVIDER_KEYS: Readonly<Record<string, (chance: Chance) => string>> = {
  databricks: (chance) => `dapi${mixed(chance, HEX, 32)}`,
  databricksNumbered: (chance) => `dapi${mixed(chance, HEX, 32)}-2`,
  sendGrid: (chance) => `SG.${mixed(chance, URL_SAFE, 22)}.${mixed(chance, URL_SAFE, 43)}`,
  huggingFace: (chance) => `hf_${mixed(chance, LETTERS, 34)}`,
  docker: (chance) => `dckr_pat_${mixed(chance, URL_SAFE, 27)}`,
  shopify: (chance) => `shpat_${mixed(chance, HEX, 32)}`,
  googleClient: (chance) => `GOCSPX-${mixed(chance, URL_SAFE, 28)}`,
  webhook: (chance) => `whsec_${mixed(chance, LETTERS + DIGITS, 32)}`,
  digitalOcean: (chance) => `dop_v1_${mixed(chance, HEX, 64)}`,
  newRelic: (chance) => `NRAK-${mixed(chance, LETTERS.slice(26) + DIGITS, 27)}`,
  rubyGems: (chance) => `rubygems_${mixed(chance, HEX, 48)}`,
  mailgun: (chance) => `key-${mixed(chance, HEX, 32)}`,
  age: (chance) => `AGE-SECRET-KEY-1${mixed(chance, 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L', 58)}`,
  mapbox: (chance) => `sk.eyJ1IjoiYSJ9.${mixed(chance, URL_SAFE, 22)}`,
  anthropic: (chance) => `sk-ant-api03-${mixed(chance, URL_SAFE, 93)}AA`,
  vault: (chance) => `hvs.${mixed(chance, URL_SAFE, 90)}`,
  telegram: (chance) => `123456789:AA${mixed(chance, URL_SAFE, 33)}`,
};

/** Secrets nobody takes for anything else, under whatever name or none. */
export const KNOWN_BY_FORM: readonly string[] = [
  ...['functionsKey', 'clientSecret', 'signature', 'accountKey', 'opaque', 'refreshToken', 'accessTokenOfDevOps'],
  'token',
];

/** Has a letter of each case and a digit where the alphabet has them, as nearly every real one. */
function mixed(chance: Chance, alphabet: string, length: number): string {
  const characters = [...alphabet];
  const classes = [/[a-z]/, /[A-Z]/, /\d/].filter((one) => one.test(alphabet));
  for (;;) {
    const text = Array.from({ length }, () => chance.pick(characters)).join('');
    // A mark at either end is taken for one of the text around it.
    if (classes.every((one) => length < 16 || one.test(text)) && /^[^-_.~].*[^-_.~]$/.test(text)) return text;
  }
}

function base64(chance: Chance, bytes: number): string {
  return Buffer.from(Array.from({ length: bytes }, () => chance.below(256))).toString('base64');
}

const inJson = JSON.stringify;
const inUrl = encodeURIComponent;
const everyCharacter = (text: string) =>
  [...text].map((one) => `%${one.charCodeAt(0).toString(16).padStart(2, '0')}`).join('');

type Place = (secret: string) => string;

/** Places under a name that says so: whatever the value is. */
export const NAMED_PLACES: Readonly<Record<string, Place>> = {
  // Headers
  authorization: (s) => `Authorization: Bearer ${s}`,
  authorizationLower: (s) => `authorization:bearer ${s}`,
  authorizationSpaced: (s) => `Authorization:  Bearer   ${s}`,
  authorizationBare: (s) => `Authorization: ${s}`,
  authorizationWide: (s) => `Authorization：Bearer ${s}`,
  authorizationInNote: (s) => `* [HTTP/2] [1] [authorization: Bearer ${s}]`,
  authorizationInProse: (s) => `sent Authorization: Bearer ${s} and got 401`,
  authorizationColoured: (s) => `\u001b[34mAuthorization\u001b[0m: Bearer \u001b[36m${s}\u001b[0m`,
  sharedKey: (s) => `Authorization: SharedKey acct:${s}`,
  sharedKeyInProse: (s) => `used SharedKey acct:${s} then`,
  digest: (s) => `Authorization: Digest username="u", realm="r", response="${s}"`,
  forwarded: (s) => `X-Forwarded-Authorization: Bearer ${s}`,
  proxy: (s) => `Proxy-Authorization: Basic ${s}`,
  subscriptionKey: (s) => `Ocp-Apim-Subscription-Key: ${s}`,
  functionsKey: (s) => `> x-functions-key: ${s}`,
  zumo: (s) => `X-ZUMO-AUTH: ${s}`,
  apiKey: (s) => `api-key: ${s}`,
  ownToken: (s) => `X-My-Token: ${s}`,
  ownKey: (s) => `X-Gatewaykey: ${s}`,
  easyAuth: (s) => `X-MS-TOKEN-AAD-ACCESS-TOKEN: ${s}`,
  identityHeader: (s) => `X-IDENTITY-HEADER: ${s}`,
  eventGrid: (s) => `aeg-sas-key: ${s}`,
  folded: (s) => `x-functions-key: ${s.slice(0, 14)}\r\n ${s.slice(14)}\r\nAccept: */*`,
  cookie: (s) => `Cookie: a=1; AppServiceAuthSession=${s}`,
  setCookie: (s) => `Set-Cookie: a=${s}; Path=/; HttpOnly`,
  cookieInNote: (s) => `* [HTTP/2] [1] [cookie: a=1; b=${s}]`,
  // Addresses and forms
  code: (s) => `https://h/api/x?code=${s}`,
  codeEncoded: (s) => `https://h/api/x?a=1&code=${inUrl(s)}&b=2`,
  codeFullyEncoded: (s) => `https://h/api/x?code=${everyCharacter(s)}`,
  nameEncoded: (s) => `https://h/api/x?c%6Fde=${s}`,
  nameAndEqualsEncoded: (s) => `https://h/api/x?%63ode%3D${s}`,
  nested: (s) => `https://h/login?redirect=${inUrl(`https://h/api/x?code=${s}&b=1`)}`,
  nestedTwice: (s) => `https://h/login?redirect=${inUrl(inUrl(`https://h/api/x?code=${s}&b=1`))}`,
  subscriptionKeyInQuery: (s) => `https://h/?subscription-key=${s}`,
  ownKeyInQuery: (s) => `https://h/?gatewayKey=${s}`,
  sas: (s) => `https://a.blob.core.windows.net/c?sv=2020&sig=${inUrl(s)}&se=2030`,
  sasInMarkup: (s) => `<a href="https://a/c?sv=1&amp;sig=${s}">`,
  sasInJson: (s) => `{"url":"https://a/c?sv=1\\u0026sig=${s}"}`,
  sasInCmd: (s) => `curl ^"https://a/c?sv=1^&sig=${s}^"`,
  fragment: (s) => `https://h/#access_token=${s}&x=1`,
  fragmentCode: (s) => `https://h/cb#code=${s}&state=x`,
  webSocket: (s) => `wss://x/client?hub=a&access_token=${s}`,
  form: (s) => `grant_type=x&client_secret=${inUrl(s)}&a=b`,
  formFirst: (s) => `client_assertion=${s}&grant_type=x`,
  formInMessage: (s) => `POST /token HTTP/1.1\r\nHost: h\r\n\r\ncode=${s}&grant_type=authorization_code`,
  samlResponse: (s) => `SAMLResponse=${s}`,
  wresult: (s) => `wa=wsignin1.0&wresult=${s}`,
  idTokenHint: (s) => `https://h/logout?id_token_hint=${s}`,
  sasToken: (s) => `SharedAccessSignature sr=x&sig=${inUrl(s)}&se=1`,
  userInfo: (s) => `https://user:${s}@h/x`,
  userInfoNoUser: (s) => `redis://:${s}@h:6380`,
  userInfoWithAt: (s) => `amqps://user:p@${s}@h:5671/x`,
  // JSON, YAML, programs
  json: (s) => inJson({ client_secret: s, x: 1 }),
  jsonCamel: (s) => inJson({ clientSecret: s }),
  jsonKebab: (s) => inJson({ 'client-secret': s }),
  jsonDotNet: (s) => `  "AzureAd": { "ClientSecret": "${s}" }`,
  jsonColons: (s) => inJson({ 'AzureAd:ClientSecret': s }),
  jsonSpaced: (s) => `{"access_token" : "${s}"}`,
  jsonNextLine: (s) => `{"access_token":\n   "${s}"}`,
  jsonNameEscaped: (s) => `{"access\\u005ftoken":"${s}"}`,
  jsonTwice: (s) => inJson(inJson({ access_token: s })),
  jsonThrice: (s) => inJson(inJson(inJson({ refresh_token: s }))),
  jsonHeaders: (s) => inJson({ headers: { Authorization: `Bearer ${s}`, Accept: 'x' } }),
  jsonHeadersTwice: (s) => inJson(inJson({ Authorization: `Bearer ${s}` })),
  jsonHeaderList: (s) => inJson({ Authorization: [`Bearer ${s}`] }),
  jsonCookie: (s) => inJson({ cookie: `a=1; b=${s}` }),
  jsonSetCookie: (s) => inJson({ 'set-cookie': [`session=${s}; Path=/`] }),
  jsonSecretText: (s) => inJson({ keyId: 'x', secretText: s }),
  jsonKeys: (s) => inJson({ primaryKey: s, secondaryKey: s }),
  jsonUnclosed: (s) => `{"access_token":"${s}`,
  python: (s) => `{'Authorization': 'Bearer ${s}'}`,
  pythonBytes: (s) => `headers = {b'x-functions-key': b'${s}'}`,
  ruby: (s) => `{ 'x-functions-key' => '${s}' }`,
  csv: (s) => `"{""access_token"":""${s}""}",401`,
  powerShell: (s) => `@{Authorization="Bearer ${s}"}`,
  typographic: (s) => `client_secret = “${s}”`,
  yaml: (s) => `client_secret: ${s}`,
  yamlFolded: (s) => `authorization: >\n  Bearer ${s}\nnext: x`,
  yamlBlock: (s) => `env:\n  client_secret: |-\n    ${s}\n  next: x`,
  // Pairs
  pair: (s) => inJson({ name: 'x-functions-key', value: s }),
  pairInYaml: (s) => `env:\n- name: CLIENT_SECRET\n  value: ${s}\n`,
  pairInYamlQuoted: (s) => `  - name: AZURE_CLIENT_SECRET\n    value: "${s}"\n`,
  below: (s) => inJson({ parameters: { adminPassword: { type: 'securestring', value: s } } }),
  belowInText: (s) => inJson({ password: { text: s } }),
  listedBelow: (s) => inJson({ passwords: ['x', s], a: ['b'] }),
  byNameBelow: (s) => inJson({ secrets: { a: s } }),
  jsonLinesBetween: (s) => `"client_secret":\n\n   "${s}"`,
  authorizationFolded: (s) => `Authorization: Bearer\r\n ${s}\r\nAccept: */*`,
  pairBackwards: (s) => inJson({ value: s, name: 'client_secret' }),
  pairApart: (s) => inJson({ name: 'CLIENT_SECRET', slotSetting: false, value: s }),
  pairInPostman: (s) => inJson([{ key: 'x-api-key', value: s, type: 'text' }]),
  pairOfHeader: (s) => inJson({ name: 'Authorization', value: `Bearer ${s}` }),
  pairTwice: (s) => inJson(inJson({ name: 'x-functions-key', value: s })),
  pairInPowerShell: (s) => `@{ Name = "client_secret"; Value = "${s}" }`,
  pairInPython: (s) => `{'name': 'x-functions-key', 'value': '${s}'}`,
  xml: (s) => `<add key="Authorization" value="Bearer ${s}"/>`,
  xmlSetting: (s) => `<add value='${s}' key='ida:ClientSecret' />`,
  xmlElement: (s) => `<client_secret>${s}</client_secret>`,
  xmlElementCamel: (s) => `<t:AccessToken type="x">\n  ${s}\n</t:AccessToken>`,
  xmlCharacterData: (s) => `<Password><![CDATA[${s}]]></Password>`,
  xmlEscaped: (s) => `&lt;AccessToken&gt;${s}&lt;/AccessToken&gt;`,
  xmlPolicy: (s) =>
    `<set-header name="x-functions-key" exists-action="override">\n  <value>${s}</value>\n</set-header>`,
  html: (s) => `<input type="hidden" name="access_token" value="${s}">`,
  htmlPassword: (s) => `<input type="password" id="x" value="${s}">`,
  part: (s) => `--b\r\nContent-Disposition: form-data; name="client_secret"\r\n\r\n${s}\r\n--b--`,
  partWithType: (s) => `--b\nContent-Disposition: form-data; name=code\nContent-Type: text/plain\n\n${s}\n--b--`,
  xmlComment: (s) => `<password><!-- of the database -->${s}</password>`,
  xmlBeside: (s) => `<property>\n  <name>oauth2.client.secret</name>\n  <value>${s}</value>\n</property>`,
  xmlBesideBackwards: (s) => `<property><value>${s}</value><name>client.secret</name></property>`,
  xmlBelow: (s) => `<member><name>password</name><value><string>${s}</string></value></member>`,
  xmlOfDotNet: (s) =>
    `<a:KeyValueOfstringstring><a:Key>client_secret</a:Key><a:Value>${s}</a:Value></a:KeyValueOfstringstring>`,
  propertyList: (s) => `<dict><key>user</key><string>ada</string><key>password</key><string>${s}</string></dict>`,
  cells: (s) => `<tr><td>x-functions-key</td><td class="v">${s}</td></tr>`,
  cellsInside: (s) => `<tr><td><b>x-functions-key</b></td> <td><span>${s}</span></td></tr>`,
  cookieInCells: (s) => `<tr><td>Cookie</td><td>sid=${s}</td></tr>`,
  terms: (s) => `<dt>Password</dt><dd>${s}</dd>`,
  // Tables and lists
  yamlApart: (s) => `- name: ClientSecret\n  slotSetting: false\n  value: ${s}`,
  yamlBackwards: (s) => `- slotSetting: false\n  value: ${s}\n  name: ClientSecret\n- name: x`,
  yamlNested: (s) => `- name: ClientSecret\n  of:\n    slot: x\n  value: ${s}`,
  yamlWithoutDash: (s) => `name: ClientSecret\nslotSetting: false\nvalue: ${s}`,
  yamlListOfSecrets: (s) => `a: b\nsecrets:\n- name: db\n  value: ${s}\nc: d`,
  yamlBelowName: (s) => `password:\n  ${s}\nnext: x`,
  formatList: (s) => `Name  : ClientSecret\nValue : ${s}`,
  table: (s) => `Name          SlotSetting  Value\n------------  -----------  -----\nClientSecret  False        ${s}`,
  separatedByTabs: (s) => `x\tFalse\ty\nClientSecret\tFalse\t${s}`,
  markdown: (s) => `| Setting | Value |\n|---|---|\n| client_secret | \`${s}\` |`,
  databaseTable: (s) => ` id |  name  | password\n----+--------+----------\n  1 | ada    | ${s}`,
  csvTable: (s) => `username,password,active\nada,${s},true`,
  csvTableQuoted: (s) => `"username","password"\n"ada","${s}"`,
  headersOfDotNet: (s) => `headers: [Accept, */*], [x-api-key, ${s}]`,
  headersOfPython: (s) => `[(b'host', b'h'), (b'x-api-key', b'${s}'), (b'cookie', b'sid=${s}')]`,
  tuple: (s) => `("password", "${s}")`,
  arrayOfTuples: (s) =>
    inJson({
      headers: [
        ['host', 'h'],
        ['x-api-key', s],
      ],
    }),
  shortNames: (s) => inJson([{ k: 'client_secret', v: s }]),
  ofKeyVault: (s) =>
    inJson({ value: s, id: 'https://kv.vault.example/secrets/db/0123456789abcdef', attributes: { enabled: true } }),
  listOfSecrets: (s) =>
    inJson({
      secrets: [
        { name: 'a', identity: 'system' },
        { name: 'db', value: s },
      ],
    }),
  listOfCookies: (s) =>
    inJson({
      cookies: [
        { name: 'lang', value: 'en' },
        { name: 'sid', value: s, path: '/' },
      ],
    }),
  cookiesOfFramework: (s) => `Cookies: sid=${s}; a=b`,
  cookieJar: (s) => `#HttpOnly_h.example\tFALSE\t/\tTRUE\t0\tsid\t${s}`,
  cookieThatCurlKeeps: (s) => `* Added cookie sid="${s}" for domain h, path /`,
  // Settings, connection strings, environment
  storage: (s) => `DefaultEndpointsProtocol=https;AccountName=x;AccountKey=${s};EndpointSuffix=core.windows.net`,
  serviceBus: (s) => `Endpoint=sb://x/;SharedAccessKeyName=R;SharedAccessKey=${s}`,
  sql: (s) => `Server=x;User Id=u;Password=${s};Encrypt=True`,
  sqlQuoted: (s) => `Server=x;Pwd='${s}';`,
  sqlBraces: (s) => `Driver={x};Uid=u;Pwd={${s}};`,
  environment: (s) => `AZURE_CLIENT_SECRET=${s}`,
  environmentQuoted: (s) => `AZURE_CLIENT_SECRET="${s}"`,
  environmentExported: (s) => `export ARM_CLIENT_SECRET=${s}`,
  environmentInPowerShell: (s) => `$env:AZURE_CLIENT_SECRET = "${s}"`,
  environmentOfIdentity: (s) => `IDENTITY_HEADER=${s}`,
  properties: (s) => `spring.cloud.azure.credential.client-secret=${s}`,
  // Keys in PEM
  pem: (s) => `-----BEGIN PRIVATE KEY-----\n${s}\n-----END PRIVATE KEY-----`,
  pemInJson: (s) => inJson({ pem: `-----BEGIN RSA PRIVATE KEY-----\n${s}\n${s}\n-----END RSA PRIVATE KEY-----\n` }),
  pemInList: (s) => `"-----BEGIN EC PRIVATE KEY-----",\n"${s}",\n"-----END EC PRIVATE KEY-----"`,
  // Commands
  curlHeader: (s) => `curl -H 'x-functions-key: ${s}' https://x`,
  curlHeaderBearer: (s) => `curl -H "Authorization: Bearer ${s}" https://x`,
  curlUser: (s) => `curl -u user:${s} https://x`,
  curlUserQuoted: (s) => `curl -u "user:${s}" https://x`,
  curlUserEquals: (s) => `curl --user=user:${s} https://x`,
  curlUserAttached: (s) => `curl -uuser:${s} https://x`,
  curlBearer: (s) => `curl --oauth2-bearer ${s} https://x`,
  curlCookie: (s) => `curl -b 'a=1; session=${s}' https://x`,
  curlData: (s) => `curl -d 'client_secret=${s}' https://x`,
  option: (s) => `az storage blob list --account-key ${s} -o json`,
  optionEquals: (s) => `tool --client-secret=${s}`,
  optionInPowerShell: (s) => `Connect-Thing -ClientSecret "${s}"`,
  login: (s) => `az login --service-principal -u app -p ${s} --tenant t`,
  secureString: (s) => `ConvertTo-SecureString "${s}" -AsPlainText -Force`,
  log: (s) => `12:00 token request failed client_secret=${s}; AADSTS7000215: Invalid`,
};

/** Places under a doubtful name, or in a sentence: a value that looks random. */
export const DOUBTFUL_PLACES: Readonly<Record<string, Place>> = {
  jsonKey: (s) => inJson({ key: s }),
  jsonDefault: (s) => inJson({ default: s }),
  jsonCode: (s) => inJson({ code: s, state: 'x' }),
  listKeys: (s) => inJson({ keys: [{ keyName: 'key1', permissions: 'FULL', value: s }] }),
  listHostKeys: (s) => inJson({ masterKey: s, functionKeys: { partner: s }, systemKeys: {} }),
  listFunctionKeys: (s) => inJson({ keys: [{ name: 'default', value: s }], links: [] }),
  postmanBearer: (s) => inJson({ bearer: [{ key: 'token', value: s, type: 'string' }] }),
  privatePart: (s) => inJson({ kty: 'oct', k: s, kid: 'x' }),
  array: (s) => `["x-functions-key","${s}"]`,
  arrayOfHeader: (s) => `["Host","h","Authorization","Bearer ${s}"]`,
  argument: (s) => `client.DefaultRequestHeaders.Add("Ocp-Apim-Subscription-Key", "${s}");`,
  tuple: (s) => `('x-api-key', '${s}')`,
  log: (s) => `time=1 token=${s} level=info`,
  logColon: (s) => `Token: ${s}`,
  sentence: (s) => `Acquired token ${s} for user`,
  sentenceIs: (s) => `the password is ${s}`,
  sentenceSecret: (s) => `secret '${s}' was refused`,
  sentenceBearer: (s) => `bearer ${s}`,
  xmlKey: (s) => `<issuer-signing-keys><key>${s}</key></issuer-signing-keys>`,
};

/** Places that say nothing: what is a secret by its form. */
export const SILENT_PLACES: Readonly<Record<string, Place>> = {
  alone: (s) => s,
  sentence: (s) => `here is ${s} ok`,
  quoted: (s) => inJson({ x: s }),
  path: (s) => `https://h/confirm/${inUrl(s)}/x`,
};

/** Ways in which a whole text is written once more inside another, and how it is read again. */
export const ESCAPES: Readonly<Record<string, { write: (text: string) => string; read: (text: string) => string }>> = {
  asWritten: { write: (text) => text, read: (text) => text },
  json: { write: inJson, read: (text) => JSON.parse(text) },
  jsonTwice: { write: (text) => inJson(inJson(text)), read: (text) => JSON.parse(JSON.parse(text)) },
  percent: { write: percentWritten, read: decodeURIComponent },
  percentAll: { write: (text) => [...text].map(everyByte).join(''), read: decodeURIComponent },
  markup: {
    write: (text) =>
      text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
    read: (text) =>
      text.replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&'),
  },
  unicode: {
    write: (text) => `"${[...text].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`,
    read: (text) => JSON.parse(text),
  },
};

function percentWritten(text: string): string {
  return encodeURIComponent(text);
}

function everyByte(character: string): string {
  const bytes = [...new TextEncoder().encode(character)];
  return bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}

const SHORTEST_LEAK = 12;

/** A part of a secret that stands in a text, twelve characters or more, plain, percent-encoded or in base64. */
export function leakOf(secret: string, text: string): string | undefined {
  for (const written of [secret, inUrl(secret), Buffer.from(secret).toString('base64')]) {
    for (let at = 0; at + SHORTEST_LEAK <= written.length; at++) {
      const part = written.slice(at, at + SHORTEST_LEAK);
      if (text.includes(part)) return part;
    }
  }
  return undefined;
}
