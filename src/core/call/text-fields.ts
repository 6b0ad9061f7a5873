import type { TextField } from './json-fields.ts';
import { isKnownScheme } from './scheme-names.ts';
import { elementsBeside, type ValueBeside, valuesBeside } from './values-beside.ts';

const XML_ELEMENT = /<([\w:.-]{1,200})(?![\w:.-])[^<>]*>([^<>]+)</g;
const XML_ATTRIBUTE = /\s([\w:.-]{1,200})=(?:"([^"<>]*)"|'([^'<>]*)')/g;
const XML_TAG = /<[^<>]*>/g;
const CDATA = /<!\[CDATA\[|\]\]>/g;
const COMMENT = /<!--[^<>]{0,2000}-->/g;

/**
 * Elements with text, and attributes, by their local names; of `<add key="…" value="…"/>`, `<name>…</name><value>…` and
 * the like the value under that name, too.
 */
export function fieldsOfXml(xml: string): TextField[] {
  const text = xml.replace(COMMENT, '').replace(CDATA, '');
  const elements = Array.from(text.matchAll(XML_ELEMENT), ([, name = '', value = '']) => fieldOf(name, value));
  const attributes = Array.from(text.matchAll(XML_TAG), ([tag]) => attributesOf(tag)).flat();
  const beside = fieldsFrom(text, elementsBeside(text)).map(({ name, value }) => fieldOf(name, value));
  return [...elements, ...attributes, ...beside];
}

function attributesOf(tag: string): TextField[] {
  const found = Array.from(tag.matchAll(XML_ATTRIBUTE), ([, name = '', double, single]) =>
    fieldOf(name, double ?? single ?? ''),
  );
  const name = found.find((field) => field.name === 'name' || field.name === 'key');
  const value = found.find((field) => field.name === 'value');
  return name && value ? [...found, { ...value, name: name.value }] : found;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function fieldOf(name: string, value: string): TextField {
  const plain = value.trim().replace(/&(amp|lt|gt|quot|apos);/g, (_all, entity: string) => ENTITIES[entity] ?? '');
  return { name: name.slice(name.lastIndexOf(':') + 1), value: plain, kind: 'field' };
}

function fieldsFrom(text: string, found: readonly ValueBeside[]): TextField[] {
  return found.map(({ name, value, under }) => ({
    name,
    value: text.slice(value.start, value.end),
    kind: 'field',
    ...(under === undefined ? {} : { under }),
  }));
}

/** The parts of a form with files (RFC 7578), by the lines that the first one begins with. */
export function fieldsOfMultipart(text: string): TextField[] {
  const [boundary = ''] = /^--\S+/.exec(text) ?? [];
  if (boundary.length < 3) return [];
  return text.split(boundary).flatMap((part) => {
    const end = /\r?\n\r?\n/.exec(part);
    if (!end) return [];
    const [, name = ''] = /\bname="?([^";\r\n]{1,200})/i.exec(part.slice(0, end.index)) ?? [];
    return [{ name, value: part.slice(end.index + end[0].length).trim(), kind: 'field' }];
  });
}

const PAIR =
  /(?<![\w.-])([A-Za-z][\w.-]{0,63})["']?[ \t]{0,8}[:=][ \t]{0,8}(?:"([^"\\]*(?:\\.[^"\\]*)*)"|'([^']*)'|([^\s"',;&<>{}()]+))/g;

/** `name: value` and `name=value` in other text: GraphQL, YAML, settings, connection strings; what stands beside its name in tables and YAML, too. */
export function pairsInText(text: string): TextField[] {
  const pairs = Array.from(text.matchAll(PAIR), ([, name = '', double, single, word]): TextField => {
    return { name, value: double ?? single ?? word ?? '', kind: 'field' };
  }).filter(({ value }) => !isKnownScheme(value));
  return [...pairs, ...fieldsFrom(text, valuesBeside(text))];
}
