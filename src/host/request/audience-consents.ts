import type * as vscode from 'vscode';
import { STATE_KEYS } from '../../contract.ts';
import { LONGEST_AUDIENCE, readAudience } from '../../core/azure/read-audience.ts';
import type { DestinationVerdict } from '../../core/call/token-destination.ts';
import { plainHost, plainValue } from '../plain-text.ts';
import { plainWindow } from '../plain-window.ts';

const SEND = 'Send';

type Because = Extract<DestinationVerdict, { verdict: 'asks' }>['because'];

interface Asked {
  audience: string;
  origin: string;
  because: Because;
}

const TITLES: Record<Because, (host: string) => string> = {
  unknown: (host) => `Send a token for another API to ${host}?`,
  unreadable: (host) => `Send a token that nobody can read to ${host}?`,
  listeners: (host) => `Send a token for the whole service to ${host}?`,
};

const REASONS: Record<Because, string> = {
  unknown:
    'No API profile in your own settings names that audience for this address. Whoever runs the host can use the token at the API it is for: send it only if the two are one and the same.',
  unreadable:
    'Nobody can read whom the token is for. Whoever runs the host can use it at the API it is for: send it only if the two are one and the same.',
  listeners:
    'Others than the service may answer at that host too, and be handed the token, which is good for the whole service: send it only if you know who runs the host.',
};

/**
 * Where the user lets tokens go whose API nobody knows or can read, or where others than their service answer too. Kept in
 * global state: no workspace brings an answer.
 */
export class AudienceConsents {
  readonly #state: vscode.Memento;

  constructor(globalState: vscode.Memento) {
    this.#state = globalState;
  }

  get #known(): readonly string[] {
    return this.#state.get<string[]>(STATE_KEYS.audienceConsents, []);
  }

  /**
   * Asks before the first token for exactly this audience, or for one that nobody can read, goes to this origin, naming
   * both; each time about one that is too long to be shown whole.
   */
  async confirm({ audience, origin, because }: Asked): Promise<boolean> {
    const isWhole = audience.length <= LONGEST_AUDIENCE;
    const key = JSON.stringify(because === 'unknown' ? [audience, origin] : [audience, origin, because]);
    if (isWhole && this.#known.includes(key)) return true;
    const detail = [
      `Sent to: ${plainHost(origin)}`,
      ...(because === 'unreadable' ? [] : audienceLines(audience)),
      '',
      REASONS[because],
    ].join('\n');
    const question = TITLES[because](plainHost(origin));
    const picked = await plainWindow.showWarningMessage(question, { modal: true, detail }, SEND);
    if (picked !== SEND) return false;
    if (isWhole) await this.#state.update(STATE_KEYS.audienceConsents, [...this.#known, key]);
    return true;
  }

  /** How many there were. */
  async forgetAll(): Promise<number> {
    const { length } = this.#known;
    await this.#state.update(STATE_KEYS.audienceConsents, undefined);
    return length;
  }
}

function audienceLines(audience: string): string[] {
  const shown = audience.slice(0, LONGEST_AUDIENCE);
  return [
    `Audience: ${plainValue(shown)}${shown === audience ? '' : '…'}`,
    ...(readAudience(audience).isPlain
      ? []
      : ['It is not written as audiences are: it may be another one than it looks.']),
  ];
}
