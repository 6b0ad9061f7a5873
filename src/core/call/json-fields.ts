import { isSecretContainer } from './secret-names.ts';
import { skip } from './secret-value.ts';
import { isNameMember, isValueMember, tuples } from './values-beside.ts';

/** A value of a structured text, with the name of the member, element or part that it is. */
export interface TextField {
  name: string;
  value: string;
  kind: 'field';
  /** The nearest member around it whose name stands for secrets; none for most. */
  under?: string;
}

/** An object or list that has been begun: the name it stands under, and the nearest around it that stands for secrets. */
interface Container {
  name: string;
  under: string;
  pair: Pair;
}

/** Names and values that an object gives as members: `{ "type": …, "key": …, "value": … }` has two names. */
interface Pair {
  names: string[];
  values: string[];
}

const MOST_IN_PAIR = 4;

/** What begins a string, an object, a list or a number, and what ends an object or list. */
const START = /["{}[\]]|-?\d[\w.+-]*/g;
/** What may stand between a name and its colon. */
const BLANKS = /\s{0,100}/y;
const COMMENT = /\/\*[^*]{0,100}\*\/|\/\/[^\r\n]{0,100}/y;
const MOST_COMMENTS = 4;
const ESCAPE = /\\(?:u([0-9a-f]{4})|([\s\S]))/gi;
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/**
 * Every string and number in a JSON text (RFC 8259), in order, under the name before it; of `{ "name": …, "value": … }` under
 * the name that is given there, in either order; of lists of two under the first. Reads what is no JSON as far as it goes: with comments, with commas too
 * many, cut off. Linear in the text, however deep; never throws.
 */
export function fieldsOfJson(text: string): TextField[] {
  const fields: TextField[] = [];
  let name = '';
  let under = '';
  let pair: Pair = { names: [], values: [] };
  const open: Container[] = [];
  START.lastIndex = 0;
  for (let match = START.exec(text); match; match = START.exec(text)) {
    const [found] = match;
    if (found === '{' || found === '[') {
      open.push({ name, under, pair });
      if (found === '{') pair = { names: [], values: [] };
      if (isSecretContainer(name)) under = name;
      continue;
    }
    if (found === '}' || found === ']') {
      ({ name, under, pair } = open.pop() ?? { name: '', under: '', pair: { names: [], values: [] } });
      continue;
    }
    const end = found === '"' ? endOfString(text, match.index) : START.lastIndex;
    const value = found === '"' ? plainString(text.slice(match.index + 1, end)) : found;
    START.lastIndex = found === '"' ? end + 1 : end;
    if (found === '"' && isName(text, end + 1)) {
      name = value.trim();
      continue;
    }
    if (value !== '') fields.push({ name, value, kind: 'field', ...(under === '' ? {} : { under }) });
    for (const one of pairsWith(pair, name, value)) fields.push(one);
  }
  for (const { name: first, value } of tuples(text)) {
    fields.push({ name: first, value: plainString(text.slice(value.start, value.end)), kind: 'field' });
  }
  return fields;
}

/** What a member makes a pair with in its object, and remembers it. */
function pairsWith(pair: Pair, member: string, value: string): TextField[] {
  const found: TextField[] = [];
  if (isNameMember(member) && pair.names.length < MOST_IN_PAIR) {
    pair.names.push(value);
    for (const one of pair.values) found.push({ name: value, value: one, kind: 'field' });
  }
  if (isValueMember(member) && pair.values.length < MOST_IN_PAIR) {
    pair.values.push(value);
    for (const name of pair.names) found.push({ name, value, kind: 'field' });
  }
  return found;
}

function isName(text: string, after: number): boolean {
  let at = skip(BLANKS, text, after);
  for (let count = 0; count < MOST_COMMENTS && text[at] === '/'; count++) {
    at = skip(BLANKS, text, skip(COMMENT, text, at));
  }
  return text[at] === ':';
}

/** Offset of the closing quote; of the text's end when there is none. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '"') return at;
    if (text[at] === '\\') at += 1;
  }
  return text.length;
}

function plainString(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(ESCAPE, (_all, code: string | undefined, character: string) =>
    code === undefined ? (CONTROLS[character] ?? character) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
