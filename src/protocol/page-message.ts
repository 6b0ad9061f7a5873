/**
 * What a page's message has done. `storesOrSends`: something is kept, forgotten, written, fetched, sent or signed in for, or
 * files that the settings name are read; refused where the workspace is not trusted. `shows`: what is here already is
 * shown, copied or turned to, or work is given up.
 */
export type MessageReach = 'shows' | 'storesOrSends';

/** Every message of a page, by its type: one that is not in it is none, and a new one says what it does or does not compile. */
export type PageMessages<Message extends { type: string }> = Readonly<Record<Message['type'], MessageReach>>;

/** True for what the page may send; the members are checked where they are used. */
export function isMessageOf<Message extends { type: string }>(
  messages: PageMessages<Message>,
  message: unknown,
): message is Message {
  if (typeof message !== 'object' || message === null || !('type' in message)) return false;
  return typeof message.type === 'string' && Object.hasOwn(messages, message.type);
}
