import type { Span } from './escaped-text.ts';
import { isBlank } from './mask-secret.ts';

import { isAuthorizationName, isCookieName } from './secret-names.ts';
import { headOf, isNeverSecret, quotedAt, type ReadSoFar } from './secret-value.ts';
import { maskedAnywhere } from './values-beside.ts';

/** Calls whose first argument is a secret: a key, or `user:password` that is encoded. */
const ONE_ARGUMENT =
  /\b(?:AzureKeyCredential|AzureNamedKeyCredential|AzureSasCredential|ApiKeyServiceClientCredentials|(btoa|b64encode|base64_encode))\(\s{0,8}(?=["'`bB])/g;
/** Calls whose second argument is one: a scheme or a user stands first. */
const TWO_ARGUMENTS =
  /(?:\b(?:AuthenticationHeaderValue|HTTP(?:Basic|Digest)Auth|(?:Network|UsernamePassword|PS)Credentials?|[sS]etBasicAuth|BasicAuth(?:entication)?|AzureNamedKeyCredential|Credentials\.basic|Net\.Cookie)|\bauth[ \t]{0,4}=[ \t]{0,4})\(\s{0,8}(?:"[^"\r\n]{0,200}"|'[^'\r\n]{0,200}'|[\w.$]{1,100})\s{0,8},\s{0,8}(?=["'`])/g;
/** Calls that set a header or a property by its name: `headers.Add("x-api-key", "x")`. */
const SETTER =
  /\b(?:add|set|append|header|put|setHeader|addHeader|setRequestHeader|setRequestProperty|setProperty|TryAddWithoutValidation|AddDefaultHeader|setenv|putenv|SetEnvironmentVariable)\(\s{0,8}["'`]([\w.:-]{1,80})["'`]\s{0,8},\s{0,8}(?=["'`])/gi;

/** Secrets that calls in a program take by their place: `SetBasicAuth("bob", "x")`. Linear: no value is read twice. */
export function argumentSecrets(text: string): Span[] {
  return [
    ...stringsAfter(text, ONE_ARGUMENT, (value, encodes) => encodes === undefined || value.includes(':')),
    ...stringsAfter(text, TWO_ARGUMENTS, () => true),
    ...stringsAfter(text, SETTER, (value, name = '') => isSetSecret(name) && !isBlank(value)),
  ];
}

/** Of cookies and schemes only the value is secret: `listedSecrets` knows them. */
function isSetSecret(name: string): boolean {
  return maskedAnywhere(name) === 'anyValue' && !isCookieName(name) && !isAuthorizationName(name);
}

function stringsAfter(text: string, calls: RegExp, isMeant: (value: string, word?: string) => boolean): Span[] {
  const found: Span[] = [];
  const read: ReadSoFar = new Map();
  for (const { 0: call, 1: word, index } of text.matchAll(calls)) {
    const value = quotedAt(text, index + call.length, read);
    if (!value) continue;
    const content = headOf(text, value);
    if (!isBlank(content) && !isNeverSecret(content) && isMeant(content, word)) found.push(value);
  }
  return found;
}
