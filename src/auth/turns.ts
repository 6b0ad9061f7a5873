/** Lets calls with the same key happen one after the other, in the order they came. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs `work` when the calls before it have ended, well or not. */
  take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const call = (this.#last.get(key) ?? Promise.resolve()).then(work);
    const ended = call.then(
      () => undefined,
      () => undefined,
    );
    this.#last.set(key, ended);
    return call;
  }
}
