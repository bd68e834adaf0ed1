/** Room for the rows of one chunk: a row-major matrix and a label a row, reused from chunk to chunk. */
export class RowBuffer {
  readonly #width: number;
  readonly #x: Float32Array;
  readonly #y: Float32Array;
  #rows = 0;

  constructor(width: number, capacity: number) {
    this.#width = width;
    this.#x = new Float32Array(width * capacity);
    this.#y = new Float32Array(capacity);
  }

  get x(): Float32Array {
    return this.#x.subarray(0, this.#rows * this.#width);
  }

  get y(): Float32Array {
    return this.#y.subarray(0, this.#rows);
  }

  clear(): void {
    this.#rows = 0;
  }

  /**
   * Appends some rows of a chunk, without those of which a column or the label is not finite.
   * @returns how many were appended
   */
  append(rows: Int32Array, columns: readonly Float64Array[], labels: Float64Array): number {
    const start = this.#rows;
    writeRows(this.#x, start, rows, columns);
    for (let i = 0; i < rows.length; i++) this.#y[start + i] = labels[rows[i]!]!;
    for (let at = start; at < start + rows.length; at++) this.#keepIfFinite(at);
    return this.#rows - start;
  }

  /** Closes up the row at a place to those kept before it. */
  #keepIfFinite(at: number): void {
    const from = at * this.#width;
    if (!Number.isFinite(this.#y[at]!) || !isFiniteRange(this.#x, from, from + this.#width)) return;
    if (at !== this.#rows) {
      this.#x.copyWithin(this.#rows * this.#width, from, from + this.#width);
      this.#y[this.#rows] = this.#y[at]!;
    }
    this.#rows++;
  }
}

/** Writes columns as rows of a row-major matrix, one column after the other. @param start the first row written */
export function writeRows(x: Float32Array, start: number, rows: Int32Array, columns: readonly Float64Array[]): void {
  for (const [c, values] of columns.entries()) {
    let at = start * columns.length + c;
    for (let i = 0; i < rows.length; i++, at += columns.length) x[at] = values[rows[i]!]!;
  }
}

export function isFiniteRange(values: Float32Array, start: number, end: number): boolean {
  let zero = 0;
  for (let i = start; i < end; i++) zero += values[i]! * 0; // NaN as soon as one value is not finite
  return zero === 0;
}
