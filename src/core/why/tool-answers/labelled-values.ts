import { privacyOf } from '../../token/claim-privacy.ts';
import type { JsonObject, JsonValue } from '../../token/token.ts';
import {
  type ClosedWord,
  inOurWords,
  labelledTable,
  ours,
  type Said,
  type UntrustedTable,
  type UntrustedValue,
} from './closed-word.ts';
import { numberWord, ownWord } from './own-words.ts';
import { plainLine } from './untrusted.ts';

/** What a text is, where it came from, and how it is written; `withheld`: not given unless it is a word of ours. */
export type Label = 'withheld' | { what: ClosedWord; from: ClosedWord; written: Writing };

/** `one`: a single word. `words`, `list`: several, between blanks or commas, or commas only. `code`: one with an inner one. */
export type Writing = 'one' | 'words' | 'list' | 'code' | 'address';

const LONGEST = 300;
const LONGEST_READ = 4_000;
const MOST = 40;
const MOST_WORDS = 12;
const NOT_GIVEN = ours('(not given)');
const LEFT_OUT = ours('(left out)');

const SEPARATORS: Record<Writing, RegExp | undefined> = {
  one: undefined,
  address: undefined,
  words: /([\s,]+)/,
  list: /(,\s*)/,
  code: /(\/)/,
};
const MAIL = /[^\s@/"'<>,;]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g;
const SHORTEST_NAME = 3;
const MOST_NAMES = 200;

/**
 * Puts texts of anybody into sentences of ours: a word of our own lists and a number as they are, any other by reference
 * to a table that labels it. Not given at all are sentences, and what the token says of a person.
 */
export class LabelledValues {
  readonly #values = new Map<string, UntrustedValue>();
  readonly #numbers = new Map<string, number>();
  readonly #persons: readonly string[];

  /** Of the tokens sent, whose claims about persons stay out. */
  constructor(payloads: readonly JsonObject[]) {
    this.#persons = personsIn(payloads);
  }

  /** What stands for the text in a sentence. Empty for an empty text. */
  word(text: string, label: Label): ClosedWord {
    const own = ownWord(text);
    if (own !== undefined || text === '') return own ?? inOurWords('');
    if (label === 'withheld') return NOT_GIVEN;
    const number = numberWord(text);
    if (number !== undefined) return number;
    const separator = SEPARATORS[label.written];
    if (separator === undefined) return this.#reference(text, label);
    const parts = text.split(separator);
    if (parts.length > 2 * MOST_WORDS) return NOT_GIVEN;
    return inOurWords(
      parts
        .map((part, index) => {
          if (index % 2 === 1) return separatorOf(part);
          return part === '' ? '' : this.word(part, { ...label, written: 'one' });
        })
        .join(''),
    );
  }

  /** The values that this refers to; undefined where it refers to none. */
  tableFor(said: Said): UntrustedTable | undefined {
    const named = new Set(Array.from(JSON.stringify(said).matchAll(/untrustedData\.(\d+)/g), ([, number]) => number));
    const used = [...this.#values].filter(([number]) => named.has(number));
    return used.length === 0 ? undefined : labelledTable(Object.fromEntries(used));
  }

  #reference(text: string, { what, from, written }: Exclude<Label, string>): ClosedWord {
    const shown = written === 'address' ? withoutQuery(text) : text;
    if (/\s/.test(shown.trim())) return NOT_GIVEN;
    const key = `${what}\n${from}\n${shown}`;
    const known = this.#numbers.get(key);
    if (known === undefined && this.#numbers.size >= MOST) return NOT_GIVEN;
    const number = known ?? this.#numbers.size + 1;
    this.#numbers.set(key, number);
    this.#values.set(String(number), { what, from, text: this.#shown(shown) });
    return inOurWords(`untrustedData.${number}`);
  }

  /** Secrets are masked before anything is cut or replaced, since both could hide one from the masks. */
  #shown(text: string): string {
    const masked = plainLine(text, LONGEST_READ);
    const named = this.#persons.reduce((rest, name) => rest.replaceAll(name, LEFT_OUT), masked).replace(MAIL, LEFT_OUT);
    return plainLine(named, LONGEST);
  }
}

/** Only its form is kept. */
function separatorOf(text: string): string {
  return text.includes('/') ? '/' : text.includes(',') ? ', ' : ' ';
}

function withoutQuery(address: string): string {
  return /^[^?#]*/.exec(address)?.[0] ?? '';
}

/** Every text of claims that name somebody, one token or session, or hold what nobody documents; longest first. */
function personsIn(payloads: readonly JsonObject[]): string[] {
  const hidden = payloads
    .flatMap(Object.entries<JsonValue>)
    .filter(([name]) => privacyOf('payload', name) !== 'public');
  const texts = hidden.flatMap(([, value]) => textsIn(value)).filter((text) => text.length >= SHORTEST_NAME);
  return texts.slice(0, MOST_NAMES).sort((a, b) => b.length - a.length);
}

function textsIn(value: JsonValue): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
