import { expect } from 'vitest';
import type { NativeGate } from '../engine.js';

/** A gate that counts the calls it passes, and fails the test when two are open at a time. */
export class CountingGate implements NativeGate {
  calls = 0;
  #open = 0;

  async run<T>(call: () => Promise<T>): Promise<T> {
    this.calls += 1;
    this.#open += 1;
    expect(this.#open).toBe(1);
    const answer = await call();
    this.#open -= 1;
    return answer;
  }
}
