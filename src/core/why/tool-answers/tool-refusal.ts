import { AppError, Cancelled } from '../../app-error.ts';
import { type ClosedWord, ours, say } from './closed-word.ts';

/** Said to a language model in place of an answer; it may then do better. */
export class ToolRefusal extends Error {
  constructor(words: ClosedWord) {
    super(words);
    this.name = 'ToolRefusal';
  }
}

/** Any error in words for a model. The error's own message may hold a setting, an address or a server's words: it is left out. */
export function refusalOf(error: unknown): ToolRefusal {
  if (error instanceof ToolRefusal) return error;
  if (error instanceof Cancelled) return new ToolRefusal(ours('The user backed out.'));
  const code = error instanceof AppError ? ours(error.code) : ours('unexpected');
  return new ToolRefusal(say`It could not be done (${code}).`);
}
