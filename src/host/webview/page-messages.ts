import * as vscode from 'vscode';
import { isMessageOf, type PageMessages } from '../../protocol/page-message.ts';
import { requireTrust } from '../workspace-trust.ts';

/**
 * Has a page's messages obeyed: the only way in for them. What is none of the page's is dropped, and nothing that stores or
 * sends is done in a workspace that is not trusted. `run` shows what goes wrong.
 */
export function obeyPage<Message extends { type: string }>(
  webview: Pick<vscode.Webview, 'onDidReceiveMessage'>,
  messages: PageMessages<Message>,
  run: (work: () => Promise<void>) => void,
  obey: (message: Message) => Promise<void>,
): void {
  webview.onDidReceiveMessage((message: unknown) => {
    if (!isMessageOf(messages, message)) return;
    run(async () => {
      if (messages[message.type as Message['type']] === 'storesOrSends') requireTrust(vscode.workspace);
      await obey(message);
    });
  });
}
