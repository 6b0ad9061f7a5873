/** A text of about `size` characters: `start`, then `unit` again and again, then `end`. */
export interface HostileShape {
  unit: string;
  start?: string;
  end?: string;
}

const HEADER = Buffer.from('{"alg":"RS256","typ":"JWT","kid":"k"}').toString('base64url');
const PAYLOAD = Buffer.from('{"aud":"api://a","exp":1}').toString('base64url');
const OPEN_JSON = Buffer.from('{"alg":"RS256","x":"').toString('base64url');
const REFUSED = 'HTTP/1.1 401 U\n';

/** Single characters and pairs, of which most quadratic work is made. */
const UNITS = [
  ...[
    ' ',
    '\t',
    '\n',
    '\r\n',
    '\u2028',
    'a',
    '0',
    '-',
    '_',
    '.',
    ',',
    ';',
    ':',
    '=',
    '/',
    '\\',
    '%',
    '&',
    '?',
    '#',
    '@',
    '+',
    '*',
  ],
  ...[
    '"',
    "'",
    '`',
    '\\"',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '<',
    '>',
    '<!--',
    '<![CDATA[',
    '<?a ',
    '</a>',
    '<a>',
    '•',
    '…',
  ],
  ...[
    'a b ',
    'a=b,',
    'a=b;',
    'a=b&',
    '&a=',
    'a.',
    'a.b/',
    'a-',
    'a@',
    '://',
    '://a',
    '//',
    '../',
    '%20',
    '%6f',
    '\\u0041',
    '\\n',
  ],
  ...[
    '[]',
    '{}',
    '[1,',
    '{"a":',
    '{"error":',
    '{"error":{',
    '{{',
    '}}',
    '${',
    '$(',
    '@(',
    '@{',
    '@{$"{',
    '@("',
    '@("/*',
    '="',
  ],
];

/** What tokens, secrets and their names look like. */
const CREDENTIALS = [
  ...[
    'ey-',
    'ey',
    'eyJ',
    'eyJ.',
    'eyJ ',
    'eyJ" + "',
    'eyJhbG\n',
    'eyJhbG\n  > ',
    '%20eyJ',
    'eyJhbGciOiJub25lIn0.',
    'jwt_eyJ',
  ],
  ...[`${HEADER}.`, `${HEADER}\n`, `${OPEN_JSON}\n`, `${HEADER}.${PAYLOAD}.AAAA `, `${HEADER}..\n`],
  ...[
    'Bearer ',
    'Bearer+',
    'PoP+',
    'Basic%20',
    'Authorization: Bearer x\n',
    'secret=',
    'secret="',
    'secret="\\',
    "pwd:'",
    '&code=',
  ],
  ...[
    'client_secret=',
    '"client_secret":"',
    '"name":"code","value":"',
    '<code>',
    'SharedAccessKey=',
    'curl -u a:',
    'Cookie: a=b;',
  ],
  ...[
    '-----BEGIN CERTIFICATE-----',
    '-----BEGIN PRIVATE KEY-----\nMII',
    '-----BEGIN A-----AA',
    'a+b/',
    '00000000-',
    'AAAA',
  ],
  ...[
    '00000000-0000-0000-0000-000000000000',
    'api://',
    'https://login.microsoftonline.com/',
    'https://a.vault.azure.net/',
  ],
];

/** What servers and libraries say. */
const MESSAGES = [
  ...[
    'AADSTS',
    'AADSTS50011 ',
    'AADSTS7000215: ',
    'IDX10214: ',
    "IDX10205: Issuer: '",
    "Audiences: 'a'. Did not match: ",
    ' Trace ID: ',
  ],
  ...[
    'Description: ',
    'Timestamp: ',
    'Error(s): ',
    "action '",
    "action 'a/b' over scope '",
    "audience '",
    'Claim a value of ',
  ],
  ...[
    'Header a value of ',
    'Expected one of ',
    'Expected one of a, found ',
    'Expected a, found: ',
    ' found ',
    "audience'a' allowed audiences? ",
  ],
  ...[
    'Send ',
    'Listen claim ',
    'status ',
    'status code ',
    'status code: 4',
    'validate-jwt: status\n',
    'forward-request (1 ms): HTTP/',
    "'puid'",
  ],
  ...[
    'JWT Validation Failed: ',
    'does not have permission to perform action(s) ',
    'resource principal named a',
    'key vault ',
    'Bearer a="b", ',
  ],
  ...[
    'Bearer authorization_uri="',
    'error="invalid_token", error_description="',
    'unrecognized arguments: ',
    'ERROR: ',
    'az login ',
  ],
];

/** Pieces of what people paste. */
const PASTED = [
  ...[
    'A: b\n',
    'a\nb\n',
    'x-a\nv\n',
    '> ',
    '< ',
    '* ',
    '* Connection #1 to host ',
    '* Closing connection',
    '* SSL\n',
    '% Total',
    'Dload  ',
  ],
  ...[
    REFUSED,
    'GET http://a/b HTTP/1.1\n',
    'GET https://a/b: {\n',
    'GET https://a/b: {\n  "Request Headers": {}\n}\n',
    'curl x \\\n',
    "curl '",
  ],
  ...[
    `GET http://a/b HTTP/1.1\nHost: a\n\n${REFUSED}A: b\n\nx\n`,
    `> GET / HTTP/1.1\n>\n< ${REFUSED}< A: b\n<\nbody\n`,
    "-H 'A: b' ",
  ],
  ...[
    'Request Headers\n',
    'General\nstatus\n',
    'Status Code: 401 ',
    ':status: 401\n',
    'Request URL: https://a/\n',
    '```why401',
    'tenant 1 ',
  ],
  ...[
    '<a b="@("',
    '<a b="@{"',
    '<a ',
    "<a b='<",
    '<a b=\'"',
    '<a b="$@"{{',
    '<choose><when condition="',
    '{{named-',
    '<validate-jwt ',
  ],
];

/** Names whose value stands behind them in a text, an option, a header; and the marks in which one may begin. */
const NAMED = [
  'password=',
  'key:',
  'cookie=',
  'authorization:',
  '--key ',
  ' -u ',
  ' -b a=',
  'login -p ',
  '\nx-api-key: ',
];
const OPENING = ['“', '‘', '{', '[', '(', '<', '"', "'", '`', '"""'];

/** A value that begins and does not end, again and again: nothing may read to the end of the line for each. */
const OPENED = NAMED.flatMap((name) => OPENING.map((mark) => `${name}${mark}${name === ' -u ' ? 'a:b' : ''}`));

/** What a pattern may look for at the end of a text. */
const ENDED = [' ', '\n', 'a', '0', '-', '.', '=', '/'];

function repeated(units: readonly string[]): HostileShape[] {
  return units.flatMap((unit) => [{ unit }, ...(ENDED.includes(unit) ? [{ unit, end: '!' }] : [])]);
}

export const HOSTILE_SHAPES: readonly HostileShape[] = [
  ...[UNITS, CREDENTIALS, MESSAGES, PASTED, OPENED].flatMap(repeated),
  { start: '{', unit: '"a":1,', end: '"b":1}' },
  { start: '{', unit: '"\\u0061":1,', end: '"b":1}' },
  { start: '[', unit: '1,', end: '1]' },
  { start: '"', unit: 'a', end: '"' },
  { start: '{"a":"', unit: '\\u0041', end: '"}' },
  { start: '{"error":"invalid_client","error_description":"', unit: 'AADSTS7000215 ', end: '"}' },
  { start: '{"error":{"code":"Forbidden","message":"', unit: "'action '", end: '"}}' },
  { start: '{"error":{"code":"AKV10032","message":"', unit: 'Expected one of a, found ', end: ' "}}' },
  { start: '{"error":{"code":"InvalidAuthenticationToken","message":"', unit: "audience 'a' ", end: '"}}' },
  { start: '{"Message":"', unit: 'Manage,EntityRead ', end: '"}' },
  {
    start: '{"traceEntries":{"inbound":[{"source":"forward-request","data":{"message":"status',
    unit: ' ',
    end: 'x"}}]}}',
  },
  { start: '{"traceEntries":{"on-error":[', unit: '{"source":"cors","data":"mismatch"},', end: '{}]}}' },
  {
    start: '{"log":{"entries":[',
    unit: '{"request":{"method":"GET","url":"http://a/","headers":[]},"response":{"status":302,"headers":[]}},',
    end: '{}]}}',
  },
  { start: '{"keys":[', unit: '{"kty":"RSA","kid":"a","n":"AQAB","e":"AQAB"},', end: '{}]}' },
  { start: 'forward-request: status', unit: ' ', end: 'x' },
  { start: `> GET / HTTP/1.1\n>\n< ${REFUSED}<\n`, unit: '* Connection #1 to host ', end: '\u2028x' },
  { start: `> GET / HTTP/1.1\n>\n< ${REFUSED}<\n`, unit: '* Closing connection', end: '\u2028x' },
  { start: REFUSED, unit: 'WWW-Authenticate: Bearer\n', end: '\nx' },
  { start: `${REFUSED}Content-Type: application/json\n\n`, unit: '{"error":' },
  { start: 'HTTP/1.1 401', unit: ' ', end: '\u2028x' },
  { start: 'status:', unit: '\t', end: '\u2028x' },
  { start: 'Bearer claims="', unit: '=', end: 'a", error="insufficient_claims"' },
  { start: 'https://x/', unit: '/', end: 'a' },
  { start: 'https://', unit: 'a.', end: 'vault.azure.net/' },
  { start: 'MI', unit: 'A ', end: '!' },
  { unit: 'getenv("SECRET",' },
  { unit: '("password", (' },
  { unit: '["password","' },
  { start: 'Cookie: ', unit: 'a=b;' },
  { start: 'curl ', unit: "$'a'" },
  { start: '', unit: '[', end: ']'.repeat(1000) },
  { start: 'x', unit: ' ', end: 'Trace ID: ' },
  { start: '<!DOCTYPE html><html>', unit: '<title>' },
  { start: '```why401\n', unit: '{"a":"', end: '\n```' },
  { start: '<policies><inbound>', unit: '<set-header name="a" />', end: '</inbound></policies>' },
  {
    start: '<policies><inbound><validate-jwt>',
    unit: '<audience>a</audience>',
    end: '</validate-jwt></inbound></policies>',
  },
];

export function hostileText({ start = '', unit, end = '' }: HostileShape, size: number): string {
  const filling = Math.max(0, size - start.length - end.length);
  return start + unit.repeat(Math.ceil(filling / unit.length)).slice(0, filling) + end;
}
