import { type Gaussian, gaussianOf, lengthOf, whitened } from './gaussian.js';
import type { Strategy } from './strategy.js';

/** What the strategy has learnt: where it samples, and the paths that the mean has taken lately. */
export interface Adaptation {
  readonly gaussian: Gaussian;
  readonly sigmaPath: Float64Array;
  readonly covariancePath: Float64Array;
  /** Updates so far. */
  readonly age: number;
}

/** Sigma grows at most this many times e in one update, which points drawn from elsewhere could exceed (Hansen 2011, section 3). */
const MOST_GROWTH = 1;

/** Keeps a step of length 0 from dividing by it. */
const TINY = 1e-300;

export function newAdaptation(gaussian: Gaussian): Adaptation {
  const zero = gaussian.mean.map(() => 0);
  return { gaussian, sigmaPath: zero, covariancePath: zero, age: 0 };
}

/**
 * One update of mean, paths, step size and covariance.
 * @param steps (point - mean) / sigma of a generation's points, best first
 * @see Hansen's tutorial, arXiv:1604.00772v2, figure 6 (equations 41 to 47), with learning rate 1 of the mean
 */
export function adapt(adaptation: Adaptation, strategy: Strategy, steps: readonly Float64Array[]): Adaptation {
  const { gaussian, age } = adaptation;
  const { sigmaRate, sigmaDamping, pathRate, effective, normalLength } = strategy;
  const n = gaussian.mean.length;
  const shift = weightedShift(steps, strategy);
  const whiteShift = whitened(gaussian, shift);
  const sigmaGain = Math.sqrt(sigmaRate * (2 - sigmaRate) * effective);
  const sigmaPath = adaptation.sigmaPath.map((path, i) => (1 - sigmaRate) * path + sigmaGain * whiteShift[i]!);
  const pathLength = lengthOf(sigmaPath);
  const stillWarming = Math.sqrt(1 - (1 - sigmaRate) ** (2 * (age + 1)));
  const isSteady = pathLength / stillWarming < (1.4 + 2 / (n + 1)) * normalLength;
  const pathGain = isSteady ? Math.sqrt(pathRate * (2 - pathRate) * effective) : 0;
  const covariancePath = adaptation.covariancePath.map((path, i) => (1 - pathRate) * path + pathGain * shift[i]!);
  const growth = (sigmaRate / sigmaDamping) * (pathLength / normalLength - 1);
  return {
    gaussian: gaussianOf(
      gaussian.mean.map((centre, i) => centre + gaussian.sigma * shift[i]!),
      gaussian.sigma * Math.exp(Math.min(MOST_GROWTH, growth)),
      adaptedCovariance(gaussian, strategy, covariancePath, isSteady, steps),
    ),
    sigmaPath,
    covariancePath,
    age: age + 1,
  };
}

function weightedShift(steps: readonly Float64Array[], { weights, parents }: Strategy): Float64Array {
  const shift = new Float64Array(steps[0]!.length);
  for (let k = 0; k < parents; k++) {
    for (let i = 0; i < shift.length; i++) shift[i]! += weights[k]! * steps[k]![i]!;
  }
  return shift;
}

/** Decay, the rank-one update along the path, and the rank-mu update, in which bad steps shorten C alike whatever their length. */
function adaptedCovariance(
  gaussian: Gaussian,
  { weights, pathRate, rankOneRate, rankManyRate }: Strategy,
  path: Float64Array,
  isSteady: boolean,
  steps: readonly Float64Array[],
): Float64Array {
  const n = path.length;
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0);
  const compensation = isSteady ? 0 : rankOneRate * pathRate * (2 - pathRate);
  const keep = 1 + compensation - rankOneRate - rankManyRate * weightSum;
  const covariance = gaussian.covariance.map((value) => keep * value);
  addOuter(covariance, path, rankOneRate);
  steps.forEach((step, k) => {
    const weight = weights[k]!;
    const share = weight >= 0 ? weight : (weight * n) / (lengthOf(whitened(gaussian, step)) ** 2 + TINY);
    addOuter(covariance, step, rankManyRate * share);
  });
  return covariance;
}

/** matrix += factor vector vector^T */
function addOuter(matrix: Float64Array, vector: Float64Array, factor: number): void {
  const n = vector.length;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) matrix[i * n + j]! += factor * vector[i]! * vector[j]!;
  }
}
