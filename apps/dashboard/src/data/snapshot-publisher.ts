import type { StudySnapshot } from './study-snapshot.js';

/**
 * Five a second: numbers that change faster cannot be read, and a frame costs Ink some ten milliseconds that the study's
 * workers would like to have. Keys are answered at once, whatever this is.
 */
const FRAME_MS = 200;

/** What passes without any event: elapsed time, time left, how long a trial has been quiet. */
const TICK_MS = 1000;

/** Turns any number of changes into at most five snapshots a second. The first change after a pause shows at once. */
export class SnapshotPublisher {
  readonly #take: () => StudySnapshot;
  readonly #listeners = new Set<() => void>();
  #snapshot: StudySnapshot;
  #publishedMs = performance.now();
  #pending: NodeJS.Timeout | undefined;
  readonly #tick: NodeJS.Timeout;
  #closed = false;

  /** @param ticks whether time alone changes the snapshot, asked once a second */
  constructor(take: () => StudySnapshot, ticks: () => boolean) {
    this.#take = take;
    this.#snapshot = take();
    this.#tick = setInterval(() => {
      if (ticks()) this.touch();
    }, TICK_MS).unref();
  }

  readonly subscribe = (onChange: () => void): (() => void) => {
    this.#listeners.add(onChange);
    return () => {
      this.#listeners.delete(onChange);
    };
  };

  readonly getSnapshot = (): StudySnapshot => this.#snapshot;

  readonly close = (): void => {
    this.#closed = true;
    clearTimeout(this.#pending);
    clearInterval(this.#tick);
  };

  /** Says that something has changed. */
  touch(): void {
    if (this.#pending !== undefined || this.#closed) return;
    const sinceMs = performance.now() - this.#publishedMs;
    this.#pending = setTimeout(() => this.#publish(), Math.max(0, FRAME_MS - sinceMs));
  }

  #publish(): void {
    this.#pending = undefined;
    this.#publishedMs = performance.now();
    this.#snapshot = this.#take();
    for (const listener of [...this.#listeners]) listener();
  }
}
