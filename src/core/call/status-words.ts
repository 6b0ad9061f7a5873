const WORDS: Readonly<Record<number, readonly [phrase: string, meaning: string]>> = {
  200: ['OK', 'the call was answered'],
  201: ['Created', 'the call made something new'],
  202: ['Accepted', 'the call was taken and is not done yet'],
  204: ['No Content', 'the call was answered, with nothing to say'],
  301: ['Moved Permanently', 'the answer is at another address'],
  302: ['Found', 'the answer is at another address, often a sign-in page'],
  303: ['See Other', 'the answer is at another address'],
  304: ['Not Modified', 'nothing changed since the last call'],
  307: ['Temporary Redirect', 'the answer is at another address'],
  308: ['Permanent Redirect', 'the answer is at another address'],
  400: ['Bad Request', 'the call was not understood'],
  401: ['Unauthorized', 'the caller did not prove who they are'],
  403: ['Forbidden', 'the caller may not do this'],
  404: ['Not Found', 'there is nothing at this address'],
  405: ['Method Not Allowed', 'this address does not take this method'],
  407: ['Proxy Authentication Required', 'a proxy on the way wants to know who calls'],
  408: ['Request Timeout', 'the call took too long to arrive'],
  409: ['Conflict', 'the call does not fit the present state'],
  411: ['Length Required', 'the call must say how long its body is'],
  413: ['Content Too Large', 'the body is too large'],
  415: ['Unsupported Media Type', 'the body has a type that is not taken'],
  421: ['Misdirected Request', 'this server does not answer for this host'],
  422: ['Unprocessable Content', 'the body was understood and not accepted'],
  429: ['Too Many Requests', 'too many calls in too short a time'],
  431: ['Request Header Fields Too Large', 'the headers are too large, often because of a large token'],
  500: ['Internal Server Error', 'the server failed'],
  502: ['Bad Gateway', 'a server behind the gateway gave no valid answer'],
  503: ['Service Unavailable', 'the server cannot answer now'],
  504: ['Gateway Timeout', 'a server behind the gateway did not answer in time'],
};

const MEANING_OF_CLASS: Readonly<Record<number, string>> = {
  1: 'the answer is still to come',
  2: 'the call was answered',
  3: 'the answer is elsewhere',
  4: 'the call was refused',
  5: 'the server failed',
};
const LONGEST_PHRASE = 60;

/**
 * A status in words: `401 Unauthorized: the caller did not prove who they are` (RFC 9110 §15). An unknown status is told
 * by its class and the server's own phrase, if there is one; of that phrase at most 60 characters, on one line.
 */
export function describeStatus(status: number, statusText = ''): string {
  const known = WORDS[status];
  const said = statusText
    .replace(/[^\x20-\x7e\u00a1-\uffff]+/g, ' ')
    .trim()
    .slice(0, LONGEST_PHRASE);
  const phrase = known?.[0] ?? said;
  const meaning = known?.[1] ?? MEANING_OF_CLASS[Math.floor(status / 100)];
  const code = phrase === '' ? String(status) : `${status} ${phrase}`;
  return meaning === undefined ? code : `${code}: ${meaning}`;
}
