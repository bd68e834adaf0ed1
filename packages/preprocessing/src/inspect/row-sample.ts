/**
 * An even sample of a stream of unknown length, without chance: every row while there are few, then every second, fourth ...
 * Between `capacity` and `2 capacity` rows once the stream is that long.
 */
export class RowSample<T> {
  readonly #capacity: number;
  #rows: T[] = [];
  #stride = 1;
  #seen = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get rows(): readonly T[] {
    return this.#rows;
  }

  /** @param make called only for a row that is taken */
  offer(make: () => T): void {
    if (this.#seen++ % this.#stride !== 0) return;
    this.#rows.push(make());
    if (this.#rows.length < 2 * this.#capacity) return;
    this.#rows = this.#rows.filter((_, at) => at % 2 === 0);
    this.#stride *= 2;
  }
}
