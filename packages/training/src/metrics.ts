/** Errors of predictions in the label's own units. */
export interface Metrics {
  readonly rows: number;
  readonly mae: number;
  readonly rmse: number;
  /** Standard error of `mae`: the sample deviation of the absolute errors over sqrt(rows). */
  readonly maeStandardError: number;
}

/** The error that reports carry and training stops by. */
export type ErrorMetric = 'mae' | 'rmse';

/** Compares predictions with labels, row by row, summing in float64. NaN when a prediction is not a number. */
export function score(predictions: Float32Array, labels: Float32Array): Metrics {
  const rows = labels.length;
  let absolute = 0;
  let squared = 0;
  for (let i = 0; i < rows; i++) {
    const error = predictions[i]! - labels[i]!;
    absolute += Math.abs(error);
    squared += error * error;
  }
  const mae = absolute / rows;
  const variance = rows > 1 ? Math.max(0, squared - rows * mae * mae) / (rows - 1) : 0;
  return { rows, mae, rmse: Math.sqrt(squared / rows), maeStandardError: Math.sqrt(variance / rows) };
}
