import type { FeatureWriter } from './table-recipe.js';

/** Room for the rows of one chunk: a row-major matrix and a label a row, reused from chunk to chunk. */
export class RowBuffer {
  readonly #features: number;
  readonly #x: Float32Array;
  readonly #y: Float32Array;
  #rows = 0;

  constructor(features: number, capacity: number) {
    this.#features = features;
    this.#x = new Float32Array(features * capacity);
    this.#y = new Float32Array(capacity);
  }

  get x(): Float32Array {
    return this.#x.subarray(0, this.#rows * this.#features);
  }

  get y(): Float32Array {
    return this.#y.subarray(0, this.#rows);
  }

  clear(): void {
    this.#rows = 0;
  }

  /** Appends a row; takes it back and says false when a feature or the label is not finite. */
  push(row: number, write: FeatureWriter, label: number): boolean {
    const start = this.#rows * this.#features;
    const end = start + this.#features;
    this.#x.fill(0, start, end);
    write(row, this.#x, start);
    this.#y[this.#rows] = label;
    if (!Number.isFinite(this.#y[this.#rows]!) || !isFiniteRange(this.#x, start, end)) return false;
    this.#rows++;
    return true;
  }
}

export function isFiniteRange(values: Float32Array, start: number, end: number): boolean {
  let zero = 0;
  for (let i = start; i < end; i++) zero += values[i]! * 0; // NaN as soon as one value is not finite
  return zero === 0;
}
