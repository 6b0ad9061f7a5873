import * as vscode from 'vscode';
import { type Redacted, redact } from '../core/call/redaction.ts';

/** The output channel "Why401". Everything passes through {@link redact}: people paste logs into issues. */
export class Log implements vscode.Disposable {
  readonly #channel = vscode.window.createOutputChannel('Why401', { log: true });

  info(text: string): void {
    this.#channel.info(redact(text));
  }

  /** A line without secrets already: its GUIDs and addresses stay whole. */
  line(text: Redacted): void {
    this.#channel.info(text);
  }

  error(error: unknown): void {
    this.#channel.error(redact(error instanceof Error ? (error.stack ?? error.message) : String(error)));
  }

  show(): void {
    this.#channel.show(true);
  }

  dispose(): void {
    this.#channel.dispose();
  }
}
