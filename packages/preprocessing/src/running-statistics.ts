/** Statistics of one column over the training rows. */
export interface ColumnStatistics {
  readonly mean: number;
  /** Population standard deviation (divided by n); 0 for a constant column. */
  readonly std: number;
  readonly min: number;
  readonly max: number;
}

/**
 * Mean, spread and range of a column in one pass, value by value in order, so that chunk sizes leave no trace.
 * @see Welford 1962, "Note on a method for calculating corrected sums of squares and products"
 */
export class RunningStatistics {
  #rows = 0;
  #mean = 0;
  #squares = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;

  /** Adds values[start], values[start + stride], ... to the end. */
  add(values: Float32Array | Float64Array, start = 0, stride = 1): void {
    // One by one: numbers out of an array are boxed again in every round of the loop.
    let rows = this.#rows;
    let mean = this.#mean;
    let squares = this.#squares;
    let min = this.#min;
    let max = this.#max;
    for (let i = start; i < values.length; i += stride) {
      const value = values[i]!;
      const delta = value - mean;
      mean += delta * (1 / ++rows);
      squares += delta * (value - mean);
      if (value < min) min = value;
      if (value > max) max = value;
    }
    this.#rows = rows;
    this.#mean = mean;
    this.#squares = squares;
    this.#min = min;
    this.#max = max;
  }

  /** Meaningless before the first value. */
  result(): ColumnStatistics {
    return { mean: this.#mean, std: Math.sqrt(this.#squares / this.#rows), min: this.#min, max: this.#max };
  }
}
