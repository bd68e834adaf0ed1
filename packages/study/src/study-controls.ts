/** What asking to stop has come to: nothing new starts, or running trials stop at their next report as well. */
export type Stopping = 'no' | 'finish-running' | 'at-next-report';

/** A person's hands on a running study: the same object goes to `optimize` and to the keyboard. */
export class StudyControls {
  #paused = false;
  #stopping: Stopping = 'no';
  readonly #running = new Map<number, AbortController>();
  readonly #watchers = new Set<() => void>();

  get paused(): boolean {
    return this.#paused;
  }

  get stopping(): Stopping {
    return this.#stopping;
  }

  /** Starts no new trial until `resume`; running ones go on. */
  pause(): void {
    this.#change(() => {
      this.#paused = true;
    });
  }

  resume(): void {
    this.#change(() => {
      this.#paused = false;
    });
  }

  /**
   * The first call starts no new trial and lets the running ones finish; the second stops them at their next report, to be
   * enqueued again. More calls change nothing: leaving at once is the business of whoever owns the process.
   */
  requestStop(): Stopping {
    this.#change(() => {
      this.#stopping = this.#stopping === 'no' ? 'finish-running' : 'at-next-report';
    });
    return this.#stopping;
  }

  /** Kills a running trial: it ends as FAIL with reason `stopped`. False when it does not run here. */
  stopTrial(number: number): boolean {
    const running = this.#running.get(number);
    running?.abort();
    return running !== undefined;
  }

  /** For `optimize`: called after every change. Returns the call that ends it. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => {
      this.#watchers.delete(watcher);
    };
  }

  /** For `optimize`: runs a trial that `stopTrial` can reach. */
  async whileStoppable<T>(number: number, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.#running.set(number, controller);
    try {
      return await run(controller.signal);
    } finally {
      this.#running.delete(number);
    }
  }

  #change(apply: () => void): void {
    const before = `${this.#paused} ${this.#stopping}`;
    apply();
    if (before !== `${this.#paused} ${this.#stopping}`) for (const watcher of [...this.#watchers]) watcher();
  }
}
