import { maskText } from '../../call/mask-text.ts';
import { findTokens } from '../../token/find-tokens.ts';

/** What a language model may point at. Never the thing itself: what a model has said stands in a log somewhere. */
export const TOOL_SOURCES = ['selection', 'clipboard', 'panel', 'lastExchange'] as const;

/** Where a tool may take its text from. */
export type ToolSource = (typeof TOOL_SOURCES)[number];

/** `looksSecret`: a token, a key or something like it was passed, and is not repeated. */
export type ToolInput = { ok: true; source: ToolSource } | { ok: false; why: 'looksSecret' | 'noReference' };

/** Takes nothing but `{ "source": … }`: anything else may carry a secret or be meant as one. */
export function readToolInput(input: unknown): ToolInput {
  const text = textOf(input);
  if (findTokens(text).length > 0 || maskText(text) !== text || /\S{40,}/.test(text))
    return { ok: false, why: 'looksSecret' };
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return { ok: false, why: 'noReference' };
  const { source, ...more } = input as Record<string, unknown>;
  const known = TOOL_SOURCES.find((name) => name === source);
  return known && Object.keys(more).length === 0 ? { ok: true, source: known } : { ok: false, why: 'noReference' };
}

function textOf(input: unknown): string {
  try {
    return JSON.stringify(input) ?? '';
  } catch {
    return '';
  }
}
