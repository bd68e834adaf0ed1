/**
 * A sample of rows that depends on neither their order nor how they come: the values of the `size` rows of the lowest hashes. In
 * bounded memory; exact as long as there are no more rows than that.
 */
export class LowestHashes {
  readonly #size: number;
  #hashes: Float64Array;
  #values: Float64Array;
  #count = 0;
  /** Rows from this hash on are no part of the sample. */
  #bound = Number.POSITIVE_INFINITY;

  constructor(size: number) {
    this.#size = size;
    this.#hashes = new Float64Array(2 * size);
    this.#values = new Float64Array(2 * size);
  }

  add(hash: number, value: number): void {
    if (hash >= this.#bound) return;
    this.#hashes[this.#count] = hash;
    this.#values[this.#count] = value;
    if (++this.#count === this.#hashes.length) this.#prune();
  }

  /** The sampled values, in no order. */
  values(): Float64Array {
    this.#prune();
    return this.#values.slice(0, this.#count);
  }

  #prune(): void {
    if (this.#count <= this.#size) return;
    const bound = this.#hashes.slice(0, this.#count).sort()[this.#size]!;
    let kept = 0;
    for (let i = 0; i < this.#count; i++) {
      if (this.#hashes[i]! >= bound) continue;
      this.#hashes[kept] = this.#hashes[i]!;
      this.#values[kept++] = this.#values[i]!;
    }
    this.#count = kept;
    this.#bound = bound;
  }
}
