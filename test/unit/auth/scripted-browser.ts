import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { connect } from 'node:net';
import type { LabUser } from '../../lab/entra-tenant.ts';

interface Form {
  action: string;
  fields: Record<string, string>;
}

/** A person at the sign-in page: opens it, chooses an account, and lets the page send the answer back. */
export class ScriptedBrowser {
  /** Whom to choose; undefined presses Cancel, and `leaves` opens the page and does nothing. */
  chooses: LabUser | undefined | 'leaves';
  /** Every address opened. */
  readonly opened: URL[] = [];
  /** What the browser showed at the end: what MSAL's listener answered. */
  readonly shown: string[] = [];
  /** Set when a step failed. */
  error: unknown;
  /** Resolves when the page is there. */
  readonly pageIsOpen: Promise<void>;
  /** Resolves when everything opened was walked to its end. */
  done: Promise<unknown> = Promise.resolve();
  #pageOpened: () => void = () => undefined;

  constructor(chooses: ScriptedBrowser['chooses']) {
    this.chooses = chooses;
    this.pageIsOpen = new Promise((resolve) => {
      this.#pageOpened = resolve;
    });
  }

  /** Resolves as soon as the browser has started, like the real one. */
  readonly open = (url: string): Promise<boolean> => {
    this.opened.push(new URL(url));
    const visit = this.#visit(url).catch((error: unknown) => {
      this.error = error;
      this.#pageOpened();
    });
    this.done = Promise.all([this.done, visit]);
    return Promise.resolve(true);
  };

  /** The port MSAL listens on for the latest sign-in. */
  get port(): number {
    return Number(new URL(this.opened.at(-1)?.searchParams.get('redirect_uri') ?? '').port);
  }

  async #visit(url: string): Promise<void> {
    let page = await visit('GET', url);
    this.#pageOpened();
    if (this.chooses === 'leaves') return;
    const choice = formIn(page);
    if (choice && 'flow' in choice.fields) {
      page = await visit('POST', choice.action, { ...choice.fields, account: this.chooses?.id ?? '' });
    }
    const answer = formIn(page);
    // Where the answer came in the address, the listener has had it already.
    if (!answer && new URL(page.url).hostname !== 'localhost')
      throw new Error(`no form on: ${page.text.slice(0, 300)}`);
    this.shown.push(answer ? (await visit('POST', answer.action, answer.fields)).text : page.text);
  }
}

/** Whether anybody listens there. */
export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

interface Page {
  url: string;
  text: string;
}

/** As a browser: a redirect is followed, by GET. */
async function visit(method: string, url: string, fields?: Record<string, string>): Promise<Page> {
  const { location, text } = await send(method, url, fields);
  return location === undefined ? { url, text } : visit('GET', new URL(location, url).href);
}

function send(
  method: string,
  url: string,
  fields?: Record<string, string>,
): Promise<{ location: string | undefined; text: string }> {
  const target = new URL(url);
  const isLoopback = target.hostname === 'localhost';
  const request = target.protocol === 'https:' ? requestHttps : requestHttp;
  const body = fields && new URLSearchParams(fields).toString();
  return new Promise((resolve, reject) => {
    const headers = body ? { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': body.length } : {};
    // A browser tries both addresses of localhost; MSAL listens on this one.
    const options = { method, headers, ...(isLoopback ? { host: '127.0.0.1', agent: false } : {}) };
    const outgoing = request(target, options, async (response) => {
      let text = '';
      response.on('error', reject);
      for await (const chunk of response.setEncoding('utf8')) text += chunk;
      resolve({ location: response.headers.location, text });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function formIn({ text: html, url: base }: Page): Form | undefined {
  const action = /<form[^>]*\saction="([^"]*)"/.exec(html)?.[1];
  if (action === undefined) return undefined;
  const inputs = [...html.matchAll(/<input[^>]*\sname="([^"]*)"[^>]*\svalue="([^"]*)"/g)];
  const fields = Object.fromEntries(
    inputs.map(([, name = '', value = '']) => [unescapeHtml(name), unescapeHtml(value)]),
  );
  return { action: new URL(unescapeHtml(action), base).href, fields };
}

function unescapeHtml(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}
