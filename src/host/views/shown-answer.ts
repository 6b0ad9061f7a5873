import * as vscode from 'vscode';
import type { AppError } from '../../core/app-error.ts';
import { type Exchange, findHeader } from '../../core/call/exchange.ts';
import { maskKnown } from '../../core/call/mask-text.ts';
import { guessLanguage, prettyBody } from '../../core/call/pretty-body.ts';
import type { Diagnosis } from '../../core/why/explain.ts';
import type { Explanation } from '../../core/why/explanation.ts';
import type { Problem, RequestResult } from '../../protocol/request-view.ts';
import type { MemoryDocuments } from '../memory-documents.ts';
import { copyReport } from '../reports.ts';
import type { Sent } from '../request/request-session.ts';
import { tokensInResponse } from '../request/response-tokens.ts';
import { SignInFailed } from '../sign-in/sign-in-trouble.ts';
import type { TokenPanel } from './token-panel.ts';

/**
 * What stands under the form of the Request view: what came of the last call, or why there was none. What the page asks to
 * open or copy is looked up here: it can ask for nothing else than is shown.
 */
export class ShownAnswer {
  #result: RequestResult | undefined;
  #problem: Problem | undefined;
  #last: Exchange = {};
  #secrets: readonly string[] = [];
  #diagnosis: Diagnosis | undefined;

  take({ result, last, secrets, diagnosis }: Sent): void {
    this.#result = result;
    this.#last = last;
    this.#secrets = secrets;
    this.#diagnosis = diagnosis;
  }

  /** In place of a result. `identity`: its id, when signing in alone failed. */
  showProblem(error: AppError, identity?: string): void {
    const { code, message: text, actions } = error;
    this.#problem = {
      code,
      text,
      actions,
      ...(identity === undefined ? {} : { identity }),
      ...(error instanceof SignInFailed ? { trouble: error.trouble } : {}),
    };
    this.#result = undefined;
  }

  dropProblem(): void {
    this.#problem = undefined;
  }

  clear(): void {
    this.#result = undefined;
    this.#diagnosis = undefined;
    this.#problem = undefined;
  }

  /** Of the last call, when it was refused. */
  get diagnosis(): Diagnosis | undefined {
    return this.#diagnosis;
  }

  get explanation(): Explanation | undefined {
    return this.#result?.explanation;
  }

  get state(): { result?: RequestResult; problem?: Problem } {
    return {
      ...(this.#result ? { result: this.#result } : {}),
      ...(this.#problem ? { problem: this.#problem } : {}),
    };
  }

  /** Of the tokens that the answer brought. */
  openToken(wanted: number, tokenPanel: TokenPanel): void {
    const token = tokensInResponse(this.#last.response).find((_, index) => index === wanted);
    if (token) tokenPanel.show({ raws: [token.raw] });
  }

  async openBody(documents: MemoryDocuments): Promise<void> {
    const text = this.#last.response?.body?.text;
    if (text === undefined) return;
    const contentType = findHeader(this.#last.response?.headers ?? [], 'content-type')?.value ?? '';
    const language = guessLanguage(text, contentType);
    await documents.open('response', prettyBody(maskKnown(text, this.#secrets), contentType).text, language);
  }

  async copyReport(): Promise<void> {
    if (this.#diagnosis) await copyReport(this.#diagnosis);
  }

  /** The command that the problem shows. */
  async copyCommand(): Promise<void> {
    const command = this.#problem?.trouble?.where?.command;
    if (command !== undefined) await vscode.env.clipboard.writeText(command);
  }

  async openLookUp(): Promise<void> {
    const lookUp = this.#problem?.trouble?.lookUp;
    if (lookUp !== undefined) await vscode.env.openExternal(vscode.Uri.parse(lookUp, true));
  }

  /** Only pages that the shown explanation links to. */
  async openSource(url: string): Promise<void> {
    const sources = this.explanation?.causes.map(({ source }) => source) ?? [];
    if (sources.includes(url)) await vscode.env.openExternal(vscode.Uri.parse(url, true));
  }
}
