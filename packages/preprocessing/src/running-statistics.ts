/** Statistics of one column over the training rows. */
export interface ColumnStatistics {
  readonly mean: number;
  /** Population standard deviation (divided by n); 0 for a constant column. */
  readonly std: number;
  readonly min: number;
  readonly max: number;
}

/**
 * Mean, spread and range of many columns in one pass, row by row in order, so that chunk sizes leave no trace.
 * @see Welford 1962, "Note on a method for calculating corrected sums of squares and products"
 */
export class RunningStatistics {
  readonly #width: number;
  readonly #mean: Float64Array;
  readonly #squares: Float64Array;
  readonly #min: Float64Array;
  readonly #max: Float64Array;
  #rows = 0;

  constructor(width: number) {
    this.#width = width;
    this.#mean = new Float64Array(width);
    this.#squares = new Float64Array(width);
    this.#min = new Float64Array(width).fill(Number.POSITIVE_INFINITY);
    this.#max = new Float64Array(width).fill(Number.NEGATIVE_INFINITY);
  }

  /** Adds the row at values[offset .. offset + width). */
  add(values: Float32Array, offset: number): void {
    const weight = 1 / ++this.#rows;
    for (let i = 0; i < this.#width; i++) {
      const value = values[offset + i]!;
      const delta = value - this.#mean[i]!;
      const mean = this.#mean[i]! + delta * weight;
      this.#mean[i] = mean;
      this.#squares[i] = this.#squares[i]! + delta * (value - mean);
      if (value < this.#min[i]!) this.#min[i] = value;
      if (value > this.#max[i]!) this.#max[i] = value;
    }
  }

  /** One entry a column. Meaningless before the first row. */
  columns(): readonly ColumnStatistics[] {
    return Array.from(this.#mean, (mean, i) => ({
      mean,
      std: Math.sqrt(this.#squares[i]! / this.#rows),
      min: this.#min[i]!,
      max: this.#max[i]!,
    }));
  }
}
