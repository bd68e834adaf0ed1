import { setTimeout as delay } from 'node:timers/promises';
import type { NativeGate } from '@assay/study';

/**
 * The one Int32 that a worker and the main thread share per trial.
 *
 * idle <-> native           the worker enters and leaves a native call
 * idle -> closed            the main thread wants the worker dead, or the trial is over: no native call from here on
 * native -> closing         the main thread wants the worker dead
 * closing -> closed         the worker's native call returned
 *
 * `closing` is what makes the wait end: between two native calls of a training loop the gate is idle for microseconds,
 * and whoever only looked for that moment would miss it for ever.
 */
const IDLE = 0;
const NATIVE = 1;
const CLOSING = 2;
const CLOSED = 3;

const POLL_MS = 2;

export type GateCell = Int32Array<SharedArrayBuffer>;

/** An idle gate. */
export function createGateCell(): GateCell {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

/**
 * The worker's side. One object per worker thread, so that an engine may keep it between trials; the cell behind it
 * changes with the trial. Between trials the gate is closed.
 */
export class ThreadGate implements NativeGate {
  #cell: GateCell | null = null;
  #running = 0;
  #whenIdle: (() => void)[] = [];

  open(cell: GateCell): void {
    this.#cell = cell;
  }

  /** Runs a native call, or parks for ever when the gate is closed: then this thread is about to end. */
  async run<T>(call: () => Promise<T>): Promise<T> {
    if (!this.#enter()) return new Promise<never>(() => undefined);
    try {
      return await call();
    } finally {
      this.#leave();
    }
  }

  /** Resolves when every native call of the trial has returned; from then on none starts. */
  async shut(): Promise<void> {
    while (this.#running > 0) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
    if (this.#cell === null) return;
    markClosed(this.#cell);
    this.#cell = null;
  }

  #enter(): boolean {
    if (this.#cell === null) return false;
    if (this.#running === 0 && Atomics.compareExchange(this.#cell, 0, IDLE, NATIVE) !== IDLE) return false;
    this.#running++;
    return true;
  }

  #leave(): void {
    this.#running--;
    if (this.#running > 0 || this.#cell === null) return;
    if (Atomics.compareExchange(this.#cell, 0, NATIVE, IDLE) === CLOSING) markClosed(this.#cell);
    for (const resolve of this.#whenIdle.splice(0)) resolve();
  }
}

/** For the thread behind the gate, and for whoever knows that this thread is gone. */
export function markClosed(cell: GateCell): void {
  Atomics.store(cell, 0, CLOSED);
  Atomics.notify(cell, 0);
}

/** Resolves once no native call runs behind the gate and none can start. Does not block the calling thread. */
export async function closeGate(cell: GateCell): Promise<void> {
  while (!tryClose(cell)) await delay(POLL_MS);
}

/** The same, blocking, for the moment before the process exits. @returns false when `limitMs` was not enough */
export function closeGateBlocking(cell: GateCell, limitMs: number): boolean {
  const deadline = performance.now() + limitMs;
  while (!tryClose(cell)) {
    const leftMs = deadline - performance.now();
    if (leftMs <= 0) return false;
    Atomics.wait(cell, 0, CLOSING, leftMs);
  }
  return true;
}

function tryClose(cell: GateCell): boolean {
  Atomics.compareExchange(cell, 0, NATIVE, CLOSING);
  Atomics.compareExchange(cell, 0, IDLE, CLOSED);
  return Atomics.load(cell, 0) === CLOSED;
}
