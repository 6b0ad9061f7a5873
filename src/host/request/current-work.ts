import type { Progress } from '../../protocol/request-view.ts';

export type OnProgress = (progress: Progress | undefined) => void;

/** What the Request view is doing: one thing at a time, with progress and Cancel. A later one ends it. */
export class CurrentWork {
  readonly #onChange: () => Promise<void>;
  #running: AbortController | undefined;
  #progress: Progress | undefined;

  constructor(onChange: () => Promise<void>) {
    this.#onChange = onChange;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  get progress(): Progress | undefined {
    return this.#progress;
  }

  /**
   * Begins at once, while its beginning is shown. What came of it, a failure included; undefined when something else has
   * taken its place meanwhile.
   */
  async run<T>(work: (signal: AbortSignal, onProgress: OnProgress) => Promise<T>): Promise<T | undefined> {
    this.drop();
    const running = new AbortController();
    this.#running = running;
    try {
      const onProgress: OnProgress = (progress) => {
        if (this.#running !== running || progress === this.#progress) return;
        this.#progress = progress;
        void this.#onChange();
      };
      const [, done] = await Promise.all([this.#onChange(), work(running.signal, onProgress)]);
      return this.#running === running ? done : undefined;
    } catch (error) {
      if (this.#running === running) throw error;
      return undefined;
    } finally {
      if (this.#running === running) this.#forget();
    }
  }

  /** Asks the work to end: its result still counts. */
  cancel(): void {
    this.#running?.abort();
  }

  /** Ends the work: whatever still comes of it counts no more. */
  drop(): void {
    this.cancel();
    this.#forget();
  }

  #forget(): void {
    this.#running = undefined;
    this.#progress = undefined;
  }
}
