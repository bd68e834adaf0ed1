import { addSquares, type Design } from './features.js';
import type { Hyperparameters } from './hyperparameters.js';
import { matern52 } from './matern.js';
import { type Trend, trendRows } from './trend.js';

/** The covariances, in signal variances, of one point with the points of a design; without the noise. */
export class KernelRow {
  /** Of the point last moved to, one per point of the design. */
  readonly covariance: Float64Array;
  /** Its covariance with itself. */
  variance = 0;

  readonly #design: Design;
  readonly #trend: Trend;
  readonly #trendRows: Float64Array;
  /** Inverse squares of the length-scales. */
  readonly #weights: Float64Array;
  readonly #features: Float64Array;
  readonly #squares: Float64Array;
  readonly #slope: Float64Array;
  readonly #trendValues: Float64Array;
  readonly #trendWeights: Float64Array;

  constructor(design: Design, trend: Trend, theta: Hyperparameters) {
    const { n, features } = design;
    this.#design = design;
    this.#trend = trend;
    this.#trendRows = trendRows(trend, design);
    this.#weights = theta.slice(0, features.count).map((logScale) => Math.exp(-2 * logScale));
    this.covariance = new Float64Array(n);
    this.#features = new Float64Array(features.count);
    this.#squares = new Float64Array(n);
    this.#slope = new Float64Array(n);
    this.#trendValues = new Float64Array(trend.count);
    this.#trendWeights = new Float64Array(trend.count);
  }

  /** @param count how many points of the design are wanted: the first ones */
  moveTo(f: Float64Array, count = this.#design.n): void {
    this.#features.set(f);
    this.#squares.fill(0, 0, count);
    for (let k = 0; k < f.length; k++) {
      addSquares(this.#design, k, f[k]!, this.#weights[k]!, this.#squares, count);
    }
    matern52(this.#squares, count, this.covariance, this.#slope);
    this.#trend.write(f, this.#trendValues);
    const width = this.#trend.count;
    this.variance = 1;
    for (let b = 0; b < width; b++) {
      const value = this.#trendValues[b]!;
      this.variance += value * value;
      for (let i = 0; i < count; i++) this.covariance[i]! += value * this.#trendRows[i * width + b]!;
    }
  }

  /** Adds `factor` times the gradient, by the features, of the weighted sum of the covariances. */
  addSlope(weights: Float64Array, factor: number, slope: Float64Array): void {
    const { n, features, columns } = this.#design;
    for (let k = 0; k < features.count; k++) {
      if (features.isCategory[k] === 1) continue;
      const value = this.#features[k]!;
      const start = k * n;
      let sum = 0;
      for (let i = 0; i < n; i++) sum += weights[i]! * this.#slope[i]! * (value - columns[start + i]!);
      slope[k]! += 2 * factor * this.#weights[k]! * sum;
    }
    const width = this.#trend.count;
    for (let b = 0; b < width; b++) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += weights[i]! * this.#trendRows[i * width + b]!;
      this.#trendWeights[b] = factor * sum;
    }
    this.#trend.addSlopes(this.#trendWeights, slope);
  }

  /** Adds `factor` times the gradient of the point's covariance with itself. */
  addVarianceSlope(factor: number, slope: Float64Array): void {
    for (let b = 0; b < this.#trend.count; b++) this.#trendWeights[b] = 2 * factor * this.#trendValues[b]!;
    this.#trend.addSlopes(this.#trendWeights, slope);
  }
}
