import type { Design } from './features.js';

/**
 * What the mean is made of beside the kernel: functions of the features whose coefficients are unknown, normal, and as
 * large as the signal. Their products are part of the covariance.
 * @see Rasmussen and Williams 2006, "Gaussian processes for machine learning", section 2.7
 */
export interface Trend {
  readonly count: number;
  /** Writes the functions' values at a point. */
  write(f: Float64Array, values: Float64Array): void;
  /** Adds the functions' gradients at the point last written, each times its weight. */
  addSlopes(weights: Float64Array, slope: Float64Array): void;
}

/**
 * Variance of the unknown constant mean, in signal variances: vague, so that a cluster of good trials does not pull the
 * expectation of unseen places down, as a mean of 0 for standardised values does (GP.md); larger values change nothing.
 */
const CONSTANT_VARIANCE = 10;

export const CONSTANT_TREND: Trend = {
  count: 1,
  write: (_, values) => values.fill(Math.sqrt(CONSTANT_VARIANCE), 0, 1),
  addSlopes: () => undefined,
};

/** The trend's values at the points of a design, point by point: value b of point i is at i * count + b. */
export function trendRows(trend: Trend, { n, features, columns }: Design): Float64Array {
  const rows = new Float64Array(n * trend.count);
  const f = new Float64Array(features.count);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < f.length; k++) f[k] = columns[k * n + i]!;
    trend.write(f, rows.subarray(i * trend.count, (i + 1) * trend.count));
  }
  return rows;
}
