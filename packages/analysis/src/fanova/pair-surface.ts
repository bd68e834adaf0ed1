import type { CellRun } from './tree-axes.js';

/**
 * Amounts added on rectangles of cells of two axes. They are kept as steps at the rectangles' corners, so that adding one
 * costs the same however large it is.
 */
export class PairSurface {
  readonly #rows: Float64Array;
  readonly #columns: Float64Array;
  readonly #width: number;
  readonly #steps: Float64Array;

  /** @param rows, columns the share of each cell in all values of its axis */
  constructor(rows: Float64Array, columns: Float64Array) {
    this.#rows = rows;
    this.#columns = columns;
    this.#width = columns.length + 1;
    this.#steps = new Float64Array((rows.length + 1) * this.#width);
  }

  /** Adds an amount at every cell that is in a run of rows and in a run of columns. */
  add(rows: readonly CellRun[], columns: readonly CellRun[], amount: number): void {
    for (const [top, bottom] of rows) {
      for (const [left, right] of columns) {
        this.#steps[top * this.#width + left]! += amount;
        this.#steps[top * this.#width + right]! -= amount;
        this.#steps[bottom * this.#width + left]! -= amount;
        this.#steps[bottom * this.#width + right]! += amount;
      }
    }
  }

  /** How much the sums vary around their mean, every pair of values weighing alike. */
  variance(mean: number): number {
    const above = new Float64Array(this.#columns.length);
    let variance = 0;
    for (let row = 0; row < this.#rows.length; row++) {
      let [step, sum] = [0, 0];
      for (let column = 0; column < this.#columns.length; column++) {
        step += this.#steps[row * this.#width + column]!;
        above[column]! += step;
        sum += this.#columns[column]! * (above[column]! - mean) ** 2;
      }
      variance += this.#rows[row]! * sum;
    }
    return variance;
  }
}
