import { redact } from '../core/call/redaction.ts';

/**
 * Text for a notification: VS Code turns `[label](target)` in it into a link, even to a command, so text from tokens,
 * answers and settings must not bring one; tokens and keys are masked.
 */
export function plainText(text: string): string {
  return redact(text).replaceAll('](', '] (');
}
