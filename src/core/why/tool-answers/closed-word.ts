declare const CLOSED: unique symbol;
declare const LABELLED: unique symbol;

/** A word or sentence of ours: from our own lists, or a sentence of ours with nothing but such words and numbers in it. */
export type ClosedWord = string & { readonly [CLOSED]: true };

/** Words that are not ours, under a name that says so: data for the reader, never an instruction. */
export type Untrusted = { readonly untrustedData: string } & { readonly [LABELLED]: true };

/** What a tool may say to a language model. A text that is neither ours nor labelled does not compile. */
export type Said = ClosedWord | number | boolean | Untrusted | UntrustedTable | readonly Said[] | ToolAnswer;

/** Said by name. The names are the product's own, too. */
export type ToolAnswer = { readonly [name: string]: Said | undefined };

/** Labelled words by number: a sentence names one as `untrustedData.3`. */
export type UntrustedTable = Readonly<Record<string, UntrustedValue>> & { readonly [LABELLED]: true };

/** What a labelled text is and where it came from, both in our words. */
export interface UntrustedValue {
  what: ClosedWord;
  from: ClosedWord;
  text: string;
}

type Literal<T extends string> = string extends T ? never : unknown;

/** An id or a text that stands in the source: one of unknown origin has the type `string`, and does not compile. */
export function ours<T extends string>(word: T & Literal<T>): ClosedWord {
  return inOurWords(word);
}

/** A sentence of ours whose gaps are filled with our words and numbers. */
export function say(parts: TemplateStringsArray, ...gaps: readonly (ClosedWord | number)[]): ClosedWord {
  return inOurWords(String.raw({ raw: parts }, ...gaps));
}

/**
 * For a text whose type does not show that it is ours: the catalogue's sentence, worded with closed words only, and a word
 * that was looked up in a list of ours. Never for a text that holds a word of the input.
 */
export function inOurWords(text: string): ClosedWord {
  return text as ClosedWord;
}

/** Labels a value; what it holds has been bounded and masked. */
export function labelled(untrustedData: string): Untrusted {
  return { untrustedData } as Untrusted;
}

/** Labels the values of a table. */
export function labelledTable(values: Readonly<Record<string, UntrustedValue>>): UntrustedTable {
  return values as UntrustedTable;
}
