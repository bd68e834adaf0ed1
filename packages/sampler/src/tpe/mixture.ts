import { type Axis, isOpen } from '../axis.js';
import { logSumExp } from '../log-sum-exp.js';
import type { Rng } from '../rng.js';
import { type AxisKernels, axisKernels, type KernelOptions } from './kernels.js';

/** A density over configurations: a weighted sum of product kernels, one per observation and one for the prior. */
export interface Mixture {
  /** A point drawn from it; inactive coordinates are NaN. */
  draw(rng: Rng): Float64Array;
  /** ln density over a point's active coordinates, in model units. */
  logDensity(point: Float64Array): number;
}

/**
 * @param points n observations, each with a coordinate per axis, NaN where it lacks the parameter
 * @param weights n weights >= 0, not all 0; the prior's is `priorWeight` times their mean
 */
export function buildMixture(
  axes: readonly Axis[],
  points: readonly Float64Array[],
  weights: Float64Array,
  options: KernelOptions,
): Mixture {
  const shares = withPrior(weights, options.priorWeight);
  const logShares = shares.map(Math.log);
  const kernels = axes.map((axis, d) => axisKernels(axis, column(points, d), options));
  const sums = new Float64Array(shares.length);
  return {
    draw: (rng) => drawPoint(axes, kernels, pickShare(shares, rng.next()), rng),
    logDensity: (point) => {
      sums.set(logShares);
      for (let d = 0; d < kernels.length; d++) if (!Number.isNaN(point[d]!)) kernels[d]!.addLogDensity(point[d]!, sums);
      return logSumExp(sums);
    },
  };
}

function column(points: readonly Float64Array[], d: number): Float64Array {
  const xs = new Float64Array(points.length);
  for (let i = 0; i < points.length; i++) xs[i] = points[i]![d]!;
  return xs;
}

/** The weights and the prior's, scaled to a sum of 1. */
function withPrior(weights: Float64Array, priorWeight: number): Float64Array {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i]!;
  const prior = weights.length === 0 ? 1 : (priorWeight * sum) / weights.length;
  const shares = new Float64Array(weights.length + 1);
  for (let i = 0; i < weights.length; i++) shares[i] = weights[i]! / (sum + prior);
  shares[weights.length] = prior / (sum + prior);
  return shares;
}

function pickShare(shares: Float64Array, u: number): number {
  let rest = u;
  for (let i = 0; i < shares.length - 1; i++) {
    rest -= shares[i]!;
    if (rest < 0) return i;
  }
  return shares.length - 1;
}

function drawPoint(axes: readonly Axis[], kernels: readonly AxisKernels[], kernel: number, rng: Rng): Float64Array {
  const point = new Float64Array(axes.length).fill(Number.NaN);
  for (let d = 0; d < axes.length; d++) if (isOpen(axes[d]!, point)) point[d] = kernels[d]!.draw(kernel, rng.next());
  return point;
}
