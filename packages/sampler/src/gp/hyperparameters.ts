/**
 * The parameters of a Gaussian process in one array, so that a minimiser can move them: the ln of a length-scale per
 * feature, ln of the noise variance in signal variances, and for outputs that are bent ln of the bend (`warp.ts`).
 * The signal variance is not among them: it is integrated out.
 */
export type Hyperparameters = Float64Array;

export function noiseAt(features: number): number {
  return features;
}

/** How many there are. @param bends whether the outputs are bent */
export function sizeOf(features: number, bends: boolean): number {
  return features + (bends ? 2 : 1);
}

/** ln tau, Infinity for outputs that are not bent. */
export function bendOf(theta: Hyperparameters, features: number): number {
  return theta[features + 1] ?? Infinity;
}

/** A density up to a constant, as the logarithm and its derivative. */
export interface LogDensity {
  readonly log: number;
  readonly slope: number;
}

/**
 * Length-scales grow with the square root of the dimension, as distances in a cube do, so that many parameters do not
 * make everything far from everything.
 * @see Hvarfner, Hellsten and Nardi 2024, "Vanilla Bayesian optimization performs great in high dimensions"
 *   (arXiv:2402.02229): lognormal, location sqrt 2 + ln(D) / 2, scale sqrt 3
 */
export function scalePrior(logScale: number, features: number): LogDensity {
  const u = (logScale - Math.SQRT2 - 0.5 * Math.log(features)) / Math.sqrt(3);
  return { log: -logScale - 0.5 * u * u, slope: -1 - u / Math.sqrt(3) };
}

/**
 * Gamma with shape 1.1 and rate 30: nearly flat in the logarithm below a thirtieth of the signal, so the data decide
 * between no noise and some, and against more than that.
 * @see Optuna 5.0, `_gp/prior.py`
 */
export function noisePrior(logNoise: number): LogDensity {
  const noise = Math.exp(logNoise);
  return { log: 0.1 * logNoise - 30 * noise, slope: 0.1 - 30 * noise };
}

/** Normal around e^2 median gaps, which bends little; spread wide enough that twenty values can ask for a logarithm. */
export function bendPrior(logTau: number): LogDensity {
  const u = (logTau - 2) / 2;
  return { log: -0.5 * u * u, slope: -u / 2 };
}

/**
 * The inverse gamma prior of the signal variance: two observations of variance 1, the variance of the standardised
 * values. Integrated out, it leaves -(shape + n / 2) ln(rate + z' inverse(K) z / 2).
 */
export const SIGNAL_PRIOR = Object.freeze({ shape: 1, rate: 1 });
