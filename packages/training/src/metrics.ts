/** Errors of predictions in the label's own units. */
export interface Metrics {
  readonly rows: number;
  readonly mae: number;
  readonly rmse: number;
  /** Standard error of `mae`: the sample deviation of the absolute errors over sqrt(rows). */
  readonly maeStandardError: number;
}

/** The error that reports carry and training stops by: mae or rmse of labels that are numbers, logLoss of classes. */
export type ErrorMetric = 'mae' | 'rmse' | 'logLoss';

/** Compares predictions with labels, row by row, summing in float64. NaN when a prediction is not a number. */
export function score(predictions: Float32Array, labels: Float32Array): Metrics {
  const sums = new ErrorSums();
  sums.add(predictions, labels);
  return sums.metrics();
}

/** Adds up errors part by part; the parts give the bits that all rows at once would. */
export class ErrorSums {
  #rows = 0;
  #absolute = 0;
  #squared = 0;

  add(predictions: Float32Array, labels: Float32Array): void {
    let absolute = this.#absolute;
    let squared = this.#squared;
    for (let i = 0; i < labels.length; i++) {
      const error = predictions[i]! - labels[i]!;
      absolute += Math.abs(error);
      squared += error * error;
    }
    this.#rows += labels.length;
    this.#absolute = absolute;
    this.#squared = squared;
  }

  /** Adds what another one has added up. */
  merge(other: ErrorSums): void {
    this.#rows += other.#rows;
    this.#absolute += other.#absolute;
    this.#squared += other.#squared;
  }

  metrics(): Metrics {
    const rows = this.#rows;
    const mae = this.#absolute / rows;
    const variance = rows > 1 ? Math.max(0, this.#squared - rows * mae * mae) / (rows - 1) : 0;
    return { rows, mae, rmse: Math.sqrt(this.#squared / rows), maeStandardError: Math.sqrt(variance / rows) };
  }
}
