import { factorize, invertLower, timesLower, timesLowerTransposed } from './cholesky.js';
import type { Design } from './features.js';
import { type Hyperparameters, noiseAt, SIGNAL_PRIOR } from './hyperparameters.js';
import { KernelRow } from './kernel-row.js';
import type { Trend } from './trend.js';

/** Rounding can leave less than nothing of the variance at a point that was observed; in signal variances. */
const LEAST_VARIANCE = 1e-14;

/**
 * What the function's own value, without noise, may be at any point, given the observed outputs: a normal distribution.
 * Its values hold for the point last moved to.
 * @see Rasmussen and Williams 2006, equations 2.25 and 2.26
 */
export class Posterior {
  mean = 0;
  /** After `takeDeviation`. */
  deviation = 0;
  /** By the features, 0 for categories; after `takeMeanSlope` and `takeDeviationSlope`. */
  readonly meanSlope: Float64Array;
  readonly deviationSlope: Float64Array;
  /** The inverse of the signal variance. */
  readonly precision: number;

  readonly #n: number;
  readonly #row: KernelRow;
  /** The inverse of the covariance's Cholesky factor. */
  readonly #inverse: Float64Array;
  /** inverse(K) z: what each output adds to the mean, in covariances. */
  readonly #weights: Float64Array;
  readonly #whitened: Float64Array;
  readonly #solved: Float64Array;

  /**
   * @param z one output per point of the design
   * @param precision taken from the outputs when left out
   */
  constructor(design: Design, trend: Trend, theta: Hyperparameters, z: Float64Array, precision?: number) {
    const { n, features } = design;
    this.#n = n;
    this.#row = new KernelRow(design, trend, theta);
    this.#inverse = inverseFactor(design, this.#row, Math.exp(theta[noiseAt(features.count)]!));
    this.#whitened = new Float64Array(n);
    this.#solved = new Float64Array(n);
    this.#weights = new Float64Array(n);
    timesLower(this.#inverse, n, z, this.#whitened);
    timesLowerTransposed(this.#inverse, n, this.#whitened, this.#weights);
    this.precision =
      precision ?? (SIGNAL_PRIOR.shape + n / 2) / (SIGNAL_PRIOR.rate + dot(this.#whitened, this.#whitened) / 2);
    this.meanSlope = new Float64Array(features.count);
    this.deviationSlope = new Float64Array(features.count);
  }

  /** Works out the mean at a point. */
  moveTo(f: Float64Array): void {
    this.#row.moveTo(f);
    this.mean = dot(this.#row.covariance, this.#weights);
  }

  takeDeviation(): void {
    timesLower(this.#inverse, this.#n, this.#row.covariance, this.#whitened);
    const variance = this.#row.variance - dot(this.#whitened, this.#whitened);
    this.deviation = Math.sqrt(Math.max(variance, LEAST_VARIANCE) / this.precision);
  }

  takeMeanSlope(): void {
    this.meanSlope.fill(0);
    this.#row.addSlope(this.#weights, 1, this.meanSlope);
  }

  /** After `takeDeviation`. */
  takeDeviationSlope(): void {
    timesLowerTransposed(this.#inverse, this.#n, this.#whitened, this.#solved);
    const byVariance = 1 / (2 * this.deviation * this.precision);
    this.deviationSlope.fill(0);
    this.#row.addVarianceSlope(byVariance, this.deviationSlope);
    this.#row.addSlope(this.#solved, -2 * byVariance, this.deviationSlope);
  }
}

/** The noise is raised tenfold until the covariance is positive definite in double precision. */
function inverseFactor({ n, features, columns }: Design, row: KernelRow, leastNoise: number): Float64Array {
  const factor = new Float64Array(n * n);
  const f = new Float64Array(features.count);
  for (let noise = leastNoise; ; noise *= 10) {
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < f.length; k++) f[k] = columns[k * n + i]!;
      row.moveTo(f, i);
      factor.set(row.covariance.subarray(0, i), i * n);
      factor[i * n + i] = row.variance + noise;
    }
    if (factorize(factor, n)) break;
  }
  const inverse = new Float64Array(n * n);
  invertLower(factor, n, inverse);
  return inverse;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
