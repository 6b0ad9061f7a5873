import type { Span } from './escaped-text.ts';
import { credentialStart } from './named-secrets.ts';
import {
  isAuthorizationName,
  isCookieName,
  isSecretContainer,
  type Masked,
  maskedUnder,
  mayEndSecretName,
} from './secret-names.ts';
import { isNeverSecret, quotedAt, type ReadSoFar, skip, valueAt } from './secret-value.ts';

/** Members under which lists keep a name, and those under which they keep its value. Lower case, letters only. */
const NAME_MEMBERS = new Set(
  'name key id keyname header headername field fieldname param parameter parametername setting settingname secretname type n k'.split(
    ' ',
  ),
);
const VALUE_MEMBERS = new Set('value val v content contents text secret data rawvalue defaultvalue'.split(' '));

const LONGEST_NAME = 80;
const SHORTEST_TELLING = 5;
const LONGEST_ADDRESS = 300;

export function isNameMember(member: string): boolean {
  return NAME_MEMBERS.has(lettersOf(member));
}

export function isValueMember(member: string): boolean {
  return VALUE_MEMBERS.has(lettersOf(member));
}

export function lettersOf(text: string): string {
  return text.length > 40 ? '' : text.toLowerCase().replace(/[^a-z]/g, '');
}

/** A value whose name stands beside it. `under`: the list of secrets it stands in, whatever its own name. */
export interface ValueBeside {
  name: string;
  value: Span;
  under?: string;
}

/** The id that Key Vault gives a secret. */
const ID_OF_SECRET = /^https:\/\/[^/\s]{1,200}\/secrets\//i;

/** A name beside a value may be a header's, a parameter's or a setting's. */
export function maskedAnywhere(name: string): Masked {
  if (name.length > LONGEST_NAME)
    return name.length < LONGEST_ADDRESS && ID_OF_SECRET.test(name) ? 'anyValue' : 'nothing';
  const field = maskedUnder(name, 'field');
  if (field === 'anyValue' || maskedUnder(name, 'header') === 'anyValue' || ID_OF_SECRET.test(name)) return 'anyValue';
  return maskedUnder(name, 'parameter') === 'anyValue' ? 'randomValue' : field;
}

/** Values of secrets in every form in which a text sets them beside their names, but for members of one object. */
export function valuesBeside(text: string): ValueBeside[] {
  return [
    ...(text.includes('<') ? elementsBeside(text) : []),
    ...(text.includes(',') ? tuples(text) : []),
    ...rows(text),
    ...(text.includes(':') ? yamlItems(text) : []),
  ];
}

const NAME = /^[A-Za-z][\w.$: -]{0,78}\w$/;

function isSecretName(name: string): boolean {
  return NAME.test(name) && mayEndSecretName(name, name.length) && maskedAnywhere(name) !== 'nothing';
}

/** In tables and lists words stand beside names, too: not what is one, nor a sentence, an address, a version or a time. */
function isTelling(name: string, value: string): boolean {
  if (isCookieName(name)) return /^[\w.-]{1,80}=/.test(value);
  if (isAuthorizationName(name) && credentialStart(value) > 0) return true;
  if (value.length < SHORTEST_TELLING || /\s|:\/\//.test(value) || isNeverSecret(value)) return false;
  return /[A-Za-z]/.test(value) && /[^A-Za-z_:.-]/.test(value) && !/^(?:v?\d{1,8}\.\d|\d{4}-\d\d-\d\d)/.test(value);
}

const TAG = /<(\/?)([A-Za-z][\w:.-]{0,80})((?:\s[^<>]*)?)>/g;
const NAME_TAGS = /^(?:name|key|id)$/;
const VALUE_TAGS = /^(?:value|val|v|string|text|content|data|secret)$/;
const CELL_TAGS = /^(?:td|dd|li|span|div|p|code)$/;
/** What a name is wrapped in. */
const WRAPPERS = /^(?:td|th|dt|li|p|div|span|b|strong|code)$/;
const EDGES = /^(?:\s|<!\[CDATA\[|<!--[^<>]{0,400}-->)*/;

/** An element with nothing but text. */
interface Leaf {
  tag: string;
  span: Span;
  isValue: boolean;
}

/** Elements that follow each other: `<name>…</name><value>…`, `<key>…</key><string>…`, `<td>…</td><td>…`. */
export function elementsBeside(text: string): ValueBeside[] {
  const found: ValueBeside[] = [];
  let open: { tag: string; start: number } | undefined;
  let before: Leaf | undefined;
  let last = 0;
  const close = (tag: string, end: number) => {
    const leaf = leafOf(text, tag, open?.start ?? end, end);
    const pair = before && pairOf(text, before, leaf);
    if (pair) found.push(pair);
    before = { ...leaf, isValue: pair !== undefined };
    open = undefined;
  };
  for (const { 0: all, 1: slash, 2: name = '', 3: rest = '', index } of text.matchAll(TAG)) {
    const tag = localName(name);
    if (slash === '/') {
      if (open?.tag === tag) close(tag, index);
      else if (!WRAPPERS.test(tag) || !isGap(text, last, index)) before = undefined;
    } else {
      if (!isGap(text, last, index)) before = undefined;
      open = rest.endsWith('/') ? undefined : { tag, start: index + all.length };
    }
    last = index + all.length;
  }
  if (open) close(open.tag, text.length);
  return found;
}

function localName(tag: string): string {
  return tag.slice(tag.indexOf(':') + 1).toLowerCase();
}

const LONGEST_GAP = 400;

function isGap(text: string, start: number, end: number): boolean {
  return end - start <= LONGEST_GAP && text.slice(start, end).trim() === '';
}

function leafOf(text: string, tag: string, start: number, end: number): Leaf {
  const content = text.slice(start, end);
  const from = start + (EDGES.exec(content)?.[0].length ?? 0);
  const plain = text.slice(from, end).trimEnd();
  return { tag, span: { start: from, end: from + plain.replace(/\]\]>$/, '').trimEnd().length }, isValue: false };
}

function pairOf(text: string, before: Leaf, leaf: Leaf): ValueBeside | undefined {
  const first = textOf(text, before.span);
  const second = textOf(text, leaf.span);
  const isWrittenBackwards = VALUE_TAGS.test(before.tag) && NAME_TAGS.test(leaf.tag) && !before.isValue;
  if (isWrittenBackwards && isSecretName(second)) return { name: second, value: before.span };
  if (!isSecretName(first)) return undefined;
  const isValue = before.tag !== leaf.tag && VALUE_TAGS.test(leaf.tag);
  return isValue || (CELL_TAGS.test(leaf.tag) && isTelling(first, second))
    ? { name: first, value: leaf.span }
    : undefined;
}

function textOf(text: string, { start, end }: Span): string {
  return text.slice(start, end);
}

const TUPLE = /[[(]\s{0,8}(?:[bru]{0,2}["'])?([A-Za-z][\w.$-]{1,79})["']?\s{0,8},\s{0,8}(?=\S)/g;
const TUPLE_END = /\s{0,8},?\s{0,8}[\])]/y;
const PLAIN_ELEMENT = /[^[\]\r\n"']{1,4096}(?=\])/y;

/** Lists of two: `["x-api-key","…"]`, `("password", "…")`, `(b'cookie', b'…')`, and `[x-api-key, …]` as .NET prints them. */
export function tuples(text: string): ValueBeside[] {
  const found: ValueBeside[] = [];
  const read: ReadSoFar = new Map();
  for (const { 0: all, 1: name = '', index } of text.matchAll(TUPLE)) {
    if (!isSecretName(name)) continue;
    const value = elementAt(text, index + all.length, all.startsWith('['), read);
    if (value && isTelling(name, textOf(text, value))) found.push({ name, value });
  }
  return found;
}

function elementAt(text: string, at: number, isList: boolean, read: ReadSoFar): Span | undefined {
  const quoted = quotedAt(text, at, read);
  if (quoted) return skip(TUPLE_END, text, quoted.next) > quoted.next ? quoted : undefined;
  const end = isList ? skip(PLAIN_ELEMENT, text, at) : at;
  return end > at ? { start: at, end } : undefined;
}

interface Cell extends Span {
  text: string;
}

/** How the cells of a line are told apart. */
type Separator = '\t' | '|' | '  ' | ',';

const MOST_CELLS = 64;
const BETWEEN: Readonly<Record<Separator, RegExp>> = { '\t': /\t/g, '|': /\|/g, '  ': / {2,}/g, ',': /,/g };
const CELL_EDGE = /[\s"'`*]/;
const RULING = /^[-+|:=\s]+$/;
/** Between a name and its value `az … list -o table` says whether the setting is of a slot. */
const NO_VALUE = /^(?:true|false|none|null|)$/i;

/** Tables, in Markdown, CSV or as commands print them; jars of cookies; what commands and frameworks say of cookies. */
export function rows(text: string): ValueBeside[] {
  const found: ValueBeside[] = [];
  let header: { separator: Separator; cells: Cell[] } | undefined;
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
    const separator = separatorOf(line);
    if (!separator || RULING.test(line)) continue;
    const cells = cellsOf(line, index, separator);
    found.push(...inRow(cells, separator));
    if (header?.separator === separator && header.cells.length === cells.length) {
      found.push(...inColumns(header.cells, cells, separator));
    } else header = isHeader(cells) ? { separator, cells } : undefined;
  }
  return [...found, ...saidCookies(text)];
}

function separatorOf(line: string): Separator | undefined {
  return (['\t', '|', '  ', ','] as const).find((one) => line.trim().includes(one));
}

function cellsOf(line: string, lineStart: number, separator: Separator): Cell[] {
  const cells: Cell[] = [];
  const add = (start: number, end: number) => {
    const cell = cellAt(line.slice(start, end), lineStart + start);
    if (cell.text !== '' || separator !== '|') cells.push(cell);
  };
  let at = separator === '  ' ? line.length - line.trimStart().length : 0;
  let read = at;
  // An odd one is of what the whole text stands in.
  let marks = 0;
  const isQuoted = separator === ',' && (line.split('"').length - 1) % 2 === 0;
  for (const { 0: mark, index } of line.matchAll(BETWEEN[separator])) {
    if (index < at) continue;
    if (cells.length === MOST_CELLS) break;
    // In CSV a comma inside quotation marks is of the value.
    if (isQuoted) marks += line.slice(read, index).split('"').length - 1;
    read = index;
    if (marks % 2 === 1) continue;
    add(at, index);
    at = index + mark.length;
  }
  add(at, line.length);
  return cells;
}

/** Without quotation marks, also those around the whole table, and what Markdown makes letters bold or code with. */
function cellAt(raw: string, start: number): Cell {
  let from = 0;
  let to = raw.length;
  while (from < to && CELL_EDGE.test(raw[from] ?? '')) from++;
  while (to > from && CELL_EDGE.test(raw[to - 1] ?? '')) to--;
  return { text: raw.slice(from, to), start: start + from, end: start + to };
}

function inRow(cells: readonly Cell[], separator: Separator): ValueBeside[] {
  if (separator === ',') return [];
  if (separator === '\t' && isJar(cells)) return [{ name: VALUE_OF_COOKIE, value: spanOf(cells[6]) }];
  return cells.flatMap(({ text }, at) => {
    if (!isSecretName(text)) return [];
    const value = cells.slice(at + 1, at + 3).find((cell) => !NO_VALUE.test(cell.text));
    return value && isTelling(text, value.text) ? [{ name: text, value: spanOf(value) }] : [];
  });
}

/** Netscape's format, as curl and browsers keep cookies: host, flag, path, flag, time, name, value. */
function isJar(cells: readonly Cell[]): boolean {
  const flags = [cells[1]?.text, cells[3]?.text];
  return cells.length === 7 && flags.every((flag = '') => /^(?:TRUE|FALSE)$/.test(flag)) && cells[6]?.text !== '';
}

function isHeader(cells: readonly Cell[]): boolean {
  return (
    cells.length > 1 &&
    cells.every(({ text }) => /^[A-Za-z][\w.$ -]{0,79}$/.test(text)) &&
    cells.some(({ text }) => isSecretName(text))
  );
}

function inColumns(header: readonly Cell[], cells: readonly Cell[], separator: Separator): ValueBeside[] {
  return header.flatMap(({ text: name }, at) => {
    const cell = cells[at];
    if (!cell || cell.text === '' || !isSecretName(name)) return [];
    const isCsv = separator === ',' && header.every(({ text }) => !text.includes(' '));
    return isCsv || isTelling(name, cell.text) ? [{ name, value: spanOf(cell) }] : [];
  });
}

function spanOf(cell: Span | undefined): Span {
  return { start: cell?.start ?? 0, end: cell?.end ?? 0 };
}

/** The value of one cookie, whatever its name: any is a secret. */
const VALUE_OF_COOKIE = 'secret';
const COOKIES = /(?<![\w-])cookies["']?[ \t]{0,4}[:=][ \t]{0,4}["']?(?=[\w.-]{1,80}=)/gi;
const KEPT_COOKIE = /(?<![\w-])(?:added|replaced|expire) cookie [\w.-]{1,80}=(?=\S)/gi;
const REST = /[^\r\n"']*/y;

/** `Cookies: a=…; b=…`, and what `curl -v` says it keeps: `* Added cookie a="…"`. */
function saidCookies(text: string): ValueBeside[] {
  const found: ValueBeside[] = [];
  for (const { 0: all, index } of text.matchAll(COOKIES)) {
    const start = index + all.length;
    found.push({ name: 'cookie', value: { start, end: skip(REST, text, start) } });
  }
  for (const { 0: all, index } of text.matchAll(KEPT_COOKIE)) {
    const value = valueAt(text, index + all.length, 'field');
    if (value) found.push({ name: VALUE_OF_COOKIE, value: { start: value.start, end: value.end } });
  }
  return found;
}

/** The whole text may stand in quotation marks: its first one is no column. */
const YAML_LINE =
  /^(["'`]{0,4})([ \t]{0,40})((?:- {1,8}){0,2})(?:["']?([A-Za-z][\w.-]{0,79})["']?[ \t]{0,20}:(?=\s|$)[ \t]{0,20})?/;
const BLOCK = /^[|>][-+\d]{0,2}\s*$/;
const MOST_IN_ITEM = 8;

/** A mapping of YAML that is being read, by the column its names begin in. */
interface Item {
  column: number;
  first: string;
  names: string[];
  values: Span[];
  under: string | undefined;
}

/**
 * Members of one mapping in YAML, in any order, with others between them: `- name: …`, `slotSetting: …`, `value: …`; what
 * stands in a list of secrets; and a value in the line below its name.
 */
export function yamlItems(text: string): ValueBeside[] {
  const found: ValueBeside[] = [];
  const items: Item[] = [];
  const lists: { column: number; name: string }[] = [];
  let waiting: { name: string; column: number } | undefined;
  const end = (item: Item | undefined) => {
    if (item) found.push(...pairsOf(item));
  };
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
    const [head = '', mark = '', margin = '', dashes = '', key] = YAML_LINE.exec(line) ?? [];
    const start = index + head.length;
    const rest = line.slice(head.length).trimEnd();
    const column = margin.length + dashes.length;
    if (key === undefined) {
      const content = { start: index + mark.length + column, end: index + line.trimEnd().length };
      const isBelow = waiting !== undefined && column > waiting.column && content.end > content.start;
      if (!isBelow) waiting = undefined;
      else if (waiting && dashes === '') addBelow(found, items.at(-1), waiting, withoutMarks(text, content));
      while ((items.at(-1)?.column ?? -1) >= column) end(items.pop());
      continue;
    }
    while (lists.length > 0 && isPast(lists.at(-1)?.column ?? 0, margin.length, dashes !== '')) lists.pop();
    while (items.length > 0 && isOver(items.at(-1)?.column ?? 0, column, dashes !== '')) end(items.pop());
    const under = lists.at(-1)?.name;
    // Without dashes another begins where the first name comes again.
    if (items.at(-1)?.column === column && items.at(-1)?.first === key) end(items.pop());
    if (items.at(-1)?.column !== column) items.push({ column, first: key, names: [], values: [], under });
    const isEmpty = rest === '' || BLOCK.test(rest);
    waiting = isEmpty ? { name: key, column } : undefined;
    if (isEmpty && isSecretContainer(key)) lists.push({ column, name: key });
    if (!isEmpty) addMember(items.at(-1), key, valueAt(text, start, 'field'), text);
  }
  while (items.length > 0) end(items.pop());
  return found;
}

function isPast(column: number, margin: number, isListed: boolean): boolean {
  return margin < column || (margin === column && !isListed);
}

function isOver(column: number, now: number, isListed: boolean): boolean {
  return column > now || (column === now && isListed);
}

function withoutMarks(text: string, { start, end }: Span): Span {
  const mark = text[start] ?? '';
  return /["']/.test(mark) && end - start > 2 && text[end - 1] === mark
    ? { start: start + 1, end: end - 1 }
    : { start, end };
}

function addBelow(
  found: ValueBeside[],
  item: Item | undefined,
  { name, column }: { name: string; column: number },
  value: Span,
): void {
  if (isSecretName(name)) found.push({ name, value });
  if (item?.column === column && isValueMember(name)) item.values.push(value);
}

function addMember(item: Item | undefined, key: string, value: Span | undefined, text: string): void {
  if (!item || !value) return;
  const content = textOf(text, value);
  if (isNameMember(key) && item.names.length < MOST_IN_ITEM) item.names.push(content);
  if (isValueMember(key) && item.values.length < MOST_IN_ITEM) item.values.push({ start: value.start, end: value.end });
}

function pairsOf({ names, values, under }: Item): ValueBeside[] {
  const secret = names.filter((name) => maskedAnywhere(name) !== 'nothing');
  const named = secret.flatMap((name) => values.map((value) => ({ name, value })));
  if (named.length > 0 || under === undefined) return named;
  return values.map((value) => ({ name: under, value, under }));
}
