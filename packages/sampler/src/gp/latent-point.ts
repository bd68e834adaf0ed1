import { type Axis, cellCoordinate, cellIndex, isOpen } from '../axis.js';

/**
 * A coordinate for every axis in model units, also for those that the others switch off: when a search switches a branch
 * on, its parameters have values already.
 */
export type LatentPoint = Float64Array;

/** The configuration's own point: NaN where inactive. */
export function activePoint(axes: readonly Axis[], latent: LatentPoint): Float64Array {
  const point = new Float64Array(axes.length);
  for (let d = 0; d < axes.length; d++) point[d] = isOpen(axes[d]!, point) ? latent[d]! : Number.NaN;
  return point;
}

/** The nearest coordinate that stands for a value. */
export function snap(axis: Axis, coordinate: number): number {
  const inside = Math.min(Math.max(coordinate, axis.low), axis.high);
  return axis.cells === Infinity ? inside : cellCoordinate(axis, cellIndex(axis, inside));
}

/** The coordinate at a share of the range. @param unit in [0, 1] */
export function atUnit(axis: Axis, unit: number): number {
  return snap(axis, axis.low + unit * (axis.high - axis.low));
}

/**
 * A point with its inactive coordinates taken from the best point that has them, so that switching a branch on leads to
 * where that branch was good; from the middle of the range where no point has them.
 * @param best points, the best one first
 */
export function completed(axes: readonly Axis[], point: Float64Array, best: readonly Float64Array[]): LatentPoint {
  return point.map((coordinate, d) => {
    if (!Number.isNaN(coordinate)) return coordinate;
    return best.find((other) => !Number.isNaN(other[d]!))?.[d] ?? atUnit(axes[d]!, 0.5);
  });
}
