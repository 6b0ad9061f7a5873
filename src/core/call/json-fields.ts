import { isSecretContainer } from './secret-names.ts';

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
}

/** What begins a string, an object, a list or a number, and what ends an object or list. */
const START = /["{}[\]]|-?\d[\w.+-]*/g;
/** Blanks that may stand between a name and its colon. */
const MOST_BLANKS = 100;
const ESCAPE = /\\(?:u([0-9a-f]{4})|([\s\S]))/gi;
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/**
 * Every string and number in a JSON text (RFC 8259), in order, under the name before it; of `{ "name": …, "value": … }`, or
 * `"key"`, under the name that is given there. Reads what is no JSON as far as it goes: with comments, with commas too
 * many, cut off. Linear in the text, however deep; never throws.
 */
export function fieldsOfJson(text: string): TextField[] {
  const fields: TextField[] = [];
  let name = '';
  let under = '';
  let pair: { name?: string; value?: string } = {};
  const open: Container[] = [];
  START.lastIndex = 0;
  for (let match = START.exec(text); match; match = START.exec(text)) {
    const [found] = match;
    if (found === '{' || found === '[') {
      if (found === '{') pair = {};
      open.push({ name, under });
      if (isSecretContainer(name)) under = name;
      continue;
    }
    if (found === '}' || found === ']') {
      ({ name, under } = open.pop() ?? { name: '', under: '' });
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
    if (name === 'name' || name === 'key') pair.name = value;
    else if (name === 'value') pair.value = value;
    else continue;
    if (pair.name !== undefined && pair.value !== undefined) {
      fields.push({ name: pair.name, value: pair.value, kind: 'field' });
      pair = {};
    }
  }
  return fields;
}

function isName(text: string, after: number): boolean {
  return text
    .slice(after, after + MOST_BLANKS)
    .trimStart()
    .startsWith(':');
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
