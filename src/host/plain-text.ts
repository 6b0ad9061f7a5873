import { redact } from '../core/call/redaction.ts';

const LONGEST_NAME = 60;
const LONGEST_CODE = 120;
/** Controls, what turns the direction of text around, line ends, and whatever else takes no room. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * Text for a notification: VS Code turns `[label](target)` into a link, even to a command, and `$(name)` into an icon,
 * so text from tokens, answers and settings must bring neither; tokens and keys are masked.
 */
export function plainText(text: string): string {
  return neutralise(redact(text));
}

/** A name or host from a setting, for a sentence: on one line, at most 60 characters, never masked. */
export function plainName(name: string): string {
  const line = neutralise(name.replace(INVISIBLE, ' '));
  return line.length > LONGEST_NAME ? `${line.slice(0, LONGEST_NAME)}…` : line;
}

/** A host name in full: who is trusted must be readable to its end. */
export function plainHost(host: string): string {
  return neutralise(host.replace(INVISIBLE, ' '));
}

/**
 * A value whole, for a question that is answered by it: two different values never look alike. Whatever is not a printable
 * ASCII character is shown by its code point, `\u{200b}`, as are spaces, `\`, and what VS Code takes for an icon or a link.
 */
export function plainValue(value: string): string {
  return value.replace(/[^!-[\]-~]|(?<=\$)\(|(?<=\])\(/gu, (character) => {
    return `\\u{${character.codePointAt(0)?.toString(16)}}`;
  });
}

/**
 * Text as Markdown code: the only form in which VS Code shows `https://…` without making it a link, and marks as they are.
 * On one line, at most 120 characters.
 */
export function markdownCode(text: string): string {
  const line = text.replace(INVISIBLE, ' ').trim();
  const short = line.length > LONGEST_CODE ? `${line.slice(0, LONGEST_CODE)}…` : line;
  const fence = '`'.repeat(Math.max(0, ...(short.match(/`+/g) ?? []).map((run) => run.length)) + 1);
  return short === '' ? '*empty*' : `${fence} ${short} ${fence}`;
}

/**
 * A sentence of ours for Markdown, on one line. It may quote a name from a token, so all that Markdown could take for a
 * mark or an address is escaped (CommonMark 2.4: any ASCII punctuation may be).
 */
export function markdownText(text: string): string {
  return text.replace(INVISIBLE, ' ').replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

/** Text in which VS Code finds neither an icon nor a link. Given twice, it stays as it is. */
export function neutralise(text: string): string {
  return text.replaceAll('](', '] (').replaceAll('$(', '$ (');
}
