import { render, type TemplateResult } from 'lit/html.js';
import type { Folds } from './folds.ts';
import { connectHost } from './vscode-api.ts';

/** What a page has of its own. */
interface PagePlan<State> {
  render(state: State, announcement: string): TemplateResult;
  /** A new state has come, and `before` is still on screen: says what changed, and draws. */
  receive(next: State, before: State | undefined): void;
  /** How often the page is drawn again because time goes by. Default: never. */
  tickMs?: number;
}

/** What every page has. */
export interface Page<State, Sent> {
  /** The last state of the host; undefined before the first. */
  readonly state: State | undefined;
  /** The host's clock, milliseconds since the epoch. */
  readonly nowMs: number;
  readonly folds: Folds;
  foldAll(): void;
  post(message: Sent): void;
  draw(): void;
  /** Has screen readers say this once it is drawn. */
  announce(text: string): void;
}

/** Starts the page: draws every state the host sends, and tells it to send the first. */
export function startPage<Sent, Received extends { type: 'state'; state: { nowMs: number } }>(
  plan: PagePlan<Received['state']>,
): Page<Received['state'], Sent> {
  const root = document.body.appendChild(document.createElement('div'));
  const unfolded = new Set<string>();
  let state: Received['state'] | undefined;
  let hostClockAheadMs = 0;
  let announcement = '';

  const host = connectHost<Sent | { type: 'ready' }, Received>((message) => {
    if (message.type !== 'state') return;
    const before = state;
    state = message.state;
    hostClockAheadMs = state.nowMs - Date.now();
    plan.receive(state, before);
  });

  function draw(): void {
    if (state) render(plan.render(state, announcement), root);
  }

  function drawIfVisible(): void {
    if (document.visibilityState === 'visible') draw();
  }

  if (plan.tickMs !== undefined) {
    setInterval(drawIfVisible, plan.tickMs);
    document.addEventListener('visibilitychange', drawIfVisible);
  }
  host.post({ type: 'ready' });

  return {
    get state() {
      return state;
    },
    get nowMs() {
      return Date.now() + hostClockAheadMs;
    },
    folds: {
      isUnfolded: (id) => unfolded.has(id),
      toggleFold: (id) => {
        if (!unfolded.delete(id)) unfolded.add(id);
        draw();
      },
    },
    foldAll: () => unfolded.clear(),
    post: host.post,
    draw,
    announce: (text) => {
      // A live region is read when its text changes: a repeated text gets an invisible difference.
      announcement = text === announcement ? `${text}\u00a0` : text;
    },
  };
}
