import type { LogLine } from './study-snapshot.js';

const CAPACITY = 1_000;

/** The last thousand log lines. */
export class LogRing {
  #lines: LogLine[] = [];
  #view: readonly LogLine[] = [];
  #changed = false;

  add(line: LogLine): void {
    for (const text of line.text.split(/\r\n|\n|\r/)) this.#lines.push({ ...line, text });
    if (this.#lines.length > 2 * CAPACITY) this.#lines = this.#lines.slice(-CAPACITY);
    this.#changed = true;
  }

  /** The newest last; the same array until a line is added. */
  get lines(): readonly LogLine[] {
    if (this.#changed) this.#view = this.#lines.slice(-CAPACITY);
    this.#changed = false;
    return this.#view;
  }
}
