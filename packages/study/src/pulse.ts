/** Lets several waiters sleep until something has changed. */
export class Pulse {
  readonly #waiters = new Set<() => void>();

  beat(): void {
    for (const wake of [...this.#waiters]) wake();
  }

  /** Resolves at the next beat, or after `atMostMs`. */
  wait(atMostMs: number | null): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#waiters.delete(wake);
        resolve();
      };
      const timer = atMostMs === null ? undefined : setTimeout(wake, atMostMs);
      this.#waiters.add(wake);
    });
  }
}
