import { isSame } from './memo.js';

/** Not again sooner than this, however fast it is: the figures move slowly. */
const LEAST_MS = 1_000;

/** The share of a core that one figure may take. */
const SHARE = 0.05;

export interface SlowInsightEvents {
  /** A figure has been computed between frames. */
  readonly changed: () => void;
  /** Takes what computing one between frames threw. */
  readonly failed: (error: unknown) => void;
}

/**
 * A figure over all trials that may cost more than a frame. It is computed at once when there is none yet or another one is
 * asked for, because a person waits for it; when trials have been added, between frames and at a twentieth of a core at
 * most: until then the last one stands.
 */
export class SlowInsight<T> {
  readonly #events: SlowInsightEvents;
  #subject: readonly unknown[] | null = null;
  #trials: unknown;
  #value: T | undefined;
  #again: (() => void) | null = null;
  #notBeforeMs = 0;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(events: SlowInsightEvents) {
    this.#events = events;
  }

  /**
   * @param subject what is figured out: parts of another identity are another figure
   * @param trials by identity
   */
  of(subject: readonly unknown[], trials: unknown, compute: () => T): T {
    if (!isSame(subject, this.#subject)) {
      this.#subject = subject;
      this.#compute(trials, compute);
    } else if (trials !== this.#trials) {
      this.#again = () => this.#compute(trials, compute);
      if (!this.#isClosed) this.#timer ??= setTimeout(this.#catchUp, this.#notBeforeMs - performance.now()).unref();
    }
    return this.#value as T;
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  readonly #catchUp = (): void => {
    try {
      this.#again?.();
      this.#events.changed();
    } catch (error) {
      this.#events.failed(error);
    }
  };

  #compute(trials: unknown, compute: () => T): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#again = null;
    const startMs = performance.now();
    this.#value = compute();
    this.#trials = trials;
    const endMs = performance.now();
    this.#notBeforeMs = endMs + Math.max(LEAST_MS, (endMs - startMs) / SHARE - (endMs - startMs));
  }
}
