import { ownMember } from '../own-member.ts';

const NAME_START =
  ':A-Z_a-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02ff\\u0370-\\u037d\\u037f-\\u1fff\\u200c\\u200d\\u2070-\\u218f\\u2c00-\\u2fef\\u3001-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\ufffd';

/** A name (XML 1.0 §2.3) of the basic plane, as the source of a pattern; nobody writes policies with others. */
export const XML_NAME = `[${NAME_START}][-.0-9\\u00b7\\u0300-\\u036f\\u203f\\u2040${NAME_START}]*`;

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const REFERENCE = /&(?:#x([0-9a-fA-F]{1,8})|#(\d{1,10})|([A-Za-z]{2,4}));|&/g;
const LARGEST_CODE_POINT = 0x10ffff;

/** Text with its references replaced (XML 1.0 §4.1, §4.6): the five of XML and character numbers; others stay. */
export function replaceReferences(text: string): string {
  return text.includes('&') ? text.replace(REFERENCE, replaceOne) : text;
}

/** Offsets of each `&` that begins no reference. */
export function badReferencesIn(text: string): number[] {
  if (!text.includes('&')) return [];
  return [...text.matchAll(REFERENCE)].flatMap((match) => (characterOf(match) === undefined ? [match.index] : []));
}

/** True for a character XML 1.0 §2.2 allows. */
export function isXmlCharacter(codePoint: number): boolean {
  if (codePoint < 0x20) return codePoint === 0x9 || codePoint === 0xa || codePoint === 0xd;
  return codePoint <= 0xd7ff || (codePoint >= 0xe000 && codePoint <= 0xfffd) || codePoint >= 0x10000;
}

function replaceOne(...match: string[]): string {
  return characterOf(match.slice(0, 4)) ?? match[0] ?? '';
}

function characterOf([, hex, decimal, name]: readonly (string | undefined)[]): string | undefined {
  if (name !== undefined) return ownMember(NAMED, name);
  if (hex === undefined && decimal === undefined) return undefined;
  const codePoint = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return codePoint <= LARGEST_CODE_POINT && isXmlCharacter(codePoint) ? String.fromCodePoint(codePoint) : undefined;
}
