import { factorize, gramOfLower, invertLower, timesLower, timesLowerTransposed } from './cholesky.js';
import { addSquares, type Design } from './features.js';
import {
  bendOf,
  bendPrior,
  type Hyperparameters,
  noiseAt,
  noisePrior,
  SIGNAL_PRIOR,
  scalePrior,
} from './hyperparameters.js';
import type { Differentiable } from './lbfgs.js';
import { matern52 } from './matern.js';
import { type Trend, trendRows } from './trend.js';
import { type Jacobian, warp } from './warp.js';

/**
 * The negative log posterior density of the hyperparameters, up to a constant, with the signal variance and the trend's
 * coefficients integrated out; Infinity where the covariance is not positive definite in double precision.
 * @param gaps n outputs, less the least one where they are to be bent
 * @see Rasmussen and Williams 2006, equations 5.8 and 5.9, for the likelihood and its gradient
 */
export function negativeLogPosterior(design: Design, trend: Trend, gaps: Float64Array): Differentiable {
  const { n, features } = design;
  const likelihood = logLikelihood(design, trend);
  const z = new Float64Array(n);
  const zSlope = new Float64Array(n);
  return (theta, gradient) => {
    gradient.fill(0);
    const jacobian = warp(gaps, bendOf(theta, features.count), z, zSlope);
    const log = likelihood(theta, z, zSlope, gradient);
    if (log === -Infinity) return Infinity;
    const value = log + addPriors(theta, features.count, jacobian, gradient);
    for (let p = 0; p < gradient.length; p++) gradient[p]! *= -1;
    return -value;
  };
}

function addPriors(theta: Hyperparameters, count: number, jacobian: Jacobian, gradient: Float64Array): number {
  let value = 0;
  for (let p = 0; p < theta.length; p++) {
    const prior =
      p < count ? scalePrior(theta[p]!, count) : p === noiseAt(count) ? noisePrior(theta[p]!) : bendPrior(theta[p]!);
    value += prior.log;
    gradient[p]! += prior.slope;
  }
  if (theta.length <= count + 1) return value;
  gradient[count + 1]! += jacobian.slope;
  return value + jacobian.log;
}

type LogLikelihood = (theta: Hyperparameters, z: Float64Array, zSlope: Float64Array, gradient: Float64Array) => number;

function logLikelihood(design: Design, trend: Trend): LogLikelihood {
  const { n, features } = design;
  const pairs = pairTable(design, trend);
  const kernel = new Float64Array(pairs.count);
  const slope = new Float64Array(pairs.count);
  const r2 = new Float64Array(pairs.count);
  const matrix = new Float64Array(n * n);
  const inverse = new Float64Array(n * n);
  const weights = new Float64Array(n);
  const whitened = new Float64Array(n);
  return (theta, z, zSlope, gradient) => {
    const noise = Math.exp(theta[noiseAt(features.count)]!);
    addScaledSquares(pairs, theta, r2);
    matern52(r2, pairs.count, kernel, slope);
    fillCovariance(pairs, kernel, noise, n, matrix);
    if (!factorize(matrix, n)) return -Infinity;
    const halfLogDeterminant = sumOfLogs(matrix, n);
    invertLower(matrix, n, inverse);
    timesLower(inverse, n, z, whitened);
    timesLowerTransposed(inverse, n, whitened, weights);
    gramOfLower(inverse, n, matrix);
    const shape = SIGNAL_PRIOR.shape + n / 2;
    const rate = SIGNAL_PRIOR.rate + dot(whitened, whitened) / 2;
    const precision = shape / rate;
    if (theta.length > features.count + 1) gradient[features.count + 1] = -precision * dot(weights, zSlope);
    gradient[noiseAt(features.count)] = noise * weighSlopes(slope, weights, matrix, precision, n);
    addScaleSlopes(pairs, theta, slope, gradient);
    return -shape * Math.log(rate) - halfLogDeterminant;
  };
}

/** What does not change while the hyperparameters do, for the pairs (1, 0), (2, 0), (2, 1), (3, 0), ... of points. */
interface PairTable {
  readonly count: number;
  /** Per feature, the squared distance of each pair: feature f begins at f * count. */
  readonly squares: Float64Array;
  readonly features: number;
  /** The trend's part of the covariance of each pair, and of each point with itself. */
  readonly trend: Float64Array;
  readonly trendDiagonal: Float64Array;
}

function pairTable(design: Design, trend: Trend): PairTable {
  const { n, features, columns } = design;
  const count = (n * (n - 1)) / 2;
  const squares = new Float64Array(count * features.count);
  for (let f = 0; f < features.count; f++) {
    for (let i = 1; i < n; i++) {
      const start = f * count + (i * (i - 1)) / 2;
      addSquares(design, f, columns[f * n + i]!, 1, squares.subarray(start, start + i), i);
    }
  }
  const rows = trendRows(trend, design);
  const product = (i: number, j: number): number => {
    let sum = 0;
    for (let b = 0; b < trend.count; b++) sum += rows[i * trend.count + b]! * rows[j * trend.count + b]!;
    return sum;
  };
  const products = new Float64Array(count);
  for (let i = 0, p = 0; i < n; i++) for (let j = 0; j < i; j++, p++) products[p] = product(i, j);
  const trendDiagonal = new Float64Array(n).map((_, i) => product(i, i));
  return { count, squares, features: features.count, trend: products, trendDiagonal };
}

function addScaledSquares({ count, squares, features }: PairTable, theta: Hyperparameters, r2: Float64Array): void {
  r2.fill(0);
  for (let f = 0; f < features; f++) {
    const weight = Math.exp(-2 * theta[f]!);
    const start = f * count;
    for (let p = 0; p < count; p++) r2[p]! += weight * squares[start + p]!;
  }
}

function fillCovariance(pairs: PairTable, kernel: Float64Array, noise: number, n: number, matrix: Float64Array): void {
  for (let i = 0, p = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j < i; j++, p++) matrix[row + j] = kernel[p]! + pairs.trend[p]!;
    matrix[row + i] = 1 + noise + pairs.trendDiagonal[i]!;
  }
}

/**
 * Turns each pair's kernel slope into the derivative of the log likelihood by the pair's squared distance.
 * @returns the derivative by the noise
 */
function weighSlopes(
  slope: Float64Array,
  weights: Float64Array,
  inverse: Float64Array,
  precision: number,
  n: number,
): number {
  let byNoise = 0;
  for (let i = 0, p = 0; i < n; i++) {
    const row = i * n;
    const scaled = precision * weights[i]!;
    for (let j = 0; j < i; j++, p++) slope[p]! *= scaled * weights[j]! - inverse[row + j]!;
    byNoise += 0.5 * (scaled * weights[i]! - inverse[row + i]!);
  }
  return byNoise;
}

function addScaleSlopes(
  { count, squares, features }: PairTable,
  theta: Hyperparameters,
  slope: Float64Array,
  gradient: Float64Array,
): void {
  for (let f = 0; f < features; f++) {
    const start = f * count;
    let sum = 0;
    for (let p = 0; p < count; p++) sum += slope[p]! * squares[start + p]!;
    gradient[f] = -2 * Math.exp(-2 * theta[f]!) * sum;
  }
}

function sumOfLogs(factor: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += Math.log(factor[i * n + i]!);
  return sum;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
